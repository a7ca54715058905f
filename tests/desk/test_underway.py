"""Exports, and folds of the whole record, beside which acts go on and erasures come."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quorate.assembly.audience import EVERYTHING
from quorate.assembly.keeping.erasures import ErasePart
from quorate.assembly.model.organisation import PersonalName
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.assembly.organisation.membership import AdmitMember
from quorate.assembly.state import State
from quorate.audit.verify import verify
from quorate.canon.fault import Busy
from quorate.desk.answer import Caller
from quorate.desk.desk import Desk, open_desk
from quorate.desk.folder_reader import FolderReader
from quorate.desk.port import Row
from quorate.desk.underway import Underway
from quorate.store.memory import MemoryStore
from tests.cast import CLERK, founded
from tests.desk.office import Office, SystemEntropy, play

BY_CLERK = Caller(by=CLERK)


class Shared(MemoryStore):
    """A store that stays when a desk lets go of it; its rows may be read slowly."""

    def __init__(self) -> None:
        super().__init__()
        self.pause: Callable[[], None] = lambda: None

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[Row]:
        for row in super().rows(start, stop):
            self.pause()
            yield row

    def close(self) -> None:
        pass


class Slow:
    """Something in a thread of its own that stops in its middle."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def stop_here(self, *_: object) -> None:
        self.begun.set()
        self.go_on.wait()

    @contextmanager
    def meanwhile(self, do: Callable[[], object]) -> Iterator[None]:
        """A block in the middle of it; it is over when the block is."""
        thread = threading.Thread(target=do)
        thread.start()
        self.begun.wait()
        try:
            yield
        finally:
            self.go_on.set()
            thread.join()


@pytest.fixture
def store() -> Shared:
    return Shared()


@pytest.fixture
def office(store: Shared) -> Office:
    return Office(lambda: store)


def admit(desk: Desk) -> ErasePart:
    """Admit a member; returns the act that erases the name."""
    act = AdmitMember(member="xenia", person=PersonalName(name="Xenia"))
    seq = desk.act(act, BY_CLERK).first
    return ErasePart(seq=seq, parts=("person",), ground="personal-data")


def read(folder: Path, office: Office) -> State:
    """The state of an export that holds; none of it may be missing without the record saying so."""
    _, state = verify(FolderReader(folder), office.key.verifier)
    assert isinstance(state, State)
    return state


def test_acts_and_readers_go_on_while_an_export_runs(office: Office, tmp_path: Path) -> None:
    slow, asked = Slow(), list[int]()

    def audiences(state: State) -> frozenset[str]:
        asked.append(state.size)
        return EVERYTHING

    with office.open() as desk:
        play(founded(), desk)
        size = desk.read(lambda state: state.size)
        key = office.key.verifier
        with slow.meanwhile(lambda: desk.export(tmp_path / "x", key, audiences, slow.stop_here)):
            desk.act(EstablishBody(body="branch", name="Branch"), BY_CLERK)
            assert desk.read(lambda state: "branch" in state.bodies)
        assert read(tmp_path / "x", office).size == size
        assert asked == [size]  # under the lock, and not again of what the state became


def test_erasure_is_carried_out_when_the_exports_before_it_are_done(
    office: Office, store: Shared, tmp_path: Path
) -> None:
    slow, asked = Slow(), threading.Event()
    with office.open() as desk:
        play(founded(), desk)
        erase = admit(desk)
        key = office.key.verifier
        wait_for = desk._exports._ended.wait_for

        def say_so(is_over: Callable[[], bool]) -> bool:
            asked.set()
            return wait_for(is_over)

        desk._exports._ended.wait_for = say_so  # type: ignore[method-assign, assignment]

        def carry_out() -> None:
            desk.finish_erasures()
            asked.set()

        eraser = threading.Thread(target=carry_out)
        with slow.meanwhile(
            lambda: desk.export(tmp_path / "x", key, lambda _: EVERYTHING, slow.stop_here)
        ):
            desk.act(erase, BY_CLERK)  # the act waits for nothing
            eraser.start()
            asked.wait()
            there = [part.name for part in next(store.rows(erase.seq)).parts]
            assert "person" in there
            desk.export(tmp_path / "y", key, lambda _: EVERYTHING)  # nor does an export behind it
        eraser.join()
        assert [part.name for part in next(store.rows(erase.seq)).parts] == ["act"]
        assert desk.read(lambda state: "Xenia" not in repr(state))
    assert "Xenia" in repr(read(tmp_path / "x", office))
    assert "Xenia" not in repr(read(tmp_path / "y", office))


def test_export_begins_again_when_another_process_has_erased_under_it(
    office: Office, store: Shared, tmp_path: Path
) -> None:
    """Any desk that opens to write carries out what is on the record to be erased, and knows of no export here."""
    slow = Slow()
    with office.open() as desk:
        play(founded(), desk)
        erase = admit(desk)
        key = office.key.verifier
        with slow.meanwhile(
            lambda: desk.export(tmp_path / "x", key, lambda _: EVERYTHING, slow.stop_here)
        ):
            seq = desk.act(erase, BY_CLERK).first
            with store.writing() as writing:
                writing.erase(erase.seq, ["person"])
    state = read(tmp_path / "x", office)
    assert state.size == seq + 1
    assert "Xenia" not in repr(state)


def test_export_that_is_overtaken_each_time_says_so_and_leaves_nothing(
    office: Office, store: Shared, tmp_path: Path
) -> None:
    with office.open() as desk:
        play(founded(), desk)
        erase = admit(desk)
        with store.writing() as writing:  # and nothing on the record says so
            writing.erase(erase.seq, ["person"])
        with pytest.raises(Busy) as refused:
            desk.export(tmp_path / "x", office.key.verifier, lambda _: EVERYTHING)
    assert f"entry {erase.seq}" in str(refused.value)
    assert not list(tmp_path.glob("*x*"))


def test_export_of_who_only_reads_is_as_of_its_beginning(
    office: Office, store: Shared, tmp_path: Path
) -> None:
    """What another process erases meanwhile is told only behind the head of the export."""
    slow = Slow()
    with office.open() as desk:
        play(founded(), desk)
        erase = admit(desk)
        reader = open_desk(store, office.signer, office.clock, SystemEntropy(), reading=True)
        key = office.key.verifier
        with slow.meanwhile(
            lambda: reader.export(tmp_path / "x", key, lambda _: EVERYTHING, slow.stop_here)
        ):
            desk.act(erase, BY_CLERK)
            reader.catch_up()
            assert reader.read(lambda state: "Xenia" not in repr(state))
        read(tmp_path / "x", office)
        reader.export(tmp_path / "x", key, lambda _: EVERYTHING)
        assert "Xenia" not in repr(read(tmp_path / "x", office))
        reader.close()


def test_acts_go_on_while_the_record_is_folded_anew(office: Office, store: Shared) -> None:
    slow = Slow()
    with office.open() as desk:
        play(founded(), desk)
        folding: list[threading.Thread] = []

        def pause() -> None:
            if threading.current_thread() in folding and not slow.begun.is_set():
                slow.stop_here()

        def rebuild() -> None:
            folding.append(threading.current_thread())
            desk.rebuild()

        store.pause = pause
        before = desk._fold.state
        with slow.meanwhile(rebuild):
            seq = desk.act(EstablishBody(body="branch", name="Branch"), BY_CLERK).first
        assert desk._fold.state is not before
        assert desk.read(lambda state: (state.size, "branch" in state.bodies)) == (seq + 1, True)
        assert desk._fold.head() == store.head()
        assert desk.act(EstablishBody(body="other", name="Other"), BY_CLERK).first == seq + 1


def test_what_begins_later_is_not_waited_for() -> None:
    underway = Underway()
    first, later = Slow(), Slow()
    over = threading.Event()

    def go(slow: Slow) -> None:
        with underway.one():
            slow.stop_here()

    def wait() -> None:
        underway.wait()
        over.set()

    waiter = threading.Thread(target=wait)
    with first.meanwhile(lambda: go(first)):
        waiter.start()
        while not underway._ended._waiters:  # type: ignore[attr-defined]
            pass
        second = threading.Thread(target=lambda: go(later))
        second.start()
        later.begun.wait()
        assert not over.is_set()
    waiter.join()
    assert over.is_set()
    assert underway._going_on
    later.go_on.set()
    second.join()
    underway.wait()
