"""The desk's lock is given to those who wait in the order in which they came."""

import signal
import threading
from collections.abc import Callable

import pytest

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

    class Late:
        """What is let go of behind the back of who waits for it."""

        def acquire(self, timeout: float = -1) -> bool:
            if lock._waiting:
                lock.release()
                assert lock.locked()
            return False

        def release(self) -> None:
            pass

    lock.acquire()
    with pytest.MonkeyPatch.context() as patch:
        door = lock._door
        patch.setattr(threading, "Lock", Late)
        lock._door = door
        assert lock.acquire(timeout=1)
    lock.release()
    assert not lock.locked()


def test_interrupted_wait_leaves_the_lock_to_the_others() -> None:
    lock = FairLock()
    have, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with lock:
            have.set()
            let_go.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    have.wait()

    def interrupt() -> None:
        while not lock._waiting:
            pass
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        lock.acquire()
    let_go.set()
    holder.join()
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
