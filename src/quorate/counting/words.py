"""Rules and figures in English: what is needed, what there was, by how much."""

from math import gcd
from typing import assert_never

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
from quorate.counting.threshold import Requirement

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
