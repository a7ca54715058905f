"""Quorum reached and lost: facts that follow by themselves from whatever changes who is there or who must be.

They alternate for each meeting, from its convening to its adjournment. Whether business may go on is asked anew of each
act (`roll.require_business`), so that a term that ends overnight counts though no event says so. RONR (12th ed.) 40.
"""

from collections.abc import Iterator
from typing import Any

from quorate.assembly.act import Event, Stamp, evolves, follows
from quorate.assembly.affairs.appeals import MeasureAppealDecided
from quorate.assembly.affairs.discipline import MeasureTaken
from quorate.assembly.affairs.resignations import ResignationAccepted, ResignationEffected
from quorate.assembly.meetings.admission import AttendeeAdmitted, LeavingRecorded
from quorate.assembly.meetings.convening import MeetingConvened
from quorate.assembly.meetings.credentials import CredentialsRuled
from quorate.assembly.meetings.proxies import ProxyGiven, ProxyRevoked
from quorate.assembly.meetings.sitting import MeetingOpened, MeetingResumed
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.organisation.membership import (
    DepartureRecorded,
    MemberReinstated,
    MemberSeated,
    MemberSuspended,
    MemberUnseated,
)
from quorate.assembly.organisation.standing_orders import (
    StandingOrderAmended,
    StandingOrdersAdopted,
)
from quorate.assembly.roll import has_quorum, orders_of, quorum_needed, quorum_present
from quorate.assembly.state import State


class QuorumReached(Event, frozen=True):
    """A meeting has its quorum."""

    meeting: str
    present: int
    needed: int


@evolves(QuorumReached)
def quorum_reached(state: State, event: QuorumReached, stamp: Stamp) -> None:
    """The meeting is known to have its quorum."""
    state.meetings[event.meeting].had_quorum = True


class QuorumLost(Event, frozen=True):
    """A meeting has its quorum no longer; where it is continuous, business stops."""

    meeting: str
    present: int
    needed: int


@evolves(QuorumLost)
def quorum_lost(state: State, event: QuorumLost, stamp: Stamp) -> None:
    """The meeting is known to lack its quorum."""
    state.meetings[event.meeting].had_quorum = False


def recount_at_door(state: State, event: Any, stamp: Stamp) -> Iterator[Event]:
    """Who came or went may make or break the quorum of their meeting; nobody breaks it by coming."""
    meeting = state.meetings[event.act.meeting]
    if not (meeting.had_quorum and isinstance(event, AttendeeAdmitted)):
        yield from recount(state, meeting, stamp)


AT_DOOR: tuple[type[Event], ...] = (
    AttendeeAdmitted,
    LeavingRecorded,
    CredentialsRuled,
    MeetingConvened,
    MeetingOpened,
    MeetingResumed,
)
"""What changes who is there, or brings a meeting to a new day."""
for _event in AT_DOOR:
    follows(_event)(recount_at_door)


def recount_everywhere(state: State, event: Event, stamp: Stamp) -> Iterator[Event]:
    """Who is seated, represented or required may change under any meeting that is not over. Cost: a look at each."""
    for meeting in state.meetings.values():
        # A meeting that nobody has come to is left alone: seating a whole membership must not count it each time. But
        # where nobody was needed it has a quorum all the same, and loses it once somebody is.
        if meeting.presences or meeting.had_quorum:
            yield from recount(state, meeting, stamp)


ELSEWHERE: tuple[type[Event], ...] = (
    ProxyGiven,
    ProxyRevoked,
    MemberSeated,
    MemberUnseated,
    MemberSuspended,
    MemberReinstated,
    DepartureRecorded,
    ResignationEffected,
    ResignationAccepted,
    MeasureTaken,
    MeasureAppealDecided,
    StandingOrdersAdopted,
    StandingOrderAmended,
)
"""What changes who is represented, seated or required."""
for _event in ELSEWHERE:
    follows(_event)(recount_everywhere)


def recount(state: State, meeting: Meeting, stamp: Stamp) -> Iterator[Event]:
    """The quorum of a meeting that is not over, reached or lost since it was last counted."""
    if meeting.status in ("adjourned", "called-off"):
        return
    is_quorate = has_quorum(state, meeting, stamp.on)
    if is_quorate == meeting.had_quorum:
        return
    body = state.bodies[meeting.body]
    present = quorum_present(state, meeting, stamp.on)
    needed = quorum_needed(state, body, orders_of(body).quorum, stamp.on)
    kind = QuorumReached if is_quorate else QuorumLost
    yield kind(meeting=meeting.id, present=present, needed=needed)
