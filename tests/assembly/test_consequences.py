"""What real motions leave behind them: duties, details, windows that move, resignations disposed of, duties that lapse."""

from datetime import timedelta

import pytest

from quorate.assembly.affairs.resignations import ObjectToResignation, TenderResignation
from quorate.assembly.calendar.events import AnnounceEvent, MoveEvent
from quorate.assembly.decisions.details import FixDetail, open_details
from quorate.assembly.meetings.agenda import TakeByConsent
from quorate.assembly.model.calendar import Effect, Point, Window
from quorate.assembly.model.motion import Clause
from quorate.canon.moment import Day
from tests.assembly.chamber import carry, chamber, move
from tests.cast import CHAIR, MEMBER, SECRETARY, TELLER, World

ON_ACCEPTANCE = {"effective": "on-acceptance"}


@pytest.fixture
def world() -> World:
    world = chamber(resignations=ON_ACCEPTANCE)
    congress = Day(world.now.date() + timedelta(days=4))
    bodies = ("committee",)
    world.act(
        AnnounceEvent(event="congress", title="Congress", day=congress, bodies=bodies), by=CHAIR
    )
    return world


def decide(
    world: World, motion: str, *clauses: Clause, kind: str = "main", target: str = ""
) -> list[str]:
    move(world, motion, kind, clauses=clauses, target=target)
    return world.kinds(carry(world, motion))


def test_decision_with_an_undecided_detail_shows_as_such(world: World) -> None:
    """Of the October episode: the decision is confirmed, its form and exact time are left open."""
    came = decide(
        world,
        "lenin",
        Clause(n=1, modality="must", bearer="body:committee", action="organise/rising"),
        Clause(n=2, modality="defer", owner="office:committee.chair", open_slots=("form", "time")),
    )
    assert came[-4:] == ["decision.taken", "duty.laid", "detail.deferred", "detail.deferred"]
    assert [each.slot for each in open_details(world.state, "lenin")] == ["form", "time"]
    world.refused(FixDetail(detail="lenin.2.form", value="march"), "not-competent", by=SECRETARY)
    world.act(FixDetail(detail="lenin.2.form", value="march"), by=CHAIR)
    assert [each.slot for each in open_details(world.state, "lenin")] == ["time"]


def test_what_follows_is_recorded_breadth_first(world: World) -> None:
    """All that follows from one event stands before anything that follows from those."""
    duty = Clause(n=1, modality="must", bearer="body:committee", action="paint/hall")
    move(world, "m-1", group="g", clauses=(duty,))
    move(world, "m-2", group="g")
    move(world, "m-3", "amend", target="m-2")
    assert world.kinds(
        world.act(TakeByConsent(meeting="meeting-1", motions=("m-1",)), by=CHAIR)
    ) == [
        "consent.taken",
        "motion.decided",
        "decision.taken",
        "motion.lapsed",
        "duty.laid",
        "motion.lapsed",
    ]


def test_adopted_and_pending_prohibitions_last_longer_when_the_congress_moves(world: World) -> None:
    """Of the October episode: five more days."""
    before = Window(end=Point(event="congress", days=-1))
    held = Window(end=Point(event="congress", days=-1, tie="fixed"))
    clauses = (
        Clause(n=1, modality="must-not", bearer="body:committee", action="rise", window=before),
        Clause(n=2, modality="must-not", bearer="body:committee", action="speak", window=held),
    )
    decide(world, "zinoviev", *clauses)
    move(world, "again", clauses=clauses[:1])
    old = world.now.date() + timedelta(days=3)
    new = old + timedelta(days=5)
    world.act(MoveEvent(event="congress", day=Day(new + timedelta(days=1))), by=CHAIR)
    assert world.state.moves[-1].effects == (
        Effect("clause:zinoviev/1", "gains", old, new, 5),
        Effect("clause:zinoviev/2", "fixed", old, old),
        Effect("motion:again/1", "gains", old, new, 5),
    )


def test_rescinding_lets_the_duties_lapse(world: World) -> None:
    decide(world, "first", Clause(n=1, modality="must", bearer="body:committee", action="march"))
    assert "duty:first.1" in world.state.open_items
    came = decide(world, "second", kind="rescind", target="first")
    assert {"decision.rescinded", "duty.lapsed"} <= set(came)
    assert "duty:first.1" not in world.state.open_items


@pytest.mark.parametrize("against", [False, True])
def test_motion_to_accept_disposes_of_a_resignation_objected_to(
    world: World, against: bool
) -> None:
    world.act(TenderResignation(resignation="r", body="committee"), by=MEMBER)
    world.act(ObjectToResignation(resignation="r"), by=TELLER)
    move(world, "m", "accept-resignation", target="r")
    came = world.kinds(carry(world, "m", against=against))
    assert ("resignation.declined" if against else "resignation.accepted") in came
    assert "resignation:r" not in world.state.open_items
