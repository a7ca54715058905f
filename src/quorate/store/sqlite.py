"""The store in one SQLite file: for most organisations all they need, durable and safe for several processes.

An erased part is overwritten in place with zeros of the same length and its row marked: see `sqlite_file` for why it is
not deleted. After an erasure the write-ahead log is emptied, since it holds older states of the pages.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import apsw

from quorate.canon.fault import Busy, Unavailable
from quorate.desk.port import Head, Row, Snapshot
from quorate.record.entry import Part
from quorate.store import sqlite_file
from quorate.store.database import HEAD, DatabaseReader, DatabaseWriter
from quorate.store.gate import Pool
from quorate.store.order import check_follows, check_same_note

_PARTS = 1024  # places for the parts of one entry; its envelope of 65,535 bytes has room for fewer
_PAGE_BYTES = (
    256 * 1024
)  # about what one page of rows takes; a larger one would leave the processor's cache
_SCRUB_MS = 5000  # how long an erasure waits for readers of other processes
_WAL_PAGES = 1000  # from here on the WAL is brought into the file, as is SQLite's own custom

_READ = """
SELECT e.seq, e.bytes, p.name, p.salt, p.data, p.audience
FROM entry e LEFT JOIN part p ON p.place BETWEEN e.seq * 1024 AND e.seq * 1024 + 1023 AND p.kept
WHERE e.seq >= ? AND e.seq < ? ORDER BY e.seq, p.place
"""
# Salt and data keep their length, so that the row is overwritten where it is, on overflow pages too.
_ERASE = """
UPDATE part SET kept = 0, salt = zeroblob(length(salt)), data = zeroblob(length(data)),
    audience = printf('%.*c', octet_length(audience), '-')
WHERE place BETWEEN ?1 * 1024 AND ?1 * 1024 + 1023 AND name = ?2 AND kept
"""


class SqliteStore(DatabaseReader):
    """The log of one organisation in a file; made if there is none, unless `create` is false.

    For `reading`, a file will do that cannot be written; all that writes is then Unavailable.

    Raises:
        Malformed: the file is something else.
        Unavailable: it cannot be opened or kept durably.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        create: bool = True,
        reading: bool = False,
        vfs: str | None = None,
    ) -> None:
        super().__init__(self._read)
        self._path = Path(path)
        self._unwritable = False
        connect: Callable[[], apsw.Connection] = partial(sqlite_file.open_reader, self._path, vfs)
        try:
            self._writer = sqlite_file.open_writer(self._path, create=create, vfs=vfs)
        except Unavailable as error:
            if not reading or not sqlite_file.is_unwritable(error):
                raise
            connect = sqlite_file.open_unwritable(self._path, vfs)
            self._unwritable, self._writer = True, connect()
        # SQLite's own checkpoints would swallow their errors; ours do not
        self._writer.set_wal_hook(self._note_wal)
        self._readers = Pool(connect)
        self._wal_pages = 0
        self._to_scrub = False

    def __repr__(self) -> str:
        """The path."""
        return f"SqliteStore({str(self._path)!r})"

    @contextmanager
    def writing(self) -> Iterator["_Writing"]:
        """A transaction; see `quorate.desk.port.Store`."""
        with self._transaction():
            with self._shutting():
                head = Head(*self._writer.execute(HEAD).get)
            work = _Writing(self._writer, self._shutting, head)
            try:
                yield work
                self._to_scrub |= work.erased or work.settled
            finally:
                work.over = True

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._unwritable:
            raise Unavailable(
                "the record can only be read here", "open it where its folder can be written"
            )
        with self._gate.writing_turn():
            with self._shutting():
                self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._gate.check()  # an error that the block has swallowed must not be committed
                with self._shutting():
                    self._writer.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            self._empty_wal()

    @contextmanager
    def _shutting(self) -> Iterator[None]:
        """Turn SQLite's errors into Unavailable; all but a lock not had in time, which is Busy, shut the store."""
        try:
            yield
        except apsw.Error as error:
            fault = sqlite_file.unavailable(error)
            if not isinstance(fault, Busy):
                self._gate.shut(str(fault), fault.hint)
            raise fault from error

    def _roll_back(self) -> None:
        if self._writer.in_transaction:  # SQLite may have done it by itself
            try:
                self._writer.execute("ROLLBACK")
            except apsw.Error as error:
                self._gate.shut(str(sqlite_file.unavailable(error)))

    def _note_wal(self, _connection: apsw.Connection, _database: str, pages: int) -> int:
        self._wal_pages = pages
        return apsw.SQLITE_OK

    def _empty_wal(self) -> None:
        """Bring the WAL into the file if it is long, and empty it after an erasure.

        What was committed is safe already, so an error is for the next caller to hear. If readers of other processes
        are in the way too long, an erasure's old bytes stay in the WAL until the next transaction.
        """
        if not self._to_scrub and self._wal_pages < _WAL_PAGES:
            return
        mode = apsw.SQLITE_CHECKPOINT_PASSIVE
        if self._to_scrub:
            mode = apsw.SQLITE_CHECKPOINT_TRUNCATE
        try:
            self._writer.set_busy_timeout(_SCRUB_MS)
            self._writer.wal_checkpoint(mode=mode)
            self._writer.set_busy_timeout(sqlite_file.BUSY_MS)
            self._to_scrub = False
        except apsw.BusyError:
            self._writer.set_busy_timeout(sqlite_file.BUSY_MS)
        except apsw.Error as error:
            fault = sqlite_file.unavailable(error)
            self._gate.shut(str(fault), fault.hint)

    def _read(self, sql: str, bindings: tuple[bytes | int | str, ...] = ()) -> list[Any]:
        self._gate.check()
        with self._shutting(), self._readers.borrow() as connection:
            return connection.execute(sql, bindings).fetchall()

    def _page(self, start: int, stop: int) -> list[Row]:
        self._gate.check()
        with self._shutting(), self._readers.borrow() as connection:
            return _read_page(connection, start, stop)

    def save_checkpoint(self, size: int, note: str) -> None:
        """Keep a signed checkpoint; the same again is no error, another of the same size is a Conflict."""
        with self._transaction(), self._shutting():
            self._writer.execute("INSERT OR IGNORE INTO checkpoint VALUES (?, ?)", (size, note))
            kept = self._writer.execute("SELECT note FROM checkpoint WHERE size = ?", (size,)).get
            check_same_note(size, kept, note)

    def save_snapshot(self, snapshot: Snapshot) -> None:
        """Replace the snapshot, unless this one is from before an erasure. At most 1,000,000,000 bytes."""
        with self._transaction(), self._shutting():
            if snapshot.size >= self._writer.execute("SELECT snapshot_floor FROM head").get:
                replace = "INSERT OR REPLACE INTO snapshot VALUES (1, ?, ?, ?)"
                self._writer.execute(replace, snapshot)

    def close(self) -> None:
        """Let go of the file; waits for whoever is writing."""
        with self._gate.last_turn():
            self._readers.close()
            self._writer.close()


class _Writing(DatabaseWriter):
    """A transaction on the writer's connection."""

    def __init__(
        self,
        connection: apsw.Connection,
        shutting: Callable[[], AbstractContextManager[None]],
        head: Head,
    ) -> None:
        self._connection = connection
        self._shutting = shutting
        super().__init__(self._execute, head)

    def _execute(self, sql: str, bindings: tuple[bytes | int | str, ...] = ()) -> list[Any]:
        self._require_open()
        with self._shutting():
            return self._connection.execute(sql, bindings).fetchall()

    def _page(self, start: int, stop: int) -> list[Row]:
        self._require_open()
        with self._shutting():
            return _read_page(self._connection, start, stop)

    def append(self, rows: Sequence[Row], head: Head) -> None:
        """Put rows after the head; Conflict if they do not follow on."""
        check_follows(self.head(), rows, head)
        with self._shutting():
            entries = ((row.seq, row.entry) for row in rows)
            self._connection.executemany("INSERT INTO entry VALUES (?, ?)", entries)
            self._connection.executemany(
                "INSERT INTO part VALUES (?, 1, ?, ?, ?, ?)", _places(rows)
            )
        self._execute("UPDATE head SET size = ?, root = ?", head)
        self._moved_to(head)

    def erase(self, seq: int, names: Sequence[str]) -> None:
        """Overwrite salt, bytes and audience of these parts with zeros, and drop the snapshot."""
        for name in names:
            self._execute(_ERASE, (seq, name))
        self._drop_snapshot()


def _places(rows: Sequence[Row]) -> Iterator[tuple[int, str, bytes, bytes, str]]:
    for row in rows:
        assert len(row.parts) <= _PARTS, "an envelope has no room for so many"
        parts = sorted(row.parts, key=lambda part: part.name)
        for rank, part in enumerate(parts):
            yield row.seq * _PARTS + rank, part.name, part.salt, part.data, part.audience


def _read_page(connection: apsw.Connection, start: int, stop: int) -> list[Row]:
    """The first rows from start to before stop: as many as fill a page, at least one."""
    page: list[Row] = []
    last, size = -1, 0
    cursor = connection.execute(_READ, (start, stop))
    for seq, entry, name, salt, data, audience in cursor:
        if seq == last:
            row = page.pop()
            parts = (*row.parts, Part(name, salt, data, audience))
        elif size > _PAGE_BYTES:
            break
        else:
            last, size = seq, size + len(entry) + 300  # what Python's objects take
            parts = () if name is None else (Part(name, salt, data, audience),)
        size += 0 if name is None else len(data)
        page.append(tuple.__new__(Row, (seq, entry, parts)))  # half the time of Row(...)
    cursor.close(force=True)  # ends the read transaction now
    return page
