"""Who asks the desk, and what they get for an answer."""

import threading
from dataclasses import dataclass
from datetime import datetime

from quorate.assembly.act import Act, Event


@dataclass(frozen=True, slots=True)
class Caller:
    """Who acts, for whom, how they were known; `at` only where the organisation's clock is told."""

    by: str
    behalf: str = ""
    known_by: str = ""
    entered_by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The answer to an act: its events are entries `first` and following, durable, under this signed checkpoint."""

    first: int
    events: tuple[Event, ...]
    size: int
    """The size of the record that the checkpoint signs."""
    checkpoint: str


class Waiting:
    """An act in the queue and, later, its answer. A bare lock is the cheapest thing to wait on."""

    __slots__ = ("_done", "act", "answer", "caller", "error")

    def __init__(self, act: Act | None, caller: Caller) -> None:
        self.act = act
        self.caller = caller
        self.answer: Acknowledged | None = None
        self.error: BaseException | None = None
        self._done = threading.Lock()
        self._done.acquire()

    def release(self) -> None:
        """Let the caller go on."""
        self._done.release()

    def wait(self) -> Acknowledged:
        """The answer, once there is one; raises what the act came to otherwise."""
        self._done.acquire()
        if self.error is not None:
            raise self.error
        assert self.answer is not None
        return self.answer
