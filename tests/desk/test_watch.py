"""Whoever follows the record is told when this process has gone on, and what kinds of entries came."""

import threading
from collections.abc import Iterator

import pytest

from quorate.assembly.organisation.bodies import EstablishBody, FoundOrganisation
from quorate.assembly.refusal import Refused
from quorate.desk.answer import Caller
from quorate.desk.desk import Desk
from quorate.store.memory import MemoryStore
from tests.cast import CLERK
from tests.desk.office import Office

BY = Caller(by=CLERK)


@pytest.fixture
def desk() -> Iterator[Desk]:
    with Office(MemoryStore).open() as desk:
        desk.act(FoundOrganisation(organisation="o-1", name="House", clerk=CLERK), BY)
        yield desk


def test_told_after_each_transaction_when_the_state_has_what_it_recorded(desk: Desk) -> None:
    told = threading.Event()
    seen = []

    def tell() -> None:
        seen.append(desk.read(lambda state: "b-1" in state.bodies))
        told.set()

    desk.watch(tell)
    desk.act(EstablishBody(body="b-1", name="The body"), BY)
    assert told.wait(60)
    assert seen == [True]


def test_refusal_is_no_reason_to_fail_whoever_watches(desk: Desk) -> None:
    told = threading.Event()
    desk.watch(told.set)
    desk.act(EstablishBody(body="b-1", name="The body"), BY)
    with pytest.raises(Refused):
        desk.act(EstablishBody(body="b-1", name="The body"), BY)
    assert told.wait(60)


def test_kinds_are_those_of_the_entries_from_and_to_a_place(desk: Desk) -> None:
    desk.act(EstablishBody(body="b-1", name="The body"), BY)
    size = desk.read(lambda state: state.size)
    assert desk.kinds(size - 1, size) == {"body.established"}
    assert desk.kinds(size, size) == set()
    assert desk.kinds(0, size) > {"body.established"}
