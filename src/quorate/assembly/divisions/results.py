"""Results: ties are broken, and the chair declares what the figures come to under the rule.

The outcome is reckoned by `figures.outcome_of` from the division alone, so whoever holds the record can reckon it again.
RONR (12th ed.) 4:43–50 (announcing the result), 44:12 (tie, the chair's vote).
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

from quorate.assembly.act import Act, Event, Stamp, decides, evolves, follows
from quorate.assembly.divisions.box import require_ballots
from quorate.assembly.divisions.counts import require_figures
from quorate.assembly.divisions.divisions import DivisionUnreconciled, require_declarer
from quorate.assembly.divisions.figures import Side, outcome_of, tally_of, unaccounted
from quorate.assembly.divisions.status import require_closed
from quorate.assembly.model.division import Count, Division
from quorate.assembly.motions.decided import MotionDecided
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.counting.lot import draw_lot
from quorate.counting.outcome import Outcome, Result
from quorate.counting.rule import Tie
from quorate.counting.tally import Tally

refusals(
    rule_unmet="division outcome",
    tie_unbroken="division needs",
    no_tie_to_break="division what outcome",
    seed_unclear="",
    figures_to_come="division",
)

_BREAKERS = {Tie.CASTING_VOTE: "casting-vote", Tie.LOT: "lot"}
LOTS = ("for", "against")


class GiveCastingVote(Act, frozen=True):
    """Break a tie by the chair's casting vote."""

    division: str
    choice: Literal["for", "against"]


class CastingVoteGiven(Event, frozen=True):
    """The chair has broken a tie."""

    act: GiveCastingVote


@decides(GiveCastingVote)
def give_casting_vote(state: State, act: GiveCastingVote, stamp: Stamp) -> CastingVoteGiven:
    """The chair, on a tie that the rule leaves to the casting vote, once."""
    division = state.division(act.division)
    require_closed(division)
    require_declarer(state, division, stamp)
    return giving_casting_vote(division, act, stamp)


def giving_casting_vote(division: Division, act: GiveCastingVote, stamp: Stamp) -> CastingVoteGiven:
    """The chair's choice, where a closed division is tied and waits for it."""
    require_closed(division)
    _require_tie(division, Tie.CASTING_VOTE)
    return CastingVoteGiven(act=act)


@evolves(CastingVoteGiven)
def casting_vote_given(state: State, event: CastingVoteGiven, stamp: Stamp) -> None:
    """The division has a casting vote."""
    state.divisions[event.act.division].casting_vote = event.act.choice


class DrawLot(Act, frozen=True):
    """Break a tie by lot."""

    division: str
    seed: str
    """16 to 64 bytes in hexadecimal, from a source named beforehand that nobody in the house controls."""
    source: str = ""
    """Where the seed comes from."""


class LotDrawn(Event, frozen=True):
    """A lot has broken a tie."""

    act: DrawLot
    side: Literal["for", "against"]


@decides(DrawLot)
def draw(state: State, act: DrawLot, stamp: Stamp) -> LotDrawn:
    """The one who declares the result, on a tie that the rule leaves to a lot, once."""
    division = state.division(act.division)
    require_closed(division)
    require_declarer(state, division, stamp)
    return drawing_lot(division, act, stamp)


def drawing_lot(division: Division, act: DrawLot, stamp: Stamp) -> LotDrawn:
    """The side that the seed draws, where a closed division is tied and waits for a lot."""
    require_closed(division)
    _require_tie(division, Tie.LOT)
    try:
        drawn = draw_lot(act.seed, division.id, LOTS)
    except Malformed:
        raise Refused("seed-unclear") from None
    return LotDrawn(act=act, side="for" if drawn == "for" else "against")


@evolves(LotDrawn)
def lot_drawn(state: State, event: LotDrawn, stamp: Stamp) -> None:
    """The division has a lot."""
    state.divisions[event.act.division].lot = event.side


class DeclareResult(Act, frozen=True):
    """Declare the result of a closed division."""

    division: str
    result: Result | Literal[""] = ""
    """The result as the chair announces it; refused when the rule does not give it."""


class ResultDeclared(Event, frozen=True):
    """The result of a division, with its reason and the figures in heads and in weight."""

    act: DeclareResult
    outcome: Outcome
    heads: Tally
    weight: Tally


@decides(DeclareResult)
def declare_result(state: State, act: DeclareResult, stamp: Stamp) -> ResultDeclared:
    """The chair; what is declared is what the rule makes of the figures, and a tie must have been broken."""
    division = state.division(act.division)
    require_closed(division)
    require_declarer(state, division, stamp)
    return declaring(division, act, stamp)


def declaring(division: Division, act: DeclareResult, stamp: Stamp) -> ResultDeclared:
    """The result of a closed division: what its rule makes of its figures, once it is not tied or a tie is broken."""
    require_closed(division)
    if division.method == "secret" and not division.counts:
        raise Refused("figures-to-come", division=division.id)
    outcome = current_outcome(division)
    if waits := _waits_for(outcome):
        raise Refused("tie-unbroken", division=division.id, needs=waits)
    if act.result and act.result != outcome.result:
        raise Refused("rule-unmet", division=division.id, outcome=outcome)
    return ResultDeclared(
        act=act, outcome=outcome, heads=tally_of(division, "heads"), weight=tally_of(division)
    )


@evolves(ResultDeclared)
def result_declared(state: State, event: ResultDeclared, stamp: Stamp) -> None:
    """The division is over; on a tie to be voted on again its motion is pending as before."""
    division = state.divisions[event.act.division]
    set_outcome(division, event.outcome)
    _reopen_if_tied(state, division)


@follows(ResultDeclared)
def motion_decided(state: State, event: ResultDeclared, stamp: Stamp) -> Iterator[Event]:
    """The motion is decided by the result, unless it is tied."""
    yield from _decided(state, event.act.division, event.outcome)


class DeclareSecretResult(Act, frozen=True):
    """Enter the figures of a secret division, whose ballots are kept in an archive, and declare its result."""

    division: str
    figures: Count
    archive: str
    """The digest of the archive of its ballots: SHA-256 in hexadecimal, where the ballot was prepared on the record."""


class SecretResultDeclared(Event, frozen=True):
    """The figures and the result of a secret division; a tie that is to be broken waits for that."""

    act: DeclareSecretResult
    outcome: Outcome
    heads: Tally
    unaccounted: int = 0
    tallied: int = 0
    """Ballots counted, where the ballot was prepared on the record."""


@decides(DeclareSecretResult)
def declare_secret_result(
    state: State, act: DeclareSecretResult, stamp: Stamp
) -> SecretResultDeclared:
    """The chair, once the division is closed; the figures must be those of the ballots that its box held."""
    division = state.division(act.division)
    require_closed(division)
    require_declarer(state, division, stamp)
    return declaring_figures(division, act, stamp)


def declaring_figures(
    division: Division, act: DeclareSecretResult, stamp: Stamp
) -> SecretResultDeclared:
    """The result of a closed secret division: what its rule makes of the figures of the ballots in its box."""
    require_closed(division)
    if division.method != "secret" or division.counts:
        raise Refused("wrong-method", division=division.id, method=division.method)
    require_figures(act.figures)
    require_ballots(division, act.figures, act.archive)
    counted = _with_figures(division, stamp.by, act.figures)
    return SecretResultDeclared(
        act=act,
        outcome=outcome_of(counted),
        heads=tally_of(counted, "heads"),
        unaccounted=unaccounted(counted),
        tallied=division.box.counted if division.box else 0,
    )


@evolves(SecretResultDeclared)
def secret_result_declared(state: State, event: SecretResultDeclared, stamp: Stamp) -> None:
    """The figures are in; the division is over unless a tie is to be broken."""
    division = state.divisions[event.act.division]
    take_figures(division, event, stamp, state.size)
    _reopen_if_tied(state, division)


@follows(SecretResultDeclared)
def secret_decided(state: State, event: SecretResultDeclared, stamp: Stamp) -> Iterator[Event]:
    """A difference is shown, and the motion is decided unless the result is tied."""
    if event.unaccounted:
        yield DivisionUnreconciled(division=event.act.division, unaccounted=event.unaccounted)
    yield from _decided(state, event.act.division, event.outcome)


def set_outcome(division: Division, outcome: Outcome) -> None:
    """A division is over; called while an event changes the state."""
    division.status = "declared"
    division.outcome = outcome


def take_figures(division: Division, event: SecretResultDeclared, stamp: Stamp, seq: int) -> None:
    """A secret division has figures and an archive, and is over unless a tie is to be broken; called likewise."""
    division.counts[stamp.by] = event.act.figures
    division.archive = event.act.archive
    division.archive_seq = seq
    division.unaccounted = event.unaccounted
    if not _waits_for(event.outcome):
        set_outcome(division, event.outcome)


def current_outcome(division: Division) -> Outcome:
    """What a division comes to as its votes, its casting vote and its lot now stand."""
    casting_vote: Side | None = division.casting_vote or None
    lot: Side | None = division.lot or None
    try:
        return outcome_of(division, casting_vote=casting_vote, lot=lot)
    except Malformed:  # a vote was corrected after the tie was broken, and there is no tie any more
        return outcome_of(division)


def _waits_for(outcome: Outcome) -> str:
    if outcome.result != "tied" or outcome.tie_used is None:
        return ""
    return _BREAKERS.get(outcome.tie_used, "")


def _require_tie(division: Division, breaker: Tie) -> None:
    outcome = current_outcome(division)
    if outcome.result != "tied" or outcome.tie_used is not breaker:
        raise Refused(
            "no-tie-to-break", division=division.id, what=_BREAKERS[breaker], outcome=outcome
        )


def _with_figures(division: Division, by: str, figures: Count) -> Division:
    counted: Division = msgspec.structs.replace(division, counts={by: figures})
    return counted


def _reopen_if_tied(state: State, division: Division) -> None:
    if division.outcome is not None and division.outcome.result == "tied":
        state.motions[division.motion].status = "pending"


def _decided(state: State, key: str, outcome: Outcome) -> Iterator[Event]:
    if outcome.result != "tied":
        motion = state.divisions[key].motion
        yield MotionDecided(motion=motion, result=outcome.result, division=key)
