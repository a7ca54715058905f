"""Addresses of stores."""

import subprocess
import sys
from pathlib import Path

import pytest

from quorate import store as stores
from quorate.canon.fault import Malformed
from quorate.store import open_store
from quorate.store.memory import MemoryStore
from quorate.store.sqlite import SqliteStore
from tests.store.log_writer import write


def test_memory_is_a_store_of_its_own_each_time() -> None:
    one, other = open_store("memory:"), open_store("memory:")
    assert isinstance(one, MemoryStore)
    write(one)
    assert other.head().size == 0


@pytest.mark.parametrize(
    "form",
    [
        "{}/record.db",
        "sqlite:{}/record.db",
        "sqlite:{}/a:b.db",
        "{}/a:b.db",
        "sqlite::memory:",
        "record",
    ],
)
def test_a_path_is_an_sqlite_file(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = open_store(form.format(tmp_path))
    assert isinstance(store, SqliteStore)
    write(store)
    store.close()
    assert len(list(tmp_path.iterdir())) == 1
    again = open_store(form.format(tmp_path), create=False)
    assert again.head().size == 1
    again.close()


@pytest.mark.parametrize(
    "url", ["", "memory:x", "sqlite:", "mysql://host/db", "postgresql:db", "http://x", "a:b.db"]
)
def test_anything_else_is_malformed(url: str) -> None:
    with pytest.raises(Malformed) as refused:
        open_store(url)
    assert refused.value.hint


@pytest.mark.parametrize(
    ("url", "address", "schema"),
    [
        ("postgresql://u@h/d", "postgresql://u@h/d", "quorate"),
        ("postgres://u:p%40@h:5,h2:6/d?schema=a%20b", "postgres://u:p%40@h:5,h2:6/d", "a b"),
        (
            "postgresql:///?host=/run/x&schema=s&options=-c%20a%3Db",
            "postgresql:///?host=/run/x&options=-c%20a%3Db",
            "s",
        ),
    ],
)
def test_the_schema_is_taken_out_of_the_address_and_the_rest_is_untouched(
    url: str, address: str, schema: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[object] = []
    from quorate.store import postgres  # noqa: PLC0415  # as open_store itself does

    monkeypatch.setattr(
        postgres, "PostgresStore", lambda *args, **named: given.extend((*args, named))
    )
    stores.open_store(url)
    stores.open_store(url, create=False, reading=True)
    assert given == [
        *(address, schema, {"create": True, "reading": False}),
        *(address, schema, {"create": False, "reading": True}),
    ]


def test_who_needs_no_postgresql_does_not_load_its_driver() -> None:
    program = "import sys, quorate.store; sys.exit('psycopg' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
