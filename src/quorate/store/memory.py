"""A store in memory, for tests and trials: nothing outlives the process."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from quorate.desk.port import Head, Row, Snapshot
from quorate.store.box import same_ballot, same_paper
from quorate.store.gate import Gate
from quorate.store.order import EMPTY, check_follows, check_same_note, in_pages, snapshot_floor

_PAGE = 1024
Boxes = dict[str, dict[str, tuple[bytes, ...]]]
"""Ballots by division and credential, those of one credential in the order in which they came."""


class MemoryStore:
    """The log of one organisation, in lists."""

    def __init__(self) -> None:
        self._gate = Gate()
        self._head = EMPTY
        self._rows: list[Row] = []
        self._notes: dict[int, str] = {}
        self._snapshot: Snapshot | None = None
        self._floor = 0
        self._boxes: Boxes = {}
        self._papers: dict[str, tuple[bytes, ...]] = {}

    @contextmanager
    def writing(self) -> Iterator["_Writing"]:
        """A transaction; see `quorate.desk.port.Store`."""
        with self._gate.writing_turn():
            work = _Writing(self._head, self._rows, self._boxes, self._papers)
            try:
                yield work
                self._commit(work)
            finally:
                work.over = True

    def _commit(self, work: "_Writing") -> None:
        for seq, row in work.changed.items():
            self._rows[seq : seq + 1] = [row]
        if work.erased:
            self._floor = snapshot_floor(self._head, work.after)
            self._snapshot = None
        self._boxes, self._papers = work.boxes, work.papers
        # Last of all: a reader asks for no more than the head that it sees.
        self._head = work.after

    def head(self) -> Head:
        """The committed head."""
        self._gate.check()
        return self._head

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[Row]:
        """Committed rows in order, up to the head as it is now."""
        size = self.head().size
        return in_pages(self._page, start, size if stop is None else min(stop, size))

    def _page(self, start: int, stop: int) -> list[Row]:
        self._gate.check()
        return self._rows[start : min(stop, start + _PAGE)]

    def save_checkpoint(self, size: int, note: str) -> None:
        """Keep a signed checkpoint; the same again is no error, another of the same size is a Conflict."""
        with self._gate.writing_turn():
            check_same_note(size, self._notes.setdefault(size, note), note)

    def checkpoints(self) -> dict[int, str]:
        """All signed checkpoints by size."""
        self._gate.check()
        return dict(sorted(self._notes.items()))

    def save_snapshot(self, snapshot: Snapshot) -> None:
        """Replace the snapshot, unless this one is from before an erasure."""
        with self._gate.writing_turn():
            if snapshot.size >= self._floor:
                self._snapshot = snapshot

    def snapshot(self) -> Snapshot | None:
        """The snapshot, if there is one."""
        self._gate.check()
        return self._snapshot

    def ballots(self, division: str) -> Iterator[bytes]:
        """The committed ballots of a division, by credential, those of one in the order in which they came."""
        self._gate.check()
        return _in_order(self._boxes, division)

    def paper(self, name: str) -> Iterator[bytes]:
        """The pieces of a paper; none if there is no such paper."""
        self._gate.check()
        return iter(self._papers.get(name, ()))

    def close(self) -> None:
        """Forget everything."""
        with self._gate.last_turn():
            self._rows, self._notes, self._snapshot = [], {}, None
            self._boxes, self._papers = {}, {}


class _Writing:
    """A transaction: the rows that it has changed by number, new ones in the order of their numbers."""

    def __init__(
        self,
        before: Head,
        committed: list[Row],
        boxes: Boxes,
        papers: dict[str, tuple[bytes, ...]],
    ) -> None:
        self._committed = committed
        self.boxes = boxes
        """Replaced and never changed in place: a reader meanwhile has the boxes as they were."""
        self.papers = papers
        self.after = before
        self.changed: dict[int, Row] = {}
        self.erased = False
        self.over = False

    def head(self) -> Head:
        """The head as this transaction would leave it."""
        assert not self.over, "the transaction has ended"
        return self.after

    def rows(self, start: int) -> Iterator[Row]:
        """The rows from `start` to the head, with the changes of this transaction."""
        for seq in range(start, self.head().size):
            yield self._row(seq)

    def _row(self, seq: int) -> Row:
        return self.changed[seq] if seq in self.changed else self._committed[seq]

    def append(self, rows: Sequence[Row], head: Head) -> None:
        """Put rows after the head; Conflict if they do not follow on."""
        check_follows(self.head(), rows, head)
        for row in rows:
            parts = tuple(sorted(row.parts, key=lambda part: part.name))
            self.changed[row.seq] = row._replace(parts=parts)
        self.after = head

    def erase(self, seq: int, names: Sequence[str]) -> None:
        """Take these parts from the row, and drop the snapshot."""
        self.erased = True
        if seq < self.head().size:
            row = self._row(seq)
            left = tuple(part for part in row.parts if part.name not in names)
            self.changed[seq] = row._replace(parts=left)

    def ballots(self, division: str) -> Iterator[bytes]:
        """The ballots of a division, with those of this transaction."""
        assert not self.over, "the transaction has ended"
        return _in_order(self.boxes, division)

    def holds(self, division: str, credential: str, ballot: bytes) -> bool:
        """Whether a ballot of that credential is in a box, byte for byte."""
        assert not self.over, "the transaction has ended"
        return ballot in self.boxes.get(division, {}).get(credential, ())

    def put_ballot(self, division: str, credential: str, ballot: bytes) -> None:
        """Put a ballot behind those of its credential; Conflict if it is there already, byte for byte."""
        assert not self.over, "the transaction has ended"
        box = self.boxes.get(division, {})
        before = box.get(credential, ())
        if ballot in before:
            raise same_ballot(division)
        self.boxes = {**self.boxes, division: {**box, credential: (*before, ballot)}}

    def settle_box(self, division: str) -> None:
        """Put the box in the order of its credentials."""
        assert not self.over, "the transaction has ended"
        box = self.boxes.get(division, {})
        self.boxes = {**self.boxes, division: dict(sorted(box.items()))}

    def put_paper(self, name: str, pieces: Iterable[bytes]) -> None:
        """Keep a paper; Conflict if there is one of that name."""
        assert not self.over, "the transaction has ended"
        if name in self.papers:
            raise same_paper(name)
        self.papers = {**self.papers, name: tuple(pieces)}


def _in_order(boxes: Boxes, division: str) -> Iterator[bytes]:
    for _, ballots in sorted(boxes.get(division, {}).items()):
        yield from ballots
