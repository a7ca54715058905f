"""Instants and days as an assembly writes them.

An instant is an aware UTC datetime to the microsecond. A day is a date of the proleptic Gregorian calendar (ISO 8601)
that keeps beside it how it was written: `20 October 1917 O.S.` stays that, and is also 1917-11-02.
Julian conversion by Julian day number (Richards, Explanatory Supplement to the Astronomical Almanac, 3rd ed., 15.11).
"""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Literal

import msgspec

from quorate.canon.fault import Malformed

FIRST_YEAR, LAST_YEAR = 1000, 2999
"""The first and the last year of days that an assembly writes; a day reckoned from one of these is still a date."""
Calendar = Literal["gregorian", "julian"]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_written = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?: (O\.S\.|N\.S\.))?")
_ORDINAL_OF_JDN_ZERO = (
    1721425  # Julian day number of 0001-01-01 (Gregorian), whose date.toordinal() is 1
)


class Day(msgspec.Struct, frozen=True, omit_defaults=True):
    """A date, and the words in which it was given when they say more than the ISO date."""

    on: date
    written: str = ""

    def __post_init__(self) -> None:
        """Refuse a day so far away that no other could be reckoned from it."""
        if not FIRST_YEAR <= self.on.year <= LAST_YEAR:
            msg = f"a day of the years {FIRST_YEAR} to {LAST_YEAR}, not {self.on}"
            raise ValueError(msg)

    def __str__(self) -> str:
        return self.written or self.on.isoformat()


def julian_to_date(year: int, month: int, day: int) -> date:
    """The Gregorian date of a day of the Julian calendar.

    Raises:
        ValueError: there is no such day.
    """
    if not (1 <= month <= 12 and 1 <= day <= _julian_month_length(year, month)):
        msg = f"no such day in the Julian calendar: {year:04}-{month:02}-{day:02}"
        raise ValueError(msg)
    shift = (14 - month) // 12
    y, m = year + 4800 - shift, month + 12 * shift - 3
    jdn = day + (153 * m + 2) // 5 + 365 * y + y // 4 - 32083
    return date.fromordinal(jdn - _ORDINAL_OF_JDN_ZERO)


def date_to_julian(day: date) -> tuple[int, int, int]:
    """Year, month and day of a Gregorian date in the Julian calendar; the inverse of `julian_to_date`."""
    c = day.toordinal() + _ORDINAL_OF_JDN_ZERO + 32082
    d = (4 * c + 3) // 1461
    e = c - 1461 * d // 4
    m = (5 * e + 2) // 153
    return d - 4800 + m // 10, m + 3 - 12 * (m // 10), e - (153 * m + 2) // 5 + 1


def parse_day(text: str, calendar: Calendar = "gregorian") -> Day:
    """The day that `YYYY-MM-DD` names in a calendar; a suffix `O.S.` or `N.S.` overrides the calendar given.

    Raises:
        Malformed: not of that form, or no such day.
    """
    match = _written.fullmatch(text.strip())
    if not match:
        raise Malformed(repr(text), "a date as YYYY-MM-DD, with O.S. or N.S. after it if need be")
    year, month, day = (int(match[i]) for i in (1, 2, 3))
    style = {"O.S.": "julian", "N.S.": "gregorian", None: calendar}[match[4]]
    try:
        if style == "julian":
            return Day(julian_to_date(year, month, day), f"{day} {MONTHS[month - 1]} {year} O.S.")
        return Day(date(year, month, day))
    except ValueError as error:
        raise Malformed(repr(text), f"an existing day ({error})") from error


def format_day(day: date, calendar: Calendar = "gregorian") -> str:
    """A date in words a reader of that calendar expects: `20 October 1917 O.S.` or `2 November 1917`."""
    if calendar == "julian":
        y, m, d = date_to_julian(day)
        return f"{d} {MONTHS[m - 1]} {y} O.S."
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def iso_day(day: date, calendar: Calendar = "gregorian") -> str:
    """A date as YYYY-MM-DD in a calendar (in the Julian one it is not an ISO 8601 date, only written like one)."""
    if calendar == "julian":
        y, m, d = date_to_julian(day)
        return f"{y:04}-{m:02}-{d:02}"
    return day.isoformat()


@lru_cache(maxsize=16)
def minute(at: datetime) -> str:
    """An instant to the minute, as the envelope of an entry shows it: `2026-11-23T19:04Z`."""
    return at.astimezone(UTC).isoformat(timespec="minutes")[:16] + "Z"


def _julian_month_length(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 else 28
    return 30 if month in (4, 6, 9, 11) else 31
