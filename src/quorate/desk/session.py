"""One transaction of the writer: catch up, decide each act and put in each ballot in turn, append, commit, sign, answer."""

from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from quorate.assembly.act import Act, Event, Stamp, decide, take_effect
from quorate.assembly.due import end_what_is_due, next_ending
from quorate.assembly.inscription import inscribe
from quorate.assembly.keeping.clock import (
    FAR_AHEAD,
    JUMP,
    CorrectClock,
    NoteClockJump,
    is_clock_told,
    is_jump_noted,
    require_in_time,
    require_plausible,
    zone_of,
)
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.state import State
from quorate.canon.fault import Fault, Malformed, Unavailable
from quorate.canon.moment import FIRST_YEAR, LAST_YEAR
from quorate.canon.zone import offset_there
from quorate.desk.answer import Acknowledged, Caller, Casting, Look, Waiting
from quorate.desk.fold import Fold
from quorate.desk.paperwork import paperwork_of
from quorate.desk.polls import put_in
from quorate.desk.port import Clock, Entropy, Row, Store, Writing
from quorate.desk.sealing import seal_events
from quorate.record.signer import CheckpointSigner
from quorate.record.tree import leaf_hash

refusals(
    time_not_told="",
    time_told="",
)


class HalfDone(Exception):
    """An act broke when it had changed the state already: nothing of its batch is kept, and the state is to be made anew."""

    def __init__(self, waiting: Waiting, error: Exception) -> None:
        super().__init__(f"{type(error).__name__}: {error}")
        self.waiting = waiting
        self.error = error if isinstance(error, Fault) else broke_on(error)


def broke_on(error: Exception) -> Unavailable:
    """The answer to an act on which the program broke."""
    return Unavailable(
        f"this program broke on the act: {type(error).__name__}: {error}",
        "nothing of it was recorded; report what it says",
    )


class Session:
    """The writer's work on a batch of acts. Not thread-safe: the desk holds its lock around every call."""

    def __init__(
        self, store: Store, fold: Fold, signer: CheckpointSigner, clock: Clock, entropy: Entropy
    ) -> None:
        self._store = store
        self._fold = fold
        self._signer = signer
        self._clock = clock
        self._entropy = entropy

    def hold(self, queued: Sequence[Waiting | Casting | Look]) -> None:
        """Give every act and every ballot its answer or its error.

        Raises:
            Unavailable: nothing was acknowledged; the fold may be ahead of the store and must not be used again.
            HalfDone: likewise, for the sake of one act; without it, the others can be held again on a fold made anew.
        """
        accepted: list[tuple[Waiting, int, list[Event]]] = []
        with self._store.writing() as writing:
            self._catch_up(writing)
            rows: list[Row] = []
            now = self._clock.now()
            self._note_jump(now, rows)
            for waiting in queued:
                if isinstance(waiting, Casting):
                    put_in(self._fold.state, waiting, writing)
                    continue
                if isinstance(waiting, Look):
                    waiting.answer = is_due(self._fold.state, now)
                    if waiting.answer:
                        self._end_what_is_due(now, rows)
                    continue
                first = self._fold.tree.size + len(rows)
                events = self._carry_out(waiting, now, rows, writing)
                if events is not None:
                    accepted.append((waiting, first, events))
            if rows:
                self._fold.tree.extend([leaf_hash(row.entry) for row in rows])
                writing.append(rows, self._fold.head())
        if accepted:
            note = self.sign()
            size = self._fold.tree.size
            for waiting, first, events in accepted:
                waiting.answer = Acknowledged(first, tuple(events), size, note)

    def sign(self) -> str:
        """The signed checkpoint of the present head."""
        return self._signer.sign(self._fold.tree)

    def _catch_up(self, writing: Writing) -> None:
        if writing.head().size != self._fold.tree.size:
            self._fold.read(writing.rows(self._fold.tree.size))

    def _carry_out(
        self, waiting: Waiting, now: datetime, rows: list[Row], writing: Writing
    ) -> list[Event] | None:
        state, act, paper = self._fold.state, waiting.act, waiting.paper
        paperwork = paperwork_of(act)
        try:
            stamp = stamp_of(state, act, waiting.caller, now)
            if next_ending(state, stamp.at):
                self._require_accepted_after_endings(waiting, stamp, writing)
                self._end_what_is_due(stamp.at, rows)
            primary = paperwork.decide(state, act, stamp, paper, writing.ballots)
            inscribed = inscribe(primary, stamp)  # an act that cannot be written changes nothing
        except Fault as error:
            waiting.error = error
            return None
        except Exception as error:  # noqa: BLE001  # a rule that breaks on an act breaks for that act alone
            waiting.error = broke_on(error)
            return None
        try:
            paperwork.keep(state, act, paper, writing)
            return self._record(primary, stamp, rows, inscribed)
        except Unavailable:
            raise
        except Exception as error:
            raise HalfDone(waiting, error) from error

    def _require_accepted_after_endings(
        self, waiting: Waiting, stamp: Stamp, writing: Writing
    ) -> None:
        """Return if the caller of an act may say that it is so late, else raise what the act is refused with.

        Where the clock is told, an act that is refused must not have ended anything by the time that it came with.
        """
        if self._fold.state.house().clock == "told":
            later = self._fold.state.copy()
            deque(end_what_is_due(later, stamp.at, partial(offset_of, later)), maxlen=0)
            paperwork = paperwork_of(waiting.act)
            paperwork.decide(later, waiting.act, stamp, waiting.paper, writing.ballots)

    def _end_what_is_due(self, until: datetime, rows: list[Row]) -> None:
        state = self._fold.state
        for stamp, events in end_what_is_due(state, until, partial(offset_of, state)):
            first = self._fold.tree.size + len(rows)
            rows += seal_events(state, events, stamp, first, self._entropy)

    def _record(
        self,
        primary: Event,
        stamp: Stamp,
        rows: list[Row],
        inscribed: dict[str, bytes] | None = None,
    ) -> list[Event]:
        state = self._fold.state
        events = take_effect(state, primary, stamp)
        first = self._fold.tree.size + len(rows)
        rows += seal_events(state, events, stamp, first, self._entropy, inscribed)
        return events

    def _note_jump(self, now: datetime, rows: list[Row]) -> None:
        state = self._fold.state
        house = state.organisation
        if house is None or house.clock == "told" or now >= state.last_at - JUMP:
            return
        last = state.last_at
        if is_jump_noted(state, last, now):
            return
        stamp = Stamp(at=last, offset=offset_there(last, house.zone), by=house.clerk)
        note = NoteClockJump(before=last, after=now)
        self._record(decide(state, note, stamp), stamp, rows)


def is_due(state: State, now: datetime) -> bool:
    """Whether something has ended by now that the record does not say has ended; never where the clock is told."""
    if not state.due or state.house().clock == "told" or now - state.last_at > FAR_AHEAD:
        return False
    return next_ending(state, now) is not None


def stamp_of(state: State, act: Act, caller: Caller, now: datetime) -> Stamp:
    """The stamp of an act: who acts, and when.

    Its instant lies before that of the last entry only if it corrects the clock, and never far after it unless the caller
    has confirmed that so much time has gone by.
    """
    if not caller.by:
        raise Malformed("by", "the id of the person who acts")
    is_told = is_clock_told(state, act)
    if not is_told and caller.at is not None:
        raise Refused("time-told")
    if is_told:
        at = _told_at(caller)
        require_in_time(state, act, at)
    else:
        at = now if isinstance(act, CorrectClock) else max(now, state.last_at)
    if not caller.time_confirmed:
        require_plausible(state, at)
    return Stamp(
        at=at,
        offset=offset_there(at, zone_of(state, act) or "UTC"),
        by=caller.by,
        behalf=caller.behalf,
        known_by=caller.known_by,
        entered_by=caller.entered_by,
    )


def offset_of(state: State, at: datetime) -> int:
    """How far the clocks of the organisation were ahead of UTC at an instant, in seconds."""
    return offset_there(at, state.house().zone)


def _told_at(caller: Caller) -> datetime:
    if caller.at is None:
        raise Refused("time-not-told")
    if not FIRST_YEAR <= caller.at.year <= LAST_YEAR:
        raise Malformed("at", f"an instant of the years {FIRST_YEAR} to {LAST_YEAR}")
    return caller.at.astimezone(UTC)
