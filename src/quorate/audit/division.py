"""A division by its own entries alone: what it makes of each vote, of the figures, and of the result (checks 9 and 10).

From its opening on, which froze the rule, the quorum and the register, a division depends on nothing but its own
entries. So it can be checked even where the record around it was erased or withheld:

    9   the register has everyone once, with a weight; a division taken again has the register of the first
    10  every vote is of somebody on the register, nobody votes twice, figures are of tellers: see `voting.py`
    10  heads, weight, who did not vote and who is unaccounted for follow from the votes or figures
    10  the result follows from all that, under the rule

Each function here gives the event as the division makes it, or raises Refused or Malformed where it makes none. What depends on more than that (who was seated, who had the chair, whether an early close was allowed) is for `replay.py`.
"""
# ruff: noqa: ARG001  # every function here is called in the same way

from typing import Any, TypeVar

import msgspec

from quorate.assembly.act import Event, Stamp
from quorate.assembly.divisions.box import require_ballots, require_box, require_setup
from quorate.assembly.divisions.circular import (
    CircularVoteCancelled,
    CircularVoteOpened,
    MeetingDemanded,
)
from quorate.assembly.divisions.counts import require_figures
from quorate.assembly.divisions.divisions import (
    DivisionClosed,
    DivisionDemanded,
    DivisionOpened,
    DivisionVoided,
    RecountDemanded,
)
from quorate.assembly.divisions.entitlement import require_line
from quorate.assembly.divisions.figures import agreed, not_voted, outcome_of, tally_of, unaccounted
from quorate.assembly.divisions.opening import Opening, opening_of, require_measurable
from quorate.assembly.divisions.results import (
    LOTS,
    CastingVoteGiven,
    LotDrawn,
    ResultDeclared,
    SecretResultDeclared,
    current_outcome,
)
from quorate.assembly.divisions.secret import BallotPrepared
from quorate.assembly.divisions.status import open_among, open_for_votes, void_among
from quorate.assembly.model.division import Division, Entitled
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State, new
from quorate.canon.fault import Malformed
from quorate.counting.lot import draw_lot
from quorate.counting.outcome import Outcome
from quorate.counting.rule import Tie

E = TypeVar("E", bound=Event)


def key_of(event: Event) -> str:
    """The division that an event is of; the new one if it opens one."""
    if isinstance(event, RecountDemanded | DivisionDemanded):
        return event.act.again
    said = event if isinstance(event, CircularVoteCancelled) else event.act  # type: ignore[attr-defined]
    return str(said.division)


def waits(outcome: Outcome) -> bool:
    """Whether a tie must still be broken, by the chair or by lot, before there is a result."""
    return outcome.result == "tied" and outcome.tie_used in (Tie.CASTING_VOTE, Tie.LOT)


def begin(state: State, event: Any, stamp: Stamp) -> None:
    """A division is open."""
    open_among(state.divisions, key_of(event), event.opening, stamp, state.size)


def abandon(state: State, event: Event, stamp: Stamp) -> None:
    """A division counts for nothing; if it was taken again, the one before it counts."""
    void_among(state.divisions, state.divisions[key_of(event)])


def declare(state: State, event: ResultDeclared, stamp: Stamp) -> None:
    """A division is over."""
    state.divisions[event.act.division].status = "declared"


def declare_figures(state: State, event: SecretResultDeclared, stamp: Stamp) -> None:
    """The figures of a secret division are in, and it is over unless a tie is to be broken."""
    division = state.divisions[event.act.division]
    division.counts[stamp.by] = event.act.figures
    division.archive = event.act.archive
    if not waits(event.outcome):
        division.status = "declared"


def opened(state: State, event: DivisionOpened, stamp: Stamp) -> DivisionOpened:
    """Its own motion at a meeting, by the method and under the rule that it says, with a register in order."""
    opening, act = event.opening, event.act
    if act.method not in ("", opening.method) or opening.method == "circular":
        raise Malformed("opening, method", f"{act.method or 'one for a meeting'}")
    if not opening.meeting or opening.closes_at or opening.recount_of:
        raise Malformed("opening", "the first division on a motion at a meeting")
    return _checked_opening(state, event, act.motion, stamp)


def circular_opened(state: State, event: CircularVoteOpened, stamp: Stamp) -> CircularVoteOpened:
    """Its own motion in writing, with a period."""
    opening = event.opening
    in_writing = opening.method == "circular" and not opening.meeting and not opening.recount_of
    if not in_writing or opening.closes_at is None or opening.closes_at <= stamp.at:
        raise Malformed("opening", "a vote in writing, with a period")
    return _checked_opening(state, event, event.act.motion, stamp)


def taken_again(
    state: State, event: RecountDemanded | DivisionDemanded, stamp: Stamp
) -> RecountDemanded | DivisionDemanded:
    """The same question, rule and register; by the same method, or the one demanded."""
    opening = event.opening
    first = state.divisions.get(event.act.division)
    if first is None:
        return _checked_opening(state, event, opening.motion, stamp)
    if first.status != "closed" or first.recounted_by or first.recount_of:
        raise Malformed("division", "one that is closed, and was not taken again")
    if stamp.by not in first.register:
        require_line(first, stamp.by, stamp.by)  # says why not
    method = event.act.method if isinstance(event, DivisionDemanded) else first.method
    again: RecountDemanded | DivisionDemanded = msgspec.structs.replace(
        event, opening=opening_of(first, method, opening.tellers)
    )
    return _checked_opening(state, again, first.motion, stamp)


def demanded(state: State, event: MeetingDemanded, stamp: Stamp) -> MeetingDemanded:
    """Of somebody on the register of a circular vote, once."""
    division = open_for_votes(state, event.act.division)
    if division.method != "circular":
        raise Refused("wrong-method", division=division.id, method=division.method)
    require_line(division, stamp.by, stamp.by)
    if stamp.by in division.demanded_by:
        raise Refused("already-demanded", person=stamp.by)
    return event


def cancelled(state: State, event: CircularVoteCancelled, stamp: Stamp) -> CircularVoteCancelled:
    """By all who demanded a meeting."""
    division = open_for_votes(state, event.division)
    return CircularVoteCancelled(division=division.id, demanded_by=division.demanded_by)


def prepared(state: State, event: BallotPrepared, stamp: Stamp) -> BallotPrepared:
    """Of a secret division, once, with a credential for each who can vote."""
    division = open_for_votes(state, event.act.division)
    if division.method != "secret" or division.setup is not None:
        raise Refused("wrong-method", division=division.id, method=division.method)
    require_setup(division, event.act.setup)
    return event


def closed(state: State, event: DivisionClosed, stamp: Stamp) -> DivisionClosed:
    """With the figures that its votes, or its tellers, come to."""
    division = open_for_votes(state, event.act.division)
    if division.method == "counted" and not (division.counts and agreed(division)):
        raise Malformed("counts", "the same figures of every teller")
    require_box(division, event.act.box)
    by_name = division.method == "roll-call"
    return DivisionClosed(
        act=event.act,
        heads=tally_of(division, "heads"),
        weight=tally_of(division),
        unaccounted=0 if division.method == "secret" else unaccounted(division),
        not_voted=tuple(not_voted(division)) if by_name else (),
    )


def voided(state: State, event: DivisionVoided, stamp: Stamp) -> DivisionVoided:
    """Before its result."""
    division = state.divisions[event.act.division]
    if division.status not in ("open", "closed") or division.recounted_by:
        raise Refused("division-closed", division=division.id, status=division.status)
    return event


def tie_broken(state: State, event: CastingVoteGiven, stamp: Stamp) -> CastingVoteGiven:
    """On a tie that waits for it."""
    _require_tie(_closed(state, event.act.division), Tie.CASTING_VOTE)
    return event


def lot_drawn(state: State, event: LotDrawn, stamp: Stamp) -> LotDrawn:
    """On a tie that waits for it, drawn from the seed."""
    division = _closed(state, event.act.division)
    _require_tie(division, Tie.LOT)
    drawn = draw_lot(event.act.seed, division.id, LOTS)
    return LotDrawn(act=event.act, side="for" if drawn == "for" else "against")


def declared(state: State, event: ResultDeclared, stamp: Stamp) -> ResultDeclared:
    """What the rule makes of the figures."""
    division = _closed(state, event.act.division)
    outcome = current_outcome(division)
    if division.method == "secret" and not division.counts:
        raise Refused("figures-to-come", division=division.id)
    if waits(outcome) or event.act.result not in ("", outcome.result):
        raise Refused("rule-unmet", division=division.id, reason=outcome.reason)
    return ResultDeclared(
        act=event.act, outcome=outcome, heads=tally_of(division, "heads"), weight=tally_of(division)
    )


def declared_figures(
    state: State, event: SecretResultDeclared, stamp: Stamp
) -> SecretResultDeclared:
    """What the rule makes of the figures of its ballots."""
    division = _closed(state, event.act.division)
    if division.method != "secret" or division.counts:
        raise Refused("wrong-method", division=division.id, method=division.method)
    require_figures(event.act.figures)
    require_ballots(division, event.act.figures, event.act.archive)
    with_figures: Division = msgspec.structs.replace(division, counts={stamp.by: event.act.figures})
    return SecretResultDeclared(
        act=event.act,
        outcome=outcome_of(with_figures),
        heads=tally_of(with_figures, "heads"),
        unaccounted=unaccounted(with_figures),
        tallied=division.box.counted if division.box else 0,
    )


def _checked_opening(state: State, event: E, motion: str, stamp: Stamp) -> E:
    """The event itself if what it opens is well made."""
    opening: Opening = event.opening  # type: ignore[attr-defined]
    new(state.divisions, "division", key_of(event))
    persons = {line.person for line in opening.register}
    if opening.motion != motion:
        raise Malformed("opening, motion", motion)
    if len(persons) != len(opening.register) or not all(map(_is_clear, opening.register)):
        raise Malformed("opening, register", "everyone once, with a weight, and by whom they vote")
    if any(each.person in persons for each in opening.barred):
        raise Malformed("opening, barred", "nobody who is on the register")
    require_measurable(opening, stamp)
    return event


def _closed(state: State, key: str) -> Division:
    division = state.division(key)
    if division.status != "closed" or division.recounted_by:
        raise Refused("division-closed", division=key, status=division.status)
    return division


def _require_tie(division: Division, breaker: Tie) -> None:
    outcome = current_outcome(division)
    if not waits(outcome) or outcome.tie_used is not breaker:
        raise Malformed("tie", f"one to break: {outcome.reason}")


def _is_clear(line: Entitled) -> bool:
    represented = line.why in ("proxy", "substitute")
    return line.weight > 0 and bool(line.by) is represented
