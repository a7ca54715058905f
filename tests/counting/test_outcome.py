import msgspec
import pytest

from quorate.canon import canonical
from quorate.canon.fault import Malformed
from quorate.counting.outcome import Outcome, decide
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
    Share,
    Unanimity,
    Whole,
)
from quorate.counting.tally import Tally
from quorate.reading.words.outcomes import reason as reason_in_words

MORE, LEAST = Comparator.MORE_THAN, Comparator.AT_LEAST
SIMPLE = Majority(Base.FOR_AND_AGAINST, 1, 2, MORE)
QUORATE = Majority(Base.FOR_AND_AGAINST, 1, 2, MORE, quorum=Number(5))
HALF_VOTE = Floor(FloorMeasure.PARTICIPATION, Share(Whole.ENTITLED, 1, 2, LEAST))
FORTY = Floor(FloorMeasure.SUPPORT, Share(Whole.ENTITLED, 2, 5, LEAST))


@pytest.mark.parametrize(
    ("rule", "tally", "reason"),
    [
        (
            SIMPLE,
            Tally(for_=19, against=2, abstain=4, entitled=25),
            (
                "adopted: 19 for and 2 against; more than half of 21 votes for and against needed (11); "
                "8 to spare; 4 abstained; 25 of 25 entitled voted"
            ),
        ),
        (
            SIMPLE,
            Tally(for_=6, against=15, abstain=3, entitled=25),
            (
                "rejected: 6 for and 15 against; more than half of 21 votes for and against needed (11); "
                "5 short; 3 abstained; 24 of 25 entitled voted; 1 unaccounted for"
            ),
        ),
        (
            Majority(Base.ENTITLED, 2, 3, LEAST),
            Tally(for_=64, against=20, spoiled=1, not_voted=16, entitled=100),
            (
                "rejected: 64 for and 20 against; at least two thirds of 100 entitled needed (67); "
                "3 short; 1 spoiled; 85 of 100 entitled voted; 1 more than the register accounts for"
            ),
        ),
        (
            QUORATE,
            Tally(for_=3, against=0, not_voted=7, present=3, entitled=10),
            (
                "no decision for want of a quorum: 3 for and 0 against; more than half of 3 votes for and against "
                "needed (2); quorum missed by 2 (3, 5 needed); 3 of 10 entitled voted"
            ),
        ),
        (
            Ratio(3, (FORTY,)),
            Tally(for_=4, against=1, not_voted=5, entitled=10),
            (
                "adopted: 4 for and 1 against; more than 3 for to each 1 against needed (4 of 5); "
                "support met (4, 4 needed); none to spare; 5 of 10 entitled voted"
            ),
        ),
        (
            Unanimity(abstention_prevents=True),
            Tally(for_=4, against=0, abstain=1, entitled=5),
            (
                "rejected: 4 for and 0 against; no vote against and no abstention allowed (5 of 5 needed); "
                "1 short; 1 abstained; 5 of 5 entitled voted"
            ),
        ),
        (
            Consent(2),
            Tally(for_=0, against=0, objections=1, stand_asides=1, present=7, entitled=9),
            "rejected: 1 objection; 1 standing aside, at most 2 allowed; 7 present",
        ),
        (
            Consent(None, Number(5)),
            Tally(for_=0, against=0, stand_asides=3, present=7, entitled=9),
            "adopted: no objection; 3 standing aside, any number allowed; quorum met (7, 5 needed); 7 present",
        ),
    ],
)
def test_reason_recites_the_numbers(rule, tally, reason):
    assert reason_in_words(rule, tally, decide(rule, tally)) == reason


@pytest.mark.parametrize(
    "rule",
    [
        QUORATE,
        Unanimity(abstention_prevents=False, quorum=Number(5)),
        Ratio(2, quorum=Number(5)),
        Consent(0, Number(5)),
    ],
)
@pytest.mark.parametrize("figures", [(4, 0), (0, 4), (2, 2)])
def test_missed_quorum_leaves_no_decision_however_they_voted(rule, figures):
    y, n = figures
    short = Tally(for_=y, against=n, not_voted=5, present=4, entitled=9)
    enough = msgspec.structs.replace(short, present=5)
    assert decide(rule, short).result == "no-decision"
    assert decide(rule, enough).result in ("adopted", "rejected")


def test_missed_participation_leaves_no_decision_and_missed_support_rejects():
    rule = Majority(Base.FOR_AND_AGAINST, 1, 2, MORE, floors=(HALF_VOTE, FORTY))
    results = {
        (y, n): decide(rule, Tally(for_=y, against=n, not_voted=10 - y - n, entitled=10)).result
        for y, n in [(4, 0), (0, 4), (3, 2), (4, 1), (4, 6)]
    }
    assert results == {
        (4, 0): "no-decision",
        (0, 4): "no-decision",
        (3, 2): "rejected",
        (4, 1): "adopted",
        (4, 6): "rejected",
    }


def test_want_of_a_quorum_is_named_before_want_of_participation():
    rule = msgspec.structs.replace(QUORATE, floors=(FORTY, HALF_VOTE))
    few = Tally(for_=1, against=0, not_voted=9, present=1, entitled=10)
    assert reason_in_words(rule, few, decide(rule, few)).startswith(
        "no decision for want of a quorum: "
    )
    more = msgspec.structs.replace(few, present=5)
    assert reason_in_words(rule, more, decide(rule, more)).startswith(
        "no decision for want of participation: "
    )


@pytest.mark.parametrize("objections", range(4))
@pytest.mark.parametrize("asides", range(5))
@pytest.mark.parametrize("limit", [None, 0, 2])
def test_consent_needs_no_objection_and_few_enough_standing_aside(objections, asides, limit):
    tally = Tally(for_=0, against=0, objections=objections, stand_asides=asides, entitled=9)
    outcome = decide(Consent(limit), tally)
    passes = objections == 0 and (limit is None or asides <= limit)
    assert outcome.result == ("adopted" if passes else "rejected")
    assert (outcome.to_spare >= 0) == passes


def test_nobody_consents_to_nothing():
    assert decide(Consent(None), Tally(for_=0, against=0, entitled=0)).result == "no-decision"
    empty_room = Tally(for_=0, against=0, present=0, entitled=9)
    assert decide(Consent(None), empty_room).result == "no-decision"


YES = Tally(for_=3, against=1, entitled=5)
NO = Tally(for_=1, against=3, entitled=4)
FEW = Tally(for_=3, against=0, present=3, entitled=9)


@pytest.mark.parametrize(
    ("a", "b", "result"),
    [
        (YES, YES, "adopted"),
        (YES, NO, "rejected"),
        (NO, YES, "rejected"),
        (NO, NO, "rejected"),
    ],
)
def test_both_groups_must_adopt(a, b, result):
    outcome = decide(Compound({"a": SIMPLE, "b": SIMPLE}), {"a": a, "b": b})
    assert outcome.result == result
    assert (outcome.needed, outcome.base) == (2, 2)
    assert (outcome.to_spare == 0) == (result == "adopted")
    assert outcome.parts == {"a": decide(SIMPLE, a), "b": decide(SIMPLE, b)}


@pytest.mark.parametrize(("other", "result"), [(YES, "no-decision"), (NO, "rejected")])
def test_group_without_a_quorum_decides_nothing_but_another_group_may_defeat(other, result):
    rule, tallies = Compound({"a": QUORATE, "b": SIMPLE}), {"a": FEW, "b": other}
    outcome = decide(rule, tallies)
    assert outcome.result == result
    assert reason_in_words(rule, tallies, outcome).startswith(f"{result.replace('-', ' ')}: ")


def test_compound_sums_what_is_unaccounted_for():
    rule, tallies = Compound({"a": SIMPLE, "b": SIMPLE}), {"a": YES, "b": YES}
    outcome = decide(rule, tallies)
    assert outcome.unaccounted == 2
    assert "[a] adopted: 3 for and 1 against" in reason_in_words(rule, tallies, outcome)


@pytest.mark.parametrize(
    ("rule", "tally"),
    [
        (Majority(Base.PRESENT, 1, 2, MORE), YES),
        (Majority(Base.SEATS, 1, 2, MORE), YES),
        (QUORATE, YES),
        (Consent(0, Number(1)), YES),
        (Ratio(1, quorum=Share(Whole.SEATS, 1, 2, MORE)), FEW),
        (SIMPLE, {"a": YES}),
        (Compound({"a": SIMPLE, "b": SIMPLE}), YES),
        (Compound({"a": SIMPLE, "b": SIMPLE}), {"a": YES}),
        (Compound({"a": SIMPLE, "b": SIMPLE}), {"a": YES, "b": YES, "c": YES}),
    ],
)
def test_tally_that_does_not_say_what_the_rule_asks_is_malformed(rule, tally):
    with pytest.raises(Malformed):
        decide(rule, tally)


def test_outcome_and_tally_survive_canonical_json():
    outcome = decide(Compound({"a": QUORATE, "b": SIMPLE}), {"a": FEW, "b": NO})
    assert msgspec.json.decode(canonical.encode(outcome), type=Outcome) == outcome
    assert msgspec.json.decode(canonical.encode(FEW), type=Tally) == FEW
    assert canonical.decode(canonical.encode(FEW))["for"] == 3
