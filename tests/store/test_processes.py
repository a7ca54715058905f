"""Several processes, and what is found when a store is opened again; on the stores that outlive their process."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from quorate.desk.port import Snapshot, Store
from quorate.store import open_store
from tests.store.log_writer import check_whole, write

ROOT = Path(__file__).parents[2]
COUNT = 60


@pytest.fixture
def start() -> Iterator[list[subprocess.Popen[str]]]:
    """Processes that are ended with the test."""
    running: list[subprocess.Popen[str]] = []
    yield running
    for process in running:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def a_writer(url: str, tag: str, count: int = COUNT) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.log_writer", url, str(count), tag]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_processes_that_create_and_write_are_served_one_after_the_other(
    lasting_url: str, start: list[subprocess.Popen[str]]
) -> None:
    start.extend(a_writer(lasting_url, tag) for tag in "abc")
    said = [process.communicate(timeout=60)[0].split() for process in start]
    assert [process.returncode for process in start] == [0, 0, 0]
    store = open_store(lasting_url, create=False)
    assert check_whole(store).size == 3 * COUNT
    sizes = [int(size) for sizes in said for size in sizes]
    assert sorted(sizes) == list(range(1, 3 * COUNT + 1))
    store.close()


def test_a_process_that_waits_is_served_while_another_never_rests(
    lasting_url: str, start: list[subprocess.Popen[str]]
) -> None:
    store = open_store(lasting_url)
    start.append(a_writer(lasting_url, "restless", 100_000))
    assert start[0].stdout is not None
    start[0].stdout.readline()
    for _ in range(20):
        write(store)
    start[0].kill()
    start[0].wait()
    assert check_whole(store).size > 20
    store.close()


def test_what_was_acknowledged_is_there_after_a_kill(
    lasting_url: str, start: list[subprocess.Popen[str]]
) -> None:
    acknowledged = 0
    for turn in range(5):
        process = a_writer(lasting_url, f"turn-{turn}", 100_000)
        start.append(process)
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(1 + 7 * turn)]
        process.kill()
        lines += process.communicate()[0].splitlines()
        acknowledged = max(int(line) for line in lines if line.strip())
        store = open_store(lasting_url)
        assert check_whole(store).size - acknowledged in {0, 1}
        store.close()


def everything(store: Store) -> list[object]:
    return [store.head(), list(store.rows()), store.checkpoints(), store.snapshot()]


def test_everything_is_there_when_opened_again(lasting_url: str) -> None:
    store = open_store(lasting_url)
    write(store, 5, "x", "act", "text")
    store.save_checkpoint(5, "note — of five\n")
    with store.writing() as writing:
        writing.erase(2, ["text"])
    store.save_snapshot(Snapshot(7, "c", b"s"))
    before = everything(store)
    store.close()
    again = open_store(lasting_url, create=False)
    assert everything(again) == before
    again.close()


def test_another_process_sees_what_was_committed(lasting_url: str) -> None:
    one, other = open_store(lasting_url), open_store(lasting_url)
    for size in range(1, 6):
        write(one if size % 2 else other)
        assert check_whole(one) == check_whole(other)
        assert one.head().size == size
    one.close()
    other.close()
