"""Erasures carried out: what the record says was erased leaves the store.

An erasure is recorded first and carried out after, so whoever opens the record looks whether one was cut short, or undone
by a backup.
"""

from collections.abc import Callable, Iterator, Mapping

from quorate.assembly.act import PART_FIELDS
from quorate.assembly.keeping.erasures import ErasePart
from quorate.assembly.refusal import Refused, refusals
from quorate.desk.port import Row, Snapshot, Store
from quorate.record.entry import open_envelope

refusals(
    no_such_part="seq parts has",
    nothing_erasable="seq",
)


def finish_erasures(store: Store, erased: Mapping[int, tuple[str, ...]]) -> bool:
    """Erase from the store what the record says was erased, parts by entry; returns whether anything of it was still there.

    Cost: one row for each entry ever erased from.

    Raises:
        Unavailable: the store cannot be written; what is still there stays until this is done again.
    """
    left = _left(store, erased)
    if not left:
        return False
    with store.writing() as writing:
        for seq, names in left.items():
            writing.erase(seq, names)
    return True


class WithoutErased:
    """A store for somebody who only reads, and so cannot finish an erasure: what was erased is left out of what is read.

    `erased` says by entry what was erased, as it is known at that moment. All else is as in the store itself.
    """

    def __init__(self, store: Store, erased: Callable[[], Mapping[int, tuple[str, ...]]]) -> None:
        self.inner = store
        self._erased = erased
        self.writing = store.writing
        self.head = store.head
        self.save_checkpoint = store.save_checkpoint
        self.checkpoints = store.checkpoints
        self.save_snapshot = store.save_snapshot
        self.ballots = store.ballots
        self.paper = store.paper
        self.close = store.close

    @property
    def is_unfinished(self) -> bool:
        """Whether the store still has something that was erased."""
        return bool(_left(self.inner, self._erased()))

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[Row]:
        """Committed rows in order, streamed, without what was erased."""
        for row in self.inner.rows(start, stop):
            if names := self._erased().get(row.seq):
                yield row._replace(parts=tuple(p for p in row.parts if p.name not in names))
            else:
                yield row

    def snapshot(self) -> Snapshot | None:
        """The snapshot, if there is one; none while an erasure is unfinished, since it may have the words."""
        return None if self.is_unfinished else self.inner.snapshot()


def as_of(store: Store, erased: Mapping[int, tuple[str, ...]]) -> WithoutErased:
    """A store without what was erased at some moment, and with what the record says only later to be erased."""
    inner = store.inner if isinstance(store, WithoutErased) else store
    return WithoutErased(inner, lambda: erased)


def _left(store: Store, erased: Mapping[int, tuple[str, ...]]) -> dict[int, list[str]]:
    """What was erased and is still there, by entry."""
    there = {seq: _still_there(store, seq, parts) for seq, parts in erased.items()}
    return {seq: names for seq, names in there.items() if names}


def _still_there(store: Store, seq: int, names: tuple[str, ...]) -> list[str]:
    return [
        part.name for row in store.rows(seq, seq + 1) for part in row.parts if part.name in names
    ]


def require_there(act: ErasePart, entry_of: Callable[[int], bytes | None]) -> None:
    """Return if the entry commits to the parts that are to be erased, or there is none of that number, else refuse.

    The state does not know what parts an entry has, so no rule can ask this; a wrong number would be taken for an erasure.
    """
    entry = entry_of(act.seq) if act.seq >= 0 else None
    if entry is None:
        return  # and the rule says so
    has = open_envelope(entry).parts
    if missing := tuple(part for part in act.parts if part in PART_FIELDS and part not in has):
        parts = tuple(name for name in has if name in PART_FIELDS)
        if not parts:
            raise Refused("nothing-erasable", seq=act.seq)
        raise Refused("no-such-part", seq=act.seq, parts=missing, has=parts)
