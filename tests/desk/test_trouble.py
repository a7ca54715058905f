"""Trouble below the desk: nothing is acknowledged that is not durable, and everybody is told."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quorate.assembly import act as machinery
from quorate.assembly.act import Act, Event, Stamp
from quorate.assembly.meetings.reports import GiveReport
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.assembly.organisation.membership import AdmitMember, SeatMember
from quorate.assembly.state import State
from quorate.canon.fault import Malformed, Unavailable
from quorate.desk import batch
from quorate.desk.answer import Caller
from quorate.desk.port import Writing
from quorate.script.acts import Step
from quorate.script.rehearsal import try_act
from quorate.store.sqlite import SqliteStore
from tests.cast import CLERK, MEMBER, founded
from tests.desk.office import Office, play

BY_CLERK = Caller(by=CLERK)


def body(name: str) -> EstablishBody:
    return EstablishBody(body=name, name=name.title())


class FullDisk(SqliteStore):
    """A store whose commits fail from some moment on."""

    is_full = False

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        with super().writing() as writing:
            yield writing
            if self.is_full:
                raise Unavailable("disk full", "make room")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(lambda: FullDisk(tmp_path / "record.sqlite"))
    with office.open() as desk:
        play(founded(), desk)
    return office


def test_failed_commit_acknowledges_nobody_and_stops_the_desk(office: Office) -> None:
    desk = office.open()
    store = desk._store
    assert isinstance(store, FullDisk)
    store.is_full = True
    failures: list[Unavailable] = []

    def act(name: str) -> None:
        try:
            desk.act(body(name), BY_CLERK)
        except Unavailable as error:
            failures.append(error)

    threads = [threading.Thread(target=act, args=(f"b{n}",)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(failures) == 20
    assert {str(error) for error in failures} == {"disk full"}
    with pytest.raises(Unavailable):  # what is in memory was never kept, so it is not shown either
        desk.read(lambda state: state.size)
    desk.close()
    with office.open() as again:
        assert again.read(lambda state: [key for key in state.bodies if key[0] == "b"]) == []
        assert again.act(body("b0"), BY_CLERK).first == again.read(lambda state: state.size) - 1


def test_signer_that_cannot_remember_acknowledges_nobody(office: Office) -> None:
    desk = office.open()

    def fail(*_: object) -> None:
        raise Unavailable("the signer cannot keep what it signs: No space left on device")

    remember, office.memory.remember = office.memory.remember, fail  # type: ignore[method-assign]
    with pytest.raises(Unavailable, match="No space left"):
        desk.act(body("unsigned"), BY_CLERK)
    desk.close()
    office.memory.remember = remember  # type: ignore[method-assign]
    with (
        office.open() as again
    ):  # the act was kept, though not acknowledged: that is allowed, and is signed now
        assert again.read(lambda state: "unsigned" in state.bodies)
        assert office.memory.last() is not None


def test_rule_that_crashes_halfway_breaks_for_that_act_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The state that it had changed is made anew, and the acts queued with it are held."""
    real = batch.take_effect

    def crash(state: State, primary: Event, stamp: Stamp) -> list[Event]:
        events = real(state, primary, stamp)
        if getattr(events[0].act, "body", "") == "half":  # type: ignore[attr-defined]
            raise ZeroDivisionError
        return events

    monkeypatch.setattr(batch, "take_effect", crash)
    with office.open() as desk:
        waiting = [desk.submit(body(name), BY_CLERK) for name in ("one", "half", "two")]
        waiting[0].wait()
        with pytest.raises(Unavailable, match="ZeroDivisionError"):
            waiting[1].wait()
        waiting[2].wait()
        desk.act(body("three"), BY_CLERK)
        names = desk.read(lambda state: set(state.bodies))
    assert {"one", "two", "three"} <= names
    assert "half" not in names
    with office.open() as again:
        assert again.read(lambda state: set(state.bodies)) == names


def test_rule_that_crashes_while_it_decides_breaks_for_that_act_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> Event:
        raise KeyError("x")

    with office.open() as desk:
        monkeypatch.setitem(machinery._decide, EstablishBody, crash)
        with pytest.raises(Unavailable, match="KeyError"):
            desk.act(body("half"), BY_CLERK)
        monkeypatch.undo()
        desk.act(body("whole"), BY_CLERK)
        assert desk.read(lambda state: "half" not in state.bodies)


ODD = {
    "half a surrogate pair": EstablishBody(body="odd", name="\ud800"),
    "a key outside ASCII": GiveReport(
        report="odd",
        source="body:committee",
        level="x",
        body="committee",
        counts={"\u043b\u044e\u0434\u0435\u0439": 1},
    ),
    "a number that JSON cannot tell from its neighbour": EstablishBody(
        body="odd", name="Odd", seats=2**53
    ),
    "a number of seventy bits": EstablishBody(body="odd", name="Odd", seats=2**70),
    "letters not composed": EstablishBody(body="odd", name="e\u0301"),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_act_that_cannot_be_written_is_refused_alone(office: Office, odd: Act) -> None:
    """It changes nothing, the rehearsal says no, and the next member's act is kept."""
    with office.open() as desk:
        caller = BY_CLERK
        if isinstance(odd, GiveReport):
            desk.act(AdmitMember(member=MEMBER), BY_CLERK)
            desk.act(SeatMember(body="committee", member=MEMBER), BY_CLERK)
            caller = Caller(by=MEMBER)
        step = Step("odd", odd, caller, "odd.yaml:1")
        with pytest.raises(Malformed):
            desk.read(lambda state: try_act(state, step, office.clock.now()))
        waiting = [desk.submit(odd, caller), desk.submit(body("next"), BY_CLERK)]
        with pytest.raises(Malformed):
            waiting[0].wait()
        assert waiting[1].wait().events
        assert desk.read(lambda state: "odd" not in state.bodies and "odd" not in state.reports)


def test_reader_of_another_desk_follows_the_head(office: Office) -> None:
    with office.open() as desk, office.open() as reader:
        desk.act(body("branch"), BY_CLERK)
        assert reader.read(lambda state: "branch" not in state.bodies)
        reader.catch_up()
        assert reader.read(lambda state: "branch" in state.bodies)
        assert reader.checkpoint() == desk.checkpoint()
