"""An export cut off at any step loses nothing, and leaves no older copy once it was written again."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from quorate.assembly.audience import EVERYTHING
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.audit.verify import verify
from quorate.canon.fault import Fault, Malformed, Unavailable
from quorate.desk.answer import Caller
from quorate.desk.desk import Desk
from quorate.desk.folder_reader import FolderReader
from quorate.store.memory import MemoryStore
from tests.cast import CLERK, founded
from tests.conftest import Tried
from tests.desk.office import Office, play

STEPS = ("mkdir", "open", "fsync", "rename", "unlink", "rmdir")


class Killed(BaseException):
    """The end of a process, which no handler of errors hears of."""


class Cut:
    """Have the n-th step of all that change a disk fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException) -> None:
        self.left = at
        for name in STEPS:
            monkeypatch.setattr(os, name, self.step(getattr(os, name), error))

    def step(self, real, error: BaseException):
        def do(*given, **more):
            self.left -= 1
            if self.left == 0:
                raise error
            return real(*given, **more)

        return do


@pytest.fixture
def office() -> Office:
    return Office(MemoryStore)


@pytest.fixture
def desk(office: Office) -> Iterator[Desk]:
    with office.open() as desk:
        play(founded(), desk)
        yield desk


def export(desk: Desk, office: Office, folder: Path) -> int:
    return desk.export(folder, office.key.verifier, lambda _: EVERYTHING)


def size(office: Office, folder: Path) -> int:
    """The entries of a whole export; 0 if it is none."""
    try:
        return verify(FolderReader(folder), office.key.verifier)[0].entries
    except Fault:
        return 0


def is_cut(desk: Desk, office: Office, folder: Path, at: int, error: BaseException) -> bool:
    """Whether an export into a folder has so many steps that it is cut off at this one."""
    with pytest.MonkeyPatch.context() as patch:
        cut = Cut(patch, at, error)
        with suppress(Killed, Unavailable):
            export(desk, office, folder)
        return cut.left <= 0


@pytest.mark.parametrize(
    "error", [Killed(), OSError(28, "No space left on device")], ids=["killed", "full"]
)
@pytest.mark.parametrize("before", ["nothing", "an empty folder", "an export"])
def test_export_that_is_cut_off_at_any_step(tmp_path, error, before, tried: Tried) -> None:
    at, cut_off = 0, True
    while cut_off:
        at += 1
        office, folder = Office(MemoryStore), tmp_path / str(at) / "export"
        with office.open() as desk:
            play(founded(), desk)
            cut_off = survives(desk, office, folder, at, error, before)
    assert at > 20
    tried("exports cut off", at)


def survives(  # what is exported whereto, and where it is cut off
    desk: Desk, office: Office, folder: Path, at: int, error: BaseException, before: str
) -> bool:
    """Whether an export has so many steps that it was cut off; nothing was lost by it, and no older copy is left."""
    older = 0
    if before == "an empty folder":
        folder.mkdir(parents=True)
    elif before == "an export":
        older = export(desk, office, folder)
    desk.act(EstablishBody(body="branch", name="Branch"), Caller(by=CLERK))
    newer = desk.read(lambda state: state.size)
    cut_off = is_cut(desk, office, folder, at, error)
    if older:
        found = {size(office, folder), size(office, folder.with_name(".export.old"))}
        assert found & {older, newer}
        if isinstance(error, OSError):
            assert size(office, folder) in (older, newer)
    assert export(desk, office, folder) == newer
    assert size(office, folder) == newer
    assert [path.name for path in folder.parent.iterdir()] == ["export"]
    return cut_off


def test_export_cut_off_twice_is_still_the_older_one(desk, office, tmp_path) -> None:
    """Whoever begins again, and is cut off again before anything new is whole, has what was there."""
    folder = tmp_path / "export"
    older = export(desk, office, folder)
    folder.rename(tmp_path / ".export.old")
    assert is_cut(desk, office, folder, 5, Killed())
    assert size(office, folder) == older
    export(desk, office, folder)
    assert [path.name for path in tmp_path.iterdir()] == ["export"]


@pytest.mark.parametrize("name", [".export.old", ".export.new"])
def test_what_no_export_left_behind_is_not_removed(desk, office, tmp_path, name) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "letter").write_text("dear")
    for _ in range(2):
        with pytest.raises(Malformed):
            export(desk, office, tmp_path / "export")
        assert (tmp_path / name / "letter").read_text() == "dear"
        assert not (tmp_path / "export").exists()


@pytest.mark.parametrize("path", [".", "..", "/", "export/.."])
def test_folder_is_given_by_its_name(desk, office, path) -> None:
    """It is replaced as a whole, which nobody wants to stand in."""
    with pytest.raises(Malformed, match="by its name"):
        export(desk, office, Path(path))
