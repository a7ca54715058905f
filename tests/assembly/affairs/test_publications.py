"""Requests to print, what appeared where, and what its editors say of it."""

from datetime import timedelta

import pytest

from quorate.assembly.affairs.dissent import RecordDissent
from quorate.assembly.affairs.publications import (
    AnnotatePublication,
    GrantPublication,
    RecordPublication,
    RefusePublication,
    RequestPublication,
)
from quorate.assembly.organisation.bodies import (
    CreateOffice,
    DissolveBody,
    EstablishBody,
    FillOffice,
)
from quorate.assembly.organisation.membership import SeatMember
from quorate.canon.moment import Day
from tests.assembly.on_record import orders_with, taken
from tests.cast import CLERK, HOLDER, MEMBER, OBSERVER, OUTSIDER, TELLER, TELLER2, World, committee

ASK = RequestPublication(request="r-1", organ="editors", text="Print this.")


@pytest.fixture
def world() -> World:
    """A committee whose dissents are printed by the editors, on whose board the teller sits; teller2 is their manager."""
    world = committee(orders_with(dissents={"organ": "editors"}))
    world.act(EstablishBody(body="editors", name="The Editors"))
    world.act(SeatMember(body="editors", member=TELLER))
    world.act(CreateOffice(office="e.m", body="editors", role="manager", name="Manager"))
    world.act(FillOffice(office="e.m", holder=TELLER2))
    taken(world, "m-1", p_member="against")
    return world


def appeared(world: World, key: str = "x-1", **fields: str) -> RecordPublication:
    return RecordPublication(publication=key, where="a paper", on=Day(world.now.date()), **fields)


def open_items(world: World) -> list[str]:
    return sorted(world.state.open_items)


def how(world: World, item: str) -> list[str]:
    """How each life of an item ended, the earliest first."""
    ended = [each for each in world.state.disposed_items.values() if each.id == item]
    return [each.disposal.how for each in ended if each.disposal is not None]


def test_request_is_open_until_the_editors_answer(world: World) -> None:
    world.act(ASK, by=MEMBER)
    item = world.state.open_items["request:r-1"]
    assert (item.owner, item.next) == ("body:editors", "grant-or-refuse")
    world.refused(ASK, "exists", by=MEMBER)
    world.refused(RefusePublication(request="r-1"), "not-editor", by=MEMBER)
    world.refused(GrantPublication(request="r-1"), "not-editor", by=CLERK)
    assert world.kinds(world.act(RefusePublication(request="r-1", reason="No."), by=TELLER)) == [
        "publication.refused"
    ]
    assert (open_items(world), how(world, "request:r-1")) == ([], ["refused"])
    world.refused(GrantPublication(request="r-1"), "not-open", by=TELLER)
    world.refused(RefusePublication(request="r-1"), "not-open", by=TELLER)


def test_promise_to_print_is_open_until_it_is_kept(world: World) -> None:
    world.act(ASK, by=MEMBER)
    world.act(GrantPublication(request="r-1"), by=TELLER2)
    assert how(world, "request:r-1") == ["granted"]
    assert world.state.open_items["request:r-1"].next == "print-request"
    world.refused(GrantPublication(request="r-1"), "not-open", by=TELLER)
    world.act(appeared(world, organ="editors", request="r-1"), by=MEMBER)
    assert (open_items(world), how(world, "request:r-1")) == ([], ["granted", "published"])
    assert world.state.requests["r-1"].status == "published"


def test_promise_to_print_can_be_taken_back_on_the_record(world: World) -> None:
    world.act(ASK, by=MEMBER)
    world.act(GrantPublication(request="r-1"), by=TELLER)
    world.act(RefusePublication(request="r-1"), by=TELLER)
    assert (open_items(world), how(world, "request:r-1")) == ([], ["granted", "refused"])


def test_what_was_refused_may_still_appear_elsewhere(world: World) -> None:
    world.act(ASK, by=MEMBER)
    world.act(RefusePublication(request="r-1"), by=TELLER)
    world.act(appeared(world, request="r-1", persons=(MEMBER, HOLDER)), by=CLERK)
    publication = world.state.publications["x-1"]
    assert (publication.by, publication.organ) == ((MEMBER, HOLDER), "")
    assert world.state.requests["r-1"].status == "refused"


def test_printing_elsewhere_answers_no_request_and_prints_no_dissent(world: World) -> None:
    world.act(RecordDissent(dissent="d-1", decision="m-1", signatories=(MEMBER,)), by=MEMBER)
    world.act(RequestPublication(request="r-1", organ="editors", dissent="d-1"), by=MEMBER)
    world.act(appeared(world, request="r-1"), by=MEMBER)
    assert open_items(world) == ["dissent:d-1", "request:r-1"]
    assert world.state.publications["x-1"].dissent == "d-1"
    world.act(appeared(world, "x-2", organ="editors", request="r-1"), by=MEMBER)
    assert open_items(world) == []
    assert how(world, "dissent:d-1") == ["published"]
    assert world.state.dissents["d-1"].published


def test_refusing_to_print_a_dissent_does_not_end_that_it_is_to_be_printed(world: World) -> None:
    world.act(RecordDissent(dissent="d-1", decision="m-1", signatories=(MEMBER,)), by=MEMBER)
    world.act(RequestPublication(request="r-1", organ="editors", dissent="d-1"), by=MEMBER)
    world.act(RefusePublication(request="r-1"), by=TELLER)
    assert open_items(world) == ["dissent:d-1"]
    world.act(appeared(world, organ="editors", dissent="d-1"), by=MEMBER)
    assert open_items(world) == []


def test_one_asks_for_others_only_if_they_signed_the_dissent(world: World) -> None:
    both = (MEMBER, HOLDER)
    world.refused(
        RequestPublication(request="r-1", organ="editors", requesters=both),
        "signs-for-others",
        by=MEMBER,
    )
    world.act(RecordDissent(dissent="d-1", decision="m-1", signatories=both), by=CLERK)
    asked = RequestPublication(request="r-1", organ="editors", requesters=both, dissent="d-1")
    world.refused(asked, "signs-for-others", by=OBSERVER)
    world.act(asked, by=HOLDER)
    assert world.state.requests["r-1"].by == both


def test_request_names_what_exists(world: World) -> None:
    world.refused(ASK, "unknown", by=OUTSIDER)
    world.refused(RequestPublication(request="r", organ="nobody"), "unknown", by=MEMBER)
    world.refused(
        RequestPublication(request="r", organ="editors", dissent="d-9"), "unknown", by=MEMBER
    )
    world.refused(GrantPublication(request="r-9"), "unknown", by=TELLER)
    world.act(DissolveBody(body="editors"))
    world.refused(ASK, "body-dissolved", by=MEMBER)


def test_publication_is_a_fact_that_any_member_records(world: World) -> None:
    world.refused(appeared(world), "not-entitled", by=OUTSIDER)
    world.refused(appeared(world, organ="nobody"), "unknown", by=OBSERVER)
    world.refused(appeared(world, request="r-9"), "unknown", by=OBSERVER)
    world.refused(appeared(world, dissent="d-9"), "unknown", by=OBSERVER)
    world.refused(appeared(world, persons=("p-nobody",)), "unknown", by=OBSERVER)
    world.act(appeared(world), by=OBSERVER)
    world.refused(appeared(world), "exists", by=OBSERVER)


def test_nothing_has_appeared_tomorrow(world: World) -> None:
    tomorrow = Day(world.now.date() + timedelta(days=1))
    act = RecordPublication(publication="x-1", where="a paper", on=tomorrow)
    world.refused(act, "not-yet-out", by=MEMBER)
    world.wait(days=1)
    world.act(act, by=MEMBER)


def test_publication_does_not_print_another_dissent_than_its_request_asked_for(
    world: World,
) -> None:
    for key in ("d-1", "d-2"):
        world.act(RecordDissent(dissent=key, decision="m-1", signatories=(MEMBER,)), by=MEMBER)
    world.act(RequestPublication(request="r-1", organ="editors", dissent="d-1"), by=MEMBER)
    world.refused(appeared(world, request="r-1", dissent="d-2"), "another-dissent", by=MEMBER)
    world.act(appeared(world, request="r-1", dissent="d-1"), by=MEMBER)


def test_who_prints_may_annotate(world: World) -> None:
    world.act(appeared(world, organ="editors"), by=MEMBER)
    note = AnnotatePublication(publication="x-1", body="editors", text="We regret its tone.")
    world.refused(note, "not-editor", by=MEMBER)
    world.refused(
        AnnotatePublication(publication="x-1", body="committee"), "not-the-printer", by=MEMBER
    )
    world.refused(AnnotatePublication(publication="x-9", body="editors"), "unknown", by=TELLER)
    assert world.kinds(world.act(note, by=TELLER)) == ["publication.annotated"]
    (kept,) = world.state.publications["x-1"].annotations
    assert (kept.body, kept.by, kept.text) == ("editors", TELLER, "We regret its tone.")
