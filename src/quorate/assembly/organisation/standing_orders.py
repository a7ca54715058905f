"""Standing orders: a body adopts them once as it likes, and from then on changes them only as they themselves allow.

RONR (12th ed.) 2 (rules of an assembly), 57 (amending them): what may not be changed by whoever happens to be there
today is worth adopting.
"""

from typing import Any

import msgspec

from quorate.assembly import heads
from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.model.decision import Decision
from quorate.assembly.model.orders import Majorities, Order, StandingOrders
from quorate.assembly.model.organisation import Body
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, existing_body, orders_of, require
from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.counting.rule import Base, Majority, Rule
from quorate.counting.threshold import least

KIND = "amend-orders"
"""The kind of motion by which standing orders are changed."""

refusals(
    needs_decision="body",
    decision_elsewhere="decision owner body",
    decision_not_in_force="decision rescinded_by",
    decision_other_kind="decision kind wanted",
    majority_too_small="decision",
    order_unfit="rule fault",
)


class AdoptStandingOrders(Act, frozen=True):
    """Give a body its standing orders, whole; those it has are replaced only by its own decision."""

    body: str
    orders: StandingOrders
    decision: str = ""
    """The decision that it rests on; empty for the first orders of a body."""


class StandingOrdersAdopted(Event, frozen=True):
    """A body has standing orders."""

    act: AdoptStandingOrders


@decides(AdoptStandingOrders)
def adopt_standing_orders(
    state: State, act: AdoptStandingOrders, stamp: Stamp
) -> StandingOrdersAdopted:
    """Those who keep the books enter a body's first orders; later ones rest on a decision."""
    body = existing_body(state, act.body)
    require(state, stamp, KEEPERS, body)
    if body.orders is not None:
        require_change(state, body, act.decision)
    return StandingOrdersAdopted(act=act)


@evolves(StandingOrdersAdopted)
def standing_orders_adopted(state: State, event: StandingOrdersAdopted, stamp: Stamp) -> None:
    """The body is bound by its orders from now on."""
    state.bodies[event.act.body].orders = event.act.orders
    heads.orders_changed(state, event.act.body)


class AmendStandingOrder(Act, frozen=True):
    """Put another rule in the place of one of a body's standing orders, by its decision."""

    body: str
    rule: str
    """The name of the rule, such as `notice`."""
    value: dict[str, Any]
    """The new rule, whole: its clause, its words, and what it says."""
    decision: str


class StandingOrderAmended(Event, frozen=True):
    """A rule of a body's standing orders reads otherwise."""

    act: AmendStandingOrder


@decides(AmendStandingOrder)
def amend_standing_order(
    state: State, act: AmendStandingOrder, stamp: Stamp
) -> StandingOrderAmended:
    """Those who keep the books enter what the body decided by the majority that its orders ask for."""
    body = existing_body(state, act.body)
    require(state, stamp, KEEPERS, body)
    orders_of(body)
    if act.rule not in RULES:
        raise Refused("unknown", what="standing-order", id=act.rule)
    try:
        msgspec.convert(act.value, RULES[act.rule])
    except (msgspec.ValidationError, Malformed) as error:
        raise Refused("order-unfit", rule=act.rule, fault=str(error)) from None
    require_change(state, body, act.decision)
    return StandingOrderAmended(act=act)


@evolves(StandingOrderAmended)
def standing_order_amended(state: State, event: StandingOrderAmended, stamp: Stamp) -> None:
    """The rule reads as decided; the others stay."""
    act = event.act
    body = state.bodies[act.body]
    assert body.orders is not None, body.id
    rule = msgspec.convert(act.value, RULES[act.rule])
    body.orders = msgspec.structs.replace(body.orders, **{act.rule: rule})
    heads.orders_changed(state, body.id)


RULES: dict[str, type[Order]] = {
    field.name: field.type
    for field in msgspec.structs.fields(StandingOrders)
    if field.name != "preset"
}
"""The rules that standing orders consist of, by name."""


def majority_of(majorities: Majorities, *kinds: str) -> Rule:
    """The majority for the first of the kinds that the orders name, else the usual one."""
    return next(
        (majorities.by_kind[kind] for kind in kinds if kind in majorities.by_kind),
        majorities.usual,
    )


def require_change(state: State, body: Body, decision: str) -> None:
    """Return if a decision of the body allows its orders to be changed, else raise Refused."""
    orders = orders_of(body)
    clause = orders.majorities
    if not decision:
        raise Refused("needs-decision", body=body.id, clause=clause)
    basis = state.decision(decision)
    if basis.body != body.id:
        raise Refused("decision-elsewhere", decision=basis.id, owner=basis.body, body=body.id)
    if basis.rescinded_by:
        raise Refused("decision-not-in-force", decision=basis.id, rescinded_by=basis.rescinded_by)
    # A house whose table of precedence does not know the kind can change its orders by any motion.
    if basis.kind != KIND and KIND in orders.precedence.ranks:
        raise Refused("decision-other-kind", decision=basis.id, kind=basis.kind, wanted=KIND)
    if not carried_by(state, basis, majority_of(orders.majorities, KIND, "amend-adopted")):
        raise Refused("majority-too-small", decision=basis.id, clause=clause)


def carried_by(state: State, decision: Decision, rule: Rule) -> bool:
    """Whether the division on a decision shows that it met a rule.

    It does when it was taken under that rule, or when both are majorities of the same base and the votes for were
    enough for this one as well. Consent shows that nobody voted against; it does not count who is entitled or seated.
    """
    if not decision.division:
        return isinstance(rule, Majority) and rule.base not in (Base.ENTITLED, Base.SEATS)
    division = state.divisions[decision.division]
    if division.rule == rule:
        return True
    division_rule, outcome = division.rule, division.outcome
    if not (isinstance(division_rule, Majority) and isinstance(rule, Majority)) or outcome is None:
        return False
    # Of another base, or of a floor or a quorum that was not asked for, that division has measured nothing.
    if division_rule.base is not rule.base or rule.floors or rule.quorum:
        return False
    votes_for = outcome.needed + outcome.to_spare
    return votes_for >= least(rule.numerator, rule.denominator, rule.comparator, outcome.base)
