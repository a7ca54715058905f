"""Verifiers that others wrote, built from go.mod, and records of every awkward size for them to verify."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest

from quorate.record.checkpoint import Checkpoint, sign_checkpoint
from quorate.record.entry import Part, seal
from quorate.record.note import Signer, format_vkey
from quorate.record.tiles import tile_files
from quorate.record.tree import Tree, tree_from_entries

HERE = Path(__file__).parent
BUILD = HERE.parents[1] / "build" / "oracle"
SIZES = (1, 255, 256, 257, 300, 70_000)


def unavailable(reason: str) -> NoReturn:
    """Skip the test, except in continuous integration, where a missing oracle is a failure."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def find_program(name: str) -> str:
    """The path of a program beside the Python in use, or on the PATH."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    return found or unavailable(f"there is no {name} here")


@pytest.fixture(scope="session")
def openssl() -> str:
    return find_program("openssl")


@pytest.fixture(scope="session")
def tools() -> Path:
    """The directory with fsck, spicy and verify; built once for each state of the sources."""
    go = find_program("go")
    sources = [(HERE / name).read_bytes() for name in ("go.mod", "go.sum", "main.go")]
    done = BUILD / hashlib.sha256(b"".join(sources)).hexdigest()[:16]
    if not done.exists():
        work = done.with_suffix(f".{os.getpid()}")
        work.mkdir(parents=True, exist_ok=True)
        build(go, work)
        try:
            work.rename(done)
        except OSError:  # another process was first
            shutil.rmtree(work)
    return done


def build(go: str, target: Path) -> None:
    # go.sum pins every module, and readonly forbids others: the checksum database has nothing to add.
    env = os.environ | {
        "GOFLAGS": "-mod=readonly -buildvcs=false",
        "GOSUMDB": "off",
        "GOTOOLCHAIN": "local",
        "CGO_ENABLED": "0",
    }

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [go, *args], cwd=HERE, env=env, capture_output=True, text=True, timeout=280, check=False
        )

    listed = run("list", "-deps", "tool", ".")
    if listed.returncode:
        unavailable(f"the sources of the Go verifiers cannot be had: {listed.stderr[-500:]}")
    built = run("build", "-trimpath", "-ldflags=-s -w", "-o", f"{target}/", "tool", ".")
    if built.returncode:
        pytest.fail(f"the Go verifiers do not build: {built.stderr[-2000:]}")


@pytest.fixture(scope="session")
def signer() -> Signer:
    return Signer("records.example.org/assembly", bytes(range(32)))


def entry_of(seq: int) -> bytes:
    """An entry such as the record really holds."""
    act = b'{"seq":%d}' % seq
    salt = hashlib.sha256(act).digest()
    return seal(seq, "2026-11-23T19:04Z", "motion.moved", None, [Part("act", salt, act, "members")])


@pytest.fixture(scope="session")
def record() -> SimpleNamespace:
    """The entries of the largest size and the tree of them."""
    entries = [entry_of(seq) for seq in range(SIZES[-1])]
    return SimpleNamespace(entries=entries, tree=tree_from_entries(entries))


@pytest.fixture
def export(tmp_path: Path, signer: Signer, record: SimpleNamespace) -> Callable[..., Path]:
    """Writes an export of a size into an empty directory, and gives the directory."""

    def write(size: int, tree: Tree = record.tree, entries: list[bytes] = record.entries) -> Path:
        root = tmp_path / f"export-{size}"
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        for path, data in tile_files(tree, entries, size=size):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        head = Checkpoint(signer.name, size, tree.root(size))
        (root / "checkpoint").write_text(sign_checkpoint(head, signer), "utf-8")
        (root / "log.vkey").write_text(format_vkey(signer.verifier) + "\n", "utf-8")
        return root

    return write
