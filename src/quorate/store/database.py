"""Reading and writing the log in a database: what SQLite and PostgreSQL have in common, in statements that both know.

What differs (opening, locking, pages of rows, erasing) is in `sqlite.py` and `postgres.py`; boxes are in `box.py`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from quorate.desk.port import Head, Row, Snapshot
from quorate.store.box import BoxReader, BoxWriter, Fetch
from quorate.store.gate import Gate
from quorate.store.order import in_pages, snapshot_floor

HEAD = "SELECT size, root FROM head"


class DatabaseReader(BoxReader, ABC):
    """A reader of what is committed."""

    def __init__(self, fetch: Fetch) -> None:
        super().__init__(fetch)
        self._gate = Gate()

    @abstractmethod
    def _page(self, start: int, stop: int) -> list[Row]:
        """The first rows from start to before stop, at least one."""

    def head(self) -> Head:
        """The committed head."""
        return Head(*self._fetch(HEAD, ())[0])

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[Row]:
        """Committed rows in order, up to the head as it is now."""
        size = self.head().size
        return in_pages(self._page, start, size if stop is None else min(stop, size))

    def checkpoints(self) -> dict[int, str]:
        """All signed checkpoints by size."""
        return dict(self._fetch("SELECT size, note FROM checkpoint ORDER BY size", ()))

    def snapshot(self) -> Snapshot | None:
        """The snapshot, if there is one."""
        rows = self._fetch("SELECT size, code, data FROM snapshot", ())
        return Snapshot(*rows[0]) if rows else None


class DatabaseWriter(BoxWriter, ABC):
    """A transaction: it reads the log as it would leave it, until it is over."""

    def __init__(self, fetch: Fetch, head: Head) -> None:
        """`head` is as it was read once the lock was had."""
        super().__init__(fetch)
        self.over = False
        self.erased = False
        self.settled = False
        """Whether a box was settled: what was written of it before has to go from the database's files too."""
        self._before = self._head = head

    @abstractmethod
    def _page(self, start: int, stop: int) -> list[Row]:
        """The first rows from start to before stop, at least one, with the changes of this transaction."""

    def _require_open(self) -> None:
        assert not self.over, "the transaction has ended"

    def head(self) -> Head:
        """The head as this transaction would leave it."""
        self._require_open()
        return self._head

    def rows(self, start: int) -> Iterator[Row]:
        """The rows from `start` to the head, with the changes of this transaction."""
        return in_pages(self._page, start, self.head().size)

    def settle_box(self, division: str) -> None:
        """Write the ballots anew, in the order of their credentials; nothing of how they were written before stays."""
        super().settle_box(division)
        self.settled = True

    def _drop_snapshot(self) -> None:
        """After an erasure: what the snapshot was folded from is not there any more."""
        self._fetch("DELETE FROM snapshot", ())
        self.erased = True
        self._raise_floor()

    def _moved_to(self, head: Head) -> None:
        self._head = head
        self._raise_floor()

    def _raise_floor(self) -> None:
        if self.erased:
            floor = snapshot_floor(self._before, self._head)
            self._fetch("UPDATE head SET snapshot_floor = ?", (floor,))
