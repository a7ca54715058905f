"""The calendar, what was moved in it and with what effect, and what clashes."""

from collections.abc import Iterator
from datetime import date

from msgspec import UNSET, Struct, field

from quorate.assembly.model.calendar import CalendarEvent, Clash, Effect, Move
from quorate.reading.reader import Iso, Reader
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


def events(reader: Reader) -> list[EventView]:
    """The calendar in the order of days; what has no day yet comes last."""
    visible = [each for each in reader.state.calendar.values() if _sees(reader, each)]
    visible.sort(key=lambda each: (each.day is None, each.day.on if each.day else date.min))
    return [event_view(reader, each) for each in visible]


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


def moved(reader: Reader) -> list[MovedView]:
    """All moves in the order in which they were made, each followed by its effects."""
    return [
        line
        for move in reader.state.moves
        if move.event not in reader.state.calendar
        or _sees(reader, reader.state.calendar[move.event])
        for line in _lines(reader, move)
    ]


def clashes(reader: Reader) -> list[ClashView]:
    """The clashes found, in the order of days."""
    calendar = reader.state.calendar
    return [
        clash_view(reader, clash)
        for clash in sorted(reader.state.clashes.values(), key=lambda each: each.on)
        if all(_sees(reader, calendar[key]) for key in (clash.first, clash.second))
    ]


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


def _sees(reader: Reader, event: CalendarEvent) -> bool:
    if not event.bodies:
        return reader.sees("", event.meeting)
    return any(reader.sees(body, event.meeting) for body in event.bodies)


def _lines(reader: Reader, move: Move) -> Iterator[MovedView]:
    before = move.before.on if move.before else None
    days = (move.after.on - before).days if before else 0
    own = Effect(f"event:{move.event}", "follows", before, move.after.on, days)
    for effect in (own, *move.effects):
        yield MovedView(
            what=_thing(reader, effect.what),
            what_id=effect.what,
            moved_from=reader.day(effect.before),
            moved_from_iso=reader.iso(effect.before),
            moved_to=reader.day(effect.after),
            moved_to_iso=reader.iso(effect.after),
            days=effect.days,
            effect="moves" if effect is own else effect.effect,
            note=note_of(Names.of(reader), effect),
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
