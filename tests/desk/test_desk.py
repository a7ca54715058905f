"""The desk: acts in, receipts out, one order, nothing lost."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from quorate.assembly.organisation.bodies import EstablishBody
from quorate.assembly.refusal import Refused
from quorate.canon.fault import Malformed, Unavailable
from quorate.desk.answer import Acknowledged, Caller
from quorate.record.receipt import check_receipt
from quorate.store.sqlite import SqliteStore
from tests.cast import CLERK, OUTSIDER, founded
from tests.desk.office import Office, play

BY_CLERK = Caller(by=CLERK)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(lambda: SqliteStore(tmp_path / "record.sqlite"))
    with office.open() as desk:
        play(founded(), desk)
    return office


def body(name: str) -> EstablishBody:
    return EstablishBody(body=name, name=name.title())


def test_answer_comes_with_a_receipt_that_verifies(office: Office) -> None:
    with office.open() as desk:
        given = desk.act(body("branch"), BY_CLERK)
        entry, _ = desk.parts(given.first)
        receipt = desk.receipt(given.first, given)
        check_receipt(receipt, entry, office.key.verifier)
        assert desk.read(lambda state: state.bodies["branch"].name) == "Branch"


def test_refused_act_leaves_no_trace(office: Office) -> None:
    with office.open() as desk:
        size = desk.read(lambda state: state.size)
        with pytest.raises(Refused) as refused:
            desk.act(body("branch"), Caller(by=OUTSIDER))
        assert refused.value.code == "not-entitled"
        assert desk.read(lambda state: state.size) == size
        assert desk.act(body("branch"), BY_CLERK).first == size


def test_nobody_has_the_rights_of_a_vacant_office(office: Office) -> None:
    with office.open() as desk, pytest.raises(Malformed, match="the person who acts"):
        desk.act(body("branch"), Caller(by=""))


def test_state_is_the_same_after_opening_again(office: Office) -> None:
    with office.open() as desk:
        for i in range(20):
            desk.act(body(f"b{i}"), BY_CLERK)
        before = desk.read(lambda state: (state.size, sorted(state.bodies)))
    with office.open() as desk:
        assert desk.read(lambda state: (state.size, sorted(state.bodies))) == before


def test_snapshot_and_tail_give_the_same_state_as_the_whole(office: Office) -> None:
    with office.open() as desk:
        desk.act(body("one"), BY_CLERK)
        desk.snapshot()
        desk.act(body("two"), BY_CLERK)
        root = desk.receipt(0).checkpoint_note
    with office.open() as desk:
        assert desk.receipt(0).checkpoint_note == root
        assert desk.read(lambda state: {"one", "two"} <= state.bodies.keys())


def test_many_threads_are_served_in_one_order(office: Office) -> None:
    answers: list[Acknowledged] = []
    refusals: list[Refused] = []

    def work(number: int) -> None:
        for i in range(30):
            answers.append(desk.act(body(f"t{number}-{i}"), BY_CLERK))
            try:
                desk.act(body("the-same"), BY_CLERK)
            except Refused as refused:
                refusals.append(refused)

    with office.open() as desk:
        start = desk.read(lambda state: state.size)
        threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(refusals) == 8 * 30 - 1
        numbers = sorted(answer.first for answer in answers)
        assert len(set(numbers)) == 240
        assert desk.read(lambda state: state.size) == start + 241
        for answer in answers[::17]:
            entry, _ = desk.parts(answer.first)
            check_receipt(desk.receipt(answer.first, answer), entry, office.key.verifier)


def test_clock_that_goes_back_keeps_the_order_and_is_noted(office: Office) -> None:
    with office.open() as desk:
        desk.act(body("one"), BY_CLERK)
        last = desk.read(lambda state: state.last_at)
        office.clock.at -= timedelta(hours=1)
        answer = desk.act(body("two"), BY_CLERK)
        assert desk.read(lambda state: state.clock_jumps) == 1
        assert desk.read(lambda state: state.last_at) == last
        entry, _ = desk.parts(answer.first - 1)
        assert b"clock" in entry


def test_hair_of_a_clock_going_back_is_not_worth_an_entry(office: Office) -> None:
    with office.open() as desk:
        desk.act(body("one"), BY_CLERK)
        office.clock.at -= timedelta(milliseconds=500)
        desk.act(body("two"), BY_CLERK)
        assert desk.read(lambda state: state.clock_jumps) == 0


def test_caller_cannot_say_when_under_a_system_clock(office: Office) -> None:
    with office.open() as desk, pytest.raises(Refused) as refused:
        desk.act(body("one"), Caller(by=CLERK, at=office.clock.at))
    assert refused.value.code == "time-told"


def test_closed_desk_takes_no_acts(office: Office) -> None:
    desk = office.open()
    desk.close()
    with pytest.raises(Unavailable):
        desk.act(body("one"), BY_CLERK)


def test_signer_refuses_a_restored_backup(office: Office) -> None:
    with office.open() as desk:
        desk.act(body("one"), BY_CLERK)
    office.memory.remember(1000, bytes(32))
    with pytest.raises(Unavailable, match="the record was cut") as stopped:
        office.open()
    assert "bring back the missing entries" in stopped.value.hint


def test_receipt_of_an_entry_that_is_not_there_is_refused(office: Office) -> None:
    with office.open() as desk, pytest.raises(Unavailable, match="not among"):
        desk.receipt(10_000)
