from fractions import Fraction

import pytest

from quorate.canon.fault import Malformed
from quorate.counting.rule import (
    Base,
    Comparator,
    Floor,
    FloorMeasure,
    Majority,
    Number,
    Share,
    Whole,
)
from quorate.counting.tally import Tally, reconcile
from quorate.counting.threshold import least, least_of_root, requirements_of

MORE, LEAST = Comparator.MORE_THAN, Comparator.AT_LEAST


def test_least_number_is_found_by_trying_them_all():
    for q in range(1, 8):
        for p in range(1, q + 1):
            for whole in range(30):
                part = Fraction(p, q) * whole
                assert least(p, q, MORE, whole) == next(v for v in range(40) if v > part)
                assert least(p, q, LEAST, whole) == next(v for v in range(40) if v >= part)


def test_least_number_of_a_root_is_found_by_trying_all_squares():
    for p, q in [(1, 2), (3, 2), (1, 1), (2, 3), (3, 1)]:
        for whole in range(120):
            square = Fraction(p, q) ** 2 * whole
            assert least_of_root(p, q, MORE, whole) == next(v for v in range(99) if v * v > square)
            assert least_of_root(p, q, LEAST, whole) == next(
                v for v in range(99) if v * v >= square
            )


def test_numbers_too_large_for_floats_stay_exact():
    whole = 3 * 10**30 + 1
    assert least(1, 3, LEAST, whole) == 10**30 + 1
    assert least_of_root(1, 1, LEAST, 10**40 + 1) == 10**20 + 1
    assert least_of_root(1, 1, LEAST, 10**40) == 10**20


def test_floor_and_quorum_each_say_what_there_was_and_what_was_needed():
    third = Share(Whole.SEATS, 1, 3, LEAST)
    rule = Majority(
        Base.FOR_AND_AGAINST,
        1,
        2,
        MORE,
        floors=(
            Floor(FloorMeasure.SUPPORT, third),
            Floor(FloorMeasure.PARTICIPATION, Number(9)),
            Floor(FloorMeasure.VALID_PARTICIPATION, Share(Whole.ENTITLED, 1, 2, MORE)),
        ),
        quorum=Number(5),
    )
    tally = Tally(for_=5, against=1, abstain=1, spoiled=2, entitled=14, present=12, seats=16)
    found = [(r.name, r.had, r.needed, r.is_met) for r in requirements_of(rule, tally)]
    assert found == [
        ("quorum", 12, 5, True),
        ("support", 5, 6, False),
        ("participation", 9, 9, True),
        ("valid-participation", 7, 8, False),
    ]


def test_share_of_nobody_still_needs_somebody():
    rule = Majority(Base.FOR_AND_AGAINST, 1, 2, MORE, quorum=Share(Whole.ENTITLED, 1, 2, LEAST))
    tally = Tally(for_=0, against=0, entitled=0, present=0)
    assert [r.is_met for r in requirements_of(rule, tally)] == [False]


@pytest.mark.parametrize(
    ("figures", "difference"),
    [
        ({"for_": 6, "against": 15, "abstain": 3, "entitled": 25}, 1),
        ({"for_": 6, "against": 15, "abstain": 3, "not_voted": 1, "entitled": 25}, 0),
        ({"for_": 6, "against": 15, "abstain": 3, "spoiled": 2, "entitled": 25}, -1),
    ],
)
def test_votes_unaccounted_for_are_the_difference_to_the_register(figures, difference):
    assert reconcile(Tally(**figures)) == difference


@pytest.mark.parametrize(
    "wrong",
    [
        {"for_": -1},
        {"against": -1},
        {"abstain": -1},
        {"spoiled": -1},
        {"not_voted": -1},
        {"entitled": -1},
        {"present": -1},
        {"seats": -1},
        {"objections": -1},
        {"stand_asides": -1},
        {"present": 6},
        {"seats": 4},
        {"objections": 3, "stand_asides": 3},
    ],
)
def test_impossible_figures_are_malformed(wrong):
    with pytest.raises(Malformed):
        Tally(**{"for_": 2, "against": 1, "entitled": 5} | wrong)
