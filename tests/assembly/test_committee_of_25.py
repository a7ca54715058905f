"""The two votes of 16 October 1917 (O.S.) in a committee of 25: 6-15-3 with one vote missing, then 19-2-4.

The figures are historical; how each placeholder voted is a free choice of this test.
"""

from datetime import timedelta

import pytest

from quorate.assembly.divisions.counts import EnterCount, ExplainDifference
from quorate.assembly.divisions.divisions import CloseDivision, OpenDivision
from quorate.assembly.divisions.figures import outcome_of, silent, tally_of
from quorate.assembly.divisions.results import DeclareResult
from quorate.assembly.divisions.votes import EnterRollCall
from quorate.assembly.items import open_business
from quorate.assembly.meetings.admission import AdmitToMeeting
from quorate.assembly.meetings.convening import ConveneMeeting
from quorate.assembly.meetings.sitting import CallToOrder
from quorate.assembly.model.division import Count
from quorate.assembly.model.motion import Clause
from quorate.assembly.motions.motions import MoveMotion
from quorate.assembly.organisation.bodies import (
    CreateOffice,
    EstablishBody,
    FillOffice,
    FoundOrganisation,
)
from quorate.assembly.organisation.membership import AdmitMember, SeatMember
from quorate.assembly.organisation.standing_orders import AdoptStandingOrders
from quorate.canon.moment import Day
from quorate.script.preset import load_preset
from tests.cast import CLERK, World

LENIN, ZINOVIEV, KAMENEV = "p-lenin", "p-zinoviev", "p-kamenev"
OTHERS = tuple(f"p-member-{n}" for n in range(4, 26))
ALL = (LENIN, ZINOVIEV, KAMENEV, *OTHERS)
RISING = Clause(n=1, modality="must", bearer="body:cc", action="organise/rising")


@pytest.fixture
def world() -> World:
    """The committee sitting, with an earlier decision `m-10th` and two competing motions before it."""
    world = World()
    world.act(FoundOrganisation(organisation="party", name="The Party", clerk=CLERK))
    world.act(EstablishBody(body="cc", name="The Committee"))
    for person in ALL:
        world.act(AdmitMember(member=person))
        world.act(SeatMember(body="cc", member=person))
    world.act(CreateOffice(office="cc.chair", body="cc", role="chair", name="Chair"))
    world.act(FillOffice(office="cc.chair", holder=OTHERS[0]))
    world.act(AdoptStandingOrders(body="cc", orders=load_preset("confidential-committee")))
    starts = world.now + timedelta(days=9)
    world.act(
        ConveneMeeting(
            meeting="sixteenth", body="cc", title="x", starts_at=starts, day=Day(starts.date())
        ),
        by=OTHERS[0],
    )
    world.now = starts
    for person in ALL:
        world.act(AdmitToMeeting(meeting="sixteenth", attendee=person), by=OTHERS[0])
    world.act(CallToOrder(meeting="sixteenth"), by=OTHERS[0])
    moved(world, "m-10th", "main", LENIN, clauses=(RISING,))
    roll(world, "m-10th", 25, 0, 0)
    moved(world, "m-wait", "main", ZINOVIEV, group="the-rising")
    moved(world, "m-confirm", "ratify", LENIN, group="the-rising", target="m-10th")
    return world


def moved(world: World, motion: str, kind: str, by: str, **more: object) -> None:
    world.act(MoveMotion(motion=motion, kind=kind, meeting="sixteenth", **more), by=by)  # type: ignore[arg-type]


def roll(world: World, motion: str, votes_for: int, votes_against: int, abstentions: int) -> None:
    """A roll call in the order of the roll."""
    chair = OTHERS[0]
    world.act(OpenDivision(division=f"d-{motion}", motion=motion), by=chair)
    choices = ["for"] * votes_for + ["against"] * votes_against + ["abstain"] * abstentions
    votes = dict(zip(ALL, choices, strict=False))
    world.act(EnterRollCall(division=f"d-{motion}", votes=votes), by=chair)  # type: ignore[arg-type]
    world.act(CloseDivision(division=f"d-{motion}"), by=chair)
    world.act(DeclareResult(division=f"d-{motion}"), by=chair)


def test_missing_vote_is_known_by_name_and_both_motions_are_decided(world: World) -> None:
    roll(world, "m-wait", 6, 15, 3)
    division = world.state.divisions["d-m-wait"]
    tally = tally_of(division)
    assert (tally.entitled, tally.for_, tally.against, tally.abstain) == (25, 6, 15, 3)
    assert silent(division) == [ALL[24]]
    assert world.state.motions["m-wait"].status == "rejected"
    roll(world, "m-confirm", 19, 2, 4)
    assert silent(world.state.divisions["d-m-confirm"]) == []
    decision = world.state.decisions["m-confirm"]
    assert (decision.kind, decision.ratifies, decision.confidential) == ("ratify", "m-10th", True)
    outcome = world.state.divisions["d-m-confirm"].outcome
    assert outcome is not None
    assert (outcome.result, outcome.needed, outcome.to_spare, outcome.base) == (
        "adopted",
        11,
        8,
        21,
    )
    assert outcome == outcome_of(world.state.divisions["d-m-confirm"])


def test_vote_missing_from_a_count_stays_open_until_it_is_explained(world: World) -> None:
    chair, tellers = OTHERS[0], OTHERS[1:3]
    world.act(
        OpenDivision(division="d-1", motion="m-wait", method="counted", tellers=tellers), by=chair
    )
    for teller in tellers:
        world.act(EnterCount(division="d-1", count=Count(6, 15, 3)), by=teller)
    world.act(CloseDivision(division="d-1"), by=chair)
    [event, *_] = world.act(DeclareResult(division="d-1"), by=chair)
    assert event.outcome.unaccounted == 1  # type: ignore[attr-defined]
    assert [item.id for item in open_business(world.state, world.now.date())][-1] == (
        "difference:d-1"
    )
    world.act(ExplainDifference(division="d-1", text="Not known."), by=chair)
    assert "difference:d-1" not in world.state.open_items


def test_motion_that_is_next_in_the_order_of_voting_is_put_first(world: World) -> None:
    act = OpenDivision(division="d-1", motion="m-confirm")
    assert world.refused(act, "not-in-turn", by=OTHERS[0]).facts["next"] == "m-wait"
