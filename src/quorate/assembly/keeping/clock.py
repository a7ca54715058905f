"""The clock by which the record is kept: whose days and what clock date an act, and that it jumped."""

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.meetings.convening import Instant
from quorate.assembly.model.organisation import Organisation
from quorate.assembly.organisation.bodies import FoundOrganisation
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
