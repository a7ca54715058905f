"""The keeping of the record: minutes and their corrections, and holds against erasure."""

from datetime import date

import msgspec


class Hold(msgspec.Struct, omit_defaults=True):
    """Entries from which nothing may be erased, because a court or an inquiry may ask for them."""

    id: str
    body: str
    """The body that answers for it."""
    first: int
    last: int | None
    """The last entry, inclusive; None for all that are still to come as well."""
    placed_on: date
    lifted_on: date | None = None
    reason: str | None = None

    def covers(self, seq: int) -> bool:
        """Whether the hold stands and an entry is under it."""
        is_within = self.first <= seq and (self.last is None or seq <= self.last)
        return self.lifted_on is None and is_within


class Correction(msgspec.Struct, frozen=True, omit_defaults=True):
    """A correction of draft minutes."""

    by: str
    on: date
    text: str | None = None


class MinuteBook(msgspec.Struct, omit_defaults=True):
    """The minutes of one meeting, from draft to signature."""

    id: str
    meeting: str
    body: str
    drafted_by: str
    drafted_on: date
    upto: int
    """The number of entries of the record when they were drafted."""
    corrections: tuple[Correction, ...] = ()
    approved_by: str = ""
    """The meeting that approved them."""
    approved_on: date | None = None
    signed_by: dict[str, str] = {}
    """By capacity, as the standing orders name it: the person who signed."""
    unsigned: tuple[str, ...] = ()
    """The capacities in which they are still to be signed, from their approval on."""
