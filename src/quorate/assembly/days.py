"""The day that a point means: plain, or an event's day plus an offset."""

from datetime import date, timedelta

import msgspec

from quorate.assembly.model.calendar import Point
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State, found


def day_of_point(state: State, point: Point) -> date | None:
    """The day a point means now; None while the event that it hangs on has no day."""
    if point.on is not None:
        return point.on
    if point.tie == "fixed":
        return point.held
    event = state.calendar.get(point.event)
    if event is None or event.day is None:
        return None
    return event.day.on + timedelta(days=point.days)


def settle(state: State, point: Point | None) -> Point | None:
    """The point as the record keeps it: a `fixed` anchor gets the day that its event has now.

    Raises:
        Refused: the point names no day and no event, an unknown event, or a held day of its own.
    """
    if point is None:
        return None
    if (point.on is None) == (point.event == "") or point.held is not None:
        raise Refused("point-unclear")
    if point.on is not None:
        return point
    event = found(state.calendar, "calendar event", point.event)
    if point.tie == "moves":
        return point
    if event.day is None:
        raise Refused("event-undated", event=point.event)
    return msgspec.structs.replace(point, held=event.day.on + timedelta(days=point.days))
