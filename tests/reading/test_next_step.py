"""The next step of a meeting: whoever presses nothing but its first button comes from the call to order to the minutes."""

from contextlib import suppress
from datetime import timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.assembly.act import OPENS, Act, act_name
from quorate.assembly.divisions.counts import EnterCount
from quorate.assembly.divisions.divisions import OpenDivision
from quorate.assembly.divisions.results import DrawLot
from quorate.assembly.divisions.votes import CastVote
from quorate.assembly.meetings.admission import AdmitToMeeting, RecordLeaving
from quorate.assembly.meetings.agenda import PlaceItem
from quorate.assembly.meetings.floor import RequestFloor
from quorate.assembly.meetings.points_of_order import RaisePointOfOrder, RuleOnPoint
from quorate.assembly.meetings.sitting import Recess
from quorate.assembly.model.division import Count
from quorate.assembly.motions.motions import MoveMotion, SecondMotion
from quorate.assembly.refusal import Refused
from quorate.reading.leading import NextStep
from quorate.reading.next_step import next_step
from quorate.reading.reader import Reader
from quorate.script.preset import apply_changes, load_preset
from tests.assembly.chamber import HALF
from tests.cast import (
    CHAIR,
    MEMBER,
    OBSERVER,
    SECRETARY,
    TELLER,
    TELLER2,
    VOTERS,
    World,
    convened,
    sitting,
)

M = "meeting-1"


def step_of(world: World, person: str = CHAIR, *, enters: bool = False) -> NextStep:
    reader = Reader(world.state, world.now.date(), person)
    return next_step(reader, world.state.meetings[M], person, world.now, enters=enters)


def press(world: World, step: NextStep, by: str = CHAIR) -> Act:
    """Press the first button of a step, as the desk would carry it out: with a new id for what it opens."""
    button = step.buttons[0]
    act, opened = button.act, OPENS.get(act_name(type(button.act)))
    if opened:
        act = msgspec.structs.replace(act, **{opened: f"n-{world.state.size}"})
    world.act(act, button.entered_for or by)
    return act


def test_meeting_is_led_from_its_call_to_its_minutes_by_the_first_button_alone() -> None:
    world = convened()
    came = []
    for person in VOTERS:
        world.act(AdmitToMeeting(meeting=M, attendee=person), by=SECRETARY)
    world.act(PlaceItem(meeting=M, item="fund", title="The fund"), by=CHAIR)
    for _ in range(20):
        who = SECRETARY if world.state.meetings[M].status == "adjourned" else CHAIR
        step = step_of(world, who)
        came.append(step.code)
        if step.code == "open-item":
            press(world, step)
            world.act(
                MoveMotion(motion="a", kind="main", meeting=M, title="A", on_item="fund"), MEMBER
            )
            continue
        if step.code == "second-motion":
            assert not step.buttons
            assert step.at == "seconds"
            world.act(SecondMotion(motion="a"), by=TELLER)
            world.act(RequestFloor(turn="t", meeting=M, motion="a", side="for"), by=MEMBER)
            continue
        if not step.buttons:
            break
        press(world, step, who)
    assert came == [
        "call-to-order",
        "open-item",
        "second-motion",
        "grant-floor",
        "yield-floor",
        "open-division",
        "close-division",
        "declare-result",
        "close-item",
        "adjourn",
        "draft-minutes",
        "minutes",
    ]


def test_without_a_quorum_the_step_says_what_is_waited_for() -> None:
    world = convened()
    world.act(AdmitToMeeting(meeting=M, attendee=CHAIR), by=CHAIR)
    step = step_of(world)
    assert (step.code, step.buttons, step.at) == ("wait-call-to-order", (), "hall")
    assert "quorum" in step.reason


def test_before_the_hour_it_says_when() -> None:
    world = convened()
    for person in VOTERS:
        world.act(AdmitToMeeting(meeting=M, attendee=person), by=SECRETARY)
    world.now -= timedelta(hours=2)
    world.state.last_at = world.now
    step = step_of(world)
    assert step.code == "wait-call-to-order"
    assert "12:00" in step.reason


def test_secretary_leads_for_the_chair_only_where_they_may_enter_for_others() -> None:
    world = voting()
    assert not step_of(world, SECRETARY).buttons
    [button] = step_of(world, SECRETARY, enters=True).buttons
    assert (button.name, button.entered_for) == ("close-division", CHAIR)
    assert step_of(world).buttons[0].entered_for == ""


def test_who_is_silent_is_named_and_many_are_counted() -> None:
    world = voting()
    assert "Still silent" in step_of(world).reason
    for person in VOTERS[1:]:
        world.act(CastVote(division="d", choice="for"), by=person)
    assert step_of(world).reason == f"5 of 6 entitled votes are in. Still silent: {CHAIR.title()}."
    world.act(CastVote(division="d", choice="for"), by=CHAIR)
    assert "Nobody who could vote is still silent" in step_of(world).reason


def test_counted_vote_waits_for_each_teller_and_while_they_differ() -> None:
    world = voting("counted")
    assert step_of(world).code == "wait-enter-count"
    world.act(EnterCount(division="d", count=Count(4, 2)), by=TELLER)
    assert TELLER2.title() in step_of(world).reason
    world.act(EnterCount(division="d", count=Count(5, 1)), by=TELLER2)
    step = step_of(world)
    assert (step.code, step.at, step.buttons) == ("wait-close-division", "tellers", ())
    world.act(EnterCount(division="d", count=Count(4, 2)), by=TELLER2)
    assert step_of(world).code == "close-division"


def test_point_of_order_comes_first_and_a_recess_is_ended() -> None:
    world = voting()
    world.act(RaisePointOfOrder(point="p", meeting=M, text="4.1"), by=MEMBER)
    assert step_of(world).at == "points"
    world.act(RuleOnPoint(meeting=M, point="p", well_taken=False), by=CHAIR)
    assert step_of(world).code == "close-division"
    world.act(Recess(meeting=M, until=world.now + timedelta(hours=1)), by=CHAIR)
    assert step_of(world).code == "resume"


def test_when_the_quorum_is_lost_no_button_is_shown() -> None:
    world = voting()
    for person in VOTERS[2:]:
        world.act(RecordLeaving(meeting=M, attendee=person), by=SECRETARY)
    step = step_of(world)
    assert (step.code, step.at) == ("wait-close-division", "hall")
    assert "quorum" in step.reason


def test_vacant_chair_is_filled_first_by_whoever_may() -> None:
    world = voting()
    world.act(RecordLeaving(meeting=M, attendee=CHAIR), by=SECRETARY)
    assert world.state.meetings[M].chair == ""
    step = step_of(world, SECRETARY)
    assert step.code == "take-chair"
    press(world, step, SECRETARY)
    assert world.state.meetings[M].chair == SECRETARY
    assert step_of(world, SECRETARY).code == "close-division"


def test_tie_that_a_lot_breaks_leads_to_the_form_for_its_seed() -> None:
    rule = {**HALF, "tie": "lot"}
    world = sitting(
        apply_changes(load_preset("small-association"), {"majorities": {"usual": rule}})
    )
    put(world)
    for n, person in enumerate(VOTERS):
        world.act(CastVote(division="d", choice="for" if n % 2 else "against"), by=person)
    press(world, step_of(world))
    step = step_of(world)
    assert (step.code, step.buttons, step.form) == ("draw-lot", (), DrawLot(division="d", seed=""))
    world.act(DrawLot(division="d", seed="ab" * 16), by=CHAIR)
    assert step_of(world).code == "declare-result"


def test_casting_vote_is_asked_for_either_way() -> None:
    rule = {**HALF, "tie": "casting-vote"}
    world = sitting(
        apply_changes(load_preset("small-association"), {"majorities": {"usual": rule}})
    )
    put(world)
    for n, person in enumerate(VOTERS):
        world.act(CastVote(division="d", choice="for" if n % 2 else "against"), by=person)
    press(world, step_of(world))
    step = step_of(world)
    assert step.code == "give-casting-vote"
    assert [each.act.choice for each in step.buttons] == ["for", "against"]  # type: ignore[attr-defined]


def voting(method: str = "roll-call") -> World:
    """The committee with a vote open on a motion."""
    world = sitting()
    put(world, method)
    return world


def put(world: World, method: str = "roll-call") -> None:
    """Move a motion, second it and put the question."""
    world.act(MoveMotion(motion="a", kind="main", meeting=M, title="A"), by=MEMBER)
    world.act(SecondMotion(motion="a"), by=TELLER)
    tellers = (TELLER, TELLER2) if method == "counted" else ()
    act = OpenDivision(division="d", motion="a", method=method, tellers=tellers)  # type: ignore[arg-type]
    world.act(act, by=CHAIR)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["vote", "leave", "ask", "point", "press", "press"]), max_size=25))
def test_whatever_happens_each_button_is_in_order(what: list[str]) -> None:
    """A button that is shown is never refused: the rules were asked, and nothing has changed since."""
    world = voting()
    for n, each in enumerate(what):
        person = VOTERS[n % len(VOTERS)]
        world.now += timedelta(seconds=1)
        for who in (CHAIR, SECRETARY, MEMBER, OBSERVER):
            step = step_of(world, who, enters=who == SECRETARY)
            assert step.question
        acts: dict[str, Act] = {
            "vote": CastVote(division="d", choice="for"),
            "leave": RecordLeaving(meeting=M, attendee=person),
            "ask": RequestFloor(turn=f"t-{n}", meeting=M, side="neutral"),
            "point": RaisePointOfOrder(point=f"p-{n}", meeting=M, text="-"),
        }
        if each == "press" and (step := step_of(world)).buttons:
            press(world, step)
        elif each in acts:
            with suppress(Refused):
                world.act(acts[each], by=person)
