"""The chair's rulings on motions: that one is out of order, and on what ground, or in order after all.

The ground is a decision in force, a clause of one, or a standing order; whether they really conflict is for the chair to
say and for an appeal to correct. A motion that the chair decides (a question of privilege) is granted by ruling it in
order. RONR (12th ed.) 19, 23, 39.
"""

from collections.abc import Iterator

from quorate.assembly.act import Act, Event, Stamp, decides, evolves, follows
from quorate.assembly.model.motion import Motion
from quorate.assembly.model.orders import Order, StandingOrders
from quorate.assembly.motions.decided import MotionDecided
from quorate.assembly.motions.pending import end_motion, open_motion, put_before
from quorate.assembly.motions.precedence import (
    needs_second,
    rank_of,
    require_in_order,
    require_no_vote,
)
from quorate.assembly.motions.targets import require_clause, require_decision, require_status
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import orders_of, require_business, require_chair
from quorate.assembly.state import State

refusals(
    ruling_needs_ground="",
    nothing_to_rule="motion",
)


class RuleOutOfOrder(Act, frozen=True):
    """Rule a motion out of order."""

    motion: str
    decision: str = ""
    """The decision, or its clause `decision/n`, that it conflicts with."""
    order: str = ""
    """The number of the clause of the standing orders that it conflicts with."""
    reason: str | None = None


class MotionDisallowed(Event, frozen=True):
    """A motion was ruled out of order."""

    act: RuleOutOfOrder


@decides(RuleOutOfOrder)
def rule_out_of_order(state: State, act: RuleOutOfOrder, stamp: Stamp) -> MotionDisallowed:
    """The chair, while the motion is before the meeting and not put; the ground must exist."""
    motion = _require_ruling(state, act.motion, stamp)
    require_status(motion, "moved", "pending")
    if bool(act.decision) == bool(act.order):
        raise Refused("ruling-needs-ground")
    if act.order:
        _require_clause_of(orders_of(state.bodies[motion.body]), act.order)
    elif "/" in act.decision:
        require_clause(state, act.decision, None)
    else:
        require_decision(state, act.decision)
    return MotionDisallowed(act=act)


@evolves(MotionDisallowed)
def motion_disallowed(state: State, event: MotionDisallowed, stamp: Stamp) -> None:
    """The motion is off the list, and says on what ground."""
    act = event.act
    motion = state.motions[act.motion]
    motion.ruled_on = act.decision or f"order:{act.order}"
    end_motion(state, stamp, motion, "out-of-order")


class RuleInOrder(Act, frozen=True):
    """Rule that a motion is in order: take a ruling back, or grant what the chair decides."""

    motion: str
    reason: str | None = None


class MotionAllowed(Event, frozen=True):
    """A motion was ruled in order."""

    act: RuleInOrder


@decides(RuleInOrder)
def rule_in_order(state: State, act: RuleInOrder, stamp: Stamp) -> MotionAllowed:
    """The chair, of a motion that was ruled out of order or that it is for the chair to grant."""
    motion = _require_ruling(state, act.motion, stamp)
    if motion.status == "pending" and is_granted(state, motion):
        return MotionAllowed(act=act)
    if motion.status != "out-of-order":
        raise Refused("nothing-to-rule", motion=motion.id)
    meeting = state.meetings[motion.meeting]
    require_in_order(state, meeting, motion.kind, motion.target, motion.group)
    return MotionAllowed(act=act)


@evolves(MotionAllowed)
def motion_allowed(state: State, event: MotionAllowed, stamp: Stamp) -> None:
    """A motion that was ruled out is pending, or still in want of a second."""
    motion = state.motions[event.act.motion]
    if motion.status != "out-of-order":
        return
    motion.ruled_on = ""
    motion.status = "moved"
    open_motion(state, stamp, motion, "second")
    orders = orders_of(state.bodies[motion.body])
    if motion.seconder or not needs_second(orders, motion.kind):
        put_before(state, motion)


@follows(MotionAllowed)
def granted(state: State, event: MotionAllowed, stamp: Stamp) -> Iterator[Event]:
    """What is for the chair to decide is adopted by being granted."""
    motion = state.motions[event.act.motion]
    if motion.status == "pending" and is_granted(state, motion):
        yield MotionDecided(motion=motion.id, result="adopted")


def is_granted(state: State, motion: Motion) -> bool:
    """Whether a motion is of a kind that the chair decides, or that one member's demand is enough for."""
    orders = orders_of(state.bodies[motion.body])
    return rank_of(orders, motion.kind, motion.body).decided != "vote"


def _require_ruling(state: State, key: str, stamp: Stamp) -> Motion:
    motion = state.motion(key)
    meeting = state.meeting(motion.meeting)
    require_business(state, meeting, stamp.on)
    require_chair(meeting, stamp.by)
    require_no_vote(state, meeting, "ruling")
    return motion


def _require_clause_of(orders: StandingOrders, number: str) -> None:
    rules = (getattr(orders, name) for name in orders.__struct_fields__)
    if number not in {order.clause for order in rules if isinstance(order, Order)}:
        raise Refused("unknown", what="standing-order", id=number)
