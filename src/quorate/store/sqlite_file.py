"""Opening an SQLite file so that what was acknowledged is there after a power cut, and what was erased is not.

Every choice has its reason beside it; sources are the pages of sqlite.org named there.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import apsw

from quorate.canon.fault import Busy, Malformed, Unavailable
from quorate.store.order import EMPTY

APPLICATION_ID = int.from_bytes(b"Quor", "big")
SCHEMA = 2
BUSY_MS = 60_000  # how long one process waits for another

# `place` is seq * 1024 + the part's rank among the names of its entry. Parts are only ever added at the end and are
# erased in place (see sqlite.py): rows that move or are deleted make SQLite rebalance pages, and that leaves copies of
# cells in the slack of pages, where secure_delete does not reach them.
_TABLES = """
CREATE TABLE entry (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE part (place INTEGER PRIMARY KEY, kept INTEGER NOT NULL, name TEXT NOT NULL,
    salt BLOB NOT NULL, data BLOB NOT NULL, audience TEXT NOT NULL);
CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL,
    root BLOB NOT NULL, snapshot_floor INTEGER NOT NULL);
CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL);
CREATE TABLE snapshot (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL,
    code TEXT NOT NULL, data BLOB NOT NULL);
"""
# Without a rowid: it would number the ballots in the order in which they came.
_BOXES = """
CREATE TABLE ballot (division TEXT, credential TEXT, turn INTEGER, bytes BLOB NOT NULL,
    PRIMARY KEY (division, credential, turn)) WITHOUT ROWID;
CREATE TABLE counted_ballot (division TEXT, credential TEXT, turn INTEGER, bytes BLOB NOT NULL,
    PRIMARY KEY (division, credential, turn)) WITHOUT ROWID;
CREATE TABLE paper (name TEXT, piece INTEGER, bytes BLOB NOT NULL, PRIMARY KEY (name, piece));
"""

_PRAGMAS = (
    "synchronous = FULL",  # NORMAL would lose acknowledged commits on power loss (wal.html)
    "fullfsync = ON",  # macOS: fsync alone does not reach the medium
    "secure_delete = ON",  # erased bytes are overwritten with zeros
)
_READING = (
    "temp_store = MEMORY",  # no part in a temporary file
    "mmap_size = 0",  # an I/O error through a map is a SIGBUS, not an error code (mmap.html)
    "cell_size_check = ON",
    "trusted_schema = OFF",
)


def check_version(version: str) -> None:
    """Return if two connections may use one WAL under this SQLite.

    3.7.0 to 3.51.2 can corrupt a database when one connection writes while another checkpoints
    (sqlite.org/wal.html#walresetbug); fixed in 3.51.3 and, for the older lines, in 3.50.7 and 3.44.6.

    Raises:
        Unavailable: they may not.
    """
    major, minor, patch = (int(digits) for digits in version.split(".")[:3])
    mended = {(3, 50): 7, (3, 44): 6}.get((major, minor))
    if (major, minor, patch) < (3, 51, 3) and (mended is None or patch < mended):
        raise Unavailable(
            f"SQLite {version} can damage a record that two connections use",
            "upgrade the package apsw to one with SQLite 3.51.3 or later",
        )


def open_writer(path: Path, *, create: bool, vfs: str | None) -> apsw.Connection:
    """A connection that writes, to a file that is ours; made if there is none and `create` says so.

    Raises:
        Malformed: the file is something else.
        Unavailable: there is none, or it cannot be opened, or a newer Quorate has written it.
    """
    check_version(apsw.sqlite_lib_version())
    if create:
        _make_file(path)
    try:
        connection = _connect(path, vfs)
        try:
            if _is_new(connection, path):
                _lay_out(connection)
            _bring_up(connection)
            _settle(connection)
        except BaseException:
            connection.close()
            raise
    except apsw.NotADBError:
        raise _foreign(path) from None
    except apsw.Error as error:
        raise unavailable(error) from error
    return connection


def open_reader(path: Path, vfs: str | None) -> apsw.Connection:
    """A connection that reads a file which `open_writer` has opened."""
    connection = _connect(path, vfs)
    connection.execute("PRAGMA query_only = ON")
    return connection


def open_unwritable(path: Path, vfs: str | None) -> Callable[[], apsw.Connection]:
    """A function that connects to a file of ours which can only be read, such as one on a read-only medium.

    Raises:
        Malformed: the file is something else.
        Unavailable: there is none, or it cannot be read without being written first.
    """

    def plainly() -> apsw.Connection:
        return _connect_to_read(str(path.absolute()), apsw.SQLITE_OPEN_READONLY, vfs)

    def as_it_is() -> apsw.Connection:
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        return _connect_to_read(f"file:{quote(str(path.absolute()))}?immutable=1", flags, vfs)

    try:
        try:
            _look_at(plainly(), path)
        except (apsw.ReadOnlyError, apsw.CantOpenError):
            # Without its WAL the file is whole by itself; with one that cannot be used it would be an older record
            # (sqlite.org/wal.html#readonly).
            wal = path.with_name(path.name + "-wal")
            if wal.exists() and wal.stat().st_size:
                raise
            _look_at(as_it_is(), path)
            return as_it_is
    except apsw.NotADBError:
        raise _foreign(path) from None
    except apsw.Error as error:
        raise unavailable(error) from error
    return plainly


def _connect_to_read(name: str, flags: int, vfs: str | None) -> apsw.Connection:
    connection = apsw.Connection(name, flags=flags, vfs=vfs)
    connection.set_busy_timeout(BUSY_MS)
    for pragma in _READING:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _look_at(connection: apsw.Connection, path: Path) -> None:
    try:
        if _is_new(connection, path) or connection.pragma("user_version") < SCHEMA:
            raise Unavailable(
                f"there is no record in {path} yet", "open it where it can be written"
            )
    finally:
        connection.close()


def is_unwritable(error: Unavailable) -> bool:
    """Whether a file could not be opened because it, or its folder, cannot be written."""
    unwritable = (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError)
    return isinstance(error.__cause__, unwritable)


def unavailable(error: apsw.Error) -> Unavailable:
    """The fault to raise for an error of SQLite, with the reason and what to do."""
    match error:
        case apsw.BusyError():
            return Busy(
                f"another process has held the record for {BUSY_MS // 1000} s",
                "try again; if it lasts, see which process has the file open",
            )
        case apsw.FullError():
            return Unavailable("the disk is full", "make room, then open the record again")
        case apsw.IOError():
            return Unavailable(f"the disk failed: {error}", "check it, then open the record again")
        case apsw.CantOpenError() | apsw.ReadOnlyError() | apsw.PermissionsError():
            return Unavailable(f"the file cannot be used: {error}", "check path and permissions")
        case apsw.CorruptError():
            return Unavailable(f"the file is damaged: {error}", "restore it from a copy and verify")
        case _:
            return Unavailable(f"SQLite: {error}")


def _make_file(path: Path) -> None:
    # SQLite would make it readable by everyone; -wal and -shm take their mode from it.
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
    except FileExistsError:
        pass
    except OSError as error:
        raise Unavailable(f"{path}: {error.strerror}", "check path and permissions") from error


def _connect(path: Path, vfs: str | None) -> apsw.Connection:
    # absolute: ":memory:" and "" have meanings of their own to SQLite
    connection = apsw.Connection(str(path.absolute()), flags=apsw.SQLITE_OPEN_READWRITE, vfs=vfs)
    connection.set_busy_timeout(BUSY_MS)
    for pragma in (*_PRAGMAS, *_READING):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _is_new(connection: apsw.Connection, path: Path) -> bool:
    """Whether the file has nothing in it yet; if it has, it is ours."""
    # In one statement: between two, another process may lay the file out, which would then seem somebody else's.
    application, tables = connection.execute(
        "SELECT application_id, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id"
    ).get
    if (application, tables) == (0, 0):
        return True
    if application != APPLICATION_ID:
        raise _foreign(path)
    if connection.pragma("user_version") > SCHEMA:
        raise Unavailable("a newer Quorate has written this record", "upgrade Quorate")
    return False


def _foreign(path: Path) -> Malformed:
    return Malformed(str(path), "a record of Quorate", "give the path of one, or of no file yet")


def _lay_out(connection: apsw.Connection) -> None:
    if _use_wal(connection) != "wal":
        raise Unavailable(
            "this file system has no shared memory", "keep the record on a local disk"
        )
    connection.execute("BEGIN IMMEDIATE")
    # asked again, under the lock: another process may have been first
    if connection.pragma("application_id") == 0:
        connection.execute(_TABLES)
        connection.execute("INSERT INTO head VALUES (1, ?, ?, 0)", EMPTY)
        connection.pragma("application_id", APPLICATION_ID)
        connection.pragma("user_version", 1)
    connection.execute("COMMIT")


def _use_wal(connection: apsw.Connection) -> str:
    """The journal mode that a file has now, which is `wal` if it can be."""
    # SQLite does not wait for a lock that it asks for while it holds another (sqlite.org/c3ref/busy_handler.html): of
    # two processes that open a new file at once, one is told at once that it is busy.
    give_up = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            return str(connection.pragma("journal_mode", "wal"))
        except apsw.BusyError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.005)


def _bring_up(connection: apsw.Connection) -> None:
    """Add what files of the first schema lack."""
    if connection.pragma("user_version") == SCHEMA:
        return
    connection.execute("BEGIN IMMEDIATE")
    if connection.pragma("user_version") == 1:  # asked again, under the lock
        connection.execute(_BOXES)
        connection.pragma("user_version", SCHEMA)
    connection.execute("COMMIT")


def _settle(connection: apsw.Connection) -> None:
    """Bring what a crash has left in the WAL into the file, and see that the head fits the entries.

    Emptying the WAL also finishes an erasure that was cut short before its bytes were overwritten, and it writes anew
    what a failed fsync may have left in memory only.
    """
    connection.set_busy_timeout(1000)
    # Busy: others have it open, so there was no crash. Full: it can still be read, and exported.
    with suppress(apsw.BusyError, apsw.FullError):
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    connection.set_busy_timeout(BUSY_MS)
    size, last = connection.execute("SELECT size, (SELECT max(seq) FROM entry) FROM head").get
    if size != (0 if last is None else last + 1):
        raise Unavailable(
            f"the file is damaged: a head of {size}, but the last entry is {last}",
            "restore it from a copy and verify",
        )
