"""Heads and votes counted in full, beside what the rules keep as it changes (check 10).

The rules keep who counts at a meeting person by person, and the sums of a division vote by vote. Here both are counted again
from the state: heads where a division is opened and where a quorum is reached or lost, votes where a division is closed.
"""

from quorate.assembly.act import Event, Stamp, kind_of
from quorate.assembly.divisions.circular import CircularVoteEnded
from quorate.assembly.divisions.divisions import DivisionClosed, DivisionOpened
from quorate.assembly.divisions.figures import recounted, tally_of
from quorate.assembly.heads import counted_anew
from quorate.assembly.meetings.quorum import QuorumLost, QuorumReached
from quorate.assembly.model.division import Division
from quorate.assembly.state import State
from quorate.audit.check import check_of
from quorate.canon.fault import Unverified


def require_heads(state: State, event: Event, stamp: Stamp, seq: int) -> None:
    """Return if an opening, or a quorum reached or lost, says how many a full count finds at its meeting.

    Cost: a look at each seat, presence and proxy.

    Raises:
        Unverified: it says another number.
    """
    match event:
        case DivisionOpened(opening=opening):
            meeting, said = opening.meeting, opening.present
        case QuorumReached() | QuorumLost():
            meeting, said = event.meeting, event.present
        case _:
            return
    if counted_anew(state, state.meetings[meeting], stamp.on) != said:
        reason = f"it says that {said} count at {meeting}, and a full count says otherwise"
        raise Unverified(check_of(kind_of(type(event))).value, reason, seq)


def require_count(divisions: dict[str, Division], event: Event, seq: int) -> None:
    """Return if the figures of a close are what a full count of its register and its votes comes to.

    Cost: a look at each line and each vote.

    Raises:
        Unverified: they are not.
    """
    if not isinstance(event, DivisionClosed | CircularVoteEnded):
        return
    counted = recounted(divisions[event.act.division])
    if (tally_of(counted, "heads"), tally_of(counted)) != (event.heads, event.weight):
        reason = "its figures are not those of its register and its votes"
        raise Unverified(check_of(kind_of(type(event))).value, reason, seq)
