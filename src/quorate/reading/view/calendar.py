"""The calendar, what was moved in it and with what effect, and what clashes."""

from datetime import date

from msgspec import UNSET, Struct, field

from quorate.assembly.calendar.effects import effects_of_move
from quorate.assembly.model.calendar import CalendarEvent, Clash, Effect, Move
from quorate.canon.moment import Day
from quorate.reading.page import ALL, Page, Span, page_of
from quorate.reading.reader import Iso, Reader
from quorate.reading.view.business import sees_item
from quorate.reading.words.effects import note_of
from quorate.reading.words.items import item_title
from quorate.reading.words.subjects import Names


class EventView(Struct, frozen=True, kw_only=True):
    """A meeting, a deadline, another body's day."""

    id: str
    title: str
    on: str | None
    on_iso: Iso = UNSET
    at: str | None
    bodies: list[str]
    place: str
    city: str
    own: bool
    """Whether it is our own event."""
    anchored_on: str | None
    """The title of the event on which its day hangs."""
    meeting_id: str
    cancelled: bool
    moves: int
    """How many times it was moved."""


class MovedView(Struct, frozen=True, kw_only=True):
    """One thing that a move moved, kept or disturbed; the event itself comes first, with the effect `moves`."""

    what: str
    what_id: str
    moved_from: str | None = field(name="from")
    moved_from_iso: Iso = field(name="from_iso", default=UNSET)
    moved_to: str | None = field(name="to")
    moved_to_iso: Iso = field(name="to_iso", default=UNSET)
    days: int
    """How many days it moves, gains or (below 0) loses."""
    effect: str
    """`moves`, `follows`, `fixed`, `squeezed`, `broken`, `overdue`, `needs-confirming`, `gains` or `loses`."""
    note: str
    entry: int
    """The number of the entry that records the move."""


class ClashView(Struct, frozen=True, kw_only=True):
    """Two events that disturb each other."""

    id: str
    on: str | None
    on_iso: Iso = UNSET
    between: list[str]
    """The titles of both events."""
    between_ids: list[str]
    severity: str
    """`low`, `medium` or `high`."""
    why: list[str]
    """Reasons, such as `same city`."""
    answered: str | None
    """How it was answered, if it was."""
    lapsed: bool
    """Whether one of the two has moved away or was cancelled."""


def events(reader: Reader, span: Span = ALL) -> Page[EventView]:
    """The calendar in the order of days; what has no day yet comes last."""
    visible = [each for each in reader.state.calendar.values() if sees_event(reader, each)]
    visible.sort(key=lambda each: (each.day is None, each.day.on if each.day else date.min))
    return page_of(visible, span, lambda event: event_view(reader, event))


def sees_event(reader: Reader, event: CalendarEvent) -> bool:
    """Whether a reader may see an event: one of its bodies, and the meeting that it is of."""
    if not event.bodies:
        return reader.sees("", event.meeting)
    return any(reader.sees(body, event.meeting) for body in event.bodies)


def event_view(reader: Reader, event: CalendarEvent) -> EventView:
    """One event."""
    anchor = reader.state.calendar.get(event.anchor.event) if event.anchor else None
    return EventView(
        id=event.id,
        title=reader.words(event.title),
        on=reader.day(event.day),
        on_iso=reader.iso(event.day),
        at=reader.instant(event.at),
        bodies=[reader.body(body) for body in event.bodies],
        place=event.place,
        city=event.city,
        own=event.own,
        anchored_on=reader.words(anchor.title) if anchor else None,
        meeting_id=event.meeting,
        cancelled=event.cancelled,
        moves=event.moves,
    )


def moved(reader: Reader, span: Span = ALL) -> Page[MovedView]:
    """All moves in the order in which they were made, each followed by its effects."""
    calendar, names = reader.state.calendar, Names.of(reader)
    lines = [
        (move, effect)
        for move in reader.state.moves
        if move.event not in calendar or sees_event(reader, calendar[move.event])
        for effect in (None, *move.effects)
    ]
    return page_of(lines, span, lambda line: _line(names, *line))


def effects(reader: Reader, event: str, new_day: date) -> list[MovedView]:
    """What would move, and how, if an event were given another day: as `moved` tells it afterwards. Cost: a look at all days."""
    names = Names.of(reader)
    found = effects_of_move(reader.state, event, new_day, reader.on)
    seen = (each for each in found if _sees_effect(reader, each))
    move = Move(event=event, before=None, after=Day(new_day), on=reader.on, effects=(), seq=0)
    return [_line(names, move, each) for each in seen]


def _sees_effect(reader: Reader, effect: Effect) -> bool:
    """Whether a reader may see the thing that an effect is on."""
    kind, _, key = effect.what.partition(":")
    state = reader.state
    if kind in ("event", "meeting"):
        return key not in state.calendar or sees_event(reader, state.calendar[key])
    if kind == "item":
        item = state.open_items.get(key)
        return item is not None and sees_item(reader, item)
    owner = key.rpartition("/")[0]
    thing = state.decisions.get(owner) or state.motions.get(owner)
    return thing is not None and reader.sees(thing.body, thing.meeting)


def clashes(reader: Reader, span: Span = ALL) -> Page[ClashView]:
    """The clashes found, in the order of days."""
    calendar, names = reader.state.calendar, Names.of(reader)
    seen = [
        clash
        for clash in sorted(reader.state.clashes.values(), key=lambda each: each.on)
        if all(sees_event(reader, calendar[key]) for key in (clash.first, clash.second))
    ]
    return page_of(seen, span, lambda clash: clash_view(names, clash))


def clash_view(reader: Reader, clash: Clash) -> ClashView:
    """One clash."""
    between = [clash.first, clash.second]
    return ClashView(
        id=clash.id,
        on=reader.day(clash.on),
        on_iso=reader.iso(clash.on),
        between=[reader.words(reader.state.calendar[key].title) for key in between],
        between_ids=between,
        severity=clash.severity,
        why=Names.of(reader).reasons(clash),
        answered=clash.answered or None,
        lapsed=clash.lapsed,
    )


def _line(names: Names, move: Move, effect: Effect | None) -> MovedView:
    """One effect of a move; None is the move itself."""
    if effect is None:
        before = move.before.on if move.before else None
        days = (move.after.on - before).days if before else 0
        shown = Effect(f"event:{move.event}", "follows", before, move.after.on, days)
    else:
        shown = effect
    return MovedView(
        what=_thing(names, shown.what),
        what_id=shown.what,
        moved_from=names.day(shown.before),
        moved_from_iso=names.iso(shown.before),
        moved_to=names.day(shown.after),
        moved_to_iso=names.iso(shown.after),
        days=shown.days,
        effect="moves" if effect is None else shown.effect,
        note=note_of(names, shown),
        entry=move.seq,
    )


def _thing(reader: Reader, what: str) -> str:
    """The words for what an effect names: `event:…`, `item:…`, `clause:decision/n`, `motion:motion/n`."""
    kind, _, key = what.partition(":")
    state = reader.state
    if kind in ("event", "meeting") and key in state.calendar:
        return reader.words(state.calendar[key].title)
    if kind == "item":
        return item_title(Names.of(reader), key)
    owner, _, n = key.rpartition("/")
    if owner in state.decisions:
        return f"{reader.words(state.decisions[owner].title)}, clause {n}"
    if owner in state.motions:
        return f"{reader.motion(state.motions[owner])}, clause {n}"
    return key
