"""What only the PostgreSQL store promises: it refuses a server that is not durable, and keeps passwords to itself."""

import shutil
import traceback
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from quorate.canon.fault import Malformed, Unavailable
from quorate.desk.port import Row
from quorate.record.entry import Part
from quorate.store import open_store, postgres_server
from quorate.store.postgres import PostgresStore
from tests.postgresql import cluster, make_directory, require_programs, start_cluster, stop
from tests.store.log_writer import a_row, check_whole, put, write

pytestmark = pytest.mark.postgresql


def ask(dsn: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(dsn, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "off"),
        ("full_page_writes", "off"),
        ("synchronous_commit", "off"),
        ("synchronous_commit", "local"),
        ("data_sync_retry", "on"),
        ("default_transaction_read_only", "on"),
    ],
)
def test_a_server_that_is_not_durable_is_refused(setting: str, value: str) -> None:
    with cluster(**{setting: value}) as dsn:
        with pytest.raises(Unavailable, match=setting.removeprefix("default_")) as refused:
            PostgresStore(dsn)
        assert setting.removeprefix("default_") in refused.value.hint
        assert ask(dsn, "SELECT FROM pg_namespace WHERE nspname = 'quorate'") == []


def test_a_setting_changed_while_it_runs_is_noticed_at_the_next_transaction() -> None:
    with cluster() as dsn:
        store = PostgresStore(dsn)
        write(store)
        ask(dsn, "ALTER SYSTEM SET fsync = off")
        ask(dsn, "SELECT pg_reload_conf(), pg_sleep(0.5)")
        with pytest.raises(Unavailable, match="fsync"):
            write(store)
        ask(dsn, "ALTER SYSTEM RESET fsync")
        ask(dsn, "SELECT pg_reload_conf(), pg_sleep(0.5)")
        assert write(store).size == 2
        store.close()


def test_what_is_unwise_is_a_warning(postgresql: str) -> None:
    store = PostgresStore(postgresql, "unwise")
    assert store.warnings == []
    store.close()
    with cluster(zero_damaged_pages="on") as dsn:
        store = PostgresStore(dsn)
        assert [warning.split()[0] for warning in store.warnings] == ["zero_damaged_pages"]
        store.close()


@pytest.fixture
def server() -> Iterator[Path]:
    """The directory of a server that the test may stop and start."""
    require_programs()
    directory = make_directory()
    start_cluster(directory)
    yield directory
    stop(directory, "immediate")
    shutil.rmtree(directory)


def test_a_crash_of_the_server_shuts_the_store_and_loses_nothing(server: Path) -> None:
    dsn = f"postgresql://postgres@/postgres?host={server}"
    store = PostgresStore(dsn)
    write(store, 3)
    with pytest.raises(Unavailable), store.writing() as writing:  # noqa: PT012  # the block is the test
        put(writing, [a_row(3)])
        stop(server, "immediate")
        start_cluster(server)
    with pytest.raises(Unavailable, match=r"shutting down|lost"):
        store.head()
    with pytest.raises(Unavailable, match=r"shutting down|lost"):
        write(store)
    store.close()
    store = PostgresStore(dsn, create=False)
    assert check_whole(store).size == 3
    assert write(store).size == 4
    store.close()


def test_a_connection_ended_by_an_administrator_shuts_the_store(postgresql: str) -> None:
    store = PostgresStore(postgresql, "ended")
    write(store)
    ask(
        postgresql,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'quorate'",
    )
    with pytest.raises(Unavailable, match=r"shutting down|lost"):
        write(store)
    with pytest.raises(Unavailable):
        store.head()
    store.close()


def test_an_error_that_the_block_swallows_is_not_committed(postgresql: str) -> None:
    store = PostgresStore(postgresql, "swallowed")
    with pytest.raises(Unavailable), store.writing() as writing:  # noqa: PT012  # the block is the test
        put(writing, [a_row(0)])
        with pytest.raises(Unavailable):
            writing._execute("SELECT * FROM nothing")
    store.close()
    store = PostgresStore(postgresql, "swallowed")
    assert store.head().size == 0
    store.close()


def test_a_lock_not_had_in_time_is_unavailable_but_not_the_end(
    postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_server, "LOCK_SECONDS", 1)
    one, other = (PostgresStore(postgresql, "lock") for _ in range(2))
    with one.writing(), pytest.raises(Unavailable, match="another process"):
        write(other)
    assert write(other).size == 1
    one.close()
    other.close()


def test_an_erased_part_is_in_no_table_and_its_row_is_vacuumed(postgresql: str) -> None:
    store = PostgresStore(postgresql, "erased")
    with store.writing() as writing:
        salt = bytes(32)
        parts = (Part("act", salt, b"kept", "a"), Part("text", salt, b"secret" * 9000, "a"))
        put(writing, [Row(0, b"entry", parts)])
        put(writing, [a_row(1)])
    with store.writing() as writing:
        writing.erase(0, ["text"])
    tables = ask(
        postgresql,
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'erased'::regnamespace",
    )
    assert len(tables) == 9
    for (table,) in tables:
        dump = ask(postgresql, f"SELECT row_to_json(t)::text FROM erased.{table} t")
        assert b"secret".hex() not in str(dump)
    toast = "SELECT reltoastrelid::regclass FROM pg_class WHERE oid = 'erased.part'::regclass"
    assert ask(postgresql, f"SELECT count(*) FROM {ask(postgresql, toast)[0][0]}") == [(0,)]
    assert ask(postgresql, "SELECT pg_stat_force_next_flush()")
    dead = "SELECT n_dead_tup FROM pg_stat_user_tables WHERE schemaname = 'erased' AND relname = 'part'"
    assert ask(postgresql, dead) == [(0,)]
    store.close()


@pytest.mark.parametrize(
    "schema", ['x"; DROP SCHEMA public; --', "ÄÖ ü", "select", "x" * 63, "a.b"]
)
def test_any_name_of_a_schema_is_only_a_name(postgresql: str, schema: str) -> None:
    store = PostgresStore(postgresql, schema)
    write(store)
    store.close()
    count = sql.SQL("SELECT size FROM {}.head").format(sql.Identifier(schema))
    with psycopg.connect(postgresql) as connection:
        assert connection.execute(count).fetchall() == [(1,)]


@pytest.mark.parametrize("schema", ["", "x" * 64, "a\0b"])
def test_a_name_that_the_server_would_cut_is_malformed(schema: str) -> None:
    with pytest.raises(Malformed):
        PostgresStore("postgresql://localhost", schema)


def test_organisations_do_not_see_or_wait_for_each_other(postgresql: str) -> None:
    one, other = PostgresStore(postgresql, "union"), PostgresStore(postgresql, "party")
    write(other, 2)
    with one.writing() as writing:
        put(writing, [a_row(0)])
        assert write(other).size == 3
    assert one.head().size == 1
    one.close()
    other.close()


def test_a_schema_that_is_not_ours_or_newer_is_refused(postgresql: str) -> None:
    ask(postgresql, "CREATE SCHEMA foreign_tables CREATE TABLE entry (x int)")
    with pytest.raises(Malformed, match="a record of Quorate"):
        PostgresStore(postgresql, "foreign_tables")
    PostgresStore(postgresql, "newer").close()
    ask(postgresql, "UPDATE newer.meta SET version = version + 1")
    with pytest.raises(Unavailable, match="newer Quorate"):
        PostgresStore(postgresql, "newer")
    with pytest.raises(Unavailable, match="no record"):
        PostgresStore(postgresql, "typo", create=False)


PASSWORDS = [
    "hunter2",
    "hunter2@x",
    "p/hunter2",
    "hunter2:5",
    "hunter2 b",
    "%zzhunter2",
    "a?hunter2=1",
    "[hunter2",
]


@pytest.mark.parametrize("password", PASSWORDS)
@pytest.mark.parametrize(
    "form", ["postgresql://u:{}@localhost:1/db", "postgresql://localhost:1/db?password={}"]
)
def test_a_password_is_in_no_error_however_it_is_misread(password: str, form: str) -> None:
    with pytest.raises((Malformed, Unavailable)) as refused:
        open_store(form.format(password))
    shown = (
        "".join(traceback.format_exception(refused.value))
        + refused.value.hint
        + repr(refused.value)
    )
    assert "hunter2" not in shown


def test_a_password_is_in_no_attribute_or_representation(postgresql: str) -> None:
    store = PostgresStore(f"{postgresql}&password=hunter2", "hidden")
    write(store)
    assert "hunter2" not in repr(store) + str(vars(store))
    store.close()
