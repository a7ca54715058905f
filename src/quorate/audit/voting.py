"""Votes, objections and tellers' figures by the entries of their division alone (check 10); see `division.py`."""

import msgspec

from quorate.assembly.act import Stamp
from quorate.assembly.divisions.counts import CountEntered, require_figures
from quorate.assembly.divisions.entitlement import require_hand, require_instruction, require_line
from quorate.assembly.divisions.status import open_for_votes
from quorate.assembly.divisions.votes import (
    ObjectionRecorded,
    RollCallEntered,
    StandAsideRecorded,
    VoteCast,
    VoteChanged,
    VoteCorrected,
    require_names,
    require_period,
)
from quorate.assembly.model.division import Division
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.counting.rule import Consent


def cast(state: State, event: VoteCast, stamp: Stamp) -> VoteCast:
    """By whoever may cast it, once."""
    division = open_for_votes(state, event.act.division)
    voter = stamp.behalf or stamp.by
    require_hand(division, voter, stamp.by, event.act.choice)
    _require_votes(division, stamp)
    _require_first(division, voter)
    return VoteCast(act=event.act, voter=voter)


def changed(state: State, event: VoteChanged, stamp: Stamp) -> VoteChanged:
    """By whoever may cast it, after it was."""
    division = open_for_votes(state, event.act.division)
    voter = stamp.behalf or stamp.by
    require_hand(division, voter, stamp.by, event.act.choice)
    _require_votes(division, stamp)
    if voter not in division.votes:
        raise Refused("not-voted-yet", voter=voter, division=division.id)
    return VoteChanged(act=event.act, voter=voter)


def entered(state: State, event: RollCallEntered, stamp: Stamp) -> RollCallEntered:
    """Each of somebody on the register, as instructed, once."""
    division = open_for_votes(state, event.act.division)
    _require_votes(division, stamp)
    for voter, choice in event.act.votes.items():
        require_instruction(require_line(division, voter, stamp.by), choice)
        _require_first(division, voter)
    return event


def corrected(state: State, event: VoteCorrected, stamp: Stamp) -> VoteCorrected:
    """From what it was, before the result."""
    division = state.divisions[event.act.division]
    if division.status not in ("open", "closed"):
        raise Refused("result-declared", division=division.id)
    require_names(division)
    require_line(division, event.act.voter, stamp.by)
    held = division.votes.get(event.act.voter)
    return VoteCorrected(act=event.act, before=held.choice if held else "none")


def not_consenting(
    state: State, event: ObjectionRecorded | StandAsideRecorded, stamp: Stamp
) -> ObjectionRecorded | StandAsideRecorded:
    """Of somebody on the register, under a rule of consent, once."""
    division = open_for_votes(state, event.act.division)
    voter = stamp.behalf or stamp.by
    if not isinstance(division.rule, Consent):
        raise Refused("takes-votes", division=division.id)
    require_hand(division, voter, stamp.by, "abstain")
    if voter in division.objections or voter in division.stood_aside:
        raise Refused("already-voted", voter=voter, division=division.id)
    _require_period(division, stamp)
    said: ObjectionRecorded | StandAsideRecorded = msgspec.structs.replace(event, voter=voter)
    return said


def counted(state: State, event: CountEntered, stamp: Stamp) -> CountEntered:
    """Of a teller of a counted division; it says itself whether the others have the same."""
    division = open_for_votes(state, event.act.division)
    if division.method != "counted":
        raise Refused("wrong-method", division=division.id, method=division.method)
    if stamp.by not in division.tellers:
        raise Refused("not-a-teller", person=stamp.by, division=division.id)
    require_figures(event.act.count)
    others = [count for teller, count in division.counts.items() if teller != stamp.by]
    return CountEntered(act=event.act, agrees=all(each == event.act.count for each in others))


def _require_votes(division: Division, stamp: Stamp) -> None:
    require_names(division)
    if isinstance(division.rule, Consent):
        raise Refused("by-consent", division=division.id)
    _require_period(division, stamp)


def _require_period(division: Division, stamp: Stamp) -> None:
    if not division.meeting:  # whether a meeting sat is not known here
        require_period(division, stamp)


def _require_first(division: Division, voter: str) -> None:
    if voter in division.votes:
        raise Refused("already-voted", voter=voter, division=division.id)
