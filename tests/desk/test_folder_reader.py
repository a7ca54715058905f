"""What an export has in it is read only if it is a plain file of it, and of a size that it can have."""

import os
from pathlib import Path

import pytest

from quorate.canon.fault import Malformed, Unverified
from quorate.desk.folder_reader import FolderReader


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "export" / "tile" / "0").mkdir(parents=True)
    (tmp_path / "export" / "checkpoint").write_bytes(b"note")
    (tmp_path / "export" / "tile" / "0" / "000").write_bytes(b"hashes")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "000").write_bytes(b"a secret")
    return tmp_path / "export"


def test_plain_file_is_read(folder: Path) -> None:
    read = FolderReader(folder)
    assert (read("checkpoint"), read("tile/0/000")) == (b"note", b"hashes")
    (folder.parent / "link").symlink_to(folder)  # whoever reads it has named it
    assert FolderReader(folder.parent / "link")("checkpoint") == b"note"


@pytest.mark.parametrize("path", ["none", "tile/none", "none/000", "checkpoint/000", "tile/0/001"])
def test_missing_file_is_malformed(folder: Path, path: str) -> None:
    with pytest.raises(Malformed):
        FolderReader(folder)(path)


def test_what_is_no_file_is_not_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "zero").symlink_to("/dev/zero")
    (folder / "secret").symlink_to("../outside/000")
    (folder / "inside").symlink_to("checkpoint")
    (folder / "nowhere").symlink_to("none")
    (folder / "parts").symlink_to("../outside")
    (folder / "tile" / "1").symlink_to("../../outside")
    for path in ("pipe", "tile", "zero", "secret", "inside", "nowhere", "parts/000", "tile/1/000"):
        with pytest.raises(Unverified, match=path):
            FolderReader(folder)(path)


@pytest.mark.parametrize(
    ("path", "length"),
    [
        ("tile/0/001", 256 * 65_537),
        ("checkpoint", 2**20),
        ("checkpoints/7", 2**20),
        ("parts/000.jsonl", 2**30),
        ("ballots/d.bel", 2**31),
    ],
)
def test_file_is_no_larger_than_it_can_be(folder: Path, path: str, length: int) -> None:
    """It is refused before anything of it is read: a file without content takes no room, whatever length it has."""
    (folder / path).parent.mkdir(exist_ok=True)
    with (folder / path).open("wb") as file:
        file.truncate(length + 1)
    with pytest.raises(Unverified, match="more than"):
        FolderReader(folder)(path)
