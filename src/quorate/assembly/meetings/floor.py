"""The floor: it is asked for, granted, yielded, and taken back when time is up; what is said can be recorded.

How long and how often one may speak is for the standing orders; both are asked per question. RONR (12th ed.) 42, 43.
"""

from datetime import datetime, timedelta
from typing import Literal

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.meetings.sitting import in_chair
from quorate.assembly.model.meeting import Meeting, Turn
from quorate.assembly.motions.precedence import require_debatable
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import (
    KEEPERS,
    may,
    orders_of,
    require_business,
    require_chair,
    require_present,
)
from quorate.assembly.state import State, found, new

Side = Literal["for", "against", "neutral", "question", "point-of-order"]
DEBATE = ("for", "against", "neutral")
"""The sides that are debate; a question or a point of order is not, and no limit of turns is on it."""

refusals(
    guests_may_not_speak="person meeting",
    has_spoken_already="person times limit",
    already_waiting="person turn",
    debate_closed="motion",
    not_under_debate="motion meeting",
    floor_taken="person turn",
    not_recognised="person",
    time_is_up="person",
    time_not_up="person until",
    speech_recorded="turn",
)


class RequestFloor(Act, frozen=True):
    """Ask for the floor."""

    turn: str
    meeting: str
    side: Side = "neutral"
    motion: str = ""
    """The motion to be spoken to; empty: no motion."""


class FloorRequested(Event, frozen=True):
    """Somebody is waiting for the floor."""

    act: RequestFloor


@decides(RequestFloor, opens="turn")
def request_floor(state: State, act: RequestFloor, stamp: Stamp) -> FloorRequested:
    """Those present may, guests if the standing orders let them speak."""
    meeting = state.meeting(act.meeting)
    require_business(state, meeting, stamp.on)
    new(meeting.turns, "turn", act.turn)
    require_may_speak(state, meeting, stamp.by)
    for turn in meeting.turns.values():
        if turn.person == stamp.by and turn.motion == act.motion and turn.yielded_at is None:
            raise Refused("already-waiting", person=stamp.by, turn=turn.id)
    _require_turn(state, meeting, stamp.by, act.side, act.motion)
    return FloorRequested(act=act)


@evolves(FloorRequested)
def floor_requested(state: State, event: FloorRequested, stamp: Stamp) -> None:
    """They are on the list of speakers."""
    act = event.act
    state.meetings[act.meeting].turns[act.turn] = Turn(
        id=act.turn, person=stamp.by, side=act.side, motion=act.motion, asked_at=stamp.at
    )


class GrantFloor(Act, frozen=True):
    """Give the floor to somebody who asked for it."""

    meeting: str
    turn: str


class FloorGranted(Event, frozen=True):
    """Somebody has the floor."""

    act: GrantFloor
    until: datetime | None = None
    """When their time is up."""


@decides(GrantFloor)
def grant_floor(state: State, act: GrantFloor, stamp: Stamp) -> FloorGranted:
    """The chair recognises one speaker at a time, in an order of the chair's choosing."""
    meeting = state.meeting(act.meeting)
    require_business(state, meeting, stamp.on)
    require_chair(meeting, stamp.by)
    turn = found(meeting.turns, "turn", act.turn)
    if meeting.speaking:
        current = meeting.turns[meeting.speaking]
        raise Refused("floor-taken", person=current.person, turn=current.id)
    if turn.granted_at is not None or turn.yielded_at is not None:
        raise Refused("not-open", what="turn", id=turn.id, status="over", statuses=("waiting",))
    # Asked again: since the request they may have left, spoken, or seen debate closed.
    require_may_speak(state, meeting, turn.person)
    _require_turn(state, meeting, turn.person, turn.side, turn.motion)
    seconds = orders_of(state.bodies[meeting.body]).speaking.seconds
    until = None if seconds is None else stamp.at + timedelta(seconds=seconds)
    return FloorGranted(act=act, until=until)


@evolves(FloorGranted)
def floor_granted(state: State, event: FloorGranted, stamp: Stamp) -> None:
    """Their time runs."""
    meeting = state.meetings[event.act.meeting]
    meeting.speaking = event.act.turn
    turn = meeting.turns[event.act.turn]
    turn.granted_at = stamp.at
    turn.until = event.until


class YieldFloor(Act, frozen=True):
    """Give the floor back, or withdraw a request for it."""

    meeting: str
    turn: str


class FloorYielded(Event, frozen=True):
    """A turn is over."""

    act: YieldFloor
    over_seconds: int = 0
    """How long it went on after its time was up."""


@decides(YieldFloor)
def yield_floor(state: State, act: YieldFloor, stamp: Stamp) -> FloorYielded:
    """The speaker may, and the chair or who keeps the body's books may enter it; how far over time is recorded."""
    meeting = state.meeting(act.meeting)
    turn = found(meeting.turns, "turn", act.turn)
    if turn.yielded_at is not None:
        raise Refused("not-recognised", person=turn.person)
    if stamp.by != turn.person and not _keeps(state, meeting, stamp):
        raise Refused("not-recognised", person=stamp.by)
    return FloorYielded(act=act, over_seconds=_over(turn, stamp))


@evolves(FloorYielded)
def floor_yielded(state: State, event: FloorYielded, stamp: Stamp) -> None:
    """The floor is free if this turn had it."""
    _end(state.meetings[event.act.meeting], event.act.turn, stamp, event.over_seconds)


class CallTime(Act, frozen=True):
    """Take the floor back from somebody whose time is up."""

    meeting: str
    turn: str


class TimeCalled(Event, frozen=True):
    """A turn was ended because its time was up."""

    act: CallTime
    over_seconds: int


@decides(CallTime)
def call_time(state: State, act: CallTime, stamp: Stamp) -> TimeCalled:
    """The chair may, once the time is up."""
    meeting = state.meeting(act.meeting)
    require_chair(meeting, stamp.by)
    turn = found(meeting.turns, "turn", act.turn)
    if meeting.speaking != turn.id:
        raise Refused("not-recognised", person=turn.person)
    if turn.until is None or stamp.at < turn.until:
        rule = orders_of(state.bodies[meeting.body]).speaking
        raise Refused("time-not-up", person=turn.person, until=turn.until, clause=rule)
    return TimeCalled(act=act, over_seconds=_over(turn, stamp))


@evolves(TimeCalled)
def time_called(state: State, event: TimeCalled, stamp: Stamp) -> None:
    """The floor is free, and that time was called is known of the turn."""
    meeting = state.meetings[event.act.meeting]
    meeting.turns[event.act.turn].time_called = True
    _end(meeting, event.act.turn, stamp, event.over_seconds)


class RecordSpeech(Act, frozen=True):
    """Record what was said in a turn."""

    meeting: str
    turn: str
    text: str | None = None


class SpeechRecorded(Event, frozen=True):
    """What was said is on the record."""

    act: RecordSpeech


@decides(RecordSpeech)
def record_speech(state: State, act: RecordSpeech, stamp: Stamp) -> SpeechRecorded:
    """The speaker while they have the floor; afterwards the chair, or who keeps the body's books, once."""
    meeting = state.meeting(act.meeting)
    turn = found(meeting.turns, "turn", act.turn)
    if turn.granted_at is None:
        raise Refused("not-recognised", person=turn.person)
    if not _keeps(state, meeting, stamp):
        if stamp.by != turn.person:
            raise Refused("not-recognised", person=stamp.by)
        if turn.time_called:
            rule = orders_of(state.bodies[meeting.body]).speaking
            raise Refused("time-is-up", person=stamp.by, clause=rule)
        if turn.yielded_at is not None:
            raise Refused("not-recognised", person=stamp.by)
    if turn.recorded:
        raise Refused("speech-recorded", turn=turn.id)
    return SpeechRecorded(act=act)


@evolves(SpeechRecorded)
def speech_recorded(state: State, event: SpeechRecorded, stamp: Stamp) -> None:
    """The turn has its speech, as long as that is not erased."""
    turn = state.meetings[event.act.meeting].turns[event.act.turn]
    turn.recorded = True
    turn.speech = event.act.text


def require_may_speak(state: State, meeting: Meeting, person: str) -> None:
    """Return if somebody is present and may speak there at all, else raise Refused."""
    require_present(meeting, person)
    rule = orders_of(state.bodies[meeting.body]).attendance
    if meeting.presences[person].capacity == "guest" and not rule.guests_speak:
        raise Refused("guests-may-not-speak", person=person, meeting=meeting.id, clause=rule)


def _require_turn(state: State, meeting: Meeting, person: str, side: Side, key: str) -> None:
    """Return if somebody may speak to a question once more, else raise Refused."""
    if not key:
        return
    motion = state.motion(key)
    if motion.meeting != meeting.id or motion.status not in ("moved", "pending"):
        raise Refused("not-under-debate", motion=key, meeting=meeting.id)
    if side not in DEBATE:
        return
    if key in meeting.debate_closed:
        raise Refused("debate-closed", motion=key)
    require_debatable(state, meeting, motion)
    rule = orders_of(state.bodies[meeting.body]).speaking
    # Of turns that were granted: who asked and was not called has not spoken (RONR 12th ed. 43).
    times = sum(
        1
        for turn in meeting.turns.values()
        if turn.person == person
        and turn.motion == key
        and turn.side in DEBATE
        and turn.granted_at is not None
    )
    if rule.turns is not None and times >= rule.turns:
        raise Refused(
            "has-spoken-already",
            person=person,
            times=times,
            limit=rule.turns,
            clause=rule,
        )


def _keeps(state: State, meeting: Meeting, stamp: Stamp) -> bool:
    """Whether the one who acts is in the chair or keeps the body's books."""
    body = state.bodies[meeting.body]
    return in_chair(state, meeting.id, stamp.by) or may(state, stamp.by, KEEPERS, body, stamp.on)


def _over(turn: Turn, stamp: Stamp) -> int:
    """Whole seconds by which a turn has gone on after its time."""
    if turn.until is None:
        return 0
    return max(0, int((stamp.at - turn.until).total_seconds()))


def _end(meeting: Meeting, key: str, stamp: Stamp, over_seconds: int) -> None:
    turn = meeting.turns[key]
    turn.yielded_at = stamp.at
    turn.over_seconds = over_seconds
    # A request is withdrawn by the same act, while somebody else may have the floor.
    if meeting.speaking == key:
        meeting.speaking = ""
