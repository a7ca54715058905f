"""How many acts an account may ask for: many at a stretch, then a few a second. A hall is one address, so addresses do not count."""

from collections import OrderedDict

AT_A_STRETCH = 40
A_SECOND = 4.0
_MOST = 50_000


class Rate:
    """What is left to each account; instants in seconds of any one clock."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """By account: how many were left, and when."""

    def take(self, account: str, now: float) -> bool:
        """Whether one more may be asked for now, which is then taken."""
        left, at = self._left.pop(account, (float(AT_A_STRETCH), now))
        left = min(AT_A_STRETCH, left + (now - at) * A_SECOND)
        may = left >= 1
        self._left[account] = (left - may, now)
        while len(self._left) > _MOST:
            self._left.popitem(last=False)
        return may
