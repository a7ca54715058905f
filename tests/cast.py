"""The cast: one small organisation that every layer's tests use, and the given–when–then in which rules are tested."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from quorate.assembly import house  # noqa: F401  every subject registers its rules
from quorate.assembly.act import Act, Event, Stamp, carry_out, kind_of
from quorate.assembly.due import next_ending
from quorate.assembly.meetings.admission import AdmitToMeeting
from quorate.assembly.meetings.convening import ConveneMeeting
from quorate.assembly.meetings.sitting import CallToOrder
from quorate.assembly.model.orders import StandingOrders
from quorate.assembly.model.organisation import PersonalName
from quorate.assembly.organisation.bodies import (
    CreateOffice,
    EstablishBody,
    FillOffice,
    FoundOrganisation,
)
from quorate.assembly.organisation.membership import AdmitMember, SeatMember
from quorate.assembly.organisation.standing_orders import AdoptStandingOrders
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.canon.moment import Day
from quorate.script.preset import load_preset

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CHAIR, SECRETARY, TELLER, TELLER2 = "p-chair", "p-secretary", "p-teller", "p-teller2"
MEMBER, HOLDER, OBSERVER, OUTSIDER = "p-member", "p-holder", "p-observer", "p-outsider"
CLERK = "p-clerk"
COVER = "m-k3xw9qp2tz"
"""What stands for `meeting-1` where everybody reads it, if it is in confidence."""
VOTERS = (CHAIR, SECRETARY, TELLER, TELLER2, MEMBER, HOLDER)


class World:
    """A state, a clock that ticks a second an act, and what every act came to."""

    def __init__(self) -> None:
        self.state = State()
        self.now = NOON
        self.events: list[Event] = []

    def act(self, act: Act, by: str = CLERK, **stamp: str) -> list[Event]:
        """Carry an act out; its events."""
        self.now += timedelta(seconds=1)
        self.end_what_is_due()
        return self.carry_out(act, Stamp(at=self.now, by=by, **stamp))

    def end_what_is_due(self, ahead: int = 0) -> None:
        """End by time what has fallen due, as whoever keeps a record does before each act; `ahead` is in seconds."""
        until = self.now + timedelta(seconds=ahead)
        while due := next_ending(self.state, until):
            self.carry_out(due.act, Stamp(at=due.at, by=self.state.house().clerk))

    def carry_out(self, act: Act, stamp: Stamp) -> list[Event]:
        """Carry an act out under a stamp; its events."""
        came = carry_out(self.state, act, stamp)
        self.events += came
        return came

    def refused(self, act: Act, code: str, by: str = CLERK, **stamp: str) -> Refused:
        """The refusal of an act; fails the test if it is carried out, or has another code, or left a trace."""
        self.end_what_is_due(ahead=1)
        before = self.state.size
        with pytest.raises(Refused) as caught:
            self.act(act, by, **stamp)
        assert caught.value.code == code, str(caught.value)
        assert str(caught.value)
        assert self.state.size == before
        return caught.value

    def wait(self, **spell: float) -> None:
        """Let time pass."""
        self.now += timedelta(**spell)

    def kinds(self, events: list[Event]) -> list[str]:
        """The kinds of events."""
        return [kind_of(type(event)) for event in events]


def founded() -> World:
    """An organisation with its clerk and a committee whose chair and secretary are in office."""
    world = World()
    world.act(
        FoundOrganisation(
            organisation="co-op",
            name="The Co-operative",
            clerk=CLERK,
            person=PersonalName(name="The Clerk", handle="clerk"),
        )
    )
    world.act(EstablishBody(body="committee", name="The Committee", seats=7))
    return world


def committee(orders: StandingOrders | None = None) -> World:
    """The committee at work: the cast admitted (not the outsider), the voters seated, chair and secretary in office.

    Its orders are those of the preset `small-association` unless others are given.
    """
    world = founded()
    for person in (*VOTERS, OBSERVER):
        world.act(AdmitMember(member=person, person=PersonalName(name=person.title())))
    for person in VOTERS:
        world.act(SeatMember(body="committee", member=person))
    for role, holder in (("chair", CHAIR), ("secretary", SECRETARY)):
        office = f"committee.{role}"
        world.act(CreateOffice(office=office, body="committee", role=role, name=role.title()))
        world.act(FillOffice(office=office, holder=holder))
    adopted = orders or load_preset("small-association")
    world.act(AdoptStandingOrders(body="committee", orders=adopted))
    return world


def convened(orders: StandingOrders | None = None, **changes: Any) -> World:
    """The committee, with `meeting-1` convened by its chair for three weeks ahead; nobody is there yet, and it is the hour.

    What is named in `changes` is changed in the act that convenes it.
    """
    world = committee(orders)
    starts_at = NOON + timedelta(days=21)
    act = ConveneMeeting(
        meeting="meeting-1",
        body="committee",
        title="Ordinary meeting",
        starts_at=starts_at,
        day=Day(starts_at.date()),
    )
    cover = COVER if changes.get("in_confidence") else ""
    world.act(msgspec.structs.replace(act, **{"cover": cover} | changes), by=CHAIR)
    world.now = starts_at
    return world


def sitting(orders: StandingOrders | None = None, **changes: Any) -> World:
    """`meeting-1` of the committee called to order by its chair, with every voter there."""
    world = convened(orders, **changes)
    for person in VOTERS:
        world.act(AdmitToMeeting(meeting="meeting-1", attendee=person), by=SECRETARY)
    world.act(CallToOrder(meeting="meeting-1"), by=CHAIR)
    return world
