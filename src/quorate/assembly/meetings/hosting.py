"""Hosting: somebody is charged with preparing a meeting, often before it is convened, and answers for it.

The charge is open business until the meeting begins or is called off, or until the host declines or is relieved.
"""

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.audience import audience_of
from quorate.assembly.items import advance, dispose, open_item
from quorate.assembly.meetings.convening import require_convener
from quorate.assembly.model.meeting import Hosting
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, existing_body, may
from quorate.assembly.state import State, require_id

refusals(
    host_charged="host meeting",
    not_the_host="person meeting",
    hosting_accepted="host meeting",
)


class ChargeHost(Act, frozen=True):
    """Charge somebody with preparing a meeting; the meeting has this id when it is convened."""

    meeting: str
    body: str
    host: str
    text: str | None = None


class HostCharged(Event, frozen=True):
    """Somebody is charged with preparing a meeting."""

    act: ChargeHost


@decides(ChargeHost)
def charge_host(state: State, act: ChargeHost, stamp: Stamp) -> HostCharged:
    """Those who may convene the body, or keep its books, charge a host for a meeting that has not begun."""
    body = existing_body(state, act.body)
    if not may(state, stamp.by, KEEPERS, body, stamp.on):
        require_convener(state, stamp, body)
    require_id("meeting", act.meeting)
    state.person(act.host)
    if act.meeting in state.hostings:
        hosting = state.hostings[act.meeting]
        raise Refused("host-charged", host=hosting.host, meeting=act.meeting)
    meeting = state.meetings.get(act.meeting)
    if meeting is not None and meeting.body != act.body:
        raise Refused(
            "meeting-of-another-body", meeting=act.meeting, owner=meeting.body, body=act.body
        )
    if meeting is not None and meeting.status != "convened":
        raise Refused(
            "not-open", what="meeting", id=meeting.id, status=meeting.status, statuses=("convened",)
        )
    return HostCharged(act=act)


@evolves(HostCharged)
def host_charged(state: State, event: HostCharged, stamp: Stamp) -> None:
    """The convocation is open business of the host."""
    act = event.act
    state.hostings[act.meeting] = Hosting(meeting=act.meeting, body=act.body, host=act.host)
    _note_told(state, event)
    if act.meeting in state.meetings:
        state.meetings[act.meeting].host = act.host
    open_item(
        state,
        stamp,
        "convocation",
        act.meeting,
        body=act.body,
        owner=f"person:{act.host}",
        next_step="accept-hosting",
    )


class AcceptHosting(Act, frozen=True):
    """Acknowledge the charge and take it on."""

    meeting: str


class HostingAccepted(Event, frozen=True):
    """The host has taken the charge on."""

    act: AcceptHosting


@decides(AcceptHosting)
def accept_hosting(state: State, act: AcceptHosting, stamp: Stamp) -> HostingAccepted:
    """Only the host can."""
    hosting = _hosting(state, act.meeting, stamp.by)
    if stamp.by != hosting.host:
        raise Refused("not-the-host", person=stamp.by, meeting=act.meeting)
    if hosting.accepted:
        raise Refused("hosting-accepted", host=hosting.host, meeting=act.meeting)
    return HostingAccepted(act=act)


@evolves(HostingAccepted)
def hosting_accepted(state: State, event: HostingAccepted, stamp: Stamp) -> None:
    """The next step is the preparing itself."""
    _note_told(state, event)
    state.hostings[event.act.meeting].accepted = True
    advance(state, "convocation", event.act.meeting, "prepare-meeting")


class EndHosting(Act, frozen=True):
    """Decline the charge, or give it back; those who keep the books of the body may relieve the host."""

    meeting: str
    reason: str | None = None


class HostingEnded(Event, frozen=True):
    """Nobody is charged with preparing the meeting any longer."""

    act: EndHosting
    how: str
    """`declined` by the host, or `relieved`."""


@decides(EndHosting)
def end_hosting(state: State, act: EndHosting, stamp: Stamp) -> HostingEnded:
    """The host may, and those who keep the books of the body."""
    hosting = _hosting(state, act.meeting, stamp.by)
    if stamp.by == hosting.host:
        return HostingEnded(act=act, how="declined")
    if not may(state, stamp.by, KEEPERS, state.bodies[hosting.body], stamp.on):
        raise Refused("not-the-host", person=stamp.by, meeting=act.meeting)
    return HostingEnded(act=act, how="relieved")


@evolves(HostingEnded)
def hosting_ended(state: State, event: HostingEnded, stamp: Stamp) -> None:
    """Another may be charged."""
    key = event.act.meeting
    del state.hostings[key]
    _note_told(state, event)
    if key in state.meetings:
        state.meetings[key].host = ""
    dispose(state, stamp, "convocation", key, event.how)


def _note_told(state: State, event: HostCharged | HostingAccepted | HostingEnded) -> None:
    """Note the id of a meeting that is not convened yet if more than its body read it here."""
    key = event.act.meeting
    if key not in state.meetings and not audience_of(state, event, "act").startswith("body:"):
        state.told.setdefault(key, state.size)


def _hosting(state: State, meeting: str, person: str) -> Hosting:
    """The charge that waits for a meeting to begin, or Refused `not-the-host`."""
    hosting = state.hostings.get(meeting)
    if hosting is None:
        raise Refused("not-the-host", person=person, meeting=meeting)
    return hosting
