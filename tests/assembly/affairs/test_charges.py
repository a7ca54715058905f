"""Charges: brought, made known, heard, stood back from, taken back."""

import pytest

from quorate.assembly.affairs.charges import (
    BringCharge,
    HearAccused,
    NotifyAccused,
    RecuseFrom,
    WithdrawCharge,
)
from quorate.assembly.affairs.discipline import MoveDiscipline
from quorate.assembly.divisions.register import recused_from
from quorate.assembly.meetings.sitting import Adjourn
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.assembly.organisation.membership import RecordDeparture, SuspendMember
from quorate.assembly.organisation.standing_orders import AdoptStandingOrders
from tests.assembly.on_record import moved, orders_with
from tests.cast import (
    CHAIR,
    CLERK,
    HOLDER,
    MEMBER,
    OBSERVER,
    OUTSIDER,
    SECRETARY,
    TELLER,
    World,
    committee,
    sitting,
)

CHARGE = BringCharge(
    charge="c-1",
    accused=MEMBER,
    body="committee",
    grounds=("breach of confidence", "breach of a decision"),
    text="They told.",
)
HEARD = HearAccused(charge="c-1", how="present", text="I did not.")


@pytest.fixture
def world() -> World:
    world = committee()
    world.act(CHARGE, by=OBSERVER)
    return world


def test_charge_is_open_business_of_the_body(world: World) -> None:
    item = world.state.open_items["charge:c-1"]
    assert (item.owner, item.next) == ("body:committee", "notify-accused")
    world.refused(CHARGE, "exists", by=OBSERVER)


def test_members_charge_members_and_say_why() -> None:
    world = committee()
    world.refused(CHARGE, "not-entitled", by=OUTSIDER)
    for accused, code in ((OUTSIDER, "unknown"), (HOLDER, "not-a-member")):
        if accused == HOLDER:
            world.act(RecordDeparture(member=HOLDER))
        act = BringCharge(charge="c-1", accused=accused, body="committee", grounds=("noise",))
        world.refused(act, code, by=CHAIR)
    silent = BringCharge(charge="c-1", accused=MEMBER, body="committee", grounds=())
    world.refused(silent, "no-grounds", by=CHAIR)
    about = BringCharge(
        charge="c-1", accused=MEMBER, body="committee", grounds=("x",), publication="x-1"
    )
    world.refused(about, "unknown", by=CHAIR)
    world.act(EstablishBody(body="bare", name="No orders yet"))
    bare = BringCharge(charge="c-1", accused=MEMBER, body="bare", grounds=("x",))
    world.refused(bare, "no-standing-orders", by=CHAIR)
    world.act(SuspendMember(member=TELLER, body="committee"))
    world.act(BringCharge(charge="c-1", accused=TELLER, body="committee", grounds=("x",)), by=CHAIR)


def test_accused_is_notified_once_by_who_keeps_the_books(world: World) -> None:
    world.refused(NotifyAccused(charge="c-1"), "not-entitled", by=OBSERVER)
    world.refused(NotifyAccused(charge="c-9"), "unknown", by=SECRETARY)
    world.act(NotifyAccused(charge="c-1"), by=SECRETARY)
    assert world.state.charges["c-1"].notified_on == world.now.date()
    assert world.state.open_items["charge:c-1"].next == "hear-accused"
    world.refused(NotifyAccused(charge="c-1"), "already-notified", by=SECRETARY)


@pytest.mark.parametrize("how", ["present", "declined", "absent"])
def test_hearing_waits_for_seven_clear_days_of_notice(world: World, how: str) -> None:
    hear = HearAccused(charge="c-1", how=how)  # type: ignore[arg-type]
    world.refused(hear, "not-notified", by=CHAIR)
    world.act(NotifyAccused(charge="c-1"), by=SECRETARY)
    world.wait(days=7)
    refusal = world.refused(hear, "hearing-too-soon", by=CHAIR)
    assert (refusal.facts["clear"], refusal.facts["needed"]) == (6, 7)
    assert refusal.clause.clause == "7.1"
    world.wait(days=1)
    world.refused(hear, "not-entitled", by=MEMBER)
    world.act(hear, by=CHAIR)
    charge = world.state.charges["c-1"]
    assert (charge.heard_how, charge.heard_on) == (how, world.now.date())
    item = world.state.open_items["charge:c-1"]
    assert item.next == "decide-measure"


def test_without_days_of_notice_the_hearing_may_be_on_the_same_day() -> None:
    world = committee(orders_with(discipline={"notice_days": 0}))
    world.act(CHARGE, by=OBSERVER)
    world.refused(HEARD, "not-notified", by=CHAIR)
    world.act(NotifyAccused(charge="c-1"), by=SECRETARY)
    world.act(HEARD, by=CHAIR)


def test_hearing_at_a_meeting_is_at_one_of_the_body_while_it_sits() -> None:
    world = sitting(orders_with(discipline={"notice_days": 0}))
    world.act(CHARGE, by=OBSERVER)
    world.act(NotifyAccused(charge="c-1"), by=SECRETARY)
    at_meeting = HearAccused(charge="c-1", how="present", meeting="meeting-1")
    world.act(EstablishBody(body="other", name="Another body"))
    world.act(AdoptStandingOrders(body="other", orders=orders_with(discipline={"notice_days": 0})))
    elsewhere = BringCharge(charge="c-2", accused=MEMBER, body="other", grounds=("x",))
    world.act(elsewhere, by=CHAIR)
    world.act(NotifyAccused(charge="c-2"))
    world.refused(HearAccused(charge="c-2", how="present", meeting="meeting-1"), "of-another-body")
    world.act(at_meeting, by=CHAIR)
    world.act(Adjourn(meeting="meeting-1"), by=CHAIR)
    world.refused(at_meeting, "not-open", by=CHAIR)


def test_accused_and_accuser_are_recused_and_others_may_be(world: World) -> None:
    moved(world, "m-1", kind="discipline", target="c-1")
    moved(world, "m-2")
    world.refused(RecuseFrom(charge="c-1"), "already-recused", by=MEMBER)
    world.refused(RecuseFrom(charge="c-1"), "not-a-member", by=OUTSIDER)
    world.act(RecuseFrom(charge="c-1"), by=TELLER)
    motions = world.state.motions
    assert recused_from(world.state, motions["m-1"]) == {MEMBER, OBSERVER, TELLER}
    assert recused_from(world.state, motions["m-2"]) == frozenset()


def test_orders_may_recuse_nobody() -> None:
    world = committee(orders_with(discipline={"recusal": False}))
    world.act(CHARGE, by=CHAIR)
    assert world.state.charges["c-1"].recused == ()


def test_who_charges_themselves_is_recused_once() -> None:
    world = committee()
    world.act(CHARGE, by=MEMBER)
    assert world.state.charges["c-1"].recused == (MEMBER,)


def test_accuser_may_take_the_charge_back(world: World) -> None:
    world.refused(WithdrawCharge(charge="c-1"), "not-accuser", by=CLERK)
    world.act(WithdrawCharge(charge="c-1"), by=OBSERVER)
    assert not world.state.open_items
    charge = world.state.charges["c-1"]
    assert (charge.measure, charge.measure_on) == ("withdrawn", world.now.date())
    for act in (
        WithdrawCharge(charge="c-1"),
        RecuseFrom(charge="c-1"),
        NotifyAccused(charge="c-1"),
        HEARD,
    ):
        world.refused(act, "not-open", by=CHAIR if act is HEARD else OBSERVER)


def test_charge_is_not_taken_back_while_a_measure_is_to_be_decided(world: World) -> None:
    moved(world, "m-1", kind="discipline", target="c-1")
    world.act(MoveDiscipline(charge="c-1", motion="m-1", measure="none"), by=CHAIR)
    world.refused(WithdrawCharge(charge="c-1"), "measure-pending", by=OBSERVER)
    world.state.motions["m-1"].status = "withdrawn"
    world.act(WithdrawCharge(charge="c-1"), by=OBSERVER)
