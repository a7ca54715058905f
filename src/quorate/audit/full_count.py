"""The figures of a division, counted in full where it is closed, beside the sums that the rules keep vote by vote (check 10)."""

from quorate.assembly.act import Event, kind_of
from quorate.assembly.divisions.circular import CircularVoteEnded
from quorate.assembly.divisions.divisions import DivisionClosed
from quorate.assembly.divisions.figures import recounted, tally_of
from quorate.assembly.model.division import Division
from quorate.audit.check import check_of
from quorate.canon.fault import Unverified


def require_count(divisions: dict[str, Division], event: Event, seq: int) -> None:
    """Return if the figures of a close are what a full count of its register and its votes comes to.

    The rules keep their sums vote by vote. Cost: a look at each line and each vote.

    Raises:
        Unverified: they are not.
    """
    if not isinstance(event, DivisionClosed | CircularVoteEnded):
        return
    counted = recounted(divisions[event.act.division])
    if (tally_of(counted, "heads"), tally_of(counted)) != (event.heads, event.weight):
        reason = "its figures are not those of its register and its votes"
        raise Unverified(check_of(kind_of(type(event))).value, reason, seq)
