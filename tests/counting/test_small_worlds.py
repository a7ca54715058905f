"""Every small vote under every base, fraction and comparator, against an oracle written in fractions."""

from fractions import Fraction
from itertools import product

import pytest

from quorate.canon.fault import Malformed
from quorate.counting.outcome import decide
from quorate.counting.rule import Base, Comparator, Majority, Ratio, Unanimity
from quorate.counting.tally import Tally

FRACTIONS = [(1, 2), (2, 3), (3, 4), (1, 1), (1, 5)]
SILENT, ABSENT, VACANT = 1, 2, 3


def worlds():
    for y, n, a, s in product(range(7), range(7), range(7), (0, 2)):
        present = y + n + a + s + SILENT
        yield (
            (y, n, a, s),
            Tally(
                for_=y,
                against=n,
                abstain=a,
                spoiled=s,
                not_voted=SILENT + ABSENT,
                present=present,
                entitled=present + ABSENT,
                seats=present + ABSENT + VACANT,
            ),
        )


WORLDS = list(worlds())
SIZES = {
    "for-and-against": lambda y, n, a, s: y + n,
    "for-against-and-abstaining": lambda y, n, a, s: y + n + a,
    "for-against-and-spoiled": lambda y, n, a, s: y + n + s,
    "all-cast": lambda y, n, a, s: y + n + a + s,
    "present": lambda y, n, a, s: y + n + a + s + SILENT,
    "entitled": lambda y, n, a, s: y + n + a + s + SILENT + ABSENT,
    "seats": lambda y, n, a, s: y + n + a + s + SILENT + ABSENT + VACANT,
}


def oracle_passes(votes, base, fraction, strict):
    if votes == 0:
        return False
    threshold = fraction * base
    return votes > threshold if strict else votes >= threshold


def test_the_oracle_knows_every_base():
    assert set(SIZES) == {base.value for base in Base}


@pytest.mark.parametrize("base", list(Base))
def test_every_small_vote_is_decided_as_fractions_say(base):
    for (p, q), comparator in product(FRACTIONS, Comparator):
        strict = comparator is Comparator.MORE_THAN
        if strict and p == q:
            continue
        rule = Majority(base, p, q, comparator)
        for votes, tally in WORLDS:
            size = SIZES[base.value](*votes)
            outcome = decide(rule, tally)
            passes = oracle_passes(votes[0], size, Fraction(p, q), strict)
            assert outcome.result == ("adopted" if passes else "rejected"), (rule, tally)
            assert outcome.base == size
            assert outcome.to_spare == votes[0] - outcome.needed
            assert oracle_passes(outcome.needed, size, Fraction(p, q), strict)
            assert not oracle_passes(outcome.needed - 1, size, Fraction(p, q), strict)


@pytest.mark.parametrize("base", list(Base))
def test_more_than_the_whole_is_no_rule(base):
    with pytest.raises(Malformed):
        Majority(base, 1, 1, Comparator.MORE_THAN)


def test_every_small_vote_is_unanimous_exactly_when_nobody_stands_against_it():
    for (y, n, a, _), tally in WORLDS:
        assert (decide(Unanimity(abstention_prevents=False), tally).result == "adopted") == (
            y > 0 and n == 0
        )
        assert (decide(Unanimity(abstention_prevents=True), tally).result == "adopted") == (
            y > 0 and n == 0 and a == 0
        )


@pytest.mark.parametrize("times", [1, 2, 3])
def test_every_small_ratio_is_the_product_that_it_says(times):
    for (y, n, _, _), tally in WORLDS:
        assert (decide(Ratio(times), tally).result == "adopted") == (y > times * n)
