"""A desk for a process that goes on, such as a server: one that failed is closed, and the next caller gets another."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Self

from quorate.canon.fault import Unavailable
from quorate.desk.desk import Desk


class Reopening:
    """A desk that is opened when it is first needed, and anew when it has failed; closed when its `with` block ends."""

    def __init__(self, open_desk: Callable[[], Desk]) -> None:
        self._open = open_desk
        self._desk: Desk | None = None
        self._closed = False
        self._lock = threading.Lock()

    def desk(self) -> Desk:
        """The desk, to be asked for anew with every request. Cost, where it has to be opened: a fold of the record.

        Raises:
            Unavailable: it cannot be opened, or was closed for good; the next call tries again.
        """
        with self._lock:
            if self._closed:
                raise Unavailable("the desk is closed", "open another")
            if self._desk is not None and self._desk.failed:
                self._let_go()
            if self._desk is None:
                self._desk = self._open()
            return self._desk

    def close(self) -> None:
        """Close the desk for good."""
        with self._lock:
            self._closed = True
            self._let_go()

    def _let_go(self) -> None:
        desk, self._desk = self._desk, None
        if desk is not None:
            with suppress(Unavailable):  # nothing that was acknowledged depends on it
                desk.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
