"""Who has a vote and who counts at a meeting, kept while people come, go, are represented, lose their seats and get others."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from quorate.assembly.act import Act, Event, Stamp, evolve
from quorate.assembly.heads import counting
from quorate.assembly.meetings.admission import AdmitToMeeting, LiftAlias, RecordLeaving
from quorate.assembly.meetings.credentials import ChallengeCredentials, RuleOnCredentials
from quorate.assembly.meetings.proxies import GiveProxy, RevokeProxy
from quorate.assembly.organisation.membership import (
    AdmitMember,
    NameSubstitute,
    RecordDeparture,
    ReinstateMember,
    SeatMember,
    SuspendMember,
    UnseatMember,
)
from quorate.assembly.organisation.standing_orders import (
    AdoptStandingOrders,
    AmendStandingOrder,
    StandingOrderAmended,
    StandingOrdersAdopted,
)
from quorate.assembly.refusal import Refused
from tests.assembly.chamber import chamber
from tests.assembly.full_count import check_kept
from tests.cast import CLERK, HOLDER, MEMBER, OBSERVER, OUTSIDER, SECRETARY, VOTERS, World

MEETING = "meeting-1"
PEOPLE = st.sampled_from((*VOTERS[2:], OBSERVER, OUTSIDER))
ORDERS: dict[str, Any] = {
    "proxies": {"allowed": True, "per_holder": 5, "holders": "anyone"},
    "substitutes": {"allowed": True},
    "attendance": {"guests": True, "aliases": True},
}


class Heads(RuleBasedStateMachine):
    """A committee at its meeting; everything that may change who counts is done to anybody."""

    world: World

    @initialize(count=st.booleans())
    def convene(self, count: bool) -> None:
        self.world = chamber(**ORDERS, quorum={"number": 1, "proxies_count": count})
        self.given = 0
        self.check()

    def try_to(self, act: Act, by: str = CLERK) -> None:
        try:
            self.world.act(act, by=by)
        except Refused:
            return
        self.check()

    def check(self) -> None:
        check_kept(self.world.state, self.world.now.date())

    @rule(who=PEOPLE, capacity=st.sampled_from(("member", "substitute", "guest")), seat=PEOPLE)
    def come(self, who: str, capacity: Any, seat: str) -> None:
        seat = seat if capacity == "substitute" else ""
        act = AdmitToMeeting(
            meeting=MEETING, attendee=who, capacity=capacity, seat=seat, alias="Ivanov"
        )
        self.try_to(act, by=SECRETARY)
        self.try_to(msgspec.structs.replace(act, alias=""), by=SECRETARY)

    @rule(who=PEOPLE)
    def go(self, who: str) -> None:
        self.try_to(RecordLeaving(meeting=MEETING, attendee=who), by=SECRETARY)

    @rule(who=PEOPLE)
    def lift_alias(self, who: str) -> None:
        self.try_to(LiftAlias(meeting=MEETING, attendee=who), by=who)

    @rule(who=PEOPLE, sustained=st.booleans())
    def challenge(self, who: str, sustained: bool) -> None:
        self.try_to(ChallengeCredentials(meeting=MEETING, attendee=who), by=SECRETARY)
        act = RuleOnCredentials(meeting=MEETING, attendee=who, sustained=sustained)
        self.try_to(act, by=SECRETARY)

    @rule(giver=PEOPLE, holder=PEOPLE, here=st.booleans())
    def give_proxy(self, giver: str, holder: str, here: bool) -> None:
        self.given += 1
        act = GiveProxy(
            proxy=f"x-{self.given}",
            giver=giver,
            holder=holder,
            body="committee",
            meeting=MEETING if here else "",
        )
        self.try_to(act, by=giver)

    @rule(back=st.integers(0, 3))
    def revoke_proxy(self, back: int) -> None:
        self.try_to(RevokeProxy(proxy=f"x-{self.given - back}"))

    @rule(
        who=PEOPLE,
        weight=st.integers(0, 2),
        begins=st.integers(-1, 2),
        days=st.none() | st.integers(0, 3),
    )
    def seat(self, who: str, weight: int, begins: int, days: int | None) -> None:
        since = self.world.now.date() + timedelta(days=begins)
        until = None if days is None else since + timedelta(days=days)
        act = SeatMember(body="committee", member=who, weight=weight, since=since, until=until)
        self.try_to(act)

    @rule(who=PEOPLE)
    def unseat(self, who: str) -> None:
        self.try_to(UnseatMember(body="committee", member=who))

    @rule(who=PEOPLE, other=PEOPLE)
    def name_substitute(self, who: str, other: str) -> None:
        self.try_to(NameSubstitute(body="committee", member=who, substitute=other))

    @rule(who=PEOPLE)
    def suspend(self, who: str) -> None:
        self.try_to(SuspendMember(member=who, body="committee"))

    @rule(who=PEOPLE)
    def reinstate(self, who: str) -> None:
        self.try_to(ReinstateMember(member=who))

    @rule(who=PEOPLE)
    def depart(self, who: str) -> None:
        self.try_to(RecordDeparture(member=who))

    @rule(who=PEOPLE)
    def admit(self, who: str) -> None:
        self.try_to(AdmitMember(member=who))

    @rule(days=st.integers(1, 2))
    def wait(self, days: int) -> None:
        self.world.wait(days=days)
        self.check()

    @rule()
    def look_back(self) -> None:
        check_kept(self.world.state, self.world.now.date() - timedelta(days=1))

    @rule(count=st.booleans())
    def change_orders(self, count: bool) -> None:
        orders = self.world.state.bodies["committee"].orders
        assert orders is not None
        quorum = msgspec.structs.replace(orders.quorum, proxies_count=count)
        other = msgspec.structs.replace(orders, quorum=quorum)
        self.world.state.bodies["committee"].orders = None  # as if these were the first
        self.try_to(AdoptStandingOrders(body="committee", orders=other))


TestHeads = Heads.TestCase


@pytest.fixture
def represented() -> World:
    """The committee, with a member who has left and counts by proxy."""
    world = chamber(**ORDERS, quorum={"number": 1, "proxies_count": True})
    world.act(RecordLeaving(meeting=MEETING, attendee=MEMBER), by=MEMBER)
    assert MEMBER not in there(world)
    given = GiveProxy(proxy="x", giver=MEMBER, holder=HOLDER, body="committee")
    world.act(given, by=MEMBER)
    assert MEMBER in there(world)
    return world


@pytest.mark.parametrize(
    "act",
    [
        RevokeProxy(proxy="x"),
        RecordDeparture(member=HOLDER),
        RecordLeaving(meeting=MEETING, attendee=HOLDER),
        SuspendMember(member=MEMBER, body="committee"),
    ],
    ids=lambda act: type(act).__name__,
)
def test_who_counts_by_proxy_does_so_no_longer(represented: World, act: Act) -> None:
    represented.act(act)
    assert MEMBER not in there(represented)


@pytest.mark.parametrize("whole", [True, False])
def test_proxies_count_no_longer_once_the_orders_say_so(represented: World, whole: bool) -> None:
    body = represented.state.bodies["committee"]
    assert body.orders is not None
    quorum = msgspec.structs.replace(body.orders.quorum, proxies_count=False)
    if whole:
        orders = msgspec.structs.replace(body.orders, quorum=quorum)
        event: Event = StandingOrdersAdopted(
            act=AdoptStandingOrders(body="committee", orders=orders)
        )
    else:
        value = msgspec.to_builtins(quorum)
        act = AmendStandingOrder(body="committee", rule="quorum", value=value, decision="d")
        event = StandingOrderAmended(act=act)
    evolve(represented.state, event, Stamp(at=represented.now, by=CLERK))
    assert MEMBER not in there(represented)


def there(world: World) -> set[str]:
    meeting = world.state.meetings[MEETING]
    return set(counting(world.state, meeting, world.now.date()))
