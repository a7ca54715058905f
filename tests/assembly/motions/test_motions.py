"""Moving, seconding, accepting amendments, withdrawing, taking up again."""

from datetime import date, timedelta

import pytest

from quorate.assembly.meetings.admission import AdmitToMeeting, RecordLeaving
from quorate.assembly.meetings.convening import ConveneMeeting
from quorate.assembly.meetings.sitting import Adjourn, CallToOrder, Recess
from quorate.assembly.model.calendar import Point, Window
from quorate.assembly.model.motion import Clause
from quorate.assembly.motions.motions import (
    AcceptAmendment,
    MoveMotion,
    SecondMotion,
    TakeUpMotion,
    WithdrawMotion,
)
from quorate.assembly.motions.pending import rewrite
from quorate.assembly.organisation.membership import SuspendMember
from quorate.canon.moment import Day
from tests.assembly.chamber import carry, chamber, move, pending, put, the, under
from tests.cast import CHAIR, HOLDER, MEMBER, OBSERVER, SECRETARY, TELLER, VOTERS, World, sitting

MAIN = MoveMotion(motion="m-1", kind="main", meeting="meeting-1")


@pytest.fixture
def world() -> World:
    return chamber()


def test_motion_is_pending_and_on_the_list_at_once_where_no_second_is_needed(world: World) -> None:
    assert world.kinds(move(world, "m-1", title="Paint the hall")) == ["motion.moved"]
    assert pending(world) == ["m-1"]
    item = world.state.open_items["motion:m-1"]
    assert (item.owner, item.next) == ("body:committee", "put-question")
    world.refused(MAIN, "exists", by=CHAIR)


def test_motion_waits_for_a_second_by_somebody_else() -> None:
    world = sitting()
    move(world, "m-1")
    assert pending(world) == []
    assert the(world, "m-1").status == "moved"
    world.refused(SecondMotion(motion="m-1"), "seconds-own-motion", by=MEMBER)
    world.refused(SecondMotion(motion="m-1"), "not-present", by=OBSERVER)
    assert world.kinds(world.act(SecondMotion(motion="m-1"), by=HOLDER)) == ["motion.seconded"]
    assert pending(world) == ["m-1"]
    assert the(world, "m-1").seconder == HOLDER
    world.refused(SecondMotion(motion="m-1"), "not-open", by=CHAIR)


def test_second_is_refused_when_the_motion_is_no_longer_in_order() -> None:
    world = sitting()
    move(world, "m-1")
    move(world, "m-2")
    world.act(SecondMotion(motion="m-2"), by=HOLDER)
    refusal = world.refused(SecondMotion(motion="m-1"), "not-in-order-now", by=HOLDER)
    assert refusal.facts["pending"] == "m-2"
    assert refusal.clause.clause == "11.1"


def test_only_members_present_move(world: World) -> None:
    world.refused(MAIN, "not-present", by=OBSERVER)
    world.act(AdmitToMeeting(meeting="meeting-1", attendee=OBSERVER, capacity="guest"), by=CHAIR)
    assert world.refused(MAIN, "guests-may-not-move", by=OBSERVER).clause.clause == "2.2"
    world.act(RecordLeaving(meeting="meeting-1", attendee=MEMBER), by=MEMBER)
    world.refused(MAIN, "not-present", by=MEMBER)
    world.act(SuspendMember(member=TELLER, body="committee"))
    world.refused(MAIN, "not-a-member", by=TELLER)


def test_guests_move_where_the_orders_let_them() -> None:
    world = chamber(attendance={"guests_move": True})
    world.act(AdmitToMeeting(meeting="meeting-1", attendee=OBSERVER, capacity="guest"), by=CHAIR)
    move(world, "m-1", by=OBSERVER)
    assert the(world, "m-1").mover == OBSERVER


def test_nothing_is_moved_outside_business() -> None:
    world = chamber()
    world.act(Recess(meeting="meeting-1"), by=CHAIR)
    world.refused(MAIN, "not-open", by=MEMBER)
    world = chamber()
    for person in (MEMBER, HOLDER, TELLER):
        world.act(RecordLeaving(meeting="meeting-1", attendee=person), by=person)
    assert world.refused(MAIN, "no-quorum", by=CHAIR).clause.clause == "2.1"


def test_motion_names_either_meeting_or_body(world: World) -> None:
    world.refused(MoveMotion(motion="m", kind="main"), "meeting-or-body", by=MEMBER)
    both = MoveMotion(motion="m", kind="main", meeting="meeting-1", body="committee")
    world.refused(both, "meeting-or-body", by=MEMBER)


def test_what_a_motion_names_must_exist(world: World) -> None:
    assert world.refused(_main(kind="dance"), "unknown-kind", by=MEMBER).clause.clause == "11.1"
    world.refused(_main(on_item="a-9"), "unknown", by=MEMBER)
    world.refused(_main(to="body:nowhere"), "not-a-reference", by=MEMBER)
    world.refused(_main(until=Point()), "point-unclear", by=MEMBER)
    twice = (Clause(n=1, modality="must"), Clause(n=1, modality="may"))
    world.refused(_main(clauses=twice), "clause-twice", by=MEMBER)
    world.refused(_main(drops=(1,)), "no-such-clause", by=MEMBER)


@pytest.mark.parametrize("ref", ["committee", "body:nowhere", "bdy:committee", "person:", ":"])
def test_clause_binds_somebody_who_is_known(world: World, ref: str) -> None:
    """Else its duty is on the list of open business, and nobody's."""
    for clause in (
        Clause(n=1, modality="must", bearer=ref),
        Clause(n=1, modality="defer", owner=ref, open_slots=("date",)),
    ):
        refusal = world.refused(_main(clauses=(clause,)), "not-a-reference", by=MEMBER)
        assert refusal.facts == {"ref": ref}


def test_kind_that_needs_notice_is_refused_without() -> None:
    ranks = {"main": {"rank": 1, "notice": True}}
    world = chamber(precedence={"ranks": ranks})
    assert world.refused(MAIN, "needs-notice", by=MEMBER).clause.clause == "11.1"
    move(world, "m-1", notice_given=True)


def test_clauses_keep_their_numbers_and_points(world: World) -> None:
    day = Point(on=date(2026, 5, 1))
    clause = Clause(n=3, modality="must", window=Window(end=day), due=day)
    move(world, "m-1", clauses=(clause,))
    assert the(world, "m-1").clauses == (clause,)


def test_amendment_replaces_adds_and_drops_clauses(world: World) -> None:
    one, two, three = (Clause(n=n, modality="must", action=f"do/{n}") for n in (1, 2, 3))
    move(world, "m-1", clauses=(one, two))
    changed = Clause(n=1, modality="may", action="do/1")
    move(world, "m-2", "amend", clauses=(changed, three), drops=(2,))
    assert the(world, "m-2").target == "m-1"
    carry(world, "m-2")
    assert the(world, "m-1").clauses == (changed, three)
    assert the(world, "m-1").amended_by == ("m-2",)
    world.refused(_amend("m-3", drops=(2,)), "no-such-clause", by=MEMBER)


def test_amended_clauses_are_in_order_and_a_number_struck_out_can_be_given_anew() -> None:
    one, two, three = (Clause(n=n, modality="must") for n in (1, 2, 3))
    other = Clause(n=2, modality="may")
    assert rewrite((one, three), (other,), ()) == (one, other, three)
    assert rewrite((one, two), (other,), (2,)) == (one, other)


def test_amendment_of_an_amendment_changes_only_the_amendment(world: World) -> None:
    move(world, "m-1", clauses=(Clause(n=1, modality="must"),))
    move(world, "m-2", "amend", clauses=(Clause(n=1, modality="may"), Clause(n=2, modality="may")))
    move(world, "m-3", "amend", drops=(2,))
    carry(world, "m-3")
    assert [clause.n for clause in the(world, "m-2").clauses] == [1]
    assert the(world, "m-1").clauses[0].modality == "must"
    carry(world, "m-2")
    assert the(world, "m-1").clauses == (Clause(n=1, modality="may"),)


def test_mover_accepts_an_amendment(world: World) -> None:
    move(world, "m-1", clauses=(Clause(n=1, modality="must"),))
    move(world, "m-2", "amend", by=HOLDER, clauses=(Clause(n=2, modality="may"),))
    world.refused(AcceptAmendment(amendment="m-2"), "not-the-mover", by=HOLDER)
    world.refused(AcceptAmendment(amendment="m-1"), "not-an-amendment", by=MEMBER)
    assert world.kinds(world.act(AcceptAmendment(amendment="m-2"), by=MEMBER)) == [
        "amendment.accepted"
    ]
    assert [clause.n for clause in the(world, "m-1").clauses] == [1, 2]
    assert the(world, "m-2").status == "accepted"
    assert pending(world) == ["m-1"]
    assert "motion:m-2" not in world.state.open_items


def test_amendment_to_which_another_applies_is_not_accepted(world: World) -> None:
    move(world, "m-1")
    move(world, "m-2", "amend")
    move(world, "m-3", "amend")
    refusal = world.refused(AcceptAmendment(amendment="m-2"), "not-in-order-now", by=MEMBER)
    assert refusal.facts["pending"] == "m-3"


def test_amendment_under_the_vote_is_not_accepted(world: World) -> None:
    move(world, "m-1")
    move(world, "m-2", "amend")
    put(world, "m-2")
    world.refused(AcceptAmendment(amendment="m-2"), "not-open", by=MEMBER)


def test_only_the_mover_withdraws_and_what_applies_falls_with_it(world: World) -> None:
    move(world, "m-1")
    move(world, "m-2", "amend")
    move(world, "m-3", "amend")
    world.refused(WithdrawMotion(motion="m-1"), "not-the-mover", by=CHAIR)
    events = world.act(WithdrawMotion(motion="m-1"), by=MEMBER)
    assert world.kinds(events) == ["motion.withdrawn", "motion.lapsed", "motion.lapsed"]
    assert [the(world, key).status for key in ("m-1", "m-2", "m-3")] == [
        "withdrawn",
        "lapsed",
        "lapsed",
    ]
    assert pending(world) == []
    assert not world.state.open_items
    world.refused(WithdrawMotion(motion="m-1"), "not-open", by=MEMBER)


def test_motion_that_is_put_is_not_withdrawn(world: World) -> None:
    move(world, "m-1")
    put(world, "m-1")
    world.refused(WithdrawMotion(motion="m-1"), "not-open", by=MEMBER)


def test_nothing_is_withdrawn_or_accepted_from_under_a_vote(world: World) -> None:
    move(world, "m-1")
    move(world, "m-2", "amend")
    move(world, "m-3", "amend")
    put(world, "m-3")
    world.refused(WithdrawMotion(motion="m-1"), "not-in-order-now", by=MEMBER)
    world.refused(AcceptAmendment(amendment="m-2"), "not-in-order-now", by=MEMBER)


def test_motion_left_by_an_adjourned_meeting_is_taken_up_by_the_next() -> None:
    world = _two_meetings()
    move(world, "m-1")
    move(world, "m-2", "amend")
    world.refused(TakeUpMotion(motion="m-1", meeting="meeting-2"), "not-open", by=CHAIR)
    world.act(Adjourn(meeting="meeting-1"), by=CHAIR)
    assert "motion:m-1" in world.state.open_items
    world.refused(TakeUpMotion(motion="m-1", meeting="meeting-2"), "not-in-chair", by=MEMBER)
    events = world.act(TakeUpMotion(motion="m-1", meeting="meeting-2"), by=CHAIR)
    assert world.kinds(events) == ["motion.resumed"]
    assert world.state.meetings["meeting-2"].pending == ["m-1", "m-2"]
    assert pending(world) == []


def test_motion_of_another_body_is_not_taken_up(world: World) -> None:
    move(world, "m-1")
    the(world, "m-1").body = "elsewhere"
    world.refused(TakeUpMotion(motion="m-1", meeting="meeting-1"), "not-before-body", by=CHAIR)


def test_motion_postponed_to_a_day_is_taken_up_on_it(world: World) -> None:
    move(world, "m-1")
    day = Point(on=world.now.date() + timedelta(days=2))
    move(world, "m-2", "postpone", until=day)
    carry(world, "m-2")
    assert the(world, "m-1").status == "postponed"
    assert pending(world) == []
    item = world.state.open_items["motion:m-1"]
    assert item.due == day
    again = TakeUpMotion(motion="m-1", meeting="meeting-1")
    world.refused(again, "not-yet-due", by=CHAIR)
    world.wait(days=2)
    world.act(again, by=CHAIR)
    assert pending(world) == ["m-1"]
    assert world.state.open_items["motion:m-1"].due is None


def _main(**more: object) -> MoveMotion:
    return MoveMotion(**({"motion": "m-1", "kind": "main", "meeting": "meeting-1"} | more))  # type: ignore[arg-type]


def _amend(motion: str, **more: object) -> MoveMotion:
    return _main(motion=motion, kind="amend", **more)


def _two_meetings() -> World:
    world = sitting(under())
    starts = world.now + timedelta(hours=1)
    world.act(
        ConveneMeeting(
            meeting="meeting-2",
            body="committee",
            title="The next",
            starts_at=starts,
            day=Day(starts.date()),
        ),
        by=CHAIR,
    )
    world.now = starts
    for person in VOTERS:
        world.act(AdmitToMeeting(meeting="meeting-2", attendee=person), by=SECRETARY)
    world.act(CallToOrder(meeting="meeting-2"), by=CHAIR)
    return world
