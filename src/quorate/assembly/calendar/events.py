"""Time: events with a day, ours and others', that are announced, moved and cancelled with all that hangs on them.

A move shows its effects first (`effects.effects_of_move`); when one of them is trouble it has to be confirmed. What rests
on the old day then waits, as a confirmation, for somebody to say whether it stands. How meetings move: `rescheduling`.
"""

from datetime import date, timedelta
from typing import Annotated, Literal

import msgspec

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.bearers import acts_for
from quorate.assembly.calendar.effects import (
    days_after,
    effects_of_cancelling,
    effects_of_move,
    troubles,
)
from quorate.assembly.days import day_of_point, settle
from quorate.assembly.decisions.duties import require_window
from quorate.assembly.items import advance, dispose, is_open, item_id, open_item
from quorate.assembly.meetings.convening import Instant, require_alike
from quorate.assembly.model.calendar import CalendarEvent, Effect, Move, Point
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, existing_body, may, require
from quorate.assembly.state import State, found, new
from quorate.canon.moment import Day, format_day

refusals(
    would_break="event troubles",
    event_cancelled="event",
    event_is_a_meeting="event",
    day_twice="event",
    due_by_motion="item",
    needs_body="",
)


class AnnounceEvent(Act, frozen=True):
    """Enter an event in the calendar, our own or (`own` false) somebody else's; its day may still be unknown."""

    event: str
    title: str
    """Without personal data."""
    day: Day | None = None
    """As written."""
    anchor: Point | None = None
    """Instead of a day: so many days from another event."""
    at: Instant | None = None
    own: bool = True
    bodies: tuple[str, ...] = ()
    """Whose event it is."""
    people: tuple[str, ...] = ()
    """Who is needed at it, by id."""
    place: str = ""
    """Where, in so far as everybody may know."""
    city: str = ""
    opposed: tuple[str, ...] = ()
    """Bodies to whose events this one stands opposed."""
    notice_days: Annotated[int, msgspec.Meta(ge=0, le=366)] = 0
    """Clear days of notice that it needs."""


class EventAnnounced(Event, frozen=True):
    """An event is in the calendar."""

    act: AnnounceEvent
    anchor: Point | None = None
    """The anchor as the record keeps it."""


@decides(AnnounceEvent, opens="event")
def announce_event(state: State, act: AnnounceEvent, stamp: Stamp) -> EventAnnounced:
    """Those who keep the books of its bodies announce our own event; those of any body of ours, somebody else's."""
    new(state.calendar, "calendar-event", act.event)
    for body in (*act.bodies, *act.opposed):
        existing_body(state, body)
    for person in act.people:
        state.person(person)
    _require_announcer(state, stamp, own=act.own, bodies=act.bodies)
    return EventAnnounced(act=act, anchor=_anchored(state, act))


@evolves(EventAnnounced)
def event_announced(state: State, event: EventAnnounced, stamp: Stamp) -> None:
    """The event is in the calendar, with its day if that is known."""
    state.calendar[event.act.event] = _as_announced(state, event)


def _anchored(state: State, act: AnnounceEvent) -> Point | None:
    """The anchor of an event as the record keeps it; refused beside a day, or when the hour is of another day."""
    day, anchor = act.day, None
    if act.anchor is not None:
        if day is not None:
            raise Refused("day-twice", event=act.event)
        anchor = _settled(state, act.anchor)
        day = _day_at(state, anchor)
    if act.at is not None:
        require_alike(act.event, day, act.at)
    return anchor


def _as_announced(state: State, event: EventAnnounced) -> CalendarEvent:
    act = event.act
    return CalendarEvent(
        id=act.event,
        title=act.title,
        day=act.day if event.anchor is None else _day_at(state, event.anchor),
        anchor=event.anchor,
        at=act.at,
        bodies=act.bodies,
        people=act.people,
        place=act.place,
        city=act.city,
        own=act.own,
        opposed=act.opposed,
        notice_days=act.notice_days,
    )


class MoveEvent(Act, frozen=True):
    """Give an event another day, or its first; `confirm` when the effects shown are accepted."""

    event: str
    day: Day
    at: Instant | None = None
    """If not given, the hour stays."""
    confirm: bool = False


class EventMoved(Event, frozen=True):
    """An event has another day, and so has everything that moves with it."""

    act: MoveEvent
    before: Day | None
    effects: tuple[Effect, ...]


@decides(MoveEvent)
def move_event(state: State, act: MoveEvent, stamp: Stamp) -> EventMoved:
    """Whoever may announce an event may move it; refused with the list of troubles unless they are confirmed."""
    event = standing(state, stamp, act.event)
    if act.at is not None:
        require_alike(act.event, act.day, act.at)
    effects = effects_of_move(state, event.id, act.day.on, stamp.on)
    require_confirmed(event.id, effects, confirm=act.confirm)
    return EventMoved(act=act, before=event.day, effects=effects)


@evolves(EventMoved)
def event_moved(state: State, event: EventMoved, stamp: Stamp) -> None:
    """The event has its new day, what follows it follows, and what rests on the old day waits to be confirmed."""
    act = event.act
    apply_move(state, stamp, act.event, act.day, event.effects)
    if act.at is not None:
        state.calendar[act.event].at = act.at


class CancelEvent(Act, frozen=True):
    """Cancel an event; `confirm` when the effects shown are accepted."""

    event: str
    confirm: bool = False


class EventCancelled(Event, frozen=True):
    """An event will not take place; its last day stays known."""

    act: CancelEvent
    effects: tuple[Effect, ...]


@decides(CancelEvent)
def cancel_event(state: State, act: CancelEvent, stamp: Stamp) -> EventCancelled:
    """Whoever may announce an event may cancel it; refused with the list of troubles unless they are confirmed."""
    event = standing(state, stamp, act.event)
    effects = effects_of_cancelling(state, event.id)
    require_confirmed(event.id, effects, confirm=act.confirm)
    return EventCancelled(act=act, effects=effects)


@evolves(EventCancelled)
def event_cancelled(state: State, event: EventCancelled, stamp: Stamp) -> None:
    """The event stands cancelled, and what moved with it waits to be confirmed."""
    state.calendar[event.act.event].cancelled = True
    _open_confirmations(state, stamp, event.effects)


class AnchorTo(Act, frozen=True):
    """Make the due day of an open item hang on an event."""

    item: str
    point: Point


class ItemAnchored(Event, frozen=True):
    """The due day of an item hangs on an event."""

    act: AnchorTo
    due: Point


@decides(AnchorTo)
def anchor_to(state: State, act: AnchorTo, stamp: Stamp) -> ItemAnchored:
    """Those who keep the books of an item's body anchor it; a duty stays within the window decided, a motion at its day."""
    item = found(state.open_items, "open-item", act.item)
    if item.kind == "motion":
        raise Refused("due-by-motion", item=item.id)
    require(state, stamp, KEEPERS, state.body(item.body))
    due = _settled(state, act.point)
    if item.kind in ("duty", "detail") and (day := day_of_point(state, due)) is not None:
        require_window(state, state.duties[item.subject], day)
    return ItemAnchored(act=act, due=due)


@evolves(ItemAnchored)
def item_anchored(state: State, event: ItemAnchored, stamp: Stamp) -> None:
    """The item is due by the event; a duty or dispatch keeps the same day."""
    item = state.open_items[event.act.item]
    item.due = event.due
    if item.kind in ("duty", "detail"):
        state.duties[item.subject].due = event.due
    elif item.kind == "dispatch":
        state.dispatches[item.subject].due = event.due


class ConfirmAfterMove(Act, frozen=True):
    """Say whether something that rested on the old day of an event stands; a clause that falls is still to be superseded."""

    what: str
    """As the effect names it: `clause:decision/n`, `event:...`."""
    how: Literal["stands", "falls"]
    text: str | None = None


class MoveConfirmed(Event, frozen=True):
    """It is known whether something stands after a move."""

    act: ConfirmAfterMove


@decides(ConfirmAfterMove)
def confirm_after_move(state: State, act: ConfirmAfterMove, stamp: Stamp) -> MoveConfirmed:
    """Whoever owns the confirmation, or keeps the books of its body, says whether the thing stands."""
    item = found(state.open_items, "open-item", item_id("confirmation", act.what))
    if not acts_for(state, stamp.by, item.owner, stamp.on):
        body = state.body(item.body)
        require(state, stamp, KEEPERS, body)
    return MoveConfirmed(act=act)


@evolves(MoveConfirmed)
def move_confirmed(state: State, event: MoveConfirmed, stamp: Stamp) -> None:
    """The confirmation is off the list; the thing itself is as it was."""
    dispose(state, stamp, "confirmation", event.act.what, event.act.how)


def require_confirmed(event: str, effects: tuple[Effect, ...], *, confirm: bool) -> None:
    """Return if no effect is trouble or the troubles are confirmed, else raise Refused `would-break` with the list."""
    if not confirm and (trouble := troubles(effects)):
        raise Refused("would-break", event=event, troubles=trouble)


def apply_move(state: State, stamp: Stamp, key: str, day: Day, effects: tuple[Effect, ...]) -> None:
    """Give an event and all that follow it their new days, and remember the move; called while an event evolves."""
    before = state.calendar[key].day
    for other, on in days_after(state, key, day.on).items():
        _put(state.calendar[other], day if other == key else written(state, on))
    event = state.calendar[key]
    event.anchor = _kept_up(state, event)
    state.moves.append(Move(key, before, day, stamp.on, effects, state.size))
    _open_confirmations(state, stamp, effects)


def _day_at(state: State, anchor: Point) -> Day | None:
    on = day_of_point(state, anchor)
    return None if on is None else written(state, on)


def written(state: State, on: date) -> Day:
    """A day that was computed, written in the calendar of the organisation."""
    calendar = state.house().calendar
    return Day(on, format_day(on, calendar)) if calendar != "gregorian" else Day(on)


def _put(event: CalendarEvent, day: Day) -> None:
    """Move one event, hour and all."""
    if event.at is not None and event.day is not None:
        event.at += timedelta(days=(day.on - event.day.on).days)
    event.day = day
    event.moves += 1


def _kept_up(state: State, event: CalendarEvent) -> Point | None:
    """The anchor of an event that was itself moved: at its new distance, so that moving back restores it."""
    anchor = event.anchor
    if anchor is None or event.day is None or anchor.event not in state.calendar:
        return None
    if anchor.tie == "fixed":
        return msgspec.structs.replace(anchor, held=event.day.on)
    base_day = state.calendar[anchor.event].day
    if base_day is None:
        return None
    return msgspec.structs.replace(anchor, days=(event.day.on - base_day.on).days)


def _open_confirmations(state: State, stamp: Stamp, effects: tuple[Effect, ...]) -> None:
    """An item for each decided clause or event that rests on the old day; what is only proposed can be amended."""
    for effect in effects:
        kind, _, key = effect.what.partition(":")
        if effect.effect != "needs-confirming" or kind == "motion":
            continue
        if is_open(state, "confirmation", effect.what):
            advance(state, "confirmation", effect.what, "confirm", facts=_facts(effect))
            continue
        body, owner = _whose(state, kind, key)
        open_item(
            state,
            stamp,
            "confirmation",
            effect.what,
            body=body,
            owner=owner,
            next_step="confirm",
            facts=_facts(effect),
        )


def _facts(effect: Effect) -> dict[str, str]:
    """What has to be known of an effect by whoever confirms: why, the event that it rests on, and its old day."""
    before = effect.before.isoformat() if effect.before else ""
    facts = {"why": effect.why or "", "event": effect.event, "before": before}
    return {name: value for name, value in facts.items() if value}


def _whose(state: State, kind: str, key: str) -> tuple[str, str]:
    """The body and the owner of what has to be confirmed."""
    if kind == "item":
        item = state.open_items[key]
        return item.body, item.owner
    if kind == "event":
        bodies = [body for body in state.calendar[key].bodies if not state.bodies[body].outside]
    else:
        bodies = [state.decisions[key.rpartition("/")[0]].body]
    return (bodies[0], f"body:{bodies[0]}") if bodies else ("", f"person:{state.house().clerk}")


def standing(state: State, stamp: Stamp, key: str) -> CalendarEvent:
    """The event, not cancelled and no meeting, if the one who acts may announce it; else raise Refused."""
    event = found(state.calendar, "calendar-event", key)
    if event.meeting:
        raise Refused("event-is-a-meeting", event=key)
    if event.cancelled:
        raise Refused("event-cancelled", event=key)
    _require_announcer(state, stamp, own=event.own, bodies=event.bodies)
    return event


def _require_announcer(state: State, stamp: Stamp, *, own: bool, bodies: tuple[str, ...]) -> None:
    keys = [key for key in (bodies if own else state.bodies) if not state.bodies[key].outside]
    if stamp.by == state.house().clerk:
        return
    if own and not keys:
        raise Refused("needs-body")
    if not any(may(state, stamp.by, KEEPERS, state.bodies[key], stamp.on) for key in keys):
        raise Refused("not-entitled", person=stamp.by, needs=KEEPERS)


def _settled(state: State, point: Point) -> Point:
    """An anchor as the record keeps it; refused unless it hangs on an event that stands."""
    settled = settle(state, point)
    if settled is None or not settled.event:
        raise Refused("point-unclear")
    if state.calendar[settled.event].cancelled:
        raise Refused("event-cancelled", event=settled.event)
    return settled
