"""The key file and the signer's memory."""

import os
import stat
from pathlib import Path

import pytest

from quorate.canon.fault import Malformed, Unavailable
from quorate.desk.keys import FileMemory, new_key, read_key
from tests.desk.office import ORIGIN, SystemEntropy


def root(n: int) -> bytes:
    return bytes([n]) * 32


def test_memory_survives(tmp_path: Path) -> None:
    path = tmp_path / "signer.log"
    assert FileMemory(path).last() is None
    memory = FileMemory(path)
    memory.remember(1, root(1))
    memory.remember(5, root(5))
    assert memory.last() == FileMemory(path).last() == (5, root(5))


def test_line_cut_short_was_never_acted_upon(tmp_path: Path) -> None:
    path = tmp_path / "signer.log"
    FileMemory(path).remember(3, root(3))
    whole = path.read_bytes()
    for cut in range(1, len(whole)):
        path.write_bytes(whole + b"9" + whole[:cut].rstrip(b"\n"))
        assert FileMemory(path).last() == (3, root(3))


def test_two_who_sign_at_once_may_append_in_either_order(tmp_path: Path) -> None:
    path = tmp_path / "signer.log"
    one, other = FileMemory(path), FileMemory(path)
    other.remember(8, root(8))
    one.remember(7, root(7))
    assert FileMemory(path).last() == (8, root(8))


def test_long_memory_is_read_from_its_end(tmp_path: Path) -> None:
    path = tmp_path / "signer.log"
    path.write_text("".join(f"{n} {root(n % 200).hex()}\n" for n in range(5000)))
    assert FileMemory(path).last() == (4999, root(4999 % 200))


@pytest.mark.parametrize("text", ["x\n", "1 zz\n", "-1 " + "00" * 32 + "\n", "1 00\n", "\n", "é\n"])
def test_damaged_memory_stops_the_signer(tmp_path: Path, text: str) -> None:
    (tmp_path / "signer.log").write_text(text)
    with pytest.raises(Malformed) as damaged:
        FileMemory(tmp_path / "signer.log")
    assert "checkpoint" in damaged.value.hint


def test_failed_sync_is_unavailable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = FileMemory(tmp_path / "signer.log")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdatasync", fail)
    with pytest.raises(Unavailable, match="No space left"):
        memory.remember(1, root(1))
    assert memory.last() is None


def test_key_is_only_its_owners_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "log.key"
    signer = new_key(path, ORIGIN, SystemEntropy())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_key(path).verifier == signer.verifier
    with pytest.raises(Malformed):
        new_key(path, ORIGIN, SystemEntropy())
    assert read_key(path).verifier == signer.verifier


def test_error_about_a_key_never_quotes_it(tmp_path: Path) -> None:
    path = tmp_path / "log.key"
    new_key(path, ORIGIN, SystemEntropy())
    secret = path.read_text().strip()
    path.write_text(secret[:-3] + "AAA")
    with pytest.raises(Malformed) as bad:
        read_key(path)
    assert secret[-30:-4] not in f"{bad.value} {bad.value.hint}"
    with pytest.raises(Malformed):
        read_key(tmp_path / "none")


@pytest.mark.parametrize("mode", [0o640, 0o620, 0o610, 0o604, 0o602, 0o601, 0o644, 0o777])
def test_key_that_others_can_use_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "log.key"
    new_key(path, ORIGIN, SystemEntropy())
    path.chmod(mode)
    with pytest.raises(Malformed, match="only its owner") as open_to_others:
        read_key(path)
    assert open_to_others.value.hint == f"chmod 600 {path}"
    for private in (0o600, 0o400, 0o700):
        path.chmod(private)
        assert read_key(path).name == ORIGIN


def test_key_is_a_regular_file(tmp_path: Path) -> None:
    """A pipe is not waited for, a folder and a device are not read; a link to a key is one."""
    os.mkfifo(tmp_path / "pipe", 0o600)
    (tmp_path / "folder").mkdir(mode=0o700)
    (tmp_path / "device").symlink_to("/dev/zero")
    (tmp_path / "large").touch(0o600)
    (tmp_path / "large").write_bytes(b"x" * 5000)
    for name in ("pipe", "folder", "device", "large"):
        with pytest.raises(Malformed):
            read_key(tmp_path / name)
    new_key(tmp_path / "log.key", ORIGIN, SystemEntropy())
    (tmp_path / "link").symlink_to("log.key")
    assert read_key(tmp_path / "link").name == ORIGIN


def test_bytes_that_are_no_text_are_no_key(tmp_path: Path) -> None:
    (tmp_path / "log.key").touch(0o600)
    (tmp_path / "log.key").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Malformed):
        read_key(tmp_path / "log.key")
