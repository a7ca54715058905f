"""How many votes are enough, in whole numbers only.

`more than p/q of w` is the least v with v*q > p*w, `at least` the least v with v*q >= p*w. There is no "50 % + 1" and
no percentage: of 9 votes two thirds are 6, and more than half of 9 are 5.
"""

from math import isqrt
from typing import Literal

import msgspec

from quorate.canon.fault import Malformed
from quorate.counting.rule import (
    Base,
    Comparator,
    Consent,
    FloorMeasure,
    Majority,
    Number,
    Ratio,
    Share,
    Single,
    Unanimity,
    Whole,
)
from quorate.counting.tally import Tally


class Requirement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A quorum or a floor as it was applied: what there was, and the least that would do."""

    name: Literal["quorum", "support", "participation", "valid-participation"]
    had: int
    needed: int

    @property
    def is_met(self) -> bool:
        """Whether there was enough."""
        return self.had >= self.needed


def least(numerator: int, denominator: int, comparator: Comparator, whole: int) -> int:
    """The least whole number that is more than, or at least, the fraction of the whole."""
    if comparator is Comparator.MORE_THAN:
        return numerator * whole // denominator + 1
    return -(-numerator * whole // denominator)


def least_of_root(numerator: int, denominator: int, comparator: Comparator, whole: int) -> int:
    """The least whole number that is more than, or at least, the fraction of the whole's square root.

    v against p/q * sqrt(w) is v*v against p*p*w / (q*q): squares are compared, and no root is ever rounded.
    """
    square = least(numerator**2, denominator**2, comparator, whole)
    return isqrt(square - 1) + 1 if square > 0 else 0


def base_of(rule: Majority | Unanimity | Ratio, tally: Tally) -> int:
    """The number that the rule's fraction is taken of.

    Raises:
        Malformed: the rule's base is not in the tally.
    """
    match rule:
        case Majority():
            return _size(rule.base, tally)
        case Unanimity():
            return tally.for_ + tally.against + (tally.abstain if rule.abstention_prevents else 0)
        case Ratio():
            return tally.for_ + tally.against


def needed_of(rule: Majority | Unanimity | Ratio, base: int) -> int:
    """The least number of votes for that passes on this base, floors aside.

    Never 0: two thirds of no votes would be 0, and a motion could be adopted without a vote for it.
    """
    return max(1, _by_fraction(rule, base))


def requirements_of(rule: Single, tally: Tally) -> tuple[Requirement, ...]:
    """The rule's quorum and floors, each with what there was and what was needed.

    Raises:
        Malformed: presence or seats are asked for and the tally does not say.
    """
    requirements = []
    if rule.quorum is not None:
        had = _known("present", tally.present)
        requirements.append(Requirement("quorum", had, _needed_for(rule.quorum, tally)))
    if not isinstance(rule, Consent):
        requirements += [
            Requirement(
                floor.measure.value,
                _measured(floor.measure, tally),
                _needed_for(floor.least, tally),
            )
            for floor in rule.floors
        ]
    return tuple(requirements)


def _needed_for(minimum: Share | Number, tally: Tally) -> int:
    if isinstance(minimum, Number):
        return minimum.at_least
    whole = _known("seats", tally.seats) if minimum.of is Whole.SEATS else tally.entitled
    count = least_of_root if minimum.of is Whole.ROOT_OF_ENTITLED else least
    return max(1, count(minimum.numerator, minimum.denominator, minimum.comparator, whole))


def _measured(measure: FloorMeasure, tally: Tally) -> int:
    match measure:
        case FloorMeasure.SUPPORT:
            return tally.for_
        case FloorMeasure.PARTICIPATION:
            return tally.cast
        case FloorMeasure.VALID_PARTICIPATION:
            return tally.cast - tally.spoiled


def _by_fraction(rule: Majority | Unanimity | Ratio, base: int) -> int:
    match rule:
        case Majority():
            return least(rule.numerator, rule.denominator, rule.comparator, base)
        case Unanimity():
            return base
        case Ratio():  # for > N * against is for > N/(N+1) of both together
            return least(rule.times, rule.times + 1, Comparator.MORE_THAN, base)


def _size(base: Base, tally: Tally) -> int:  # noqa: PLR0911 - one line for each base is the table
    match base:
        case Base.FOR_AND_AGAINST:
            return tally.for_ + tally.against
        case Base.FOR_AGAINST_AND_ABSTAINING:
            return tally.for_ + tally.against + tally.abstain
        case Base.FOR_AGAINST_AND_SPOILED:
            return tally.for_ + tally.against + tally.spoiled
        case Base.ALL_CAST:
            return tally.cast
        case Base.PRESENT:
            return _known("present", tally.present)
        case Base.ENTITLED:
            return tally.entitled
        case Base.SEATS:
            return _known("seats", tally.seats)


def _known(name: str, number: int | None) -> int:
    if number is None:
        raise Malformed(name, "a number: the rule is measured on it, and the tally does not say")
    return number
