"""Competing motions on one question: their group, and the order in which they are voted on.

The standing orders say whether that is the order of moving, the reverse, or the order of how far each goes, which only
the chair can tell. RONR (12th ed.) 27:5 (filling blanks: the order of voting); Citrine, ABC of Chairmanship.
"""

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.model.motion import Motion, MotionGroup
from quorate.assembly.model.orders import StandingOrders
from quorate.assembly.motions.precedence import BRINGS_BACK
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import orders_of, require_chair
from quorate.assembly.state import State, require_id

refusals(
    group_begun="group",
    group_unclear="",
    order_needed="group",
    not_in_turn="motion next",
    no_competitor="motion kind",
)


class GroupMotions(Act, frozen=True):
    """Treat pending motions as competing ones, and say in which order they are put."""

    group: str
    meeting: str
    motions: tuple[str, ...]
    order: tuple[str, ...] = ()
    """The order of voting; may be left out where the standing orders say it."""


class MotionsGrouped(Event, frozen=True):
    """Motions compete, and the order of voting on them is recorded."""

    act: GroupMotions
    order: tuple[str, ...]


@decides(GroupMotions, opens="group")
def group_motions(state: State, act: GroupMotions, stamp: Stamp) -> MotionsGrouped:
    """The chair does, before any of them is put."""
    meeting = state.meeting(act.meeting)
    require_chair(meeting, stamp.by)
    orders = orders_of(state.bodies[meeting.body])
    require_id("group", act.group)
    if (group := state.groups.get(act.group)) is not None:
        _require_not_begun(group)
    for key in act.motions:
        require_competitor(orders, key, state.motion(key).kind)
    if len(set(act.motions)) < 2 or len(set(act.motions)) != len(act.motions):
        raise Refused("group-unclear")
    _require_waiting(state, meeting, act.motions)
    order = act.order or usual_order(orders, act.motions)
    if not order:
        raise Refused("order-needed", group=act.group, clause=orders.voting)
    if sorted(order) != sorted(act.motions):
        raise Refused("group-unclear")
    return MotionsGrouped(act=act, order=order)


@evolves(MotionsGrouped)
def motions_grouped(state: State, event: MotionsGrouped, stamp: Stamp) -> None:
    """The motions belong to the group and no other."""
    act = event.act
    meeting = state.meetings[act.meeting]
    state.groups[act.group] = MotionGroup(
        id=act.group,
        body=meeting.body,
        meeting=meeting.id,
        motions=act.motions,
        order=event.order,
    )
    for key in act.motions:
        state.motions[key].group = act.group


def join_group(state: State, motion: Motion, orders: StandingOrders) -> None:
    """A motion just moved joins its group; called while an event changes the state."""
    group = state.groups.setdefault(
        motion.group, MotionGroup(id=motion.group, body=motion.body, meeting=motion.meeting)
    )
    group.motions = (*group.motions, motion.id)
    group.order = usual_order(orders, group.motions)


def usual_order(orders: StandingOrders, motions: tuple[str, ...]) -> tuple[str, ...]:
    """The order of voting that the standing orders give; empty where it is for the chair to say."""
    match orders.voting.competing:
        case "as-moved":
            return motions
        case "reverse":
            return motions[::-1]
        case "furthest-first":
            return () if len(motions) > 1 else motions


def require_competitor(orders: StandingOrders, motion: str, kind: str) -> None:
    """Return if a motion is of a kind that can stand for itself beside another, else raise Refused `no-competitor`."""
    rank = orders.precedence.ranks.get(kind)
    if rank is not None and rank.rank != 1 and kind not in BRINGS_BACK:
        raise Refused("no-competitor", motion=motion, kind=kind)


def require_open_group(state: State, group: str, meeting: str) -> None:
    """Return if a motion can still join a group of a meeting, else raise Refused."""
    require_id("group", group)
    existing = state.groups.get(group)
    if existing is None:
        return
    if existing.meeting != meeting:
        raise Refused("exists", what="group", id=group)
    _require_not_begun(existing)


def require_turn(state: State, motion: Motion) -> None:
    """Return if a motion is the next of its group to be put, or has no group, else raise Refused."""
    group = state.groups.get(motion.group)
    if group is None:
        return
    undecided = [key for key in group.motions if state.motions[key].status == "pending"]
    if len(undecided) > 1 and not group.order:
        clause = orders_of(state.bodies[group.body]).voting
        raise Refused("order-needed", group=group.id, clause=clause)
    next_motion = next((key for key in group.order if key in undecided), motion.id)
    if next_motion != motion.id:
        clause = orders_of(state.bodies[group.body]).voting
        raise Refused("not-in-turn", motion=motion.id, next=next_motion, clause=clause)


def rivals(state: State, motion: Motion) -> list[Motion]:
    """The other motions of a group that are still undecided before the meeting."""
    group = state.groups.get(motion.group)
    if group is None:
        return []
    others = (state.motions[key] for key in group.motions if key != motion.id)
    return [other for other in others if other.status in ("moved", "pending")]


def _require_not_begun(group: MotionGroup) -> None:
    if group.begun:
        raise Refused("group-begun", group=group.id)


def _require_waiting(state: State, meeting: Meeting, motions: tuple[str, ...]) -> None:
    for key in motions:
        motion = state.motion(key)
        if key not in meeting.pending and motion.status != "moved":
            raise Refused(
                "not-open",
                what="motion",
                id=key,
                status=motion.status,
                statuses=("moved", "pending"),
            )
