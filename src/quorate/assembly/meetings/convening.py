"""Convening: a meeting is convened with its notice, moved to another place, or called off.

Clear days of notice: neither the day of the notice nor that of the meeting counts. A meeting is also an event of the
calendar, under the same id. RONR (12th ed.) 9:1–5 (call of the meeting), 9:13–15 (special meetings).
"""

from datetime import date, datetime
from typing import Annotated

import msgspec

from quorate.assembly import heads
from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.items import dispose, is_open, open_item
from quorate.assembly.model.calendar import CalendarEvent
from quorate.assembly.model.meeting import AgendaItem, Heading, Meeting
from quorate.assembly.model.orders import Notice
from quorate.assembly.model.organisation import Body
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, existing_body, may, orders_of, seat_of
from quorate.assembly.state import State, new
from quorate.canon.moment import Day

refusals(
    meeting_of_another_body="meeting owner body",
    not_entitled_to_convene="person body needs",
    notice_too_short="meeting short_by clear needed",
    day_unlike_instant="meeting day starts_at",
    day_past="meeting day today",
    place_in_confidence="meeting",
    cover_missing="meeting",
    id_told="meeting",
)

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""An instant that says its offset; one that does not is Malformed."""


class ConveneMeeting(Act, frozen=True):
    """Convene a body."""

    meeting: str
    body: str
    title: str
    starts_at: Instant
    day: Day
    """The day of the meeting where it is held, as written; within a day of `starts_at`."""
    agenda: tuple[Heading, ...] = ()
    capacity: Annotated[int, msgspec.Meta(ge=0)] | None = None
    in_confidence: bool = False
    cover: str = ""
    """What entries have in the place of its id where everybody reads it: drawn at random, if the meeting is in confidence."""
    urgent: bool = False
    """Called urgent, where the standing orders allow shorter notice for that."""
    requested_by: tuple[str, ...] = ()
    """The members who demand the meeting, where a number of them together may convene."""
    invited: tuple[str, ...] = ()
    """Guests who may be admitted though the meeting is in confidence."""
    place: str = ""
    """For the calendar; empty when in confidence."""
    city: str = ""
    notice: str | None = None
    venue: str | None = None


class MeetingConvened(Event, frozen=True):
    """A meeting is convened and its notice is out."""

    act: ConveneMeeting
    short_by: int = 0
    """Days by which its notice is too short."""


@decides(ConveneMeeting, opens="meeting")
def convene_meeting(state: State, act: ConveneMeeting, stamp: Stamp) -> MeetingConvened:
    """Refused to those who may not convene, and when the notice is too short under the standing orders."""
    new(state.meetings, "meeting", act.meeting)
    new(state.calendar, "calendar-event", act.meeting)
    body = existing_body(state, act.body)
    require_convener(state, stamp, body, act.requested_by)
    _require_same_body(state, act)
    _check_day(act, stamp)
    _check_confidence(state, act)
    _check_headings(act.agenda)
    rule = orders_of(body).notice
    short_by = require_notice(rule, act.meeting, stamp.on, act.day.on, urgent=act.urgent)
    return MeetingConvened(act=act, short_by=short_by)


@evolves(MeetingConvened)
def meeting_convened(state: State, event: MeetingConvened, stamp: Stamp) -> None:
    """The meeting is on the calendar; a notice that is too short is open business."""
    meeting = state.meetings[event.act.meeting] = _as_convened(state, event, stamp)
    state.calendar[meeting.id] = _entry_of(state, event.act)
    if meeting.cover:
        state.covers[meeting.cover] = meeting.id
    if event.short_by:
        open_short_notice(state, stamp, meeting)


def _require_same_body(state: State, act: ConveneMeeting) -> None:
    """Return if a meeting that has its host already is one of the body that is now convened."""
    hosting = state.hostings.get(act.meeting)
    if hosting is not None and hosting.body != act.body:
        raise Refused(
            "meeting-of-another-body", meeting=act.meeting, owner=hosting.body, body=act.body
        )


def _check_confidence(state: State, act: ConveneMeeting) -> None:
    """Return if a meeting in confidence has no place in the open, and a cover; and if its guests are known. Else refuse.

    The id of a meeting says what people called it. So in confidence another stands for it where everybody reads it, and
    neither can be taken for the other. An id that others have read already, as its host was charged, keeps nothing.
    """
    for guest in act.invited:
        state.person(guest)
    if act.in_confidence and act.place:
        raise Refused("place-in-confidence", meeting=act.meeting)
    if act.in_confidence and not act.cover:
        raise Refused("cover-missing", meeting=act.meeting)
    if act.in_confidence and act.meeting in state.told:
        raise Refused("id-told", meeting=act.meeting)
    new(state.covers, "meeting", act.meeting)
    if act.cover:
        for taken in (state.meetings, state.covers, {act.meeting: act}):
            new(taken, "meeting", act.cover)


def _as_convened(state: State, event: MeetingConvened, stamp: Stamp) -> Meeting:
    act = event.act
    hosting = state.hostings.get(act.meeting)
    return Meeting(
        id=act.meeting,
        body=act.body,
        title=act.title,
        convened_by=stamp.by,
        noticed_on=stamp.on,
        starts_at=act.starts_at,
        day=act.day,
        capacity=act.capacity,
        in_confidence=act.in_confidence,
        cover=act.cover,
        short_notice_by=event.short_by,
        host=hosting.host if hosting else "",
        invited=list(act.invited),
        venue=act.venue,
        agenda={
            heading.id: AgendaItem(
                id=heading.id, title=heading.title, parent=heading.parent, minutes=heading.minutes
            )
            for heading in act.agenda
        },
    )


def _entry_of(state: State, act: ConveneMeeting) -> CalendarEvent:
    return CalendarEvent(
        id=act.meeting,
        title=act.title,
        day=act.day,
        at=act.starts_at,
        bodies=(act.body,),
        place=act.place,
        city=act.city,
        notice_days=orders_of(state.bodies[act.body]).notice.days,
        meeting=act.meeting,
    )


class MoveVenue(Act, frozen=True):
    """Hold a meeting in another place."""

    meeting: str
    place: str = ""
    city: str = ""
    """Empty: the city stays."""
    venue: str | None = None


class VenueMoved(Event, frozen=True):
    """A meeting is to be held in another place."""

    act: MoveVenue


@decides(MoveVenue)
def move_venue(state: State, act: MoveVenue, stamp: Stamp) -> VenueMoved:
    """Those who arrange a meeting, its host among them, may until it has adjourned."""
    meeting = state.meeting(act.meeting)
    require_arranger(state, stamp, meeting)
    require_status(meeting, "convened", "sitting", "recess")
    if meeting.in_confidence and act.place:
        raise Refused("place-in-confidence", meeting=meeting.id)
    return VenueMoved(act=act)


@evolves(VenueMoved)
def venue_moved(state: State, event: VenueMoved, stamp: Stamp) -> None:
    """Venue and place are the new ones; an erased venue is none."""
    act = event.act
    state.meetings[act.meeting].venue = act.venue
    entry = state.calendar[act.meeting]
    entry.place = act.place
    entry.city = act.city or entry.city


class CallOffMeeting(Act, frozen=True):
    """Call off a meeting that has not begun."""

    meeting: str
    reason: str | None = None


class MeetingCancelled(Event, frozen=True):
    """A meeting was called off."""

    act: CallOffMeeting


@decides(CallOffMeeting)
def call_off_meeting(state: State, act: CallOffMeeting, stamp: Stamp) -> MeetingCancelled:
    """Those who arrange a meeting, its host among them, may until it begins."""
    meeting = state.meeting(act.meeting)
    require_arranger(state, stamp, meeting)
    require_status(meeting, "convened")
    return MeetingCancelled(act=act)


@evolves(MeetingCancelled)
def meeting_cancelled(state: State, event: MeetingCancelled, stamp: Stamp) -> None:
    """The meeting will not take place; nothing about its notice or its host waits any longer."""
    key = event.act.meeting
    state.meetings[key].status = "called-off"
    heads.meeting_over(state, key)
    state.calendar[key].cancelled = True
    end_convocation(state, stamp, key, "called-off")
    if is_open(state, "short-notice", key):
        dispose(state, stamp, "short-notice", key, "called-off")


def end_convocation(state: State, stamp: Stamp, meeting: str, how: str) -> None:
    """Dispose of the charge to prepare a meeting, if somebody had it; the meeting still says who was host."""
    if state.hostings.pop(meeting, None) is not None:
        dispose(state, stamp, "convocation", meeting, how)


def clear_days(noticed_on: date, held_on: date) -> int:
    """The days between a notice and a meeting, without the day of either."""
    return max(0, (held_on - noticed_on).days - 1)


def require_notice(
    rule: Notice, meeting: str, noticed_on: date, held_on: date, *, urgent: bool = False
) -> int:
    """The days by which a notice is too short where that is flagged; 0 when it is long enough.

    Raises:
        Refused: too short, and the standing orders do not take it.
    """
    needed = rule.urgent_days if urgent and rule.short == "urgent" else rule.days
    clear = clear_days(noticed_on, held_on)
    short_by = max(0, needed - clear)
    if short_by and rule.short != "flagged":
        raise Refused(
            "notice-too-short",
            meeting=meeting,
            short_by=short_by,
            clear=clear,
            needed=needed,
            clause=rule,
        )
    return short_by


def open_short_notice(state: State, stamp: Stamp, meeting: Meeting) -> None:
    """Put the short notice of a meeting on the list of open business."""
    open_item(
        state,
        stamp,
        "short-notice",
        meeting.id,
        body=meeting.body,
        owner=f"body:{meeting.body}",
        next_step="waive-or-ratify",
    )


def require_convener(
    state: State, stamp: Stamp, body: Body, requested_by: tuple[str, ...] = ()
) -> None:
    """Return if the one who acts may convene a body, alone or for enough members together, else raise Refused."""
    rule = orders_of(body).convening
    singly = [who for who in rule.by if not who.startswith("members:")]
    if may(state, stamp.by, singly, body, stamp.on):
        return
    # A set, as somebody named twice asks once.
    requesters = {person for person in requested_by if seat_of(state, body, person, stamp.on)}
    enters = stamp.by in requesters or may(state, stamp.by, KEEPERS, body, stamp.on)
    for who in rule.by:
        if who.startswith("members:") and enters and len(requesters) >= int(who.partition(":")[2]):
            return
    raise Refused(
        "not-entitled-to-convene",
        person=stamp.by,
        body=body.id,
        needs=tuple(rule.by),
        clause=rule,
    )


def require_arranger(state: State, stamp: Stamp, meeting: Meeting, *, hosts: bool = True) -> None:
    """Return if the one who acts may arrange a meeting, else raise Refused.

    Those who may convene the body singly, those who keep its books, who convened it, and its host unless said otherwise.
    """
    body = state.bodies[meeting.body]
    rule = orders_of(body).convening
    if stamp.by == meeting.convened_by or (hosts and stamp.by == meeting.host):
        return
    if may(state, stamp.by, (*rule.by, *KEEPERS), body, stamp.on):
        return
    raise Refused(
        "not-entitled",
        person=stamp.by,
        needs=(*rule.by, *KEEPERS),
        clause=rule,
    )


def require_status(meeting: Meeting, *statuses: str) -> None:
    """Return if a meeting has one of these statuses, else raise Refused `not-open`."""
    if meeting.status not in statuses:
        raise Refused(
            "not-open", what="meeting", id=meeting.id, status=meeting.status, statuses=statuses
        )


def _check_headings(headings: tuple[Heading, ...]) -> None:
    by_id: dict[str, Heading] = {}
    for heading in headings:
        new(by_id, "agenda-item", heading.id)
        if heading.parent and heading.parent not in by_id:
            raise Refused("unknown", what="agenda-item", id=heading.parent)
        by_id[heading.id] = heading


def require_alike(what: str, day: Day | None, at: datetime) -> None:
    """Refuse a day that is more than one day from the instant that goes with it (zones differ by as much)."""
    if day is None or abs((at.date() - day.on).days) > 1:
        raise Refused("day-unlike-instant", meeting=what, day=day, starts_at=at)


def _check_day(act: ConveneMeeting, stamp: Stamp) -> None:
    require_alike(act.meeting, act.day, act.starts_at)
    if act.day.on < stamp.on:
        raise Refused("day-past", meeting=act.meeting, day=act.day, today=stamp.on)
