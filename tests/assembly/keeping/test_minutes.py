"""Minutes: drafted, corrected, approved, signed."""

from datetime import timedelta
from typing import Any

import pytest

from quorate.assembly.keeping.minutes import (
    ApproveMinutes,
    CorrectMinutes,
    DraftMinutes,
    SignMinutes,
)
from quorate.assembly.meetings.admission import AdmitToMeeting, RecordLeaving
from quorate.assembly.meetings.convening import ConveneMeeting
from quorate.assembly.meetings.sitting import Adjourn, CallToOrder, Recess, TakeChair
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.canon.moment import Day
from tests.assembly.on_record import orders_with
from tests.cast import (
    CHAIR,
    CLERK,
    HOLDER,
    MEMBER,
    OBSERVER,
    OUTSIDER,
    SECRETARY,
    TELLER,
    VOTERS,
    World,
    convened,
    sitting,
)

DRAFT = DraftMinutes(minutes="n-1", meeting="meeting-1")
APPROVE = ApproveMinutes(minutes="n-1", meeting="meeting-2")
CORRECT = CorrectMinutes(minutes="n-1", text="It was six, not seven.")
SIGN = SignMinutes(minutes="n-1")
ITEM = "minutes:meeting-1"


def convene_second(world: World) -> None:
    starts_at = world.now + timedelta(days=30)
    world.act(
        ConveneMeeting(
            meeting="meeting-2",
            body="committee",
            title="Next meeting",
            starts_at=starts_at,
            day=Day(starts_at.date()),
        ),
        by=CHAIR,
    )
    world.now = starts_at


def next_sits(world: World, *there: str, chair: str = CHAIR) -> World:
    for person in there or VOTERS:
        world.act(AdmitToMeeting(meeting="meeting-2", attendee=person), by=SECRETARY)
    world.act(CallToOrder(meeting="meeting-2", chair=chair), by=chair)
    return world


def drafted(**minutes: Any) -> World:
    """The minutes of the first meeting are drafted, and the second is convened for now."""
    world = sitting(orders_with(minutes=minutes))
    world.act(Adjourn(meeting="meeting-1"), by=CHAIR)
    world.act(DRAFT, by=SECRETARY)
    convene_second(world)
    return world


def approved(**minutes: Any) -> World:
    world = next_sits(drafted(**minutes))
    world.act(APPROVE, by=CHAIR)
    return world


def disposal(world: World) -> str:
    (ended,) = [each for each in world.state.disposed_items.values() if each.id == ITEM]
    assert ended.disposal is not None
    return ended.disposal.how


def test_minutes_are_drafted_when_the_meeting_has_adjourned() -> None:
    world = sitting()
    refusal = world.refused(DRAFT, "not-yet-adjourned", by=SECRETARY)
    assert refusal.facts["status"] == "sitting"
    world.act(Recess(meeting="meeting-1"), by=CHAIR)
    world.refused(DRAFT, "not-yet-adjourned", by=SECRETARY)
    world.act(Adjourn(meeting="meeting-1"), by=CHAIR)
    size = world.state.size
    world.act(DRAFT, by=SECRETARY)
    book = world.state.minutes["n-1"]
    assert (book.meeting, book.drafted_by, book.upto) == ("meeting-1", SECRETARY, size)
    assert world.state.meetings["meeting-1"].minutes == "n-1"


def test_meeting_that_never_was_has_no_minutes() -> None:
    convened().refused(DRAFT, "not-yet-adjourned", by=SECRETARY)
    convened().refused(DraftMinutes(minutes="n-1", meeting="m-9"), "unknown", by=SECRETARY)


def test_minutes_are_drafted_once_by_whom_the_orders_name() -> None:
    world = sitting()
    world.act(Adjourn(meeting="meeting-1"), by=CHAIR)
    refusal = world.refused(DRAFT, "not-entitled", by=MEMBER)
    assert refusal.clause.clause == "8.1"
    world.act(DRAFT, by=SECRETARY)
    world.refused(DRAFT, "exists", by=SECRETARY)
    again = DraftMinutes(minutes="n-2", meeting="meeting-1")
    world.refused(again, "minutes-drafted", by=SECRETARY)


def test_item_says_who_has_to_do_what_next() -> None:
    world = sitting(orders_with(minutes={"signed_by": ("chair", "secretary")}))
    world.act(Adjourn(meeting="meeting-1"), by=CHAIR)
    item = world.state.open_items[ITEM]
    assert (item.owner, item.next) == ("office:committee.secretary", "draft-minutes")
    world.act(DRAFT, by=SECRETARY)
    assert (item.owner, item.next) == ("body:committee", "approve-minutes")
    convene_second(world)
    next_sits(world)
    world.act(APPROVE, by=CHAIR)
    assert item.next == "sign-minutes"
    world.act(SIGN, by=SECRETARY)
    assert item.next == "sign-minutes"
    world.act(SIGN, by=CHAIR)
    assert (ITEM in world.state.open_items, disposal(world)) == (False, "approved-and-signed")
    assert world.state.minutes["n-1"].signed_by == {"secretary": SECRETARY, "chair": CHAIR}


def test_members_correct_a_draft_until_it_is_approved() -> None:
    world = next_sits(drafted())
    world.refused(CORRECT, "not-entitled", by=OBSERVER)
    world.refused(CorrectMinutes(minutes="n-9"), "unknown", by=MEMBER)
    world.act(CORRECT, by=MEMBER)
    world.act(CORRECT, by=CLERK)
    kept = world.state.minutes["n-1"].corrections
    assert [(each.by, each.text) for each in kept] == [
        (MEMBER, "It was six, not seven."),
        (CLERK, "It was six, not seven."),
    ]
    world.act(APPROVE, by=CHAIR)
    world.refused(CORRECT, "minutes-approved", by=MEMBER)


def test_minutes_are_approved_by_the_chair_of_a_later_meeting_that_sits() -> None:
    world = drafted()
    world.refused(APPROVE, "not-a-later-meeting", by=CHAIR)  # not called to order yet
    world.refused(
        ApproveMinutes(minutes="n-1", meeting="meeting-1"), "not-a-later-meeting", by=CHAIR
    )
    next_sits(world)
    world.refused(APPROVE, "not-in-chair", by=MEMBER)
    world.act(Recess(meeting="meeting-2"), by=CHAIR)
    world.refused(APPROVE, "not-open", by=CHAIR)


def test_minutes_are_not_approved_without_a_quorum() -> None:
    world = next_sits(drafted())
    for person in (SECRETARY, TELLER, MEMBER, HOLDER):
        world.act(RecordLeaving(meeting="meeting-2", attendee=person), by=SECRETARY)
    world.refused(APPROVE, "no-quorum", by=CHAIR)


def test_minutes_are_approved_once_and_by_the_same_body() -> None:
    world = approved()
    world.refused(APPROVE, "minutes-approved", by=CHAIR)
    world.act(EstablishBody(body="other", name="Another body"))
    world = next_sits(drafted())
    world.state.meetings["meeting-2"].body = "other"
    world.refused(APPROVE, "of-another-body", by=CHAIR)


def test_minutes_are_signed_after_approval_by_whom_the_orders_name() -> None:
    world = next_sits(drafted())
    world.refused(SIGN, "not-yet-approved", by=CHAIR)
    world.act(APPROVE, by=CHAIR)
    assert ITEM in world.state.open_items
    refusal = world.refused(SIGN, "not-a-signatory", by=SECRETARY)
    assert refusal.clause.clause == "8.1"
    world.refused(SIGN, "not-a-signatory", by=OUTSIDER)
    world.act(SIGN, by=CHAIR)
    world.refused(SIGN, "signed-already", by=CHAIR)
    assert disposal(world) == "approved-and-signed"


def test_one_signature_serves_every_capacity_that_its_author_has() -> None:
    world = approved(signed_by=("chair", "member"))
    world.act(SIGN, by=CHAIR)
    assert disposal(world) == "approved-and-signed"


def test_minutes_that_nobody_signs_are_done_when_approved() -> None:
    world = approved(signed_by=())
    assert disposal(world) == "approved"
    world.refused(SIGN, "not-a-signatory", by=CHAIR)


def test_who_presided_signs_as_chair() -> None:
    world = next_sits(drafted(), SECRETARY, TELLER, MEMBER, HOLDER, chair=MEMBER)
    world.act(APPROVE, by=MEMBER)
    world.refused(SIGN, "not-a-signatory", by=TELLER)
    world.act(SIGN, by=MEMBER)
    assert disposal(world) == "approved-and-signed"


@pytest.mark.parametrize("hands_over", [False, True])
def test_chair_approves_while_in_the_chair(hands_over: bool) -> None:
    world = next_sits(drafted())
    if hands_over:
        world.act(TakeChair(meeting="meeting-2", chair=MEMBER), by=CHAIR)
        world.refused(APPROVE, "not-in-chair", by=CHAIR)
    world.act(APPROVE, by=MEMBER if hands_over else CHAIR)
