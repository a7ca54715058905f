"""The keeping of the record itself: what may not be erased from it while a hold stands."""

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
        within = self.first <= seq and (self.last is None or seq <= self.last)
        return self.lifted_on is None and within
