"""Trouble below the desk: nothing is acknowledged that is not durable, and everybody is told."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quorate.assembly.organisation.bodies import EstablishBody
from quorate.canon.fault import Unavailable
from quorate.desk.answer import Caller
from quorate.desk.port import Writing
from quorate.store.sqlite import SqliteStore
from tests.cast import CLERK, founded
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

    def fail(size: int, root: bytes) -> None:
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


def test_rule_that_crashes_stops_the_desk_and_keeps_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = office.open()

    def crash(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("quorate.desk.session.take_effect", crash)
    with pytest.raises(Unavailable, match="ZeroDivisionError"):
        desk.act(body("half"), BY_CLERK)
    monkeypatch.undo()
    desk.close()
    with office.open() as again:
        assert again.read(lambda state: "half" not in state.bodies)


def test_reader_of_another_desk_follows_the_head(office: Office) -> None:
    with office.open() as desk, office.open() as reader:
        desk.act(body("branch"), BY_CLERK)
        assert reader.read(lambda state: "branch" not in state.bodies)
        reader.catch_up()
        assert reader.read(lambda state: "branch" in state.bodies)
        assert reader.checkpoint() == desk.checkpoint()
