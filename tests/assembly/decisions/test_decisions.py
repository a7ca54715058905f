"""What adopting a motion does: procedure has its effect, decisions come into force and go out of it, nothing is deleted."""

from datetime import timedelta
from typing import Any

import pytest

from quorate.assembly.decisions.decisions import in_force
from quorate.assembly.divisions.counts import EnterCount
from quorate.assembly.meetings.agenda import TakeByConsent
from quorate.assembly.model.affairs import Resignation
from quorate.assembly.model.calendar import Point
from quorate.assembly.model.division import Count, Method
from quorate.assembly.model.motion import Clause
from quorate.assembly.motions.motions import MoveMotion, TakeUpMotion
from quorate.assembly.organisation.bodies import EstablishBody
from tests.assembly.chamber import (
    TELLERS,
    call,
    carry,
    chamber,
    close,
    declare,
    move,
    pending,
    put,
    the,
)
from tests.cast import CHAIR, HOLDER, MEMBER, TELLER, VOTERS, World

ONE = Clause(n=1, modality="must", action="paint/hall")


@pytest.fixture
def world() -> World:
    """A hall that is to be painted, by decision `m-0`."""
    world = chamber()
    move(world, "m-0", title="Paint the hall", clauses=(ONE,))
    carry(world, "m-0")
    return world


def moving(motion: str, kind: str, target: str = "", **more: Any) -> MoveMotion:
    return MoveMotion(motion=motion, kind=kind, meeting="meeting-1", target=target, **more)


def test_adopted_motion_is_a_decision_with_its_clauses(world: World) -> None:
    decision = world.state.decisions["m-0"]
    assert (decision.title, decision.clauses, decision.kind) == ("Paint the hall", (ONE,), "main")
    assert (decision.division, decision.meeting, decision.body) == (
        "d-m-0",
        "meeting-1",
        "committee",
    )
    assert decision.on == world.now.date()
    assert not decision.confidential
    assert the(world, "m-0").decision == "m-0"
    assert in_force(world.state, "committee") == [decision]
    assert in_force(world.state, "elsewhere") == []


def test_decision_of_a_body_in_confidence_is_confidential() -> None:
    world = chamber(confidentiality={"decisions_confidential": True})
    move(world, "m-0")
    carry(world, "m-0")
    assert world.state.decisions["m-0"].confidential


def test_rejected_motion_and_procedure_are_no_decisions() -> None:
    world = chamber()
    move(world, "m-1")
    move(world, "m-2", "recess")
    assert world.kinds(carry(world, "m-2")) == ["result.declared", "motion.decided"]
    carry(world, "m-1", against=True)
    assert world.state.decisions == {}


def test_ratified_decision_is_named(world: World) -> None:
    world.refused(moving("m-1", "ratify", "m-9"), "unknown", by=MEMBER)
    move(world, "m-1", "ratify", target="m-0")
    carry(world, "m-1")
    assert world.state.decisions["m-1"].ratifies == "m-0"


def test_rescinded_decision_stays_on_record_and_says_by_what(world: World) -> None:
    move(world, "m-1", "rescind", target="m-0")
    assert world.kinds(carry(world, "m-1")) == [
        "result.declared",
        "motion.decided",
        "decision.taken",
        "decision.rescinded",
    ]
    assert world.state.decisions["m-0"].rescinded_by == "m-1"
    assert world.state.decisions["m-0"].clauses == (ONE,)
    assert [each.id for each in in_force(world.state)] == ["m-1"]
    for kind in ("rescind", "ratify", "amend-adopted"):
        refusal = world.refused(moving("m-2", kind, "m-0"), "not-in-force", by=MEMBER)
        assert refusal.facts["rescinded_by"] == "m-1"


def test_body_rescinds_its_own_decisions_and_those_below_it(world: World) -> None:
    world.act(EstablishBody(body="board", name="The Board"))
    world.act(EstablishBody(body="panel", name="A Panel", parent="committee"), by=CHAIR)
    decision = world.state.decisions["m-0"]
    decision.body = "board"
    world.refused(moving("m-1", "rescind", "m-0"), "not-its-decision", by=MEMBER)
    move(world, "m-1", "ratify", target="m-0")
    carry(world, "m-1", against=True)
    decision.body = "panel"
    move(world, "m-2", "rescind", target="m-0")


def test_clause_supersedes_a_clause(world: World) -> None:
    newer = Clause(n=1, modality="must-not", action="paint/hall", supersedes=("m-0/1",))
    move(world, "m-1", "amend-adopted", target="m-0", clauses=(newer,))
    assert world.kinds(carry(world, "m-1"))[-1] == "clause.superseded"
    assert world.state.decisions["m-0"].superseded == {1: "m-1/1"}
    refusal = world.refused(moving("m-2", "main", clauses=(newer,)), "not-in-force", by=MEMBER)
    assert refusal.facts == {"decision": "m-0/1", "rescinded_by": "m-1/1"}
    for ref in ("m-0/2", "m-9/1", "m-0", "m-0/01"):
        wrong = Clause(n=1, modality="may", supersedes=(ref,))
        world.refused(moving("m-2", "main", clauses=(wrong,)), "no-such-clause", by=MEMBER)
        wrong = Clause(n=1, modality="may", exception_to=(ref,))
        world.refused(moving("m-2", "main", clauses=(wrong,)), "no-such-clause", by=MEMBER)


def test_two_clauses_that_supersede_one_do_it_once(world: World) -> None:
    newer = tuple(Clause(n=n, modality="may", supersedes=("m-0/1",)) for n in (1, 2))
    move(world, "m-1", clauses=newer)
    carry(world, "m-1")
    kinds = world.kinds(world.events)
    assert kinds.count("clause.superseded") == 1
    assert world.state.decisions["m-0"].superseded == {1: "m-1/1"}


@pytest.mark.parametrize("kind", ["main", "rescind"])
def test_decision_gives_way_to_the_first_that_is_adopted(kind: str) -> None:
    world = chamber(voting={"all_competing": True})
    move(world, "m-0", clauses=(ONE,))
    carry(world, "m-0")
    newer = Clause(n=1, modality="may", supersedes=("m-0/1",))
    for key in ("m-1", "m-2"):
        move(world, key, kind, target="m-0", group="g", clauses=(newer,))
    for key in ("m-1", "m-2"):
        carry(world, key)
    decision = world.state.decisions["m-0"]
    assert decision.superseded == {1: "m-1/1"}
    assert decision.rescinded_by == ("m-1" if kind == "rescind" else "")


def test_only_the_prevailing_side_reconsiders(world: World) -> None:
    move(world, "m-1")
    put(world, "m-1")
    call(world, "d-m-1", VOTERS[:2], VOTERS[2:5])
    close(world, "d-m-1")
    declare(world, "d-m-1")
    act = moving("m-2", "reconsider", "m-1")
    world.refused(act, "not-prevailing", by=VOTERS[0])
    world.refused(act, "not-prevailing", by=VOTERS[5])
    world.act(act, by=VOTERS[3])
    carry(world, "m-2")
    assert pending(world) == ["m-1"]
    assert the(world, "m-1").status == "pending"
    assert "motion:m-1" in world.state.open_items
    put(world, "m-1", "d-again")
    call(world, "d-again", VOTERS)
    close(world, "d-again")
    declare(world, "d-again")
    assert world.state.decisions["m-1"].division == "d-again"


def test_reconsidered_decision_is_set_aside_and_taken_again_under_a_number(world: World) -> None:
    move(world, "m-1", "reconsider", target="m-0", by=MEMBER)
    assert world.kinds(carry(world, "m-1")) == [
        "result.declared",
        "motion.decided",
        "decision.rescinded",
    ]
    assert world.state.decisions["m-0"].rescinded_by == "m-1"
    put(world, "m-0", "d-again")
    call(world, "d-again", VOTERS)
    close(world, "d-again")
    declare(world, "d-again")
    assert [each.id for each in in_force(world.state)] == ["m-0--2"]
    assert world.state.decisions["m-0--2"].motion == "m-0"
    assert the(world, "m-0").decision == "m-0--2"
    world.refused(moving("m-0--2", "main"), "exists", by=MEMBER)


def test_number_of_a_decision_taken_again_is_not_the_id_of_another_motion(world: World) -> None:
    move(world, "m-0--2")
    carry(world, "m-0--2", against=True)
    move(world, "m-1", "reconsider", target="m-0", by=MEMBER)
    carry(world, "m-1")
    put(world, "m-0", "d-again")
    call(world, "d-again", VOTERS)
    close(world, "d-again")
    declare(world, "d-again")
    assert the(world, "m-0").decision == "m-0--3"


@pytest.mark.parametrize("method", ["counted", "secret"])
def test_mover_is_believed_where_no_side_is_on_record(method: Method) -> None:
    world = chamber()
    move(world, "m-1")
    put(world, "m-1", method="counted", tellers=TELLERS)
    for teller in TELLERS:
        world.act(EnterCount(division="d-m-1", count=Count(2, 4)), by=teller)
    close(world, "d-m-1")
    declare(world, "d-m-1")
    world.state.divisions["d-m-1"].method = method
    move(world, "m-2", "reconsider", target="m-1", by=HOLDER)


def test_only_a_decided_motion_of_this_meeting_is_reconsidered(world: World) -> None:
    world.refused(moving("m-1", "reconsider", "m-9"), "unknown", by=MEMBER)
    the(world, "m-0").meeting = "meeting-0"
    world.refused(moving("m-1", "reconsider", "m-0"), "reconsider-too-late", by=MEMBER)
    the(world, "m-0").status = "lapsed"
    world.refused(moving("m-1", "reconsider", "m-0"), "not-open", by=MEMBER)


def test_procedure_is_moved_again_and_not_reconsidered() -> None:
    world = chamber()
    move(world, "m-1")
    move(world, "m-2", "table")
    carry(world, "m-2")
    world.refused(moving("m-3", "reconsider", "m-2"), "moved-again", by=MEMBER)


def test_referred_motion_waits_on_whom_it_was_referred_to() -> None:
    world = chamber()
    move(world, "m-1")
    due = Point(on=world.now.date() + timedelta(days=9))
    move(world, "m-2", "refer", to=f"person:{TELLER}", until=due)
    carry(world, "m-2")
    item = world.state.open_items["motion:m-1"]
    assert (the(world, "m-1").status, item.owner, item.due) == (
        "referred",
        f"person:{TELLER}",
        due,
    )
    world.act(TakeUpMotion(motion="m-1", meeting="meeting-1"), by=CHAIR)
    assert world.state.open_items["motion:m-1"].owner == "body:committee"


def test_tabled_motion_goes_with_its_amendment_and_comes_back_with_it() -> None:
    world = chamber()
    move(world, "m-1")
    move(world, "m-2", "amend", clauses=(ONE,))
    move(world, "m-3", "table")
    assert the(world, "m-3").target == "m-1"
    carry(world, "m-3")
    assert pending(world) == []
    assert (the(world, "m-1").status, the(world, "m-2").status) == ("tabled", "tabled")
    assert {"motion:m-1", "motion:m-2"} <= world.state.open_items.keys()
    world.refused(TakeUpMotion(motion="m-1", meeting="meeting-1"), "not-open", by=CHAIR)
    amendment = moving("m-4", "take-from-table", "m-2")
    world.refused(amendment, "not-by-itself", by=MEMBER)
    move(world, "m-4", "take-from-table", target="m-1")
    carry(world, "m-4")
    assert pending(world) == ["m-1", "m-2"]
    carry(world, "m-2")
    assert the(world, "m-1").clauses == (ONE,)
    carry(world, "m-1")
    world.refused(moving("m-5", "take-from-table", "m-1"), "not-open", by=MEMBER)


def test_motion_laid_aside_takes_both_degrees_of_amendment_along() -> None:
    world = chamber()
    move(world, "m-0")
    move(world, "m-1", "amend")
    move(world, "m-2", "amend")
    move(world, "m-3", "postpone", until=Point(on=world.now.date()))
    carry(world, "m-3")
    assert pending(world) == []
    assert [the(world, f"m-{n}").status for n in range(3)] == ["postponed"] * 3


@pytest.mark.parametrize("kind", ["postpone-indefinitely", "object-to-consideration"])
def test_motion_falls_when_it_is_not_to_be_considered(kind: str) -> None:
    world = chamber()
    move(world, "m-1")
    move(world, "m-2", kind)
    assert world.kinds(carry(world, "m-2"))[-1] == "motion.lapsed"
    assert the(world, "m-1").status == "lapsed"
    assert not [key for key in world.state.open_items if key.startswith("motion:")]


def test_motion_is_withdrawn_by_leave_with_all_that_applies_to_it() -> None:
    world = chamber()
    move(world, "m-1")
    move(world, "m-2", "amend")
    move(world, "m-3", "withdraw", target="m-1")
    carry(world, "m-3")
    assert [the(world, key).status for key in ("m-1", "m-2")] == ["withdrawn", "lapsed"]
    assert pending(world) == []


@pytest.mark.parametrize("kind", ["previous-question", "postpone", "refer", "table", "amend"])
def test_rejected_procedure_changes_nothing(kind: str) -> None:
    world = chamber()
    move(world, "m-1")
    move(world, "m-2", kind, clauses=(ONE,) if kind == "amend" else ())
    carry(world, "m-2", against=True)
    assert pending(world) == ["m-1"]
    assert the(world, "m-1").status == "pending"
    assert the(world, "m-1").clauses == ()
    assert world.state.meetings["meeting-1"].debate_closed == []


@pytest.mark.parametrize(
    "kind", ["withdraw", "amend", "postpone", "refer", "table", "postpone-indefinitely"]
)
def test_procedure_taken_together_with_its_target_comes_too_late(kind: str) -> None:
    world = chamber(seconding={"kinds": [kind]})
    move(world, "m-1")
    move(world, "m-2", kind, clauses=(ONE,) if kind == "amend" else ())
    assert the(world, "m-2").status == "moved"
    world.act(TakeByConsent(meeting="meeting-1", motions=("m-1", "m-2")), by=CHAIR)
    assert [the(world, key).status for key in ("m-1", "m-2")] == ["adopted", "adopted"]
    assert world.state.decisions["m-1"].clauses == ()
    assert not [key for key in world.state.open_items if key.startswith("motion:")]


def test_motion_withdrawn_by_consent_is_not_adopted_by_the_same_consent() -> None:
    world = chamber(seconding={"kinds": ["withdraw"]})
    move(world, "m-1")
    move(world, "m-2", "withdraw")
    world.act(TakeByConsent(meeting="meeting-1", motions=("m-2", "m-1")), by=CHAIR)
    assert [the(world, key).status for key in ("m-1", "m-2")] == ["withdrawn", "adopted"]
    assert world.state.decisions == {}


def test_charge_and_resignation_are_before_the_body_that_deals_with_them() -> None:
    world = chamber()
    world.refused(moving("m-1", "discipline", "c-9"), "unknown", by=MEMBER)
    world.refused(moving("m-1", "accept-resignation", "r-9"), "unknown", by=MEMBER)
    tendered = Resignation("r-1", MEMBER, "board")
    world.state.resignations["r-1"] = tendered
    act = moving("m-1", "accept-resignation", "r-1")
    world.refused(act, "not-before-body", by=CHAIR)


def test_every_motion_leaves_the_list_once_and_only_by_an_act() -> None:
    world = chamber()
    move(world, "m-1")
    move(world, "m-2", "amend", clauses=(ONE,))
    carry(world, "m-2")
    carry(world, "m-1")
    disposed = {
        item.id: item.disposal for item in world.state.disposed_items.values() if item.disposal
    }
    assert [disposed[f"motion:{key}"].how for key in ("m-1", "m-2")] == ["adopted", "adopted"]
    assert disposed["motion:m-2"].seq < disposed["motion:m-1"].seq
