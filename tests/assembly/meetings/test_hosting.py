"""Hosting: the charge to prepare a meeting is open business until the meeting begins."""

import pytest

from quorate.assembly.meetings.admission import AdmitToMeeting
from quorate.assembly.meetings.convening import CallOffMeeting, MoveVenue
from quorate.assembly.meetings.hosting import AcceptHosting, ChargeHost, EndHosting
from quorate.assembly.meetings.sitting import CallToOrder
from quorate.assembly.organisation.bodies import EstablishBody
from tests.assembly.meetings.test_convening import meeting_in
from tests.cast import (
    CHAIR,
    MEMBER,
    OBSERVER,
    OUTSIDER,
    SECRETARY,
    TELLER,
    VOTERS,
    World,
    committee,
    sitting,
)

CHARGE = ChargeHost(meeting="meeting-1", body="committee", host=OBSERVER, text="Quietly.")
ITEM = "convocation:meeting-1"


@pytest.fixture
def charged() -> World:
    world = committee()
    world.act(CHARGE, by=CHAIR)
    return world


def disposal(world: World) -> str:
    (item,) = world.state.disposed_items.values()
    assert item.disposal is not None
    return item.disposal.how


def test_host_is_charged_before_the_meeting_is_convened(charged: World) -> None:
    item = charged.state.open_items[ITEM]
    assert (item.owner, item.body) == (f"person:{OBSERVER}", "committee")
    charged.act(meeting_in(21), by=CHAIR)
    assert charged.state.meetings["meeting-1"].host == OBSERVER


def test_host_can_be_charged_with_a_meeting_already_convened() -> None:
    world = committee()
    world.act(meeting_in(21), by=CHAIR)
    world.act(CHARGE, by=SECRETARY)
    assert world.state.meetings["meeting-1"].host == OBSERVER


def test_only_those_who_may_convene_charge_a_host() -> None:
    world = committee()
    world.refused(CHARGE, "not-entitled-to-convene", by=MEMBER)
    nobody = ChargeHost(meeting="meeting-1", body="committee", host="p-nobody")
    world.refused(nobody, "unknown", by=CHAIR)


def test_meeting_has_one_host_at_a_time(charged: World) -> None:
    another = ChargeHost(meeting="meeting-1", body="committee", host=TELLER)
    charged.refused(another, "host-charged", by=CHAIR)
    charged.act(EndHosting(meeting="meeting-1"), by=CHAIR)
    assert disposal(charged) == "relieved"
    charged.act(another, by=CHAIR)
    assert charged.state.open_items[ITEM].owner == f"person:{TELLER}"


def test_host_acknowledges_the_charge_once(charged: World) -> None:
    accept = AcceptHosting(meeting="meeting-1")
    charged.refused(accept, "not-the-host", by=MEMBER)
    before = charged.state.open_items[ITEM].next
    charged.act(accept, by=OBSERVER)
    assert charged.state.open_items[ITEM].next != before
    assert charged.state.hostings["meeting-1"].accepted
    charged.refused(accept, "hosting-accepted", by=OBSERVER)
    charged.refused(AcceptHosting(meeting="meeting-9"), "not-the-host", by=OBSERVER)


def test_host_may_decline_and_another_may_not(charged: World) -> None:
    charged.refused(EndHosting(meeting="meeting-1"), "not-the-host", by=MEMBER)
    charged.act(EndHosting(meeting="meeting-1"), by=OBSERVER)
    assert disposal(charged) == "declined"
    charged.refused(EndHosting(meeting="meeting-1"), "not-the-host", by=OBSERVER)


def test_meeting_whose_host_declined_has_none(charged: World) -> None:
    charged.act(meeting_in(21), by=CHAIR)
    charged.act(EndHosting(meeting="meeting-1"), by=OBSERVER)
    assert charged.state.meetings["meeting-1"].host == ""
    charged.refused(MoveVenue(meeting="meeting-1"), "not-entitled", by=OBSERVER)


def test_charge_ends_when_the_meeting_begins_and_the_meeting_remembers_its_host(
    charged: World,
) -> None:
    charged.act(meeting_in(21), by=CHAIR)
    charged.now = charged.state.meetings["meeting-1"].starts_at
    for person in VOTERS:
        charged.act(AdmitToMeeting(meeting="meeting-1", attendee=person), by=OBSERVER)
    charged.act(CallToOrder(meeting="meeting-1"), by=CHAIR)
    assert disposal(charged) == "held"
    assert charged.state.meetings["meeting-1"].host == OBSERVER
    charged.refused(EndHosting(meeting="meeting-1"), "not-the-host", by=OBSERVER)


def test_host_who_is_alarmed_moves_the_meeting_or_calls_it_off(charged: World) -> None:
    charged.act(meeting_in(21), by=CHAIR)
    charged.refused(MoveVenue(meeting="meeting-1"), "not-entitled", by=OUTSIDER)
    charged.act(MoveVenue(meeting="meeting-1", venue="Elsewhere"), by=OBSERVER)
    charged.act(CallOffMeeting(meeting="meeting-1", reason="A dog barks"), by=OBSERVER)
    assert disposal(charged) == "called-off"


def test_charge_and_meeting_are_of_one_body(charged: World) -> None:
    charged.act(EstablishBody(body="other", name="Other"))
    charged.state.bodies["other"].orders = charged.state.bodies["committee"].orders
    charged.refused(meeting_in(21, body="other"), "meeting-of-another-body")
    charged.act(meeting_in(21, meeting="meeting-2"), by=CHAIR)
    charge = ChargeHost(meeting="meeting-2", body="other", host=OBSERVER)
    charged.refused(charge, "meeting-of-another-body")


def test_nobody_is_charged_with_a_meeting_that_has_begun() -> None:
    sitting().refused(CHARGE, "not-open", by=CHAIR)
