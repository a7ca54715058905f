"""Where the log of an organisation is kept: in memory, in an SQLite file, or in PostgreSQL.

All three are a `quorate.desk.port.Store` and pass one contract, `tests/store/test_contract.py`.
"""

from urllib.parse import unquote

from quorate.canon.fault import Malformed
from quorate.desk.port import Store
from quorate.store.memory import MemoryStore
from quorate.store.sqlite import SqliteStore

_SCHEMA = "schema="


def open_store(url: str, *, create: bool = True, reading: bool = False) -> Store:
    """The store at an address.

        memory:                                     nothing is kept
        sqlite:PATH, or a path                      a file
        postgresql://user@host/database?schema=S    a schema, `quorate` if none is named

    It is made if there is none, unless `create` is false. For `reading`, one will do that cannot be written.

    Raises:
        Malformed: not an address, or something else is there.
        Unavailable: it cannot be opened, or would not be durable.
    """
    scheme, colon, rest = url.partition(":")
    if not colon or "/" in scheme:
        scheme, rest = "sqlite", url
    match scheme:
        case "memory" if not rest:
            return MemoryStore()
        case "sqlite" if rest:
            return SqliteStore(rest, create=create, reading=reading)
        case "postgresql" | "postgres" if rest.startswith("//"):
            return _open_postgres(url, create=create, reading=reading)
        case _:
            raise Malformed(
                "address of the record",  # which may hold a password and is not quoted
                "memory:, sqlite:PATH or postgresql://user@host/database?schema=NAME",
                "a path with a colon is written sqlite:PATH",
            )


def _open_postgres(url: str, *, create: bool, reading: bool) -> Store:
    # Its driver takes a third of a second to load, for which users of the other two need not wait.
    from quorate.store.postgres import PostgresStore  # noqa: PLC0415

    # Not urlsplit: it fails on some passwords and quotes them. The other settings go to the driver as they are written.
    address, _, query = url.partition("?")
    settings = query.split("&") if query else []
    schema_settings = [setting for setting in settings if setting.startswith(_SCHEMA)]
    schema = unquote(schema_settings[-1].removeprefix(_SCHEMA)) if schema_settings else "quorate"
    rest = "&".join(setting for setting in settings if setting not in schema_settings)
    dsn = f"{address}?{rest}" if rest else address
    return PostgresStore(dsn, schema, create=create, reading=reading)
