"""Circular votes: a body decides without a meeting, within a period, unless enough members demand a meeting instead.

When the period is over the vote has ended, without anybody's doing; what is left is to declare its result.

The quorum becomes a floor of participation: too few answers leave no decision. RONR (12th ed.) 9:30–36 has votes only
in meetings unless the bylaws say otherwise; the standing orders say it here.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated

import msgspec

from quorate.assembly.act import Act, Event, Stamp, decides, evolves, follows
from quorate.assembly.divisions.divisions import abandon, begin
from quorate.assembly.divisions.entitlement import require_on_register
from quorate.assembly.divisions.figures import tally_of
from quorate.assembly.divisions.opening import Opening, opening_by_circular
from quorate.assembly.divisions.status import require_open, require_running
from quorate.assembly.due import ends_by, not_due, set_due
from quorate.assembly.items import advance
from quorate.assembly.model.division import Division
from quorate.assembly.motions.precedence import require_vote
from quorate.assembly.motions.targets import require_status
from quorate.assembly.organisation.membership import require_clerk
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, existing_body, orders_of, require
from quorate.assembly.state import State, new
from quorate.counting.tally import Tally

refusals(
    not_for_circular="motion meeting",
    period_too_short="days",
    meeting_demanded="motion demanded_by",
    already_demanded="person",
)

Instant = Annotated[datetime, msgspec.Meta(tz=True)]


class OpenCircularVote(Act, frozen=True):
    """Put a motion to a body in writing."""

    division: str
    motion: str
    closes_at: Instant | None = None
    """The end of its period; as soon as the standing orders allow if not given."""


class CircularVoteOpened(Event, frozen=True):
    """A circular vote runs."""

    act: OpenCircularVote
    opening: Opening


@decides(OpenCircularVote, opens="division")
def open_circular_vote(state: State, act: OpenCircularVote, stamp: Stamp) -> CircularVoteOpened:
    """Those who keep the books of the body, on a motion moved for a circular vote and seconded if it needs that."""
    new(state.divisions, "division", act.division)
    motion = state.motion(act.motion)
    if motion.meeting:
        raise Refused("not-for-circular", motion=motion.id, meeting=motion.meeting)
    body = existing_body(state, motion.body)
    require(state, stamp, KEEPERS, body)
    orders = orders_of(body)
    if not orders.circular.allowed:
        raise Refused("circular-not-allowed", body=body.id, clause=orders.circular)
    if motion.status == "moved":
        raise Refused("needs-second", motion=motion.id, clause=orders.seconding)
    require_status(motion, "pending", "no-decision")
    require_vote(orders, motion)
    last = state.divisions.get(motion.division)
    if last is not None and len(last.demanded_by) >= orders.circular.demand_meeting:
        who = last.demanded_by
        clause = orders.circular
        raise Refused("meeting-demanded", motion=motion.id, demanded_by=who, clause=clause)
    soonest = stamp.at + timedelta(days=orders.circular.days)
    closes_at = act.closes_at or soonest
    if closes_at < soonest:
        days = orders.circular.days
        raise Refused("period-too-short", days=days, clause=orders.circular)
    return CircularVoteOpened(act=act, opening=opening_by_circular(state, motion, stamp, closes_at))


@evolves(CircularVoteOpened)
def circular_vote_opened(state: State, event: CircularVoteOpened, stamp: Stamp) -> None:
    """The period runs and the register is frozen."""
    begin(state, event.act.division, event.opening, stamp)
    assert event.opening.closes_at is not None
    set_due(state, "division", event.act.division, event.opening.closes_at)
    advance(state, "motion", event.opening.motion, "vote-in-writing")


class EndCircularVote(Act, frozen=True):
    """Say that the period of a circular vote is over; entered by whatever keeps the record, for the clerk."""

    division: str


class CircularVoteEnded(Event, frozen=True):
    """The period of a circular vote is over, at this very instant; the figures in heads and in weight."""

    act: EndCircularVote
    heads: Tally
    weight: Tally


@decides(EndCircularVote)
def end_circular_vote(state: State, act: EndCircularVote, stamp: Stamp) -> CircularVoteEnded:
    """At the instant at which the period ends, and at no other; in the clerk's name."""
    require_clerk(state, stamp)
    return ending(state.division(act.division), act, stamp)


def ending(division: Division, act: EndCircularVote, stamp: Stamp) -> CircularVoteEnded:
    """The end of the voting at the end of the period."""
    _require_circular(division)
    if stamp.at != division.closes_at:
        raise Refused("period-runs", division=division.id, closes_at=division.closes_at)
    return CircularVoteEnded(act=act, heads=tally_of(division, "heads"), weight=tally_of(division))


@evolves(CircularVoteEnded)
def circular_vote_ended(state: State, event: CircularVoteEnded, stamp: Stamp) -> None:
    """No vote comes in any more, and the result can be declared."""
    state.divisions[event.act.division].status = "closed"
    not_due(state, "division", event.act.division)


ends_by("division", lambda key: EndCircularVote(division=key))


class DemandMeeting(Act, frozen=True):
    """Demand that a motion put in writing be decided at a meeting instead."""

    division: str


class MeetingDemanded(Event, frozen=True):
    """A member demands a meeting instead of a circular vote."""

    act: DemandMeeting


@decides(DemandMeeting)
def demand_meeting(state: State, act: DemandMeeting, stamp: Stamp) -> MeetingDemanded:
    """Anyone on the register of a circular vote, once, while it runs."""
    return demanding_meeting(state.division(act.division), act, stamp)


def demanding_meeting(division: Division, act: DemandMeeting, stamp: Stamp) -> MeetingDemanded:
    """A demand of somebody on the register of a circular vote, their first."""
    require_running(division, stamp)
    _require_circular(division)
    require_on_register(division, stamp.by)
    if stamp.by in division.demanded_by:
        raise Refused("already-demanded", person=stamp.by)
    return MeetingDemanded(act=act)


@evolves(MeetingDemanded)
def meeting_demanded(state: State, event: MeetingDemanded, stamp: Stamp) -> None:
    """The demand is counted."""
    division = state.divisions[event.act.division]
    division.demanded_by = (*division.demanded_by, stamp.by)


@follows(MeetingDemanded)
def circular_cancelled(state: State, event: MeetingDemanded, stamp: Stamp) -> Iterator[Event]:
    """Enough demands end the circular vote."""
    division = state.divisions[event.act.division]
    order = orders_of(state.bodies[division.body]).circular
    if len(division.demanded_by) >= order.demand_meeting:
        yield cancelling(division)


class CircularVoteCancelled(Event, frozen=True):
    """Enough members demand a meeting: the circular vote is void; follows by itself."""

    division: str
    demanded_by: tuple[str, ...]


def cancelling(division: Division) -> CircularVoteCancelled:
    """The end of a circular vote by all who have demanded a meeting."""
    return CircularVoteCancelled(division=division.id, demanded_by=division.demanded_by)


@evolves(CircularVoteCancelled)
def circular_vote_cancelled(state: State, event: CircularVoteCancelled, stamp: Stamp) -> None:
    """The motion waits for a meeting of the body."""
    division = state.divisions[event.division]
    abandon(state, division)
    advance(state, "motion", division.motion, "meet-on-it")


def _require_circular(division: Division) -> None:
    require_open(division)
    if division.method != "circular":
        raise Refused("wrong-method", division=division.id, method=division.method)
