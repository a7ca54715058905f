"""Opening, closing, voiding and taking again; what is frozen, and what the rule is."""

from typing import Any

import pytest

from quorate.assembly.affairs.charges import BringCharge, HearAccused, NotifyAccused
from quorate.assembly.affairs.discipline import MoveDiscipline
from quorate.assembly.divisions.divisions import (
    CloseDivision,
    DemandDivision,
    DemandRecount,
    OpenDivision,
    VoidDivision,
)
from quorate.assembly.divisions.results import DeclareResult
from quorate.assembly.meetings.admission import RecordLeaving
from quorate.assembly.meetings.sitting import Recess
from quorate.counting.rule import Base, Comparator, Majority, Number, Tie, parse_rule
from tests.assembly.chamber import HALF, TELLERS, call, chamber, close, declare, move, put, the
from tests.cast import CHAIR, CLERK, MEMBER, OUTSIDER, SECRETARY, TELLER, TELLER2, VOTERS, World

TWO_THIRDS = HALF | {"numerator": 2, "denominator": 3, "comparator": "at-least"}
SEATS = HALF | {"base": "seats"}


@pytest.fixture
def world() -> World:
    world = chamber()
    move(world, "m-1")
    return world


def test_chair_puts_the_question_and_the_event_carries_the_register(world: World) -> None:
    act = OpenDivision(division="d-1", motion="m-1")
    world.refused(act, "not-in-chair", by=MEMBER)
    [event] = world.act(act, by=CHAIR)
    opening = event.opening  # type: ignore[attr-defined]
    assert [line.person for line in opening.register] == list(VOTERS)
    assert (opening.present, opening.quorum_needed, opening.seats) == (6, 4, 7)
    assert opening.method == "roll-call"
    assert the(world, "m-1").status == "put"
    assert the(world, "m-1").division == "d-1"
    world.refused(act, "exists", by=CHAIR)
    again = OpenDivision(division="d-2", motion="m-1")
    world.refused(again, "not-open", by=CHAIR)


def test_question_is_put_in_business_only(world: World) -> None:
    world.act(Recess(meeting="meeting-1"), by=CHAIR)
    world.refused(OpenDivision(division="d-1", motion="m-1"), "not-open", by=CHAIR)


def test_quorum_is_part_of_the_rule_as_it_is_put(world: World) -> None:
    rule = put(world, "m-1").rule
    assert isinstance(rule, Majority)
    assert rule.quorum == Number(at_least=4)
    assert rule.base is Base.FOR_AND_AGAINST


def test_quorum_at_the_vote_missed_leaves_no_decision() -> None:
    world = chamber(quorum={"held": "at-vote"})
    move(world, "m-1")
    for person in (TELLER, TELLER2, SECRETARY):
        world.act(RecordLeaving(meeting="meeting-1", attendee=person), by=person)
    put(world, "m-1")
    call(world, "d-m-1", (CHAIR, MEMBER))
    close(world, "d-m-1")
    events = declare(world, "d-m-1")
    assert world.kinds(events) == ["result.declared", "motion.decided"]
    assert events[1].result == "no-decision"  # type: ignore[attr-defined]
    assert "motion:m-1" in world.state.open_items


@pytest.mark.parametrize(
    ("kind", "target", "numerator"),
    [("main", "", 1), ("previous-question", "m-1", 2), ("recess", "", 1)],
)
def test_rule_is_that_of_the_kind(world: World, kind: str, target: str, numerator: int) -> None:
    if kind == "main":
        key = "m-1"
    else:
        key = "m-2"
        move(world, key, kind, target=target)
    rule = put(world, key).rule
    assert isinstance(rule, Majority)
    assert rule.numerator == numerator


def test_rule_with_notice_and_rule_of_the_measure_go_first() -> None:
    with_notice = {"by_kind": {"main-with-notice": TWO_THIRDS, "censure": SEATS}}
    world = chamber(majorities=with_notice, discipline={"notice_days": 0, "hearing": False})
    move(world, "m-1", notice_given=True)
    assert _rule(put(world, "m-1")).numerator == 2
    call(world, "d-m-1", VOTERS)
    close(world, "d-m-1")
    declare(world, "d-m-1")
    world.act(BringCharge(charge="c", accused=MEMBER, body="committee", grounds=("x",)), by=CHAIR)
    world.act(NotifyAccused(charge="c"), by=SECRETARY)
    world.act(HearAccused(charge="c", how="declined"), by=CHAIR)
    move(world, "m-2", "discipline", by=TELLER, target="c")
    world.act(MoveDiscipline(charge="c", motion="m-2", measure="censure"), by=TELLER)
    assert _rule(put(world, "m-2")).base is Base.SEATS


def test_chair_chooses_among_the_majorities_of_the_orders_and_no_other(world: World) -> None:
    orders = world.state.bodies["committee"].orders
    assert orders is not None
    own = parse_rule(HALF | {"denominator": 10})
    act = OpenDivision(division="d-1", motion="m-1", rule=own)
    assert world.refused(act, "rule-not-in-orders", by=CHAIR).clause.clause == "4.2"
    two_thirds = orders.majorities.by_kind["rescind"]
    assert _rule(put(world, "m-1", rule=two_thirds)).numerator == 2


@pytest.mark.parametrize(
    ("kind", "tie"),
    [("none", Tie.FAILS), ("free", Tie.CASTING_VOTE), ("status-quo", Tie.CASTING_VOTE_STATUS_QUO)],
)
def test_casting_vote_of_the_orders_is_the_tie_rule(kind: str, tie: Tie) -> None:
    world = chamber(casting_vote={"kind": kind})
    move(world, "m-1")
    assert _rule(put(world, "m-1")).tie is tie


def test_casting_vote_does_not_touch_rules_that_know_no_tie_or_have_their_own() -> None:
    world = chamber(casting_vote={"kind": "free"}, majorities={"usual": HALF | {"tie": "lot"}})
    move(world, "m-1")
    move(world, "m-2", "previous-question")
    assert _rule(put(world, "m-2")).tie is Tie.FAILS
    call(world, "d-m-2", VOTERS)
    close(world, "d-m-2")
    declare(world, "d-m-2")
    assert _rule(put(world, "m-1")).tie is Tie.LOT


def test_rule_on_seats_is_refused_where_the_seats_have_no_number() -> None:
    world = chamber(majorities={"usual": SEATS})
    move(world, "m-1")
    world.state.bodies["committee"].seats = None
    act = OpenDivision(division="d-1", motion="m-1")
    assert world.refused(act, "rule-unmeasurable", by=CHAIR).facts["what"] == "seats"


def test_compound_rule_is_of_heads_and_weight() -> None:
    both = {"rule": "compound", "parts": {"heads": HALF, "weight": HALF}}
    world = chamber(majorities={"usual": both})
    world.state.bodies["committee"].seated[MEMBER].weight = 10
    move(world, "m-1")
    division = put(world, "m-1")
    call(world, "d-m-1", VOTERS[:4], VOTERS[4:])
    close(world, "d-m-1")
    declare(world, "d-m-1")
    assert division.outcome is not None
    assert division.outcome.result == "rejected"
    assert division.outcome.parts["heads"].result == "adopted"
    assert division.outcome.parts["weight"].result == "rejected"


@pytest.mark.parametrize("method", ["roll-call", "counted"])
def test_compound_rule_of_other_groups_is_refused(method: str) -> None:
    groups = {"heads": HALF, "branches": HALF}
    if method == "counted":
        groups = {"heads": HALF, "weight": HALF}
    world = chamber(majorities={"usual": {"rule": "compound", "parts": groups}})
    move(world, "m-1")
    act = OpenDivision(division="d", motion="m-1", method=method, tellers=TELLERS)  # type: ignore[arg-type]
    world.refused(act, "rule-unmeasurable", by=CHAIR)


def test_weight_decides_and_heads_make_the_quorum(world: World) -> None:
    world.state.bodies["committee"].seated[MEMBER].weight = 6
    division = put(world, "m-1")
    call(world, "d-m-1", (MEMBER,), [person for person in VOTERS if person != MEMBER])
    [event] = close(world, "d-m-1")
    assert (event.heads.for_, event.weight.for_) == (1, 6)  # type: ignore[attr-defined]
    declare(world, "d-m-1")
    assert division.outcome is not None
    assert (division.outcome.result, division.outcome.base) == ("adopted", 11)


def test_weight_makes_no_quorum() -> None:
    world = chamber(quorum={"held": "at-vote"})
    world.state.bodies["committee"].seated[MEMBER].weight = 60
    move(world, "m-1")
    for person in (TELLER, TELLER2, SECRETARY):
        world.act(RecordLeaving(meeting="meeting-1", attendee=person), by=person)
    division = put(world, "m-1")
    call(world, "d-m-1", (MEMBER,))
    close(world, "d-m-1")
    declare(world, "d-m-1")
    assert division.outcome is not None
    assert division.outcome.result == "no-decision"


def test_only_the_chair_closes(world: World) -> None:
    put(world, "m-1")
    world.refused(CloseDivision(division="d-m-1"), "not-in-chair", by=MEMBER)
    close(world, "d-m-1")
    world.refused(CloseDivision(division="d-m-1"), "division-closed", by=CHAIR)


def test_voided_division_stays_and_the_question_is_put_again(world: World) -> None:
    put(world, "m-1")
    call(world, "d-m-1", VOTERS)
    void = VoidDivision(division="d-m-1", reason="read out wrongly")
    world.refused(void, "not-in-chair", by=MEMBER)
    assert world.kinds(world.act(void, by=CHAIR)) == ["division.voided"]
    first = world.state.divisions["d-m-1"]
    assert first.status == "voided"
    assert len(first.votes) == 6
    world.refused(void, "division-closed", by=CHAIR)
    put(world, "m-1", "d-2")
    close(world, "d-2")
    declare(world, "d-2")
    world.refused(VoidDivision(division="d-2"), "division-closed", by=CHAIR)


def test_recount_takes_the_place_of_the_first_on_the_same_register(world: World) -> None:
    put(world, "m-1")
    recount = DemandRecount(division="d-m-1", again="d-2")
    world.refused(recount, "not-open", by=MEMBER)
    call(world, "d-m-1", VOTERS[:3], VOTERS[3:])
    close(world, "d-m-1")
    world.refused(recount, "not-entitled-to-vote", by=OUTSIDER)
    assert world.kinds(world.act(recount, by=MEMBER)) == ["recount.demanded"]
    first, second = world.state.divisions["d-m-1"], world.state.divisions["d-2"]
    assert (first.recounted_by, second.recount_of) == ("d-2", "d-m-1")
    assert second.register == first.register
    assert not second.votes
    assert len(first.votes) == 6
    world.refused(DeclareResult(division="d-m-1"), "recounted", by=CHAIR)
    world.refused(VoidDivision(division="d-m-1"), "recounted", by=CHAIR)
    world.refused(DemandRecount(division="d-m-1", again="d-3"), "recounted", by=MEMBER)
    call(world, "d-2", VOTERS[:4], VOTERS[4:])
    close(world, "d-2")
    world.refused(DemandRecount(division="d-2", again="d-3"), "recount-once", by=MEMBER)
    declare(world, "d-2")
    assert the(world, "m-1").status == "adopted"
    assert the(world, "m-1").division == "d-2"
    world.refused(DemandRecount(division="d-2", again="d-3"), "division-closed", by=MEMBER)


def test_voided_recount_lets_the_first_count_again(world: World) -> None:
    put(world, "m-1")
    call(world, "d-m-1", VOTERS)
    close(world, "d-m-1")
    world.act(DemandRecount(division="d-m-1", again="d-2"), by=MEMBER)
    world.act(VoidDivision(division="d-2"), by=CHAIR)
    declare(world, "d-m-1")
    assert the(world, "m-1").status == "adopted"
    assert the(world, "m-1").division == "d-m-1"


def test_division_is_demanded_by_another_method(world: World) -> None:
    put(world, "m-1")
    close(world, "d-m-1")
    same = DemandDivision(division="d-m-1", again="d-2", method="roll-call")
    world.refused(same, "wrong-method", by=MEMBER)
    bare = DemandDivision(division="d-m-1", again="d-2", method="counted")
    world.refused(bare, "tellers-needed", by=MEMBER)
    counted = DemandDivision(division="d-m-1", again="d-2", method="counted", tellers=TELLERS)
    assert world.kinds(world.act(counted, by=MEMBER)) == ["division.demanded"]
    assert world.state.divisions["d-2"].tellers == TELLERS


def test_secret_division_is_not_taken_again(world: World) -> None:
    put(world, "m-1", method="secret")
    close(world, "d-m-1")
    world.refused(DemandRecount(division="d-m-1", again="d-2"), "wrong-method", by=MEMBER)


def test_circular_vote_is_not_opened_in_a_meeting(world: World) -> None:
    act = OpenDivision(division="d-1", motion="m-1", method="circular")
    world.refused(act, "wrong-method", by=CHAIR)
    world.refused(act, "wrong-method", by=CLERK)


def _rule(division: Any) -> Majority:
    assert isinstance(division.rule, Majority)
    assert division.rule.comparator in Comparator
    return division.rule


def test_majority_that_the_orders_name_for_a_kind_is_not_the_chairs_to_choose(world: World) -> None:
    orders = world.state.bodies["committee"].orders
    assert orders is not None
    assert orders.majorities.by_kind["previous-question"] != orders.majorities.usual
    move(world, "m-9", "previous-question", by=TELLER)
    usual = OpenDivision(division="d-9", motion="m-9", rule=orders.majorities.usual)
    assert world.refused(usual, "rule-fixed", by=CHAIR).clause.clause == "4.2"
