"""Open business in words: each kind of item a title, each step its words, with the names and days of the organisation."""

from datetime import timedelta
from typing import get_args

import pytest

from quorate.assembly.affairs.charges import BringCharge
from quorate.assembly.affairs.correspondence import ReceiveCommunication
from quorate.assembly.affairs.dispatches import SendDispatch
from quorate.assembly.calendar.events import AnnounceEvent
from quorate.assembly.model.item import ItemKind, NextStep
from quorate.assembly.organisation.membership import RecordDeparture, SuspendMember
from quorate.assembly.state import State
from quorate.canon.moment import Day
from quorate.reading.reader import Reader
from quorate.reading.view.business import dispositions, open_items
from quorate.reading.words.items import _NEXT, _TITLES, item_title
from quorate.reading.words.subjects import Names
from tests.cast import CHAIR, MEMBER, NOON, OBSERVER, SECRETARY, TELLER, World, committee
from tests.reading.replayed import ID, examples

TODAY = NOON.date()


@pytest.fixture
def world() -> World:
    return committee()


def titles(world: World) -> list[str]:
    reader = Reader(world.state, TODAY)
    return [view.subject for view in open_items(reader).items]


def test_every_kind_of_item_has_a_title_and_every_step_its_words() -> None:
    assert set(_TITLES) == set(get_args(ItemKind))
    assert set(_NEXT) == set(get_args(NextStep))


@pytest.fixture(scope="module")
def states() -> list[State]:
    return examples()


@pytest.mark.parametrize("example", [0, 1])
def test_nobody_reads_an_id_in_the_open_business_of_an_example(
    states: list[State], example: int
) -> None:
    state = states[example]
    reader = Reader(state, state.last_at.date())
    views = [*open_items(reader).items, *dispositions(reader).items]
    assert len(views) > 20
    for view in views:
        assert not ID.search(view.subject), view.subject
        assert not ID.search(getattr(view, "next", "")), view


def test_clash_keeps_its_names_and_calendar_when_it_changes(world: World) -> None:
    """Once, a second reason made “Rally and March on 20 October 1917 O.S.” into raw ids and an ISO date."""
    world.state.house().calendar = "julian"
    on = Day(TODAY + timedelta(days=9))
    for event, people in (("rally", ()), ("march", ()), ("jubilee", None)):
        world.act(
            AnnounceEvent(
                event=event,
                title=event.title(),
                day=on,
                own=people is not None,
                city="Riga" if people is not None else "",
                bodies=("committee",) if people is not None else (),
            ),
            by=CHAIR,
        )
    (clash,) = (each for each in world.state.clashes.values() if not each.lapsed)
    assert (clash.why, clash.beside) == (("same-city", "same-body"), ("jubilee",))
    names = Names.of(Reader(world.state, TODAY))
    assert item_title(names, f"clash:{clash.id}") == (
        f"Rally and March on {names.on_day(on)}: same city, same body, also Jubilee"
    )
    assert names.on_day(on).endswith("O.S.")


def test_titles_call_people_bodies_and_offices_by_name(world: World) -> None:
    world.act(
        BringCharge(charge="c", accused=OBSERVER, body="committee", grounds=("a breach",)), by=CHAIR
    )
    world.act(
        ReceiveCommunication(
            communication="l", sender=OBSERVER, to="committee", demands=("expel nobody",)
        ),
        by=SECRETARY,
    )
    world.act(
        SendDispatch(dispatch="s", to="office:committee.chair", messenger=TELLER, body="committee"),
        by=CHAIR,
    )
    world.act(SuspendMember(member=SECRETARY, body="committee"))
    for title in titles(world):
        assert "p-" not in title, title
        assert "{" not in title, title
    assert len(titles(world)) == 4


def test_next_step_says_who_left_it(world: World) -> None:
    world.act(
        SendDispatch(dispatch="s", to="body:committee", messenger=TELLER, body="committee"),
        by=MEMBER,
    )
    world.act(RecordDeparture(member=TELLER))
    (view,) = open_items(Reader(world.state, TODAY)).items
    name = Reader(world.state, TODAY).person(TELLER)
    assert view.next == f"the messenger delivers it (left by {name}, who departed)"
    assert view.owner_id == "body:committee"
