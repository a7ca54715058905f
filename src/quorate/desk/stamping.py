"""The stamp of an act at the desk: who acts, and when, by whichever clock dates the acts of the organisation."""

import re
from collections import deque
from datetime import UTC, datetime
from functools import partial

from quorate.assembly.act import Act, Stamp
from quorate.assembly.due import end_what_is_due, next_ending
from quorate.assembly.keeping.clock import (
    FAR_AHEAD,
    CorrectClock,
    is_clock_told,
    require_in_time,
    require_plausible,
    zone_of,
)
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.canon.moment import FIRST_YEAR, LAST_YEAR
from quorate.canon.zone import offset_there
from quorate.desk.answer import Caller

refusals(
    time_not_told="",
    time_told="",
)

_token = re.compile(r"[A-Za-z0-9_-]{16,64}")


def stamp_of(state: State, act: Act, caller: Caller, now: datetime) -> Stamp:
    """The stamp of an act: who acts, and when.

    Its instant lies before that of the last entry only if it corrects the clock, and never far after it unless the caller
    has confirmed that so much time has gone by.

    Raises:
        Malformed: nobody acts, or the token or the time is not written as it must be.
        Refused: the time cannot be that of the act.
    """
    if not caller.by:
        raise Malformed("by", "the id of the person who acts")
    if caller.token and not _token.fullmatch(caller.token):
        raise Malformed(
            "token", "16 to 64 letters, digits, hyphens or underscores, drawn at random"
        )
    is_told = is_clock_told(state, act)
    if not is_told and caller.at is not None:
        raise Refused("time-told")
    if is_told:
        at = _told_at(caller)
        require_in_time(state, act, at)
    else:
        at = now if isinstance(act, CorrectClock) else max(now, state.last_at)
    if not caller.time_confirmed:
        require_plausible(state, at)
    return Stamp(
        at=at,
        offset=offset_there(at, zone_of(state, act) or "UTC"),
        by=caller.by,
        behalf=caller.behalf,
        known_by=caller.known_by,
        entered_by=caller.entered_by,
        token=caller.token,
    )


def offset_of(state: State, at: datetime) -> int:
    """How far the clocks of the organisation were ahead of UTC at an instant, in seconds."""
    return offset_there(at, state.house().zone)


def is_due(state: State, now: datetime) -> bool:
    """Whether something has ended by now that the record does not say has ended; never where the clock is told."""
    if not state.due or state.house().clock == "told" or now - state.last_at > FAR_AHEAD:
        return False
    return next_ending(state, now) is not None


def ended_by(state: State, now: datetime) -> State:
    """The state for whoever only reads: what is due by now has ended in it, though no entry says so yet. Cost: a copy."""
    later = state.copy()
    deque(end_what_is_due(later, now, partial(offset_of, later)), maxlen=0)
    later.size = state.size
    return later


def _told_at(caller: Caller) -> datetime:
    if caller.at is None:
        raise Refused("time-not-told")
    if not FIRST_YEAR <= caller.at.year <= LAST_YEAR:
        raise Malformed("at", f"an instant of the years {FIRST_YEAR} to {LAST_YEAR}")
    return caller.at.astimezone(UTC)
