"""The store in PostgreSQL: one schema for each organisation, for those who run a database server anyway.

What is erased is deleted and vacuumed: no query finds it. Its bytes may stay in free space of the server's files until
they are written over, and in archived WAL and backups until those expire.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress

import psycopg
from psycopg.abc import Params
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

from quorate.canon.fault import Busy, Unavailable
from quorate.desk.port import Head, Row, Snapshot
from quorate.record.entry import Part
from quorate.store import postgres_server as server
from quorate.store.database import DatabaseReader, DatabaseWriter
from quorate.store.gate import Pool
from quorate.store.order import check_follows, check_same_note

_PAGE = 256  # entries: at most 16 MB of them, and their parts

# The range is said of both tables: PostgreSQL does not conclude from one to the other, and would read all parts.
_READ = """
SELECT e.seq, e.bytes, p.name, p.salt, p.data, p.audience
FROM entry e LEFT JOIN part p ON p.seq = e.seq AND p.seq >= %(start)b AND p.seq < %(stop)b
WHERE e.seq >= %(start)b AND e.seq < %(stop)b ORDER BY e.seq, p.name
"""
# One statement is one round trip; COPY of both tables takes more of our processor for a single row, for 64 and for 500.
# It is not sent together with the COMMIT, in a pipeline of psycopg: that waits for ever where one is larger than the
# buffer of a socket, since it stops to flush before all was sent.
_APPEND = """
WITH entries AS (INSERT INTO entry SELECT * FROM unnest(%b::bigint[], %b::bytea[])),
     parts AS (INSERT INTO part
               SELECT * FROM unnest(%b::bigint[], %b::text[], %b::bytea[], %b::bytea[], %b::text[]))
UPDATE head SET size = %b, root = %b
"""


class PostgresStore(DatabaseReader):
    """The log of one organisation in a schema; made if there is none, unless `create` is false.

    For `reading`, a server will do that cannot be written, such as a standby; and nobody who writes is waited for.

    Raises:
        Malformed: the schema holds something else, or the address is none.
        Unavailable: no connection, or the server's settings would lose what was acknowledged.
    """

    def __init__(
        self, dsn: str, schema: str = "quorate", *, create: bool = True, reading: bool = False
    ) -> None:
        super().__init__(self._read)
        self._schema = schema
        self._connect = server.connector(dsn, schema)
        self._writer = server.open_writer(self._connect, schema, create=create, reading=reading)
        self._readers = Pool(self._connect)

    def __repr__(self) -> str:
        """The schema; never the address, which may hold a password."""
        return f"PostgresStore(schema={self._schema!r})"

    @property
    def warnings(self) -> list[str]:
        """Warnings for the server's administrator, of settings that endanger nothing that was acknowledged."""
        self._gate.check()
        with self._shutting(), self._readers.borrow() as connection:
            return server.cautions(connection)

    @contextmanager
    def writing(self) -> Iterator["_Writing"]:
        """A transaction; see `quorate.desk.port.Store`."""
        with self._transaction() as head:
            work = _Writing(self._writer, self._shutting, head)
            try:
                yield work
            finally:
                work.over = True
        if work.erased or work.settled:
            self._vacuum()

    @contextmanager
    def _transaction(self) -> Iterator[Head]:
        """A transaction of three round trips: this, what the block sends, and the COMMIT. The head is as it is under the lock."""
        with self._gate.writing_turn():
            try:
                with self._shutting():
                    head = server.begin(self._writer, self._schema)
                yield head
                self._check_not_failed()
                with self._shutting():
                    self._writer.commit()
            except BaseException:
                self._roll_back()
                raise

    def _check_not_failed(self) -> None:
        # An error that the block has swallowed has shut the gate, or failed the transaction. COMMIT alone would not
        # tell: PostgreSQL answers it with a silent ROLLBACK.
        self._gate.check()
        if self._writer.info.transaction_status is TransactionStatus.INERROR:
            raise Busy("the transaction failed before its end", "try again")

    @contextmanager
    def _shutting(self) -> Iterator[None]:
        """Turn the driver's errors into Unavailable; all but a transaction that can be tried again, which is Busy, shut the store."""
        try:
            yield
        except psycopg.Error as error:
            fault = server.unavailable(error)
            if not isinstance(fault, Busy):
                self._gate.shut(str(fault), fault.hint)
            raise fault from None

    def _roll_back(self) -> None:
        try:
            self._writer.rollback()
        except psycopg.Error as error:
            fault = server.unavailable(error)
            self._gate.shut(str(fault), fault.hint)

    def _vacuum(self) -> None:
        # What was erased is committed already, so an error here is for the next caller to hear.
        with suppress(Unavailable), self._shutting(), self._readers.borrow() as connection:
            connection.execute("VACUUM part, snapshot, ballot")

    def _read(self, query: str, values: Params = ()) -> list[TupleRow]:
        self._gate.check()
        with self._shutting(), self._readers.borrow() as connection:
            return _fetch(connection, query, values)

    def _page(self, start: int, stop: int) -> list[Row]:
        return _to_rows(self._read(_READ, _range(start, stop)))

    def save_checkpoint(self, size: int, note: str) -> None:
        """Keep a signed checkpoint; the same again is no error, another of the same size is a Conflict."""
        with self._transaction(), self._shutting():
            insert = "INSERT INTO checkpoint VALUES (%s, %s) ON CONFLICT DO NOTHING"
            self._writer.execute(insert, (size, note))
            kept = _fetch(self._writer, "SELECT note FROM checkpoint WHERE size = %b", (size,))
            check_same_note(size, kept[0][0], note)

    def save_snapshot(self, snapshot: Snapshot) -> None:
        """Replace the snapshot, unless this one is from before an erasure. At most about 1,000,000,000 bytes."""
        with self._transaction(), self._shutting():
            floor = _fetch(self._writer, "SELECT snapshot_floor FROM head")[0][0]
            if snapshot.size >= floor:
                self._writer.execute("DELETE FROM snapshot")
                self._writer.execute("INSERT INTO snapshot VALUES (1, %b, %b, %b)", snapshot)

    def close(self) -> None:
        """Let go of the connections; waits for whoever is writing."""
        with self._gate.last_turn():
            self._readers.close()
            self._writer.close()


class _Writing(DatabaseWriter):
    """A transaction on the writer's connection."""

    def __init__(
        self,
        connection: server.Connection,
        shutting: Callable[[], AbstractContextManager[None]],
        head: Head,
    ) -> None:
        self._connection = connection
        self._shutting = shutting
        super().__init__(self._query, head)

    def _query(self, query: str, values: Params) -> list[TupleRow]:
        self._require_open()
        with self._shutting():
            return _fetch(self._connection, query, values)

    def _execute(self, query: str, values: Params = ()) -> None:
        self._require_open()
        with self._shutting():
            self._connection.execute(query, values)

    def _page(self, start: int, stop: int) -> list[Row]:
        return _to_rows(self._query(_READ, _range(start, stop)))

    def append(self, rows: Sequence[Row], head: Head) -> None:
        """Put rows after the head; Conflict if they do not follow on."""
        check_follows(self.head(), rows, head)
        parts = [(row.seq, part) for row in rows for part in row.parts]
        columns = (
            [row.seq for row in rows],
            [row.entry for row in rows],
            [seq for seq, _ in parts],
            [part.name for _, part in parts],
            [part.salt for _, part in parts],
            [part.data for _, part in parts],
            [part.audience for _, part in parts],
        )
        self._execute(_APPEND, (*columns, *head))
        self._moved_to(head)

    def erase(self, seq: int, names: Sequence[str]) -> None:
        """Delete these parts, and drop the snapshot."""
        self._execute("DELETE FROM part WHERE seq = %s AND name = ANY(%s)", (seq, list(names)))
        self._drop_snapshot()


def _fetch(connection: server.Connection, query: str, values: Params = ()) -> list[TupleRow]:
    # binary: as text, bytes would come as hex, twice as long. `?` is how `box` writes a value.
    cursor = connection.execute(query.replace("?", "%b"), values, binary=True)
    return cursor.fetchall() if cursor.description else []


def _range(start: int, stop: int) -> dict[str, int]:
    return {"start": start, "stop": min(stop, start + _PAGE)}


def _to_rows(fetched: list[TupleRow]) -> list[Row]:
    rows: list[Row] = []
    last = -1
    for seq, entry, name, salt, data, audience in fetched:
        parts: tuple[Part, ...] = () if name is None else (Part(name, salt, data, audience),)
        if seq == last:
            parts = rows.pop().parts + parts
        last = seq
        rows.append(tuple.__new__(Row, (seq, entry, parts)))  # half the time of Row(...)
    return rows
