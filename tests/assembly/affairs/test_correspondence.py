"""Letters and the demands in them."""

import pytest

from quorate.assembly.affairs.correspondence import (
    AnswerCommunication,
    PutDemandAsMotion,
    ReceiveCommunication,
)
from quorate.assembly.organisation.bodies import EstablishBody
from tests.assembly.on_record import decided, moved, taken
from tests.cast import CHAIR, CLERK, MEMBER, OBSERVER, OUTSIDER, SECRETARY, World, committee

LETTER = ReceiveCommunication(
    communication="l-1",
    sender=OBSERVER,
    to="committee",
    demands=("expel two members", "say so in the paper"),
    text="Comrades!",
)
PUT = PutDemandAsMotion(communication="l-1", n=1, motion="m-1")
NO = AnswerCommunication(communication="l-1", n=1, how="not-accepted")


@pytest.fixture
def world() -> World:
    world = committee()
    world.act(LETTER, by=SECRETARY)
    return world


def test_each_demand_is_open_until_it_is_answered(world: World) -> None:
    first = world.state.open_items["demand:l-1.1"]
    assert (first.owner, first.next) == ("body:committee", "answer-demand")
    world.act(NO, by=CHAIR)
    assert list(world.state.open_items) == ["demand:l-1.2"]
    assert first.disposal is not None
    assert first.disposal.how == "not-accepted"
    world.refused(NO, "demand-answered", by=CHAIR)
    world.refused(PUT, "demand-answered", by=CHAIR)


def test_letter_comes_from_somebody_known_and_is_entered_by_somebody_of_the_body() -> None:
    world = committee()
    world.refused(LETTER, "not-entitled", by=OUTSIDER)
    by_nobody = ReceiveCommunication(communication="l-1", sender="p-nobody", to="committee")
    world.refused(by_nobody, "unknown", by=SECRETARY)
    to_nobody = ReceiveCommunication(communication="l-1", sender=MEMBER, to="nobody")
    world.refused(to_nobody, "unknown", by=SECRETARY)
    world.act(LETTER, by=OBSERVER)
    world.refused(LETTER, "exists", by=OBSERVER)


def test_letter_may_come_from_another_body_and_demand_nothing() -> None:
    world = committee()
    world.act(EstablishBody(body="union", name="The Union", outside=True))
    act = ReceiveCommunication(communication="l-1", sender="union", to="committee")
    world.act(act, by=MEMBER)
    assert not world.state.open_items
    act = ReceiveCommunication(
        communication="l-2", sender="union", to="committee", demands=("pay",)
    )
    world.act(act, by=MEMBER)
    assert list(world.state.open_items) == ["demand:l-2.1"]


def test_demands_are_numbered_from_one(world: World) -> None:
    for n in (0, 3):
        act = AnswerCommunication(communication="l-1", n=n, how="noted")
        world.refused(act, "no-such-demand", by=CHAIR)
    world.refused(AnswerCommunication(communication="l-9", n=1, how="noted"), "unknown", by=CHAIR)


def test_body_answers_by_who_keeps_its_books_and_by_its_own_decision(world: World) -> None:
    world.refused(NO, "not-entitled", by=MEMBER)
    world.act(EstablishBody(body="other", name="Another body"))
    taken(world, "m-8", body="other")
    taken(world, "m-9")

    def answer(decision: str) -> AnswerCommunication:
        return AnswerCommunication(communication="l-1", n=1, how="not-accepted", decision=decision)

    world.refused(answer("m-7"), "unknown", by=CHAIR)
    world.refused(answer("m-8"), "of-another-body", by=CHAIR)
    world.act(answer("m-9"), by=CHAIR)


@pytest.mark.parametrize(
    ("kind", "result", "how"),
    [
        ("main", "adopted", "accepted"),
        ("main", "rejected", "not-accepted"),
        ("discipline", "rejected", "not-accepted"),
    ],
)
def test_demand_put_as_a_motion_is_answered_when_that_is_decided(
    world: World, kind: str, result: str, how: str
) -> None:
    moved(world, "m-1", kind=kind)
    world.act(PUT, by=CHAIR)
    assert world.state.open_items["demand:l-1.1"].facts == {"motion": "m-1"}
    assert world.kinds(decided(world, "m-1", result)) == ["demand.decided"]  # type: ignore[arg-type]
    assert list(world.state.open_items) == ["demand:l-1.2"]
    assert world.state.communications["l-1"].answered == {1: how}


def test_demands_of_several_letters_are_answered_by_one_motion(world: World) -> None:
    again = ReceiveCommunication(
        communication="l-2", sender=MEMBER, to="committee", demands=("expel two members",)
    )
    world.act(again, by=MEMBER)
    moved(world, "m-1")
    world.act(PUT, by=CHAIR)
    world.act(PutDemandAsMotion(communication="l-2", n=1, motion="m-1"), by=SECRETARY)
    moved(world, "m-2")
    assert decided(world, "m-2", "adopted") == []
    assert len(decided(world, "m-1", "rejected")) == 2
    assert list(world.state.open_items) == ["demand:l-1.2"]


def test_demand_left_without_a_decision_stays_open_and_may_be_put_again(world: World) -> None:
    moved(world, "m-1")
    world.act(PUT, by=CHAIR)
    assert decided(world, "m-1", "no-decision") == []
    assert "demand:l-1.1" in world.state.open_items
    moved(world, "m-2")
    world.act(PutDemandAsMotion(communication="l-1", n=1, motion="m-2"), by=CHAIR)
    decided(world, "m-2", "adopted")
    assert "demand:l-1.1" not in world.state.open_items
    assert decided(world, "m-1", "adopted") == []


def test_what_is_before_the_body_is_not_answered_otherwise(world: World) -> None:
    moved(world, "m-1")
    world.act(PUT, by=CHAIR)
    world.refused(NO, "demand-before-body", by=CHAIR)
    moved(world, "m-2")
    world.refused(
        PutDemandAsMotion(communication="l-1", n=1, motion="m-2"), "demand-before-body", by=CHAIR
    )
    world.state.motions["m-1"].status = "withdrawn"
    world.act(NO, by=CHAIR)
    assert decided(world, "m-1", "adopted") == []


def test_demand_is_put_as_an_undecided_motion_of_the_body_by_its_mover(world: World) -> None:
    moved(world, "m-1", mover=MEMBER)
    moved(world, "foreign", body="other")
    moved(world, "old", status="rejected")
    world.refused(PUT, "not-entitled", by=OBSERVER)
    for motion, code in (
        ("m-9", "unknown"),
        ("foreign", "of-another-body"),
        ("old", "motion-is-decided"),
    ):
        act = PutDemandAsMotion(communication="l-1", n=1, motion=motion)
        world.refused(act, code, by=CLERK)
    world.act(PUT, by=MEMBER)
