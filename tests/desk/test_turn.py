"""The desk's lock is given to those who wait in the order in which they came."""

import threading
from collections.abc import Callable

import pytest

from quorate.desk import turn
from quorate.desk.turn import FairLock


def start(lock: FairLock, do: Callable[[], None]) -> threading.Thread:
    """A thread that does something with the lock; returns once it waits for it."""
    waiting = len(lock._waiting)
    thread = threading.Thread(target=do)
    thread.start()
    while len(lock._waiting) == waiting:
        pass
    return thread


def test_turns_come_in_the_order_in_which_they_were_asked_for() -> None:
    lock, had = FairLock(), []

    def take(n: int) -> None:
        with lock:
            had.append(n)

    lock.acquire()
    threads = [start(lock, lambda n=n: take(n)) for n in range(20)]  # type: ignore[misc]
    lock.release()
    for thread in threads:
        thread.join()
    assert had == list(range(20))
    assert not lock.locked()


def test_who_asks_again_at_once_comes_behind_who_waited() -> None:
    """Even before that one has woken: the lock is theirs in the moment in which it is let go of."""
    lock = FairLock()
    go_on = threading.Event()
    had: list[str] = []

    def read() -> None:
        with lock:
            go_on.wait()
            had.append("reader")

    lock.acquire()
    reader = start(lock, read)
    lock.release()
    assert not lock.acquire(timeout=0)
    go_on.set()
    with lock:
        had.append("writer")
    reader.join()
    assert had == ["reader", "writer"]


def test_who_waits_no_more_holds_up_nobody() -> None:
    lock = FairLock()
    lock.acquire()
    assert not lock.acquire(timeout=0)
    assert not lock._waiting
    lock.release()
    assert not lock.locked()
    assert lock.acquire(timeout=0)


def test_turn_that_came_when_the_time_was_over_is_taken() -> None:
    lock = FairLock()

    leave = lock._leave

    def late(mine: object) -> bool:
        lock.release()
        assert lock.locked()
        return leave(mine)  # type: ignore[arg-type]

    lock.acquire()
    lock._leave = late  # type: ignore[method-assign]
    assert lock.acquire(timeout=0)
    lock.release()
    assert not lock.locked()


@pytest.mark.parametrize("given", [False, True])
def test_interrupted_wait_leaves_the_lock_to_the_others(
    monkeypatch: pytest.MonkeyPatch, *, given: bool
) -> None:
    """Also where the turn came in the very moment of the interruption."""
    lock = FairLock()

    class Interrupted(turn._Turn):
        def __init__(self) -> None:
            super().__init__()
            self.come = self  # type: ignore[assignment]

        def acquire(self, timeout: float) -> bool:
            if given:
                lock.release()
            raise KeyboardInterrupt

        def release(self) -> None:
            pass

    lock.acquire()
    with monkeypatch.context() as patch:
        patch.setattr(turn, "_Turn", Interrupted)
        with pytest.raises(KeyboardInterrupt):
            lock.acquire()
    assert not lock._waiting
    assert lock.locked() is not given
    if not given:
        lock.release()
    assert lock.acquire(timeout=0)


def test_only_one_has_it_whoever_gives_up() -> None:
    lock, inside, counts = FairLock(), [0], [0]

    def work(n: int) -> None:
        for i in range(500):
            if lock.acquire(timeout=0 if (i + n) % 3 == 0 else -1):
                inside[0] += 1
                assert inside[0] == 1
                counts[0] += 1
                inside[0] -= 1
                lock.release()

    failed: list[object] = []
    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threading, "excepthook", failed.append)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not failed
    assert counts[0] > 0
    assert not lock.locked()
