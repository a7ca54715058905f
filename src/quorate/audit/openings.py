"""The opening of a division as it was recorded: whether such a one can have been made (check 9).

An opening follows from who was seated, present and represented, and behind a gap that is not known. So it is taken as it
was recorded, if it is well formed: its own motion, by the method and under the period that its kind has, the register
with everyone once. From then on the division depends on nothing but its own entries; one that is taken again, too.
"""
# ruff: noqa: ARG001  # every function here is called in the same way

from quorate.assembly.act import Event, Stamp
from quorate.assembly.divisions.circular import CircularVoteOpened
from quorate.assembly.divisions.divisions import (
    DivisionDemanded,
    DivisionOpened,
    RecountDemanded,
    demanding_division,
    recounting,
)
from quorate.assembly.divisions.opening import Opening, require_measurable
from quorate.assembly.model.division import Division, Entitled
from quorate.canon.fault import Malformed


def opened(divisions: dict[str, Division], event: DivisionOpened, stamp: Stamp) -> DivisionOpened:
    """The event itself, if it can have opened the first division on its motion at a meeting."""
    opening, act = event.opening, event.act
    if act.method not in ("", opening.method) or opening.method == "circular":
        raise Malformed("opening, method", f"{act.method or 'one for a meeting'}")
    if not opening.meeting or opening.closes_at or opening.recount_of:
        raise Malformed("opening", "the first division on a motion at a meeting")
    _check(opening, act.motion, stamp)
    return event


def circular_opened(
    divisions: dict[str, Division], event: CircularVoteOpened, stamp: Stamp
) -> CircularVoteOpened:
    """The event itself, if it can have opened a vote on its motion in writing, with a period."""
    opening = event.opening
    in_writing = opening.method == "circular" and not opening.meeting and not opening.recount_of
    if not in_writing or opening.closes_at is None or opening.closes_at < stamp.at:
        raise Malformed("opening", "a vote in writing, with a period")
    _check(opening, event.act.motion, stamp)
    return event


def taken_again(
    divisions: dict[str, Division], event: RecountDemanded | DivisionDemanded, stamp: Stamp
) -> Event:
    """The event that the first division makes of the demand; if that is not known, the event itself if it is well formed."""
    opening, first = event.opening, divisions.get(event.act.division)
    if first is None:
        _check(opening, opening.motion, stamp)
        return event
    if isinstance(event, DivisionDemanded):
        return demanding_division(first, event.act, stamp, opening.tellers)
    return recounting(first, event.act, stamp, opening.tellers)


def _check(opening: Opening, motion: str, stamp: Stamp) -> None:
    persons = {line.person for line in opening.register}
    if opening.motion != motion:
        raise Malformed("opening, motion", motion)
    if len(persons) != len(opening.register) or not all(map(_is_clear, opening.register)):
        raise Malformed("opening, register", "everyone once, with a weight, and by whom they vote")
    # A member admitted as a guest, or in another's seat, is barred and on the register, where others may represent them.
    in_person = {line.person for line in opening.register if line.why in ("in-person", "circular")}
    if any(each.person in in_person for each in opening.barred):
        raise Malformed("opening, barred", "nobody who votes in person")
    require_measurable(opening, stamp)


def _is_clear(line: Entitled) -> bool:
    represented = line.why in ("proxy", "substitute")
    return line.weight > 0 and bool(line.by) is represented
