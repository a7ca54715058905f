"""Majority rules and outcomes in words: what is needed, what there was, by how much, and so what came of it."""

from collections.abc import Mapping
from math import gcd
from typing import assert_never

from quorate.assembly.divisions.figures import basis_of
from quorate.assembly.model.division import Division
from quorate.counting.outcome import Outcome, Result, first_missed
from quorate.counting.rule import (
    Base,
    Comparator,
    Compound,
    Consent,
    Floor,
    FloorMeasure,
    Majority,
    Number,
    Ratio,
    Rule,
    Share,
    Tie,
    Unanimity,
    Whole,
)
from quorate.counting.tally import Tally, reconcile
from quorate.counting.threshold import Requirement, needed_of

BASES = {
    Base.FOR_AND_AGAINST: "votes for and against",
    Base.FOR_AGAINST_AND_ABSTAINING: "votes for, against and abstaining",
    Base.FOR_AGAINST_AND_SPOILED: "votes for, against and spoiled",
    Base.ALL_CAST: "votes cast, abstaining and spoiled among them",
    Base.PRESENT: "members present",
    Base.ENTITLED: "entitled",
    Base.SEATS: "seats",
}
WHOLES = {
    Whole.ENTITLED: "the entitled",
    Whole.SEATS: "the seats",
    Whole.ROOT_OF_ENTITLED: "the square root of the number entitled",
}
TIES = {
    Tie.FAILS: "a tie falls",
    Tie.CASTING_VOTE: "the chair's casting vote decides a tie",
    Tie.CASTING_VOTE_STATUS_QUO: "the chair's casting vote is bound to the status quo",
    Tie.LOT: "lots decide a tie",
    Tie.REVOTE: "a tie is voted on again",
}
_MEASURES = {
    FloorMeasure.SUPPORT: "vote for",
    FloorMeasure.PARTICIPATION: "vote",
    FloorMeasure.VALID_PARTICIPATION: "vote validly",
}
_PARTS = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth",
          9: "ninth", 10: "tenth"}  # fmt: skip
_COUNTS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


RESULTS: dict[Result, str] = {
    "adopted": "adopted",
    "rejected": "rejected",
    "tied": "tied",
    "no-decision": "no decision",
}
_WANT = {
    "quorum": "a quorum",
    "participation": "participation",
    "valid-participation": "valid votes",
    "support": "support",
}
_BREAKERS = {Tie.CASTING_VOTE: "the chair's casting vote", Tie.LOT: "lot"}


def reason(rule: Rule, tally: Tally | Mapping[str, Tally], outcome: Outcome) -> str:
    """Why a vote came out as it did, in words and numbers: `adopted: 19 for and 2 against; more than half ...`."""
    match rule:
        case Compound():
            assert isinstance(tally, Mapping)
            return _compound_reason(rule, tally, outcome)
        case Consent():
            assert isinstance(tally, Tally)
            return _consent_reason(rule, tally, outcome)
        case _:
            assert isinstance(tally, Tally)
            return _majority_reason(rule, tally, outcome)


def reason_of(division: Division, outcome: Outcome) -> str:
    """Why a division came out as it did; its votes and figures are those on which the outcome rests."""
    return reason(*basis_of(division), outcome)


def _how(outcome: Outcome) -> str:
    """What else the result came by: what was wanting, or how a tie was settled."""
    missed, tie = first_missed(outcome.requirements), outcome.tie_used
    if outcome.result == "no-decision":
        return f" for want of {_WANT[missed or 'quorum']}"
    if tie in _BREAKERS:
        by = _BREAKERS[tie]
        return f", to be decided by {by}" if outcome.result == "tied" else f" by {by}"
    match tie:
        case Tie.FAILS:
            return " on a tie"
        case Tie.CASTING_VOTE_STATUS_QUO:
            return " on a tie, the casting vote being bound to the status quo"
        case Tie.REVOTE:
            return ", to be voted on again"
        case _:
            return ""


def _majority_reason(rule: Majority | Unanimity | Ratio, tally: Tally, outcome: Outcome) -> str:
    figures = f"{tally.for_} for and {tally.against} against"
    return "; ".join(
        [
            f"{RESULTS[outcome.result]}{_how(outcome)}: {figures}",
            needed_words(rule, outcome.base, needed_of(rule, outcome.base)),
            *map(requirement_words, outcome.requirements),
            *([] if outcome.result == "no-decision" else [spare_words(outcome.to_spare)]),
            *rest_words(tally),
        ]
    )


def _consent_reason(rule: Consent, tally: Tally, outcome: Outcome) -> str:
    limit = rule.stand_asides_at_most
    allowed = "any number allowed" if limit is None else f"at most {limit} allowed"
    objections = f"{tally.objections or 'no'} objection{'s' if tally.objections > 1 else ''}"
    return "; ".join(
        [
            f"{RESULTS[outcome.result]}{_how(outcome)}: {objections}",
            f"{tally.stand_asides or 'none'} standing aside, {allowed}",
            *map(requirement_words, outcome.requirements),
            f"{outcome.base} {'entitled' if tally.present is None else 'present'}",
        ]
    )


def _compound_reason(rule: Compound, tally: Mapping[str, Tally], outcome: Outcome) -> str:
    adopted = sum(part.result == "adopted" for part in outcome.parts.values())
    groups = "; ".join(
        f"[{name}] {reason(rule.parts[name], tally[name], part)}"
        for name, part in outcome.parts.items()
    )
    head = (
        f"{RESULTS[outcome.result]}: {adopted} of {len(outcome.parts)} groups adopted, all needed"
    )
    return f"{head}; {groups}"


def words(rule: Rule) -> str:
    """The rule for a person to read, such as `more than half of the votes for and against`."""
    match rule:
        case Majority():
            head = f"{_fraction(rule.numerator, rule.denominator, rule.comparator)} of the {BASES[rule.base]}"
            tie = [] if rule.tie is Tie.FAILS else [TIES[rule.tie]]
            return _with_conditions(head, rule.floors, rule.quorum, tie)
        case Unanimity():
            head = (
                "no vote against and no abstention"
                if rule.abstention_prevents
                else "no vote against"
            )
            return _with_conditions(head, rule.floors, rule.quorum)
        case Ratio():
            head = f"more than {rule.times} for to each 1 against"
            return _with_conditions(head, rule.floors, rule.quorum)
        case Consent():
            return _with_conditions(f"no objection{_aside(rule)}", (), rule.quorum)
        case Compound():
            return " and ".join(f"{words(part)} (by {name})" for name, part in rule.parts.items())
        case _:
            assert_never(rule)


def needed_words(rule: Majority | Unanimity | Ratio, base: int, needed: int) -> str:
    """What the figures had to reach, such as `more than half of 21 votes for and against needed (11)`."""
    match rule:
        case Majority():
            part = _fraction(rule.numerator, rule.denominator, rule.comparator)
            return f"{part} of {base} {BASES[rule.base]} needed ({needed})"
        case Unanimity():
            return (
                f"{words(Unanimity(rule.abstention_prevents))} allowed ({needed} of {base} needed)"
            )
        case Ratio():
            return f"more than {rule.times} for to each 1 against needed ({needed} of {base})"


def requirement_words(requirement: Requirement) -> str:
    """A quorum or floor as applied: `quorum met (25, 13 needed)`, `participation missed by 12083 (59254, 71337 needed)`."""
    name, had, needed = requirement.name, requirement.had, requirement.needed
    applied = "met" if requirement.is_met else f"missed by {needed - had}"
    return f"{name.replace('-', ' ')} {applied} ({had}, {needed} needed)"


def spare_words(to_spare: int) -> str:
    """`8 to spare`, `none to spare` or `5 short`."""
    if to_spare < 0:
        return f"{-to_spare} short"
    return f"{to_spare or 'none'} to spare"


def rest_words(tally: Tally) -> list[str]:
    """What else there was: who abstained, what was spoiled, how many voted, what is unaccounted for."""
    rest = [f"{tally.abstain} abstained"] if tally.abstain else []
    rest += [f"{tally.spoiled} spoiled"] if tally.spoiled else []
    rest.append(f"{tally.cast} of {tally.entitled} entitled voted")
    difference = reconcile(tally)
    if difference > 0:
        rest.append(f"{difference} unaccounted for")
    if difference < 0:
        rest.append(f"{-difference} more than the register accounts for")
    return rest


def _fraction(numerator: int, denominator: int, comparator: Comparator) -> str:
    divisor = gcd(numerator, denominator)
    p, q = numerator // divisor, denominator // divisor
    if p == q:
        return "all"
    part = f"{p}/{q}"
    if q == 2 and p == 1:
        part = "half"
    elif p < q and q in _PARTS:
        part = f"{_COUNTS[p]} {_PARTS[q]}{'s' if p > 1 else ''}"
    return f"{comparator.value.replace('-', ' ')} {part}"


def _with_conditions(
    head: str,
    floors: tuple[Floor, ...],
    quorum: Share | Number | None,
    more: list[str] | None = None,
) -> str:
    conditions = [f"{_minimum(f.least)} must {_MEASURES[f.measure]}" for f in floors]
    conditions += [] if quorum is None else [f"quorum {_minimum(quorum)}"]
    return "; ".join([head, *conditions, *(more or [])])


def _minimum(minimum: Share | Number) -> str:
    if isinstance(minimum, Number):
        return f"at least {minimum.at_least}"
    part = _fraction(minimum.numerator, minimum.denominator, minimum.comparator)
    return f"{part} of {WHOLES[minimum.of]}"


def _aside(rule: Consent) -> str:
    if rule.stand_asides_at_most is None:
        return ""
    return f" and at most {rule.stand_asides_at_most} standing aside"
