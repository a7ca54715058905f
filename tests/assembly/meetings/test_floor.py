"""The floor: asked for, granted, yielded, taken back; and what was said."""

from typing import Any

import pytest

from quorate.assembly.meetings.admission import AdmitToMeeting, RecordLeaving
from quorate.assembly.meetings.floor import (
    CallTime,
    FloorGranted,
    FloorYielded,
    GrantFloor,
    RecordSpeech,
    RequestFloor,
    TimeCalled,
    YieldFloor,
)
from quorate.assembly.motions.motions import MoveMotion, SecondMotion
from quorate.script.preset import apply_changes, load_preset
from tests.cast import CHAIR, MEMBER, OBSERVER, OUTSIDER, SECRETARY, TELLER, World, sitting

MEETING = "meeting-1"


def under(**changes: Any) -> World:
    return sitting(apply_changes(load_preset("small-association"), changes))


def request(turn: str, **given: Any) -> RequestFloor:
    return RequestFloor(turn=turn, meeting=MEETING, **given)


def grant(turn: str) -> GrantFloor:
    return GrantFloor(meeting=MEETING, turn=turn)


def yielding(turn: str) -> YieldFloor:
    return YieldFloor(meeting=MEETING, turn=turn)


def speech(turn: str) -> RecordSpeech:
    return RecordSpeech(meeting=MEETING, turn=turn, text="The mood is changeable.")


def speak(world: World, turn: str, by: str, **given: Any) -> None:
    world.act(request(turn, **given), by=by)
    world.act(grant(turn), by=CHAIR)
    world.act(yielding(turn), by=by)


def moved(world: World) -> World:
    world.act(MoveMotion(motion="m", kind="main", meeting=MEETING), by=MEMBER)
    world.act(SecondMotion(motion="m"), by=TELLER)
    return world


@pytest.fixture
def world() -> World:
    return sitting()


def test_speaker_asks_is_recognised_and_yields(world: World) -> None:
    world.act(request("t"), by=MEMBER)
    world.refused(request("t"), "exists", by=TELLER)
    world.refused(grant("t"), "not-in-chair", by=SECRETARY)
    world.act(grant("t"), by=CHAIR)
    assert world.state.meetings[MEETING].speaking == "t"
    world.refused(grant("t"), "floor-taken", by=CHAIR)
    world.refused(yielding("t"), "not-recognised", by=TELLER)
    world.act(yielding("t"), by=MEMBER)
    assert world.state.meetings[MEETING].speaking == ""
    world.refused(yielding("t"), "not-recognised", by=MEMBER)
    world.refused(grant("t"), "not-open", by=CHAIR)


def test_one_speaker_has_the_floor_at_a_time(world: World) -> None:
    for turn, person in (("t", MEMBER), ("u", TELLER)):
        world.act(request(turn), by=person)
    world.act(grant("u"), by=CHAIR)
    assert world.refused(grant("t"), "floor-taken", by=CHAIR).facts["person"] == TELLER
    world.act(yielding("u"), by=SECRETARY)
    world.act(grant("t"), by=CHAIR)


def test_request_is_withdrawn_and_the_speaker_keeps_the_floor(world: World) -> None:
    for turn, by in (("t", MEMBER), ("t2", TELLER)):
        world.act(request(turn), by=by)
    world.act(grant("t"), by=CHAIR)
    world.act(yielding("t2"), by=TELLER)
    assert world.state.meetings[MEETING].speaking == "t"


def test_nobody_waits_twice_for_the_same_question(world: World) -> None:
    moved(world)
    world.act(request("t"), by=MEMBER)
    world.refused(request("u"), "already-waiting", by=MEMBER)
    world.act(request("u", motion="m"), by=MEMBER)
    world.act(yielding("t"), by=MEMBER)
    world.act(request("v"), by=MEMBER)


def test_only_those_present_speak(world: World) -> None:
    world.refused(request("t"), "not-present", by=OUTSIDER)
    world.act(request("t"), by=MEMBER)
    world.act(RecordLeaving(meeting=MEETING, attendee=MEMBER), by=MEMBER)
    world.refused(grant("t"), "not-present", by=CHAIR)


def test_guests_speak_where_the_orders_let_them() -> None:
    guest = AdmitToMeeting(meeting=MEETING, attendee=OBSERVER, capacity="guest")
    world = under(attendance={"guests_speak": False})
    world.act(guest, by=SECRETARY)
    refusal = world.refused(request("t"), "guests-may-not-speak", by=OBSERVER)
    assert refusal.clause.clause == "2.2"
    world = under(attendance={"guests_speak": True})
    world.act(guest, by=SECRETARY)
    speak(world, "t", OBSERVER)


def test_member_speaks_to_a_question_as_often_as_allowed_and_no_more() -> None:
    world = moved(under(speaking={"turns": 2}))
    speak(world, "1", TELLER, motion="m", side="for")
    speak(world, "q", TELLER, motion="m", side="question")
    speak(world, "o", TELLER)
    speak(world, "2", TELLER, motion="m", side="against")
    refusal = world.refused(request("3", motion="m"), "has-spoken-already", by=TELLER)
    assert (refusal.facts["times"], refusal.facts["limit"]) == (2, 2)
    assert refusal.clause.clause == "3.1"
    world.act(request("3", motion="m", side="question"), by=TELLER)
    world.act(request("4", motion="m"), by=MEMBER)


def test_there_is_no_limit_of_turns_where_the_orders_set_none() -> None:
    world = moved(under(speaking={"turns": None}))
    for n in range(5):
        speak(world, str(n), TELLER, motion="m")


def test_debate_that_is_closed_stays_closed_for_those_who_wait(world: World) -> None:
    moved(world)
    world.act(request("t", motion="m"), by=TELLER)
    world.state.meetings[MEETING].debate_closed.append("m")
    world.refused(grant("t"), "debate-closed", by=CHAIR)
    world.refused(request("u", motion="m"), "debate-closed", by=MEMBER)
    world.act(request("u", motion="m", side="point-of-order"), by=MEMBER)


def test_motion_that_is_not_debatable_is_not_debated(world: World) -> None:
    moved(world)
    world.act(MoveMotion(motion="n", kind="table", meeting=MEETING, target="m"), by=TELLER)
    world.refused(request("t", motion="n"), "not-debatable", by=MEMBER)


def test_only_what_is_before_the_meeting_is_spoken_to(world: World) -> None:
    world.refused(request("t", motion="nowhere"), "unknown", by=MEMBER)
    moved(world)
    world.state.motions["m"].status = "rejected"
    world.refused(request("t", motion="m"), "not-under-debate", by=MEMBER)


def test_time_is_called_when_it_is_up_and_not_before() -> None:
    world = under(speaking={"seconds": 60})
    call = CallTime(meeting=MEETING, turn="t")
    world.act(request("t"), by=MEMBER)
    world.refused(call, "not-recognised", by=CHAIR)
    granted = world.act(grant("t"), by=CHAIR)[0]
    assert isinstance(granted, FloorGranted)
    assert granted.until is not None
    assert (granted.until - world.now).total_seconds() == 60
    world.refused(call, "time-not-up", by=CHAIR)
    world.wait(seconds=70)
    world.refused(call, "not-in-chair", by=TELLER)
    event = world.act(call, by=CHAIR)[0]
    assert isinstance(event, TimeCalled)
    assert event.over_seconds == (world.now - granted.until).total_seconds() > 0
    world.refused(speech("t"), "time-is-up", by=MEMBER)
    world.act(speech("t"), by=SECRETARY)


def test_speaker_who_yields_late_is_recorded_as_late_and_not_refused() -> None:
    for spent, late in ((10, False), (300, True)):
        world = under(speaking={"seconds": 60})
        world.act(request("t"), by=MEMBER)
        world.act(grant("t"), by=CHAIR)
        world.wait(seconds=spent)
        event = world.act(yielding("t"), by=MEMBER)[0]
        assert isinstance(event, FloorYielded)
        assert (event.over_seconds > 0) is late
        assert world.state.meetings[MEETING].turns["t"].over_seconds == event.over_seconds


def test_time_is_never_up_where_there_is_no_limit() -> None:
    world = under(speaking={"seconds": None})
    world.act(request("t"), by=MEMBER)
    world.act(grant("t"), by=CHAIR)
    world.wait(hours=3)
    world.refused(CallTime(meeting=MEETING, turn="t"), "time-not-up", by=CHAIR)
    assert world.act(yielding("t"), by=MEMBER)[0] == FloorYielded(act=yielding("t"))


def test_speech_is_recorded_by_who_has_the_floor_or_keeps_the_books(world: World) -> None:
    world.act(request("t"), by=MEMBER)
    world.refused(speech("t"), "not-recognised", by=MEMBER)
    world.act(grant("t"), by=CHAIR)
    world.refused(speech("t"), "not-recognised", by=TELLER)
    world.act(speech("t"), by=MEMBER)
    assert world.state.meetings[MEETING].turns["t"].speech == "The mood is changeable."
    world.refused(speech("t"), "speech-recorded", by=SECRETARY)
    world.act(yielding("t"), by=MEMBER)
    speak(world, "u", TELLER)
    world.refused(speech("u"), "not-recognised", by=TELLER)
    world.act(speech("u"), by=SECRETARY)


def test_erased_speech_still_counts_as_recorded(world: World) -> None:
    world.act(request("t"), by=MEMBER)
    world.act(grant("t"), by=CHAIR)
    world.act(RecordSpeech(meeting=MEETING, turn="t"), by=MEMBER)
    assert world.state.meetings[MEETING].turns["t"].speech is None
    world.refused(speech("t"), "speech-recorded", by=MEMBER)
