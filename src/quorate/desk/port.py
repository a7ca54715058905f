"""The ports of the desk: what it needs of a Store, a Clock and Entropy, and nothing more.

A Store keeps the log of one organisation: entries, their parts, the head, the signed checkpoints, and snapshots (which
are a cache); and beside it the boxes of secret ballots, and the papers of their elections. It knows bytes, not meetings.
`tests/store` holds one contract that every Store passes.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import NamedTuple, Protocol

from quorate.record.entry import Part


class Head(NamedTuple):
    """The size and root hash of the log as the last committed transaction left it."""

    size: int
    root: bytes


class Row(NamedTuple):
    """One entry and those of its parts that are still there, in the order of their names."""

    seq: int
    entry: bytes
    parts: tuple[Part, ...]


class Snapshot(NamedTuple):
    """A cache of the fold up to a size; worthless if its `code` is not that of the running program."""

    size: int
    code: str
    data: bytes


class Writing(Protocol):
    """A transaction that holds the one writer's lock of an organisation; committed when its block ends.

    Nothing is kept if the block raises. If the commit itself fails, Unavailable is raised, and whether it was kept is
    found out by opening the store again.
    """

    def head(self) -> Head:
        """The head as it is under the lock."""
        ...

    def rows(self, start: int) -> Iterator[Row]:
        """The rows from `start` to the head."""
        ...

    def append(self, rows: Sequence[Row], head: Head) -> None:
        """Put rows after the head, which becomes the one given. Their numbers must follow on; else Conflict."""
        ...

    def erase(self, seq: int, names: Sequence[str]) -> None:
        """Delete salt and bytes of the parts of an entry that have these names, and the snapshot with them."""
        ...

    def ballots(self, division: str) -> Iterator[bytes]:
        """The ballots of a division as `Store.ballots`, with those put in this transaction."""
        ...

    def holds(self, division: str, credential: str, ballot: bytes) -> bool:
        """Whether a ballot of that credential is in a box, byte for byte, settled or not."""
        ...

    def put_ballot(self, division: str, credential: str, ballot: bytes) -> None:
        """Put a ballot into a box, behind those of its credential; Conflict if it is there already, byte for byte.

        Nothing is kept of when, and nothing of how it stands to the ballots of other credentials.
        """
        ...

    def settle_box(self, division: str) -> None:
        """Write a box that takes no more ballots anew, so that nothing tells in what order they came; once."""
        ...

    def put_paper(self, name: str, pieces: Iterable[bytes]) -> None:
        """Keep a paper, in pieces of any size; Conflict if there is one of that name."""
        ...


class Store(Protocol):
    """The log of one organisation."""

    def writing(self) -> AbstractContextManager[Writing]:
        """A durable transaction under the writer's lock; waits for other writers, also of other processes.

        Raises:
            Busy: others held it too long; nothing was changed, and the store can be used as before.
            Unavailable: disk full, a failed fsync, the database gone. The store must then be closed and opened again.
        """
        ...

    def head(self) -> Head:
        """The committed head."""
        ...

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[Row]:
        """Committed rows in order, streamed: a million must not be in memory at once."""
        ...

    def save_checkpoint(self, size: int, note: str) -> None:
        """Keep a signed checkpoint; the same again is no error, another of the same size is a Conflict."""
        ...

    def checkpoints(self) -> dict[int, str]:
        """All signed checkpoints by size."""
        ...

    def save_snapshot(self, snapshot: Snapshot) -> None:
        """Replace the snapshot, unless this one is from before an erasure; losing it loses nothing."""
        ...

    def snapshot(self) -> Snapshot | None:
        """The snapshot, if there is one."""
        ...

    def ballots(self, division: str) -> Iterator[bytes]:
        """The committed ballots of a division, streamed: by credential, those of one in the order in which they came."""
        ...

    def paper(self, name: str) -> Iterator[bytes]:
        """The pieces of a paper; none if there is no such paper."""
        ...

    def close(self) -> None:
        """Let go of everything; a closed store may not be used."""
        ...


class Clock(Protocol):
    """The clock by which acts are dated."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        ...


class Entropy(Protocol):
    """Randomness fit for salts and keys."""

    def bytes(self, count: int) -> bytes:
        """So many random bytes."""
        ...
