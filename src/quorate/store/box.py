"""Ballot boxes and papers in a database: what SQLite and PostgreSQL have in common.

A ballot is kept with its credential and its number among the ballots of that credential, and with nothing else: no time,
no number among all. What the database itself knows of order while a box is open (pages, row versions, its log) is lost
when the box is settled: all ballots are then written anew, in the order of their credentials.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from quorate.canon.fault import Conflict

Fetch = Callable[[str, tuple[bytes | int | str, ...]], list[Any]]
"""A function that carries out a statement, its values written as `?`, and returns its rows, if it has any."""

_PAGE = 64
# Both tables in one statement: between two, the box could be settled, and ballots be missed.
_ONE = """
SELECT credential, turn, bytes FROM {table} WHERE division = ? AND (credential, turn) > (?, ?)
"""
_READ = (
    " UNION ALL ".join(_ONE.format(table=table) for table in ("ballot", "counted_ballot"))
    + " ORDER BY credential, turn LIMIT ?"
)
_OWN = " UNION ALL ".join(
    f"SELECT bytes FROM {table} WHERE division = ? AND credential = ?"  # noqa: S608  # names of our own
    for table in ("ballot", "counted_ballot")
)
_SETTLE = """
INSERT INTO counted_ballot SELECT division, credential, turn, bytes FROM ballot
WHERE division = ? ORDER BY credential, turn
"""


class BoxReader:
    """A reader of the ballots in boxes, and of the papers of their elections."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch

    def ballots(self, division: str) -> Iterator[bytes]:
        """The ballots of a division, by credential, those of one in the order in which they came."""
        last = (division, "", -1)
        while page := self._fetch(_READ, (*last, *last, _PAGE)):
            yield from (ballot for _, _, ballot in page)
            last = (division, *page[-1][:2])

    def paper(self, name: str) -> Iterator[bytes]:
        """The pieces of a paper; none if there is no such paper."""
        query = "SELECT bytes FROM paper WHERE name = ? AND piece = ?"
        piece = 0
        while rows := self._fetch(query, (name, piece)):
            yield rows[0][0]
            piece += 1


class BoxWriter(BoxReader):
    """A reader and writer of boxes and papers within a transaction."""

    def holds(self, division: str, credential: str, ballot: bytes) -> bool:
        """Whether a ballot of that credential is in a box, byte for byte, settled or not."""
        rows = self._fetch(_OWN, (division, credential) * 2)
        return any(each[0] == ballot for each in rows)

    def put_ballot(self, division: str, credential: str, ballot: bytes) -> None:
        """Put a ballot behind those of its credential; Conflict if it is there already, byte for byte."""
        query = "SELECT bytes FROM ballot WHERE division = ? AND credential = ?"
        before = self._fetch(query, (division, credential))
        if any(each[0] == ballot for each in before):
            raise same_ballot(division)
        insert = "INSERT INTO ballot VALUES (?, ?, ?, ?)"
        self._fetch(insert, (division, credential, len(before), ballot))

    def settle_box(self, division: str) -> None:
        """Write the ballots of a division anew, in the order of their credentials."""
        self._fetch(_SETTLE, (division,))
        self._fetch("DELETE FROM ballot WHERE division = ?", (division,))

    def put_paper(self, name: str, pieces: Iterable[bytes]) -> None:
        """Keep a paper, piece by piece; Conflict if there is one of that name."""
        if self._fetch("SELECT 1 FROM paper WHERE name = ? LIMIT 1", (name,)):
            raise same_paper(name)
        for number, piece in enumerate(pieces):
            self._fetch("INSERT INTO paper VALUES (?, ?, ?)", (name, number, piece))


def same_ballot(division: str) -> Conflict:
    """The error of a ballot that is in the box already."""
    return Conflict(f"that ballot is in the box of division {division} already")


def same_paper(name: str) -> Conflict:
    """The error of a paper whose name another has."""
    return Conflict(f"there is a paper {name} already")
