"""Who asks the desk, and what they get for an answer."""

import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from quorate.assembly.act import Act, Event
from quorate.desk.archives import Paper

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who acts, for whom, how they were known; `at` only where the organisation's clock is told."""

    by: str
    behalf: str = ""
    known_by: str = ""
    entered_by: str = ""
    at: datetime | None = None
    time_confirmed: bool = False
    """Whether the caller has said that the time is right although it lies far after the last entry."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The answer to an act: its events are entries `first` and following, durable, under this signed checkpoint."""

    first: int
    events: tuple[Event, ...]
    size: int
    """The size of the record that the checkpoint signs."""
    checkpoint: str


class Queued(Generic[T]):
    """A place in the queue and, later, its answer. A bare lock is the cheapest thing to wait on."""

    __slots__ = ("_done", "answer", "error")

    def __init__(self) -> None:
        self.answer: T | None = None
        self.error: BaseException | None = None
        self._done = threading.Lock()
        self._done.acquire()

    def release(self) -> None:
        """Let the caller go on."""
        self._done.release()

    def wait(self) -> T:
        """The answer, once there is one; raises the error if there is one instead."""
        self._done.acquire()
        if self.error is not None:
            raise self.error
        assert self.answer is not None
        return self.answer


class Waiting(Queued[Acknowledged]):
    """An act, and the paper that comes with it."""

    __slots__ = ("act", "caller", "paper")

    def __init__(self, act: Act, caller: Caller, paper: Paper | None = None) -> None:
        super().__init__()
        self.act = act
        self.caller = caller
        self.paper = paper


class Casting(Queued[str]):
    """A ballot that was checked, on its way into the box; its answer is its tracker. Nothing of who casts it."""

    __slots__ = ("ballot", "credential", "division")

    def __init__(self, division: str, credential: str, ballot: bytes) -> None:
        super().__init__()
        self.division = division
        self.credential = credential
        self.ballot = ballot


class Look(Queued[bool]):
    """A look at the clock: what is due by now ends; the answer is whether anything did."""

    __slots__ = ()


class Ending(Queued[None]):
    """The end of the queue."""

    __slots__ = ()
