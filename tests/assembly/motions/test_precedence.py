"""Which motions are in order now: the table of precedence, asked pair by pair."""

from itertools import product

import pytest

from quorate.assembly.divisions.divisions import OpenDivision
from quorate.assembly.motions.motions import MoveMotion, SecondMotion
from quorate.assembly.motions.precedence import SUBSIDIARY, binds, needs_second, require_debatable
from quorate.assembly.refusal import Refused
from quorate.script.preset import load_preset
from tests.assembly.chamber import carry, chamber, move, pending, put, the
from tests.cast import CHAIR, HOLDER, MEMBER, World, sitting

RANKS = load_preset("small-association").precedence.ranks
RANKED = {kind: row.rank for kind, row in RANKS.items() if row.rank is not None}
FREE = [kind for kind in RANKED if kind not in ("ratify", "discipline", "accept-resignation")]
ABOVE = [kind for kind in FREE if kind not in ("main", "amend-orders")]


@pytest.fixture
def world() -> World:
    return chamber()


@pytest.mark.parametrize(("first", "second"), list(product(ABOVE, FREE)))
def test_motion_is_in_order_just_when_it_outranks_what_is_pending(first: str, second: str) -> None:
    world = chamber()
    move(world, "m-0")
    move(world, "m-1", first)
    act = MoveMotion(motion="m-2", kind=second, meeting="meeting-1", target="")
    if second == "amend":
        if RANKS[first].amend:
            world.act(act, by=MEMBER)
        else:
            world.refused(act, "not-amendable", by=MEMBER)
    elif RANKED[second] > RANKED[first]:
        world.act(act, by=MEMBER)
        assert pending(world)[-1] == "m-2"
    else:
        refusal = world.refused(act, "not-in-order-now", by=MEMBER)
        assert refusal.facts["pending"] == "m-1"
        assert refusal.facts["pending_kind"] == first


@pytest.mark.parametrize("kind", FREE)
def test_subsidiary_motion_needs_something_pending(world: World, kind: str) -> None:
    act = MoveMotion(motion="m-1", kind=kind, meeting="meeting-1")
    if kind in SUBSIDIARY:
        world.refused(act, "nothing-pending", by=MEMBER)
    else:
        world.act(act, by=MEMBER)


def test_amendment_ranks_with_what_it_amends_and_no_lower_motion_passes_under_it(
    world: World,
) -> None:
    move(world, "m-0")
    move(world, "m-1", "postpone")
    move(world, "m-2", "amend")
    act = MoveMotion(motion="m-3", kind="refer", meeting="meeting-1")
    assert world.refused(act, "not-in-order-now", by=MEMBER).facts["pending"] == "m-1"
    move(world, "m-3", "limit-debate")


def test_amendments_stop_at_the_second_degree(world: World) -> None:
    move(world, "m-0")
    move(world, "m-1", "amend")
    move(world, "m-2", "amend")
    act = MoveMotion(motion="m-3", kind="amend", meeting="meeting-1")
    world.refused(act, "not-amendable", by=MEMBER)
    lower = MoveMotion(motion="m-3", kind="amend", meeting="meeting-1", target="m-0")
    world.refused(lower, "not-in-order-now", by=MEMBER)


def test_motion_to_dispose_applies_to_the_root_and_not_to_an_amendment(world: World) -> None:
    move(world, "m-0")
    move(world, "m-1", "amend")
    act = MoveMotion(
        motion="m-2", kind="refer", meeting="meeting-1", target="m-1", to=f"person:{HOLDER}"
    )
    assert world.refused(act, "not-by-itself", by=MEMBER).facts["root"] == "m-0"
    move(world, "m-2", "refer", to=f"person:{HOLDER}")
    assert the(world, "m-2").target == "m-0"
    move(world, "m-3", "previous-question")
    assert the(world, "m-3").target == "m-2"


@pytest.mark.parametrize("kind", ["rescind", "amend-adopted", "reconsider", "take-from-table"])
def test_what_brings_a_question_back_waits_until_nothing_is_pending(
    world: World, kind: str
) -> None:
    move(world, "m-0")
    carry(world, "m-0")
    move(world, "m-1")
    act = MoveMotion(motion="m-2", kind=kind, meeting="meeting-1", target="m-0")
    world.refused(act, "not-in-order-now", by=MEMBER)


@pytest.mark.parametrize("kind", ["suspend-rules", "appeal"])
def test_incidental_motion_arises_from_anything_and_yields_to_privileged_ones(
    world: World, kind: str
) -> None:
    move(world, "m-0")
    move(world, "m-1", kind)
    act = MoveMotion(motion="m-2", kind="table", meeting="meeting-1")
    world.refused(act, "not-in-order-now", by=MEMBER)
    move(world, "m-2", "recess")


def test_incidental_motion_on_a_pending_one_needs_it(world: World) -> None:
    act = MoveMotion(motion="m-1", kind="object-to-consideration", meeting="meeting-1")
    world.refused(act, "nothing-pending", by=MEMBER)
    move(world, "m-0")
    move(world, "m-1", "object-to-consideration")
    assert the(world, "m-1").target == "m-0"


def test_no_motion_is_in_order_during_a_vote(world: World) -> None:
    move(world, "m-0")
    put(world, "m-0")
    act = MoveMotion(motion="m-1", kind="adjourn", meeting="meeting-1")
    world.refused(act, "not-in-order-now", by=MEMBER)
    incidental = MoveMotion(motion="m-1", kind="suspend-rules", meeting="meeting-1")
    world.refused(incidental, "not-in-order-now", by=MEMBER)


def test_previous_question_closes_debate_and_amendment(world: World) -> None:
    move(world, "m-0")
    move(world, "m-1", "previous-question")
    carry(world, "m-1")
    meeting = world.state.meetings["meeting-1"]
    assert meeting.debate_closed == ["m-0"]
    for kind in ("amend", "refer", "limit-debate", "postpone"):
        act = MoveMotion(motion="m-2", kind=kind, meeting="meeting-1")
        world.refused(act, "not-in-order-now", by=MEMBER)
    with pytest.raises(Refused) as caught:
        require_debatable(world.state, meeting, the(world, "m-0"))
    assert caught.value.code == "not-debatable"
    move(world, "m-2", "table")
    carry(world, "m-2")
    assert meeting.debate_closed == []


def test_debate_is_for_debatable_kinds_and_of_an_amendment_for_those_of_its_target(
    world: World,
) -> None:
    meeting = world.state.meetings["meeting-1"]
    move(world, "m-0")
    move(world, "m-1", "amend")
    require_debatable(world.state, meeting, the(world, "m-0"))
    require_debatable(world.state, meeting, the(world, "m-1"))
    move(world, "m-2", "limit-debate")
    move(world, "m-3", "amend")
    for key in ("m-2", "m-3"):
        with pytest.raises(Refused) as caught:
            require_debatable(world.state, meeting, the(world, key))
        assert caught.value.code == "not-debatable"
        assert "limit-debate" in str(caught.value)


def test_no_amendment_is_debated_where_the_table_says_so() -> None:
    world = chamber(precedence={"ranks": {"amend": {"debate": False}}})
    move(world, "m-0")
    move(world, "m-1", "amend")
    with pytest.raises(Refused) as caught:
        require_debatable(world.state, world.state.meetings["meeting-1"], the(world, "m-1"))
    assert caught.value.facts["why"] == "amend"


def test_question_is_put_only_when_it_is_immediately_pending(world: World) -> None:
    move(world, "m-0")
    move(world, "m-1", "amend")
    act = OpenDivision(division="d", motion="m-0")
    assert world.refused(act, "not-in-order-now", by=CHAIR).facts["pending"] == "m-1"


def test_question_is_not_put_before_it_is_seconded() -> None:
    world = sitting()
    move(world, "m-0")
    act = OpenDivision(division="d", motion="m-0")
    assert world.refused(act, "needs-second", by=CHAIR).clause.clause == "3.2"
    world.act(SecondMotion(motion="m-0"), by=HOLDER)
    world.act(act, by=CHAIR)


@pytest.mark.parametrize("kind", ["privilege", "orders-of-the-day"])
def test_no_vote_is_taken_on_what_the_chair_or_a_demand_decides(world: World, kind: str) -> None:
    move(world, "m-0", kind)
    world.refused(OpenDivision(division="d", motion="m-0"), "chair-decides", by=CHAIR)


def test_orders_on_seconding_go_before_the_table() -> None:
    by_table = load_preset("small-association")
    assert needs_second(by_table, "main")
    assert not needs_second(by_table, "privilege")
    assert not needs_second(load_preset("board-of-directors"), "main")


def test_only_main_motions_and_those_that_change_decisions_bind() -> None:
    orders = load_preset("small-association")
    binding = {kind for kind in RANKS if binds(orders, kind)}
    assert binding == {
        "main",
        "ratify",
        "amend-orders",
        "discipline",
        "accept-resignation",
        "rescind",
        "amend-adopted",
    }
    assert binds(orders, "struck-out-of-the-table")
