"""What moving an event would do to everything that hangs on it, before anybody has moved it.

Each thing anchored on the event, or on an event that follows it, has one effect (coherence: what goes stale):

    follows           it keeps its distance and its length
    gains, loses      its window gets longer or shorter, or its open end nearer or farther
    squeezed          one end of its window moves and the other does not, and the window gets shorter
    fixed             it hangs on the event but keeps the day that it had
    broken            its window would end before it begins; too little notice is left
    overdue           its new day has passed already
    needs-confirming  it rests on the old day: what a decision assumes, a notice that has gone out

Days are whole and both ends of a window count. Nothing here changes the state. Cost: one look at each event, open item,
decision and motion.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from quorate.assembly.days import day_of_point, later
from quorate.assembly.items import is_open
from quorate.assembly.meetings.convening import clear_days
from quorate.assembly.model.calendar import CalendarEvent, Effect, Point, Window
from quorate.assembly.model.motion import Clause
from quorate.assembly.motions.pending import ENDED
from quorate.assembly.state import State

TROUBLES = ("broken", "overdue", "needs-confirming")
"""The effects for the sake of which a move has to be confirmed."""

Moved = Mapping[str, date]
"""The new day of each event that moves."""


def effects_of_move(state: State, event: str, new_day: date, on: date) -> tuple[Effect, ...]:
    """The effects of giving an event a new day, seen on the day `on`: events, items, decisions, motions, in that order.

    This is the preview that is shown before a move, and what the move records. Empty when the day stays the same.
    """
    moved = days_after(state, event, new_day)
    if _day_now(state.calendar[event]) == new_day:
        return ()
    return (
        *_on_events(state, event, moved, on),
        *_on_items(state, moved, on),
        *_on_decisions(state, moved, on),
        *_on_motions(state, moved, on),
    )


def effects_of_cancelling(state: State, event: str) -> tuple[Effect, ...]:
    """The effects of cancelling an event: what moves with it would rest on a day that no longer means anything."""
    return tuple(
        _when_cancelled(state, what, event, [each for each in points if each.event == event])
        for what, points in _hanging(state)
        if any(each.event == event for each in points)
    )


def days_after(state: State, event: str, new_day: date) -> dict[str, date]:
    """The new day of an event and of every event that follows it, directly or through others.

    An event can only be anchored on one announced before it, so one pass in the order of the calendar finds them all.
    """
    moved = {event: new_day}
    for other in state.calendar.values():
        anchor = other.anchor
        if anchor is None or anchor.tie == "fixed" or other.cancelled or other.id == event:
            continue
        if anchor.event in moved:
            moved[other.id] = later(moved[anchor.event], anchor.days)
    return moved


def troubles(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """The effects for which a move has to be confirmed."""
    return tuple(each for each in effects if each.effect in TROUBLES)


def points_of(clause: Clause) -> Iterator[Point]:
    """The points of a clause that are given: the ends of its window, and its due day."""
    window = clause.window or Window()
    yield from (point for point in (window.start, window.end, clause.due) if point is not None)


def effect_on_window(
    what: str, clause: Clause, window: Window, state: State, moved: Moved
) -> Effect | None:
    """The effect on a clause's window; None when it does not hang on what moves.

    An end that is open, or whose event has no day, stays where it is. The days shown are those of the end that moves,
    the later one if both do.
    """
    hanging = [p for p in (window.start, window.end) if p is not None and p.event in moved]
    if not hanging:
        return None
    start, end = _span(state, window.start, moved), _span(state, window.end, moved)
    before, after = end if end[0] != end[1] or window.start not in hanging else start
    if all(point.tie == "fixed" for point in hanging):
        return Effect(what, "fixed", before, before)
    longer = _shift(*end) - _shift(*start)
    if start[1] and end[1] and end[1] < start[1]:
        return Effect(what, "broken", before, after, longer, "ends-before-it-begins")
    if longer == 0:
        return Effect(what, "follows", before, after, _shift(before, after))
    if longer > 0:
        return Effect(what, "gains", before, after, longer)
    bounded = window.start is not None and window.end is not None
    squeezed = bounded and clause.modality != "must-not"
    return Effect(what, "squeezed" if squeezed else "loses", before, after, longer)


def _on_events(state: State, event: str, moved: Moved, on: date) -> Iterator[Effect]:
    for key, day in moved.items():
        it = state.calendar[key]
        trouble = _notice_trouble(it, day, on)
        if trouble is not None:
            yield trouble
        elif key != event:
            yield _shifted(f"event:{key}", _day_now(it), day, on)
    for other in state.calendar.values():
        anchor = other.anchor
        if other.cancelled or anchor is None or anchor.event not in moved:
            continue
        if anchor.tie == "fixed":
            yield Effect(f"event:{other.id}", "fixed", anchor.held, anchor.held)


def _notice_trouble(event: CalendarEvent, new: date, on: date) -> Effect | None:
    """What goes wrong with the notice of an event of ours; that of a meeting is for the rules of convening."""
    old, what = _day_now(event), f"event:{event.id}"
    if event.meeting or not event.own:
        return None
    days = _shift(old, new)
    clear = clear_days(on, new)
    if new < on:
        return Effect(what, "overdue", old, new, days)
    if clear < event.notice_days:
        return Effect(what, "broken", old, new, days, "short-notice", clear=clear)
    if old is not None and old >= on and clear_days(on, old) < event.notice_days:
        return Effect(what, "needs-confirming", old, new, days, "notice-given")
    return None


def _on_items(state: State, moved: Moved, on: date) -> Iterator[Effect]:
    for item in state.open_items.values():
        if item.due is not None and item.due.event in moved:
            yield _on_point(state, f"item:{item.id}", item.due, moved, on)


def _on_decisions(state: State, moved: Moved, on: date) -> Iterator[Effect]:
    for decision, clause in _in_force(state):
        duty = f"{decision}.{clause.n}"
        if duty in state.duties and not is_open(state, "duty", duty):
            continue  # it is done, or nobody is bound any more
        yield from _on_clause(state, f"clause:{decision}/{clause.n}", clause, moved, on)
        if all(key not in state.duties for key in (duty, *(f"{duty}.{s}" for s in _slots(clause)))):
            yield from _on_due(state, f"due:{decision}/{clause.n}", clause, moved, on)


def _on_motions(state: State, moved: Moved, on: date) -> Iterator[Effect]:
    for motion, clause in _proposed(state):
        yield from _on_clause(state, f"motion:{motion}/{clause.n}", clause, moved, on)
        yield from _on_due(state, f"due:{motion}/{clause.n}", clause, moved, on)
    for it in state.motions.values():
        item = state.open_items.get(f"motion:{it.id}")
        shown = item is not None and item.due == it.until
        if it.status == "postponed" and it.until and it.until.event in moved and not shown:
            yield _on_point(state, f"motion:{it.id}", it.until, moved, on)


def _in_force(state: State) -> Iterator[tuple[str, Clause]]:
    """The clauses in force, each with its decision."""
    for decision in state.decisions.values():
        for clause in () if decision.rescinded_by else decision.clauses:
            if clause.n not in decision.superseded:
                yield decision.id, clause


def _proposed(state: State) -> Iterator[tuple[str, Clause]]:
    """The clauses that may still be adopted, each with its motion."""
    for motion in state.motions.values():
        if motion.status not in ENDED:
            for clause in motion.clauses:
                yield motion.id, clause


def _hanging(state: State) -> Iterator[tuple[str, list[Point]]]:
    """Everything that has a day by a point, with its points."""
    for other in state.calendar.values():
        if other.anchor is not None and not other.cancelled:
            yield f"event:{other.id}", [other.anchor]
    for item in state.open_items.values():
        if item.due is not None:
            yield f"item:{item.id}", [item.due]
    for decision, clause in _in_force(state):
        yield f"clause:{decision}/{clause.n}", _points_or_grounds(clause)
    for motion, clause in _proposed(state):
        yield f"motion:{motion}/{clause.n}", _points_or_grounds(clause)


def _points_or_grounds(clause: Clause) -> list[Point]:
    if clause.modality == "assumes":
        return [Point(event=event) for event in _rests_on(clause)]
    return list(points_of(clause))


def _on_clause(state: State, what: str, clause: Clause, moved: Moved, on: date) -> Iterator[Effect]:
    """The effect on an assumption, or on a window; a `must` to be done once may be overdue by it."""
    if clause.modality == "assumes":
        for event in _rests_on(clause):
            old = _day_now(state.calendar[event]) if event in moved else None
            if old is not None:
                days = _shift(old, moved[event])
                yield Effect(what, "needs-confirming", old, moved[event], days, "assumed", event)
                return
        return
    if clause.window is None:
        return
    effect = effect_on_window(what, clause, clause.window, state, moved)
    if effect is None:
        return
    once = clause.modality == "must" and clause.mode == "once"
    end = _span(state, clause.window.end, moved)[1]
    if once and effect.effect not in ("broken", "fixed") and end is not None and end < on:
        effect = Effect(what, "overdue", effect.before, effect.after, effect.days)
    yield effect


def _on_due(state: State, what: str, clause: Clause, moved: Moved, on: date) -> Iterator[Effect]:
    if clause.modality != "assumes" and clause.due is not None and clause.due.event in moved:
        yield _on_point(state, what, clause.due, moved, on)


def _rests_on(clause: Clause) -> list[str]:
    """The events on which an assumption rests: those of its points, and those of its conditions `event:...`."""
    events = [point.event for point in points_of(clause) if point.event]
    return events + [
        each.removeprefix("event:") for each in clause.conditions if each[:6] == "event:"
    ]


def _on_point(state: State, what: str, point: Point, moved: Moved, on: date) -> Effect:
    before, after = _span(state, point, moved)
    if point.tie == "fixed" or after is None:
        return Effect(what, "fixed", before, before)
    return _shifted(what, before, after, on)


def _shifted(what: str, before: date | None, after: date, on: date) -> Effect:
    days = _shift(before, after)
    return Effect(what, "overdue" if after < on else "follows", before, after, days)


def _when_cancelled(state: State, what: str, event: str, points: list[Point]) -> Effect:
    moving = next((point for point in points if point.tie == "moves"), None)
    if moving is None:
        return Effect(what, "fixed", points[0].held, points[0].held)
    day = day_of_point(state, moving)
    return Effect(what, "needs-confirming", day, day, why="cancelled", event=event)


def _span(state: State, point: Point | None, moved: Moved) -> tuple[date | None, date | None]:
    """The day that a point means, before and after the move."""
    if point is None:
        return None, None
    before = day_of_point(state, point)
    if point.tie == "moves" and point.event in moved:
        return before, later(moved[point.event], point.days)
    return before, before


def _shift(before: date | None, after: date | None) -> int:
    """The days from one to the other; 0 when either is not known."""
    return (after - before).days if before and after else 0


def _day_now(event: CalendarEvent) -> date | None:
    return None if event.day is None else event.day.on


def _slots(clause: Clause) -> tuple[str, ...]:
    return clause.open_slots or ("detail",)
