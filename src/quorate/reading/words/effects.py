"""The effects of a move in words: why one is trouble."""

from datetime import date

from quorate.assembly.model.calendar import Effect
from quorate.reading.words.names import plural
from quorate.reading.words.subjects import Names


def note_of(names: Names, effect: Effect) -> str:
    """Why an effect is trouble, where the effect alone does not say; else empty."""
    if effect.why == "short-notice":
        event = names.state.calendar.get(effect.what.removeprefix("event:"))
        needed = f", {event.notice_days} needed" if event else ""
        return f"{plural(effect.clear or 0, 'clear day')} of notice{needed}"
    return why_of(names, effect.why or "", effect.event, effect.before)


def why_of(names: Names, why: str, event: str, before: date | None) -> str:
    """The reason of an effect, with the event that it rests on and its old day."""
    match why:
        case "ends-before-it-begins":
            return "ends before it begins"
        case "notice-given":
            return f"its notice has named {names.on_day(before)}"
        case "assumed":
            return f"it assumes “{names.event(event)}” on {names.on_day(before)}"
        case "cancelled":
            return f"“{names.event(event)}” is cancelled"
        case _:
            return ""
