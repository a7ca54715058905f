"""Instants as people of an organisation write them: a day of its calendar and the time on its clocks."""

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache

from quorate.canon.fault import Malformed
from quorate.canon.moment import Calendar, Day, iso_day, parse_day
from quorate.canon.zone import find_zone

_written = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)( O\.S\.| N\.S\.)?")
_time = re.compile(r"\d{2}:\d{2}(?::\d{2})?")
_absolute = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})")
FORM = "a time as YYYY-MM-DD HH:MM, in the calendar and on the clocks of the organisation"


def parse_instant(
    text: str, calendar: Calendar, zone: str, after: datetime | None = None
) -> datetime:
    """The instant, in UTC, that `YYYY-MM-DD HH:MM` means there; `HH:MM` alone is that time on the day of `after`.

    With `Z` or an offset at its end it is an ISO 8601 instant, whatever the calendar and zone.

    Raises:
        Malformed: not of that form, no such day or zone, or a time that the clocks skipped that day.
    """
    text = text.strip()
    if after is not None and _time.fullmatch(text):
        text = f"{format_instant(after, calendar, zone)[:10]} {text}"
    try:
        if _absolute.fullmatch(text):
            return _near(datetime.fromisoformat(text)).astimezone(UTC)
        match = _written.fullmatch(text)
        if match is None:
            raise Malformed(repr(text), FORM)
        day = parse_day(match[1] + (match[3] or ""), calendar).on
        clock = time.fromisoformat(match[2])
    except ValueError:
        raise Malformed(repr(text), FORM) from None
    local = datetime.combine(day, clock, find_zone(zone))
    at = local.astimezone(UTC)
    if at.astimezone(local.tzinfo) != local or at.astimezone(local.tzinfo).time() != clock:
        raise Malformed(repr(text), f"a time that the clocks of {zone} showed that day")
    return at


def _near(at: datetime) -> datetime:
    """The instant itself, if days of its year are written; else raises ValueError, as other zones may not have it at all."""
    Day(at.date())
    return at


def format_instant(at: datetime, calendar: Calendar, zone: str) -> str:
    """`YYYY-MM-DD HH:MM` there, with seconds if it has any; the inverse of `parse_instant` to the second."""
    local = at.astimezone(find_zone(zone))
    clock = local.strftime("%H:%M:%S" if local.second else "%H:%M")
    return f"{iso_day(local.date(), calendar)} {clock}"


@lru_cache(maxsize=64)
def day_there(at: datetime, zone: str) -> date:
    """The day that an instant falls on in a time zone.

    Raises:
        Malformed: there is no such zone.
    """
    return at.astimezone(find_zone(zone)).date()
