"""Long lists by parts: each part is the same as in the whole, and who see alike see the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.reading.page import ALL, Page, Span, page_of
from quorate.reading.reader import Reader
from quorate.reading.view import business, calendar, divisions, meetings, motions, people
from tests.cast import CHAIR, MEMBER, OBSERVER, TELLER
from tests.reading.test_divisions import act, close, reader, sitting, vote

LISTS = {
    "meetings": meetings.meetings,
    "motions": motions.motions,
    "divisions": divisions.divisions,
    "decisions": motions.decisions,
    "open items": business.open_items,
    "dispositions": business.dispositions,
    "bodies": people.bodies,
    "members": people.members,
    "calendar": calendar.events,
    "moves": calendar.moved,
    "clashes": calendar.clashes,
    "presences": lambda looking, span=ALL: meetings.presences(looking, held(looking), span),
    "reports": lambda looking, span=ALL: meetings.reports(looking, held(looking), span),
    "seats": lambda looking, span=ALL: people.seats(looking, body(looking), span),
    "votes": lambda looking, span=ALL: divisions.votes(looking, division(looking), span),
    "silent": lambda looking, span=ALL: divisions.silent(looking, division(looking), span),
}


def held(looking: Reader):
    """The meeting of the world."""
    return looking.state.meetings["m"]


def body(looking: Reader):
    """The body of the world."""
    return looking.state.bodies["committee"]


def division(looking: Reader):
    """The division of the world."""
    return looking.state.divisions["d"]


@pytest.fixture(scope="module")
def world():
    """A meeting with a division that is over, and motions that are open."""
    world = sitting()
    vote(world, "for", CHAIR, TELLER)
    close(world)
    for n in range(4):
        act(
            world,
            "move-motion",
            TELLER,
            motion=f"mo-{n}",
            kind="main",
            body="committee",
            title=f"{n}",
        )
    return world


@given(st.integers(0, 12), st.none() | st.integers(0, 12), st.lists(st.integers(), max_size=9))
def test_page_is_a_slice_of_the_list(first, count, things) -> None:
    page = page_of(things, Span(first, count), str)
    end = None if count is None else first + count
    assert page.items == [str(each) for each in things[first:end]]
    assert (page.first, page.total) == (first, len(things))
    assert page.more == max(len(things) - first - len(page.items), 0)


def test_only_what_stands_in_the_span_is_viewed() -> None:
    viewed: list[int] = []
    page_of(range(1000), Span(10, 3), viewed.append)
    assert viewed == [10, 11, 12]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_the_same_by_parts(world, name) -> None:
    looking = reader(world)
    whole = LISTS[name](looking)
    assert (whole.first, whole.total) == (0, len(whole.items))
    parts = [LISTS[name](looking, span=Span(n, 2)) for n in range(0, whole.total, 2)]
    assert [each for part in parts for each in part.items] == whole.items
    assert {part.total for part in parts} <= {whole.total}
    assert LISTS[name](looking, span=Span(whole.total, 2)).items == []


def test_most_lists_of_this_world_have_something_to_part(world) -> None:
    many = {name for name, listed in LISTS.items() if listed(reader(world)).total > 2}
    assert many >= {"motions", "open items", "members", "presences", "seats", "votes", "silent"}


def test_views_of_one_thing_have_parts_of_its_lists(world) -> None:
    looking, span = reader(world), Span(1, 2)
    shown = meetings.meeting_view(looking, held(looking), span)
    assert shown.presences == meetings.presences(looking, held(looking), span)
    assert (shown.present, shown.presences.total, len(shown.presences.items)) == (6, 6, 2)
    assert shown.motions == Page(items=[], first=1, total=1)
    vote_of = divisions.division_view(looking, division(looking), span)
    assert vote_of.votes == divisions.votes(looking, division(looking), span)
    assert vote_of.not_voted == divisions.silent(looking, division(looking), span)
    assert vote_of.not_voted_count == vote_of.not_voted.total == 4
    assert (
        people.body_view(looking, body(looking), span).seated.items
        == (people.seats(looking, body(looking)).items[1:3])
    )


def test_who_belong_to_the_same_audiences_see_the_same() -> None:
    world = sitting(in_confidence=True)
    same = {
        MEMBER: frozenset({"public", "members", "body:committee"}),
        OBSERVER: frozenset({"public", "members"}),
        "public": frozenset({"public"}),
    }
    for who, audiences in same.items():
        one, many = reader(world, who), Reader(world.state, world.now.date(), audiences)
        for name, listed in LISTS.items():
            assert listed(one) == listed(many), (who, name)
        assert one.person(CHAIR) == many.person(CHAIR)
    assert divisions.divisions(Reader(world.state, world.now.date(), same[MEMBER])).total == 1
    assert divisions.divisions(Reader(world.state, world.now.date(), same[OBSERVER])).total == 0
