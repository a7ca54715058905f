"""What must hold of every rule and every tally, by sampling."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict, replace

from quorate.counting.outcome import decide
from quorate.counting.rule import (
    Base,
    Comparator,
    Floor,
    FloorMeasure,
    Majority,
    Number,
    Ratio,
    Share,
    Tie,
    Unanimity,
    Whole,
)
from quorate.counting.tally import Tally, reconcile

counts = st.integers(0, 10**12) | st.integers(0, 30)
comparators = st.sampled_from(Comparator)


@st.composite
def proper_fractions(draw):
    denominator = draw(st.integers(2, 100))
    return draw(st.integers(1, denominator - 1)), denominator


@st.composite
def shares(draw):
    p, q = draw(proper_fractions())
    whole = draw(st.sampled_from([Whole.ENTITLED, Whole.SEATS]))
    return Share(whole, p, q, draw(comparators))


floors = st.lists(
    st.builds(
        Floor, st.sampled_from(FloorMeasure), shares() | st.builds(Number, st.integers(1, 40))
    ),
    max_size=2,
).map(tuple)


@st.composite
def majorities(draw, conditions=floors):
    p, q = draw(proper_fractions())
    rule = Majority(draw(st.sampled_from(Base)), p, q, draw(comparators), draw(conditions))
    quorum = draw(st.none() | shares())
    return replace(rule, quorum=quorum)


rules = (
    majorities()
    | st.builds(Unanimity, st.booleans(), floors)
    | st.builds(Ratio, st.integers(1, 9), floors)
)


@st.composite
def tallies(draw):
    y, n, a, s, silent, absent, vacant = (draw(counts) for _ in range(7))
    present = y + n + a + s + silent
    entitled = present + absent
    return Tally(
        for_=y,
        against=n,
        abstain=a,
        spoiled=s,
        not_voted=silent + absent,
        present=present,
        entitled=entitled,
        seats=entitled + vacant,
    )


@given(rules, tallies())
def test_one_more_who_was_silent_and_votes_for_never_undoes_adoption(rule, tally):
    if tally.not_voted == 0:
        return
    more = replace(tally, for_=tally.for_ + 1, not_voted=tally.not_voted - 1)
    if decide(rule, tally).result == "adopted":
        assert decide(rule, more).result == "adopted"


@given(rules, tallies(), st.sampled_from(["against", "abstain", "spoiled"]))
def test_one_vote_moved_to_for_never_undoes_adoption(rule, tally, source):
    if getattr(tally, source) == 0:
        return
    # A vote that was spoiled and is now valid only raises what valid participation is measured on.
    moved = replace(tally, for_=tally.for_ + 1, **{source: getattr(tally, source) - 1})
    if decide(rule, tally).result == "adopted":
        assert decide(rule, moved).result == "adopted"


@given(
    majorities(st.just(())).filter(lambda rule: rule.quorum is None)
    | st.builds(Unanimity, st.booleans())
    | st.builds(Ratio, st.integers(1, 9)),
    tallies(),
)
def test_needed_passes_and_one_fewer_does_not(rule, tally):
    outcome = decide(rule, tally)
    both = tally.for_ + tally.against
    for votes, passes in [(outcome.needed, True), (outcome.needed - 1, False)]:
        if 0 <= votes <= both:  # the votes for and against dealt otherwise: the base stays
            other = decide(rule, replace(tally, for_=votes, against=both - votes))
            assert other.base == outcome.base
            assert (other.result == "adopted") == passes


@given(rules, tallies())
def test_outcome_agrees_with_its_own_numbers(rule, tally):
    outcome = decide(rule, tally)
    missed = {r.name for r in outcome.requirements if not r.is_met}
    assert outcome.to_spare == tally.for_ - outcome.needed
    assert (outcome.result == "no-decision") == bool(missed - {"support"})
    if outcome.result != "no-decision":
        assert (outcome.result == "adopted") == (outcome.to_spare >= 0)


@given(
    rules.filter(lambda r: not any(isinstance(f.least, Number) for f in r.floors)),
    tallies(),
    st.integers(1, 1000),
)
def test_weighing_every_vote_alike_changes_no_result(rule, tally, weight):
    heavier = Tally(**{name: n * weight for name, n in asdict(tally).items()})
    assert decide(rule, tally).result == decide(rule, heavier).result


@given(st.integers(1, 50), tallies())
def test_ratio_is_a_majority_of_its_two_sides(times, tally):
    same = Majority(Base.FOR_AND_AGAINST, times, times + 1, Comparator.MORE_THAN)
    by_ratio, by_majority = decide(Ratio(times), tally), decide(same, tally)
    told = [(o.result, o.needed, o.to_spare, o.base) for o in (by_ratio, by_majority)]
    assert told[0] == told[1]


@given(counts, st.sampled_from(Tie))
def test_equal_votes_are_adopted_by_nothing_but_a_casting_vote_or_a_lot(votes, tie):
    rule = Majority(Base.FOR_AND_AGAINST, 1, 2, Comparator.MORE_THAN, tie=tie)
    outcome = decide(rule, Tally(for_=votes, against=votes, entitled=2 * votes))
    assert outcome.result != "adopted"


@given(tallies(), st.integers(-5, 5))
def test_unaccounted_is_what_the_register_and_the_count_differ_by(tally, difference):
    other = replace(tally, entitled=tally.entitled + max(difference, 0), seats=None)
    other = replace(other, not_voted=other.not_voted - min(difference, 0))
    assert reconcile(tally) == 0
    assert reconcile(other) == difference
    rule = Majority(Base.FOR_AND_AGAINST, 1, 2, Comparator.MORE_THAN)
    assert decide(rule, other).unaccounted == difference
