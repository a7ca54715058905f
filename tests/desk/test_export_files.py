"""The files of an export: for whom they are readable, and that nothing of anybody else's is touched."""

from pathlib import Path

import pytest

from quorate.assembly.audience import EVERYTHING
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.canon.fault import Malformed
from quorate.desk.answer import Caller
from quorate.desk.desk import Desk
from quorate.store.memory import MemoryStore
from tests.cast import CLERK, founded
from tests.desk.office import Office, play


@pytest.fixture
def office() -> Office:
    return Office(MemoryStore)


@pytest.fixture
def desk(office: Office):
    with office.open() as desk:
        play(founded(), desk)
        desk.act(EstablishBody(body="branch", name="Branch"), Caller(by=CLERK))
        yield desk


def export(desk: Desk, office: Office, folder: Path, **more: bool) -> None:
    desk.export(folder, office.key.verifier, lambda _: EVERYTHING, **more)


def modes(folder: Path) -> tuple[set[int], set[int]]:
    """The permissions of the folders of an export, and of its files."""
    paths = [folder, *folder.rglob("*")]
    dirs = {path.stat().st_mode & 0o777 for path in paths if path.is_dir()}
    return dirs, {path.stat().st_mode & 0o777 for path in paths if path.is_file()}


def test_export_is_for_its_owner_alone_unless_it_is_for_everybody(desk, office, tmp_path) -> None:
    export(desk, office, tmp_path / "ours")
    assert modes(tmp_path / "ours") == ({0o700}, {0o600})
    export(desk, office, tmp_path / "public", for_all=True)
    assert modes(tmp_path / "public") == ({0o755}, {0o644})
    export(desk, office, tmp_path / "ours")
    assert modes(tmp_path / "ours") == ({0o700}, {0o600})


@pytest.mark.parametrize("name", ["export", ".export.new", ".export.old"])
def test_link_in_the_place_of_a_folder_is_refused(desk, office, tmp_path, name) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "letter").write_text("dear")
    if name == ".export.old":
        export(desk, office, tmp_path / "export")
    (tmp_path / name).symlink_to(victim)
    with pytest.raises(Malformed):
        export(desk, office, tmp_path / "export")
    assert [path.name for path in victim.iterdir()] == ["letter"]


def test_foreign_file_in_the_folder_is_never_deleted(desk, office, tmp_path) -> None:
    folder = tmp_path / "export"
    export(desk, office, folder)
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(Malformed, match=r"notes\.txt"):
        export(desk, office, folder)
    assert (folder / "notes.txt").read_text() == "mine"
    (folder / "notes.txt").unlink()
    export(desk, office, folder)


def test_what_an_export_that_was_cut_off_left_behind_is_cleared(desk, office, tmp_path) -> None:
    left = tmp_path / ".export.new" / "tile"
    left.mkdir(parents=True)
    (left / "half").write_text("x")
    export(desk, office, tmp_path / "export")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export"]
