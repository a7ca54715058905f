"""The day that a point means: plain, or an event's day plus an offset."""

from datetime import date

import msgspec

from quorate.assembly.model.calendar import Point
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.state import State, found
from quorate.canon.moment import FIRST_YEAR, LAST_YEAR

_FIRST, _LAST = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()

refusals(
    beyond_the_calendar="days day",
)


def day_of_point(state: State, point: Point) -> date | None:
    """The day a point means now; None while the event that it hangs on has no day."""
    if point.on is not None:
        return point.on
    if point.tie == "fixed":
        return point.held
    event = state.calendar.get(point.event)
    if event is None or event.day is None:
        return None
    return later(event.day.on, point.days)


def later(day: date, days: int) -> date:
    """The day so many days after another, or before it.

    Raises:
        Refused: a chain of offsets leads out of the years that can be reckoned.
    """
    # Not `day + timedelta(days)`, which goes on to the year 9999: such a day could not be written.
    ordinal = day.toordinal() + days
    if not _FIRST <= ordinal <= _LAST:
        raise Refused("beyond-the-calendar", day=day, days=days)
    return date.fromordinal(ordinal)


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
    event = found(state.calendar, "calendar-event", point.event)
    if event.day is None:
        if point.tie == "fixed":
            raise Refused("event-undated", event=point.event)
        return point
    # Reckoned for an anchor that moves as well: once it is on record, nobody who asks for its day may be refused.
    day = later(event.day.on, point.days)
    return point if point.tie == "moves" else msgspec.structs.replace(point, held=day)
