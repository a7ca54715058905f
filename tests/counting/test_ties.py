import pytest

from quorate.canon.fault import Malformed
from quorate.counting.outcome import decide
from quorate.counting.rule import (
    Base,
    Comparator,
    Compound,
    Consent,
    Floor,
    FloorMeasure,
    Majority,
    Number,
    Tie,
)
from quorate.counting.tally import Tally
from quorate.reading.words.outcomes import reason as reason_in_words

MORE, LEAST = Comparator.MORE_THAN, Comparator.AT_LEAST
EVEN = Tally(for_=6, against=6, not_voted=1, present=13, entitled=13)


def simple(tie, base=Base.FOR_AND_AGAINST, **more):
    return Majority(base, 1, 2, MORE, tie=tie, **more)


@pytest.mark.parametrize(
    ("tie", "breaker", "result", "how"),
    [
        (Tie.FAILS, {}, "rejected", "rejected on a tie: 6 for"),
        (Tie.CASTING_VOTE, {}, "tied", "tied, to be decided by the chair's casting vote: 6 for"),
        (Tie.CASTING_VOTE, {"casting_vote": "for"}, "adopted", "adopted by the chair's casting vote: "),
        (Tie.CASTING_VOTE, {"casting_vote": "against"}, "rejected", "rejected by the chair's casting vote: "),
        (Tie.CASTING_VOTE_STATUS_QUO, {}, "rejected", "rejected on a tie, the casting vote being bound to the status quo: "),
        (Tie.CASTING_VOTE_STATUS_QUO, {"casting_vote": "against"}, "rejected", "rejected on a tie, "),
        (Tie.LOT, {}, "tied", "tied, to be decided by lot: "),
        (Tie.LOT, {"lot": "for"}, "adopted", "adopted by lot: "),
        (Tie.LOT, {"lot": "against"}, "rejected", "rejected by lot: "),
        (Tie.REVOTE, {}, "tied", "tied, to be voted on again: "),
    ],
)  # fmt: skip
def test_equal_votes_fall_as_the_tie_rule_says(tie, breaker, result, how):
    outcome = decide(simple(tie), EVEN, **breaker)
    assert outcome.result == result
    assert reason_in_words(simple(tie), EVEN, outcome).startswith(how)
    assert outcome.tie_used is tie
    assert (outcome.needed, outcome.to_spare) == (7, -1)


@pytest.mark.parametrize("tie", list(Tie))
@pytest.mark.parametrize("votes", [(7, 6), (6, 7), (0, 0)])
def test_unequal_or_no_votes_use_no_tie_rule(tie, votes):
    outcome = decide(simple(tie), Tally(for_=votes[0], against=votes[1], entitled=13))
    assert outcome.tie_used is None
    assert outcome.result == ("adopted" if votes == (7, 6) else "rejected")


@pytest.mark.parametrize(
    ("rule", "breaker"),
    [
        (simple(Tie.FAILS), {"casting_vote": "for"}),
        (simple(Tie.FAILS), {"lot": "for"}),
        (simple(Tie.LOT), {"casting_vote": "for"}),
        (simple(Tie.CASTING_VOTE), {"lot": "for"}),
        (simple(Tie.CASTING_VOTE), {"lot": "for", "casting_vote": "for"}),
        (simple(Tie.CASTING_VOTE_STATUS_QUO), {"casting_vote": "for"}),
        (simple(Tie.REVOTE), {"casting_vote": "for"}),
        (Majority(Base.FOR_AND_AGAINST, 2, 3, LEAST), {"casting_vote": "for"}),
        (Consent(0), {"casting_vote": "for"}),
    ],
)
def test_breaker_that_no_tie_calls_for_is_malformed(rule, breaker):
    with pytest.raises(Malformed):
        decide(rule, EVEN, **breaker)


def test_casting_vote_cannot_overturn_a_majority():
    with pytest.raises(Malformed):
        decide(
            simple(Tie.CASTING_VOTE), Tally(for_=7, against=6, entitled=13), casting_vote="against"
        )


def test_no_casting_vote_breaks_a_tie_inside_a_group():
    rule = Compound({"a": simple(Tie.FAILS), "b": simple(Tie.FAILS)})
    with pytest.raises(Malformed):
        decide(rule, {"a": EVEN, "b": EVEN}, casting_vote="for")


@pytest.mark.parametrize(
    ("base", "is_tie"),
    [
        (Base.FOR_AND_AGAINST, True),
        (Base.PRESENT, False),
        (Base.ENTITLED, False),
        (Base.FOR_AGAINST_AND_ABSTAINING, True),
    ],
)
def test_silence_that_counts_as_not_in_favour_is_no_tie(base, is_tie):
    outcome = decide(simple(Tie.CASTING_VOTE, base), EVEN)
    assert outcome.result == ("tied" if is_tie else "rejected")
    assert outcome.tie_used is (Tie.CASTING_VOTE if is_tie else None)


def test_missed_quorum_comes_before_a_tie():
    outcome = decide(simple(Tie.LOT, quorum=Number(14)), EVEN)
    assert (outcome.result, outcome.tie_used) == ("no-decision", None)


def test_missed_support_comes_before_a_tie():
    rule = simple(Tie.LOT, floors=(Floor(FloorMeasure.SUPPORT, Number(7)),))
    outcome = decide(rule, EVEN)
    assert (outcome.result, outcome.tie_used) == ("rejected", None)
