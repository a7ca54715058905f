"""Writes logs whose root is a chain of hashes over the rows, so that any mixture of two states is found out.

As a program, for tests with several processes: python -m tests.store.log_writer URL COUNT TAG
"""

import sys
from collections.abc import Iterable
from hashlib import sha256

from quorate.desk.port import Head, Row, Store, Writing
from quorate.record.entry import Part
from quorate.store import open_store
from quorate.store.order import EMPTY


def a_row(seq: int, tag: str = "x", *names: str) -> Row:
    """A row with the named parts, `act` if none is named, whose bytes say what they are."""
    parts = tuple(
        Part(
            name,
            sha256(f"{tag} {seq} {name}".encode()).digest(),
            f"{tag} {seq} {name}".encode(),
            "members",
        )
        for name in sorted(names or ("act",))
    )
    return Row(seq, f"entry {tag} {seq}".encode(), parts)


def after(head: Head, rows: Iterable[Row]) -> Head:
    """The head that follows: a hash over the one before and the entry, row by row."""
    for row in rows:
        head = Head(head.size + 1, sha256(head.root + row.entry).digest())
    return head


def put(writing: Writing, rows: list[Row]) -> Head:
    """Append rows in a transaction; its head then."""
    head = after(writing.head(), rows)
    writing.append(rows, head)
    return head


def write(store: Store, count: int = 1, tag: str = "x", *names: str) -> Head:
    """Append so many rows in a transaction of their own."""
    with store.writing() as writing:
        size = writing.head().size
        return put(writing, [a_row(size + i, tag, *names) for i in range(count)])


def check_whole(store: Store) -> Head:
    """The head, if it follows from the rows: dense, and none of another state."""
    rows = list(store.rows())
    assert [row.seq for row in rows] == list(range(len(rows)))
    assert after(EMPTY, rows) == store.head()
    return store.head()


def main(url: str, count: str, tag: str) -> None:
    """Write one by one; say each size as it is acknowledged."""
    store = open_store(url)
    for _ in range(int(count)):
        sys.stdout.write(f"{write(store, 1, tag).size}\n")
        sys.stdout.flush()
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
