"""What waits for the writer: a queue with a bound, and with an end after which nothing is put in."""

import threading
from queue import Empty, SimpleQueue

from quorate.canon.fault import Busy, Unavailable
from quorate.desk.answer import Asked, Ending

MOST_WAITING = 10_000
"""Acts and ballots that wait at once: so many that the last would not be answered within seconds."""


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

    def take(self, most: int) -> tuple[list[Asked], bool]:
        """All that are waiting, at most so many; waits for the first. And whether more can come."""
        batch: list[Asked] = []
        try:
            while len(batch) < most:
                queued = self._queue.get_nowait() if batch else self._queue.get()
                if isinstance(queued, Ending):
                    return batch, False
                batch.append(queued)
        except Empty:
            pass
        return batch, True
