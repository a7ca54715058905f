"""Dispatches: sent, delivered, acknowledged, silent."""

from datetime import timedelta

import pytest

from quorate.assembly.act import Act
from quorate.assembly.affairs.dispatches import (
    AbandonDispatch,
    Acknowledge,
    ConfirmDelivery,
    ReportUndelivered,
    ResendDispatch,
    SendDispatch,
    silent,
)
from quorate.assembly.model.calendar import Point
from quorate.assembly.organisation.bodies import EstablishBody
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
)

SEND = SendDispatch(
    dispatch="s-1", to=f"person:{OBSERVER}", messenger=TELLER, body="committee", text="Be ready."
)
DELIVERED, ACKNOWLEDGED = ConfirmDelivery(dispatch="s-1"), Acknowledge(dispatch="s-1")
UNDELIVERED, AGAIN = ReportUndelivered(dispatch="s-1"), ResendDispatch(dispatch="s-1")
ABANDON = AbandonDispatch(dispatch="s-1")


@pytest.fixture
def world() -> World:
    world = committee()
    world.act(SEND, by=MEMBER)
    return world


def status(world: World) -> str:
    return world.state.dispatches["s-1"].status


def silent_ids(world: World, days: int = 0) -> list[str]:
    return [each.id for each in silent(world.state, world.now.date() + timedelta(days=days))]


def test_dispatch_is_open_until_it_is_acknowledged(world: World) -> None:
    item = world.state.open_items["dispatch:s-1"]
    assert (item.owner, item.next) == (f"person:{TELLER}", "deliver")
    assert world.kinds(world.act(DELIVERED, by=TELLER)) == ["dispatch.delivered"]
    assert item.owner == f"person:{OBSERVER}"
    world.act(ACKNOWLEDGED, by=OBSERVER)
    assert not world.state.open_items
    assert item.disposal is not None
    assert (item.disposal.how, status(world)) == ("acknowledged", "acknowledged")
    for act in (DELIVERED, ACKNOWLEDGED, UNDELIVERED, AGAIN, ABANDON):
        world.refused(act, "not-open", by=CLERK)


def test_dispatch_goes_from_those_of_a_body_to_somebody_known(world: World) -> None:
    world.refused(SEND, "exists", by=MEMBER)

    def send(**fields: str) -> SendDispatch:
        given = {"to": f"person:{MEMBER}", "messenger": TELLER, "body": "committee"}
        return SendDispatch(dispatch="s-2", **(given | fields))

    world.refused(send(), "not-entitled", by=OBSERVER)
    world.refused(send(to="person:p-nobody"), "not-a-reference", by=MEMBER)
    world.refused(send(messenger="p-nobody"), "unknown", by=MEMBER)
    world.refused(send(body="nobody"), "unknown", by=MEMBER)
    overdetermined = SendDispatch(
        dispatch="s-2", to=f"person:{MEMBER}", messenger=TELLER, body="committee", due=Point()
    )
    world.refused(overdetermined, "point-unclear", by=MEMBER)


def test_messenger_or_who_keeps_the_books_says_what_became_of_it(world: World) -> None:
    world.refused(DELIVERED, "not-messenger", by=OBSERVER)
    world.refused(UNDELIVERED, "not-messenger", by=MEMBER)
    world.act(UNDELIVERED, by=TELLER)
    world.act(DELIVERED, by=SECRETARY)
    world.refused(UNDELIVERED, "not-open", by=TELLER)
    world.refused(DELIVERED, "not-open", by=TELLER)
    world.refused(ConfirmDelivery(dispatch="s-9"), "unknown", by=TELLER)


def test_only_the_recipient_acknowledges(world: World) -> None:
    for other in (MEMBER, TELLER, CHAIR, CLERK, OUTSIDER):
        world.refused(ACKNOWLEDGED, "not-recipient", by=other)
    world.act(ACKNOWLEDGED, by=OBSERVER)


def test_bodies_and_offices_acknowledge_through_who_acts_for_them() -> None:
    world = committee()
    world.act(EstablishBody(body="regiment", name="The Regiment", outside=True))
    for key, to, by, other in (
        ("s-1", "body:committee", SECRETARY, MEMBER),
        ("s-2", "office:committee.chair", CHAIR, SECRETARY),
        ("s-3", "body:regiment", CLERK, CHAIR),
    ):
        act = SendDispatch(dispatch=key, to=to, messenger=TELLER, body="committee")
        world.act(act, by=MEMBER)
        assert f"dispatch:{key}" in world.state.open_items
        world.refused(Acknowledge(dispatch=key), "not-recipient", by=other)
        world.act(Acknowledge(dispatch=key), by=by)
    assert not world.state.open_items


def test_undelivered_dispatch_stays_open_and_can_be_sent_again(world: World) -> None:
    world.act(UNDELIVERED, by=TELLER)
    item = world.state.open_items["dispatch:s-1"]
    assert (item.owner, item.next) == ("body:committee", "send-again")
    world.refused(AGAIN, "not-entitled", by=OBSERVER)
    world.refused(ResendDispatch(dispatch="s-1", messenger="p-nobody"), "unknown", by=MEMBER)
    world.act(ResendDispatch(dispatch="s-1", messenger=HOLDER), by=MEMBER)
    dispatch = world.state.dispatches["s-1"]
    assert (dispatch.status, dispatch.messenger, dispatch.sendings) == ("sent", HOLDER, 2)
    assert item.owner == f"person:{HOLDER}"
    world.refused(DELIVERED, "not-messenger", by=TELLER)
    world.act(AGAIN, by=MEMBER)
    assert (dispatch.messenger, dispatch.sendings) == (HOLDER, 3)


def test_dispatch_is_given_up_by_who_keeps_the_books(world: World) -> None:
    world.refused(ABANDON, "not-entitled", by=MEMBER)
    world.act(ABANDON, by=SECRETARY)
    assert (status(world), list(world.state.open_items)) == ("abandoned", [])


@pytest.mark.parametrize(
    ("acts", "heard"),
    [
        ((), []),
        ((DELIVERED,), []),
        ((DELIVERED, AGAIN), []),
        ((UNDELIVERED, AGAIN), []),
        ((UNDELIVERED,), ["s-1"]),
        ((DELIVERED, ACKNOWLEDGED), ["s-1"]),
        ((ABANDON,), ["s-1"]),
    ],
)
def test_silent_is_who_neither_acknowledged_nor_was_reported_missed(
    world: World, acts: tuple[Act, ...], heard: list[str]
) -> None:
    for act in acts:
        world.act(act, by=OBSERVER if act is ACKNOWLEDGED else CLERK)
    assert [key for key in ("s-1",) if key not in silent_ids(world)] == heard


def test_silence_begins_on_the_day_due_and_the_longest_comes_first() -> None:
    world = committee()
    due = Point(on=world.now.date() + timedelta(days=2))
    for key, when in (("s-1", None), ("s-2", due)):
        world.act(
            SendDispatch(
                dispatch=key, to=f"person:{OBSERVER}", messenger=TELLER, body="committee", due=when
            ),
            by=MEMBER,
        )
    assert silent_ids(world, days=1) == ["s-1"]
    assert silent_ids(world, days=2) == ["s-1", "s-2"]
    world.act(AGAIN, by=MEMBER)
    assert silent_ids(world, days=2) == ["s-2", "s-1"]
    later = Point(on=due.on + timedelta(days=5) if due.on else None)
    world.act(ResendDispatch(dispatch="s-2", due=later), by=MEMBER)
    assert silent_ids(world, days=6) == ["s-1"]
    assert world.state.open_items["dispatch:s-2"].due == later
