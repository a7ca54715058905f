"""Circular votes: the period, the floor of participation, and the demand for a meeting."""

from datetime import timedelta
from typing import Any

import pytest

from quorate.assembly.divisions.circular import DemandMeeting, EndCircularVote, OpenCircularVote
from quorate.assembly.divisions.divisions import CloseDivision, DemandRecount, VoidDivision
from quorate.assembly.divisions.results import DeclareResult
from quorate.assembly.divisions.votes import CastVote, EnterRollCall
from quorate.assembly.motions.motions import MoveMotion, SecondMotion, TakeUpMotion
from tests.assembly.chamber import HALF, move, put, under
from tests.cast import (
    CHAIR,
    HOLDER,
    MEMBER,
    OBSERVER,
    OUTSIDER,
    SECRETARY,
    VOTERS,
    World,
    committee,
    sitting,
)

OPEN = OpenCircularVote(division="d-1", motion="m-1")
CLOSE = CloseDivision(division="d-1")
AYE = CastVote(division="d-1", choice="for")
WRITTEN = MoveMotion(motion="m-1", kind="main", body="committee", title="Paint the hall")


def moved(**changes: dict[str, Any]) -> World:
    world = committee(under(**changes))
    world.act(WRITTEN, by=MEMBER)
    return world


@pytest.fixture
def world() -> World:
    world = moved()
    world.act(OPEN, by=SECRETARY)
    return world


def test_motion_in_writing_is_moved_by_a_member_where_the_orders_allow_it() -> None:
    world = committee(under())
    world.refused(WRITTEN, "not-a-member", by=OBSERVER)
    procedural = MoveMotion(motion="m-1", kind="refer", body="committee")
    world.refused(procedural, "no-competitor", by=MEMBER)
    world = committee(under(circular={"allowed": False}))
    assert world.refused(WRITTEN, "circular-not-allowed", by=MEMBER).clause.clause == "10.1"


def test_circular_vote_is_not_opened_once_the_orders_forbid_it() -> None:
    world = moved()
    world.state.bodies["committee"].orders = under(circular={"allowed": False})
    world.refused(OPEN, "circular-not-allowed", by=SECRETARY)


def test_circular_vote_runs_as_long_as_the_orders_say() -> None:
    world = moved()
    world.refused(OPEN, "not-entitled", by=MEMBER)
    early = OpenCircularVote(division="d-1", motion="m-1", closes_at=world.now + timedelta(days=6))
    assert world.refused(early, "period-too-short", by=SECRETARY).clause.clause == "10.1"
    [event] = world.act(OPEN, by=SECRETARY)
    opening = event.opening  # type: ignore[attr-defined]
    assert opening.closes_at == world.now + timedelta(days=7)
    assert {line.why for line in opening.register} == {"circular"}
    world.refused(OpenCircularVote(division="d-2", motion="m-1"), "not-open", by=SECRETARY)


def test_motion_needs_its_second_in_writing_too() -> None:
    world = committee(under(seconding={"kinds": ["main"]}))
    world.act(WRITTEN, by=MEMBER)
    world.refused(OPEN, "needs-second", by=SECRETARY)
    world.refused(SecondMotion(motion="m-1"), "not-a-member", by=OBSERVER)
    world.act(SecondMotion(motion="m-1"), by=HOLDER)
    world.act(OPEN, by=SECRETARY)


def test_motion_moved_at_a_meeting_is_not_decided_in_writing() -> None:
    world = sitting(under())
    move(world, "m-1")
    world.refused(OPEN, "not-for-circular", by=SECRETARY)


def test_members_vote_until_the_period_ends(world: World) -> None:
    world.act(AYE, by=MEMBER)
    world.refused(AYE, "not-entitled-to-vote", by=OUTSIDER)
    paper = EnterRollCall(division="d-1", votes={HOLDER: "against"}, provenance="paper")
    world.act(paper, by=SECRETARY)
    assert world.refused(CLOSE, "period-runs", by=SECRETARY).clause.clause == "10.1"
    world.wait(days=8)
    world.end_what_is_due()
    event = world.events[-1]
    assert event.act == EndCircularVote(division="d-1")  # type: ignore[attr-defined]
    world.refused(AYE, "division-closed", by=CHAIR)
    world.refused(CLOSE, "division-closed", by=SECRETARY)
    assert event.heads.not_voted == 4  # type: ignore[attr-defined]
    assert event.heads.present is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("votes", "result"), [(0, "no-decision"), (3, "no-decision"), (4, "adopted"), (6, "adopted")]
)
def test_too_few_answers_leave_no_decision(world: World, votes: int, result: str) -> None:
    for person in VOTERS[:votes]:
        world.act(AYE, by=person)
    world.wait(days=8)
    world.refused(DeclareResult(division="d-1"), "not-entitled", by=MEMBER)
    world.act(DeclareResult(division="d-1"), by=SECRETARY)
    motion = world.state.motions["m-1"]
    assert motion.status == result
    assert ("motion:m-1" in world.state.open_items) is (result == "no-decision")
    if result == "no-decision":
        world.act(OpenCircularVote(division="d-2", motion="m-1"), by=SECRETARY)


def test_participation_is_measured_in_heads_where_weights_differ() -> None:
    world = moved()
    world.state.bodies["committee"].seated[MEMBER].weight = 100
    world.act(OPEN, by=SECRETARY)
    world.act(AYE, by=MEMBER)
    world.wait(days=8)
    world.act(DeclareResult(division="d-1"), by=SECRETARY)
    assert world.state.motions["m-1"].status == "no-decision"
    world.act(OpenCircularVote(division="d-2", motion="m-1"), by=SECRETARY)
    for person in VOTERS:
        choice = "for" if person == MEMBER else "against"
        world.act(CastVote(division="d-2", choice=choice), by=person)  # type: ignore[arg-type]
    world.act(CloseDivision(division="d-2"), by=SECRETARY)
    world.act(DeclareResult(division="d-2"), by=SECRETARY)
    assert world.state.motions["m-1"].status == "adopted"
    assert world.state.decisions["m-1"].meeting == ""


@pytest.mark.parametrize("early", [True, False])
def test_vote_closes_early_when_all_have_voted_if_the_orders_say_so(early: bool) -> None:
    world = moved(circular={"ends_early": early})
    world.act(OPEN, by=SECRETARY)
    for person in VOTERS[:-1]:
        world.act(AYE, by=person)
    world.refused(CLOSE, "period-runs", by=SECRETARY)
    world.act(AYE, by=VOTERS[-1])
    if early:
        world.act(CLOSE, by=SECRETARY)
    else:
        world.refused(CLOSE, "period-runs", by=SECRETARY)


def test_enough_members_have_a_meeting_instead(world: World) -> None:
    demand = DemandMeeting(division="d-1")
    world.refused(demand, "not-entitled-to-vote", by=OUTSIDER)
    assert world.kinds(world.act(demand, by=MEMBER)) == ["meeting.demanded"]
    world.refused(demand, "already-demanded", by=MEMBER)
    kinds = world.kinds(world.act(demand, by=HOLDER))
    assert kinds == ["meeting.demanded", "circular-vote.cancelled"]
    assert world.state.divisions["d-1"].status == "voided"
    assert world.state.motions["m-1"].status == "pending"
    assert world.state.open_items["motion:m-1"].next == "meet-on-it"
    world.refused(demand, "division-closed", by=CHAIR)
    again = OpenCircularVote(division="d-2", motion="m-1")
    assert world.refused(again, "meeting-demanded", by=SECRETARY).facts["motion"] == "m-1"


def test_meeting_takes_up_what_it_was_demanded_for() -> None:
    world = sitting(under())
    world.act(WRITTEN, by=MEMBER)
    world.act(OPEN, by=SECRETARY)
    take_up = TakeUpMotion(motion="m-1", meeting="meeting-1")
    world.refused(take_up, "not-open", by=CHAIR)
    for person in (MEMBER, HOLDER):
        world.act(DemandMeeting(division="d-1"), by=person)
    world.act(take_up, by=CHAIR)
    assert world.state.meetings["meeting-1"].pending == ["m-1"]


def test_demand_and_recount_are_for_the_division_they_suit(world: World) -> None:
    world.wait(days=8)
    world.refused(DemandRecount(division="d-1", again="d-2"), "wrong-method", by=MEMBER)
    meeting = sitting(under())
    move(meeting, "m-1")
    put(meeting, "m-1")
    meeting.refused(DemandMeeting(division="d-m-1"), "wrong-method", by=MEMBER)


def test_books_keepers_void_a_circular_vote(world: World) -> None:
    world.refused(VoidDivision(division="d-1"), "not-entitled", by=MEMBER)
    world.act(VoidDivision(division="d-1", reason="wrong text"), by=SECRETARY)
    world.act(OpenCircularVote(division="d-2", motion="m-1"), by=SECRETARY)


def test_rule_on_presence_has_no_meaning_in_writing() -> None:
    world = moved(majorities={"usual": HALF | {"base": "present"}})
    assert world.refused(OPEN, "rule-unmeasurable", by=SECRETARY).facts["what"] == "present"
