"""How far a division has come: what it must be for each act, how it opens, and how it is voided.

Everything here is of divisions alone. What the change means for a motion or a meeting is for the rule that calls it.
"""

from quorate.assembly.act import Stamp
from quorate.assembly.divisions.opening import Opening, division_of
from quorate.assembly.model.division import Division
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State


def require_open(division: Division) -> None:
    """Return if votes can still come in, else raise Refused `division-closed`."""
    if division.status != "open":
        raise Refused("division-closed", division=division.id, status=division.status)


def require_period(division: Division, stamp: Stamp) -> None:
    """Return if the period of a division runs or it has none, else raise Refused `division-closed`."""
    if division.closes_at is not None and stamp.at >= division.closes_at:
        raise Refused("division-closed", division=division.id, status="past-its-period")


def require_running(division: Division, stamp: Stamp) -> None:
    """Return if a division is open, and its period runs if it has one, else raise Refused `division-closed`."""
    require_open(division)
    require_period(division, stamp)


def require_closed(division: Division) -> None:
    """Return if a division is closed and counts, else raise Refused `not-open` or `recounted`."""
    if division.status != "closed":
        raise Refused(
            "not-open",
            what="division",
            id=division.id,
            status=division.status,
            statuses=("closed",),
        )
    if division.recounted_by:
        raise Refused("recounted", division=division.id, again=division.recounted_by)


def require_before_result(division: Division) -> None:
    """Return if a division counts and has no result yet, else raise Refused `division-closed` or `recounted`."""
    if division.status not in ("open", "closed"):
        raise Refused("division-closed", division=division.id, status=division.status)
    if division.recounted_by:
        raise Refused("recounted", division=division.id, again=division.recounted_by)


def require_repeatable(division: Division) -> None:
    """Return if a division can be taken again: closed, not by circular or secret vote, and the first, else refuse."""
    require_before_result(division)
    if division.method in ("circular", "secret"):
        raise Refused("wrong-method", division=division.id, method=division.method)
    require_closed(division)
    if division.recount_of:
        raise Refused("recount-once", division=division.recount_of)


def open_for_votes(state: State, key: str) -> Division:
    """The division of that id if votes can still come in, else Refused `unknown` or `division-closed`."""
    division = state.division(key)
    require_open(division)
    return division


def open_among(
    divisions: dict[str, Division], key: str, opening: Opening, stamp: Stamp, seq: int
) -> None:
    """A division is open, and the one whose place it takes counts no more; called while an event changes the state."""
    divisions[key] = division_of(key, opening, stamp, seq)
    if first := divisions.get(opening.recount_of):
        first.recounted_by = key


def void_among(divisions: dict[str, Division], division: Division) -> None:
    """A division counts for nothing, and the one whose place it took counts again; called likewise."""
    division.status = "voided"
    if first := divisions.get(division.recount_of):
        first.recounted_by = ""
