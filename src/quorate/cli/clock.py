"""What commands say of the clock: that the record is ahead of it, and what the clerk can do."""

from datetime import datetime, timedelta
from typing import NamedTuple

from quorate.assembly.state import State
from quorate.canon.moment import Calendar
from quorate.cli.output import warn
from quorate.desk.desk import Desk
from quorate.desk.local_time import format_instant
from quorate.premises.clock import SystemClock

AHEAD = timedelta(minutes=1)
"""A clock so little behind the last entry was set, or is another machine's."""


def warn_of_clock(desk: Desk) -> None:
    """Warn if acts are dated later than it is, because the last entry is."""
    now = SystemClock().now()
    dated = desk.read(_dated)
    if dated is None or dated.last_at - now < AHEAD:
        return
    last = format_instant(dated.last_at, dated.calendar, dated.zone)
    here = format_instant(now, dated.calendar, dated.zone)
    warn(
        f"The last entry is dated {last}, and this clock shows {here}: until then acts are dated as the last entry is."
    )
    warn(
        'hint: if a clock had run ahead, the clerk sets it right: quorate act correct-clock --set reason="..."'
    )


class _Dated(NamedTuple):
    last_at: datetime
    calendar: Calendar
    zone: str


def _dated(state: State) -> _Dated | None:
    """When the last entry was, and how that is written; None where the clock is told."""
    house = state.organisation
    if house is None or house.clock == "told":
        return None
    return _Dated(state.last_at, house.calendar, house.zone)
