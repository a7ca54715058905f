"""The agenda: placing, ordering, opening, closing, and taking by consent."""

import pytest

from quorate.assembly.meetings.admission import AdmitToMeeting
from quorate.assembly.meetings.agenda import (
    CloseItem,
    ItemLeftUnresolved,
    OpenItem,
    PlaceItem,
    RemoveFromConsent,
    ReorderItem,
    TakeByConsent,
)
from quorate.assembly.meetings.sitting import Adjourn, CallToOrder
from quorate.assembly.model.meeting import Heading
from quorate.assembly.motions.decided import MotionDecided
from quorate.assembly.motions.motions import MoveMotion, SecondMotion
from quorate.script.preset import apply_changes, load_preset
from tests.cast import CHAIR, MEMBER, OBSERVER, SECRETARY, TELLER, VOTERS, World, convened, sitting

MEETING = "meeting-1"
AGENDA = (Heading("a", "A"), Heading("b", "B"), Heading("c", "C", parent="b"))


@pytest.fixture
def world() -> World:
    return sitting(agenda=AGENDA)


def order(world: World) -> str:
    return "".join(world.state.meetings[MEETING].agenda)


def status(world: World, item: str) -> str:
    return world.state.meetings[MEETING].agenda[item].status


def move(
    world: World, motion: str, on_item: str = "", kind: str = "main", by: str = MEMBER
) -> None:
    act = MoveMotion(motion=motion, kind=kind, meeting=MEETING, title=motion, on_item=on_item)
    world.act(act, by=by)
    if world.state.motions[motion].status == "moved":
        world.act(SecondMotion(motion=motion), by=TELLER)


def opening(item: str) -> OpenItem:
    return OpenItem(meeting=MEETING, item=item)


def closing(item: str, *, confirm: bool = False) -> CloseItem:
    return CloseItem(meeting=MEETING, item=item, confirm=confirm)


def test_heading_is_placed_where_it_is_wanted(world: World) -> None:
    world.act(PlaceItem(meeting=MEETING, item="z", title="Z"), by=CHAIR)
    world.act(PlaceItem(meeting=MEETING, item="y", title="Y", before="a", parent="b"), by=CHAIR)
    assert order(world) == "yabcz"
    world.refused(PlaceItem(meeting=MEETING, item="y", title="Y"), "exists", by=CHAIR)
    lost = PlaceItem(meeting=MEETING, item="x", title="X", parent="nowhere")
    world.refused(lost, "unknown", by=CHAIR)


@pytest.mark.parametrize(
    ("item", "before", "expected"),
    [
        ("a", "nowhere", None),
        ("a", "", "bca"),
        ("a", "c", "bac"),
        ("c", "a", "cab"),
        ("b", "b", None),
        ("x", "", None),
    ],
)
def test_heading_is_moved_where_it_is_wanted(
    world: World, item: str, before: str, expected: str | None
) -> None:
    act = ReorderItem(meeting=MEETING, item=item, before=before)
    if expected is None:
        world.refused(act, "before-itself" if item == before else "unknown", by=CHAIR)
    else:
        world.act(act, by=CHAIR)
        assert order(world) == expected


def test_agenda_is_arranged_by_the_secretary_before_and_by_the_chair_during_the_meeting() -> None:
    place = PlaceItem(meeting=MEETING, item="z", title="Z")
    before = convened()
    before.refused(place, "not-entitled", by=MEMBER)
    before.act(place, by=SECRETARY)
    during = sitting()
    during.refused(place, "not-in-chair", by=SECRETARY)
    during.act(place, by=CHAIR)
    during.act(Adjourn(meeting=MEETING), by=CHAIR)
    during.refused(ReorderItem(meeting=MEETING, item="z"), "not-open", by=CHAIR)


def test_one_heading_is_open_at_a_time_below_its_parents(world: World) -> None:
    world.refused(opening("a"), "not-in-chair", by=MEMBER)
    world.refused(opening("nowhere"), "unknown", by=CHAIR)
    world.act(opening("b"), by=CHAIR)
    refusal = world.refused(opening("a"), "item-still-open", by=CHAIR)
    assert refusal.facts["open"] == "b"
    world.act(opening("c"), by=CHAIR)
    world.refused(opening("c"), "not-open", by=CHAIR)


def test_resolved_heading_is_closed(world: World) -> None:
    world.refused(closing("a"), "not-open", by=CHAIR)
    world.act(opening("a"), by=CHAIR)
    assert world.kinds(world.act(closing("a"), by=CHAIR)) == ["item.closed"]
    assert status(world, "a") == "closed"
    world.act(opening("b"), by=CHAIR)


def test_heading_with_something_open_is_closed_only_when_that_is_confirmed(world: World) -> None:
    world.act(opening("b"), by=CHAIR)
    move(world, "m", on_item="b")
    refusal = world.refused(closing("b"), "item-unresolved", by=CHAIR)
    assert refusal.facts["items"] == ("motion:m", "item:c")
    events = world.act(closing("b", confirm=True), by=CHAIR)
    left = ("motion:m", "item:c")
    assert events[1:] == [ItemLeftUnresolved(meeting=MEETING, item="b", left=left)]
    assert status(world, "b") == "carried-over"
    assert "motion:m" in world.state.open_items


def test_what_nobody_opposes_is_taken_by_consent(world: World) -> None:
    move(world, "m")
    world.refused(TakeByConsent(meeting=MEETING, motions=("m",)), "not-in-chair", by=MEMBER)
    events = world.act(TakeByConsent(meeting=MEETING, motions=("m",)), by=CHAIR)
    assert events[1] == MotionDecided(motion="m", result="adopted", division="")
    assert world.state.motions["m"].status == "adopted"
    assert "motion:m" not in world.state.open_items


def test_one_objection_keeps_a_motion_from_consent(world: World) -> None:
    guest = AdmitToMeeting(meeting=MEETING, attendee=OBSERVER, capacity="guest")
    world.act(guest, by=SECRETARY)
    move(world, "m")
    remove = RemoveFromConsent(meeting=MEETING, motion="m")
    world.refused(remove, "not-a-member", by=OBSERVER)
    world.refused(remove, "not-present")
    world.act(remove, by=TELLER)
    world.refused(remove, "consent-objected", by=MEMBER)
    world.refused(TakeByConsent(meeting=MEETING, motions=("m",)), "consent-objected", by=CHAIR)


def test_nobody_objects_after_the_meeting(world: World) -> None:
    move(world, "m")
    world.act(Adjourn(meeting=MEETING), by=CHAIR)
    remove = RemoveFromConsent(meeting=MEETING, motion="m")
    refusal = world.refused(remove, "not-open", by=TELLER)
    assert refusal.facts["what"] == "meeting"


def test_consent_is_for_motions_that_are_before_the_meeting_and_undecided(world: World) -> None:
    move(world, "m")

    def consent(*motions: str) -> TakeByConsent:
        return TakeByConsent(meeting=MEETING, motions=motions)

    world.refused(consent(), "nothing-to-take", by=CHAIR)
    world.refused(consent("m", "m"), "named-twice", by=CHAIR)
    world.refused(consent("nowhere"), "unknown", by=CHAIR)
    world.state.motions["m"].meeting = "meeting-0"
    world.refused(consent("m"), "not-before-meeting", by=CHAIR)
    world.state.motions["m"].meeting = MEETING
    world.act(consent("m"), by=CHAIR)
    world.refused(consent("m"), "not-open", by=CHAIR)
    world.refused(RemoveFromConsent(meeting=MEETING, motion="m"), "not-open", by=TELLER)


def test_motion_with_an_amendment_pending_is_not_taken_by_consent(world: World) -> None:
    move(world, "m")
    world.act(MoveMotion(motion="n", kind="amend", meeting=MEETING, target="m"), by=TELLER)
    world.act(SecondMotion(motion="n"), by=MEMBER)
    world.refused(TakeByConsent(meeting=MEETING, motions=("m",)), "adhered-to", by=CHAIR)


def test_measure_against_a_member_is_never_taken_by_consent(world: World) -> None:
    move(world, "m")
    world.state.motions["m"].kind = "discipline"
    world.refused(TakeByConsent(meeting=MEETING, motions=("m",)), "not-by-consent", by=CHAIR)


def test_consent_needs_a_quorum_even_where_only_votes_do() -> None:
    orders = apply_changes(load_preset("small-association"), {"quorum": {"held": "at-vote"}})
    world = convened(orders)
    for person in VOTERS[:2]:
        world.act(AdmitToMeeting(meeting=MEETING, attendee=person), by=SECRETARY)
    world.act(CallToOrder(meeting=MEETING), by=CHAIR)
    world.act(MoveMotion(motion="m", kind="main", meeting=MEETING), by=SECRETARY)
    world.refused(TakeByConsent(meeting=MEETING, motions=("m",)), "no-quorum", by=CHAIR)
