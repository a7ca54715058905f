"""Who sees what: the audience of every part, and who belongs to it when it is read."""

from datetime import date, timedelta
from timeit import timeit

import pytest

from quorate.assembly.act import Act, Event
from quorate.assembly.audience import audience_of, body_of, may_read, sitting_of
from quorate.assembly.bodies import EstablishBody, FillOffice, VacateOffice
from quorate.assembly.membership import (
    AdmitMember,
    DepartureRecorded,
    RecordDeparture,
    SeatMember,
    SuspendMember,
    UnseatMember,
)
from quorate.assembly.model.business import Communication, Dissent, Resignation
from quorate.assembly.model.calendar import CalendarEvent
from quorate.assembly.model.item import Item
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.model.motion import Decision, Division, Entitled, Motion
from quorate.assembly.model.orders import StandingOrders
from quorate.assembly.standing_orders import AdoptStandingOrders
from quorate.canon.moment import Day
from quorate.counting.rule import Base, Comparator, Majority
from quorate.desk.preset import apply_changes, load_preset
from tests.cast import CHAIR, CLERK, MEMBER, NOON, OBSERVER, OUTSIDER, World, committee

TODAY = NOON.date()
PARTS = ("act", "text", "reason", "notice")


class Probe(Act):
    """An act that says where it belongs in every way that acts do."""

    division: str = ""
    meeting: str = ""
    body: str = ""
    motion: str = ""
    decision: str = ""
    dissent: str = ""
    resignation: str = ""
    communication: str = ""
    office: str = ""
    item: str = ""
    event: str = ""
    organ: str = ""
    to: str = ""


class ProbeSent(Event):
    act: Probe


class ProbeFollowed(Event):
    division: str = ""
    to: str = ""


class PlainThing(Event):
    pass


def orders(acts: str, texts: str) -> StandingOrders:
    change = {"confidentiality": {"acts": acts, "texts": texts}}
    return apply_changes(load_preset("small-association"), change)


def met(acts: str = "members", texts: str = "members", *, in_confidence: bool = False) -> World:
    """The committee with a meeting, a motion, a division, a decision, and what may hang on them."""
    world = committee(orders(acts, texts))
    state = world.state
    half = Majority(Base.FOR_AND_AGAINST, 1, 2, Comparator.MORE_THAN)
    state.meetings["m-1"] = Meeting(
        id="m-1",
        body="committee",
        title="Meeting",
        convened_by=CHAIR,
        noticed_on=TODAY,
        starts_at=NOON,
        day=Day(TODAY),
        in_confidence=in_confidence,
    )
    state.motions["q-1"] = Motion(
        id="q-1",
        kind="main",
        mover=MEMBER,
        body="committee",
        meeting="m-1",
        moved_on=TODAY,
        moved_seq=0,
    )
    state.divisions["v-1"] = Division(
        id="v-1",
        motion="q-1",
        body="committee",
        meeting="m-1",
        method="electronic",
        rule=half,
        opened_on=TODAY,
        opened_seq=0,
        register={MEMBER: Entitled(MEMBER)},
    )
    state.decisions["d-1"] = Decision(
        id="d-1",
        motion="q-1",
        division="v-1",
        body="committee",
        meeting="m-1",
        on=TODAY,
        seq=0,
        title="",
        clauses=(),
    )
    state.dissents["x-1"] = Dissent("x-1", "d-1", (MEMBER,), TODAY)
    state.resignations["r-1"] = Resignation("r-1", MEMBER, "committee")
    state.communications["c-1"] = Communication("c-1", "a union", "body:committee", TODAY)
    state.calendar["e-1"] = CalendarEvent("e-1", "Congress", bodies=("committee",))
    state.calendar["m-1"] = CalendarEvent("m-1", "Meeting")
    state.open_items["motion:q-1"] = Item(
        "motion:q-1", "motion", "q-1", "", "committee", f"person:{MEMBER}", TODAY, 0, ""
    )
    return world


WAYS = [
    {"division": "v-1"},
    {"meeting": "m-1"},
    {"body": "committee"},
    {"motion": "q-1"},
    {"decision": "d-1"},
    {"dissent": "x-1"},
    {"resignation": "r-1"},
    {"communication": "c-1"},
    {"office": "committee.chair"},
    {"item": "motion:q-1"},
    {"event": "e-1"},
    {"event": "m-1"},
    {"organ": "committee"},
    {"to": "body:committee"},
    {"to": "committee"},
    {"to": "office:committee.chair"},
]


def sent(**said: str) -> ProbeSent:
    return ProbeSent(act=Probe(**said))


@pytest.mark.parametrize("way", WAYS)
def test_body_is_found_however_an_act_says_it(way: dict[str, str]) -> None:
    world = met("body", "body")
    body = body_of(world.state, sent(**way))
    assert body is not None
    assert body.id == "committee"
    assert audience_of(world.state, sent(**way), "act") == "body:committee"


@pytest.mark.parametrize("way", WAYS)
def test_unknown_id_leads_to_no_body(way: dict[str, str]) -> None:
    world = met("body", "body")
    nowhere = sent(**dict.fromkeys(way, "nowhere"))
    assert body_of(world.state, nowhere) is None
    assert audience_of(world.state, nowhere, "act") == "members"


def test_event_that_follows_by_itself_has_a_body_too() -> None:
    state = met("body", "body").state
    assert audience_of(state, ProbeFollowed(division="v-1"), "act") == "body:committee"
    assert sitting_of(state, ProbeFollowed(division="v-1")) == "m-1"
    assert audience_of(state, ProbeFollowed(to=f"person:{MEMBER}"), "act") == "members"


def test_what_belongs_to_no_body_is_for_the_members() -> None:
    state = met().state
    assert body_of(state, PlainThing()) is None
    assert sitting_of(state, PlainThing()) == ""
    assert {audience_of(state, PlainThing(), part) for part in PARTS} == {"members"}


@pytest.mark.parametrize("acts", ["public", "members", "body"])
@pytest.mark.parametrize("texts", ["public", "members", "body"])
@pytest.mark.parametrize("in_confidence", [False, True])
def test_orders_say_who_reads_and_confidence_overrides_them(
    acts: str, texts: str, in_confidence: bool
) -> None:
    state = met(acts, texts, in_confidence=in_confidence).state
    event = sent(division="v-1")
    said = {
        name: "body:committee" if in_confidence or kept == "body" else kept
        for name, kept in (("act", acts), ("text", texts))
    }
    assert audience_of(state, event, "act") == said["act"]
    assert {audience_of(state, event, part) for part in PARTS[1:]} == {said["text"]}
    name = audience_of(state, event, "person")
    assert name == ("members" if said["text"] == "public" else said["text"])
    assert audience_of(state, event, "venue") == name
    assert audience_of(state, event, "contact") == f"person:{CLERK}"


def test_event_of_two_bodies_has_the_narrower_audience_whichever_comes_first() -> None:
    world = met("body", "body")
    world.act(EstablishBody(body="paper", name="The Paper"))
    world.act(AdoptStandingOrders(body="paper", orders=orders("public", "public")))
    state = world.state
    assert audience_of(state, sent(decision="d-1", organ="paper"), "text") == "body:committee"
    assert audience_of(state, sent(body="paper", organ="committee"), "text") == "body:committee"
    assert audience_of(state, sent(body="paper", organ="paper"), "text") == "public"


def test_public_body_together_with_one_of_the_members_is_for_the_members() -> None:
    world = met("members", "members")
    world.act(EstablishBody(body="paper", name="The Paper"))
    world.act(AdoptStandingOrders(body="paper", orders=orders("public", "public")))
    assert audience_of(world.state, sent(body="paper", organ="committee"), "act") == "members"
    assert audience_of(world.state, sent(body="committee", organ="paper"), "act") == "members"


@pytest.mark.parametrize("way", [{"meeting": "m-1"}, {"division": "v-1"}, {"motion": "q-1"}])
def test_meeting_is_found_however_an_act_says_it(way: dict[str, str]) -> None:
    assert sitting_of(met().state, sent(**way)) == "m-1"
    assert sitting_of(met().state, sent(**dict.fromkeys(way, "nowhere"))) == ""


def test_decision_is_no_meeting() -> None:
    assert sitting_of(met().state, sent(decision="d-1")) == ""


def test_name_and_contact_of_a_new_member() -> None:
    world = committee()
    (event,) = world.act(AdmitMember(member="p-new", contact="by post"))
    assert audience_of(world.state, event, "person") == "members"
    assert audience_of(world.state, event, "contact") == f"person:{CLERK}"


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


def test_audience_of_a_vote_costs_a_few_microseconds() -> None:
    state = met().state
    event = ProbeFollowed(division="v-1")
    seconds = timeit(lambda: audience_of(state, event, "act"), number=2000) / 2000
    assert seconds < 100e-6  # measured: about 2; ten thousand votes a second leave 100 for all


def test_no_entry_about_a_body_that_keeps_to_itself_is_for_anybody_else() -> None:
    world = committee(orders("body", "body"))
    assert any(body_of(world.state, event) for event in world.events)
    for event in world.events:
        expected = "members" if body_of(world.state, event) is None else "body:committee"
        assert audience_of(world.state, event, "act") == expected


def test_departure_belongs_to_the_organisation() -> None:
    event = DepartureRecorded(act=RecordDeparture(member=MEMBER))
    assert body_of(committee().state, event) is None
