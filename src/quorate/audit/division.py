"""A division by its own entries alone: what it makes of each vote, of the figures, and of the result (checks 9 and 10).

From its opening on, which froze the rule, the quorum and the register, a division depends on nothing but its own
entries. So it can be checked even where the record around it was erased or withheld:

    9   the register has everyone once, with a weight; a division taken again has the register of the first
    10  every vote is of somebody on the register, nobody votes twice, figures are of tellers
    10  heads, weight, who did not vote and who is unaccounted for follow from the votes or figures
    10  the result follows from all that, under the rule

None of that is stated here. The tables name the functions with which the rules of the assembly make and change a
division; what depends on more (who was seated, who had the chair, whether an early close was allowed) is for `replay.py`.
"""
# ruff: noqa: ARG001  # the functions of a table are called in the same way

from collections.abc import Callable, Iterator
from typing import Any

from quorate.assembly.act import Event, Stamp, evolve, follow, kind_of
from quorate.assembly.divisions.circular import (
    CircularVoteCancelled,
    CircularVoteEnded,
    CircularVoteOpened,
    MeetingDemanded,
    cancelling,
    demanding_meeting,
    ending,
)
from quorate.assembly.divisions.counts import CountEntered, entering_count
from quorate.assembly.divisions.divisions import (
    DivisionClosed,
    DivisionDemanded,
    DivisionOpened,
    DivisionUnreconciled,
    DivisionVoided,
    RecountDemanded,
    closing,
    voiding,
)
from quorate.assembly.divisions.results import (
    CastingVoteGiven,
    LotDrawn,
    ResultDeclared,
    SecretResultDeclared,
    declaring,
    declaring_figures,
    drawing_lot,
    giving_casting_vote,
    set_outcome,
    take_figures,
)
from quorate.assembly.divisions.secret import BallotPrepared, preparing
from quorate.assembly.divisions.status import open_among, require_open, void_among
from quorate.assembly.divisions.votes import (
    ObjectionRecorded,
    RollCallEntered,
    StandAsideRecorded,
    VoteCast,
    VoteChanged,
    VoteCorrected,
    casting,
    changing,
    correcting,
    entering_roll_call,
    objecting,
    standing_aside,
)
from quorate.assembly.model.division import Division
from quorate.assembly.motions.decided import MotionDecided
from quorate.assembly.state import State
from quorate.audit.openings import circular_opened, opened, taken_again


def made_of(divisions: dict[str, Division], event: Event, stamp: Stamp) -> Event:
    """The event as its division makes it of the act in it.

    Raises:
        Refused, Malformed: it makes none.
    """
    if type(event) in OPENED:
        return OPENED[type(event)](divisions, event, stamp)
    return MADE[type(event)](divisions[key_of(event)], getattr(event, "act", event), stamp)


def change(state: State, event: Event, stamp: Stamp) -> None:
    """Change the division of an event by it, and nothing around the division."""
    CHANGED.get(type(event), evolve)(state, event, stamp)


def following(state: State, event: Event, stamp: Stamp) -> Iterator[Event]:
    """The events that follow by themselves from an event, as far as its division alone says so."""
    if isinstance(event, DivisionClosed | ResultDeclared | SecretResultDeclared):
        yield from follow(state, event, stamp)


def key_of(event: Any) -> str:
    """The division that an event is of; the new one if it opens one."""
    if isinstance(event, RecountDemanded | DivisionDemanded):
        return event.act.again
    return str(getattr(event, "act", event).division)


def _cancelled(division: Division, event: CircularVoteCancelled, stamp: Stamp) -> Event:
    # How many must demand a meeting is for the standing orders. But it follows a demand, and so while votes come in.
    require_open(division)
    return cancelling(division)


def _open(state: State, event: Any, stamp: Stamp) -> None:
    open_among(state.divisions, key_of(event), event.opening, stamp, state.size)


def _void(state: State, event: Event, stamp: Stamp) -> None:
    void_among(state.divisions, state.divisions[key_of(event)])


def _declare(state: State, event: ResultDeclared, stamp: Stamp) -> None:
    set_outcome(state.divisions[event.act.division], event.outcome)


def _declare_figures(state: State, event: SecretResultDeclared, stamp: Stamp) -> None:
    take_figures(state.divisions[event.act.division], event, stamp, state.size)


OPENED: dict[type[Event], Callable[[dict[str, Division], Any, Stamp], Event]] = {
    DivisionOpened: opened,
    CircularVoteOpened: circular_opened,
    RecountDemanded: taken_again,
    DivisionDemanded: taken_again,
}
"""By class of event that opens a division: the function that makes it again, or takes it as it was recorded."""
MADE: dict[type[Event], Callable[[Division, Any, Stamp], Event]] = {
    VoteCast: casting,
    VoteChanged: changing,
    RollCallEntered: entering_roll_call,
    VoteCorrected: correcting,
    ObjectionRecorded: objecting,
    StandAsideRecorded: standing_aside,
    CountEntered: entering_count,
    MeetingDemanded: demanding_meeting,
    CircularVoteCancelled: _cancelled,
    CircularVoteEnded: ending,
    BallotPrepared: preparing,
    DivisionClosed: closing,
    DivisionVoided: voiding,
    CastingVoteGiven: giving_casting_vote,
    LotDrawn: drawing_lot,
    ResultDeclared: declaring,
    SecretResultDeclared: declaring_figures,
}
"""By class of every other event that changes a division: the function with which the division makes it of its act."""
CHANGED: dict[type[Event], Callable[[State, Any, Stamp], None]] = {
    **dict.fromkeys(OPENED, _open),
    CircularVoteCancelled: _void,
    DivisionVoided: _void,
    ResultDeclared: _declare,
    SecretResultDeclared: _declare_figures,
}
"""By class of event that changes a motion too: the function that changes the division alone."""
OPENINGS = frozenset(map(kind_of, OPENED))
KINDS = OPENINGS | frozenset(map(kind_of, MADE))
RESULTS = (kind_of(ResultDeclared), kind_of(SecretResultDeclared))
FOLLOWING_KINDS = frozenset(map(kind_of, (DivisionUnreconciled, MotionDecided)))
"""Kinds of events that follow by themselves from the figures or the result of a division."""
