"""The electoral register: every combination of presence, substitute and proxy, and everyone who is barred."""

from itertools import product
from typing import Any

import pytest

from quorate.assembly.affairs.charges import BringCharge, RecuseFrom
from quorate.assembly.divisions.figures import not_voted, silent, tally_of
from quorate.assembly.divisions.register import (
    circular_register,
    electoral_register,
)
from quorate.assembly.heads import standing_changed
from quorate.assembly.meetings.admission import AdmitToMeeting, RecordLeaving
from quorate.assembly.model.division import Entitled
from quorate.assembly.model.meeting import Presence, Proxy
from quorate.assembly.organisation.membership import SeatMember, SuspendMember, UnseatMember
from tests.assembly.chamber import chamber, move, put, the
from tests.cast import (
    CHAIR,
    HOLDER,
    MEMBER,
    OBSERVER,
    OUTSIDER,
    SECRETARY,
    TELLER,
    TELLER2,
    VOTERS,
    World,
)

BOTH = {"proxies": {"allowed": True, "per_holder": 5}, "substitutes": {"allowed": True}}


def line_of(world: World, person: str = MEMBER) -> Entitled | None:
    lines, _ = register(world)
    return next((line for line in lines if line.person == person), None)


def register(world: World) -> Any:
    state = world.state
    return electoral_register(
        state, state.meetings["meeting-1"], the(world, "m-1"), world.now.date()
    )


def barred(world: World) -> dict[str, str]:
    return {each.person: each.why for each in register(world)[1]}


@pytest.fixture
def world() -> World:
    world = chamber(**BOTH)
    move(world, "m-1")
    return world


@pytest.mark.parametrize("allowed", list(product([True, False], repeat=2)))
def test_each_member_votes_by_the_first_way_there_is(allowed: tuple[bool, bool]) -> None:
    substitutes, proxies = allowed
    world = chamber(substitutes={"allowed": substitutes}, proxies={"allowed": proxies})
    move(world, "m-1")
    meeting = world.state.meetings["meeting-1"]
    for here, stands_in, gave, holder_here in product([True, False], repeat=4):
        meeting.presences[MEMBER].left_at = None if here else world.now
        meeting.presences[OBSERVER] = Presence(
            person=OBSERVER,
            capacity="substitute",
            seat=MEMBER,
            left_at=None if stands_in else world.now,
        )
        world.state.proxies = {}
        if gave:
            world.state.proxies["x"] = Proxy("x", MEMBER, HOLDER, "committee")
        meeting.presences[HOLDER].left_at = None if holder_here else world.now
        expected = Entitled(MEMBER, why="absent")
        if here:
            expected = Entitled(MEMBER)
        elif substitutes and stands_in:
            expected = Entitled(MEMBER, by=OBSERVER, why="substitute")
        elif proxies and gave and holder_here:
            expected = Entitled(MEMBER, by=HOLDER, why="proxy")
        assert line_of(world) == expected
        lines, _ = register(world)
        assert [line.person for line in lines] == list(VOTERS)  # each once, whoever votes for whom


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({}, True),
        ({"revoked": True}, False),
        ({"body": "elsewhere"}, False),
        ({"meeting": "meeting-1"}, True),
        ({"meeting": "meeting-2"}, False),
        ({"motions": ("m-1",)}, True),
        ({"motions": ("m-2",)}, False),
    ],
)
def test_proxy_counts_only_for_what_it_was_given_for(
    world: World, change: dict[str, Any], counts: bool
) -> None:
    leave(world, MEMBER)
    given = {"id": "x", "giver": MEMBER, "holder": HOLDER, "body": "committee"} | change
    world.state.proxies["x"] = Proxy(**given)
    line = line_of(world)
    assert line is not None
    assert (line.why == "proxy") is counts


def test_narrower_proxy_goes_before_a_wider_and_a_later_before_an_earlier(world: World) -> None:
    leave(world, MEMBER)
    proxies = world.state.proxies
    proxies["x-1"] = Proxy("x-1", MEMBER, HOLDER, "committee", motions=("m-1",))
    proxies["x-2"] = Proxy("x-2", MEMBER, TELLER, "committee", meeting="meeting-1")
    proxies["x-3"] = Proxy("x-3", MEMBER, CHAIR, "committee")
    assert line_of(world) == Entitled(MEMBER, by=HOLDER, why="proxy")
    proxies["x-4"] = Proxy("x-4", MEMBER, TELLER2, "committee", motions=("m-1",), instruction="for")
    assert line_of(world) == Entitled(MEMBER, by=TELLER2, why="proxy", instruction="for")


def test_who_is_there_without_a_vote_is_named_with_the_reason(world: World) -> None:
    meeting = world.state.meetings["meeting-1"]
    for person, capacity, seat in (
        (OBSERVER, "guest", ""),
        (OUTSIDER, "substitute", MEMBER),
        ("p-none", "substitute", "p-nobody"),
    ):
        meeting.presences[person] = Presence(person=person, capacity=capacity, seat=seat)  # type: ignore[arg-type]
    world.act(SuspendMember(member=TELLER, body="committee"))
    world.act(UnseatMember(body="committee", member=TELLER2))
    world.state.bodies["committee"].seated[HOLDER].weight = 0
    standing_changed(world.state, HOLDER)
    assert barred(world) == {
        OBSERVER: "guest",
        OUTSIDER: "seat-taken",
        "p-none": "no-seat-to-fill",
        TELLER: "suspended",
        TELLER2: "unseated",
        HOLDER: "no-vote",
    }
    lines, _ = register(world)
    assert [line.person for line in lines] == [CHAIR, SECRETARY, MEMBER]


def test_who_has_left_is_neither_entitled_in_person_nor_barred(world: World) -> None:
    world.act(
        AdmitToMeeting(meeting="meeting-1", attendee=OBSERVER, capacity="guest"), by=SECRETARY
    )
    leave(world, OBSERVER)
    assert barred(world) == {}


def test_accused_and_accuser_and_the_recused_do_not_vote_on_the_charge() -> None:
    world = chamber(discipline={"notice_days": 0, "hearing": False})
    world.act(
        BringCharge(charge="c-1", accused=MEMBER, body="committee", grounds=("noise",)), by=TELLER
    )
    world.act(RecuseFrom(charge="c-1"), by=TELLER2)
    move(world, "m-1", "discipline", by=CHAIR, target="c-1")
    assert barred(world) == {MEMBER: "recused", TELLER: "recused", TELLER2: "recused"}
    division = put(world, "m-1")
    assert (division.present, len(division.register)) == (6, 3)
    move_on = circular_register(
        world.state, world.state.bodies["committee"], the(world, "m-1"), world.now.date()
    )
    assert len(move_on[0]) == 3
    assert len(move_on[1]) == 3


def test_weight_of_the_seat_is_on_the_register(world: World) -> None:
    world.state.bodies["committee"].seated[MEMBER].weight = 7
    assert line_of(world) == Entitled(MEMBER, 7)


def test_register_does_not_change_after_it_was_frozen(world: World) -> None:
    leave(world, MEMBER)
    division = put(world, "m-1")
    world.act(AdmitToMeeting(meeting="meeting-1", attendee=MEMBER), by=SECRETARY)
    world.act(SeatMember(body="committee", member=OBSERVER))
    assert division.register[MEMBER].why == "absent"
    assert OBSERVER not in division.register


def test_absent_are_entitled_and_did_not_vote_but_were_not_silent(world: World) -> None:
    leave(world, MEMBER)
    division = put(world, "m-1")
    assert not_voted(division) == list(VOTERS)
    assert silent(division) == [person for person in VOTERS if person != MEMBER]
    tally = tally_of(division)
    assert (tally.entitled, tally.present, tally.not_voted) == (6, 5, 6)


def leave(world: World, person: str) -> None:
    world.act(RecordLeaving(meeting="meeting-1", attendee=person), by=person)
