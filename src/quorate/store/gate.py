"""Whether a store may still be used, and whose turn it is to write: what all three stores have in common.

The turn is within one process; between processes it is the database's own lock that keeps order.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, get_ident
from typing import Generic, Protocol, TypeVar

from quorate.canon.fault import Unavailable

_IDLE = 4  # connections kept for the next reader; more are opened when more read at once


class Gate:
    """The gate of a store: open until it is shut, once and for good; it lets in one writer at a time."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._holder: int | None = None
        self._pid = os.getpid()
        self._shut: tuple[str, str] | None = None

    def check(self) -> None:
        """Return if the store may be used.

        Raises:
            Unavailable: it was closed, or an error of disk or database has shut it, or this is a forked child.
        """
        if self._shut is not None:
            raise Unavailable(*self._shut)
        if self._pid != os.getpid():
            raise Unavailable("this store was opened before a fork", "open it after forking")

    def shut(self, reason: str, hint: str = "") -> None:
        """Refuse everything from now on; the first reason stands."""
        if self._shut is None:
            self._shut = (reason, hint)

    @contextmanager
    def writing_turn(self) -> Iterator[None]:
        """A block in which this thread alone writes; waits until the threads before it are done."""
        assert self._holder != get_ident(), "a turn within a turn would wait for itself"
        self.check()
        with self._turn:
            self.check()  # it may have been shut while we waited
            self._holder = get_ident()
            try:
                yield
            finally:
                self._holder = None

    @contextmanager
    def last_turn(self) -> Iterator[None]:
        """A block after the last writing: shuts the gate as closed, and waits until the writer is done."""
        assert self._holder != get_ident(), "a store cannot be closed from within its own writing"
        self.shut("the store is closed", "open it again")
        with self._turn:
            yield


class Closable(Protocol):
    """A connection that a pool can hold."""

    def close(self) -> None:
        """Let go of it."""
        ...


C = TypeVar("C", bound=Closable)


class Pool(Generic[C]):
    """Connections for readers, each used by one thread at a time."""

    def __init__(self, connect: Callable[[], C]) -> None:
        self._connect = connect
        self._idle: list[C] = []
        self._closed = False
        self._lock = Lock()

    @contextmanager
    def borrow(self) -> Iterator[C]:
        """A connection for the length of the block; one that failed is not used again."""
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = self._connect()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        with self._lock:
            keep = not self._closed and len(self._idle) < _IDLE
            if keep:
                self._idle.append(connection)
        if not keep:
            connection.close()

    def close(self) -> None:
        """Let go of the idle ones now, and of those in use when they come back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
