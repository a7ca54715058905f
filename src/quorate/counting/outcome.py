"""What a tally comes to under a rule, and why.

The steps, in this order; the code repeats their numbers:
1. the quorum: missed, there is no decision;
2. floors of participation: missed, there is no decision (which is not a rejection: the question may be put again);
3. the majority, and floors of support: both reached, the motion is adopted;
4. a tie, if only equal votes under a rule of more than half stand in the way: the tie rule decides;
5. all else is rejected.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from quorate.canon.fault import Malformed
from quorate.counting.rule import (
    Compound,
    Consent,
    Majority,
    Ratio,
    Rule,
    Tie,
    Unanimity,
    can_tie,
)
from quorate.counting.tally import Tally, reconcile
from quorate.counting.threshold import Requirement, base_of, needed_of, requirements_of

Result = Literal["adopted", "rejected", "tied", "no-decision"]
Side = Literal["for", "against"]
_STEPS = ("quorum", "participation", "valid-participation", "support")
"""The requirements in the order in which they are asked: what is missed first decides."""


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A result with the numbers it rests on; with the rule and the tally, all that there is to say of it.

    `needed` is the least number of votes for that passes on this `base`, floors of support included; `to_spare` is
    what there was beyond it, negative when short. `tied` waits for a casting vote, a lot or another vote.

    Under consent, `needed` is 0 and `base` the number present (or entitled, if presence was not counted); `to_spare`
    is negative by the objections, or by the stand-asides beyond the limit. Of a compound rule they count groups.
    """

    result: Result
    needed: int
    to_spare: int
    base: int
    requirements: tuple[Requirement, ...] = ()
    tie_used: Tie | None = None
    unaccounted: int = 0
    parts: dict[str, "Outcome"] = {}


def decide(
    rule: Rule,
    tally: Tally | Mapping[str, Tally],
    *,
    casting_vote: Side | None = None,
    lot: Side | None = None,
) -> Outcome:
    """The outcome of a vote: adopted, rejected, tied or no decision, with the numbers that it rests on.

    A compound rule takes one tally for each of its groups, by name; every other rule takes one. `casting_vote` and
    `lot` are given once the outcome without them was a tie that waits for them. One more vote for never turns
    adopted into rejected, and every number is exact.

    Raises:
        Malformed: the tally lacks a number that the rule is measured on, or is not of the rule's shape; or a casting
            vote or a lot is given where none is called for.
    """
    if isinstance(rule, Compound):
        if isinstance(tally, Tally) or tally.keys() != rule.parts.keys():
            raise Malformed("tally", f"one for each of the groups {', '.join(sorted(rule.parts))}")
        _check_breakers(None, casting_vote, lot)
        return _decide_compound(rule, tally)
    if not isinstance(tally, Tally):
        raise Malformed("tally", "one, as the rule has no groups")
    if isinstance(rule, Consent):
        _check_breakers(None, casting_vote, lot)
        return _decide_consent(rule, tally)
    return _decide_votes(rule, tally, casting_vote, lot)


def _decide_votes(
    rule: Majority | Unanimity | Ratio, tally: Tally, casting_vote: Side | None, lot: Side | None
) -> Outcome:
    requirements = requirements_of(rule, tally)
    base = base_of(rule, tally)
    needed = max([needed_of(rule, base), *(r.needed for r in requirements if r.name == "support")])
    missed = first_missed(requirements)
    tie = rule.tie if isinstance(rule, Majority) and _is_tie(rule, tally, base, missed) else None
    _check_breakers(tie, casting_vote, lot)
    result: Result
    if missed is not None and missed != "support":  # steps 1 and 2
        result = "no-decision"
    elif tally.for_ >= needed:  # step 3
        result = "adopted"
    elif tie is not None:  # step 4
        result = _settle_tie(tie, casting_vote, lot)
    else:  # step 5
        result = "rejected"
    return Outcome(
        result=result,
        needed=needed,
        to_spare=tally.for_ - needed,
        base=base,
        requirements=requirements,
        tie_used=tie,
        unaccounted=reconcile(tally),
    )


def first_missed(requirements: tuple[Requirement, ...]) -> str | None:
    """The name of the requirement that was missed and decides, if one was."""
    missed = {r.name for r in requirements if not r.is_met}
    return next((name for name in _STEPS if name in missed), None)


def _is_tie(rule: Majority, tally: Tally, base: int, missed: str | None) -> bool:
    # Equal votes alone are no tie. A casting vote is one vote on top: of 13 present it makes 6 for into 7 of 14, still
    # no more than half, because the 13th kept silent and silence counts there. And 0 against 0 is no tie, or the chair
    # alone would adopt what no member voted for.
    is_even = tally.for_ == tally.against > 0 and 2 * tally.for_ == base
    return is_even and can_tie(rule) and missed is None


def _settle_tie(tie: Tie, casting_vote: Side | None, lot: Side | None) -> Result:
    match tie:
        case Tie.FAILS | Tie.CASTING_VOTE_STATUS_QUO:
            return "rejected"
        case Tie.REVOTE:
            return "tied"
        case Tie.CASTING_VOTE:
            return _fall(casting_vote)
        case Tie.LOT:
            return _fall(lot)


def _fall(side: Side | None) -> Result:
    if side is None:
        return "tied"
    return "adopted" if side == "for" else "rejected"


def _check_breakers(tie: Tie | None, casting_vote: Side | None, lot: Side | None) -> None:
    if lot is not None and tie is not Tie.LOT:
        raise Malformed("lot", "none: there is no tie for a lot to decide")
    if casting_vote is None or tie is Tie.CASTING_VOTE:
        return
    if tie is not Tie.CASTING_VOTE_STATUS_QUO:
        raise Malformed("casting_vote", "none: there is no tie for a casting vote to decide")
    if casting_vote == "for":
        raise Malformed("casting_vote", "against: it is bound to the status quo")


def _decide_consent(rule: Consent, tally: Tally) -> Outcome:
    requirements = requirements_of(rule, tally)
    base = tally.entitled if tally.present is None else tally.present
    limit = rule.stand_asides_at_most
    to_spare = 0 if limit is None else limit - tally.stand_asides
    if tally.objections:
        to_spare = -tally.objections
    result: Result = "adopted" if to_spare >= 0 else "rejected"
    if base == 0 or first_missed(requirements) is not None:
        result = "no-decision"
    return Outcome(
        result=result,
        needed=0,
        to_spare=to_spare,
        base=base,
        requirements=requirements,
    )


def _decide_compound(rule: Compound, tallies: Mapping[str, Tally]) -> Outcome:
    parts = {name: decide(part, tallies[name]) for name, part in rule.parts.items()}
    results = [part.result for part in parts.values()]
    adopted = results.count("adopted")
    # One group that rejects is enough to defeat the motion, whatever the others failed to decide.
    result: Result = "no-decision"
    if adopted == len(parts):
        result = "adopted"
    elif "rejected" in results:
        result = "rejected"
    return Outcome(
        result=result,
        needed=len(parts),
        to_spare=adopted - len(parts),
        base=len(parts),
        unaccounted=sum(part.unaccounted for part in parts.values()),
        parts=parts,
    )
