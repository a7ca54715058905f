"""What every store asks of rows, checkpoints and snapshots before it keeps them, and how it reads rows back in pages."""

from collections.abc import Callable, Iterator, Sequence

from quorate.canon.fault import Conflict
from quorate.desk.port import Head, Row
from quorate.record.tree import EMPTY_ROOT

EMPTY = Head(0, EMPTY_ROOT)


def check_follows(before: Head, rows: Sequence[Row], after: Head) -> None:
    """Return if the rows follow on the head before and the head after counts them.

    Raises:
        Conflict: they do not; somebody else has written, or the caller's head is not this log's.
    """
    if any(row.seq != before.size + i for i, row in enumerate(rows)):
        raise Conflict(f"entry {rows[0].seq} does not follow on a log of {before.size}")
    if after.size != before.size + len(rows):
        raise Conflict(f"{len(rows)} entries after {before.size} do not make {after.size}")


def check_same_note(size: int, kept: str, note: str) -> None:
    """Return if the checkpoint that is kept already is the one given.

    Raises:
        Conflict: another was signed at this size.
    """
    if kept != note:
        raise Conflict(f"another checkpoint is kept for size {size}")


def snapshot_floor(before: Head, after: Head) -> int:
    """The least size a snapshot may have after parts were erased in the transaction between these heads.

    A smaller one was folded without knowledge of the erasure, perhaps by another process that saves it only now: to keep
    it would bring back what was erased.
    """
    return max(before.size + 1, after.size)


def in_pages(read: Callable[[int, int], Sequence[Row]], start: int, stop: int) -> Iterator[Row]:
    """All rows from start to before stop, by as many calls of `read(start, stop)` as it takes.

    `read` returns a page: as many of the first rows as it likes, at least one. Between two pages nothing is held, no
    transaction and no lock, so a reader that stops half-way keeps no writer and no erasure waiting. As the log only
    grows, pages read at different moments fit together.
    """
    while start < stop:
        page = read(start, stop)
        yield from page
        start = page[-1].seq + 1
