"""One transaction of the writer: acts decided in turn, ballots put in, ends recorded; rows to append, answers to give."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from quorate.assembly.act import Event, Stamp, decide, take_effect
from quorate.assembly.due import end_what_is_due, next_ending
from quorate.assembly.inscription import inscribe
from quorate.assembly.keeping.clock import JUMP, NoteClockJump, is_jump_noted
from quorate.assembly.keeping.erasures import ErasePart
from quorate.canon.fault import Busy, Fault, Unavailable
from quorate.desk.answer import Acknowledged, Asked, Casting, Look, Together, Waiting
from quorate.desk.erasure import require_there
from quorate.desk.fold import Fold
from quorate.desk.paperwork import paperwork_of
from quorate.desk.polls import put_in
from quorate.desk.port import Entropy, Row, Store, Writing
from quorate.desk.repeats import answered_before, require_same
from quorate.desk.sealing import seal_events
from quorate.desk.stamping import is_due, offset_of, stamp_of


class HalfDone(Exception):
    """An act broke when it had changed the state already: nothing of its batch is kept, and the state is to be made anew."""

    def __init__(self, queued: Asked, error: Exception) -> None:
        super().__init__(f"{type(error).__name__}: {error}")
        self.queued = queued
        self.error = error if isinstance(error, Fault) else broke_on(error)


def broke_on(error: Exception) -> Unavailable:
    """The answer to an act on which the program broke."""
    return Unavailable(
        f"this program broke on the act: {type(error).__name__}: {error}",
        "nothing of it was recorded; report what it says",
    )


class Done(NamedTuple):
    """An act whose events are among the rows of its batch, or stood in the record before."""

    waiting: Waiting
    first: int
    stamp: Stamp | None
    """None if it was done before."""
    events: Sequence[Event]


class Batch:
    """What comes of all that is queued at one moment: the rows of one transaction, and the answers once it is durable."""

    def __init__(  # what a transaction stands on
        self, store: Store, fold: Fold, entropy: Entropy, writing: Writing, now: datetime
    ) -> None:
        self._store = store
        self._fold = fold
        self._entropy = entropy
        self._writing = writing
        self._now = now
        self.rows: list[Row] = []
        self._done: list[Done] = []
        self._together: list[Together] = []

    @property
    def _next(self) -> int:
        """The number of the next entry."""
        return self._fold.tree.size + len(self.rows)

    def hold(self, queued: Asked) -> None:
        """Carry out what is queued; it has its error now, or its answer once the batch is durable.

        Raises:
            HalfDone: it broke halfway.
        """
        match queued:
            case Casting():
                put_in(self._fold.state, queued, self._writing)
            case Look():
                queued.answer = is_due(self._fold.state, self._now)
                if queued.answer:
                    self._end_what_is_due(queued, self._now)
            case Together():
                self._hold_together(queued)
            case Waiting():
                self._hold_act(queued)

    @property
    def accepted(self) -> bool:
        """Whether anybody has to be answered."""
        return bool(self._done or self._together)

    def answer(self, size: int, note: str) -> None:
        """Answer all that was accepted: it is durable, and the head of that size is signed by the note."""
        for waiting, first, stamp, events in self._done:
            waiting.answer = Acknowledged(first, tuple(events), size, note, again=stamp is None)
        for together in self._together:
            together.answer = [each.outcome() for each in together.acts]

    def note_jump(self) -> None:
        """Record that the clock has gone back, if it has and nobody has said so yet."""
        state, now = self._fold.state, self._now
        house = state.organisation
        if house is None or house.clock == "told" or now >= state.last_at - JUMP:
            return
        last = state.last_at
        if not is_jump_noted(state, last, now):
            stamp = Stamp(at=last, offset=offset_of(state, last), by=house.clerk)
            note = NoteClockJump(before=last, after=now)
            self._record(decide(state, note, stamp), stamp)

    def _hold_together(self, together: Together) -> None:
        nothing_yet, together.failed = self._next, None
        try:
            for waiting, expected in zip(together.acts, together.expected, strict=True):
                self._hold_act(waiting)
                together.check(waiting, expected)
        except HalfDone as half:
            raise HalfDone(together, half.error) from half
        except Busy:
            raise
        except Fault as fault:
            if self._next != nothing_yet:
                raise HalfDone(together, fault) from fault
            together.error = fault
        else:
            self._together.append(together)

    def _hold_act(self, waiting: Waiting) -> None:
        state, act, paper = self._fold.state, waiting.act, waiting.paper
        paperwork = paperwork_of(act)
        try:
            if self._was_done_before(waiting):
                return
            stamp = stamp_of(state, act, waiting.caller, self._now)
            if next_ending(state, stamp.at):
                self._require_accepted_later(waiting, stamp)
                self._end_what_is_due(waiting, stamp.at)
            if isinstance(act, ErasePart):
                require_there(act, self._entry)
            primary = paperwork.decide(state, act, stamp, paper, self._writing.ballots)
            inscribed = inscribe(primary, stamp)  # an act that cannot be written changes nothing
        except (HalfDone, Busy):
            raise
        except Fault as error:
            waiting.error = error
            return
        except Exception as error:  # noqa: BLE001  # a rule that breaks on an act breaks for that act alone
            waiting.error = broke_on(error)
            return
        try:
            paperwork.keep(state, act, paper, self._writing)
            first = self._next
            events = self._record(primary, stamp, inscribed)
        except Unavailable:
            raise
        except Exception as error:
            raise HalfDone(waiting, error) from error
        self._done.append(Done(waiting, first, stamp, events))

    def _was_done_before(self, waiting: Waiting) -> bool:
        """Whether an act is a second try, by its token; then it gets the answer of the first."""
        caller = waiting.caller
        first = self._fold.state.seq_of_token(caller.token)
        if first is None:
            return False
        for done in self._done:
            if done.first == first and done.stamp is not None:
                primary = done.events[0]
                require_same(first, waiting.act, caller, primary.act, done.stamp)  # type: ignore[attr-defined]
                self._done.append(Done(waiting, first, None, done.events))
                return True
        events = answered_before(self._store.rows(first), waiting.act, caller)
        self._done.append(Done(waiting, first, None, events))
        return True

    def _entry(self, seq: int) -> bytes | None:
        """The bytes of an entry, if there is one of that number."""
        if seq >= self._fold.tree.size:
            mine = seq - self._fold.tree.size
            return self.rows[mine].entry if mine < len(self.rows) else None
        return next((row.entry for row in self._store.rows(seq, seq + 1)), None)

    def _require_accepted_later(self, waiting: Waiting, stamp: Stamp) -> None:
        """Return if the caller of an act may say that it is so late, else raise what the act is refused with.

        Where the clock is told, an act that is refused must not have ended anything by the time that it came with.
        """
        if self._fold.state.house().clock == "told":
            later = self._fold.state.copy()
            deque(end_what_is_due(later, stamp.at, partial(offset_of, later)), maxlen=0)
            paperwork, ballots = paperwork_of(waiting.act), self._writing.ballots
            inscribe(paperwork.decide(later, waiting.act, stamp, waiting.paper, ballots), stamp)

    def _end_what_is_due(self, queued: Asked, until: datetime) -> None:
        state = self._fold.state
        try:
            for stamp, events in end_what_is_due(state, until, partial(offset_of, state)):
                self.rows += seal_events(state, events, stamp, self._next, self._entropy)
        except Exception as error:
            raise HalfDone(queued, error) from error

    def _record(
        self, primary: Event, stamp: Stamp, inscribed: dict[str, bytes] | None = None
    ) -> list[Event]:
        state = self._fold.state
        events = take_effect(state, primary, stamp)
        self.rows += seal_events(state, events, stamp, self._next, self._entropy, inscribed)
        return events
