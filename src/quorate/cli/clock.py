"""What commands say of the clock: that the record is ahead of it, and what the clerk can do."""

from datetime import timedelta

from quorate.assembly.state import State
from quorate.cli.output import warn
from quorate.desk.desk import Desk
from quorate.desk.local_time import format_instant
from quorate.premises.clock import SystemClock

AHEAD = timedelta(minutes=1)
"""A clock so little behind the last entry was set, or is another machine's."""


def warn_of_clock(desk: Desk) -> None:
    """Warn if acts are dated later than it is, because the last entry is."""
    if words := desk.read(_words):
        for line in words:
            warn(line)


def _words(state: State) -> tuple[str, ...]:
    house = state.organisation
    now = SystemClock().now()
    if house is None or house.clock == "told" or state.last_at - now < AHEAD:
        return ()
    last = format_instant(state.last_at, house.calendar, house.zone)
    here = format_instant(now, house.calendar, house.zone)
    return (
        f"The last entry is dated {last}, and this clock shows {here}: until then acts are dated as the last entry is.",
        'hint: if a clock had run ahead, the clerk sets it right: quorate act correct-clock --set reason="..."',
    )
