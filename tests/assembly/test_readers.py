"""Who belongs to an audience on the day they read."""

from datetime import date, timedelta

from quorate.assembly.audience import EVERYTHING, audiences_of, may_export, may_read
from quorate.assembly.organisation.bodies import FillOffice, VacateOffice
from quorate.assembly.organisation.membership import (
    RecordDeparture,
    SeatMember,
    SuspendMember,
    UnseatMember,
)
from tests.cast import CHAIR, CLERK, MEMBER, NOON, OBSERVER, OUTSIDER, committee

TODAY = NOON.date()


def test_everybody_reads_what_is_public_and_nobody_unknown_reads_more() -> None:
    state = committee().state
    for audience in ("members", "body:committee", "office:committee.chair", f"person:{MEMBER}"):
        assert not may_read(state, None, audience, TODAY)
        assert not may_read(state, OUTSIDER, audience, TODAY)
        assert may_read(state, CLERK, audience, TODAY)
    assert may_read(state, None, "public", TODAY)
    assert may_read(state, OUTSIDER, "public", TODAY)


def test_members_read_what_is_for_members_and_the_seated_what_is_for_their_body() -> None:
    world = committee()
    assert may_read(world.state, OBSERVER, "members", TODAY)
    assert not may_read(world.state, OBSERVER, "body:committee", TODAY)
    assert may_read(world.state, MEMBER, "body:committee", TODAY)
    assert not may_read(world.state, MEMBER, "body:other", TODAY)
    world.act(SuspendMember(member=MEMBER, body="committee"))
    assert not may_read(world.state, MEMBER, "members", TODAY)
    assert not may_read(world.state, MEMBER, "body:committee", TODAY)
    assert may_read(world.state, MEMBER, f"person:{MEMBER}", TODAY)


def test_audiences_of_a_reader_are_those_that_are_granted_one_by_one() -> None:
    world = committee()
    state = world.state
    people = (CHAIR, CLERK, MEMBER, OBSERVER, OUTSIDER)
    keys = (
        *(f"body:{each}" for each in (*state.bodies, "other")),
        *(f"office:{each}" for each in (*state.offices, "other")),
        *(f"person:{each}" for each in people),
    )
    readers = ("public", "members", *people)
    seat = SeatMember(body="committee", member=OBSERVER)
    for change in (None, seat, SuspendMember(member=MEMBER, body="committee")):
        if change:
            world.act(change)
        for on in (TODAY, date(2026, 1, 1), date(2099, 1, 1)):
            for reader in readers:
                mine = audiences_of(state, reader, on)
                for audience in ("public", "members", *keys):
                    granted = may_export(state, reader, audience, on)
                    assert (audience in mine) is granted, (reader, audience, on)
    assert audiences_of(state, CLERK, TODAY) is EVERYTHING
    assert "body:of-tomorrow" in EVERYTHING
    assert {frozenset[str](): 0, EVERYTHING: 1} == {EVERYTHING: 1, frozenset[str](): 0}
    assert len({frozenset[str](), EVERYTHING}) == 2


def test_who_joins_a_body_reads_what_it_did_and_who_left_no_longer_does() -> None:
    world = committee()
    world.act(SeatMember(body="committee", member=OBSERVER, since=TODAY + timedelta(days=2)))
    assert not may_read(world.state, OBSERVER, "body:committee", TODAY)
    assert may_read(world.state, OBSERVER, "body:committee", TODAY + timedelta(days=2))
    world.act(UnseatMember(body="committee", member=MEMBER))
    assert not may_read(world.state, MEMBER, "body:committee", TODAY)


def test_office_is_read_by_its_holder_while_in_office() -> None:
    world = committee()
    assert may_read(world.state, CHAIR, "office:committee.chair", TODAY)
    assert not may_read(world.state, MEMBER, "office:committee.chair", TODAY)
    world.act(VacateOffice(office="committee.chair"))
    assert not may_read(world.state, CHAIR, "office:committee.chair", TODAY)
    until = date(2026, 12, 31)
    world.act(FillOffice(office="committee.chair", holder=OBSERVER, until=until))
    assert may_read(world.state, OBSERVER, "body:committee", until)
    assert not may_read(world.state, OBSERVER, "body:committee", until + timedelta(days=1))
    assert not may_read(world.state, OBSERVER, "office:committee.chair", until + timedelta(days=1))


def test_somebody_who_left_reads_only_what_is_theirs() -> None:
    world = committee()
    world.act(RecordDeparture(member=MEMBER))
    readable = [
        audience
        for audience in ("public", "members", "body:committee", f"person:{MEMBER}")
        if may_read(world.state, MEMBER, audience, TODAY)
    ]
    assert readable == ["public", f"person:{MEMBER}"]


def test_audience_that_nobody_knows_of_is_closed_to_all_but_the_clerk() -> None:
    state = committee().state
    assert not may_read(state, MEMBER, "everybody", TODAY)
    assert may_read(state, CLERK, "everybody", TODAY)
