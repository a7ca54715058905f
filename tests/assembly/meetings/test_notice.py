"""Notice: amending it, and curing one that was too short."""

import pytest

from quorate.assembly.heads import standing_changed
from quorate.assembly.meetings.admission import AdmitToMeeting, RecordLeaving
from quorate.assembly.meetings.notice import AmendNotice, WaiveNotice
from quorate.assembly.meetings.sitting import Adjourn, CallToOrder
from quorate.assembly.model.decision import Decision
from quorate.canon.moment import Day
from tests.assembly.meetings.test_convening import meeting_in
from tests.cast import CHAIR, MEMBER, SECRETARY, VOTERS, World, committee, convened, sitting

WAIVE = WaiveNotice(meeting="meeting-1")


@pytest.fixture
def short() -> World:
    world = committee()
    world.act(meeting_in(3), by=CHAIR)
    world.now = world.state.meetings["meeting-1"].starts_at
    return world


def admit(world: World, *people: str) -> None:
    for person in people:
        world.act(AdmitToMeeting(meeting="meeting-1", attendee=person), by=SECRETARY)


def how(world: World) -> list[str]:
    return [item.disposal.how for item in world.state.disposed_items.values() if item.disposal]


def test_notice_is_amended_until_the_meeting_begins() -> None:
    world = convened(capacity=5)
    world.refused(AmendNotice(meeting="meeting-1", title="X"), "not-entitled", by=MEMBER)
    world.act(AmendNotice(meeting="meeting-1", title="Rents", notice="All come"), by=CHAIR)
    meeting = world.state.meetings["meeting-1"]
    assert (meeting.title, meeting.capacity) == ("Rents", 5)
    assert world.state.calendar["meeting-1"].title == "Rents"
    world.act(AmendNotice(meeting="meeting-1", capacity=9), by=CHAIR)
    assert (meeting.title, meeting.capacity) == ("Rents", 9)
    sitting().refused(AmendNotice(meeting="meeting-1"), "not-open", by=CHAIR)


def test_long_enough_notice_needs_no_waiver() -> None:
    sitting().refused(WAIVE, "nothing-to-waive", by=CHAIR)


def test_meeting_waives_its_short_notice_once_it_has_a_quorum(short: World) -> None:
    short.refused(WAIVE, "no-quorum", by=CHAIR)
    admit(short, *VOTERS[:4])
    refusal = short.refused(WAIVE, "no-quorum", by=CHAIR)
    assert (refusal.facts["present"], refusal.facts["needed"]) == (4, 6)
    short.act(CallToOrder(meeting="meeting-1"), by=CHAIR)
    short.refused(WAIVE, "not-entitled", by=MEMBER)
    short.act(RecordLeaving(meeting="meeting-1", attendee=VOTERS[3]), by=VOTERS[3])
    short.refused(WAIVE, "no-quorum", by=CHAIR)
    admit(short, VOTERS[4])
    short.act(WAIVE, by=CHAIR)
    meeting = short.state.meetings["meeting-1"]
    assert meeting.notice_waived
    assert meeting.short_notice_by == 5
    assert how(short) == ["waived"]
    short.refused(WAIVE, "nothing-to-waive", by=CHAIR)


def test_all_members_together_waive_before_the_meeting_begins(short: World) -> None:
    admit(short, *VOTERS)
    short.act(WAIVE, by=CHAIR)
    assert how(short) == ["waived"]


def test_seat_without_a_vote_is_not_needed_to_waive(short: World) -> None:
    short.state.bodies["committee"].seated[VOTERS[5]].weight = 0
    standing_changed(short.state, VOTERS[5])
    admit(short, *VOTERS[:4])
    assert short.refused(WAIVE, "no-quorum", by=CHAIR).facts["needed"] == 5
    admit(short, VOTERS[4])
    short.act(WAIVE, by=CHAIR)


def test_short_notice_that_nobody_waived_outlives_the_meeting_until_the_body_ratifies(
    short: World,
) -> None:
    admit(short, *VOTERS)
    short.act(CallToOrder(meeting="meeting-1"), by=CHAIR)
    short.act(Adjourn(meeting="meeting-1"), by=CHAIR)
    assert "short-notice:meeting-1" in short.state.open_items
    short.refused(WAIVE, "not-open", by=CHAIR)
    ratify = WaiveNotice(meeting="meeting-1", decision="d")
    short.refused(ratify, "unknown", by=CHAIR)
    day = Day(short.now.date())
    for body, rescinded in (("other", ""), ("committee", "d-2")):
        short.state.decisions["d"] = decided(body, rescinded, day)
        short.refused(ratify, "decision-of-another-body", by=CHAIR)
    short.state.decisions["d"] = decided("committee", "", day)
    short.act(ratify, by=CHAIR)
    assert how(short)[-1] == "ratified"


def decided(body: str, rescinded_by: str, day: Day) -> Decision:
    return Decision(
        id="d",
        motion="d",
        division="",
        body=body,
        meeting="",
        on=day.on,
        seq=0,
        title="Ratify",
        clauses=(),
        rescinded_by=rescinded_by,
    )
