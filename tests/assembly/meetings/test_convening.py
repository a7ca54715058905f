"""Convening: who may, on what notice, and what becomes of a meeting before it begins."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from quorate.assembly.audience import meeting_of, sitting_of
from quorate.assembly.meetings.admission import AdmitToMeeting
from quorate.assembly.meetings.convening import (
    CallOffMeeting,
    ConveneMeeting,
    MeetingConvened,
    MoveVenue,
    clear_days,
)
from quorate.assembly.meetings.hosting import ChargeHost
from quorate.assembly.meetings.notice import AmendNotice
from quorate.assembly.meetings.sitting import CallToOrder
from quorate.assembly.model.meeting import Heading
from quorate.assembly.model.orders import StandingOrders
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.assembly.organisation.membership import SeatMember, UnseatMember
from quorate.canon.moment import Day, parse_day
from quorate.script.preset import apply_changes, load_preset
from tests.cast import (
    CHAIR,
    CLERK,
    COVER,
    HOLDER,
    MEMBER,
    NOON,
    OBSERVER,
    OUTSIDER,
    SECRETARY,
    TELLER,
    committee,
    convened,
    sitting,
)


def orders(**changes: Any) -> StandingOrders:
    return apply_changes(load_preset("small-association"), changes)


def meeting_in(days: int, **changes: Any) -> ConveneMeeting:
    starts_at = NOON + timedelta(days=days)
    act = ConveneMeeting(
        meeting="meeting-1",
        body="committee",
        title="Ordinary meeting",
        starts_at=starts_at,
        day=Day(starts_at.date()),
    )
    return msgspec.structs.replace(act, **changes)


def test_clear_days_count_neither_end() -> None:
    first = date(2026, 3, 2)
    assert [clear_days(first, first + timedelta(days=n)) for n in range(5)] == [0, 0, 1, 2, 3]


@pytest.mark.parametrize("needed", range(5))
def test_notice_is_short_by_the_days_that_are_missing(needed: int) -> None:
    for ahead in range(8):
        world = committee(orders(notice={"days": needed, "short": "refused"}))
        missing = needed - max(0, ahead - 1)
        if missing > 0:
            refusal = world.refused(meeting_in(ahead), "notice-too-short", by=CHAIR)
            assert refusal.facts["short_by"] == missing
            assert refusal.clause.clause == "1.2"
        else:
            event = world.act(meeting_in(ahead), by=CHAIR)[0]
            assert isinstance(event, MeetingConvened)
            assert event.short_by == 0


def test_short_notice_that_is_flagged_is_open_business() -> None:
    world = committee()
    world.act(meeting_in(3), by=CHAIR)
    assert world.state.meetings["meeting-1"].short_notice_by == 5
    assert list(world.state.open_items) == ["short-notice:meeting-1"]


def test_urgent_meeting_may_be_called_at_shorter_notice_but_not_at_none() -> None:
    world = committee(orders(notice={"days": 7, "short": "urgent", "urgent_days": 1}))
    world.refused(meeting_in(2), "notice-too-short", by=CHAIR)
    world.refused(meeting_in(1, urgent=True), "notice-too-short", by=CHAIR)
    world.act(meeting_in(2, urgent=True), by=CHAIR)
    assert not world.state.open_items


def test_meeting_called_urgent_is_not_excused_where_no_rule_says_so() -> None:
    world = committee(orders(notice={"days": 7, "short": "refused", "urgent_days": 1}))
    world.refused(meeting_in(2, urgent=True), "notice-too-short", by=CHAIR)


def test_only_those_named_may_convene() -> None:
    world = committee()
    refusal = world.refused(meeting_in(21), "not-entitled-to-convene", by=MEMBER)
    assert refusal.clause.clause == "1.1"
    for person in (CHAIR, SECRETARY, CLERK):
        world.act(meeting_in(21, meeting=f"m-{person}"), by=person)


def test_members_together_may_convene_when_enough_of_them_ask() -> None:
    world = committee(orders(convening={"by": ["members:3"]}))
    world.refused(meeting_in(21), "not-entitled-to-convene", by=MEMBER)
    few = meeting_in(21, requested_by=(MEMBER, TELLER, OBSERVER))
    world.refused(few, "not-entitled-to-convene", by=MEMBER)
    twice = meeting_in(21, requested_by=(MEMBER, TELLER, TELLER))
    world.refused(twice, "not-entitled-to-convene", by=MEMBER)
    enough = meeting_in(21, requested_by=(MEMBER, TELLER, HOLDER))
    world.refused(enough, "not-entitled-to-convene", by=OUTSIDER)
    world.act(enough, by=MEMBER)
    world.act(msgspec.structs.replace(enough, meeting="meeting-2"), by=SECRETARY)


def test_body_without_standing_orders_cannot_be_convened() -> None:
    world = committee()
    world.act(EstablishBody(body="garrison", name="Garrison Conference"))
    world.refused(meeting_in(21, body="garrison"), "no-standing-orders")


def test_meeting_is_on_the_calendar_under_its_id() -> None:
    world = committee()
    starts_at = datetime(2026, 11, 2, 21, 30, tzinfo=UTC)
    day = parse_day("2026-10-20 O.S.")
    act = meeting_in(0, starts_at=starts_at, day=day, place="Hall", city="Petrograd")
    world.act(act, by=CHAIR)
    entry = world.state.calendar["meeting-1"]
    assert (entry.day, entry.at, entry.bodies) == (day, starts_at, ("committee",))
    assert (entry.place, entry.city, entry.notice_days) == ("Hall", "Petrograd", 7)
    assert entry.meeting == "meeting-1"
    world.refused(act, "exists", by=CHAIR)


def test_day_and_instant_may_differ_by_a_day_and_no_more() -> None:
    for off, agrees in ((-2, False), (-1, True), (0, True), (1, True), (2, False)):
        world = committee()
        act = meeting_in(21, day=Day(NOON.date() + timedelta(days=21 + off)))
        if agrees:
            world.act(act, by=CHAIR)
        else:
            world.refused(act, "day-unlike-instant", by=CHAIR)


def test_meeting_cannot_be_convened_for_the_past() -> None:
    committee().refused(meeting_in(-1), "day-past", by=CHAIR)


def test_agenda_comes_with_the_notice_in_order() -> None:
    world = committee()
    headings = (
        Heading("a", "Opening"),
        Heading("b", "Rents", minutes=20),
        Heading("c", "Now", "b"),
    )
    world.refused(meeting_in(21, agenda=headings[1:] + headings[1:2]), "exists", by=CHAIR)
    world.refused(meeting_in(21, agenda=headings[2:] + headings[:2]), "unknown", by=CHAIR)
    world.act(meeting_in(21, agenda=headings), by=CHAIR)
    agenda = world.state.meetings["meeting-1"].agenda
    assert [(each.id, each.parent, each.status) for each in agenda.values()] == [
        ("a", "", "planned"),
        ("b", "", "planned"),
        ("c", "b", "planned"),
    ]


def test_place_of_a_meeting_in_confidence_is_not_in_the_open() -> None:
    world = committee()
    secret = meeting_in(21, in_confidence=True, cover=COVER, venue="The house at the river")
    place = msgspec.structs.replace(secret, place="The house at the river")
    world.refused(place, "place-in-confidence", by=CHAIR)
    world.act(secret, by=CHAIR)
    assert world.state.calendar["meeting-1"].place == ""
    assert world.state.meetings["meeting-1"].venue == "The house at the river"
    world.refused(
        MoveVenue(meeting="meeting-1", place="Next door"), "place-in-confidence", by=CHAIR
    )


def test_guests_invited_with_the_notice_must_be_known() -> None:
    world = committee()
    world.refused(meeting_in(21, invited=("p-nobody",)), "unknown", by=CHAIR)
    world.act(meeting_in(21, invited=(OBSERVER,)), by=CHAIR)
    assert world.state.meetings["meeting-1"].invited == [OBSERVER]


def test_venue_is_moved_until_the_meeting_is_over() -> None:
    world = sitting(place="Hall", city="Perm", venue="Hall, upstairs")
    world.refused(MoveVenue(meeting="meeting-1"), "not-entitled", by=MEMBER)
    world.act(MoveVenue(meeting="meeting-1", place="Barn", venue="The barn"), by=SECRETARY)
    entry = world.state.calendar["meeting-1"]
    assert (entry.place, entry.city) == ("Barn", "Perm")
    world.act(MoveVenue(meeting="meeting-1", city="Omsk", venue="The barn"), by=SECRETARY)
    assert (entry.place, entry.city) == ("", "Omsk")
    assert world.state.meetings["meeting-1"].venue == "The barn"


def test_meeting_is_called_off_before_it_begins_and_not_after() -> None:
    world = committee()
    world.act(meeting_in(3), by=CHAIR)
    world.refused(CallOffMeeting(meeting="meeting-1"), "not-entitled", by=MEMBER)
    events = world.act(CallOffMeeting(meeting="meeting-1", reason="The police"), by=SECRETARY)
    assert world.kinds(events) == ["meeting.cancelled"]
    assert world.state.calendar["meeting-1"].cancelled
    assert not world.state.open_items
    (item,) = world.state.disposed_items.values()
    assert item.disposal is not None
    assert item.disposal.how == "called-off"
    world.refused(CallOffMeeting(meeting="meeting-1"), "not-open", by=CHAIR)
    world.refused(MoveVenue(meeting="meeting-1", place="Hall"), "not-open", by=CHAIR)
    sitting().refused(CallOffMeeting(meeting="meeting-1"), "not-open", by=CHAIR)


def test_nobody_comes_to_a_meeting_that_was_called_off() -> None:
    world = convened()
    world.act(CallOffMeeting(meeting="meeting-1"), by=CHAIR)
    admit = AdmitToMeeting(meeting="meeting-1", attendee=CHAIR)
    world.refused(admit, "not-open", by=CHAIR)
    world.refused(CallToOrder(meeting="meeting-1"), "not-open", by=CHAIR)


def test_delegates_of_other_bodies_are_convened_as_a_body() -> None:
    world = committee()
    world.act(EstablishBody(body="garrison", name="Garrison Conference", parent="committee"))
    world.state.bodies["garrison"].orders = world.state.bodies["committee"].orders
    world.act(SeatMember(body="garrison", member=MEMBER))
    world.act(meeting_in(21, body="garrison"), by=CLERK)
    assert world.state.meetings["meeting-1"].body == "garrison"


def test_meeting_takes_no_id_that_the_calendar_or_another_meeting_has() -> None:
    for register in ("calendar", "meetings"):
        world = convened()
        del getattr(world.state, register)["meeting-1"]
        world.refused(meeting_in(40), "exists", by=CHAIR)


def test_who_convened_a_meeting_may_arrange_it_and_its_host_not_its_notice() -> None:
    world = committee(orders(convening={"by": ["member"]}))
    world.act(ChargeHost(meeting="meeting-1", body="committee", host=OBSERVER), by=CHAIR)
    world.act(meeting_in(21), by=MEMBER)
    world.act(UnseatMember(body="committee", member=MEMBER))
    world.refused(AmendNotice(meeting="meeting-1", title="X"), "not-entitled", by=OBSERVER)
    world.act(AmendNotice(meeting="meeting-1", title="X"), by=MEMBER)
    world.act(CallOffMeeting(meeting="meeting-1"), by=MEMBER)


def test_meeting_in_confidence_takes_a_cover_that_nothing_else_is_called_by() -> None:
    world = committee()
    world.refused(meeting_in(21, in_confidence=True), "cover-missing", by=CHAIR)
    for taken in ("meeting-1", "no id"):
        secret = meeting_in(21, in_confidence=True, cover=taken)
        world.refused(secret, "exists" if taken != "no id" else "id-unfit", by=CHAIR)
    world.act(meeting_in(21, in_confidence=True, cover=COVER), by=CHAIR)
    world.refused(meeting_in(21, meeting="meeting-2", cover=COVER), "exists", by=CHAIR)
    world.refused(meeting_in(21, meeting=COVER), "exists", by=CHAIR)
    world.refused(meeting_in(21, meeting="meeting-2", cover="meeting-1"), "exists", by=CHAIR)


def test_entries_name_a_meeting_in_confidence_by_its_cover() -> None:
    world = committee()
    event = world.act(meeting_in(21, in_confidence=True, cover=COVER), by=CHAIR)[0]
    assert meeting_of(world.state, event) == "meeting-1"
    assert sitting_of(world.state, event) == COVER
    event = world.act(meeting_in(21, meeting="meeting-2"), by=CHAIR)[0]
    assert sitting_of(world.state, event) == "meeting-2"
