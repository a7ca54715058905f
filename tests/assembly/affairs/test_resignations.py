"""Resignations: from tendering to whatever disposes of them, and the one that nobody ever disposed of."""

import msgspec
import pytest

from quorate.assembly.act import Event, Stamp, evolve, follow
from quorate.assembly.affairs.resignations import (
    AcceptResignation,
    DeclineResignation,
    ObjectToResignation,
    ResignationEffected,
    ResignationTendered,
    TenderResignation,
    WithdrawResignation,
)
from quorate.assembly.items import open_business
from quorate.assembly.meetings.admission import AdmitToMeeting, RecordLeaving
from quorate.assembly.meetings.sitting import Adjourn
from quorate.assembly.model.item import Disposal
from quorate.assembly.model.motion import Motion
from quorate.assembly.model.orders import StandingOrders
from quorate.assembly.motions.decided import MotionDecided
from quorate.assembly.organisation.bodies import (
    CreateOffice,
    DissolveBody,
    EstablishBody,
    FillOffice,
)
from quorate.assembly.organisation.membership import RecordDeparture, SeatMember, SuspendMember
from quorate.assembly.roll import seat_of
from quorate.script.preset import load_preset
from tests.cast import (
    CHAIR,
    CLERK,
    HOLDER,
    MEMBER,
    OBSERVER,
    SECRETARY,
    TELLER,
    VOTERS,
    World,
    committee,
    convened,
    sitting,
)


def orders(effective: str) -> StandingOrders:
    usual = load_preset("small-association")
    rule = msgspec.structs.replace(usual.resignations, effective=effective)
    return msgspec.structs.replace(usual, resignations=rule)


@pytest.fixture
def world() -> World:
    """A meeting of the committee, before which a member's resignation is."""
    world = sitting(orders("on-acceptance"))
    world.act(TenderResignation(resignation="r", body="committee"), by=MEMBER)
    return world


def is_seated(world: World, person: str = MEMBER, body: str = "committee") -> bool:
    return seat_of(world.state, world.state.bodies[body], person, world.now.date()) is not None


def how(world: World, key: str = "r") -> str:
    """How a resignation was disposed of; empty while it is open."""
    if f"resignation:{key}" in world.state.open_items:
        return ""
    (item,) = [i for i in world.state.disposed_items.values() if i.id == f"resignation:{key}"]
    assert isinstance(item.disposal, Disposal)
    return item.disposal.how


def decided(world: World, result: str, target: str = "r", **changes: str) -> list[Event]:
    """What follows when the committee has decided a motion to accept."""
    motion = Motion(
        id="m",
        kind="accept-resignation",
        mover=CHAIR,
        body="committee",
        meeting="meeting-1",
        moved_on=world.now.date(),
        moved_seq=0,
        target=target,
    )
    world.state.motions["m"] = msgspec.structs.replace(motion, **changes)
    stamp = Stamp(at=world.now, by=CHAIR)
    event = MotionDecided(motion="m", result=result)  # type: ignore[arg-type]
    came = [e for e in follow(world.state, event, stamp) if "resignation" in e.__struct_fields__]
    for each in came:
        evolve(world.state, each, stamp)
    return came


def test_resignation_waits_on_the_body_and_leaves_its_author_in_place(world: World) -> None:
    item = world.state.open_items["resignation:r"]
    assert (item.owner, item.body) == ("body:committee", "committee")
    assert item.next == "accept-or-decline"
    assert is_seated(world)


def test_only_who_holds_a_seat_or_office_resigns_from_it_and_once(world: World) -> None:
    seat = TenderResignation(resignation="s", body="committee")
    assert world.refused(seat, "not-holder", by=OBSERVER).facts["office"] == ""
    world.refused(seat, "already-tendered", by=MEMBER)
    world.refused(TenderResignation(resignation="r", body="committee"), "exists", by=TELLER)
    office = TenderResignation(resignation="s", body="committee", office="committee.chair")
    assert world.refused(office, "not-holder", by=SECRETARY).facts["office"] == "committee.chair"
    world.act(EstablishBody(body="other", name="Other"))
    elsewhere = TenderResignation(resignation="s", body="other", office="committee.chair")
    world.refused(elsewhere, "not-holder", by=CHAIR)
    nowhere = TenderResignation(resignation="s", body="committee", office="none")
    world.refused(nowhere, "unknown", by=CHAIR)
    world.act(office, by=CHAIR)
    world.act(TenderResignation(resignation="t", body="committee"), by=CHAIR)


def test_resignation_goes_to_a_body_that_exists_and_has_orders() -> None:
    world = committee()
    world.act(EstablishBody(body="other", name="Other"))
    world.act(SeatMember(body="other", member=MEMBER))
    loose = TenderResignation(resignation="r", body="other")
    world.refused(loose, "no-standing-orders", by=MEMBER)
    lost = TenderResignation(resignation="r", body="other", to="none")
    world.refused(lost, "unknown", by=MEMBER)
    world.act(EstablishBody(body="old", name="Old"))
    world.act(DissolveBody(body="old"))
    late = TenderResignation(resignation="r", body="other", to="old")
    world.refused(late, "body-dissolved", by=MEMBER)


def test_suspended_member_may_still_resign() -> None:
    world = committee()
    world.act(SuspendMember(member=MEMBER, body="committee"))
    world.act(TenderResignation(resignation="r", body="committee"), by=MEMBER)


@pytest.mark.parametrize("office", ["", "committee.secretary"])
def test_resignation_takes_effect_at_once_where_the_orders_say_so(office: str) -> None:
    world = committee(orders("at-once"))
    act = TenderResignation(resignation="r", body="committee", office=office)
    came = world.act(act, by=SECRETARY)
    assert [type(each) for each in came[:2]] == [ResignationTendered, ResignationEffected]
    assert world.state.resignations["r"].status == "effective"
    assert how(world) == "effective"
    assert is_seated(world, SECRETARY) == bool(office)
    assert world.state.offices["committee.secretary"].holder == ("" if office else SECRETARY)


def test_chair_announces_acceptance_when_nobody_objects(world: World) -> None:
    came = world.act(AcceptResignation(resignation="r", meeting="meeting-1"), by=CHAIR)
    assert world.kinds(came)[:2] == ["acceptance.announced", "resignation.accepted"]
    assert how(world) == "accepted"
    assert not is_seated(world)


def test_chair_announces_that_a_resignation_is_declined(world: World) -> None:
    came = world.act(DeclineResignation(resignation="r", meeting="meeting-1"), by=CHAIR)
    assert world.kinds(came) == ["non-acceptance.announced", "resignation.declined"]
    assert how(world) == "declined"
    assert is_seated(world)


@pytest.mark.parametrize("kind", [AcceptResignation, DeclineResignation])
def test_only_the_chair_of_a_sitting_of_that_body_announces(
    world: World, kind: type[AcceptResignation | DeclineResignation]
) -> None:
    act = kind(resignation="r", meeting="meeting-1")
    world.refused(act, "not-in-chair", by=SECRETARY)
    world.refused(kind(resignation="none", meeting="meeting-1"), "unknown", by=CHAIR)
    world.refused(kind(resignation="r", meeting="none"), "unknown", by=CHAIR)
    world.state.resignations["r"].to = "other"
    world.refused(act, "before-another-body", by=CHAIR)
    world.state.resignations["r"].to = "committee"
    world.act(Adjourn(meeting="meeting-1"), by=CHAIR)
    world.refused(act, "not-open", by=CHAIR)


def test_nothing_is_announced_without_a_quorum(world: World) -> None:
    for person in VOTERS[1:]:
        world.act(RecordLeaving(meeting="meeting-1", attendee=person), by=person)
    world.refused(AcceptResignation(resignation="r", meeting="meeting-1"), "no-quorum", by=CHAIR)


def test_objection_makes_it_a_question_for_a_motion(world: World) -> None:
    act = ObjectToResignation(resignation="r")
    world.refused(act, "own-resignation", by=MEMBER)
    world.refused(act, "not-a-member", by=OBSERVER)
    world.act(act, by=TELLER)
    world.refused(act, "objected-already", by=TELLER)
    world.act(act, by=HOLDER)
    refusal = world.refused(
        AcceptResignation(resignation="r", meeting="meeting-1"), "objected", by=CHAIR
    )
    assert refusal.facts["objectors"] == (TELLER, HOLDER)
    world.act(DeclineResignation(resignation="r", meeting="meeting-1"), by=CHAIR)


@pytest.mark.parametrize(
    ("result", "kind", "status"),
    [
        ("adopted", "resignation.accepted", "accepted"),
        ("rejected", "resignation.declined", "declined"),
        ("no-decision", "", "tendered"),
    ],
)
def test_motion_to_accept_disposes_of_it_once_it_is_decided(
    world: World, result: str, kind: str, status: str
) -> None:
    assert world.kinds(decided(world, result)) == ([kind] if kind else [])
    assert world.state.resignations["r"].status == status
    assert how(world) == ("" if status == "tendered" else status)
    assert is_seated(world) == (status != "accepted")


@pytest.mark.parametrize(
    "changes", [{"kind": "main"}, {"target": "none"}, {"body": "another"}, {"target": ""}]
)
def test_motion_about_something_else_leaves_it_alone(world: World, changes: dict[str, str]) -> None:
    world.act(EstablishBody(body="another", name="Another"))
    world.state.bodies["another"].orders = orders("on-acceptance")
    assert decided(world, "rejected", **changes) == []
    assert how(world) == ""


def test_only_who_tendered_it_takes_it_back(world: World) -> None:
    world.refused(WithdrawResignation(resignation="r"), "not-entitled", by=CHAIR)
    world.act(WithdrawResignation(resignation="r"), by=MEMBER)
    assert how(world) == "withdrawn"
    assert is_seated(world)
    assert decided(world, "adopted") == []
    world.act(TenderResignation(resignation="again", body="committee"), by=MEMBER)


def test_resignation_is_disposed_of_once(world: World) -> None:
    world.act(DeclineResignation(resignation="r", meeting="meeting-1"), by=CHAIR)
    for act, by in (
        (AcceptResignation(resignation="r", meeting="meeting-1"), CHAIR),
        (DeclineResignation(resignation="r", meeting="meeting-1"), CHAIR),
        (WithdrawResignation(resignation="r"), MEMBER),
        (ObjectToResignation(resignation="r"), TELLER),
    ):
        world.refused(act, "already-disposed", by=by)


def test_resignation_from_one_body_may_be_declined_by_another(world: World) -> None:
    """Of the October episode: an editor resigns from the board, and the committee above does not accept."""
    world.act(EstablishBody(body="editors", name="Editors", parent="committee"), by=CHAIR)
    world.act(SeatMember(body="editors", member=TELLER))
    act = TenderResignation(resignation="s", body="editors", to="committee")
    world.act(act, by=TELLER)
    assert world.state.open_items["resignation:s"].owner == "body:committee"
    world.act(DeclineResignation(resignation="s", meeting="meeting-1"), by=CHAIR)
    assert how(world, "s") == "declined"
    assert is_seated(world, TELLER, "editors")


def test_office_taken_over_meanwhile_is_not_vacated(world: World) -> None:
    act = TenderResignation(resignation="s", body="committee", office="committee.secretary")
    world.act(act, by=SECRETARY)
    world.state.offices["committee.secretary"].holder = HOLDER
    world.act(AcceptResignation(resignation="s", meeting="meeting-1"), by=CHAIR)
    assert world.state.offices["committee.secretary"].holder == HOLDER


def test_resignation_that_nobody_disposes_of_stays_on_the_list_whatever_happens() -> None:
    """Of the October episode: Kamenev's, tendered on the 16th."""
    world = sitting(orders("on-acceptance"))
    world.act(TenderResignation(resignation="kamenev", body="committee"), by=MEMBER)
    world.act(CreateOffice(office="o", body="committee", role="treasurer", name="Treasurer"))
    world.act(FillOffice(office="o", holder=HOLDER))
    world.act(ObjectToResignation(resignation="kamenev"), by=TELLER)
    (_, *left) = world.act(Adjourn(meeting="meeting-1"), by=CHAIR)
    assert "resignation:kamenev" in str(left)
    for person in (MEMBER, TELLER, HOLDER):
        world.act(RecordDeparture(member=person))
    world.wait(days=400)
    assert "resignation:kamenev" in [i.id for i in open_business(world.state, world.now.date())]
    item = world.state.open_items["resignation:kamenev"]
    assert (item.owner, item.disposal) == ("body:committee", None)


def test_resignation_of_the_clerk_is_like_any_other() -> None:
    world = convened(orders("on-acceptance"))
    world.act(SeatMember(body="committee", member=CLERK))
    world.act(TenderResignation(resignation="r", body="committee"))
    world.act(AdmitToMeeting(meeting="meeting-1", attendee=CHAIR), by=SECRETARY)
    assert how(world) == ""
