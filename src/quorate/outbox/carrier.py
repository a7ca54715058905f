"""The carrier of letters: one thread that takes what is due from the shelf to the post, until it is told to end."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from quorate.outbox.port import Lying, NotSent, Post, Shelf

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)
"""How long a letter waits after its first try that failed, its second, and so on; after the last it is given up."""
LOOK_EVERY, LONGEST_PAUSE = 5.0, 600.0
"""Seconds after which the carrier looks at the shelf if nobody has called, for letters that are due again; while the post
takes no letter at all, twice as long each time, up to the second."""
_log = logging.getLogger(__name__)


def again_at(tries: int, now: datetime) -> datetime | None:
    """When a letter is due again of which so many tries have failed; None if that was the last."""
    return now + PAUSES[tries - 1] if tries <= len(PAUSES) else None


class Carrier:
    """Carries letters, one after the other."""

    def __init__(self, shelf: Shelf, post: Post, now: Callable[[], datetime]) -> None:
        self._shelf, self._post, self._now = shelf, post, now
        self._called = threading.Event()
        self._ends = False
        self._thread: threading.Thread | None = None
        self._failing = 0
        """How often in a row the post has taken no letter at all."""

    @property
    def pause(self) -> float:
        """Seconds until the shelf is looked at again if nobody calls."""
        return min(LOOK_EVERY * (1 << min(self._failing, 10)), LONGEST_PAUSE)

    def carry(self) -> int:
        """Carry all letters that are due, or one if the post takes none; returns how many were sent."""
        count = 0
        while not self._ends and (lying := self._shelf.take(self._now())) is not None:
            failing = self._failing
            count += self._carry(lying)
            if self._failing > failing:
                break
        self._post.rest()
        return count

    def begin(self) -> None:
        """Carry what is due now and from now on, in a thread. Whoever calls this has the sole right: see `sole.py`."""
        self._thread = threading.Thread(target=self._run, name="mail", daemon=True)
        self._thread.start()

    def call(self) -> None:
        """Have the carrier look at the shelf now."""
        self._called.set()

    def end(self) -> None:
        """Stop after the letter that is being carried; returns once that is done."""
        self._ends = True
        self._called.set()
        if self._thread is not None:
            self._thread.join()

    def _carry(self, lying: Lying) -> bool:
        try:
            self._post.send(lying)
        except NotSent as fault:
            _log.warning("letter %d was not sent: %s", lying.key, fault.why)
            if fault.for_all:
                self._failing += 1
                self._shelf.hand_back(lying.key, fault.why)
                return False
            last = fault.for_good
            due = None if last else again_at(lying.tries + 1, self._now())
            self._shelf.put_down(lying.key, fault.why, due)
            return False
        self._failing = 0
        self._shelf.sent(lying.key, self._now())
        return True

    def _run(self) -> None:
        recovered = False
        while not self._ends:
            self._called.clear()
            try:
                if not recovered:
                    self._shelf.recover(self._now())
                    recovered = True
                self.carry()
            except Exception as error:  # noqa: BLE001  # the thread outlives whatever a shelf or a post meets
                # Of the error its kind alone: its text may have that of a letter in it.
                _log.error("mail waits: %s", type(error).__name__)
            self._called.wait(self.pause)
