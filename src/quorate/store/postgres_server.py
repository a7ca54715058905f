"""Connecting to PostgreSQL, and being sure that what it acknowledges survives a power cut.

No error from here, nor its traceback, quotes the address, a value, or what the driver said of either: an address may
hold a password (libpq quotes pieces of one that it misreads), and a server's DETAIL and CONTEXT lines hold parts.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import psycopg
from psycopg import IsolationLevel, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow

from quorate.canon.fault import Busy, Malformed, Unavailable
from quorate.desk.port import Head
from quorate.store.database import HEAD
from quorate.store.order import EMPTY

SCHEMA = 2
LOCK_SECONDS = 60  # how long one process waits for another
IDLE_SECONDS = (
    300  # how long a process that has stopped within its transaction may keep the others waiting
)

_APPLICATION = "quorate"
_DEFAULTS: dict[str, Any] = {
    "application_name": _APPLICATION,
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "tcp_user_timeout": 60_000,
}
_SESSION = """
SELECT set_config('search_path', quote_ident(%s), false),
    set_config('client_encoding', 'UTF8', false),
    set_config('lock_timeout', %s, false),
    set_config('idle_in_transaction_session_timeout', %s, false)
"""

Connection = psycopg.Connection[TupleRow]

# Setting, values with which an acknowledged commit is on disk, and what happens otherwise. All from the chapters "Write
# Ahead Log" and "Error Handling" of PostgreSQL's manual. synchronous_commit = local would be lost in a failover.
_DURABLE = (
    ("fsync", ("on",), "a power cut would corrupt the database"),
    ("full_page_writes", ("on",), "a power cut would leave half-written pages"),
    (
        "synchronous_commit",
        ("on", "remote_write", "remote_apply"),
        "acknowledged acts could be lost",
    ),
    ("data_sync_retry", ("off",), "it would go on after a failed fsync, without the data"),
    ("transaction_read_only", ("off",), "it is a standby, or set to read only"),
    ("server_encoding", ("UTF8",), "a checkpoint cannot be written in another encoding"),
)
_SETTINGS = ", ".join(f"current_setting('{name}')" for name, _, _ in _DURABLE)

# What a server that cannot be reached may say of it, in the driver's words and ours.
_WHY = (
    ("refused", "nothing listens there"),
    ("No such file", "nothing listens there"),
    ("translate host name", "there is no such host"),
    ("timeout expired", "no answer in time"),
    ("authentication failed", "the password or the user is wrong"),
    ("no password supplied", "it asks for a password"),
    ("pg_hba.conf", "it does not admit this user from this host (pg_hba.conf)"),
    ("does not exist", "there is no such user or database"),
    ("too many", "it has too many clients"),
    ("starting up", "it is starting up"),
    ("shutting down", "it is shutting down"),
    ("SSL", "no agreement on encryption (sslmode)"),
)
# By the beginning of SQLSTATE ("PostgreSQL Error Codes" in its manual): the reason, and what to do.
_STATES = (
    ("53100", "the database's disk is full", "make room, then open the record again"),
    ("53", "the database has run out of memory or connections", "see its log"),
    ("57P", "the database is shutting down or starting up", "open the record again when it runs"),
    ("58", "the database's disk failed", "see its log; check the disk"),
    ("42501", "the user may not do this in the database", "let it own the schema"),
    ("25006", "the database is read only", "give the address of the primary"),
    ("XX", "the database is damaged", "see its log; restore it from a copy and verify"),
)
# Those after which the same transaction may succeed, on the same connection.
_BUSY = {
    "55P03": f"another process has held the record for {LOCK_SECONDS} s",
    "40001": "another transaction was in the way",
    "40P01": "another transaction was in the way",
    "57014": "the database cancelled what took too long",
}

_TABLES = """
CREATE TABLE meta (application text NOT NULL, version int NOT NULL);
CREATE TABLE entry (seq bigint PRIMARY KEY, bytes bytea NOT NULL);
CREATE TABLE part (seq bigint, name text COLLATE "C", salt bytea NOT NULL, data bytea NOT NULL,
    audience text NOT NULL, PRIMARY KEY (seq, name));
CREATE TABLE head (one int PRIMARY KEY CHECK (one = 1), size bigint NOT NULL, root bytea NOT NULL,
    snapshot_floor bigint NOT NULL);
CREATE TABLE checkpoint (size bigint PRIMARY KEY, note text NOT NULL);
CREATE TABLE snapshot (one int PRIMARY KEY CHECK (one = 1), size bigint NOT NULL,
    code text NOT NULL, data bytea NOT NULL);
ALTER TABLE snapshot ALTER data SET STORAGE EXTERNAL;
"""
_BOXES = """
CREATE TABLE ballot (division text COLLATE "C", credential text COLLATE "C", turn int, bytes bytea NOT NULL,
    PRIMARY KEY (division, credential, turn));
CREATE TABLE counted_ballot (LIKE ballot INCLUDING INDEXES);
CREATE TABLE paper (name text COLLATE "C", piece int, bytes bytea NOT NULL, PRIMARY KEY (name, piece));
ALTER TABLE paper ALTER bytes SET STORAGE EXTERNAL;
UPDATE meta SET version = 2;
"""


def connector(dsn: str, schema: str) -> Callable[[], Connection]:
    """A function that makes connections which find the schema's tables by their bare names.

    A closure, so that no attribute shows the address.

    Raises:
        Malformed: not an address, or not the name of a schema.
    """
    # PostgreSQL would cut a longer name short, and two organisations would share a schema
    if not 0 < len(schema.encode()) < 64 or "\0" in schema:
        raise Malformed("schema", "a name of 1 to 63 bytes")
    try:
        given = conninfo_to_dict(dsn)
    except psycopg.Error:
        raise Malformed(
            "address of the database",
            "postgresql://user@host/database",
            "write special characters of a password as %40 and so on, or use a .pgpass file",
        ) from None
    conninfo = make_conninfo("", **{**_DEFAULTS, **given})

    def connect() -> Connection:
        try:
            connection = psycopg.connect(conninfo, autocommit=True)
        except psycopg.Error as error:
            raise _unreachable(str(error)) from None
        try:
            connection.execute(_SESSION, (schema, f"{LOCK_SECONDS}s", f"{IDLE_SECONDS}s"))
        except psycopg.Error as error:
            connection.close()
            raise unavailable(error) from None
        return connection

    return connect


def open_writer(
    connect: Callable[[], Connection], schema: str, *, create: bool, reading: bool = False
) -> Connection:
    """A connection that writes, to a schema that is ours; made if there is none and `create` says so. `begin` begins its transactions.

    For `reading` no lock is taken, and whether a commit is durable is asked only when something is written.

    Raises:
        Malformed: the schema holds something else.
        Unavailable: there is none, or the server is not durable or not reachable, or a newer Quorate was here.
    """
    connection = connect()
    try:
        connection.autocommit = False
        connection.isolation_level = IsolationLevel.READ_COMMITTED
        if not reading:
            _require_durable(_one(connection, _lock(schema)))
        _lay_out(connection, schema, create=create and not reading)
        connection.commit()
        connection.autocommit = True
    except psycopg.Error as error:
        connection.close()
        raise unavailable(error) from None
    except BaseException:
        connection.close()
        raise
    return connection


def begin(connection: Connection, schema: str) -> Head:
    """Begin a transaction: take the writer's lock of this schema, and see that a commit is durable; returns the head.

    All at once, because they cost one round trip, and the settings can be changed while the server runs. The head is a
    statement of its own: one sees what was committed before it began, not what was committed while it waited for the lock.

    Raises:
        Unavailable: it is not durable.
        psycopg.Error: the lock was not to be had in time, or the connection is lost.
    """
    statements = ("BEGIN ISOLATION LEVEL READ COMMITTED", _lock(schema), HEAD)
    cursor = connection.execute("; ".join(statements), prepare=False)
    cursor.nextset()  # BEGIN has no rows
    _require_durable(_row(cursor))
    cursor.nextset()
    return Head(*_row(cursor))


def _lock(schema: str) -> str:
    """The statement that takes the lock and tells the settings, as one row."""
    key = int.from_bytes(sha256(f"quorate/{schema}".encode()).digest()[:8], "big", signed=True)
    return f"SELECT pg_advisory_xact_lock({key}), {_SETTINGS}"


def _require_durable(row: TupleRow) -> None:
    for (name, durable, otherwise), value in zip(_DURABLE, row[1:], strict=True):
        if value not in durable:
            raise Unavailable(
                f"PostgreSQL has {name} = {value}: {otherwise}",
                f"{name} must be {' or '.join(durable)}: see postgresql.conf, and ALTER ROLE or DATABASE ... SET",
            )


def cautions(connection: Connection) -> list[str]:
    """Warnings of settings of the server that are not unsafe by themselves, but unwise."""
    off = _one(connection, "SELECT current_setting('data_checksums')")[0] == "off"
    warnings = [
        "data checksums are off: a disk's silent error is noticed late (pg_checksums)"
    ] * off
    for name in ("zero_damaged_pages", "ignore_checksum_failure"):
        if _one(connection, "SELECT current_setting(%s)", (name,))[0] == "on":
            warnings.append(f"{name} is on: damaged pages are read as if they were whole")
    return warnings


def unavailable(error: psycopg.Error) -> Unavailable:
    """The fault to raise for an error of PostgreSQL, with the reason and what to do."""
    state = error.sqlstate
    if state is None:
        return Unavailable("the connection to the database was lost", "open the record again")
    if state in _BUSY:
        return Busy(_BUSY[state], "try again; if it lasts, see pg_stat_activity")
    for beginning, reason, hint in _STATES:
        if state.startswith(beginning):
            return Unavailable(reason, hint)
    return Unavailable(f"PostgreSQL: {error.diag.message_primary} (SQLSTATE {state})")


def _unreachable(message: str) -> Unavailable:
    why = next(
        (why for words, why in _WHY if words in message), "the reason is in the server's log"
    )
    return Unavailable(f"no connection to the database: {why}", "try the same address with psql")


def _lay_out(connection: Connection, schema: str, *, create: bool) -> None:
    """Make the tables if there are none; if there are, see that they are ours."""
    tables = _one(
        connection,
        "SELECT array(SELECT relname::text FROM pg_class"
        " WHERE relnamespace = to_regnamespace(quote_ident(%s)))",
        (schema,),
    )[0]
    if not tables:
        if not create:
            raise Unavailable(f"there is no record in schema {schema!r}", "create it first")
        name = sql.Identifier(schema)
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(name))
        connection.execute(_TABLES)
        connection.execute("INSERT INTO head VALUES (1, %s, %s, 0)", EMPTY)
        connection.execute("INSERT INTO meta VALUES (%s, 1)", (_APPLICATION,))
        connection.execute(_BOXES)
        return
    application, version = None, 0
    if "meta" in tables:
        application, version = _one(connection, "SELECT application, version FROM meta")
    if application != _APPLICATION:
        raise Malformed(f"schema {schema!r}", "a record of Quorate", "name another schema")
    if version > SCHEMA:
        raise Unavailable("a newer Quorate has written this record", "upgrade Quorate")
    if version == 1:
        connection.execute(_BOXES)


def _one(connection: Connection, query: str, values: tuple[object, ...] = ()) -> TupleRow:
    return _row(connection.execute(query, values))


def _row(cursor: psycopg.Cursor[TupleRow]) -> TupleRow:
    row = cursor.fetchone()
    assert row is not None
    return row
