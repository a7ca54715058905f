"""Meetings that are moved to another day: their notice is checked afresh, and what hangs on them is shown first."""

from datetime import date, timedelta

import msgspec
import pytest

from quorate.assembly.calendar.events import AnnounceEvent
from quorate.assembly.calendar.rescheduling import MoveMeeting
from quorate.assembly.decisions.duties import ChargeWith
from quorate.assembly.items import due_on
from quorate.assembly.meetings.convening import CallOffMeeting
from quorate.assembly.model.calendar import Point
from quorate.assembly.roll import KEEPERS
from quorate.canon.moment import Day
from quorate.script.preset import load_preset
from tests.cast import CHAIR, HOLDER, MEMBER, NOON, World, convened


def move(n: int, *, hours: int = 0, **more: bool) -> MoveMeeting:
    """Move the meeting to so many days after it was convened."""
    at = NOON + timedelta(days=n, hours=hours)
    return MoveMeeting(meeting="meeting-1", day=Day(at.date()), starts_at=at, **more)


def early(**rule: object) -> World:
    """The meeting convened three weeks ahead, and it is still the day of the notice."""
    usual = load_preset("small-association")
    notice = msgspec.structs.replace(usual.notice, **rule)
    world = convened(msgspec.structs.replace(usual, notice=notice))
    world.now = NOON + timedelta(minutes=1)
    return world


def test_meeting_and_calendar_have_the_new_day_and_hour() -> None:
    world = early()
    world.act(move(28, hours=2), by=CHAIR)
    meeting, entry = world.state.meetings["meeting-1"], world.state.calendar["meeting-1"]
    assert meeting.starts_at == entry.at == NOON + timedelta(days=28, hours=2)
    assert meeting.day == entry.day == Day(date(2026, 3, 30))
    assert (meeting.short_notice_by, entry.moves) == (0, 1)


def test_only_those_who_arrange_a_meeting_move_it_and_only_before_it_begins() -> None:
    world = early()
    assert "secretary" in KEEPERS
    for person in (MEMBER, HOLDER):
        world.refused(move(28), "not-entitled", by=person)
    world.refused(MoveMeeting(meeting="none", day=Day(NOON.date()), starts_at=NOON), "unknown")
    world.act(CallOffMeeting(meeting="meeting-1"), by=CHAIR)
    world.refused(move(28), "not-open", by=CHAIR)


def test_new_day_is_to_come_and_agrees_with_the_hour() -> None:
    world = early()
    world.refused(move(-1), "day-past", by=CHAIR)
    odd = msgspec.structs.replace(move(28), day=Day(date(2026, 4, 2)))
    world.refused(odd, "day-unlike-instant", by=CHAIR)


@pytest.mark.parametrize(("n", "short_by"), [(8, 0), (7, 1), (1, 7), (0, 7)])
def test_short_notice_is_flagged_and_cured_by_moving_on(n: int, short_by: int) -> None:
    world = early()
    world.act(move(n), by=CHAIR)
    assert world.state.meetings["meeting-1"].short_notice_by == short_by
    assert ("short-notice:meeting-1" in world.state.open_items) == bool(short_by)
    world.act(move(n), by=CHAIR)
    world.act(move(28), by=CHAIR)
    assert "short-notice:meeting-1" not in world.state.open_items


def test_short_notice_is_refused_where_the_orders_refuse_it_unless_urgent() -> None:
    world = early(short="refused")
    world.refused(move(7), "notice-too-short", by=CHAIR)
    world = early(short="urgent", urgent_days=2)
    world.refused(move(7), "notice-too-short", by=CHAIR)
    world.refused(move(2, urgent=True), "notice-too-short", by=CHAIR)
    world.act(move(3, urgent=True), by=CHAIR)


def test_what_hangs_on_the_meeting_moves_with_it_once_troubles_are_confirmed() -> None:
    world = early()
    due = Point(event="meeting-1", days=-9)
    act = ChargeWith(duty="paper", bearer="body:committee", what="write", body="committee", due=due)
    world.act(act, by=CHAIR)
    after = Point(event="meeting-1", days=1)
    world.act(AnnounceEvent(event="social", title="Social", bodies=("committee",), anchor=after))
    refusal = world.refused(move(8), "would-break", by=CHAIR)
    assert [(each.what, each.effect) for each in refusal.facts["troubles"]] == [
        ("item:duty:paper", "overdue")
    ]
    world.act(move(8, confirm=True), by=CHAIR)
    assert due_on(world.state, world.state.open_items["duty:paper"]) == date(2026, 3, 1)
    assert world.state.calendar["social"].day == Day(date(2026, 3, 11))
