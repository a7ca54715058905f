"""Days, in both calendars."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.canon.fault import Malformed
from quorate.canon.moment import (
    Day,
    date_to_julian,
    format_day,
    iso_day,
    julian_to_date,
    minute,
    parse_day,
)


@pytest.mark.parametrize(
    ("julian", "gregorian"),
    [
        ((1917, 10, 25), date(1917, 11, 7)),
        ((1917, 10, 20), date(1917, 11, 2)),
        ((1917, 10, 16), date(1917, 10, 29)),
        ((1918, 2, 1), date(1918, 2, 14)),
        ((1900, 2, 29), date(1900, 3, 13)),
        ((1900, 3, 1), date(1900, 3, 14)),
        ((1582, 10, 5), date(1582, 10, 15)),
    ],
)
def test_known_days_agree(julian: tuple[int, int, int], gregorian: date) -> None:
    assert julian_to_date(*julian) == gregorian
    assert date_to_julian(gregorian) == julian


def test_every_day_of_a_thousand_years_goes_there_and_back() -> None:
    day = date(1200, 1, 1)
    previous = None
    while day < date(2200, 1, 1):
        julian = date_to_julian(day)
        assert julian_to_date(*julian) == day
        assert previous is None or julian > previous
        previous, day = julian, day + timedelta(days=1)


def test_twentieth_of_october_old_style_was_a_friday() -> None:
    assert julian_to_date(1917, 10, 20).strftime("%A") == "Friday"
    assert julian_to_date(1917, 10, 22).strftime("%A") == "Sunday"


def test_day_keeps_how_it_was_written() -> None:
    day = parse_day("1917-10-20 O.S.")
    assert day == Day(date(1917, 11, 2), "20 October 1917 O.S.")
    assert str(day) == "20 October 1917 O.S."
    assert parse_day("1917-10-20", "julian") == day
    assert str(parse_day("2026-11-23")) == "2026-11-23"
    assert parse_day("1917-11-02 N.S.", "julian").on == day.on


@pytest.mark.parametrize(
    "text", ["", "1917-10-32", "1917-02-29", "20.10.1917", "1917-1-1", "1917-13-01 O.S.", "x"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        parse_day(text)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)))
def test_what_is_written_can_be_read(day: date) -> None:
    assert parse_day(iso_day(day, "julian"), "julian").on == day
    assert parse_day(iso_day(day)).on == day


@pytest.mark.parametrize("text", ["0999-12-31", "3000-01-01", "9999-12-31", "0001-01-01"])
def test_day_out_of_which_nothing_could_be_reckoned_is_refused(text: str) -> None:
    with pytest.raises(Malformed, match="1000 to 2999"):
        parse_day(text)
    with pytest.raises(msgspec.ValidationError, match="1000 to 2999"):
        msgspec.json.decode(f'{{"on":"{text}"}}'.encode(), type=Day)


def test_days_in_words() -> None:
    assert format_day(date(1917, 11, 2), "julian") == "20 October 1917 O.S."
    assert format_day(date(2026, 3, 2)) == "2 March 2026"


def test_minute_hides_the_second() -> None:
    assert minute(datetime(2026, 11, 23, 19, 4, 59, 999999, tzinfo=UTC)) == "2026-11-23T19:04Z"
