"""A signer that lost its memory, and readers who need none."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from quorate.premises.bootstrap import open_premises
from quorate.store import open_store
from tests.cli.terminal import found, quorate

NOBODY = 65534
READING = (
    ("show", "body", "board"),
    ("open",),
    ("export", "{out}/export"),
    ("receipt", 3, "--out", "{out}/3.tlog-proof"),
    ("act", "establish-body", "--set", "name=Branch", "--at", "2026-11-25 09:00", "--dry-run"),
)


def said(words: tuple[object, ...], folder: Path, out: Path):
    return quorate(*(str(each).format(out=out) for each in words), "--dir", folder)


@pytest.mark.parametrize("lost", ["missing", "empty", "cut short", "damaged"])
def test_signer_without_memory_signs_nothing_and_readers_are_warned(coop, tmp_path, lost) -> None:
    memory = coop / "signer.log"
    if lost == "missing":
        memory.unlink()
    else:
        memory.write_text({"empty": "", "cut short": "12", "damaged": "x\n"}[lost])
    before = memory.read_bytes() if memory.exists() else None
    refused = quorate("act", "establish-body", "--set", "name=Branch", "--dir", coop)
    assert refused.code in (2, 75)
    assert "checkpoint" in refused.err or "quorate memory --help" in refused.err
    for words in READING:
        done = said(words, coop, tmp_path)
        assert done.code == 0, done
        assert "whether the record was cut is not known here" in " ".join(done.err.split())
        assert "quorate memory --help" in " ".join(done.err.split())
    assert (memory.read_bytes() if memory.exists() else None) == before


def test_new_memory_is_made_once_what_others_keep_was_compared(coop, tmp_path) -> None:
    assert quorate("export", tmp_path / "export", "--dir", coop).code == 0
    given = ("--checkpoint", tmp_path / "export" / "checkpoint")
    kept = (coop / "signer.log").read_bytes()
    there = quorate("memory", "--new", *given, "--dir", coop)
    assert (there.code, (coop / "signer.log").read_bytes()) == (2, kept)
    (coop / "signer.log").unlink()
    assert quorate("memory", "--new", "--checkpoint", tmp_path / "none", "--dir", coop).code == 2
    made = quorate("memory", "--new", *given, "--dir", coop, "--json")
    assert made.code == 0, made
    last = kept.splitlines()[-1].split()
    assert made.json()["memory"]["entries"] == int(last[0])
    assert (coop / "signer.log").read_bytes().split() == last
    shown = quorate("memory", "--dir", coop)
    assert f"remembers {int(last[0])} entries" in shown.out
    assert last[1].decode() in shown.out
    at = ("--at", "2026-11-25 09:00")
    assert quorate("act", "establish-body", "--set", "name=B", *at, "--dir", coop).code == 0


def test_new_memory_is_not_made_of_a_record_that_was_cut(coop, tmp_path) -> None:
    """Whoever keeps a newer checkpoint prevents it; another organisation's is none of it."""
    old = (coop / "record.sqlite").read_bytes()
    at = ("--at", "2026-11-25 09:00")
    assert quorate("act", "establish-body", "--set", "name=B", *at, "--dir", coop).code == 0
    assert quorate("export", tmp_path / "export", "--dir", coop).code == 0
    (coop / "record.sqlite").write_bytes(old)
    (coop / "signer.log").unlink()
    assert found(tmp_path / "other").code == 0
    assert quorate("export", tmp_path / "theirs", "--dir", tmp_path / "other").code == 0
    for kept, code, why in (("export", 75, "was cut"), ("theirs", 1, "signature")):
        given = ("--checkpoint", tmp_path / kept / "checkpoint")
        done = quorate("memory", "--new", *given, "--dir", coop)
        assert done.code == code
        assert why in done.err
        assert not (coop / "signer.log").exists()


def test_organisation_is_not_founded_over_a_memory(tmp_path) -> None:
    (tmp_path / "signer.log").write_text("")
    assert found(tmp_path).code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["signer.log"]


@pytest.fixture
def medium() -> Iterator[Path]:
    """A folder that everybody can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def as_owner_who_cannot_write(folder: Path, look: Callable[[], None]) -> None:
    """Have a child process do it to whom the folder belongs, and is read only: not root, who can write everything."""
    for path in (*folder.iterdir(), folder):
        path.chmod(0o500 if path.is_dir() else 0o400)
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)
    if child := os.fork():
        assert os.waitpid(child, 0)[1] == 0
        folder.chmod(0o700)
        return
    status = 1
    try:
        if os.geteuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        look()
        status = 0
    finally:
        os._exit(status)


@pytest.mark.parametrize("is_open", [False, True], ids=["closed", "open elsewhere"])
def test_folder_that_cannot_be_written_can_be_read(coop, medium, is_open) -> None:
    folder, out = coop.rename(medium / "coop"), medium / "out"
    out.mkdir()
    out.chmod(0o777)
    names = sorted(path.name for path in folder.iterdir())

    def look() -> None:
        for words in READING:
            done = said(words, folder, out)
            assert (done.code, done.err) == (0, ""), done
        verified = quorate(
            "verify",
            out / "export",
            "--key",
            folder / "log.vkey",
            "--receipt",
            out / "3.tlog-proof",
        )
        assert verified.code == 0, verified
        refused = quorate("act", "establish-body", "--set", "name=B", "--dir", folder)
        assert refused.code == 75, refused

    if is_open:
        with open_premises(folder):
            as_owner_who_cannot_write(folder, look)
    else:
        as_owner_who_cannot_write(folder, look)
        assert sorted(path.name for path in folder.iterdir()) == names


def test_desk_for_reading_takes_no_acts_and_signs_nothing(coop) -> None:
    before = (coop / "signer.log").read_bytes()
    assert quorate("show", "body", "board", "--dir", coop).code == 0
    assert (coop / "signer.log").read_bytes() == before


def test_public_key_is_enough_to_read_and_nothing_is_signed_without_the_other(
    coop, tmp_path
) -> None:
    key = (coop / "log.key").read_bytes()
    (coop / "log.key").unlink()
    for words in READING:
        done = said(words, coop, tmp_path)
        assert (done.code, done.err) == (0, ""), done
    verify = ("verify", tmp_path / "export", "--key", coop / "log.vkey")
    assert quorate(*verify).code == 0
    refused = quorate("act", "establish-body", "--set", "name=Branch", "--dir", coop)
    assert refused.code == 2
    assert f"{coop}/log.key: expected a readable key file" in refused.err
    assert "hint: bring back the copy that you keep of log.key" in refused.err
    (coop / "log.vkey").unlink()
    refused = quorate("open", "--dir", coop)
    assert (refused.code, "log.vkey, the public key, is enough" in refused.err) == (2, True)
    (coop / "log.key").write_bytes(key)
    (coop / "log.key").chmod(0o600)
    assert quorate("open", "--dir", coop).code == 0


def test_head_that_nobody_signed_is_not_exported_without_the_key(coop, tmp_path) -> None:
    """Reading goes on; only what has to be signed for a receipt or an export does not."""
    (coop / "log.key").unlink()
    with closing(open_store(f"sqlite:{coop / 'record.sqlite'}")) as store:
        size = store.head().size
    with closing(sqlite3.connect(coop / "record.sqlite")) as database:
        assert database.execute("DELETE FROM checkpoint WHERE size = ?", (size,)).rowcount == 1
        database.commit()
    done = quorate("export", tmp_path / "export", "--dir", coop)
    assert done.code == 75, done
    assert done.err.startswith("unavailable: nothing can be signed without the key")
    assert quorate("open", "--dir", coop).code == 0


def test_public_key_of_another_record_does_not_read_this_one(coop, tmp_path) -> None:
    other = tmp_path / "other"
    assert quorate("init", "--dir", other, "--origin", "example.org/other").code == 0
    (coop / "log.key").unlink()
    (coop / "log.vkey").write_text((other / "log.vkey").read_text())
    done = quorate("open", "--dir", coop)
    assert (done.code, "expected the key of example.org/coop, not of" in done.err) == (2, True)


@pytest.mark.parametrize("name", ["signer.log", "quorate.json", "log.key"])
@pytest.mark.parametrize("what", ["pipe", "/dev/zero"])
def test_pipe_or_device_in_the_folder_is_not_waited_for(coop, name, what) -> None:
    (coop / name).unlink()
    if what == "pipe":
        os.mkfifo(coop / name, 0o600)
    else:
        (coop / name).symlink_to(what)
    refused = quorate("act", "establish-body", "--set", "name=Branch", "--dir", coop)
    assert refused.code == 2
    assert "a regular file, not a folder, a pipe or a device" in " ".join(refused.err.split())
    if name == "signer.log":
        shown = quorate("show", "body", "board", "--dir", coop)
        assert shown.code == 0
        assert "whether the record was cut is not known here" in " ".join(shown.err.split())
