"""How often is looked and sent: at most three times a second, and never for more than half of the time."""

from collections import deque

A_SECOND = 3
"""Times in a second that something is sent at most."""
TICK = 0.5
"""Seconds between two frames of nothing but figures, so that what matters more need not wait behind them."""
GAP = 0.1
"""Seconds between two looks."""


class Pace:
    """When it may be looked and sent again; instants in seconds of any one clock."""

    def __init__(self) -> None:
        self._sent: deque[float] = deque([float("-inf")] * A_SECOND, maxlen=A_SECOND)
        self._look_at = float("-inf")

    def wait_to_look(self, now: float) -> float:
        """Seconds until it may be looked again."""
        return max(0.0, self._look_at - now)

    def wait_to_send(self, now: float, *, figures: bool) -> float:
        """Seconds until it may be sent again, if it is nothing but figures, or if not."""
        free_at = self._sent[0] + 1.0
        if figures:
            free_at = max(free_at, self._sent[-1] + TICK)
        return max(0.0, free_at - now)

    def sent(self, now: float) -> None:
        """Something is being sent."""
        self._sent.append(now)

    def looked(self, begun: float, now: float) -> None:
        """A look was over, and what was sent after it."""
        self._look_at = now + max(GAP, now - begun)
