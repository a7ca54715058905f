"""What a database tells of a ballot box beside its ballots: nothing of order once it is settled; and older stores get boxes."""

import random
from pathlib import Path

import apsw
import psycopg
import pytest

from quorate.store import sqlite_file
from quorate.store.postgres import PostgresStore
from quorate.store.sqlite import SqliteStore
from tests.store.log_writer import check_whole, write

COUNT = 60


def shuffled(seed: int = 0) -> list[tuple[str, bytes]]:
    """Credentials and long ballots, as they are cast."""
    cast = [(f"c-{n:03}", b"ballot-%03d-" % n * 300) for n in range(COUNT)]
    random.Random(seed).shuffle(cast)
    return cast


def places(path: Path, seed: int) -> list[int]:
    """Where in a file each ballot lies, once the box is settled; each is there once, and the log is empty."""
    store = SqliteStore(path)
    for credential, ballot in shuffled(seed):
        with store.writing() as writing:
            writing.put_ballot("d-1", credential, ballot)
    with store.writing() as writing:
        writing.settle_box("d-1")
    held = path.read_bytes()
    assert not path.with_name(f"{path.name}-wal").read_bytes()
    store.close()
    assert sum(held.count(b"ballot-%03d-" % n) for n in range(COUNT)) <= 300 * COUNT
    found = [held.find(b"-ballot-%03d-ballot-%03d-" % (n, n)) for n in range(COUNT)]
    assert -1 not in found
    return sorted(range(COUNT), key=lambda n: found[n])


def test_settled_sqlite_file_lies_the_same_however_the_ballots_came(tmp_path: Path) -> None:
    laid = [places(tmp_path / f"{seed}.db", seed) for seed in range(4)]
    assert all(each == laid[0] for each in laid)


def test_sqlite_does_not_number_ballots_as_they_come(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "record.db").close()
    connection = apsw.Connection(str(tmp_path / "record.db"))
    for table in ("ballot", "counted_ballot"):
        columns = [each[1] for each in connection.pragma(f"table_info({table})") or ()]
        assert columns in ([], ["division", "credential", "turn", "bytes"])
        with pytest.raises(apsw.SQLError, match="rowid"):
            connection.execute(f"SELECT rowid FROM {table}")
    connection.close()


@pytest.mark.postgresql
def test_settled_postgresql_rows_are_of_one_transaction_and_in_the_order_of_credentials(
    postgresql: str,
) -> None:
    store = PostgresStore(postgresql, "settled")
    for credential, ballot in shuffled():
        with store.writing() as writing:
            writing.put_ballot("d-1", credential, ballot)
    with store.writing() as writing:
        writing.settle_box("d-1")
    with psycopg.connect(postgresql, autocommit=True) as connection:
        look = "SELECT credential, xmin::text FROM settled.counted_ballot ORDER BY ctid"
        rows = connection.execute(look).fetchall()
        assert [credential for credential, _ in rows] == sorted(dict(shuffled()))
        assert len({version for _, version in rows}) == 1
        assert connection.execute("SELECT count(*) FROM settled.ballot").fetchone() == (0,)
        size = "SELECT pg_relation_size('settled.ballot')"
        assert connection.execute(size).fetchone() == (0,)
    store.close()


def test_sqlite_file_of_the_first_schema_gets_its_boxes(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    store = SqliteStore(path)
    head = write(store, 3)
    store.close()
    connection = apsw.Connection(str(path))
    for table in ("ballot", "counted_ballot", "paper"):
        connection.execute(f"DROP TABLE {table}")
    connection.pragma("user_version", 1)
    connection.close()
    for _ in range(2):
        store = SqliteStore(path, create=False)
        assert check_whole(store) == head
        assert list(store.ballots("d-1")) == []
        store.close()
    connection = apsw.Connection(str(path))
    assert connection.pragma("user_version") == sqlite_file.SCHEMA == 2
    connection.close()


@pytest.mark.postgresql
def test_postgresql_schema_of_the_first_version_gets_its_boxes(postgresql: str) -> None:
    store = PostgresStore(postgresql, "older")
    head = write(store, 3)
    store.close()
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("DROP TABLE older.ballot, older.counted_ballot, older.paper")
        connection.execute("UPDATE older.meta SET version = 1")
    for _ in range(2):
        store = PostgresStore(postgresql, "older", create=False)
        assert check_whole(store) == head
        assert list(store.ballots("d-1")) == []
        store.close()
