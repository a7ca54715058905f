"""The clock by which the record is kept: whose clock dates an act, that it went back, and how it is set right.

Entries follow each other in time. If the clock goes back, that is noted once, and acts are dated at the last instant until
it has caught up. If it had run ahead instead, so that those entries are dated wrongly, the clerk corrects it: the correction
is the one entry that may be dated before the entry that precedes it.
"""

from datetime import datetime, timedelta

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.meetings.convening import Instant
from quorate.assembly.model.organisation import Organisation
from quorate.assembly.organisation.bodies import FoundOrganisation
from quorate.assembly.organisation.membership import require_clerk
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.state import State

refusals(
    no_jump="before after",
    jump_noted="before after",
    clock_right="at last_at",
    time_backwards="at last_at",
    time_far_ahead="at last_at days",
)

JUMP = timedelta(seconds=1)
"""A clock further behind the last entry than this has gone back."""
FAR_AHEAD = timedelta(days=366)
"""An instant further ahead of the last entry than this is more likely a wrong clock than a house that rested so long."""


class NoteClockJump(Act, frozen=True):
    """Say that the clock by which entries are dated was set; entered by whatever keeps the record, for the clerk."""

    before: Instant
    after: Instant


class ClockJumpNoted(Event, frozen=True):
    """Entries before this one and after it are dated by clocks that disagree."""

    act: NoteClockJump


@decides(NoteClockJump)
def note_clock_jump(state: State, act: NoteClockJump, stamp: Stamp) -> ClockJumpNoted:
    """Noted in the clerk's name; refused when the clock did not jump."""
    require_clerk(state, stamp)
    if act.before == act.after:
        raise Refused("no-jump", before=act.before, after=act.after)
    if is_jump_noted(state, act.before, act.after):
        raise Refused("jump-noted", before=act.before, after=act.after)
    return ClockJumpNoted(act=act)


@evolves(ClockJumpNoted)
def clock_jump_noted(state: State, event: ClockJumpNoted, stamp: Stamp) -> None:
    """Readers are told that the times of this record are not one sequence."""
    state.clock_jumps += 1
    state.last_jump = (event.act.before, event.act.after)


def is_jump_noted(state: State, before: datetime, after: datetime) -> bool:
    """Whether the last jump that was noted is the one from `before`, and since then the clock only went on."""
    return (
        state.last_jump is not None
        and state.last_jump[0] == before
        and after >= state.last_jump[1] - JUMP
    )


class CorrectClock(Act, frozen=True):
    """Say that the clock had run ahead: from this act on the record goes on in the right time."""

    reason: str | None = None


class ClockCorrected(Event, frozen=True):
    """Entries up to this one may be dated later than they were made; this one, and those after it, are not."""

    act: CorrectClock
    ahead: Instant
    """The instant of the last entry before."""


@decides(CorrectClock, says=("reason",))
def correct_clock(state: State, act: CorrectClock, stamp: Stamp) -> ClockCorrected:
    """The clerk, with a reason, when the last entry is dated in the future."""
    require_clerk(state, stamp)
    require_step_back(stamp.at, state.last_at)
    return ClockCorrected(act=act, ahead=state.last_at)


def require_step_back(at: datetime, last_at: datetime) -> None:
    """Return if an instant lies before that of the last entry, so that there is something to correct."""
    if at >= last_at:
        raise Refused("clock-right", at=at, last_at=last_at)


@evolves(ClockCorrected)
def clock_corrected(state: State, event: ClockCorrected, stamp: Stamp) -> None:
    """The record goes on from the instant of the correction; nothing that was recorded is undone."""
    state.clock_corrections += 1


def require_in_time(state: State, act: Act | None, at: datetime) -> None:
    """Return if an act may be dated so: nothing lies before the entry that precedes it but the correction of the clock."""
    if at < state.last_at and not isinstance(act, CorrectClock):
        raise Refused("time-backwards", at=at, last_at=state.last_at)


def require_plausible(state: State, at: datetime) -> None:
    """Return if an instant is not so far ahead of the last entry that the clock which gave it is more likely wrong."""
    if state.organisation is not None and at - state.last_at > FAR_AHEAD:
        days = (at - state.last_at).days
        raise Refused("time-far-ahead", at=at, last_at=state.last_at, days=days)


def zone_of(state: State, act: Act | None) -> str:
    """The time zone of the clocks by which an act is done: the organisation's, or that of the one which the act founds.

    Empty if there is no organisation.
    """
    house = _house_of(state, act)
    return house.zone if house else ""


def is_clock_told(state: State, act: Act) -> bool:
    """Whether an act must say itself when it was done."""
    house = _house_of(state, act)
    return house is not None and house.clock == "told"


def _house_of(state: State, act: Act | None) -> Organisation | FoundOrganisation | None:
    if state.organisation is None and isinstance(act, FoundOrganisation):
        return act
    return state.organisation
