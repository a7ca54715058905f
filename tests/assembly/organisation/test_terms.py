"""Terms of seats: when one ends, and that no day has more seats than the body."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.assembly.heads import sits
from quorate.assembly.model.organisation import Body
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.assembly.organisation.membership import AdmitMember, SeatMember, UnseatMember
from quorate.assembly.organisation.terms import default_end
from quorate.assembly.refusal import Refused
from quorate.script.preset import apply_changes, load_preset
from tests.cast import VOTERS, founded

terms = st.tuples(
    st.sampled_from(VOTERS[:4]),
    st.integers(-1, 6),
    st.none() | st.integers(-1, 6),
    st.sampled_from([0, 1, 1]),
    st.sampled_from(["seat", "seat", "seat", "unseat", "wait"]),
)


@given(st.lists(terms, max_size=12))
def test_no_day_ever_has_more_voting_seats_than_the_body(acts: list[tuple]) -> None:
    """Whatever is seated and unseated in whatever order, a body of two seats never has three."""
    world = founded()
    world.act(EstablishBody(body="pair", name="Pair", seats=2))
    for person in VOTERS[:4]:
        world.act(AdmitMember(member=person))
    for person, since, until, weight, what in acts:
        day = world.now.date()
        seat = SeatMember(
            body="pair",
            member=person,
            weight=weight,
            since=day + timedelta(days=since),
            until=None if until is None else day + timedelta(days=until),
        )
        if what == "wait":
            world.wait(days=1)
            continue
        try:
            world.act(seat if what == "seat" else UnseatMember(body="pair", member=person))
        except Refused:
            continue
        held = [s for s in world.state.bodies["pair"].seated.values() if s.weight]
        for offset in range(-2, 24):
            on = day + timedelta(days=offset)
            assert sum(sits(s, on) for s in held) <= 2


@pytest.mark.parametrize(
    ("since", "months", "last"),
    [
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2026, 3, 2), 1, date(2026, 4, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2026, 2, 28), None, None),
    ],
)
def test_last_day_of_a_term_is_the_one_before_its_next_month(
    since: date, months: int | None, last: date | None
) -> None:
    orders = apply_changes(load_preset("small-association"), {"terms": {"months": months}})
    assert default_end(Body(id="b", name="B", orders=orders), since) == last
    assert default_end(Body(id="b", name="B"), since) is None


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(1, 60))
def test_two_terms_of_a_number_of_months_join_without_gap_or_overlap(
    since: date, months: int
) -> None:
    """The day after a term is at most the day of the month on which it began, and in the right month."""
    orders = apply_changes(load_preset("small-association"), {"terms": {"months": months}})
    last = default_end(Body(id="b", name="B", orders=orders), since)
    assert last is not None
    after = last + timedelta(days=1)
    gone = (after.year - since.year) * 12 + after.month - since.month
    assert (gone, after.day) in ((months, since.day), (months + 1, 1))
