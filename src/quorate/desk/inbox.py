"""What waits for the writer: a queue with a bound, and with an end after which nothing is put in."""

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue

from quorate.canon.fault import Busy, Unavailable
from quorate.desk.answer import Asked, Ending

MOST_WAITING = 10_000
"""Acts and ballots that wait at once: so many that the last would not be answered within seconds."""


LINGER = 50e-6
"""Seconds: less than a commit takes, and enough for those who were just answered to ask again."""


class Inbox:
    """Acts and ballots in the order in which they came."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Asked | Ending] = SimpleQueue()
        self._door = threading.Lock()
        """Held by whoever puts something in, so that nothing comes after the end, where nobody would answer it."""
        self._ended = False

    def put(self, queued: Asked) -> None:
        """Put one in at the end.

        Raises:
            Busy: too many are waiting.
            Unavailable: the queue was ended.
        """
        with self._door:
            if self._ended:
                raise Unavailable("the desk is closed", "open it again")
            if self._queue.qsize() >= MOST_WAITING:
                raise Busy(
                    f"{MOST_WAITING} acts are waiting at this desk already",
                    "nothing of this one was recorded; try again in a minute",
                )
            self._queue.put(queued)

    def end(self) -> bool:
        """Let nothing more be put in; returns whether this was the first time."""
        with self._door:
            if self._ended:
                return False
            self._ended = True
            self._queue.put(Ending())
            return True

    def take(self, most: int, before: Sequence[Asked] = ()) -> tuple[list[Asked], bool]:
        """All that are waiting, at most so many, behind those taken before; waits for the first. And whether more can come.

        While others come as fast as they are taken, it lingers for them: a transaction costs the same for one and for many.
        """
        batch: list[Asked | Ending] = [*before] or [self._queue.get()]
        seen = 0
        while self._drain(batch, most) and seen < len(batch) < most and len(batch) > 1:
            seen = len(batch)
            time.sleep(LINGER)
        if isinstance(batch[-1], Ending):
            batch.pop()
            return batch, False  # type: ignore[return-value]  # the end is the last, and there is one
        return batch, True  # type: ignore[return-value]

    def _drain(self, batch: list[Asked | Ending], most: int) -> bool:
        """Put what is waiting behind what was taken; returns whether more can come."""
        with suppress(Empty):
            while len(batch) < most and not isinstance(batch[-1], Ending):
                batch.append(self._queue.get_nowait())
        return not isinstance(batch[-1], Ending)
