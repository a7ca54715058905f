"""Sitting: order, the chair, recess, adjournment, and what a meeting leaves open."""

from datetime import date, timedelta
from typing import Any

import pytest

from quorate.assembly.act import Act
from quorate.assembly.items import due_on, open_business
from quorate.assembly.meetings.admission import AdmitToMeeting, RecordLeaving
from quorate.assembly.meetings.agenda import OpenItem, PlaceItem
from quorate.assembly.meetings.credentials import ChallengeCredentials
from quorate.assembly.meetings.floor import GrantFloor, RequestFloor
from quorate.assembly.meetings.reports import CallForReport
from quorate.assembly.meetings.sitting import (
    Adjourn,
    BusinessLeftOpen,
    CallToOrder,
    Recess,
    Resume,
    TakeChair,
    in_chair,
)
from quorate.assembly.model.division import Division
from quorate.assembly.organisation.bodies import VacateOffice
from quorate.assembly.refusal import Refused
from quorate.assembly.roll import orders_of
from quorate.script.preset import apply_changes, load_preset
from tests.cast import (
    CHAIR,
    CLERK,
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

MEETING = "meeting-1"
CALL = CallToOrder(meeting=MEETING)
ADJOURN = Adjourn(meeting=MEETING)


def admitted(*people: str, **changes: Any) -> World:
    world = convened(apply_changes(load_preset("small-association"), changes))
    for person in people:
        world.act(AdmitToMeeting(meeting=MEETING, attendee=person), by=SECRETARY)
    return world


@pytest.fixture
def world() -> World:
    return sitting()


def test_chair_by_office_calls_to_order() -> None:
    world = admitted(*VOTERS)
    assert world.kinds(world.act(CALL, by=CHAIR)) == ["meeting.opened"]
    assert in_chair(world.state, MEETING, CHAIR)
    world.refused(CALL, "not-open", by=CHAIR)


def test_nobody_else_presides_while_the_chair_is_there() -> None:
    world = admitted(*VOTERS)
    world.refused(CALL, "not-to-preside", by=SECRETARY)
    world.refused(CallToOrder(meeting=MEETING, chair=MEMBER), "not-to-preside", by=CHAIR)
    world.act(CallToOrder(meeting=MEETING, chair=CHAIR), by=SECRETARY)
    assert in_chair(world.state, MEETING, CHAIR)


def test_member_presides_pro_tem_while_the_chair_is_absent() -> None:
    world = admitted(*VOTERS[1:])
    world.refused(CALL, "not-present", by=CHAIR)
    world.refused(CallToOrder(meeting=MEETING, chair=MEMBER), "not-entitled", by=TELLER)
    world.act(CallToOrder(meeting=MEETING, chair=MEMBER), by=SECRETARY)
    assert in_chair(world.state, MEETING, MEMBER)


def test_former_chair_does_not_keep_others_from_presiding() -> None:
    world = admitted(*VOTERS)
    world.act(VacateOffice(office="committee.chair"), by=CHAIR)
    world.act(CALL, by=MEMBER)


def test_guest_does_not_preside() -> None:
    world = admitted(*VOTERS[1:])
    guest = AdmitToMeeting(meeting=MEETING, attendee=OBSERVER, capacity="guest")
    world.act(guest, by=SECRETARY)
    world.refused(CallToOrder(meeting=MEETING, chair=OBSERVER), "not-a-member", by=SECRETARY)


def test_meeting_does_not_begin_before_its_hour() -> None:
    world = admitted(*VOTERS)
    meeting = world.state.meetings[MEETING]
    world.now = meeting.starts_at - timedelta(seconds=2)  # each act takes a second
    world.refused(CALL, "too-early", by=CHAIR)
    world.act(CALL, by=CHAIR)
    assert meeting.called_at == world.now == meeting.starts_at


def test_chair_is_handed_over_and_taken_back(world: World) -> None:
    take = TakeChair(meeting=MEETING, chair=MEMBER)
    world.refused(take, "not-in-chair", by=MEMBER)
    world.act(take, by=CHAIR)
    assert in_chair(world.state, MEETING, MEMBER)
    assert not in_chair(world.state, MEETING, CHAIR)
    world.refused(TakeChair(meeting=MEETING, chair=TELLER), "not-in-chair", by=CHAIR)
    world.act(TakeChair(meeting=MEETING, chair=CHAIR), by=CHAIR)
    assert in_chair(world.state, MEETING, CHAIR)


def test_chair_is_taken_only_while_the_meeting_lasts(world: World) -> None:
    take = TakeChair(meeting=MEETING, chair=MEMBER)
    admitted(*VOTERS).refused(take, "not-open", by=CHAIR)
    world.act(ADJOURN, by=CHAIR)
    world.refused(take, "not-open", by=CHAIR)


def test_chair_is_not_handed_to_who_is_absent_or_a_guest(world: World) -> None:
    world.refused(TakeChair(meeting=MEETING, chair=OBSERVER), "not-present", by=CHAIR)
    guest = AdmitToMeeting(meeting=MEETING, attendee=OBSERVER, capacity="guest")
    world.act(guest, by=SECRETARY)
    world.refused(TakeChair(meeting=MEETING, chair=OBSERVER), "not-a-member", by=CHAIR)


def test_vacant_chair_is_filled_by_those_who_are_there(world: World) -> None:
    world.act(RecordLeaving(meeting=MEETING, attendee=CHAIR), by=CHAIR)
    refusal = world.refused(ADJOURN, "not-in-chair", by=CHAIR)
    assert refusal.facts["chair"] == ""
    world.refused(TakeChair(meeting=MEETING, chair=MEMBER), "not-present", by=OUTSIDER)
    world.act(TakeChair(meeting=MEETING, chair=MEMBER), by=TELLER)
    world.act(ADJOURN, by=MEMBER)


def test_no_business_is_done_in_recess(world: World) -> None:
    world.refused(Resume(meeting=MEETING), "not-open", by=CHAIR)
    world.refused(Recess(meeting=MEETING), "not-in-chair", by=MEMBER)
    world.refused(Recess(meeting=MEETING, until=world.now), "recess-backwards", by=CHAIR)
    world.act(Recess(meeting=MEETING, until=world.now + timedelta(hours=1)), by=CHAIR)
    world.refused(RequestFloor(turn="t", meeting=MEETING), "not-open", by=MEMBER)
    world.refused(Resume(meeting=MEETING), "not-in-chair", by=MEMBER)
    world.act(Resume(meeting=MEETING), by=CHAIR)
    world.act(RequestFloor(turn="t", meeting=MEETING), by=MEMBER)


def test_adjourned_meeting_owes_its_minutes(world: World) -> None:
    world.refused(ADJOURN, "not-in-chair", by=MEMBER)
    events = world.act(ADJOURN, by=CHAIR)
    assert world.kinds(events) == ["meeting.adjourned"]
    item = world.state.open_items[f"minutes:{MEETING}"]
    assert item.owner == "office:committee.secretary"
    days = orders_of(world.state.bodies["committee"]).minutes.due_days
    due = None if days is None else world.now.date() + timedelta(days=days)
    assert due_on(world.state, item) == due
    world.refused(ADJOURN, "not-open", by=CHAIR)


@pytest.mark.parametrize(
    ("drafted_by", "owner"), [("clerk", f"person:{CLERK}"), ("scribe", "body:committee")]
)
def test_minutes_are_owed_by_whom_the_orders_name(drafted_by: str, owner: str) -> None:
    rule = {"drafted_by": drafted_by, "due_days": 3}
    world = admitted(*VOTERS, minutes=rule)
    world.act(CALL, by=CHAIR)
    world.act(ADJOURN, by=CHAIR)
    item = world.state.open_items[f"minutes:{MEETING}"]
    assert item.owner == owner
    assert due_on(world.state, item) == world.now.date() + timedelta(days=3)


def test_adjourning_names_what_is_left_open_and_drops_nothing(world: World) -> None:
    world.act(ChallengeCredentials(meeting=MEETING, attendee=MEMBER), by=TELLER)
    report = CallForReport(body="committee", source="Okhta", owner=f"person:{MEMBER}")
    world.act(report, by=SECRETARY)
    before = open_business(world.state, date.max)
    event = world.act(ADJOURN, by=CHAIR)[1]
    expected = (f"challenge:{MEETING}/{MEMBER}", "report:committee/Okhta")
    assert event == BusinessLeftOpen(meeting=MEETING, items=expected)
    assert world.state.meetings[MEETING].left_open == expected
    assert [item for item in open_business(world.state, date.max) if item in before] == before


def test_adjourning_leaves_agenda_and_floor_in_order(world: World) -> None:
    for item in ("a", "b"):
        world.act(PlaceItem(meeting=MEETING, item=item, title=item), by=CHAIR)
    world.act(OpenItem(meeting=MEETING, item="a"), by=CHAIR)
    world.act(RequestFloor(turn="t", meeting=MEETING), by=MEMBER)
    world.act(GrantFloor(meeting=MEETING, turn="t"), by=CHAIR)
    world.act(ADJOURN, by=CHAIR)
    meeting = world.state.meetings[MEETING]
    assert [each.status for each in meeting.agenda.values()] == ["carried-over", "carried-over"]
    assert meeting.speaking == ""
    assert meeting.turns["t"].yielded_at == meeting.adjourned_at == world.now


def test_meeting_does_not_adjourn_while_a_vote_is_taken(world: World) -> None:
    division = Division(
        id="d",
        motion="m",
        body="committee",
        meeting=MEETING,
        method="roll-call",
        rule=orders_of(world.state.bodies["committee"]).majorities.usual,
        opened_on=world.now.date(),
        opened_seq=0,
    )
    world.state.divisions["d"] = division
    world.refused(ADJOURN, "division-open", by=CHAIR)
    division.status = "closed"
    world.act(ADJOURN, by=CHAIR)


def test_every_act_of_the_chair_is_refused_to_everybody_else() -> None:
    acts: list[Act] = [
        Recess(meeting=MEETING),
        ADJOURN,
        TakeChair(meeting=MEETING, chair=MEMBER),
    ]
    for act in acts:
        for person in (*VOTERS, CLERK, OUTSIDER):
            world = sitting()
            if person == CHAIR:
                world.act(act, by=person)
                continue
            with pytest.raises(Refused, match="not-in-chair"):
                world.act(act, by=person)
