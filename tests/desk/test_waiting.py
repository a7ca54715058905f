"""Nobody waits at the desk for ever: not beside its close, not in a full queue, not for a store that others hold."""

import os
import sys
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
from quorate.canon.fault import Busy, Unavailable
from quorate.desk import inbox
from quorate.desk import writer as writer_module
from quorate.desk.answer import Caller
from quorate.desk.port import Snapshot, Writing
from quorate.desk.reopening import Reopening
from quorate.store import open_store, postgres_server, sqlite_file
from quorate.store.database import DatabaseWriter
from quorate.store.memory import MemoryStore
from tests.cast import CLERK, founded
from tests.desk.office import Office, play
from tests.desk.torture_writer import opened

BY_CLERK = Caller(by=CLERK)


def body(name: str) -> EstablishBody:
    return EstablishBody(body=name, name=name)


@pytest.fixture
def office() -> Office:
    return Office(MemoryStore)


@pytest.fixture
def lasting(store: str) -> Office:
    office = Office(lambda: open_store(store))
    with office.open() as desk:
        play(founded(), desk)
    return office


def at_once(count: int, do: Callable[[int], None]) -> list[threading.Thread]:
    threads = [threading.Thread(target=do, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    return threads


@pytest.mark.parametrize("_", range(20))
def test_acts_beside_the_close_are_answered(office: Office, _: int) -> None:
    desk = office.open()
    play(founded(), desk)
    begun = threading.Barrier(9)
    told: list[str] = []

    def act(n: int) -> None:
        begun.wait()
        for i in range(1000):
            try:
                desk.act(body(f"b-{n}-{i}"), BY_CLERK)
            except Unavailable as error:
                told.append(str(error))
                return

    threads = at_once(8, act)
    begun.wait()
    desk.close()
    for thread in threads:
        thread.join()
    assert set(told) == {"the desk is closed"}


def test_nothing_is_put_behind_the_end_of_the_queue(office: Office) -> None:
    """Between the look whether a desk is closed and the queue there is no gap."""
    desk = office.open()
    put = desk._writer._inbox.put

    def close_first(queued) -> None:
        desk.close()
        put(queued)

    desk._writer._inbox.put = close_first  # type: ignore[method-assign]
    with pytest.raises(Unavailable, match="the desk is closed") as closed:
        desk.act(body("late"), BY_CLERK)
    assert closed.value.hint


def test_answer_can_be_asked_for_twice(office: Office) -> None:
    with office.open() as desk:
        play(founded(), desk)
        waiting = desk.submit(body("branch"), BY_CLERK)
        assert waiting.wait() is waiting.wait()


def test_child_of_a_fork_is_not_left_waiting(office: Office) -> None:
    with office.open() as desk:
        play(founded(), desk)
        if child := os.fork():
            assert os.waitpid(child, 0)[1] == 0
        else:
            status = 1
            try:
                desk.act(body("branch"), BY_CLERK)
            except Unavailable:
                status = 0
            finally:
                os._exit(status)


def test_writer_that_ends_leaves_nobody_waiting(office: Office, monkeypatch) -> None:
    with office.open() as desk:
        monkeypatch.setattr(desk._session, "hold", lambda *_: sys.exit(1))
        for _ in range(2):
            with pytest.raises(Unavailable, match="the writer stopped"):
                desk.act(body("branch"), BY_CLERK)


def test_queue_has_a_bound_and_says_so(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "MOST_WAITING", 5)
    with office.open() as desk:
        play(founded(), desk)
        with desk._lock:  # as a long look at the state
            waiting = [desk.submit(body("first"), BY_CLERK)]
            while desk._writer._inbox._queue.qsize():
                pass
            waiting += [desk.submit(body(f"b-{n}"), BY_CLERK) for n in range(5)]
            with pytest.raises(Busy, match="5 acts are waiting") as full:
                desk.submit(body("one-more"), BY_CLERK)
            assert "try again" in full.value.hint
        assert len([each.wait() for each in waiting]) == 6
        desk.act(body("one-more"), BY_CLERK)


def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a store say at once that others hold it."""
    monkeypatch.setattr(sqlite_file, "BUSY_MS", 20)
    monkeypatch.setattr(postgres_server, "LOCK_SECONDS", 0.02)


def test_store_that_others_hold_is_not_one_that_failed(
    lasting: Office, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    monkeypatch.setattr(writer_module, "PATIENCE", 0.1)
    other = open_store(store)
    with lasting.open() as desk:
        size = desk.read(lambda state: state.size)
        with other.writing():
            for name in ("one", "two"):
                with pytest.raises(Busy, match="another process") as busy:
                    desk.act(body(name), BY_CLERK)
                assert "try again" in busy.value.hint
        assert not desk.failed
        assert desk.read(lambda state: state.size) == size
        assert desk.act(body("one"), BY_CLERK).first == size
        with other.writing():  # which takes the checkpoint of the close, and nothing else
            desk.close()
    other.close()


def test_who_waits_for_a_store_is_served_when_it_is_free(
    lasting: Office, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    tried, sleep = threading.Event(), writer_module.time.sleep

    def pause(seconds: float) -> None:
        tried.set()
        sleep(seconds)

    monkeypatch.setattr(writer_module.time, "sleep", pause)
    other = open_store(store)
    with lasting.open() as desk:
        with other.writing():
            waiting = [desk.submit(body(name), BY_CLERK) for name in ("one", "two")]
            tried.wait()
        assert [len(each.wait().events) for each in waiting] == [1, 1]
    other.close()


def test_transaction_that_has_to_be_tried_again_is_kept_once(
    lasting: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a deadlock: the acts had changed the state already."""
    moved_to, failures = DatabaseWriter._moved_to, [Busy("in the way"), Busy("in the way")]

    def fail_twice(self: DatabaseWriter, head) -> None:
        if failures:
            raise failures.pop()
        moved_to(self, head)

    monkeypatch.setattr(DatabaseWriter, "_moved_to", fail_twice)
    with lasting.open() as desk:
        size = desk.read(lambda state: state.size)
        waiting = [desk.submit(body(name), BY_CLERK) for name in ("one", "two")]
        assert {each.wait().first for each in waiting} == {size, size + 1}
        assert failures == []
    with lasting.open() as again:
        assert again.read(lambda state: state.size) == size + 2


def test_desk_that_failed_is_opened_again_in_the_same_process(
    lasting: Office, store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many times, and no thread, no file and no lock is left behind."""
    memory = tmp_path / "signer.log"
    memory.write_text("".join(f"{size} {root.hex()}\n" for size, root in lasting.memory.kept))
    sync = os.fdatasync
    held: list[tuple[int, int]] = []

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    with Reopening(lambda: opened(store, str(memory))) as kept:
        for n in range(6):
            desk = kept.desk()
            assert kept.desk() is desk
            desk.act(body(f"b-{n}"), BY_CLERK)
            monkeypatch.setattr(os, "fdatasync", fail)
            with pytest.raises(Unavailable, match="No space left"):
                desk.act(body(f"c-{n}"), BY_CLERK)
            monkeypatch.setattr(os, "fdatasync", sync)
            with pytest.raises(Unavailable):
                desk.act(body(f"d-{n}"), BY_CLERK)
            bodies = kept.desk().read(lambda state: set(state.bodies))
            assert f"b-{n}" in bodies
            assert f"d-{n}" not in bodies
            held.append((threading.active_count(), len([*Path("/proc/self/fd").iterdir()])))
    assert held[1:] == held[:-1]
    with pytest.raises(Unavailable):
        kept.desk()


def test_desk_that_cannot_be_opened_now_can_be_later(tmp_path: Path, store: str) -> None:
    memory = tmp_path / "signer.log"
    with Reopening(lambda: opened(store, str(memory))) as kept:
        memory.write_text("x\n")
        with pytest.raises(Exception, match=r"signer\.log"):
            kept.desk()
        memory.write_text("")
        play(founded(), kept.desk())


class HeldStore(MemoryStore):
    """A store whose next transaction begins when others let go of it."""

    def __init__(self) -> None:
        super().__init__()
        self.waits, self.free = threading.Event(), threading.Event()
        self.free.set()
        self.look: Callable[[], None] = lambda: None

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        self.look()
        self.waits.set()
        self.free.wait()
        with super().writing() as writing:
            yield writing

    def save_checkpoint(self, size: int, note: str) -> None:
        self.look()
        super().save_checkpoint(size, note)

    def save_snapshot(self, snapshot: Snapshot) -> None:
        self.look()
        super().save_snapshot(snapshot)


def test_store_that_others_hold_stops_no_reader() -> None:
    store = HeldStore()
    with Office(lambda: store).open() as desk:
        play(founded(), desk)
        size = desk.read(lambda state: state.size)
        store.waits.clear()
        store.free.clear()
        waiting = desk.submit(body("branch"), BY_CLERK)
        store.waits.wait()
        seen: list[int] = []

        def look() -> None:
            desk.catch_up()
            desk.receipt(0)
            seen.append(desk.read(lambda state: state.size))

        reader = threading.Thread(target=look)
        reader.start()
        reader.join(30)  # no measurement: what would wait for ever is to fail
        in_time = list(seen)
        store.free.set()
        reader.join()
        assert in_time == [size]
        assert waiting.wait().first == size


def test_nobody_begins_a_transaction_with_the_lock_of_the_desk(tmp_path: Path) -> None:
    """The writer takes the lock within its transaction: whoever did it the other way round would wait for it, and it for them."""
    store = HeldStore()
    office = Office(lambda: store)
    looks: list[bool] = []
    with office.open() as desk:
        play(founded(), desk)
        store.look = lambda: looks.append(desk._lock.locked())
        desk.act(body("branch"), BY_CLERK)
        desk.checkpoint()
        desk.snapshot()
        desk.export(tmp_path / "export", office.key.verifier, lambda _: EVERYTHING)
        admitted = desk.act(
            AdmitMember(member="xenia", person=PersonalName(name="Xenia")), BY_CLERK
        )
        erase = ErasePart(seq=admitted.first, parts=("person",), ground="personal-data")
        desk.act(erase, BY_CLERK)
        desk.finish_erasures()
    assert len(looks) >= 7
    assert not any(looks)


def test_transaction_waits_for_readers_only_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long look begun within it has it begun again, when the look is over."""
    monkeypatch.setattr(writer_module, "TURN_SECONDS", 0.0)
    store = HeldStore()
    with Office(lambda: store).open() as desk:
        play(founded(), desk)
        store.waits.clear()
        store.free.clear()
        waiting = desk.submit(body("branch"), BY_CLERK)
        store.waits.wait()
        with desk._lock:
            store.free.set()
            with store._gate.writing_turn():  # is free, or becomes so
                pass
        assert waiting.wait().events


def test_what_the_writer_broke_on_is_shown_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also not to whoever was waiting to look."""
    with Office(MemoryStore).open() as desk:
        play(founded(), desk)
        errors: list[Exception] = []

        def look() -> None:
            try:
                desk.read(lambda state: state.size)
            except Unavailable as error:
                errors.append(error)

        readers = [threading.Thread(target=look) for _ in range(8)]

        def hold(_: object, take_turn: Callable[[], None]) -> None:
            take_turn()
            for reader in readers:
                reader.start()
            raise ZeroDivisionError

        monkeypatch.setattr(desk._session, "hold", hold)
        with pytest.raises(Unavailable, match="ZeroDivisionError"):
            desk.act(body("branch"), BY_CLERK)
        for reader in readers:
            reader.join()
        assert len(errors) == 8
