"""The chair's rulings on motions, and the ground that each rests on."""

import pytest

from quorate.assembly.divisions.divisions import OpenDivision
from quorate.assembly.model.motion import Clause
from quorate.assembly.motions.motions import SecondMotion, WithdrawMotion
from quorate.assembly.motions.rulings import RuleInOrder, RuleOutOfOrder
from tests.assembly.chamber import carry, chamber, move, pending, put, the
from tests.cast import CHAIR, HOLDER, MEMBER, World, sitting

ON_ORDER = RuleOutOfOrder(motion="m-1", order="4.2", reason="It asks for a smaller majority.")


@pytest.fixture
def world() -> World:
    world = chamber()
    move(world, "m-1")
    return world


def test_motion_ruled_out_is_off_the_list_and_says_why(world: World) -> None:
    world.refused(ON_ORDER, "not-in-chair", by=MEMBER)
    assert world.kinds(world.act(ON_ORDER, by=CHAIR)) == ["motion.disallowed"]
    assert the(world, "m-1").status == "out-of-order"
    assert pending(world) == []
    refusal = world.refused(WithdrawMotion(motion="m-1"), "out-of-order", by=MEMBER)
    assert refusal.facts["ground"] == "order:4.2"
    world.refused(OpenDivision(division="d", motion="m-1"), "out-of-order", by=CHAIR)


def test_ruling_names_one_ground_that_exists(world: World) -> None:
    world.refused(RuleOutOfOrder(motion="m-1"), "ruling-needs-ground", by=CHAIR)
    both = RuleOutOfOrder(motion="m-1", order="4.2", decision="m-0")
    world.refused(both, "ruling-needs-ground", by=CHAIR)
    world.refused(RuleOutOfOrder(motion="m-1", order="99"), "unknown", by=CHAIR)
    world.refused(RuleOutOfOrder(motion="m-1", decision="m-0"), "unknown", by=CHAIR)
    world.refused(RuleOutOfOrder(motion="m-1", decision="m-0/1"), "no-such-clause", by=CHAIR)


@pytest.mark.parametrize("ground", ["m-0", "m-0/1"])
def test_ruling_rests_on_a_decision_or_its_clause(ground: str) -> None:
    world = chamber()
    move(world, "m-0", clauses=(Clause(n=1, modality="must-not", action="paint/hall"),))
    carry(world, "m-0")
    move(world, "m-1")
    world.refused(RuleOutOfOrder(motion="m-1", decision="m-0/2"), "no-such-clause", by=CHAIR)
    world.act(RuleOutOfOrder(motion="m-1", decision=ground), by=CHAIR)
    assert the(world, "m-1").ruled_on == ground


def test_what_applied_to_a_motion_falls_when_it_is_ruled_out(world: World) -> None:
    move(world, "m-2", "amend")
    kinds = world.kinds(world.act(ON_ORDER, by=CHAIR))
    assert kinds == ["motion.disallowed", "motion.lapsed"]
    assert the(world, "m-2").status == "lapsed"


def test_motion_under_the_vote_is_not_ruled_out(world: World) -> None:
    move(world, "m-2", "amend")
    put(world, "m-2")
    for motion in ("m-1", "m-2"):
        act = RuleOutOfOrder(motion=motion, order="4.2")
        world.refused(act, "not-in-order-now", by=CHAIR)


def test_ruling_is_taken_back(world: World) -> None:
    world.refused(RuleInOrder(motion="m-1"), "nothing-to-rule", by=CHAIR)
    world.act(ON_ORDER, by=CHAIR)
    move(world, "m-2")
    world.refused(RuleInOrder(motion="m-1"), "not-in-order-now", by=CHAIR)
    carry(world, "m-2")
    assert world.kinds(world.act(RuleInOrder(motion="m-1"), by=CHAIR)) == ["motion.allowed"]
    assert pending(world) == ["m-1"]
    assert "motion:m-1" in world.state.open_items
    carry(world, "m-1")


@pytest.mark.parametrize("seconded", [True, False])
def test_motion_ruled_in_again_still_needs_the_second_that_it_lacked(seconded: bool) -> None:
    world = sitting()
    move(world, "m-1")
    if seconded:
        world.act(SecondMotion(motion="m-1"), by=HOLDER)
    world.act(ON_ORDER, by=CHAIR)
    world.act(RuleInOrder(motion="m-1"), by=CHAIR)
    assert the(world, "m-1").status == ("pending" if seconded else "moved")


@pytest.mark.parametrize("kind", ["privilege", "orders-of-the-day"])
def test_what_the_chair_grants_is_adopted_and_decides_nothing_more(world: World, kind: str) -> None:
    move(world, "m-2", kind)
    kinds = world.kinds(world.act(RuleInOrder(motion="m-2"), by=CHAIR))
    assert kinds == ["motion.allowed", "motion.decided"]
    assert the(world, "m-2").status == "adopted"
    assert pending(world) == ["m-1"]
    assert "m-2" not in world.state.decisions
