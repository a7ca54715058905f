"""Rules by which a vote is decided, as data: base, fraction, comparator, floors, quorum, tie rule.

A rule is written in standing orders and kept in the record, so each is a tagged Struct of text and whole numbers:
`rule` names its kind. What a rule means is in `threshold` and `outcome`; its words are in `reading`.
"""

from enum import StrEnum
from typing import Any

import msgspec

from quorate.canon.fault import Malformed


class Base(StrEnum):
    """The votes or members that a fraction is a fraction of.

    There is no default, and no "votes cast": some houses mean it with abstentions and some without, so each base says
    in its name what is in it.
    """

    FOR_AND_AGAINST = "for-and-against"
    """Votes for and against; abstentions, blanks and spoiled papers are out. The usual meaning of "votes cast"."""
    FOR_AGAINST_AND_ABSTAINING = "for-against-and-abstaining"
    """All valid votes: who abstains counts as not in favour."""
    FOR_AGAINST_AND_SPOILED = "for-against-and-spoiled"
    """Robert's Rules on ballots: blanks are out, but the illegal vote of an entitled member counts."""
    ALL_CAST = "all-cast"
    """Everything handed in: for, against, abstaining and spoiled."""
    PRESENT = "present"
    """Members present at the vote: silence counts as not in favour."""
    ENTITLED = "entitled"
    """Everyone on the electoral register: absence counts as not in favour."""
    SEATS = "seats"
    """All seats, the vacant ones too."""


class Comparator(StrEnum):
    """Whether reaching the fraction exactly is enough."""

    MORE_THAN = "more-than"
    AT_LEAST = "at-least"


class Tie(StrEnum):
    """The outcome where as many vote for as against, under a rule of more than half.

    Any other rule has no ties: equal votes under two thirds are simply too few.
    """

    FAILS = "fails"
    CASTING_VOTE = "casting-vote"
    """The chair votes once more, either way."""
    CASTING_VOTE_STATUS_QUO = "casting-vote-status-quo"
    """The chair's casting vote is bound to leave things as they are: the motion falls."""
    LOT = "lot"
    REVOTE = "revote"


class FloorMeasure(StrEnum):
    """The votes that a floor is measured on."""

    SUPPORT = "support"
    """Votes for. Missing this floor rejects the motion."""
    PARTICIPATION = "participation"
    """All who voted, spoiled papers among them. Missing it leaves no decision."""
    VALID_PARTICIPATION = "valid-participation"
    """All who voted validly. Missing it leaves no decision."""


class Whole(StrEnum):
    """The number that a floor or a quorum is a share of."""

    ENTITLED = "entitled"
    SEATS = "seats"
    ROOT_OF_ENTITLED = "square-root-of-entitled"
    """Debian's Q is half of the square root of the number of developers (Debian Constitution 4.2)."""


class Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="share"):
    """A share of a named whole, such as at least one third of the seats."""

    of: Whole
    numerator: int
    denominator: int
    comparator: Comparator

    def __post_init__(self) -> None:
        if self.of is Whole.ROOT_OF_ENTITLED:  # 3/2 of a root is still fewer than all
            _check_fraction(self.numerator, self.denominator)
        else:
            _check_share(self.numerator, self.denominator, self.comparator)


class Number(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="number"
):
    """A plain number, such as fifteen members."""

    at_least: int

    def __post_init__(self) -> None:
        if self.at_least < 1:
            raise Malformed("at_least", "a number of 1 or more")


class Floor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A further condition beside the majority: so much support, or so much participation."""

    measure: FloorMeasure
    least: Share | Number


class Majority(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="rule", tag="majority"
):
    """Votes for are more than, or at least, a fraction of a named base."""

    base: Base
    numerator: int
    denominator: int
    comparator: Comparator
    floors: tuple[Floor, ...] = ()
    quorum: Share | Number | None = None
    tie: Tie = Tie.FAILS

    def __post_init__(self) -> None:
        _check_share(self.numerator, self.denominator, self.comparator)
        if self.tie is not Tie.FAILS and not can_tie(self):
            raise Malformed("tie", "no tie rule: only a rule of more than half knows ties")


class Unanimity(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="rule", tag="unanimity"
):
    """Nobody votes against and, if `abstention_prevents`, nobody abstains.

    It speaks of those who vote. That all who are present or entitled vote for it is a `Majority` of 1/1 of that base.
    """

    abstention_prevents: bool
    floors: tuple[Floor, ...] = ()
    quorum: Share | Number | None = None


class Ratio(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="rule", tag="ratio"):
    """More than `times` votes for to each vote against: V(A,D) > N * V(D,A) in Debian Constitution A.6.3."""

    times: int
    floors: tuple[Floor, ...] = ()
    quorum: Share | Number | None = None

    def __post_init__(self) -> None:
        if self.times < 1:
            raise Malformed("times", "a ratio of 1 or more to one")


class Consent(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="rule", tag="consent"
):
    """No reasoned objection stands, and at most so many stand aside (None: any number may)."""

    stand_asides_at_most: int | None
    quorum: Share | Number | None = None

    def __post_init__(self) -> None:
        if self.stand_asides_at_most is not None and self.stand_asides_at_most < 0:
            raise Malformed("stand_asides_at_most", "a number of 0 or more, or null for any number")


Single = Majority | Unanimity | Ratio | Consent


class Compound(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="rule", tag="compound"
):
    """Each of several named groups decides by its own rule, and all must adopt: a double majority.

    A group may be other people (chambers, branches) or the same people weighed otherwise (heads and shares).
    """

    parts: dict[str, Single]

    def __post_init__(self) -> None:
        if len(self.parts) < 2:
            raise Malformed("parts", "two groups or more")
        for name, part in self.parts.items():
            if isinstance(part, Majority) and part.tie is not Tie.FAILS:
                raise Malformed(f"parts.{name}.tie", "fails: nobody breaks a tie inside a group")


Rule = Single | Compound


def can_tie(rule: Majority) -> bool:
    """Whether equal votes leave this rule undecided: it asks for more than half."""
    return 2 * rule.numerator == rule.denominator and rule.comparator is Comparator.MORE_THAN


def parse_rule(value: Any) -> Rule:
    """The rule that plain data (decoded JSON or YAML) describes; the inverse of `format_rule`.

    Raises:
        Malformed: an unknown field or word, a missing base, a fraction that is none.
    """
    try:
        rule: Rule = msgspec.convert(value, Rule)
    except msgspec.ValidationError as error:
        raise Malformed("rule", str(error)) from error
    return rule


def format_rule(rule: Rule) -> dict[str, Any]:
    """Plain data for JSON or YAML, every field spelled out so that a later default cannot change an old rule."""
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(rule))
    return data


def _check_fraction(numerator: int, denominator: int) -> None:
    if numerator < 1 or denominator < 1:
        raise Malformed(f"{numerator}/{denominator}", "a fraction of two whole numbers above 0")


def _check_share(numerator: int, denominator: int, comparator: Comparator) -> None:
    _check_fraction(numerator, denominator)
    if numerator > denominator:
        raise Malformed(f"{numerator}/{denominator}", "a fraction of at most the whole")
    if numerator == denominator and comparator is Comparator.MORE_THAN:
        raise Malformed(f"{numerator}/{denominator}", "at-least: no more than all can be reached")
