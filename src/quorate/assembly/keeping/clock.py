"""Jumps of the clock by which the record is kept."""

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.meetings.convening import Instant
from quorate.assembly.organisation.membership import require_clerk
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.state import State

refusals(
    no_jump="before after",
)


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
    return ClockJumpNoted(act=act)


@evolves(ClockJumpNoted)
def clock_jump_noted(state: State, event: ClockJumpNoted, stamp: Stamp) -> None:
    """Readers are told that the times of this record are not one sequence."""
    state.clock_jumps += 1
