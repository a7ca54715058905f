"""A throw-away PostgreSQL: a cluster in a directory of its own, on a Unix socket only.

    with cluster() as dsn: ...                    # what tests do, through the fixture in tests/store/conftest.py
    dsn = start_cluster(directory); stop(directory)

Needs Debian's package `postgresql` (the server programs, no running server).
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PACKAGE = "postgresql"  # as apt names it
_PROGRAMS = "/usr/lib/postgresql"


def programs() -> Path | None:
    """The directory of the newest server programs, or None."""
    found = [path.parent for path in Path(_PROGRAMS).glob("*/bin/initdb")]
    if not found and (on_path := shutil.which("initdb")):
        return Path(on_path).resolve().parent
    return max(found, key=lambda path: float(path.parent.name), default=None)


def require_programs() -> Path:
    """The same; without them a test is skipped, and fails where everything must be tested."""
    found = programs()
    if found is None:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say(f"needs PostgreSQL's server programs: apt-get install {PACKAGE}")
    assert found is not None
    return found


def _run(name: str, *arguments: str) -> None:
    """Run a server program; as another user if we are root, whom PostgreSQL refuses."""
    command = [str(require_programs() / name), *arguments]
    ran = subprocess.run(
        command, **_user(), cwd="/", stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert ran.returncode == 0, (command, ran.stdout, ran.stderr)


def _user() -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    who = names.get("postgres") or names["nobody"]
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


def make_directory() -> Path:
    """An empty directory which belongs to the user that the server runs as; short, since a socket's path must be."""
    directory = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    if user := _user():
        os.chown(directory, user["user"], user["group"])  # type: ignore[arg-type]
    return directory


def start_cluster(directory: Path, **settings: str) -> str:
    """The DSN of a server in this directory, with these settings; initialised if it is empty."""
    data = directory / "data"
    if not data.exists():
        _run("initdb", "--no-sync", "-k", "-U", "postgres", "-A", "trust", "-E", "UTF8",
             "--locale=C", "-D", str(data))  # fmt: skip
    given = {"listen_addresses": "", "unix_socket_directories": str(directory), **settings}
    # pg_ctl hands the options to a shell; none of ours has a quote or a space
    options = " ".join(
        f"-c {name}={value}" if value else f"-c {name}=" for name, value in given.items()
    )
    log = str(directory / "log")
    _run("pg_ctl", "-w", "-t", "60", "-D", str(data), "-l", log, "-o", options, "start")
    return f"postgresql://postgres@/postgres?host={directory}"


def stop(directory: Path, mode: str = "fast") -> None:
    """Stop the server: `fast`, or `immediate` as if it had crashed."""
    _run("pg_ctl", "-w", "-m", mode, "-D", str(directory / "data"), "stop")


@contextmanager
def cluster(**settings: str) -> Iterator[str]:
    """A server for the length of the block, of which nothing is left afterwards."""
    require_programs()
    directory = make_directory()
    try:
        yield start_cluster(directory, **settings)
        stop(directory, "immediate")
    finally:
        shutil.rmtree(directory, ignore_errors=True)
