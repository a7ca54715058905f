"""Measures of discipline and their effects."""

from datetime import date
from typing import Any

import pytest

from quorate.assembly.affairs.charges import BringCharge, HearAccused, NotifyAccused, WithdrawCharge
from quorate.assembly.affairs.discipline import MoveDiscipline
from quorate.assembly.organisation.bodies import CreateOffice, EstablishBody, FillOffice
from quorate.assembly.organisation.membership import RecordDeparture, SuspendMember
from quorate.assembly.roll import seat_of
from quorate.canon.moment import Day
from tests.assembly.on_record import decided, moved, orders_with
from tests.cast import (
    CHAIR,
    CLERK,
    HOLDER,
    MEMBER,
    OBSERVER,
    SECRETARY,
    TELLER,
    World,
    committee,
)


def charged(accused: str = MEMBER, *, by: str = OBSERVER, **discipline: Any) -> World:
    """A charge before the committee, and a discipline motion on it by the chair."""
    world = committee(orders_with(discipline={"notice_days": 0} | discipline))
    world.act(
        BringCharge(charge="c-1", accused=accused, body="committee", grounds=("noise",)), by=by
    )
    moved(world, "m-1", kind="discipline", target="c-1")
    return world


def heard(accused: str = MEMBER) -> World:
    world = charged(accused)
    world.act(NotifyAccused(charge="c-1"), by=SECRETARY)
    world.act(HearAccused(charge="c-1", how="declined"), by=CHAIR)
    return world


def propose(measure: str, motion: str = "m-1", **more: Any) -> MoveDiscipline:
    return MoveDiscipline(charge="c-1", motion=motion, measure=measure, **more)  # type: ignore[arg-type]


def adopted(world: World, measure: str, **more: Any) -> World:
    world.act(propose(measure, **more), by=CHAIR)
    assert world.kinds(decided(world, "m-1", "adopted")) == ["measure.taken"]
    return world


@pytest.mark.parametrize("measure", ["censure", "suspend", "remove", "expel"])
def test_no_measure_is_moved_without_a_hearing(measure: str) -> None:
    world = charged()
    refusal = world.refused(propose(measure), "no-hearing", by=CHAIR)
    assert refusal.clause.clause == "7.1"
    world.act(NotifyAccused(charge="c-1"), by=SECRETARY)
    world.refused(propose(measure), "no-hearing", by=CHAIR)
    world.act(HearAccused(charge="c-1", how="absent"), by=SECRETARY)
    world.act(propose(measure), by=CHAIR)


def test_without_hearings_the_notice_must_still_have_run() -> None:
    world = charged(hearing=False, notice_days=7)
    world.refused(propose("expel"), "not-notified", by=CHAIR)
    world.act(NotifyAccused(charge="c-1"), by=SECRETARY)
    world.wait(days=7)
    world.refused(propose("expel"), "hearing-too-soon", by=CHAIR)
    world.wait(days=1)
    world.act(propose("expel"), by=CHAIR)


def test_orders_may_ask_for_neither_notice_nor_hearing() -> None:
    adopted(charged(hearing=False), "censure")


def test_finding_that_nothing_is_called_for_needs_no_hearing() -> None:
    world = adopted(charged(), "none")
    assert not world.state.open_items
    assert world.state.charges["c-1"].measure == "none"


def test_accused_and_accuser_move_no_measure() -> None:
    world = heard()
    for mover in (MEMBER, OBSERVER):
        moved(world, "m-2", kind="discipline", target="c-1", mover=mover)
        world.refused(propose("expel", "m-2"), "recused", by=CHAIR)
        world.refused(propose("expel", "m-2"), "recused", by=mover)
    world.refused(propose("expel"), "not-entitled", by=OBSERVER)


def test_recused_chair_does_not_say_what_a_motion_proposes() -> None:
    world = charged(by=SECRETARY)
    world.refused(propose("none"), "recused", by=SECRETARY)
    world.act(propose("none"), by=CHAIR)


def test_measure_goes_with_an_undecided_discipline_motion_on_the_charge() -> None:
    world = heard()
    moved(world, "main", target="c-1")
    moved(world, "elsewhere", kind="discipline", target="c-2")
    moved(world, "put", kind="discipline", target="c-1", status="put")
    moved(world, "foreign", kind="discipline", target="c-1", body="other")
    for motion in ("main", "elsewhere", "put", "foreign"):
        world.refused(propose("expel", motion), "no-such-measure", by=CHAIR)
    world.refused(propose("expel", "m-9"), "unknown", by=CHAIR)
    world.refused(MoveDiscipline(charge="c-9", motion="m-1", measure="none"), "unknown", by=CHAIR)
    world.act(propose("expel"), by=CHAIR)


def test_measure_is_clear_before_it_is_moved() -> None:
    world = heard()
    day = Day(date(2026, 12, 31))
    world.refused(propose("expel", until=day), "measure-unclear", by=CHAIR)
    world.refused(propose("expel", office="committee.chair"), "measure-unclear", by=CHAIR)
    world.refused(propose("remove", office="committee.chair"), "measure-unclear", by=CHAIR)
    world.refused(propose("remove", office="no.such"), "unknown", by=CHAIR)
    world.act(EstablishBody(body="other", name="Another body"))
    world.act(CreateOffice(office="other.chair", body="other", role="chair", name="Chair"))
    world.act(FillOffice(office="other.chair", holder=MEMBER))
    world.refused(propose("remove", office="other.chair"), "measure-unclear", by=CHAIR)
    world.refused(propose("censure", until=day), "measure-unclear", by=CHAIR)


def test_who_has_no_seat_cannot_be_removed_from_it() -> None:
    world = charged(OBSERVER, by=TELLER)
    world.act(NotifyAccused(charge="c-1"), by=SECRETARY)
    world.act(HearAccused(charge="c-1", how="present"), by=CHAIR)
    world.refused(propose("remove"), "not-a-member", by=CHAIR)


def test_clerk_is_not_expelled_while_keeping_the_record() -> None:
    world = heard(CLERK)
    world.refused(propose("expel"), "keeps-the-record", by=CHAIR)
    world.act(propose("censure"), by=CHAIR)


def test_censure_changes_no_right() -> None:
    world = adopted(heard(), "censure")
    assert world.state.people[MEMBER].status == "good-standing"
    charge = world.state.charges["c-1"]
    assert (charge.measure, charge.decision, charge.measure_on) == (
        "censure",
        "m-1",
        world.now.date(),
    )
    assert not world.state.open_items


def test_suspension_takes_rights_until_reinstated() -> None:
    day = Day(date(2026, 12, 31), "31 December 2026")
    world = adopted(heard(), "suspend", until=day)
    person = world.state.people[MEMBER]
    assert (person.status, person.until) == ("suspended", day)
    assert list(world.state.open_items) == [f"suspension:{MEMBER}"]


def test_suspension_of_the_suspended_sets_its_end_anew() -> None:
    world = heard()
    world.act(SuspendMember(member=MEMBER, body="committee"))
    day = Day(date(2026, 12, 31))
    adopted(world, "suspend", until=day)
    assert world.state.people[MEMBER].until == day
    due = world.state.open_items[f"suspension:{MEMBER}"].due
    assert due is not None
    assert due.on == day.on


def test_removal_ends_the_seat_at_once() -> None:
    world = adopted(heard(), "remove")
    body = world.state.bodies["committee"]
    assert seat_of(world.state, body, MEMBER, world.now.date()) is None
    assert world.state.people[MEMBER].status == "good-standing"


def test_removal_from_an_office_leaves_the_seat() -> None:
    world = heard(SECRETARY)
    adopted(world, "remove", office="committee.secretary")
    assert world.state.offices["committee.secretary"].holder == ""
    body = world.state.bodies["committee"]
    assert seat_of(world.state, body, SECRETARY, world.now.date()) is not None


def test_removal_takes_nothing_from_who_followed_in_the_office() -> None:
    world = heard(SECRETARY)
    world.act(propose("remove", office="committee.secretary"), by=CHAIR)
    world.state.offices["committee.secretary"].holder = HOLDER
    decided(world, "m-1", "adopted")
    assert world.state.offices["committee.secretary"].holder == HOLDER


def test_expulsion_ends_membership_and_keeps_what_was_open() -> None:
    world = heard()
    world.act(
        BringCharge(charge="c-2", accused=HOLDER, body="committee", grounds=("noise",)),
        by=MEMBER,
    )
    world.state.open_items["charge:c-2"].owner = f"person:{MEMBER}"
    adopted(world, "expel")
    assert world.state.people[MEMBER].status == "left"
    assert world.state.open_items["charge:c-2"].owner == "body:committee"


@pytest.mark.parametrize("measure", ["expel", "suspend", "remove"])
def test_measure_against_who_left_meanwhile_changes_nothing(measure: str) -> None:
    world = heard()
    world.act(propose(measure), by=CHAIR)
    assert world.state.open_items["charge:c-1"].facts == {"motion": "m-1"}
    world.act(RecordDeparture(member=MEMBER))
    decided(world, "m-1", "adopted")
    assert world.state.people[MEMBER].status == "left"
    assert not world.state.open_items


def test_rejected_measure_ends_the_charge_with_or_without_a_hearing() -> None:
    for world in (heard(), charged()):
        came = decided(world, "m-1", "rejected")
        assert world.kinds(came) == ["measure.rejected"]
        assert world.state.charges["c-1"].measure == "not-accepted"
        assert not world.state.open_items
        assert world.state.people[MEMBER].status == "good-standing"


def test_motion_that_says_no_measure_takes_none() -> None:
    world = heard()
    assert decided(world, "m-1", "adopted") == []
    assert "charge:c-1" in world.state.open_items


def test_no_decision_is_not_a_rejection() -> None:
    world = heard()
    world.act(propose("expel"), by=CHAIR)
    assert decided(world, "m-1", "no-decision") == []
    assert "charge:c-1" in world.state.open_items
    moved(world, "m-2", kind="discipline", target="c-1")
    world.act(propose("censure", "m-2"), by=CHAIR)
    assert decided(world, "m-2", "rejected") == []  # the first may yet be taken up again
    decided(world, "m-1", "adopted")
    assert world.state.people[MEMBER].status == "left"


def test_charge_ends_with_its_last_motion() -> None:
    world = heard()
    moved(world, "m-2", kind="discipline", target="c-1")
    world.act(propose("expel"), by=CHAIR)
    world.act(propose("censure", "m-2"), by=CHAIR)
    assert decided(world, "m-1", "rejected") == []
    assert world.kinds(decided(world, "m-2", "adopted")) == ["measure.taken"]
    assert world.state.charges["c-1"].measure == "censure"


def test_two_measures_may_both_be_taken() -> None:
    world = heard()
    moved(world, "m-2", kind="discipline", target="c-1")
    world.act(propose("censure"), by=CHAIR)
    world.act(propose("remove", "m-2"), by=CHAIR)
    decided(world, "m-1", "adopted")
    decided(world, "m-2", "adopted")
    assert world.state.charges["c-1"].measure == "remove"
    assert not world.state.open_items
    world.refused(propose("none"), "not-open", by=CHAIR)


def test_motion_rejected_after_a_measure_was_taken_leaves_it() -> None:
    world = heard()
    moved(world, "m-2", kind="discipline", target="c-1")
    adopted(world, "censure")
    assert decided(world, "m-2", "rejected") == []
    assert world.state.charges["c-1"].measure == "censure"


def test_measure_said_again_replaces_what_was_said() -> None:
    world = heard()
    world.act(propose("expel"), by=CHAIR)
    adopted(world, "censure")
    assert world.state.people[MEMBER].status == "good-standing"


def test_other_motions_do_nothing_to_a_charge() -> None:
    world = heard()
    moved(world, "m-2", kind="postpone", target="c-1")
    moved(world, "m-3")
    for motion in ("m-2", "m-3"):
        assert decided(world, motion, "rejected") == []
    assert "charge:c-1" in world.state.open_items


def test_rejected_motion_that_is_adopted_after_all_takes_its_measure() -> None:
    world = heard()
    world.act(propose("suspend"), by=CHAIR)
    decided(world, "m-1", "rejected")
    world.wait(days=1)
    assert world.kinds(decided(world, "m-1", "adopted")) == ["measure.taken"]
    charge = world.state.charges["c-1"]
    assert (charge.measure, charge.measure_on) == ("suspend", world.now.date())


def test_no_measure_is_taken_on_a_charge_that_was_taken_back() -> None:
    world = heard()
    moved(world, "m-2", kind="discipline", target="c-1")
    world.act(propose("expel"), by=CHAIR)
    world.act(propose("censure", "m-2"), by=CHAIR)
    decided(world, "m-1", "rejected")
    world.state.motions["m-2"].status = "withdrawn"
    world.act(WithdrawCharge(charge="c-1"), by=OBSERVER)
    assert decided(world, "m-1", "adopted") == []
    assert world.state.people[MEMBER].status == "good-standing"
