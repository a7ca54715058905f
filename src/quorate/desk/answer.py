"""Who asks the desk, and what they get for an answer."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from quorate.assembly.act import Act, Event
from quorate.assembly.refusal import Refused
from quorate.canon.fault import Fault, Malformed
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
    token: str = ""
    """Drawn at random for this one act, so that a second try of it is known as one; see `repeats`."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The answer to an act: its events are entries `first` and following, durable, under this signed checkpoint."""

    first: int
    events: tuple[Event, ...]
    size: int
    """The size of the record that the checkpoint signs."""
    checkpoint: str
    again: bool = False
    """Whether it was done before, under the token with which it was asked again."""


class Queued(Generic[T]):
    """A place in the queue and, later, its answer. A bare lock is the cheapest thing to wait on."""

    __slots__ = ("_done", "answer", "error", "told")

    def __init__(self) -> None:
        self.told: Callable[[Any], None] | None = None
        """What is called on the writer's thread once there is an answer or an error; it must be quick, and not raise."""
        self.answer: T | None = None
        self.error: BaseException | None = None
        self._done = threading.Lock()
        self._done.acquire()

    def forget(self) -> None:
        """Have it that nothing has come of it yet."""
        self.answer = self.error = None

    def release(self) -> None:
        """Let the caller go on."""
        self._done.release()
        if self.told is not None:
            self.told(self)

    def wait(self) -> T:
        """The answer, once there is one; raises the error if there is one instead."""
        with self._done:  # and let go of again, for whoever asks a second time
            pass
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

    def outcome(self) -> Acknowledged | Refused:
        """The answer, or the refusal that was expected instead."""
        if self.answer is not None:
            return self.answer
        assert isinstance(self.error, Refused)
        return self.error


class Together(Queued[list["Acknowledged | Refused"]]):
    """Acts that are recorded in this order, all or none; of each its answer, or the refusal that it was to meet."""

    __slots__ = ("acts", "expected", "failed")

    def __init__(self, acts: Sequence[Waiting], expected: Sequence[str]) -> None:
        super().__init__()
        self.acts = acts
        self.expected = expected
        """By act: the code of the refusal that it is to meet; empty for one that is to be carried out."""
        self.failed: Waiting | None = None
        """The act for whose sake none is recorded."""

    def forget(self) -> None:
        """Have it that nothing has come of any of them yet."""
        super().forget()
        for each in self.acts:
            each.forget()

    def check(self, waiting: Waiting, expected: str) -> None:
        """Return if an act has come to what it was to come to, else raise what it met, or Malformed if it met nothing."""
        code = waiting.error.code if isinstance(waiting.error, Refused) else ""
        if code == expected and (waiting.error is None or code):
            return
        self.failed = waiting
        if waiting.error is None:
            raise Malformed("", f"an act that is refused, {expected}; it is in order")
        assert isinstance(waiting.error, Fault)
        raise waiting.error


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


Asked = Waiting | Together | Casting | Look
"""What the writer is asked."""


class Ending:
    """The end of the queue."""
