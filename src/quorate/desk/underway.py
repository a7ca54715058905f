"""What is going on beside the writer, such as exports: whoever would pull something from under it waits for its end."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Underway:
    """What has begun and not ended."""

    def __init__(self) -> None:
        self._going_on: set[object] = set()
        self._ended = threading.Condition()

    @contextmanager
    def one(self) -> Iterator[None]:
        """A block that is going on."""
        mine = object()
        with self._ended:
            self._going_on.add(mine)
        try:
            yield
        finally:
            with self._ended:
                self._going_on.discard(mine)
                self._ended.notify_all()

    def wait(self) -> None:
        """Wait until all that is going on now has ended; what begins later is not waited for."""
        with self._ended:
            before = set(self._going_on)
            self._ended.wait_for(lambda: before.isdisjoint(self._going_on))
