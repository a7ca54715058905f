"""A crowd at the desk: acts are held over several transactions, and readers come in between."""

import threading

import pytest

from quorate.assembly.organisation.bodies import EstablishBody
from quorate.assembly.refusal import Refused
from quorate.desk import batch, session
from quorate.desk.answer import Acknowledged, Asked, Caller
from quorate.store.memory import MemoryStore
from tests.cast import CLERK, founded
from tests.desk.office import Office, play

BY_CLERK = Caller(by=CLERK)


def body(name: str) -> EstablishBody:
    return EstablishBody(body=name, name=name)


@pytest.fixture
def office() -> Office:
    return Office(MemoryStore)


def test_acts_beyond_the_time_of_one_transaction_are_held_in_the_next(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order in which they came, each answered when its own is durable; what is all or none stays whole."""
    monkeypatch.setattr(session, "DECIDING_SECONDS", 0.0)
    with office.open() as desk:
        play(founded(), desk)
        size = desk.read(lambda state: state.size)
        told: list[str] = []
        with desk._lock:
            waiting = [
                desk.submit(body(f"b-{n}"), BY_CLERK, told=lambda each: told.append(each.act.body))
                for n in range(5)
            ]
            both = desk.submit_together([(body(name), BY_CLERK, None) for name in ("c-0", "c-1")])
            refused = desk.submit(body("b-0"), BY_CLERK)
        assert [each.wait().first - size for each in waiting] == [0, 1, 2, 3, 4]
        assert [each.wait().size - size for each in waiting] == [1, 2, 3, 4, 5]
        given = [each for each in both.wait() if isinstance(each, Acknowledged)]
        assert [each.size - size for each in given] == [7, 7]
        with pytest.raises(Refused):
            refused.wait()
        assert told == [f"b-{n}" for n in range(5)]


def test_who_waits_to_look_is_let_in_before_the_next_transaction(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "DECIDING_SECONDS", 0.0)
    with office.open() as desk:
        play(founded(), desk)
        size = desk.read(lambda state: state.size)
        seen: list[int] = []
        reader = threading.Thread(target=lambda: seen.append(desk.read(lambda state: state.size)))
        hold = batch.Batch.hold

        def hold_once_somebody_waits(self: batch.Batch, asked: Asked) -> None:
            if not reader.ident:
                reader.start()
                while not desk._lock._waiting:
                    pass
            hold(self, asked)

        monkeypatch.setattr(batch.Batch, "hold", hold_once_somebody_waits)
        with desk._lock:
            waiting = [desk.submit(body(f"b-{n}"), BY_CLERK) for n in range(3)]
        for each in waiting:
            each.wait()
        reader.join()
        assert seen == [size + 1]
