"""Reports: called for, given, noted; recorded as they are."""

from datetime import date, timedelta
from typing import Any

import pytest

from quorate.assembly.items import due_on, is_overdue
from quorate.assembly.meetings.admission import AdmitToMeeting
from quorate.assembly.meetings.reports import CallForReport, GiveReport, TakeNote, WithdrawCall
from quorate.assembly.model.calendar import Point
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.assembly.organisation.membership import SeatMember
from quorate.canon.moment import parse_day
from quorate.script.preset import apply_changes, load_preset
from tests.cast import CHAIR, MEMBER, OBSERVER, OUTSIDER, SECRETARY, World, committee, sitting

MEETING = "meeting-1"
ITEM = "report:committee/Okhta"


def report(key: str = "r", **given: Any) -> GiveReport:
    fields = {"source": "Okhta", "level": "bad"} | given
    return GiveReport(report=key, **fields)


def call(**given: Any) -> CallForReport:
    fields = {"body": "committee", "source": "Okhta", "owner": f"person:{OBSERVER}"} | given
    return CallForReport(**fields)


@pytest.fixture
def world() -> World:
    return sitting()


def test_report_is_kept_as_it_was_given(world: World) -> None:
    dated = parse_day("1917-10-16 O.S.")
    act = report(
        meeting=MEETING,
        condition="if the Soviet calls",
        dated=dated,
        counts={"denounce": 15, "present": 18},
        text="All would answer.",
    )
    world.act(act, by=MEMBER)
    kept = world.state.reports["r"]
    assert (kept.reporter, kept.source, kept.level) == (MEMBER, "Okhta", "bad")
    assert (kept.condition, kept.dated) == ("if the Soviet calls", dated)
    assert kept.counts == {"denounce": 15, "present": 18}
    assert (kept.body, kept.meeting, kept.text) == ("committee", MEETING, "All would answer.")
    assert world.state.meetings[MEETING].reports == ["r"]
    world.refused(act, "exists", by=MEMBER)


def test_report_is_given_at_a_meeting_or_to_a_body(world: World) -> None:
    world.refused(report(), "body-unclear", by=MEMBER)
    world.refused(report(meeting=MEETING, body="committee"), "body-unclear", by=MEMBER)
    world.act(report(body="committee"), by=MEMBER)
    assert world.state.meetings[MEETING].reports == []


def test_figures_are_not_negative(world: World) -> None:
    world.refused(report(body="committee", counts={"ready": -1}), "count-negative", by=MEMBER)
    world.act(report(body="committee", counts={"ready": 0}), by=MEMBER)


def test_who_reports_is_a_member_or_called_for_or_of_the_source(world: World) -> None:
    outside = report(body="committee")
    world.refused(outside, "not-a-reporter", by=OBSERVER)
    world.act(call(), by=CHAIR)
    world.refused(outside, "not-a-reporter", by=OUTSIDER)
    world.act(outside, by=OBSERVER)
    world.refused(report("s", body="committee"), "not-a-reporter", by=OBSERVER)
    world.act(EstablishBody(body="garrison", name="Garrison"))
    world.act(SeatMember(body="garrison", member=OBSERVER))
    world.act(report("t", body="committee", source="garrison"), by=OBSERVER)


def test_reporter_at_a_meeting_is_there_and_may_speak() -> None:
    changes = {"attendance": {"guests_speak": False}}
    world = sitting(apply_changes(load_preset("small-association"), changes))
    world.act(call(), by=CHAIR)
    world.refused(report(meeting=MEETING), "not-present", by=OBSERVER)
    guest = AdmitToMeeting(meeting=MEETING, attendee=OBSERVER, capacity="guest")
    world.act(guest, by=SECRETARY)
    world.refused(report(meeting=MEETING), "guests-may-not-speak", by=OBSERVER)
    world.act(report(meeting=MEETING), by=MEMBER)


def test_report_called_for_is_open_business_until_it_is_given(world: World) -> None:
    due = world.now.date() + timedelta(days=2)
    act = call(due=Point(on=due))
    world.refused(act, "not-entitled", by=MEMBER)
    world.refused(call(owner="person:p-nobody"), "not-a-reference", by=CHAIR)
    world.refused(call(due=Point()), "point-unclear", by=CHAIR)
    world.act(act, by=SECRETARY)
    world.refused(act, "already-called", by=CHAIR)
    item = world.state.open_items[ITEM]
    assert (item.owner, due_on(world.state, item)) == (f"person:{OBSERVER}", due)
    assert not is_overdue(world.state, item, due)
    assert is_overdue(world.state, item, date.max)
    world.act(report("other", body="committee", source="Kronstadt"), by=MEMBER)
    assert ITEM in world.state.open_items
    world.act(report(body="committee"), by=OBSERVER)
    assert ITEM not in world.state.open_items
    world.act(act, by=SECRETARY)


def test_call_that_is_needed_no_longer_is_withdrawn(world: World) -> None:
    withdraw = WithdrawCall(body="committee", source="Okhta")
    world.refused(withdraw, "not-called", by=CHAIR)
    world.act(call(), by=CHAIR)
    world.refused(withdraw, "not-entitled", by=MEMBER)
    world.act(withdraw, by=CHAIR)
    assert ITEM not in world.state.open_items


def test_meeting_takes_note_once_of_a_report_to_its_body(world: World) -> None:
    note = TakeNote(meeting=MEETING, report="r")
    world.refused(note, "unknown", by=CHAIR)
    world.act(report(body="committee"), by=MEMBER)
    world.refused(note, "not-in-chair", by=MEMBER)
    world.act(note, by=CHAIR)
    assert world.state.reports["r"].noted
    world.refused(note, "already-noted", by=CHAIR)


def test_meeting_takes_no_note_of_what_was_told_to_another_body(world: World) -> None:
    world.act(EstablishBody(body="garrison", name="Garrison"))
    world.act(SeatMember(body="garrison", member=OBSERVER))
    world.act(report(body="garrison"), by=OBSERVER)
    world.refused(TakeNote(meeting=MEETING, report="r"), "given-elsewhere", by=CHAIR)


def test_no_report_is_given_at_a_meeting_that_is_not_sitting() -> None:
    world = committee()
    world.refused(report(meeting=MEETING), "unknown", by=MEMBER)
    world = sitting()
    world.state.meetings[MEETING].status = "recess"
    world.refused(report(meeting=MEETING), "not-open", by=MEMBER)
