"""Tellers' figures, and the difference that stays on the list until it is explained."""

import pytest

from quorate.assembly.divisions.counts import EnterCount, ExplainDifference
from quorate.assembly.divisions.divisions import (
    CloseDivision,
    DemandRecount,
    OpenDivision,
    VoidDivision,
)
from quorate.assembly.meetings.admission import RecordLeaving
from quorate.assembly.model.division import Count
from quorate.assembly.organisation.bodies import CreateOffice, FillOffice
from tests.assembly.chamber import TELLERS, chamber, close, declare, move, put, the
from tests.cast import CHAIR, CLERK, HOLDER, MEMBER, SECRETARY, TELLER, TELLER2, World

SHUT = CloseDivision(division="d-m-1")


def figures(votes_for: int, votes_against: int, **more: int) -> EnterCount:
    return EnterCount(division="d-m-1", count=Count(votes_for, votes_against, **more))


@pytest.fixture
def world() -> World:
    world = chamber()
    move(world, "m-1")
    put(world, "m-1", method="counted", tellers=TELLERS)
    return world


def both(world: World, act: EnterCount) -> None:
    for teller in TELLERS:
        world.act(act, by=teller)


def test_division_is_not_counted_without_tellers() -> None:
    world = chamber()
    move(world, "m-1")
    act = OpenDivision(division="d", motion="m-1", method="counted", tellers=(TELLER, TELLER))
    refusal = world.refused(act, "tellers-needed", by=CHAIR)
    assert (refusal.facts["needed"], refusal.facts["named"]) == (2, 1)
    assert refusal.clause.clause == "4.1"
    act = OpenDivision(division="d", motion="m-1", method="counted", tellers=("p-x", "p-y"))
    world.refused(act, "unknown", by=CHAIR)


def test_tellers_by_office_count_when_none_are_named() -> None:
    world = chamber()
    for person in TELLERS:
        world.act(CreateOffice(office=f"o-{person}", body="committee", role="teller", name="T"))
        world.act(FillOffice(office=f"o-{person}", holder=person))
    move(world, "m-1")
    assert put(world, "m-1", method="counted").tellers == TELLERS


def test_only_tellers_enter_figures_and_they_are_no_less_than_nothing(world: World) -> None:
    world.refused(figures(3, 3), "not-a-teller", by=MEMBER)
    world.refused(figures(3, -1), "figures-unclear", by=TELLER)
    world.refused(EnterCount(division="d-9", count=Count(0, 0)), "unknown", by=TELLER)


def test_named_division_takes_no_figures() -> None:
    world = chamber()
    move(world, "m-1")
    put(world, "m-1")
    world.refused(figures(3, 3), "wrong-method", by=TELLER)


def test_division_closes_when_both_tellers_have_the_same(world: World) -> None:
    assert world.refused(SHUT, "counts-missing", by=CHAIR).facts["had"] == 0
    world.act(figures(4, 2), by=TELLER)
    world.refused(SHUT, "counts-missing", by=CHAIR)
    [event] = world.act(figures(3, 3), by=TELLER2)
    assert not event.agrees  # type: ignore[attr-defined]
    refusal = world.refused(SHUT, "tellers-differ", by=CHAIR)
    assert refusal.facts["figures"][TELLER].votes_for == 4
    assert set(refusal.facts["figures"]) == {TELLER, TELLER2}
    [event] = world.act(figures(4, 2), by=TELLER2)
    assert event.agrees  # type: ignore[attr-defined]
    assert world.kinds(close(world, "d-m-1")) == ["division.closed"]
    world.refused(figures(4, 2), "division-closed", by=TELLER)


@pytest.mark.parametrize(
    ("count", "missing"),
    [
        (Count(3, 2), 1),
        (Count(4, 2), 0),
        (Count(4, 1, 1), 0),
        (Count(3, 1, 1, 1), 0),
        (Count(3, 1, 1, 0, 1), 0),
        (Count(4, 3), -1),
        (Count(0, 0), 6),
    ],
)
def test_every_head_is_accounted_for_or_shown_missing(
    world: World, count: Count, missing: int
) -> None:
    both(world, EnterCount(division="d-m-1", count=count))
    events = close(world, "d-m-1")
    division = world.state.divisions["d-m-1"]
    assert division.unaccounted == missing
    assert ("difference:d-m-1" in world.state.open_items) is (missing != 0)
    assert world.kinds(events)[1:] == (["division.unreconciled"] if missing else [])
    declare(world, "d-m-1")
    assert division.outcome is not None
    assert division.outcome.unaccounted == missing


def test_absent_are_known_and_not_missing_from_the_count() -> None:
    world = chamber()
    move(world, "m-1")
    world.act(RecordLeaving(meeting="meeting-1", attendee=MEMBER), by=MEMBER)
    put(world, "m-1", method="counted", tellers=TELLERS)
    both(world, figures(3, 1, not_voted=1))
    [event] = close(world, "d-m-1")
    assert event.heads.not_voted == 2
    assert event.unaccounted == 0


def test_difference_leaves_the_list_only_by_being_explained(world: World) -> None:
    both(world, figures(3, 2))
    close(world, "d-m-1")
    declare(world, "d-m-1")
    assert the(world, "m-1").status == "adopted"
    explain = ExplainDifference(division="d-m-1", text="One had gone to the door.")
    world.refused(explain, "not-entitled", by=HOLDER)
    assert world.kinds(world.act(explain, by=SECRETARY)) == ["difference.explained"]
    division = world.state.divisions["d-m-1"]
    assert division.explained
    assert division.unaccounted == 1
    assert "difference:d-m-1" not in world.state.open_items
    world.refused(explain, "no-difference", by=CLERK)


def test_neither_recount_nor_voiding_drops_a_difference(world: World) -> None:
    both(world, figures(3, 2))
    close(world, "d-m-1")
    world.act(DemandRecount(division="d-m-1", again="d-2"), by=MEMBER)
    world.act(VoidDivision(division="d-2", reason="counted at the wrong door"), by=CHAIR)
    world.act(VoidDivision(division="d-m-1"), by=CHAIR)
    assert "difference:d-m-1" in world.state.open_items
    world.act(ExplainDifference(division="d-m-1"), by=TELLER)


def test_weighted_votes_are_not_counted_by_heads() -> None:
    world = chamber()
    world.state.bodies["committee"].seated[MEMBER].weight = 2
    move(world, "m-1")
    act = OpenDivision(division="d", motion="m-1", method="counted", tellers=TELLERS)
    world.refused(act, "weighted-needs-names", by=CHAIR)
