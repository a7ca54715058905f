"""A lock that is given to those who wait for it in the order in which they came.

`threading.Lock` goes to whoever asks when it is free: a thread that lets go of it and asks again at once, as the writer does,
would have it again and again before those who wait have woken.
"""

import threading
from collections import deque
from typing import Self


class FairLock:
    """A lock for threads, not to be taken twice by one; with `with`, or with `acquire` and `release`."""

    def __init__(self) -> None:
        self._door = threading.Lock()
        """Held while what is below is looked at or changed, and never while somebody waits."""
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()
        """Of each who waits, in order, a lock that is let go of when the turn is theirs."""

    def acquire(self, timeout: float = -1) -> bool:
        """Take the lock behind all who wait already; returns whether it was had within so many seconds, without end if below 0."""
        with self._door:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        try:
            had = mine.acquire(timeout=timeout)
        except BaseException:  # by a signal, such as that of Ctrl-C
            if self._leave(mine):
                self.release()
            raise
        return had or self._leave(mine)

    def _leave(self, mine: threading.Lock) -> bool:
        """Wait no more; returns whether the turn had come all the same, just now."""
        with self._door:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return False
            return True

    def release(self) -> None:
        """Let go of the lock: it is then theirs who has waited longest, though they may not have woken yet."""
        with self._door:
            assert self._taken, "a lock is let go of by who has it"
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    def locked(self) -> bool:
        """Whether somebody has it."""
        return self._taken

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
