"""Members, seats and substitutes; a departure drops nothing."""

from datetime import date, timedelta

import pytest

from quorate.assembly.act import Stamp
from quorate.assembly.heads import sits
from quorate.assembly.items import open_business, open_item
from quorate.assembly.model.meeting import Proxy
from quorate.assembly.model.organisation import PersonalName
from quorate.assembly.organisation.bodies import CreateOffice, EstablishBody, FillOffice
from quorate.assembly.organisation.membership import (
    AdmitMember,
    NameSubstitute,
    RecordDeparture,
    ReinstateMember,
    SeatMember,
    SuspendMember,
    UnseatMember,
)
from quorate.assembly.organisation.standing_orders import AdoptStandingOrders
from quorate.assembly.roll import seat_of, seated
from quorate.canon.moment import Day
from quorate.script.preset import load_preset
from tests.cast import (
    CHAIR,
    CLERK,
    HOLDER,
    MEMBER,
    NOON,
    OBSERVER,
    OUTSIDER,
    SECRETARY,
    World,
    committee,
    founded,
)

TODAY = NOON.date()
TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def world() -> World:
    return committee()


def sitting(world: World, on: date = TODAY) -> set[str]:
    body = world.state.bodies["committee"]
    return {seat.person for seat in seated(world.state, body, on)}


# Members


def test_only_clerk_admits_a_member_and_only_once(world: World) -> None:
    world.refused(AdmitMember(member=OUTSIDER), "not-entitled", by=CHAIR)
    assert world.kinds(world.act(AdmitMember(member=OUTSIDER))) == ["member.admitted"]
    world.refused(AdmitMember(member=OUTSIDER), "exists")
    world.act(SuspendMember(member=OUTSIDER, body="committee"))
    world.refused(AdmitMember(member=OUTSIDER), "exists")


def test_member_who_comes_back_keeps_id_and_name(world: World) -> None:
    world.act(AdmitMember(member=OUTSIDER, person=PersonalName(name="Somebody")))
    world.act(RecordDeparture(member=OUTSIDER))
    world.act(AdmitMember(member=OUTSIDER))
    person = world.state.people[OUTSIDER]
    assert person.status == "good-standing"
    assert person.known == PersonalName(name="Somebody")


def test_rules_of_membership_do_not_need_a_name() -> None:
    world = founded()
    world.act(AdmitMember(member=MEMBER))
    world.act(SeatMember(body="committee", member=MEMBER))
    world.act(RecordDeparture(member=MEMBER))
    assert world.state.people[MEMBER].known is None


def test_suspension_takes_rights_away_until_reinstated_and_stays_open_so_long(world: World) -> None:
    world.refused(SuspendMember(member=MEMBER, body="committee"), "not-entitled", by=CHAIR)
    world.refused(SuspendMember(member="p-nobody", body="committee"), "unknown")
    missing = SuspendMember(member=MEMBER, body="committee", decision="none")
    world.refused(missing, "unknown")
    world.act(SuspendMember(member=MEMBER, body="committee", until=Day(TOMORROW)))
    world.refused(SuspendMember(member=MEMBER, body="committee"), "not-in-good-standing")
    assert MEMBER not in sitting(world)
    (item,) = open_business(world.state, TOMORROW + timedelta(days=1))
    assert (item.kind, item.subject, item.owner) == ("suspension", MEMBER, f"person:{CLERK}")
    assert item.due is not None
    assert item.due.on == TOMORROW
    world.refused(ReinstateMember(member=MEMBER), "not-entitled", by=CHAIR)
    world.act(ReinstateMember(member=MEMBER))
    world.refused(ReinstateMember(member=MEMBER), "not-suspended")
    assert MEMBER in sitting(world)
    assert world.state.people[MEMBER].until is None
    (closed,) = world.state.disposed_items.values()
    assert closed.disposal is not None
    assert closed.disposal.how == "reinstated"


def test_somebody_suspended_twice_has_two_closed_suspensions(world: World) -> None:
    for _ in range(2):
        world.act(SuspendMember(member=MEMBER, body="committee"))
        world.act(ReinstateMember(member=MEMBER))
    assert len(world.state.disposed_items) == 2
    assert not world.state.open_items


# Departures


def test_departure_ends_seats_offices_substitutions_and_proxies(world: World) -> None:
    state = world.state
    world.act(EstablishBody(body="paper", name="Paper"))
    world.act(CreateOffice(office="paper.editor", body="paper", role="editor", name="Editor"))
    world.act(FillOffice(office="paper.editor", holder=MEMBER, until=date(2030, 1, 1)))
    world.act(SeatMember(body="paper", member=MEMBER))
    world.act(SeatMember(body="paper", member=OBSERVER))
    world.act(AdoptStandingOrders(body="paper", orders=load_preset("small-association")))
    world.act(AdmitMember(member=OUTSIDER))
    world.act(NameSubstitute(body="committee", member=CHAIR, substitute=OUTSIDER))
    state.proxies["x"] = Proxy("x", giver=MEMBER, holder=HOLDER, body="committee")
    state.proxies["y"] = Proxy("y", giver=CHAIR, holder=MEMBER, body="committee")
    state.proxies["z"] = Proxy("z", giver=CHAIR, holder=HOLDER, body="committee")
    world.act(RecordDeparture(member=MEMBER, how="died"))
    world.act(RecordDeparture(member=OUTSIDER))
    assert MEMBER not in sitting(world)
    assert not sits(state.bodies["paper"].seated[MEMBER], TODAY)
    assert sits(state.bodies["paper"].seated[OBSERVER], TODAY)
    office = state.offices["paper.editor"]
    assert (office.holder, office.since, office.until) == ("", None, None)
    assert state.offices["committee.chair"].holder == CHAIR
    assert state.bodies["committee"].seated[CHAIR].substitute == ""
    assert [proxy.revoked for proxy in state.proxies.values()] == [True, True, False]


def test_what_was_open_with_somebody_who_leaves_waits_on_the_body(world: World) -> None:
    stamp = Stamp(at=NOON, by=CLERK)
    for subject, owner in (("a", MEMBER), ("b", CHAIR)):
        open_item(
            world.state,
            stamp,
            "duty",
            subject,
            body="committee",
            owner=f"person:{owner}",
            next_step="do-duty",
        )
    world.act(RecordDeparture(member=MEMBER), by=MEMBER)
    assert [item.owner for item in open_business(world.state, TODAY)] == [
        "body:committee",
        f"person:{CHAIR}",
    ]


def test_departure_is_recorded_once_by_the_clerk_or_by_who_leaves(world: World) -> None:
    world.refused(RecordDeparture(member=MEMBER), "not-entitled", by=CHAIR)
    world.refused(RecordDeparture(member="p-nobody"), "unknown")
    world.refused(RecordDeparture(member=MEMBER, decision="none"), "unknown")
    world.act(RecordDeparture(member=MEMBER), by=MEMBER)
    world.refused(RecordDeparture(member=MEMBER), "already-left")


def test_clerk_cannot_leave_the_record_alone(world: World) -> None:
    world.refused(RecordDeparture(member=CLERK), "keeps-the-record")


def test_departure_of_a_suspended_member_closes_the_suspension(world: World) -> None:
    world.act(SuspendMember(member=MEMBER, body="committee", until=Day(TOMORROW)))
    world.act(RecordDeparture(member=MEMBER, how="expelled"))
    assert not world.state.open_items
    (closed,) = world.state.disposed_items.values()
    assert closed.disposal is not None
    assert closed.disposal.how == "departed"
    assert world.state.people[MEMBER].until is None


# Seats


def test_chair_and_secretary_and_clerk_seat_a_member_and_nobody_else(world: World) -> None:
    for by in (CHAIR, SECRETARY, CLERK):
        world.act(SeatMember(body="committee", member=OBSERVER), by=by)
        world.act(UnseatMember(body="committee", member=OBSERVER), by=by)
    world.refused(SeatMember(body="committee", member=OBSERVER), "not-entitled", by=MEMBER)
    world.refused(UnseatMember(body="committee", member=CHAIR), "not-entitled", by=MEMBER)


def test_only_a_member_in_good_standing_is_seated(world: World) -> None:
    world.refused(SeatMember(body="committee", member=OUTSIDER), "unknown")
    world.act(SuspendMember(member=OBSERVER, body="committee"))
    world.refused(SeatMember(body="committee", member=OBSERVER), "not-in-good-standing")


def test_member_holds_one_seat_in_a_body(world: World) -> None:
    world.refused(SeatMember(body="committee", member=MEMBER), "already-seated")
    future = SeatMember(body="committee", member=OBSERVER, since=TOMORROW)
    world.act(future)
    world.refused(SeatMember(body="committee", member=OBSERVER), "already-seated")


def test_seat_casts_no_negative_number_of_votes(world: World) -> None:
    heavy = SeatMember(body="committee", member=OBSERVER, weight=-1)
    world.refused(heavy, "weight-negative")


def test_seats_of_a_body_weigh_no_more_together_than_can_be_written(world: World) -> None:
    """Else a division could be opened and voted on, and never closed."""
    most = 2**53 - 1
    world.act(EstablishBody(body="shares", name="Shareholders"))
    world.act(SeatMember(body="shares", member=MEMBER, weight=most - 1))
    refusal = world.refused(SeatMember(body="shares", member=CHAIR, weight=2), "weights-too-large")
    assert refusal.facts == {"body": "shares", "most": most}
    world.act(SeatMember(body="shares", member=CHAIR, weight=1))
    world.act(SeatMember(body="committee", member=OBSERVER, weight=30))
    world.act(UnseatMember(body="committee", member=OBSERVER))
    world.act(SeatMember(body="committee", member=OBSERVER, weight=5, since=TOMORROW))
    committee = world.state.bodies["committee"]
    assert committee.seated[OBSERVER].weight == 5
    assert committee.weight == sum(seat.weight for seat in committee.seated.values())


def test_term_cannot_end_before_it_begins(world: World) -> None:
    backwards = SeatMember(body="committee", member=OBSERVER, until=YESTERDAY)
    world.refused(backwards, "term-backwards")


def test_unseated_member_sits_no_longer_the_same_day_and_may_be_seated_again(world: World) -> None:
    world.act(UnseatMember(body="committee", member=MEMBER))
    assert MEMBER not in sitting(world)
    world.refused(UnseatMember(body="committee", member=MEMBER), "not-seated")
    world.refused(UnseatMember(body="committee", member=OBSERVER), "not-seated")
    world.act(SeatMember(body="committee", member=MEMBER))
    assert MEMBER in sitting(world)


def test_unseating_may_name_only_a_decision_that_exists(world: World) -> None:
    world.refused(UnseatMember(body="committee", member=MEMBER, decision="none"), "unknown")


def test_seat_that_is_to_be_held_can_be_taken_back(world: World) -> None:
    world.act(SeatMember(body="committee", member=OBSERVER, since=TOMORROW))
    world.act(UnseatMember(body="committee", member=OBSERVER))
    assert OBSERVER not in sitting(world, TOMORROW)


def test_term_that_follows_on_another_continues_it(world: World) -> None:
    world.act(SeatMember(body="committee", member=OBSERVER, until=TOMORROW))
    after = TOMORROW + timedelta(days=1)
    world.refused(
        SeatMember(body="committee", member=OBSERVER, since=TOMORROW, until=after), "already-seated"
    )
    world.refused(
        SeatMember(body="committee", member=OBSERVER, since=after, weight=2), "already-seated"
    )
    world.act(SeatMember(body="committee", member=OBSERVER, since=after, until=after))
    seat = world.state.bodies["committee"].seated[OBSERVER]
    assert (seat.since, seat.until) == (TODAY, after)


def test_new_term_cannot_reach_back_into_one_that_has_ended(world: World) -> None:
    world.act(SeatMember(body="committee", member=OBSERVER, until=TODAY))
    world.wait(days=5)
    world.refused(SeatMember(body="committee", member=OBSERVER, since=TODAY), "term-overlaps")
    world.act(SeatMember(body="committee", member=OBSERVER, since=TOMORROW))


def test_seats_are_as_many_as_the_body_has_on_every_day(world: World) -> None:
    world.act(AdmitMember(member=OUTSIDER))
    world.act(SeatMember(body="committee", member=OBSERVER, since=TOMORROW, until=TOMORROW))
    full = SeatMember(body="committee", member=OUTSIDER, until=TOMORROW)
    assert world.refused(full, "seats-full").facts["on"] == TOMORROW
    world.act(SeatMember(body="committee", member=OUTSIDER, until=TODAY))
    assert len(sitting(world)) == len(sitting(world, TOMORROW)) == 7


def test_seat_without_a_vote_takes_no_seat_of_those_with(world: World) -> None:
    world.act(SeatMember(body="committee", member=OBSERVER))
    world.act(AdmitMember(member=OUTSIDER))
    world.refused(SeatMember(body="committee", member=OUTSIDER), "seats-full")
    world.act(SeatMember(body="committee", member=OUTSIDER, weight=0))


def test_seat_without_a_vote_leaves_its_place_to_one_with(world: World) -> None:
    world.act(SeatMember(body="committee", member=OBSERVER, weight=0))
    world.act(AdmitMember(member=OUTSIDER))
    world.act(SeatMember(body="committee", member=OUTSIDER))


def test_first_day_without_a_free_seat_is_named(world: World) -> None:
    days = [TODAY + timedelta(days=n) for n in (5, 3, 9, 7)]
    for n, day in enumerate(days):
        world.act(AdmitMember(member=f"p-{n}"))
        world.act(SeatMember(body="committee", member=f"p-{n}", since=day, until=day))
    refusal = world.refused(SeatMember(body="committee", member=OBSERVER), "seats-full")
    assert refusal.facts["on"] == min(days)


def test_term_ends_by_the_orders_unless_its_filling_says_otherwise() -> None:
    world = founded()
    world.act(AdoptStandingOrders(body="committee", orders=load_preset("small-association")))
    world.act(AdmitMember(member=MEMBER))
    world.act(AdmitMember(member=OBSERVER))
    world.act(SeatMember(body="committee", member=MEMBER))
    world.act(SeatMember(body="committee", member=OBSERVER, until=TOMORROW))
    seats = world.state.bodies["committee"].seated
    assert seats[MEMBER].until == date(2027, 3, 1)
    assert seats[OBSERVER].until == TOMORROW


# Substitutes


def test_holder_of_a_seat_or_who_keeps_the_books_names_the_substitute(world: World) -> None:
    seats = world.state.bodies["committee"].seated
    name = NameSubstitute(body="committee", member=MEMBER, substitute=OBSERVER)
    world.refused(name, "not-entitled", by=HOLDER)
    for by in (MEMBER, SECRETARY):
        world.act(name, by=by)
        assert seats[MEMBER].substitute == OBSERVER
        world.act(NameSubstitute(body="committee", member=MEMBER), by=by)
        assert seats[MEMBER].substitute == ""


def test_substitute_is_in_good_standing_and_has_no_seat_of_their_own(world: World) -> None:
    def name(substitute: str) -> NameSubstitute:
        return NameSubstitute(body="committee", member=MEMBER, substitute=substitute)

    world.refused(name(OUTSIDER), "unknown")
    world.refused(name(HOLDER), "substitute-seated")
    world.refused(name(MEMBER), "substitute-seated")
    world.act(SuspendMember(member=OBSERVER, body="committee"))
    world.refused(name(OBSERVER), "not-in-good-standing")
    nobody = NameSubstitute(body="committee", member=OBSERVER, substitute=OBSERVER)
    world.refused(nobody, "not-seated")
    world.act(UnseatMember(body="committee", member=HOLDER))
    world.act(name(HOLDER))


def test_no_substitute_where_the_orders_allow_none() -> None:
    world = committee(load_preset("board-of-directors"))
    name = NameSubstitute(body="committee", member=MEMBER, substitute=OBSERVER)
    assert world.refused(name, "no-substitutes").clause.clause == "4.4"
    empty = founded()
    empty.refused(name, "no-standing-orders")


def test_somebody_is_seated_for_a_reader_only_while_in_good_standing(world: World) -> None:
    body = world.state.bodies["committee"]
    assert seat_of(world.state, body, MEMBER, TODAY) is body.seated[MEMBER]
    world.act(SuspendMember(member=MEMBER, body="committee"))
    assert seat_of(world.state, body, MEMBER, TODAY) is None
