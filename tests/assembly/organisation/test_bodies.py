"""Bodies and offices."""

from datetime import date

import pytest
from msgspec import structs

from quorate.assembly.calendar.events import AnnounceEvent
from quorate.assembly.model.orders import Terms
from quorate.assembly.organisation.bodies import (
    CreateOffice,
    DissolveBody,
    EstablishBody,
    FillOffice,
    FoundOrganisation,
    VacateOffice,
)
from quorate.script.preset import load_preset
from tests.cast import CHAIR, CLERK, MEMBER, OUTSIDER, World, committee, founded


def announcement(event: str) -> AnnounceEvent:
    return AnnounceEvent(event=event, title="Congress", bodies=("committee",))


@pytest.fixture
def world() -> World:
    return founded()


def test_record_begins_with_one_organisation(world: World) -> None:
    world.refused(FoundOrganisation(organisation="x", name="X", clerk=CLERK), "already-founded")


def test_only_clerk_establishes_a_body_at_the_top(world: World) -> None:
    world.refused(EstablishBody(body="b", name="B"), "not-entitled", by=OUTSIDER)
    assert world.kinds(world.act(EstablishBody(body="b", name="B"))) == ["body.established"]
    world.refused(EstablishBody(body="b", name="B again"), "exists")


def test_office_has_one_holder_at_a_time(world: World) -> None:
    world.act(CreateOffice(office="committee.chair", body="committee", role="chair", name="Chair"))
    world.refused(FillOffice(office="committee.chair", holder="p-nobody"), "unknown")
    world.act(FillOffice(office="committee.chair", holder=CLERK, until=date(2026, 12, 31)))
    world.refused(FillOffice(office="committee.chair", holder=CLERK), "office-filled")
    world.act(FillOffice(office="committee.chair", holder=CLERK, since=date(2027, 1, 1)))


def test_nobody_acts_for_a_vacant_office(world: World) -> None:
    world.act(CreateOffice(office="o", body="committee", role="secretary", name="Secretary"))
    world.refused(announcement("congress"), "not-entitled", by="")


def test_term_cannot_end_before_it_begins(world: World) -> None:
    world.act(CreateOffice(office="o", body="committee", role="chair", name="Chair"))
    world.refused(FillOffice(office="o", holder=CLERK, until=date(2020, 1, 1)), "term-backwards")


def test_vacant_office_cannot_be_vacated(world: World) -> None:
    world.act(CreateOffice(office="o", body="committee", role="chair", name="Chair"))
    world.refused(VacateOffice(office="o"), "office-vacant")
    world.act(FillOffice(office="o", holder=CLERK))
    world.refused(VacateOffice(office="o"), "not-entitled", by=CHAIR)
    world.act(VacateOffice(office="o"))
    world.refused(VacateOffice(office="o"), "office-vacant")


def test_nothing_happens_in_a_dissolved_body(world: World) -> None:
    world.act(DissolveBody(body="committee"))
    world.refused(
        CreateOffice(office="o", body="committee", role="chair", name="Chair"), "body-dissolved"
    )


def test_term_of_office_is_as_long_as_the_orders_say() -> None:
    orders = load_preset("small-association")
    limited = structs.replace(orders, terms=Terms(clause="9.1", words="A year.", months=12))
    world = committee(limited)
    world.act(CreateOffice(office="o", body="committee", role="treasurer", name="Treasurer"))
    world.act(FillOffice(office="o", holder=MEMBER))
    assert world.state.offices["o"].until == date(2027, 3, 1)
