"""What only the SQLite store promises: which files and versions it refuses, and that erased bytes leave the disk."""

import os
import random
import re
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import apsw
import pytest

from quorate.canon.fault import Fault, Malformed, Unavailable
from quorate.desk.port import Row, Snapshot
from quorate.record.entry import Part
from quorate.store import sqlite as sqlite_store
from quorate.store import sqlite_file
from quorate.store.sqlite import SqliteStore
from tests.store.log_writer import check_whole, put, write


def on_disk(path: Path) -> bytes:
    """Everything in the record's files, and in whatever else lies beside them."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


def secret(seq: int, name: str) -> bytes:
    return b"secret of %s %06d;" % (name.encode(), seq)


def a_secret_row(chance: random.Random, seq: int) -> Row:
    """Parts from a few bytes to several pages, some long enough for overflow pages."""
    sizes = {name: chance.choice([0, 90, 400, 3000, 20_000]) for name in ("act", "person", "text")}
    parts = (
        Part(name, secret(seq, name)[:32].ljust(32, b"."), secret(seq, name) + bytes(size), "x:é")
        for name, size in sizes.items()
    )
    return Row(seq, b"entry %d" % seq, tuple(parts))


def test_erased_bytes_leave_every_file_at_once_and_the_others_stay(tmp_path: Path) -> None:
    chance = random.Random(7)
    path = tmp_path / "record.db"
    store = SqliteStore(path)
    for start in range(0, 400, 8):
        with store.writing() as writing:
            put(writing, [a_secret_row(chance, start + i) for i in range(8)])
    places = [(seq, name) for seq in range(400) for name in ("act", "person", "text")]
    chance.shuffle(places)
    for step in range(0, 1200, 100):
        store.save_snapshot(Snapshot(10_000, "c", b"".join(secret(*place) for place in places)))
        with store.writing() as writing:
            for seq, name in places[step : step + 100]:
                writing.erase(seq, [name])
        found = set(re.findall(rb"secret of [a-z]+ [0-9]{6};", on_disk(path)))
        assert found == {secret(*place) for place in places[step + 100 :]}
    assert all(row.parts == () for row in store.rows())
    assert check_whole(store).size == 400
    store.close()


def test_an_erased_row_does_not_move(tmp_path: Path) -> None:
    """Or its neighbours would leave copies of themselves; seen in that no page is freed and none is added."""
    store = SqliteStore(tmp_path / "record.db")
    chance = random.Random(7)
    with store.writing() as writing:
        put(writing, [a_secret_row(chance, i) for i in range(100)])
    pages = store._writer.pragma("page_count")
    with store.writing() as writing:
        for seq in range(100):
            writing.erase(seq, ["act", "text"])
    assert store._writer.pragma("page_count") == pages
    assert store._writer.pragma("freelist_count") == 0
    assert store._writer.pragma("integrity_check") == "ok"
    store.close()


def test_an_erasure_that_a_reader_delays_is_finished_by_the_next_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_store, "_SCRUB_MS", 20)
    path = tmp_path / "record.db"
    store = SqliteStore(path)
    with store.writing() as writing:
        put(writing, [a_secret_row(random.Random(7), 0)])
    reader = apsw.Connection(str(path))
    reader.execute("BEGIN; SELECT * FROM head").fetchall()
    with store.writing() as writing:
        writing.erase(0, ["text"])
    assert store.head().size == 1
    assert secret(0, "text") in on_disk(path)
    reader.close()
    write(store)
    assert secret(0, "text") not in on_disk(path)
    store.close()


def test_an_erasure_cut_short_by_a_crash_is_finished_when_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "1" / "record.db"
    path.parent.mkdir()
    store = SqliteStore(path)
    with store.writing() as writing:
        put(writing, [a_secret_row(random.Random(7), 0)])
    with monkeypatch.context() as patch:
        patch.setattr(SqliteStore, "_empty_wal", lambda _: None)
        with store.writing() as writing:
            writing.erase(0, ["text"])
    crashed = tmp_path / "2" / "record.db"
    crashed.parent.mkdir()
    for end in ("", "-wal"):
        Path(f"{crashed}{end}").write_bytes(Path(f"{path}{end}").read_bytes())
    store.close()
    assert secret(0, "text") in on_disk(crashed)
    store = SqliteStore(crashed)
    assert secret(0, "text") not in on_disk(crashed)
    assert len(next(store.rows()).parts) == 2
    store.close()


@pytest.mark.parametrize(
    "version", ["3.51.3", "3.51.4", "3.52.0", "4.0.0", "3.50.7", "3.44.6", "3.44.9"]
)
def test_a_mended_sqlite_is_accepted(version: str) -> None:
    sqlite_file.check_version(version)


@pytest.mark.parametrize(
    "version", ["3.51.2", "3.50.6", "3.49.9", "3.45.0", "3.44.5", "3.40.1", "3.7.0"]
)
def test_an_sqlite_with_the_wal_reset_bug_is_refused(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apsw, "sqlite_lib_version", lambda: version)
    with pytest.raises(Unavailable, match=version) as refused:
        SqliteStore(tmp_path / "record.db")
    assert "upgrade" in refused.value.hint
    assert not list(tmp_path.iterdir())


def test_connections_are_durable_and_leave_nothing_behind(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "record.db")
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "mmap_size": 0,
        "temp_store": 2,
    }
    assert {name: store._writer.pragma(name) for name in expected} == expected
    assert store._writer.pragma("wal_autocheckpoint") == 0
    store.close()


def test_only_its_owner_may_read_a_new_file(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "record.db")
    write(store)
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
    store.close()


def another_program(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, bytes BLOB)")
    other.close()


def a_newer_quorate(path: Path) -> None:
    SqliteStore(path).close()
    change(path, f"PRAGMA user_version = {sqlite_file.SCHEMA + 1}")


def a_lost_tail(path: Path) -> None:
    store = SqliteStore(path)
    write(store, 5)
    store.close()
    change(path, "DELETE FROM entry WHERE seq = 4")


def change(path: Path, statement: str) -> None:
    connection = apsw.Connection(str(path))
    connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("make", "fault", "says"),
    [
        (lambda path: path.write_bytes(b"%PDF-1.7 " * 1000), Malformed, "a record of Quorate"),
        (another_program, Malformed, "a record of Quorate"),
        (a_newer_quorate, Unavailable, "newer Quorate"),
        (a_lost_tail, Unavailable, "damaged"),
        (lambda path: path.mkdir(), Unavailable, "cannot be used"),
    ],
)
def test_a_file_that_is_not_ours_or_not_whole_is_refused_and_left_alone(
    tmp_path: Path, make: object, fault: type[Fault], says: str
) -> None:
    path = tmp_path / "record.db"
    assert callable(make)
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(fault, match=says) as refused:
        SqliteStore(path)
    assert refused.value.hint
    assert before == (path.read_bytes() if path.is_file() else b"")


def test_a_path_without_a_record_is_refused_if_none_is_to_be_made(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as refused:
        SqliteStore(tmp_path / "typo.db", create=False)
    assert refused.value.hint
    assert not list(tmp_path.iterdir())
    with pytest.raises(Unavailable):
        SqliteStore(tmp_path / "nowhere" / "record.db")


def test_those_who_open_a_new_file_at_once_all_find_it_theirs(tmp_path: Path) -> None:
    """One was told that the file was no record, or that it had been held for a minute, in a few rounds of sixty."""
    for n in range(60):
        together = Barrier(6)

        def opened(path: Path = tmp_path / f"{n}.db", together: Barrier = together) -> int:
            together.wait(timeout=30)
            store = SqliteStore(path)
            size = check_whole(store).size
            store.close()
            return size

        with ThreadPoolExecutor(6) as pool:
            opening = [pool.submit(opened) for _ in range(6)]
            assert [each.result() for each in opening] == [0] * 6


def test_a_lock_not_had_in_time_is_unavailable_but_not_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_MS", 20)
    one, other = (SqliteStore(tmp_path / "record.db") for _ in range(2))
    with one.writing(), pytest.raises(Unavailable, match="another process"):
        write(other)
    assert write(other).size == 1
    one.close()
    other.close()


def test_an_error_that_the_block_swallows_is_not_committed(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "record.db")
    with pytest.raises(Unavailable), store.writing() as writing:  # noqa: PT012  # the block is the test
        put(writing, [Row(0, b"e", ())])
        with pytest.raises(Unavailable):
            writing._execute("SELECT * FROM nothing")
    store.close()
    store = SqliteStore(tmp_path / "record.db")
    assert store.head().size == 0
    store.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_may_not_be_written_is_unavailable(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    SqliteStore(path).close()
    path.chmod(0o400)
    with pytest.raises(Unavailable, match="cannot be used"):
        SqliteStore(path)
