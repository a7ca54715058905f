"""Stores opened for reading: one that cannot be written will do, and nobody who writes is waited for."""

from pathlib import Path
from urllib.parse import quote

import apsw
import pytest

from quorate.canon.fault import Malformed, Unavailable
from quorate.desk.port import Store
from quorate.store import open_store, sqlite_file
from quorate.store.sqlite import SqliteStore
from tests.store.log_writer import check_whole, write


def cannot_be_written(store: Store) -> None:
    """Who tries is told so, and the store can be read as before."""
    for _ in range(2):
        with pytest.raises(Unavailable):
            write(store)
        with pytest.raises(Unavailable):
            store.save_checkpoint(1, "note\n")
    assert check_whole(store).size == 3


def test_whoever_reads_can_write_where_that_is_possible(lasting_url: str) -> None:
    """What the record says was erased has to leave the store, whoever opens it."""
    store = open_store(lasting_url)
    write(store)
    with store.writing():  # whoever opens it meanwhile to read does not wait for the end of this
        reader = open_store(lasting_url, create=False, reading=True)
        assert check_whole(reader).size == 1
    write(reader)
    assert check_whole(store).size == 2
    reader.close()
    store.close()


def test_nothing_is_made_for_a_reader(lasting_url: str) -> None:
    with pytest.raises(Unavailable):
        open_store(lasting_url, create=False, reading=True)


@pytest.mark.postgresql
def test_server_that_cannot_be_written_can_be_read(postgres_url: str) -> None:
    store = open_store(postgres_url)
    for _ in range(3):
        write(store)
    store.close()
    standby = f"{postgres_url}&options={quote('-c default_transaction_read_only=on')}"
    with pytest.raises(Unavailable, match="transaction_read_only"):
        open_store(standby, create=False)
    reader = open_store(standby, create=False, reading=True)
    cannot_be_written(reader)
    reader.close()


def unwritable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have SQLite find that neither files nor folders can be written, also by root."""
    connect = sqlite_file._connect_to_read

    def refuse(*_: object, **__: object) -> None:
        raise apsw.ReadOnlyError("attempt to write a readonly database")

    def refuse_plainly(name: str, flags: int, vfs: str | None) -> apsw.Connection:
        if not flags & apsw.SQLITE_OPEN_URI:
            raise apsw.CantOpenError("unable to open database file")
        return connect(name, flags, vfs)

    monkeypatch.setattr(sqlite_file, "_connect", refuse)
    monkeypatch.setattr(sqlite_file, "_connect_to_read", refuse_plainly)


@pytest.mark.parametrize("name", ["record.db", "a%20 b?c#d.db"])
def test_file_that_cannot_be_written_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    store = SqliteStore(tmp_path / name)
    for _ in range(3):
        write(store)
    store.close()
    unwritable(monkeypatch)
    with pytest.raises(Unavailable, match="cannot be used"):
        SqliteStore(tmp_path / name)
    reader = SqliteStore(tmp_path / name, create=False, reading=True)
    cannot_be_written(reader)
    reader.close()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_file_whose_newest_entries_cannot_be_seen_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in the WAL alone is part of the record; without it an older one would be shown."""
    store = SqliteStore(tmp_path / "record.db")
    write(store)
    assert (tmp_path / "record.db-wal").stat().st_size
    unwritable(monkeypatch)
    with pytest.raises(Unavailable):
        SqliteStore(tmp_path / "record.db", create=False, reading=True)
    monkeypatch.undo()
    store.close()


def test_file_that_is_not_ours_is_refused_to_readers_too(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear members, " * 100)
    with pytest.raises(Malformed):
        SqliteStore(tmp_path / "letter", create=False, reading=True)
