"""A lock that is given to those who wait for it in the order in which they came.

`threading.Lock` goes to whoever asks when it is free: a thread that lets go of it and asks again at once, as the writer does,
would have it again and again before those who wait have woken.
"""

import threading
from collections import deque


class _Turn:
    """The turn of one who asks for the lock."""

    __slots__ = ("come", "given")

    def __init__(self) -> None:
        self.given = False
        self.come = threading.Lock()
        """Let go of when it is given."""
        self.come.acquire()


class FairLock:
    """A lock for threads, not to be taken twice by one; with `with`, or with `acquire` and `release`."""

    def __init__(self) -> None:
        self._door = threading.Lock()
        """Held while what is below is looked at or changed, and never while somebody waits."""
        self._taken = False
        self._waiting: deque[_Turn] = deque()

    def acquire(self, timeout: float = -1) -> bool:
        """Take the lock behind all who wait already; returns whether it was had within so many seconds, without end if below 0."""
        mine = _Turn()
        try:
            with self._door:
                if not self._taken:
                    self._taken = mine.given = True
                    return True
                self._waiting.append(mine)
            return mine.come.acquire(timeout=timeout) or self._leave(mine)
        except BaseException:  # a signal, such as that of Ctrl-C, while this waits
            if self._leave(mine):
                self.release()
            raise

    def _leave(self, mine: _Turn) -> bool:
        """Wait no more; returns whether the turn was given all the same, just now."""
        with self._door:
            if not mine.given and mine in self._waiting:
                self._waiting.remove(mine)
            return mine.given

    def release(self) -> None:
        """Let go of the lock: it is then theirs who has waited longest, though they may not have woken yet."""
        with self._door:
            assert self._taken, "a lock is let go of by who has it"
            if self._waiting:
                turn = self._waiting.popleft()
                turn.given = True
                turn.come.release()
            else:
                self._taken = False

    def locked(self) -> bool:
        """Whether somebody has it."""
        return self._taken

    __enter__ = acquire  # no frame between, in which a signal would leave it taken

    def __exit__(self, *_: object) -> None:
        self.release()
