"""Sitting: a meeting is called to order, stands in recess, resumes, and adjourns; somebody is in the chair throughout.

RONR (12th ed.) 3:15 (call to order), 8 and 21 (adjournment), 20 (recess), 47:11 (chair pro tem).
"""

from collections.abc import Iterator
from datetime import timedelta

from quorate.assembly import heads
from quorate.assembly.act import Act, Event, Stamp, decides, evolves, follows
from quorate.assembly.heads import is_present
from quorate.assembly.items import open_business, open_item
from quorate.assembly.meetings.convening import Instant, end_convocation, require_status
from quorate.assembly.model.calendar import Point
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import (
    KEEPERS,
    has_quorum,
    holds,
    in_term,
    may,
    offices_of,
    orders_of,
    quorum_needed,
    quorum_present,
    require_chair,
    require_present,
    seat_of,
)
from quorate.assembly.state import State

refusals(
    not_in_chair="person meeting chair",
    not_to_preside="person meeting chair",
    too_early="meeting starts_at",
    division_open="meeting division",
    recess_backwards="at until",
)


class CallToOrder(Act, frozen=True):
    """Call a meeting to order."""

    meeting: str
    chair: str = ""
    """Who takes the chair; the one who acts if not given. A chair pro tem is named here."""


class MeetingOpened(Event, frozen=True):
    """A meeting sits."""

    act: CallToOrder
    chair: str


@decides(CallToOrder)
def call_to_order(state: State, act: CallToOrder, stamp: Stamp) -> MeetingOpened:
    """The chair by office presides if there; else a member who is, pro tem. Refused before the hour and without quorum."""
    meeting = state.meeting(act.meeting)
    require_status(meeting, "convened")
    chair = act.chair or stamp.by
    body = state.bodies[meeting.body]
    if stamp.by != chair and not may(state, stamp.by, KEEPERS, body, stamp.on):
        raise Refused(
            "not-entitled",
            person=stamp.by,
            needs=("presiding", *KEEPERS),
        )
    _check_presiding(state, meeting, chair, stamp)
    if stamp.at < meeting.starts_at:
        raise Refused("too-early", meeting=meeting.id, starts_at=meeting.starts_at)
    if orders_of(body).quorum.held == "continuous":
        require_quorum(state, meeting, stamp)
    return MeetingOpened(act=act, chair=chair)


@evolves(MeetingOpened)
def meeting_opened(state: State, event: MeetingOpened, stamp: Stamp) -> None:
    """The meeting sits and has a chair; who prepared it has done so."""
    meeting = state.meetings[event.act.meeting]
    meeting.status = "sitting"
    meeting.chair = event.chair
    meeting.called_at = stamp.at
    end_convocation(state, stamp, meeting.id, "held")


class TakeChair(Act, frozen=True):
    """Put somebody else in the chair."""

    meeting: str
    chair: str


class ChairTaken(Event, frozen=True):
    """Somebody else is in the chair."""

    act: TakeChair
    before: str


@decides(TakeChair)
def take_chair(state: State, act: TakeChair, stamp: Stamp) -> ChairTaken:
    """The one in the chair hands it over, the chair by office takes it back, and a vacant chair is filled by those there."""
    meeting = state.meeting(act.meeting)
    require_status(meeting, "sitting", "recess")
    if meeting.chair:
        by_office = stamp.by == act.chair and holds(
            state, act.chair, "chair", meeting.body, stamp.on
        )
        if not by_office:
            require_chair(meeting, stamp.by)
    else:
        require_present(meeting, stamp.by)
    require_present(meeting, act.chair)
    if seat_of(state, state.bodies[meeting.body], act.chair, stamp.on) is None:
        raise Refused("not-a-member", person=act.chair, body=meeting.body)
    return ChairTaken(act=act, before=meeting.chair)


@evolves(ChairTaken)
def chair_taken(state: State, event: ChairTaken, stamp: Stamp) -> None:
    """The meeting has another chair."""
    state.meetings[event.act.meeting].chair = event.act.chair


class Recess(Act, frozen=True):
    """Interrupt a meeting for a while."""

    meeting: str
    until: Instant | None = None


class MeetingRecessed(Event, frozen=True):
    """A meeting stands in recess."""

    act: Recess


@decides(Recess)
def recess(state: State, act: Recess, stamp: Stamp) -> MeetingRecessed:
    """The chair declares it."""
    meeting = state.meeting(act.meeting)
    require_status(meeting, "sitting")
    require_chair(meeting, stamp.by)
    if act.until is not None and act.until <= stamp.at:
        raise Refused("recess-backwards", at=stamp.at, until=act.until)
    return MeetingRecessed(act=act)


@evolves(MeetingRecessed)
def meeting_recessed(state: State, event: MeetingRecessed, stamp: Stamp) -> None:
    """No business until it resumes; who had the floor has it still."""
    state.meetings[event.act.meeting].status = "recess"


class Resume(Act, frozen=True):
    """Go on after a recess."""

    meeting: str


class MeetingResumed(Event, frozen=True):
    """A meeting sits again."""

    act: Resume


@decides(Resume)
def resume(state: State, act: Resume, stamp: Stamp) -> MeetingResumed:
    """The chair calls the meeting to order again; whether business may go on is asked of each act."""
    meeting = state.meeting(act.meeting)
    require_status(meeting, "recess")
    require_chair(meeting, stamp.by)
    return MeetingResumed(act=act)


@evolves(MeetingResumed)
def meeting_resumed(state: State, event: MeetingResumed, stamp: Stamp) -> None:
    """The meeting sits."""
    state.meetings[event.act.meeting].status = "sitting"


class Adjourn(Act, frozen=True):
    """End a meeting."""

    meeting: str


class MeetingAdjourned(Event, frozen=True):
    """A meeting is over; its minutes are due."""

    act: Adjourn


@decides(Adjourn)
def adjourn(state: State, act: Adjourn, stamp: Stamp) -> MeetingAdjourned:
    """The chair declares it; refused while a vote is being taken. It needs no quorum. Cost: a look at each division."""
    meeting = state.meeting(act.meeting)
    require_status(meeting, "sitting", "recess")
    require_chair(meeting, stamp.by)
    for division in state.divisions.values():
        # A circular vote has no meeting to end with, and the box of a secret one stays open after it.
        voting = division.method not in ("circular", "secret") and division.status == "open"
        if voting and division.meeting == meeting.id:
            raise Refused("division-open", meeting=meeting.id, division=division.id)
    return MeetingAdjourned(act=act)


@evolves(MeetingAdjourned)
def meeting_adjourned(state: State, event: MeetingAdjourned, stamp: Stamp) -> None:
    """The floor is free, what was not reached carries over, and the minutes are open business."""
    meeting = state.meetings[event.act.meeting]
    meeting.status = "adjourned"
    heads.meeting_over(state, meeting.id)
    meeting.adjourned_at = stamp.at
    if meeting.speaking:
        meeting.turns[meeting.speaking].yielded_at = stamp.at
        meeting.speaking = ""
    for heading in meeting.agenda.values():
        if heading.status in ("planned", "open"):
            heading.status = "carried-over"
    _open_minutes(state, meeting, stamp)


@follows(MeetingAdjourned)
def business_left(state: State, event: MeetingAdjourned, stamp: Stamp) -> Iterator[Event]:
    """The meeting's end names what its body has left open."""
    meeting = state.meetings[event.act.meeting]
    items = tuple(
        item.id
        for item in open_business(state, stamp.on)
        if item.body == meeting.body and item.id != f"minutes:{meeting.id}"
    )
    if items:
        yield BusinessLeftOpen(meeting=meeting.id, items=items)


class BusinessLeftOpen(Event, frozen=True):
    """A body's meeting ended with open business, which carries over."""

    meeting: str
    items: tuple[str, ...]
    """All open items of the body but the minutes of this meeting, in the order of the list of open business."""


@evolves(BusinessLeftOpen)
def business_left_open(state: State, event: BusinessLeftOpen, stamp: Stamp) -> None:
    """The meeting says what it left; the items themselves stay as they are."""
    state.meetings[event.meeting].left_open = event.items


def in_chair(state: State, key: str, person: str) -> bool:
    """Whether somebody presides over a meeting now: they took the chair and are still there."""
    meeting = state.meetings[key]
    return meeting.chair == person and is_present(meeting, person)


def require_quorum(state: State, meeting: Meeting, stamp: Stamp) -> None:
    """Return if a meeting has its quorum now, however the rule holds it, else raise Refused `no-quorum`."""
    if not has_quorum(state, meeting, stamp.on):
        body = state.bodies[meeting.body]
        rule = orders_of(body).quorum
        raise Refused(
            "no-quorum",
            present=quorum_present(state, meeting, stamp.on),
            needed=quorum_needed(state, body, rule, stamp.on),
            clause=rule,
        )


def _check_presiding(state: State, meeting: Meeting, chair: str, stamp: Stamp) -> None:
    """Return if somebody may preside: present, and holding the chair by office unless no such holder is present."""
    require_present(meeting, chair)
    if holds(state, chair, "chair", meeting.body, stamp.on):
        return
    for office in offices_of(state, meeting.body):
        presides = office.role == "chair" and in_term(office, stamp.on)
        if presides and is_present(meeting, office.holder):
            raise Refused("not-to-preside", person=chair, meeting=meeting.id, chair=office.holder)
    if seat_of(state, state.bodies[meeting.body], chair, stamp.on) is None:
        raise Refused("not-a-member", person=chair, body=meeting.body)


def _open_minutes(state: State, meeting: Meeting, stamp: Stamp) -> None:
    """The minutes are owed by whom the standing orders name: an office of the body, the clerk, or the body itself."""
    rule = orders_of(state.bodies[meeting.body]).minutes
    owner = f"body:{meeting.body}"
    if rule.drafted_by == "clerk":
        owner = f"person:{state.house().clerk}"
    for office in offices_of(state, meeting.body):
        if office.role == rule.drafted_by:
            owner = f"office:{office.id}"
    due = None if rule.due_days is None else Point(on=stamp.on + timedelta(days=rule.due_days))
    open_item(
        state,
        stamp,
        "minutes",
        meeting.id,
        body=meeting.body,
        owner=owner,
        next_step="draft-minutes",
        due=due,
    )
