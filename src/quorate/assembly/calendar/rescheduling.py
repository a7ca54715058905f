"""Moving a meeting to another day: a new notice, and all that hangs on the meeting. RONR (12th ed.) 9:13–16."""

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.calendar.effects import effects_of_move
from quorate.assembly.calendar.events import apply_move, require_confirmed
from quorate.assembly.items import dispose, is_open
from quorate.assembly.meetings.convening import (
    Instant,
    open_short_notice,
    require_alike,
    require_arranger,
    require_notice,
    require_status,
)
from quorate.assembly.model.calendar import Effect
from quorate.assembly.refusal import Refused
from quorate.assembly.roll import orders_of
from quorate.assembly.state import State
from quorate.canon.moment import Day


class MoveMeeting(Act, frozen=True):
    """Give a meeting that has not begun another day or hour; `confirm` when the effects shown are accepted."""

    meeting: str
    day: Day
    """As written."""
    starts_at: Instant
    urgent: bool = False
    """Called urgent, where the standing orders allow shorter notice for that."""
    confirm: bool = False
    notice: str | None = None


class MeetingMoved(Event, frozen=True):
    """A meeting has another day or hour, and its new notice is out."""

    act: MoveMeeting
    before: Day
    effects: tuple[Effect, ...]
    short_by: int = 0
    """Days by which its new notice is too short."""


@decides(MoveMeeting)
def move_meeting(state: State, act: MoveMeeting, stamp: Stamp) -> MeetingMoved:
    """Those who arrange a meeting move it until it begins; the new notice has to be long enough, like that of convening."""
    meeting = state.meeting(act.meeting)
    require_arranger(state, stamp, meeting, hosts=False)
    require_status(meeting, "convened")
    require_alike(meeting.id, act.day, act.starts_at)
    if act.day.on < stamp.on:
        raise Refused("day-past", meeting=meeting.id, day=act.day, today=stamp.on)
    rule = orders_of(state.bodies[meeting.body]).notice
    short_by = require_notice(rule, meeting.id, stamp.on, act.day.on, urgent=act.urgent)
    effects = effects_of_move(state, meeting.id, act.day.on, stamp.on)
    require_confirmed(meeting.id, effects, confirm=act.confirm)
    return MeetingMoved(act=act, before=meeting.day, effects=effects, short_by=short_by)


@evolves(MeetingMoved)
def meeting_moved(state: State, event: MeetingMoved, stamp: Stamp) -> None:
    """Meeting and calendar have the new day; whether its notice is short is seen afresh."""
    act = event.act
    apply_move(state, stamp, act.meeting, act.day, event.effects)
    state.calendar[act.meeting].at = act.starts_at
    meeting = state.meetings[act.meeting]
    meeting.day, meeting.starts_at, meeting.noticed_on = act.day, act.starts_at, stamp.on
    meeting.short_notice_by, meeting.notice_waived = event.short_by, False
    is_listed = is_open(state, "short-notice", meeting.id)
    if event.short_by and not is_listed:
        open_short_notice(state, stamp, meeting)
    elif is_listed and not event.short_by:
        dispose(state, stamp, "short-notice", meeting.id, "moved")
