"""What SQLite's store does when the disk is full, when it fails, and when the power is cut: at every single step."""

import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

from quorate.canon.fault import Unavailable
from quorate.store import sqlite as sqlite_store
from quorate.store import sqlite_file
from quorate.store.sqlite import SqliteStore
from tests.store.faulty import Faulty, Step, after_power_cut, faulty_vfs
from tests.store.log_writer import a_row, check_whole, put, write


@pytest.fixture
def vfs() -> Iterator[Faulty]:
    with faulty_vfs() as vfs:
        yield vfs


@pytest.fixture(params=[1000, 1], ids=["", "checkpoint-each-time"])
def wal_pages(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the WAL brought into the file as seldom as usual, and after each transaction."""
    monkeypatch.setattr(sqlite_store, "_WAL_PAGES", request.param)


def append(store: SqliteStore) -> None:
    with store.writing() as writing:
        put(writing, [a_row(writing.head().size + i, "x", "act", "text") for i in range(15)])


def erase(store: SqliteStore) -> None:
    with store.writing() as writing:
        writing.erase(1, ["act"])
        put(writing, [a_row(writing.head().size)])


def erased(store: SqliteStore) -> bool:
    return not next(store.rows(1)).parts


@pytest.mark.usefixtures("wal_pages")
@pytest.mark.parametrize("act", [append, erase])
@pytest.mark.parametrize("error", [apsw.FullError, apsw.IOError])
@pytest.mark.parametrize("once", [False, True])
def test_a_failure_at_any_step_is_reported_and_nothing_acknowledged_is_lost(
    tmp_path: Path,
    vfs: Faulty,
    act: Callable[[SqliteStore], None],
    error: type[apsw.Error],
    once: bool,
) -> None:
    path = tmp_path / "0" / "record.db"
    path.parent.mkdir()
    store = SqliteStore(path, vfs=vfs.name)
    write(store, 3)
    for fail_at in range(1000):
        before = store.head()
        acknowledged = True
        vfs.arm(fail_at, error("injected"), once=once)
        try:
            act(store)
        except Unavailable:
            acknowledged = False
        vfs.disarm()
        if not vfs.failed:
            break
        for use in (
            write,
            SqliteStore.head,
        ):  # whenever the failure came, the next caller hears of it
            with pytest.raises(Unavailable):
                use(store)
        path = as_it_is(path, tmp_path / str(fail_at + 1))
        store.close()
        store = SqliteStore(path, vfs=vfs.name)
        size = check_whole(store).size
        assert size > before.size if acknowledged else size >= before.size
        assert write(store).size == size + 1
    assert fail_at > 3
    assert check_whole(store).size > before.size
    store.close()


def as_it_is(path: Path, directory: Path) -> Path:
    """A copy of the files without closing them, which would mend what can be mended."""
    directory.mkdir()
    for name in (path.name, f"{path.name}-wal"):
        if (path.parent / name).exists():
            shutil.copy(path.parent / name, directory)
    return directory / path.name


@pytest.mark.usefixtures("wal_pages")
def test_a_power_cut_at_any_step_loses_nothing_that_was_acknowledged(
    tmp_path: Path, vfs: Faulty
) -> None:
    store = SqliteStore(tmp_path / "record.db", vfs=vfs.name)
    for act in (write, append, erase, append, write, erase, write):
        act(store)
        vfs.steps.append(Step("mark", offset=store.head().size))
    last = check_whole(store)
    store.close()
    seen: dict[tuple[tuple[str, bytes], ...], int] = {}
    for cut in range(len(vfs.steps) + 1):
        done = vfs.steps[:cut]
        acknowledged = max((step.offset for step in done if step.what == "mark"), default=0)
        for chance in (None, random.Random(cut), random.Random(-1 - cut)):
            files = after_power_cut(done, chance)
            left = tuple(files.items())
            if left not in seen:
                seen[left] = opened_again(tmp_path / "cut", files)
            assert acknowledged <= seen[left] <= last.size
    assert len(set(seen.values())) == 8  # the empty log and each transaction, never a part of one


def opened_again(directory: Path, files: dict[str, bytes]) -> int:
    """The size of a whole log that can be written to."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir()
    for name, content in files.items():
        (directory / name).write_bytes(content)
    store = SqliteStore(directory / "record.db")
    size = check_whole(store).size
    assert write(store).size == size + 1
    store.close()
    return size


def test_the_simulated_power_cut_finds_a_store_that_does_not_sync(
    tmp_path: Path, vfs: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    careless = [
        line.replace("synchronous = FULL", "synchronous = NORMAL") for line in sqlite_file._PRAGMAS
    ]
    monkeypatch.setattr(sqlite_file, "_PRAGMAS", careless)
    store = SqliteStore(tmp_path / "record.db", vfs=vfs.name)
    write(store)
    cut = list(vfs.steps)
    store.close()
    assert opened_again(tmp_path / "cut", after_power_cut(cut, None)) == 0


def test_a_full_file_system_is_unavailable_and_loses_nothing(tmp_path: Path) -> None:
    mount = tmp_path / "small"
    mount.mkdir()
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "none", mount],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("may not mount a file system (needs root)")
    try:
        store = SqliteStore(mount / "record.db")
        size = 0
        with pytest.raises(Unavailable, match="disk"):  # noqa: PT012  # which one it will be is not known
            while size < 1_000_000:
                size = write(store, 20).size
        assert size > 100
        store.close()
        store = SqliteStore(mount / "record.db")
        assert check_whole(store).size == size
        store.close()
    finally:
        subprocess.run(["umount", mount], check=True)
