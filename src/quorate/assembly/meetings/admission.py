"""Admission: who is let into a meeting, in what capacity and under what name, and who has left.

A room that holds fewer than are in it is a recorded fact, not a refusal.
"""

from collections.abc import Iterator
from typing import Literal

from quorate.assembly.act import Act, Event, Stamp, decides, evolves, follows
from quorate.assembly.heads import came_or_went, is_present
from quorate.assembly.meetings.convening import require_status
from quorate.assembly.meetings.sitting import in_chair
from quorate.assembly.model.meeting import Meeting, Presence
from quorate.assembly.model.organisation import Body
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, may, orders_of, require_present, require_seat, seat_of
from quorate.assembly.state import State

refusals(
    not_invited="person meeting",
    already_present="person meeting",
    substitutes_not_allowed="body",
    not_the_substitute="person seat",
    seat_filled="seat meeting person",
    has_own_seat="person seat",
    alias_not_allowed="body",
    alias_taken="meeting",
    no_alias="person meeting",
    credentials_rejected="person meeting",
    already_invited="person meeting",
)


class AdmitToMeeting(Act, frozen=True):
    """Let somebody in."""

    meeting: str
    attendee: str
    capacity: Literal["member", "substitute", "guest"] = "member"
    seat: str = ""
    """For a substitute: the member whose seat they fill."""
    alias: str = ""
    """The name they go by inside, until it is lifted."""


class AttendeeAdmitted(Event, frozen=True):
    """Somebody is present."""

    act: AdmitToMeeting


@decides(AdmitToMeeting)
def admit_to_meeting(state: State, act: AdmitToMeeting, stamp: Stamp) -> AttendeeAdmitted:
    """Refused to whom neither a seat nor an invitation lets in; late admission is the same act."""
    meeting = state.meeting(act.meeting)
    require_status(meeting, "convened", "sitting", "recess")
    state.person(act.attendee)
    _require_doorkeeper(state, meeting, act.attendee, stamp)
    if is_present(meeting, act.attendee):
        raise Refused("already-present", person=act.attendee, meeting=meeting.id)
    body = state.bodies[meeting.body]
    if act.capacity == "member":
        _admits_member(state, meeting, body, act, stamp)
    elif act.capacity == "substitute":
        _admits_substitute(state, meeting, body, act, stamp)
    else:
        _admits_guest(meeting, body, act)
    if act.alias:
        _allows_alias(meeting, body, act)
    return AttendeeAdmitted(act=act)


@evolves(AttendeeAdmitted)
def attendee_admitted(state: State, event: AttendeeAdmitted, stamp: Stamp) -> None:
    """They are present; whoever comes back is one presence, with what was ruled about them."""
    act = event.act
    meeting = state.meetings[act.meeting]
    # Or who was rejected could come as a guest, leave, and come back as a member.
    former = meeting.presences.get(act.attendee)
    presence = Presence(
        person=act.attendee,
        capacity=act.capacity,
        seat=act.seat if act.capacity == "substitute" else "",
        alias=act.alias,
        admitted_at=stamp.at,
        challenged=former is not None and former.challenged,
        rejected=former is not None and former.rejected,
    )
    _enter(state, meeting, presence)


@follows(AttendeeAdmitted)
def overfills_room(state: State, event: AttendeeAdmitted, stamp: Stamp) -> Iterator[Event]:
    """A room that holds fewer than are present is overfilled."""
    meeting = state.meetings[event.act.meeting]
    if meeting.capacity is None:
        return
    if meeting.there > meeting.capacity:
        yield RoomOverfilled(meeting=meeting.id, present=meeting.there, capacity=meeting.capacity)


class RoomOverfilled(Event, frozen=True):
    """More are present than the room holds."""

    meeting: str
    present: int
    capacity: int


@evolves(RoomOverfilled)
def room_overfilled(state: State, event: RoomOverfilled, stamp: Stamp) -> None:
    """The meeting keeps by how many it was overfilled at most."""
    meeting = state.meetings[event.meeting]
    meeting.overfilled_by = max(meeting.overfilled_by, event.present - event.capacity)


class InviteGuest(Act, frozen=True):
    """Invite a guest to a meeting, so that they may be admitted though it is in confidence."""

    meeting: str
    guest: str


class GuestInvited(Event, frozen=True):
    """A guest is invited."""

    act: InviteGuest


@decides(InviteGuest)
def invite_guest(state: State, act: InviteGuest, stamp: Stamp) -> GuestInvited:
    """The one in the chair invites guests, and before the meeting those who keep the body's books."""
    meeting = state.meeting(act.meeting)
    require_status(meeting, "convened", "sitting", "recess")
    state.person(act.guest)
    body = state.bodies[meeting.body]
    if not in_chair(state, meeting.id, stamp.by) and not may(
        state, stamp.by, KEEPERS, body, stamp.on
    ):
        raise Refused("not-entitled", person=stamp.by, needs=KEEPERS)
    if act.guest in meeting.invited:
        raise Refused("already-invited", person=act.guest, meeting=meeting.id)
    return GuestInvited(act=act)


@evolves(GuestInvited)
def guest_invited(state: State, event: GuestInvited, stamp: Stamp) -> None:
    """The guest is on the list at the door."""
    state.meetings[event.act.meeting].invited.append(event.act.guest)


class RecordLeaving(Act, frozen=True):
    """Record that somebody has left."""

    meeting: str
    attendee: str


class LeavingRecorded(Event, frozen=True):
    """Somebody is present no longer."""

    act: RecordLeaving


@decides(RecordLeaving)
def record_leaving(state: State, act: RecordLeaving, stamp: Stamp) -> LeavingRecorded:
    """Whoever leaves says so, or those at the door do."""
    meeting = state.meeting(act.meeting)
    require_status(meeting, "convened", "sitting", "recess")
    require_present(meeting, act.attendee)
    if stamp.by != act.attendee:
        _require_doorkeeper(state, meeting, act.attendee, stamp)
    return LeavingRecorded(act=act)


@evolves(LeavingRecorded)
def leaving_recorded(state: State, event: LeavingRecorded, stamp: Stamp) -> None:
    """They are gone, and with them the floor or the chair if they had it."""
    leave(state, state.meetings[event.act.meeting], event.act.attendee, stamp)


class LiftAlias(Act, frozen=True):
    """End somebody's alias."""

    meeting: str
    attendee: str


class AliasLifted(Event, frozen=True):
    """Somebody goes by an alias no longer."""

    act: LiftAlias


@decides(LiftAlias)
def lift_alias(state: State, act: LiftAlias, stamp: Stamp) -> AliasLifted:
    """Whoever goes by it may, or the one in the chair."""
    meeting = state.meeting(act.meeting)
    presence = meeting.presences.get(act.attendee)
    if presence is None or not presence.alias:
        raise Refused("no-alias", person=act.attendee, meeting=meeting.id)
    if stamp.by != act.attendee and not in_chair(state, meeting.id, stamp.by):
        raise Refused(
            "not-entitled",
            person=stamp.by,
            needs=("alias-holder", "presiding"),
        )
    return AliasLifted(act=act)


@evolves(AliasLifted)
def alias_lifted(state: State, event: AliasLifted, stamp: Stamp) -> None:
    """From now on they go by their own name."""
    meeting = state.meetings[event.act.meeting]
    presence = meeting.presences[event.act.attendee]
    _free_alias(meeting, presence)
    presence.alias = ""


def _enter(state: State, meeting: Meeting, presence: Presence) -> None:
    """Let somebody be there who is not."""
    former = meeting.presences.get(presence.person, presence)
    meeting.presences[presence.person] = presence
    meeting.there += 1
    if presence.seat:
        meeting.filled[presence.seat] = presence.person
    if presence.alias:
        meeting.aliases[presence.alias] = presence.person
    came_or_went(state, meeting, former, presence)


def leave(state: State, meeting: Meeting, person: str, stamp: Stamp) -> None:
    """Let somebody who is present be gone: their turn ends, and the chair is vacant if they had it."""
    presence = meeting.presences[person]
    presence.left_at = stamp.at
    meeting.there -= 1
    if presence.seat:
        del meeting.filled[presence.seat]
    _free_alias(meeting, presence)
    came_or_went(state, meeting, presence)
    if meeting.speaking and meeting.turns[meeting.speaking].person == person:
        meeting.turns[meeting.speaking].yielded_at = stamp.at
        meeting.speaking = ""
    if meeting.chair == person:
        meeting.chair = ""


def _require_doorkeeper(state: State, meeting: Meeting, attendee: str, stamp: Stamp) -> None:
    """Return if the one who acts may admit: the chair, secretary, clerk or host, or a member themself to an open meeting."""
    body = state.bodies[meeting.body]
    at_door = stamp.by == meeting.host or in_chair(state, meeting.id, stamp.by)
    if at_door or may(state, stamp.by, KEEPERS, body, stamp.on):
        return
    if stamp.by == attendee and not meeting.in_confidence:
        return
    raise Refused(
        "not-entitled",
        person=stamp.by,
        needs=(*KEEPERS, "host"),
    )


def _admits_member(
    state: State, meeting: Meeting, body: Body, act: AdmitToMeeting, stamp: Stamp
) -> None:
    require_seat(state, act.attendee, body, stamp.on)
    _check_rejected(meeting, act)
    _check_seat_free(meeting, act.attendee)


def _admits_substitute(
    state: State, meeting: Meeting, body: Body, act: AdmitToMeeting, stamp: Stamp
) -> None:
    rule = orders_of(body).substitutes
    if not rule.allowed:
        raise Refused("substitutes-not-allowed", body=body.id, clause=rule)
    seat = require_seat(state, act.seat, body, stamp.on)
    if seat.substitute != act.attendee:
        raise Refused("not-the-substitute", person=act.attendee, seat=act.seat, clause=rule)
    own_seat = seat_of(state, body, act.attendee, stamp.on)
    if own_seat is not None and own_seat.weight > 0:
        raise Refused("has-own-seat", person=act.attendee, seat=act.seat)
    _check_rejected(meeting, act)
    if is_present(meeting, act.seat) and meeting.presences[act.seat].capacity == "member":
        raise Refused("seat-filled", seat=act.seat, meeting=meeting.id, person=act.seat)
    _check_seat_free(meeting, act.seat)


def _admits_guest(meeting: Meeting, body: Body, act: AdmitToMeeting) -> None:
    rule = orders_of(body).attendance
    if not rule.guests or (meeting.in_confidence and act.attendee not in meeting.invited):
        raise Refused("not-invited", person=act.attendee, meeting=meeting.id, clause=rule)


def _check_rejected(meeting: Meeting, act: AdmitToMeeting) -> None:
    presence = meeting.presences.get(act.attendee)
    if presence is not None and presence.rejected:
        raise Refused("credentials-rejected", person=act.attendee, meeting=meeting.id)


def _check_seat_free(meeting: Meeting, seat: str) -> None:
    """Return if no substitute who is present fills a seat, else raise Refused `seat-filled`."""
    if person := meeting.filled.get(seat):
        raise Refused("seat-filled", seat=seat, meeting=meeting.id, person=person)


def _allows_alias(meeting: Meeting, body: Body, act: AdmitToMeeting) -> None:
    rule = orders_of(body).attendance
    if not rule.aliases:
        raise Refused("alias-not-allowed", body=body.id, clause=rule)
    if act.alias in meeting.aliases:
        raise Refused("alias-taken", meeting=meeting.id)


def _free_alias(meeting: Meeting, presence: Presence) -> None:
    if meeting.aliases.get(presence.alias) == presence.person:
        del meeting.aliases[presence.alias]
