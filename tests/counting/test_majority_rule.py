import json

import msgspec
import pytest
import yaml

from quorate.canon import canonical
from quorate.canon.fault import Malformed
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
    format_rule,
    parse_rule,
)
from quorate.reading.words.outcomes import words

MORE, LEAST = Comparator.MORE_THAN, Comparator.AT_LEAST
SIMPLE = Majority(Base.FOR_AND_AGAINST, 1, 2, MORE)
HALF_OF_SEATS = Share(Whole.SEATS, 1, 2, MORE)
SAID = [
    (SIMPLE, "more than half of the votes for and against"),
    (
        Majority(Base.ENTITLED, 2, 3, LEAST, quorum=HALF_OF_SEATS),
        "at least two thirds of the entitled; quorum more than half of the seats",
    ),
    (
        Majority(Base.PRESENT, 75, 100, LEAST, floors=(Floor(FloorMeasure.PARTICIPATION, Number(9)),)),
        "at least three quarters of the members present; at least 9 must vote",
    ),
    (Majority(Base.SEATS, 1, 1, LEAST), "all of the seats"),
    (Majority(Base.ALL_CAST, 11, 20, LEAST), "at least 11/20 of the votes cast, abstaining and spoiled among them"),
    (
        Majority(Base.FOR_AND_AGAINST, 1, 2, MORE, tie=Tie.LOT),
        "more than half of the votes for and against; lots decide a tie",
    ),
    (Unanimity(abstention_prevents=True), "no vote against and no abstention"),
    (
        Unanimity(abstention_prevents=False, quorum=Number(5)),
        "no vote against; quorum at least 5",
    ),
    (
        Ratio(3, (Floor(FloorMeasure.SUPPORT, Share(Whole.ROOT_OF_ENTITLED, 3, 2, LEAST)),)),
        "more than 3 for to each 1 against; at least 3/2 of the square root of the number entitled must vote for",
    ),
    (Consent(None), "no objection"),
    (Consent(2), "no objection and at most 2 standing aside"),
    (
        Compound({"members": SIMPLE, "branches": Majority(Base.ENTITLED, 1, 2, MORE)}),
        "more than half of the votes for and against (by members) and more than half of the entitled (by branches)",
    ),
]  # fmt: skip
RULES = [rule for rule, _ in SAID]


@pytest.mark.parametrize(("rule", "said"), SAID)
def test_rule_is_said_in_words(rule, said):
    assert words(rule) == said


@pytest.mark.parametrize("rule", RULES)
def test_rule_survives_plain_data_yaml_and_canonical_json(rule):
    assert parse_rule(format_rule(rule)) == rule
    assert parse_rule(yaml.safe_load(yaml.safe_dump(format_rule(rule)))) == rule
    assert msgspec.json.decode(canonical.encode(rule), type=Rule) == rule
    assert canonical.decode(canonical.encode(rule)) == format_rule(rule)


def test_majority_is_written_with_every_field_spelled_out():
    written = format_rule(SIMPLE)
    assert list(written)[:2] == ["rule", "base"]
    assert written == {
        "rule": "majority",
        "base": "for-and-against",
        "numerator": 1,
        "denominator": 2,
        "comparator": "more-than",
        "floors": [],
        "quorum": None,
        "tie": "fails",
    }


@pytest.mark.parametrize("field", ["base", "numerator", "denominator", "comparator", "rule"])
def test_nothing_that_decides_is_defaulted(field):
    data = format_rule(SIMPLE)
    del data[field]
    with pytest.raises(Malformed):
        parse_rule(data)


@pytest.mark.parametrize(
    "change",
    [
        {"base": "votes-cast"},
        {"numerator": 0},
        {"denominator": 0},
        {"numerator": -1},
        {"numerator": 3},
        {"numerator": 2},
        {"numerator": 0.5},
        {"numerator": True},
        {"comparator": ">"},
        {"percentage": 50},
        {"tie": "coin"},
        {"quorum": {"kind": "number", "at_least": 0}},
        {"quorum": {"kind": "share", "of": "seats", "numerator": 1, "denominator": 2}},
        {"floors": [{"measure": "turnout", "least": {"kind": "number", "at_least": 5}}]},
        {"numerator": 2, "denominator": 3, "tie": "casting-vote"},
        {"comparator": "at-least", "tie": "lot"},
    ],
)
def test_rule_that_cannot_be_meant_is_malformed(change):
    with pytest.raises(Malformed):
        parse_rule(format_rule(SIMPLE) | change)


@pytest.mark.parametrize(
    "data",
    [
        {"rule": "ratio", "times": 0},
        {"rule": "consent"},
        {"rule": "consent", "stand_asides_at_most": -1},
        {"rule": "unanimity"},
        {"rule": "compound", "parts": {"members": {"rule": "consent", "stand_asides_at_most": 0}}},
        {"rule": "acclamation"},
        "majority",
        None,
    ],
)
def test_other_rules_that_cannot_be_meant_are_malformed(data):
    with pytest.raises(Malformed):
        parse_rule(data)


def test_no_tie_is_broken_inside_a_group():
    with pytest.raises(Malformed, match=r"parts\.b\.tie"):
        Compound({"a": SIMPLE, "b": msgspec.structs.replace(SIMPLE, tie=Tie.LOT)})


def test_three_halves_of_a_root_are_a_floor_and_three_halves_of_the_members_are_not():
    assert Share(Whole.ROOT_OF_ENTITLED, 3, 2, LEAST).numerator == 3
    with pytest.raises(Malformed):
        Share(Whole.ENTITLED, 3, 2, LEAST)


def test_json_of_a_rule_holds_no_fraction_and_no_percentage():
    for rule in RULES:
        assert "." not in json.dumps(format_rule(rule))
