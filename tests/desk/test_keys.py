"""The key file and the signer's memory."""

import fcntl
import os
import stat
import threading
from pathlib import Path

import pytest

from quorate.canon.fault import Malformed, Unavailable
from quorate.desk import keys
from quorate.desk.keys import FileMemory, new_key, new_memory, read_key
from tests.conftest import Tried
from tests.desk.office import ORIGIN, SystemEntropy


def root(n: int) -> bytes:
    return bytes([n]) * 32


def test_memory_survives(tmp_path: Path) -> None:
    path = tmp_path / "signer.log"
    assert new_memory(path).last() is None
    memory = FileMemory(path)
    memory.remember(1, root(1))
    memory.remember(5, root(5))
    assert memory.last() == FileMemory(path).last() == (5, root(5))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_memory_is_never_made_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "signer.log"
    with pytest.raises(Unavailable, match="is missing") as missing:
        FileMemory(path)
    assert "quorate memory" in missing.value.hint
    memory = new_memory(path)
    with pytest.raises(Malformed):
        new_memory(path)
    path.unlink()
    with pytest.raises(Unavailable, match="is missing"):
        memory.remember(1, root(1))
    assert not path.exists()
    assert memory.last() is None


def test_memory_cut_at_any_byte_goes_on_from_its_last_whole_line(
    tmp_path: Path, tried: Tried
) -> None:
    """A line cut short was never acted upon; what is appended to it must not read as one with it."""
    path = tmp_path / "signer.log"
    memory = new_memory(path)
    lengths = [0]
    for size in (9, 12, 123):
        memory.remember(size, root(size))
        lengths.append(path.stat().st_size)
    whole = path.read_bytes()
    for cut in range(lengths[1], len(whole) + 1):
        for tail in (b"", b"1", b"\0\0", b"124 " + root(124).hex().encode()):
            path.write_bytes(whole[:cut] + tail)
            left = {9: (9, root(9)), 12: (12, root(12)), 123: (123, root(123))}
            kept = [n for n, length in zip(left, lengths[1:], strict=True) if length <= cut]
            opened, beside = FileMemory(path), FileMemory(path)
            assert opened.last() == left[kept[-1]]
            opened.remember(200, root(200))
            beside.remember(201, root(201))
            assert FileMemory(path).last() == (201, root(201))
            lines = path.read_text().splitlines()
            assert [int(line.split()[0]) for line in lines] == [*kept, 200, 201]
            tried("signer's memories cut", 1)


def test_line_cut_short_by_another_process_meanwhile_is_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "signer.log"
    memory = new_memory(path)
    memory.remember(1, root(1))
    with path.open("ab") as other:
        other.write(b"2 0202")  # and is killed
    memory.remember(3, root(3))
    assert path.read_text() == f"1 {root(1).hex()}\n3 {root(3).hex()}\n"


def test_two_who_sign_at_once_may_append_in_either_order(tmp_path: Path) -> None:
    path = tmp_path / "signer.log"
    new_memory(path)
    one, other = FileMemory(path), FileMemory(path)
    other.remember(8, root(8))
    one.remember(7, root(7))
    assert FileMemory(path).last() == (8, root(8))


def test_many_who_sign_at_once_lose_no_line(tmp_path: Path) -> None:
    path = tmp_path / "signer.log"
    new_memory(path)

    def sign(first: int) -> None:
        memory = FileMemory(path)
        for n in range(first, first + 50):
            memory.remember(n, root(first % 200))

    threads = [threading.Thread(target=sign, args=(first,)) for first in range(0, 300, 50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(line.split()[0]) for line in path.read_text().splitlines()) == [*range(300)]


def test_memory_that_another_process_holds_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "signer.log"
    memory = new_memory(path)
    monkeypatch.setattr(keys, "TURN_SECONDS", 0.0)
    with path.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(Unavailable, match="another process"):
            memory.remember(1, root(1))
    memory.remember(1, root(1))


@pytest.mark.parametrize("written", range(68))
def test_full_disk_that_takes_part_of_a_line_is_no_memory_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    """It is not signed, and of the line nothing stays."""
    path = tmp_path / "signer.log"
    memory = new_memory(path)
    memory.remember(1, root(1))
    before, write = path.read_bytes(), os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:written]))
    with pytest.raises(Unavailable, match="No space left"):
        memory.remember(22, root(2))
    monkeypatch.undo()
    assert memory.last() == FileMemory(path).last() == (1, root(1))
    assert path.read_bytes() == before
    memory.remember(23, root(3))
    assert FileMemory(path).last() == (23, root(3))


def test_long_memory_is_read_from_its_end(tmp_path: Path) -> None:
    path = tmp_path / "signer.log"
    path.write_text("".join(f"{n} {root(n % 200).hex()}\n" for n in range(5000)))
    assert FileMemory(path).last() == (4999, root(4999 % 200))
    FileMemory(path).remember(5000, root(1))
    assert FileMemory(path).last() == (5000, root(1))


def test_long_memory_without_lines_is_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "signer.log"
    memory = new_memory(path)
    path.write_bytes(b"1 " + b"0" * 200_000)
    with pytest.raises(Unavailable, match="damaged"):
        memory.remember(1, root(1))
    assert path.stat().st_size == 200_002


@pytest.mark.parametrize(
    "text",
    ["x\n", "1 zz\n", "1_0 " + "00" * 32 + "\n", "-1 " + "00" * 32 + "\n", "1 00\n", "\n", "é\n"],
)
def test_damaged_memory_stops_the_signer(tmp_path: Path, text: str) -> None:
    (tmp_path / "signer.log").write_text(text)
    with pytest.raises(Malformed) as damaged:
        FileMemory(tmp_path / "signer.log")
    assert "checkpoint" in damaged.value.hint


def test_failed_sync_is_unavailable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = new_memory(tmp_path / "signer.log")

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


def test_memory_is_a_regular_file(tmp_path: Path) -> None:
    """A pipe is not waited for and a device not read without end, at the opening or later; a link to a memory is one."""
    os.mkfifo(tmp_path / "pipe", 0o600)
    (tmp_path / "folder").mkdir()
    for name, target in (("zero", "/dev/zero"), ("null", "/dev/null"), ("to-pipe", "pipe")):
        (tmp_path / name).symlink_to(target)
    for name in ("pipe", "folder", "zero", "null", "to-pipe"):
        with pytest.raises(Malformed, match="a regular file"):
            FileMemory(tmp_path / name)
        path = tmp_path / f"{name}.log"
        memory = new_memory(path)
        path.unlink()
        path.symlink_to(tmp_path / name)
        with pytest.raises((Malformed, Unavailable), match=r"a regular file|directory"):
            memory.remember(1, root(1))
        with pytest.raises(Malformed, match="a regular file"):
            memory.check(lambda *_: None)
    new_memory(tmp_path / "signer.log").remember(1, root(1))
    (tmp_path / "link").symlink_to("signer.log")
    assert FileMemory(tmp_path / "link").last() == (1, root(1))


def test_bytes_that_are_no_text_are_no_key(tmp_path: Path) -> None:
    (tmp_path / "log.key").touch(0o600)
    (tmp_path / "log.key").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Malformed):
        read_key(tmp_path / "log.key")
