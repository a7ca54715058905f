"""Decisions from before the record began."""

from datetime import timedelta

import pytest

from quorate.assembly.act import Stamp, decide
from quorate.assembly.decisions.earlier import RecordEarlierDecision
from quorate.assembly.model.motion import Clause
from quorate.assembly.refusal import Refused
from quorate.canon.moment import Day
from tests.cast import MEMBER, NOON, SECRETARY, World, committee

EVE = Day(NOON.date() - timedelta(days=1), "the day before")


@pytest.fixture
def world() -> World:
    return committee()


def earlier(**changes: object) -> RecordEarlierDecision:
    fields = {"decision": "old", "body": "committee", "title": "The old rule", "day": EVE}
    return RecordEarlierDecision(**{**fields, **changes})  # type: ignore[arg-type]


def test_earlier_decision_is_in_force_and_opens_nothing(world: World) -> None:
    clause = Clause(n=1, modality="must", bearer="body:committee", action="keep/garden")
    assert world.kinds(world.act(earlier(clauses=(clause,)), by=SECRETARY)) == [
        "earlier-decision.recorded"
    ]
    assert world.state.decisions["old"].clauses == (clause,)
    assert world.state.decisions["old"].on == EVE.on
    assert not world.state.open_items


def test_only_keepers_of_the_body_enter_it(world: World) -> None:
    world.refused(earlier(), "not-entitled", by=MEMBER)


def test_what_was_decided_since_cannot_be_entered_as_earlier(world: World) -> None:
    world.refused(earlier(day=Day(NOON.date())), "not-earlier")


def test_body_without_standing_orders_is_refused_before_anything_changes(world: World) -> None:
    world.state.bodies["committee"].orders = None
    with pytest.raises(Refused):
        decide(world.state, earlier(), Stamp(at=NOON, by=SECRETARY))


def test_clause_binds_somebody_who_is_known(world: World) -> None:
    world.refused(
        earlier(clauses=(Clause(n=1, modality="must", bearer="garden"),)), "not-a-reference"
    )


def test_id_is_used_once(world: World) -> None:
    world.act(earlier())
    world.refused(earlier(), "exists")
    world.state.motions["m"] = None  # type: ignore[assignment]
    world.refused(earlier(decision="m"), "id-of-a-motion")
