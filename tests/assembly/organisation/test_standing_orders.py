"""Standing orders: adopted once, changed only as they say themselves."""

from typing import Any

import msgspec
import pytest

from quorate.assembly.model.decision import Decision
from quorate.assembly.model.division import Division
from quorate.assembly.organisation.bodies import DissolveBody, EstablishBody
from quorate.assembly.organisation.standing_orders import (
    KIND,
    RULES,
    AdoptStandingOrders,
    AmendStandingOrder,
    majority_of,
)
from quorate.counting.outcome import decide
from quorate.counting.rule import (
    Base,
    Comparator,
    Floor,
    FloorMeasure,
    Majority,
    Number,
    Rule,
    Share,
    Unanimity,
    Whole,
)
from quorate.counting.tally import Tally
from quorate.script.preset import apply_changes, load_preset
from tests.cast import CHAIR, CLERK, MEMBER, NOON, SECRETARY, World, committee, founded

TODAY = NOON.date()
ORDERS = load_preset("small-association")
HALF = Majority(Base.FOR_AND_AGAINST, 1, 2, Comparator.MORE_THAN)
TWO_THIRDS = Majority(Base.FOR_AND_AGAINST, 2, 3, Comparator.AT_LEAST)


@pytest.fixture
def world() -> World:
    return committee()


def decided(
    world: World,
    votes_for: int = 4,
    against: int = 2,
    *,
    rule: Rule = TWO_THIRDS,
    kind: str = KIND,
    body: str = "committee",
    consent: bool = False,
) -> str:
    """A decision of a body on a division with these figures; its id."""
    state = world.state
    outcome = decide(rule, Tally(for_=votes_for, against=against, entitled=6, present=6, seats=7))  # type: ignore[call-arg]
    assert outcome.result == "adopted"
    if not consent:
        state.divisions["v-1"] = Division(
            id="v-1",
            motion="q-1",
            body=body,
            meeting="m-1",
            method="roll-call",
            rule=rule,
            opened_on=TODAY,
            opened_seq=0,
            outcome=outcome,
        )
    state.decisions["q-1"] = Decision(
        id="q-1",
        motion="q-1",
        division="" if consent else "v-1",
        body=body,
        meeting="m-1",
        on=TODAY,
        seq=0,
        title="",
        clauses=(),
        kind=kind,
    )
    return "q-1"


def notice(days: int = 3, **more: Any) -> dict[str, Any]:
    return {"clause": "1.2", "words": "Three clear days.", "days": days, **more}


def amend(decision: str = "q-1", rule: str = "notice", **value: Any) -> AmendStandingOrder:
    return AmendStandingOrder(body="committee", rule=rule, value=notice(**value), decision=decision)


def readopt(decision: str = "") -> AdoptStandingOrders:
    other = load_preset("board-of-directors")
    return AdoptStandingOrders(body="committee", orders=other, decision=decision)


@pytest.mark.parametrize("by", [CHAIR, SECRETARY, CLERK])
def test_those_who_keep_the_books_enter_the_first_orders(by: str) -> None:
    world = committee()
    world.state.bodies["committee"].orders = None
    world.refused(AdoptStandingOrders(body="committee", orders=ORDERS), "not-entitled", by=MEMBER)
    events = world.act(AdoptStandingOrders(body="committee", orders=ORDERS), by=by)
    assert world.kinds(events) == ["standing-orders.adopted"]
    assert world.state.bodies["committee"].orders == ORDERS


def test_orders_that_there_are_yield_only_to_a_decision(world: World) -> None:
    assert world.refused(readopt(), "needs-decision").clause.clause == "4.2"
    world.refused(readopt("q-1"), "unknown")
    decided(world)
    world.act(readopt("q-1"))
    orders = world.state.bodies["committee"].orders
    assert orders is not None
    assert orders.preset == "board-of-directors"


def test_amended_rule_reads_otherwise_and_the_others_stay(world: World) -> None:
    decided(world)
    world.refused(amend(), "not-entitled", by=MEMBER)
    assert world.kinds(world.act(amend(), by=CHAIR)) == ["standing-order.amended"]
    orders = world.state.bodies["committee"].orders
    assert orders is not None
    assert (orders.notice.days, orders.notice.words) == (3, "Three clear days.")
    assert (
        orders.notice.short == "refused"
    )  # the new rule stands whole: what it does not say is not kept
    assert msgspec.structs.replace(orders, notice=ORDERS.notice) == ORDERS


def test_event_of_an_amendment_survives_the_record(world: World) -> None:
    decided(world)
    (event,) = world.act(amend())
    assert msgspec.json.decode(msgspec.json.encode(event), type=type(event)) == event


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_can_be_amended(world: World, rule: str) -> None:
    decided(world)
    value = msgspec.to_builtins(getattr(ORDERS, rule)) | {"words": "Otherwise."}
    act = AmendStandingOrder(body="committee", rule=rule, value=value, decision="q-1")
    world.act(act)
    orders = world.state.bodies["committee"].orders
    assert getattr(orders, rule).words == "Otherwise."


def test_rule_must_exist_and_its_value_fit(world: World) -> None:
    decided(world)
    world.refused(amend(rule="preset"), "unknown")
    world.refused(amend(rule="dress"), "unknown")
    assert "dayz" in world.refused(amend(dayz=3), "order-unfit").facts["fault"]
    world.refused(amend(days="three"), "order-unfit")
    majority = {"rule": "majority", "base": "present", "comparator": "at-least"}
    impossible = {"usual": majority | {"numerator": 3, "denominator": 2}}
    value = {"clause": "4.2", "words": "Half as many again."} | impossible
    world.refused(
        AmendStandingOrder(body="committee", rule="majorities", value=value, decision="q-1"),
        "order-unfit",
    )


def test_body_without_orders_has_none_to_amend() -> None:
    founded().refused(amend(), "no-standing-orders")


def test_dissolved_body_changes_nothing() -> None:
    world = founded()
    world.act(DissolveBody(body="committee"))
    world.refused(AdoptStandingOrders(body="committee", orders=ORDERS), "body-dissolved")
    world.refused(amend(), "body-dissolved")


def test_amendment_rests_on_a_decision_in_force_of_that_body_and_kind(world: World) -> None:
    world.refused(amend(""), "needs-decision")
    world.refused(amend("q-9"), "unknown")
    decided(world, kind="main")
    world.refused(amend(), "decision-other-kind")
    world.act(EstablishBody(body="paper", name="Paper"))
    decided(world, body="paper")
    world.refused(amend(), "decision-elsewhere")
    decided(world)
    world.state.decisions["q-1"].rescinded_by = "q-2"
    world.refused(amend(), "decision-not-in-force")


def test_where_the_table_does_not_know_the_kind_any_decision_will_do() -> None:
    orders = apply_changes(ORDERS, {"precedence": {"ranks": {KIND: None}}})
    world = committee(orders)
    decided(world, kind="main")
    world.act(amend())


@pytest.mark.parametrize(("votes_for", "against"), [(6, 0), (5, 1), (4, 2), (4, 1), (2, 1)])
def test_two_thirds_in_fact_are_enough_though_less_was_asked(
    world: World, votes_for: int, against: int
) -> None:
    decided(world, votes_for, against, rule=HALF)
    world.act(amend())


@pytest.mark.parametrize(("votes_for", "against"), [(3, 2), (1, 0), (2, 1), (4, 2), (5, 1)])
def test_less_than_the_orders_ask_is_too_small(votes_for: int, against: int) -> None:
    three_quarters = {"rule": "majority", "base": "entitled", "comparator": "at-least"}
    orders = apply_changes(
        ORDERS,
        {"majorities": {"by_kind": {KIND: three_quarters | {"numerator": 3, "denominator": 4}}}},
    )
    world = committee(orders)
    decided(world, votes_for, against, rule=HALF)  # of those who voted, not of those entitled
    assert world.refused(amend(), "majority-too-small").clause.clause == "4.2"


@pytest.mark.parametrize(("votes_for", "against"), [(3, 2), (6, 4), (199, 100)])
def test_bare_majority_does_not_change_the_orders(
    world: World, votes_for: int, against: int
) -> None:
    decided(world, votes_for, against, rule=HALF)
    world.refused(amend(), "majority-too-small")


def test_majority_of_another_kind_shows_nothing(world: World) -> None:
    decided(world, 6, 0, rule=Unanimity(abstention_prevents=False))
    world.refused(amend(), "majority-too-small")
    decided(world)
    world.state.divisions["v-1"].outcome = None
    world.state.divisions["v-1"].rule = HALF
    world.refused(amend(), "majority-too-small")


def test_floor_or_quorum_of_the_orders_must_have_been_asked_of_the_division() -> None:
    floor = Floor(FloorMeasure.SUPPORT, Number(4))
    quorum = Share(Whole.ENTITLED, 1, 2, Comparator.AT_LEAST)
    for needed in (
        msgspec.structs.replace(TWO_THIRDS, floors=(floor,)),
        msgspec.structs.replace(TWO_THIRDS, quorum=quorum),
    ):
        change = {"majorities": {"by_kind": {KIND: msgspec.to_builtins(needed)}}}
        world = committee(apply_changes(ORDERS, change))
        decided(world)
        world.refused(amend(), "majority-too-small")
        decided(world, rule=needed)
        world.act(amend())


def test_consent_is_enough_unless_those_absent_count() -> None:
    world = committee()
    decided(world, consent=True)
    world.act(amend())
    board = committee(load_preset("board-of-directors"))  # more than half of the seats
    decided(board, consent=True)
    board.refused(amend(), "majority-too-small")


def test_majority_is_that_of_the_first_kind_named_or_the_usual() -> None:
    majorities = ORDERS.majorities
    assert majority_of(majorities, "main") == HALF
    assert majority_of(majorities, "main", "rescind") == TWO_THIRDS
    assert majority_of(majorities) == HALF
