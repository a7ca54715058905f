"""Telling of the calendar: events announced, moved and cancelled, what hangs on them, and clashes."""

from quorate.assembly.calendar import clashes, events
from quorate.assembly.calendar.effects import TROUBLES
from quorate.assembly.model.calendar import Effect
from quorate.reading.words.names import listed, plural
from quorate.reading.words.sentence import sentence
from quorate.reading.words.subjects import Names


@sentence.register
def _(event: events.EventAnnounced, names: Names) -> str:
    known = names.state.calendar[event.act.event]
    whose = "" if known.own or not known.bodies else f" by {listed(map(names.the, known.bodies))}"
    where = ", ".join(each for each in (known.place, known.city) if each)
    place = f", at {where}" if known.place else f", in {where}" if where else ""
    hangs = names.when(event.anchor, "on ") if event.anchor else ""
    on = hangs or (
        f" on {names.on_day(known.day)}" if known.day else ", on a day still to be fixed"
    )
    return f"in the calendar: “{names.event(event.act.event)}”{whose}{on}{place}."


@sentence.register
def _(event: events.EventMoved, names: Names) -> str:
    before = event.before
    span = (event.act.day.on - before.on).days if before else 0
    how = f", {plural(abs(span), 'day')} {'later' if span > 0 else 'earlier'}" if span else ""
    came = f" from {names.on_day(before)}" if before else ""
    return f"“{names.event(event.act.event)}” was moved{came} to {names.on_day(event.act.day)}{how}{_effects(event.effects)}."


def _effects(effects: tuple[Effect, ...]) -> str:
    if not effects:
        return ""
    trouble = sum(1 for each in effects if each.effect in TROUBLES)
    noted = f", {trouble} of them to be looked at" if trouble else ""
    return f"; {plural(len(effects), 'thing hangs', 'things hang')} on it{noted}"


@sentence.register
def _(event: events.EventCancelled, names: Names) -> str:
    return f"“{names.event(event.act.event)}” will not take place{_effects(event.effects)}."


@sentence.register
def _(event: events.ItemAnchored, names: Names) -> str:
    return f"{names.item(event.act.item)} is now due{names.when(event.due)}."


@sentence.register
def _(event: events.MoveConfirmed, names: Names) -> str:
    return f"after the move, {names.effect(event.act.what)} {event.act.how}."


@sentence.register
def _(event: clashes.ClashFound, names: Names) -> str:
    why = ", ".join(names.reasons(names.state.clashes[event.clash]))
    return (
        f"clash on {names.on_day(event.on)} ({event.severity}): {names.clash(event.clash)}: {why}."
    )


@sentence.register
def _(event: clashes.ClashChanged, names: Names) -> str:
    return f"the clash of {names.clash(event.clash)} is now {event.severity}: {', '.join(names.reasons(names.state.clashes[event.clash]))}."


@sentence.register
def _(event: clashes.ClashLapsed, names: Names) -> str:
    return f"{names.clash(event.clash)} clash no longer."


@sentence.register
def _(event: clashes.ClashAnswered, names: Names) -> str:
    return f"{names.by} answered the clash of {names.clash(event.act.clash)}: {event.act.how}."
