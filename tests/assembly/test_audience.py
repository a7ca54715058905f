"""Who sees what: the audience of every part, and who belongs to it when it is read."""

from timeit import timeit

import pytest

from quorate.assembly.act import Act, Event
from quorate.assembly.audience import audience_of, body_of, sitting_of
from quorate.assembly.model.affairs import (
    Charge,
    Communication,
    Dispatch,
    Dissent,
    Publication,
    PublicationRequest,
    Resignation,
)
from quorate.assembly.model.calendar import CalendarEvent, Clash
from quorate.assembly.model.decision import Decision, Duty
from quorate.assembly.model.division import Division, Entitled
from quorate.assembly.model.item import Item
from quorate.assembly.model.keeping import Hold, MinuteBook
from quorate.assembly.model.meeting import Hosting, Meeting, Proxy, Report
from quorate.assembly.model.motion import Motion, MotionGroup
from quorate.assembly.model.orders import StandingOrders
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.assembly.organisation.membership import AdmitMember, DepartureRecorded, RecordDeparture
from quorate.assembly.organisation.standing_orders import AdoptStandingOrders
from quorate.canon.moment import Day
from quorate.counting.rule import Base, Comparator, Majority
from quorate.script.preset import apply_changes, load_preset
from tests.cast import CHAIR, CLERK, COVER, MEMBER, NOON, World, committee

TODAY = NOON.date()
PARTS = ("act", "text", "reason", "notice")


class Probe(Act, frozen=True):
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
    amendment: str = ""
    duty: str = ""
    detail: str = ""
    minutes: str = ""
    report: str = ""
    dispatch: str = ""
    proxy: str = ""
    hold: str = ""
    group: str = ""
    charge: str = ""
    clash: str = ""
    request: str = ""
    publication: str = ""
    what: str = ""
    clause: str | int = ""


class ProbeSent(Event, frozen=True):
    act: Probe


class ProbeFollowed(Event, frozen=True):
    division: str = ""
    to: str = ""


class PlainThing(Event, frozen=True):
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
        cover=COVER if in_confidence else "",
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
        "motion:q-1", "motion", "q-1", "committee", f"person:{MEMBER}", TODAY, 0, "second"
    )
    state.duties["t-1"] = Duty("t-1", "body:committee", "", "committee")
    state.minutes["p-1"] = MinuteBook("p-1", "m-1", "committee", CHAIR, TODAY, 0)
    state.reports["s-1"] = Report("s-1", MEMBER, "unit", "ready", body="committee")
    state.dispatches["n-1"] = Dispatch("n-1", "a unit", MEMBER, NOON, CHAIR, body="committee")
    state.proxies["y-1"] = Proxy("y-1", MEMBER, CHAIR, "committee")
    state.holds["h-1"] = Hold("h-1", "committee", 0, None, TODAY)
    state.groups["g-1"] = MotionGroup("g-1", "committee", "m-1")
    state.charges["a-1"] = Charge("a-1", MEMBER, (CHAIR,), "committee", TODAY)
    state.clashes["k-1"] = Clash("k-1", "e-1", "m-1", TODAY, "low", ())
    state.requests["w-1"] = PublicationRequest("w-1", (MEMBER,), "committee")
    state.publications["u-1"] = Publication("u-1", "", (MEMBER,), Day(TODAY), organ="committee")
    return world


WAYS = [
    {"amendment": "q-1"},
    {"duty": "t-1"},
    {"detail": "t-1"},
    {"minutes": "p-1"},
    {"report": "s-1"},
    {"dispatch": "n-1"},
    {"proxy": "y-1"},
    {"hold": "h-1"},
    {"group": "g-1"},
    {"charge": "a-1"},
    {"clash": "k-1"},
    {"request": "w-1"},
    {"publication": "u-1"},
    {"what": "item:motion:q-1"},
    {"what": "clause:d-1/2"},
    {"what": "meeting:m-1"},
    {"what": "event:e-1"},
    {"clause": "d-1/2"},
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


def test_number_of_a_clause_is_no_id() -> None:
    state = met("body", "body").state
    assert body_of(state, ProbeSent(act=Probe(clause=2))) is None


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


def with_paper(acts: str, texts: str, paper: str) -> World:
    """The committee beside a paper whose editors have orders of their own."""
    world = met(acts, texts)
    world.act(EstablishBody(body="paper", name="The Paper"))
    world.act(AdoptStandingOrders(body="paper", orders=orders(paper, paper)))
    return world


@pytest.mark.parametrize("theirs", ["public", "members", "body"])
@pytest.mark.parametrize("ours", ["public", "members", "body"])
def test_business_of_two_bodies_has_the_narrower_audience(theirs: str, ours: str) -> None:
    """Here the paper acts on a decision of the committee, and the committee on a clash with the paper."""
    state = with_paper(ours, ours, theirs).state
    state.calendar["e-2"] = CalendarEvent("e-2", "Paper", bodies=("paper",))
    order = ["public", "members", "body"]
    narrower = order[max(order.index(theirs), order.index(ours))]
    for event, first in (
        (sent(body="paper", decision="d-1"), {"body": "paper", "decision": "committee"}),
        (sent(body="committee", event="e-2"), {"body": "committee", "event": "paper"}),
    ):
        kept = {"committee": ours, "paper": theirs}
        bodies = [body for body in first.values() if kept[body] == "body"]
        expected = f"body:{bodies[0]}" if bodies else narrower
        assert audience_of(state, event, "text") == expected


def test_body_that_is_only_addressed_does_not_make_business_its_own() -> None:
    state = with_paper("members", "members", "body").state
    referred = sent(motion="q-1", to="body:paper")
    assert audience_of(state, referred, "act") == "members"
    assert audience_of(state, sent(body="committee", organ="paper"), "act") == "members"
    assert audience_of(state, sent(to="body:paper"), "act") == "body:paper"
    assert audience_of(state, sent(to=f"person:{MEMBER}"), "act") == "members"


def test_resignation_is_business_of_the_body_that_disposes_of_it() -> None:
    state = with_paper("members", "members", "body").state
    state.resignations["r-2"] = Resignation("r-2", MEMBER, "committee", to="paper")
    assert audience_of(state, sent(resignation="r-2"), "act") == "body:paper"


def test_meeting_has_a_body_before_it_is_convened() -> None:
    state = met("body", "body").state
    state.hostings["m-2"] = Hosting("m-2", "committee", MEMBER)
    assert audience_of(state, sent(meeting="m-2"), "act") == "body:committee"


def test_clash_is_no_more_open_than_either_event() -> None:
    state = with_paper("public", "public", "body").state
    state.calendar["e-2"] = CalendarEvent("e-2", "Paper", bodies=("paper",))
    for name, (first, second) in {"k-1": ("e-1", "e-2"), "k-2": ("e-2", "e-1")}.items():
        state.clashes[name] = Clash(name, first, second, TODAY, "low", ())
        assert audience_of(state, sent(clash=name), "act") == "body:paper"
    state.clashes["k-3"] = Clash("k-3", "e-1", "e-1", TODAY, "low", ())
    assert audience_of(state, sent(clash="k-3"), "act") == "public"


@pytest.mark.parametrize(
    "way",
    [
        {"decision": "d-1"},
        {"dissent": "x-1"},
        {"clause": "d-1/2"},
        {"duty": "t-1"},
        {"minutes": "p-1"},
        {"report": "s-1"},
        {"group": "g-1"},
        {"clash": "k-1"},
        {"event": "m-1"},
    ],
)
def test_confidence_of_a_meeting_outlives_it(way: dict[str, str]) -> None:
    """What comes from a meeting in confidence stays with the body, though its orders let the public read."""
    for in_confidence in (True, False):
        state = met("public", "public", in_confidence=in_confidence).state
        state.duties["t-1"].decision = "d-1"
        state.reports["s-1"].meeting = "m-1"
        said = audience_of(state, sent(**way), "text")
        assert (said == "body:committee") is in_confidence
        assert sitting_of(state, sent(**way)) == ""


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


def test_audience_of_a_vote_costs_a_few_microseconds() -> None:
    state = met().state
    event = ProbeFollowed(division="v-1")
    seconds = timeit(lambda: audience_of(state, event, "act"), number=2000) / 2000
    assert seconds < 100e-6  # measured: about 3; ten thousand votes a second leave 100 for all


def test_no_entry_about_a_body_that_keeps_to_itself_is_for_anybody_else() -> None:
    world = committee(orders("body", "body"))
    assert any(body_of(world.state, event) for event in world.events)
    for event in world.events:
        expected = "members" if body_of(world.state, event) is None else "body:committee"
        assert audience_of(world.state, event, "act") == expected


def test_departure_belongs_to_the_organisation() -> None:
    event = DepartureRecorded(act=RecordDeparture(member=MEMBER))
    assert body_of(committee().state, event) is None
