"""Competing motions: the group, the order of voting, and what falls when one is adopted."""

import pytest

from quorate.assembly.divisions.divisions import OpenDivision, VoidDivision
from quorate.assembly.motions.competing import GroupMotions
from quorate.assembly.motions.motions import MoveMotion, SecondMotion
from tests.assembly.chamber import carry, chamber, move, pending, put, the
from tests.cast import CHAIR, HOLDER, MEMBER, World, sitting


def three(**voting: object) -> World:
    world = chamber(voting=voting)
    for key in ("m-1", "m-2", "m-3"):
        move(world, key, group="g")
    return world


def refuse_put(world: World, motion: str, code: str) -> None:
    world.refused(OpenDivision(division=f"x-{motion}", motion=motion), code, by=CHAIR)


def test_motions_of_a_group_are_pending_together() -> None:
    world = three()
    assert pending(world) == ["m-1", "m-2", "m-3"]
    assert world.state.groups["g"].order == ("m-1", "m-2", "m-3")
    alone = MoveMotion(motion="m-4", kind="main", meeting="meeting-1")
    world.refused(alone, "not-in-order-now", by=MEMBER)
    other = MoveMotion(motion="m-4", kind="main", meeting="meeting-1", group="h")
    world.refused(other, "not-in-order-now", by=MEMBER)


@pytest.mark.parametrize(
    ("competing", "order"),
    [("as-moved", ("m-1", "m-2", "m-3")), ("reverse", ("m-3", "m-2", "m-1"))],
)
def test_orders_say_in_which_order_competing_motions_are_put(
    competing: str, order: tuple[str, ...]
) -> None:
    world = three(competing=competing)
    refuse_put(world, order[1], "not-in-turn")
    for key in order:
        carry(world, key, against=True)
    assert {the(world, key).status for key in order} == {"rejected"}


def test_furthest_first_waits_for_the_chair_to_say_how_far_each_goes() -> None:
    world = three(competing="furthest-first")
    refuse_put(world, "m-1", "order-needed")
    group = GroupMotions(group="g", meeting="meeting-1", motions=("m-1", "m-2", "m-3"))
    world.refused(group, "order-needed", by=CHAIR)
    group = GroupMotions(
        group="g",
        meeting="meeting-1",
        motions=("m-1", "m-2", "m-3"),
        order=("m-2", "m-3", "m-1"),
    )
    world.refused(group, "not-in-chair", by=MEMBER)
    assert world.kinds(world.act(group, by=CHAIR)) == ["motions.grouped"]
    refuse_put(world, "m-1", "not-in-turn")
    put(world, "m-2")


def test_others_fall_when_one_is_adopted() -> None:
    world = three()
    carry(world, "m-1", against=True)
    events = carry(world, "m-2")
    assert world.kinds(events) == [
        "result.declared",
        "motion.decided",
        "decision.taken",
        "motion.lapsed",
    ]
    assert the(world, "m-3").status == "lapsed"
    assert pending(world) == []


def test_all_are_put_where_the_orders_say_so() -> None:
    world = three(all_competing=True)
    carry(world, "m-1")
    carry(world, "m-2", against=True)
    carry(world, "m-3")
    assert [the(world, key).status for key in ("m-1", "m-2", "m-3")] == [
        "adopted",
        "rejected",
        "adopted",
    ]


def test_group_is_closed_when_voting_on_it_has_begun() -> None:
    world = three()
    carry(world, "m-1", against=True)
    late = MoveMotion(motion="m-4", kind="main", meeting="meeting-1", group="g")
    world.refused(late, "group-begun", by=MEMBER)
    again = GroupMotions(group="g", meeting="meeting-1", motions=("m-2", "m-3"))
    world.refused(again, "group-begun", by=CHAIR)


def test_amendment_of_any_in_the_group_is_in_order() -> None:
    world = three()
    move(world, "a", "amend", target="m-1")
    refuse_put(world, "m-1", "not-in-order-now")
    carry(world, "a")
    put(world, "m-1")


def test_no_other_joins_the_group_while_one_is_being_amended() -> None:
    world = three()
    move(world, "a", "amend", target="m-1")
    other = MoveMotion(motion="m-4", kind="main", meeting="meeting-1", group="g")
    assert world.refused(other, "not-in-order-now", by=MEMBER).facts["pending"] == "a"


def test_two_of_a_group_are_not_put_at_once() -> None:
    world = three()
    put(world, "m-1")
    refuse_put(world, "m-2", "not-in-order-now")


def test_chair_groups_motions_that_wait() -> None:
    world = sitting()
    move(world, "m-1")
    move(world, "m-2")
    group = GroupMotions(group="g", meeting="meeting-1", motions=("m-1", "m-2"))
    for wrong in (("m-1",), ("m-1", "m-1")):
        act = GroupMotions(group="g", meeting="meeting-1", motions=wrong)
        world.refused(act, "group-unclear", by=CHAIR)
    lame = GroupMotions(group="g", meeting="meeting-1", motions=("m-1", "m-2"), order=("m-1",))
    world.refused(lame, "group-unclear", by=CHAIR)
    world.act(group, by=CHAIR)
    for key in ("m-1", "m-2"):
        world.act(SecondMotion(motion=key), by=HOLDER)
    assert pending(world) == ["m-1", "m-2"]
    carry(world, "m-1", against=True)
    carry(world, "m-2")


def test_decided_motion_is_not_grouped() -> None:
    world = chamber()
    move(world, "m-1")
    carry(world, "m-1")
    move(world, "m-2")
    act = GroupMotions(group="g", meeting="meeting-1", motions=("m-1", "m-2"))
    world.refused(act, "not-open", by=CHAIR)


def test_motions_of_procedure_do_not_compete() -> None:
    world = chamber()
    move(world, "m-1")
    act = MoveMotion(motion="m-2", kind="refer", meeting="meeting-1", group="g")
    world.refused(act, "no-competitor", by=MEMBER)
    move(world, "m-2", "refer")
    group = GroupMotions(group="g", meeting="meeting-1", motions=("m-1", "m-2"))
    world.refused(group, "no-competitor", by=CHAIR)


def test_group_belongs_to_one_meeting() -> None:
    world = three()
    world.state.groups["g"].meeting = "meeting-0"
    act = MoveMotion(motion="m-4", kind="main", meeting="meeting-1", group="g")
    world.refused(act, "exists", by=MEMBER)


def test_voided_division_keeps_the_turn() -> None:
    world = three()
    put(world, "m-1")
    world.act(VoidDivision(division="d-m-1"), by=CHAIR)
    refuse_put(world, "m-2", "not-in-turn")
    put(world, "m-1", "d-2")
