"""What the desk is shown of a meeting: who has not voted and why, who may come in, who speaks, which order a point touches."""

from datetime import timedelta

import pytest

from quorate.assembly.divisions.counts import EnterCount
from quorate.assembly.divisions.divisions import OpenDivision
from quorate.assembly.divisions.votes import CastVote
from quorate.assembly.meetings.admission import RecordLeaving
from quorate.assembly.meetings.floor import GrantFloor, RequestFloor, YieldFloor
from quorate.assembly.meetings.points_of_order import RaisePointOfOrder
from quorate.assembly.meetings.proxies import GiveProxy
from quorate.assembly.model.division import Count
from quorate.assembly.motions.motions import MoveMotion, SecondMotion
from quorate.reading.floor.desk import (
    candidates,
    points,
    proxies,
    silent_voters,
    tellers,
    turns,
)
from quorate.reading.page import Span
from quorate.reading.reader import Reader
from quorate.script.preset import apply_changes, load_preset
from tests.cast import CHAIR, HOLDER, MEMBER, SECRETARY, TELLER, TELLER2, World, sitting

M = "meeting-1"
ORDERS = apply_changes(
    load_preset("small-association"),
    {"proxies": {"allowed": True}, "speaking": {"seconds": 60}, "quorum": {"number": 2}},
)


def world_with(method: str = "roll-call") -> World:
    """The committee voting: one has left and is represented, one has left and is not."""
    world = sitting(ORDERS)
    world.act(GiveProxy(proxy="x", giver=MEMBER, holder=HOLDER, body="committee"), by=MEMBER)
    for person in (MEMBER, SECRETARY):
        world.act(RecordLeaving(meeting=M, attendee=person), by=CHAIR)
    world.act(MoveMotion(motion="a", kind="main", meeting=M, title="A"), by=TELLER)
    world.act(SecondMotion(motion="a"), by=TELLER2)
    named = (TELLER, TELLER2) if method == "counted" else ()
    act = OpenDivision(division="d", motion="a", method=method, tellers=named)  # type: ignore[arg-type]
    world.act(act, by=CHAIR)
    return world


def reader_of(world: World, who: str = CHAIR) -> Reader:
    return Reader(world.state, world.now.date(), who)


def test_each_line_without_a_vote_says_why_and_who_can_cast_it() -> None:
    world = world_with()
    world.act(CastVote(division="d", choice="for"), by=CHAIR)
    page = silent_voters(reader_of(world), world.state.divisions["d"])
    found = {each.person_id: (each.why, each.hand_id) for each in page.items}
    assert found == {
        TELLER: ("silent", TELLER),
        TELLER2: ("silent", TELLER2),
        HOLDER: ("silent", HOLDER),
        MEMBER: ("represented", HOLDER),
        SECRETARY: ("absent", ""),
    }
    assert page.items[-1].person_id == SECRETARY
    assert silent_voters(reader_of(world), world.state.divisions["d"], Span(0, 2)).more == 3


def test_a_line_is_found_by_parts_of_its_name() -> None:
    world = world_with()
    division = world.state.divisions["d"]
    found = silent_voters(reader_of(world), division, search="TELL p-")
    assert {each.person_id for each in found.items} == {TELLER, TELLER2}
    assert silent_voters(reader_of(world), division, search="nobody").total == 0


def test_votes_without_names_leave_nobody_to_be_named() -> None:
    world = world_with("counted")
    assert silent_voters(reader_of(world), world.state.divisions["d"]).total == 0


def test_tellers_figures_differ_by_what_they_differ() -> None:
    world = world_with("counted")
    division = world.state.divisions["d"]
    world.act(EnterCount(division="d", count=Count(3, 1)), by=TELLER)
    view = tellers(reader_of(world), division)
    assert view.agreed
    assert [each.count for each in view.figures] == [Count(3, 1), None]
    world.act(EnterCount(division="d", count=Count(2, 1, 1)), by=TELLER2)
    view = tellers(reader_of(world), division)
    assert not view.agreed
    assert view.differences == ["for: 2 against 3, 1 apart", "abstaining: 0 against 1, 1 apart"]


@pytest.mark.parametrize(
    ("search", "found"),
    [("", {MEMBER, SECRETARY}), ("p-MEM", {MEMBER}), ("p- sec", {SECRETARY}), ("chair", set())],
)
def test_who_is_not_there_is_found_by_parts_of_the_name(search: str, found: set[str]) -> None:
    world = world_with()
    page = candidates(reader_of(world), world.state.meetings[M], search)
    assert {each.person_id for each in page.items} == found
    by = {each.person_id: each.represented_by for each in page.items}
    assert by.get(MEMBER, HOLDER.title()) == HOLDER.title()


def test_time_is_reckoned_from_the_grant_to_the_look() -> None:
    world = sitting(ORDERS)
    for person in (MEMBER, TELLER):
        world.act(RequestFloor(turn=person, meeting=M, side="neutral"), by=person)
    world.act(GrantFloor(meeting=M, turn=TELLER), by=CHAIR)
    meeting = world.state.meetings[M]
    first, second = turns(reader_of(world), meeting, world.now + timedelta(seconds=75)).items
    assert (first.id, first.speaking, first.used, first.over, first.times) == (
        TELLER,
        True,
        "1:15",
        True,
        0,
    )
    assert (second.id, second.speaking, second.used, second.over) == (MEMBER, False, None, False)
    world.act(YieldFloor(meeting=M, turn=TELLER), by=TELLER)
    world.act(RequestFloor(turn="again", meeting=M, side="neutral"), by=TELLER)
    last = turns(reader_of(world), meeting, world.now).items[-1]
    assert (last.id, last.times) == ("again", 1)


def test_point_of_order_shows_the_clause_whose_number_it_names() -> None:
    world = sitting(ORDERS)
    orders = world.state.bodies["committee"].orders
    assert orders is not None
    clause = orders.quorum.clause
    world.act(
        RaisePointOfOrder(point="p", meeting=M, text=f"Order {clause} is not kept."), by=MEMBER
    )
    world.act(RaisePointOfOrder(point="q", meeting=M, text="I object."), by=MEMBER)
    shown = {each.id: each for each in points(reader_of(world), world.state.meetings[M]).items}
    assert clause in {each.clause for each in shown["p"].touches}
    assert shown["q"].touches == []


def test_proxies_say_whether_their_holder_is_there() -> None:
    world = world_with()
    [held] = proxies(reader_of(world), world.state.meetings[M]).items
    assert (held.giver, held.holder, held.holder_there) == (MEMBER.title(), HOLDER.title(), True)
    world.act(RecordLeaving(meeting=M, attendee=HOLDER), by=CHAIR)
    assert not proxies(reader_of(world), world.state.meetings[M]).items[0].holder_there
