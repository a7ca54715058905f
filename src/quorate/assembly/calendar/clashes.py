"""The calendar: clashes of events, which follow by themselves when one is announced, convened or moved.

An event that is not ours is entered by the same act as one of ours, `AnnounceEvent` with `own` false. Two events clash on a
day when they need the same people, place or body, or stand opposed in one city; or when the one falls into the notice of
the other, and they need the same people or body. At least one of the two is ours. What is only commemorated on the day (no
body, people or place) clashes with nothing, and is named as one reason more.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from quorate.assembly.act import Act, Event, Stamp, decides, evolves, follows
from quorate.assembly.bearers import acts_for
from quorate.assembly.calendar.effects import days_after
from quorate.assembly.calendar.events import EventAnnounced, EventCancelled, EventMoved
from quorate.assembly.calendar.rescheduling import MeetingMoved
from quorate.assembly.items import dispose, is_open, open_item
from quorate.assembly.meetings.convening import MeetingCancelled, MeetingConvened, VenueMoved
from quorate.assembly.model.calendar import CalendarEvent, Clash, ClashReason
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State, found

Severity = Literal["low", "medium", "high"]


class Disturbance(NamedTuple):
    """How two events of the calendar disturb each other: on which day, how gravely, why, and beside which commemorations."""

    on: date
    severity: Severity
    why: tuple[ClashReason, ...]
    beside: tuple[str, ...] = ()


class AnswerClash(Act, frozen=True):
    """Say what is done about a clash."""

    clash: str
    how: str
    """In one word or two, without personal data: `both stand`, `stewards`, `agreed with them` ..."""
    text: str | None = None


class ClashAnswered(Event, frozen=True):
    """It is known what is done about a clash."""

    act: AnswerClash


@decides(AnswerClash)
def answer_clash(state: State, act: AnswerClash, stamp: Stamp) -> ClashAnswered:
    """Whoever acts for the body that it waits on answers, or the clerk, once."""
    clash = found(state.clashes, "clash", act.clash)
    if not is_open(state, "clash", clash.id):
        status = "lapsed" if clash.lapsed else "answered"
        raise Refused("not-open", what="clash", id=clash.id, status=status, statuses=("open",))
    owner = state.open_items[f"clash:{clash.id}"].owner
    if stamp.by != state.house().clerk and not acts_for(state, stamp.by, owner, stamp.on):
        raise Refused("not-entitled", person=stamp.by, needs=("clerk", owner))
    return ClashAnswered(act=act)


@evolves(ClashAnswered)
def clash_answered(state: State, event: ClashAnswered, stamp: Stamp) -> None:
    """The clash stays known, and is off the list."""
    state.clashes[event.act.clash].answered = event.act.how
    dispose(state, stamp, "clash", event.act.clash, "answered")


def clashes_follow(state: State, event: Any, stamp: Stamp) -> Iterator[Event]:
    """What has lapsed, changed or come about. Cost: a look at each clash known, and at each event for each one touched."""
    commemorated = _commemorations(state)
    for clash in state.clashes.values():
        if clash.lapsed or clash.on < stamp.on:
            continue
        now = between(state, clash.first, clash.second, commemorated)
        if now is None or now.on != clash.on:
            yield ClashLapsed(clash=clash.id)
        elif now[1:] != (clash.severity, clash.why, clash.beside):
            yield ClashChanged(
                clash=clash.id, severity=now.severity, why=now.why, beside=now.beside
            )
    key = event.act.event if hasattr(event.act, "event") else event.act.meeting
    touched = days_after(state, key, stamp.on)
    for first, second in _pairs(state, touched):
        now = between(state, first, second, commemorated)
        if now is None or now.on < stamp.on:
            continue
        name = f"{first}~{second}~{now.on}"
        if name not in state.clashes or state.clashes[name].lapsed:
            yield ClashFound(clash=name, first=first, second=second, **now._asdict())


for _changing in (
    EventAnnounced,
    EventMoved,
    EventCancelled,
    MeetingConvened,
    MeetingMoved,
    MeetingCancelled,
    VenueMoved,
):
    follows(_changing)(clashes_follow)


class ClashFound(Event, frozen=True):
    """Two events disturb each other; follows by itself."""

    clash: str
    first: str
    second: str
    on: date
    severity: Severity
    why: tuple[ClashReason, ...]
    beside: tuple[str, ...] = ()


@evolves(ClashFound)
def clash_found(state: State, event: ClashFound, stamp: Stamp) -> None:
    """The clash waits on the body whose event it is, or on the clerk."""
    state.clashes[event.clash] = Clash(
        id=event.clash,
        first=event.first,
        second=event.second,
        on=event.on,
        severity=event.severity,
        why=event.why,
        beside=event.beside,
    )
    body = _own_body(state, event.first) or _own_body(state, event.second)
    open_item(
        state,
        stamp,
        "clash",
        event.clash,
        body=body,
        owner=f"body:{body}" if body else f"person:{state.house().clerk}",
        next_step="answer-clash",
    )


class ClashChanged(Event, frozen=True):
    """A clash has become graver or lighter, or has other reasons; follows by itself."""

    clash: str
    severity: Severity
    why: tuple[ClashReason, ...]
    beside: tuple[str, ...] = ()


@evolves(ClashChanged)
def clash_changed(state: State, event: ClashChanged, stamp: Stamp) -> None:
    """The clash has its new grade and reasons; one that was answered stays answered."""
    clash = state.clashes[event.clash]
    clash.severity, clash.why, clash.beside = event.severity, event.why, event.beside


class ClashLapsed(Event, frozen=True):
    """Two events disturb each other no longer; follows by itself."""

    clash: str


@evolves(ClashLapsed)
def clash_lapsed(state: State, event: ClashLapsed, stamp: Stamp) -> None:
    """The clash is past, and off the list if nobody had answered it."""
    state.clashes[event.clash].lapsed = True
    if is_open(state, "clash", event.clash):
        dispose(state, stamp, "clash", event.clash, "lapsed")


def between(
    state: State, first: str, second: str, commemorated: Iterable[CalendarEvent]
) -> Disturbance | None:
    """How two events of the calendar disturb each other now, with what is commemorated beside them; None if not at all."""
    one, other = state.calendar[first], state.calendar[second]
    if one.cancelled or other.cancelled or one.day is None or other.day is None:
        return None
    graded = grade(one, other)
    if graded is None:
        return None
    on = graded.on
    beside = [each for each in commemorated if each.day is not None and each.day.on == on]
    where = ("", one.city, other.city)
    return graded._replace(beside=tuple(each.id for each in beside if each.city in where))


def grade(first: CalendarEvent, second: CalendarEvent) -> Disturbance | None:
    """How two events with a day disturb each other, or None; the order of the two does not matter.

    high: the same place, or opposed bodies in one city, on one day; medium: the same people or body on one day; low: the
    same people or body, and the one falls into the notice of the other. Two meetings and their notices are for the rules
    of convening alone.
    """
    assert first.day is not None
    assert second.day is not None
    if not (first.own or second.own):
        return None
    earlier, later = sorted((first.day.on, second.day.on))
    reasons = tuple(reason for reason, holds in _REASONS.items() if holds(first, second))
    shared = tuple(reason for reason in reasons if reason in _SHARED)
    if earlier != later:
        notice = (first if first.day.on == later else second).notice_days
        apart = (later - earlier).days > notice or bool(first.meeting and second.meeting)
        return (
            None if apart or not shared else Disturbance(earlier, "low", ("within-notice", *shared))
        )
    if any(high <= {*reasons} for high in _HIGH):
        return Disturbance(earlier, "high", reasons)
    return Disturbance(earlier, "medium", reasons) if shared else None


def _in_one_city(first: CalendarEvent, second: CalendarEvent) -> bool:
    return bool(first.city) and first.city == second.city


def _in_one_place(first: CalendarEvent, second: CalendarEvent) -> bool:
    # Places of one name in two cities are two places; where a city is not said, the name alone has to do.
    in_two_cities = bool(first.city and second.city) and first.city != second.city
    return bool(first.place) and first.place == second.place and not in_two_cities


def _opposed(first: CalendarEvent, second: CalendarEvent) -> bool:
    return bool({*first.opposed} & {*second.bodies} or {*second.opposed} & {*first.bodies})


def _share_people(first: CalendarEvent, second: CalendarEvent) -> bool:
    return bool({*first.people} & {*second.people})


def _share_body(first: CalendarEvent, second: CalendarEvent) -> bool:
    return bool({*first.bodies} & {*second.bodies})


_REASONS: dict[ClashReason, Callable[[CalendarEvent, CalendarEvent], bool]] = {
    "same-place": _in_one_place,
    "same-city": _in_one_city,
    "opposed-bodies": _opposed,
    "same-people": _share_people,
    "same-body": _share_body,
}
"""The reasons for which two events may disturb each other, in the order in which they are given."""
_SHARED: tuple[ClashReason, ...] = ("same-people", "same-body")
"""Reasons that hold on different days too, while the one falls into the notice of the other."""
_HIGH: tuple[set[ClashReason], ...] = ({"same-place"}, {"same-city", "opposed-bodies"})
"""The reasons that together make a clash grave."""


def _commemorations(state: State) -> list[CalendarEvent]:
    """What clashes with nothing, as it needs nobody and no place: an anniversary, a feast."""
    return [
        event
        for event in state.calendar.values()
        if not (event.bodies or event.people or event.place or event.opposed or event.cancelled)
    ]


def _pairs(state: State, touched: Collection[str]) -> Iterator[tuple[str, str]]:
    """Every pair of events of which one is touched, once, in the order of the calendar."""
    place = {key: n for n, key in enumerate(state.calendar)}
    for key, n in place.items():
        for other in touched:
            if n < place[other]:
                yield key, other
            elif n > place[other] and key not in touched:
                yield other, key


def _own_body(state: State, event: str) -> str:
    """The first body of ours whose event it is; empty when there is none."""
    entry = state.calendar[event]
    ours = (key for key in entry.bodies if entry.own and not state.bodies[key].outside)
    return next(ours, "")
