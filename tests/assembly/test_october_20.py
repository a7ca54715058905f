"""A committee deals with a letter, a charge, a breach and its minutes, through real motions and divisions.

After the sitting of 20 October 1917 (O.S.).
"""

from datetime import timedelta

import pytest

from quorate.assembly.act import Event
from quorate.assembly.affairs.breaches import AnswerBreach, LinkToDecision
from quorate.assembly.affairs.charges import BringCharge, HearAccused, NotifyAccused
from quorate.assembly.affairs.correspondence import PutDemandAsMotion, ReceiveCommunication
from quorate.assembly.affairs.discipline import MoveDiscipline
from quorate.assembly.affairs.dissent import RecordDissent
from quorate.assembly.affairs.publications import RecordPublication
from quorate.assembly.divisions.divisions import CloseDivision, OpenDivision
from quorate.assembly.divisions.results import DeclareResult
from quorate.assembly.divisions.votes import EnterRollCall
from quorate.assembly.keeping.minutes import ApproveMinutes, DraftMinutes, SignMinutes
from quorate.assembly.meetings.admission import AdmitToMeeting
from quorate.assembly.meetings.convening import ConveneMeeting
from quorate.assembly.meetings.sitting import Adjourn, CallToOrder
from quorate.assembly.model.division import Choice
from quorate.assembly.model.motion import Clause
from quorate.assembly.motions.motions import MoveMotion, SecondMotion
from quorate.canon.moment import Day
from tests.assembly.on_record import orders_with
from tests.cast import (
    CHAIR,
    HOLDER,
    MEMBER,
    OBSERVER,
    SECRETARY,
    TELLER,
    TELLER2,
    VOTERS,
    World,
    sitting,
)


@pytest.fixture
def world() -> World:
    return sitting(
        orders_with(
            discipline={"notice_days": 0, "hearing": True},
            confidentiality={"decisions_confidential": True},
        )
    )


def move(world: World, key: str, kind: str = "main", target: str = "", *clauses: Clause) -> None:
    act = MoveMotion(
        motion=key, kind=kind, meeting="meeting-1", title=key, target=target, clauses=clauses
    )
    world.act(act, by=TELLER)
    world.act(SecondMotion(motion=key), by=TELLER2)


def divide(world: World, key: str, votes: dict[str, Choice]) -> list[Event]:
    """Put a motion to a roll call and declare the result; the events of the declaration."""
    division = f"{key}.division"
    world.act(OpenDivision(division=division, motion=key), by=CHAIR)
    world.act(EnterRollCall(division=division, votes=votes), by=SECRETARY)
    world.act(CloseDivision(division=division), by=CHAIR)
    return world.act(DeclareResult(division=division), by=CHAIR)


def against(*persons: str) -> dict[str, Choice]:
    return {person: "against" if person in persons else "for" for person in VOTERS}


def charge(world: World) -> None:
    world.act(
        BringCharge(charge="c-1", accused=MEMBER, body="committee", grounds=("breach",)),
        by=OBSERVER,
    )
    world.act(NotifyAccused(charge="c-1"), by=SECRETARY)


def test_demand_to_expel_is_rejected_without_a_hearing(world: World) -> None:
    letter = ReceiveCommunication(
        communication="l-1", sender=OBSERVER, to="committee", demands=("expel two members",)
    )
    world.act(letter, by=SECRETARY)
    move(world, "m-1")
    world.act(PutDemandAsMotion(communication="l-1", n=1, motion="m-1"), by=CHAIR)
    came = divide(world, "m-1", against(CHAIR, SECRETARY, MEMBER, HOLDER))
    assert "demand.decided" in world.kinds(came)
    assert world.state.communications["l-1"].answered == {1: "not-accepted"}
    assert not world.state.open_items


def test_recused_neither_vote_nor_are_missing_from_the_register(world: World) -> None:
    charge(world)
    world.act(HearAccused(charge="c-1", how="present", meeting="meeting-1"), by=CHAIR)
    move(world, "m-1", "discipline", "c-1")
    world.act(MoveDiscipline(charge="c-1", motion="m-1", measure="expel"), by=TELLER)
    votes: dict[str, Choice] = {
        person: choice for person, choice in against(HOLDER).items() if person != MEMBER
    }
    world.act(OpenDivision(division="v-1", motion="m-1"), by=CHAIR)
    division = world.state.divisions["v-1"]
    assert set(division.register) == set(VOTERS) - {MEMBER}
    assert division.barred == {MEMBER: "recused"}
    late = MoveDiscipline(charge="c-1", motion="m-1", measure="censure")
    world.refused(late, "no-such-measure", by=TELLER)
    world.act(EnterRollCall(division="v-1", votes=votes), by=SECRETARY)
    world.act(CloseDivision(division="v-1"), by=CHAIR)
    came = world.act(DeclareResult(division="v-1"), by=CHAIR)
    assert "measure.taken" in world.kinds(came)
    assert world.state.people[MEMBER].status == "left"
    assert not world.state.open_items


def test_motion_on_a_charge_is_rejected_without_a_hearing(world: World) -> None:
    charge(world)
    move(world, "m-1", "discipline", "c-1")
    world.refused(
        MoveDiscipline(charge="c-1", motion="m-1", measure="expel"), "no-hearing", by=TELLER
    )
    others = {person: choice for person, choice in against(*VOTERS).items() if person != MEMBER}
    assert "measure.rejected" in world.kinds(divide(world, "m-1", others))
    assert world.state.charges["c-1"].measure == "not-accepted"
    assert not world.state.open_items


def test_confidential_decision_dissented_from_published_and_answered_by_a_prohibition(
    world: World,
) -> None:
    move(world, "m-1")
    divide(world, "m-1", against(MEMBER))
    dissent = RecordDissent(dissent="d-1", decision="m-1", signatories=(CHAIR,))
    world.refused(dissent, "voted-for", by=CHAIR)
    dissent = RecordDissent(dissent="d-1", decision="m-1", signatories=(MEMBER,))
    world.act(dissent, by=MEMBER)
    world.act(
        RecordPublication(
            publication="x-1", where="an outside paper", on=Day(world.now.date()), dissent="d-1"
        ),
        by=OBSERVER,
    )
    came = world.act(LinkToDecision(publication="x-1", decision="m-1"), by=TELLER)
    assert world.kinds(came) == ["publication.linked", "breach-question.raised"]
    forbid = Clause(n=1, modality="must-not", bearer=f"person:{MEMBER}", action="attack/committee")
    move(world, "m-2", "main", "", forbid)
    divide(world, "m-2", against(MEMBER))
    answer = AnswerBreach(publication="x-1", decision="m-1", how="breach-noted", rests_on="m-2")
    world.act(answer, by=CHAIR)
    assert not world.state.open_items


def test_minutes_of_the_sitting_are_open_until_the_next_one_approves(world: World) -> None:
    world.act(Adjourn(meeting="meeting-1"), by=CHAIR)
    assert list(world.state.open_items) == ["minutes:meeting-1"]
    world.act(DraftMinutes(minutes="n-1", meeting="meeting-1"), by=SECRETARY)
    starts_at = world.now + timedelta(days=30)
    second = ConveneMeeting(
        meeting="meeting-2",
        body="committee",
        title="Next meeting",
        starts_at=starts_at,
        day=Day(starts_at.date()),
    )
    world.act(second, by=CHAIR)
    world.now = starts_at
    for person in VOTERS:
        world.act(AdmitToMeeting(meeting="meeting-2", attendee=person), by=SECRETARY)
    world.act(CallToOrder(meeting="meeting-2"), by=CHAIR)
    world.act(ApproveMinutes(minutes="n-1", meeting="meeting-2"), by=CHAIR)
    world.act(SignMinutes(minutes="n-1"), by=CHAIR)
    assert not world.state.open_items
