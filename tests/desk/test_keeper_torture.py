"""`kill -9` of whoever keeps the record: what was erased stays so, exports and restored stores are whole or can be made so."""

import random
import sys
from contextlib import closing
from pathlib import Path

import pytest

from quorate.audit.verify import verify
from quorate.canon.fault import Conflict
from quorate.desk.export import restore
from quorate.desk.fold import open_fold
from quorate.desk.folder_reader import FolderReader
from quorate.store import open_store
from tests.conftest import Tried
from tests.desk.keeper_writer import export
from tests.desk.test_ballot_torture import run_and_kill
from tests.desk.test_torture import KILLS
from tests.desk.torture_writer import key, opened


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_keeper_killed_at_any_moment_loses_nothing_and_brings_nothing_back(
    store: str, tmp_path: Path, tried: Tried
) -> None:
    memory, folder = str(tmp_path / "signer.log"), tmp_path / "out" / "record"
    folder.parent.mkdir()
    chance, erased = random.Random(1918), set[str]()
    kills = max(1, KILLS // 3)
    for kill in range(kills):
        command = [
            sys.executable, "-m", "tests.desk.keeper_writer", store, memory, str(folder), str(kill),
        ]  # fmt: skip
        erased |= set(run_and_kill(command, chance.uniform(0.0, 0.4)))
        with opened(store, memory) as desk:
            export(desk, folder)
            check_forgotten(folder, erased)
            size = desk.read(lambda state: state.size)
        said, state = verify(FolderReader(folder), key().verifier)
        assert (said.entries, state.size) == (size, size)
        check_restored(folder)
    assert erased
    tried("kills", kills)


def check_forgotten(folder: Path, erased: set[str]) -> None:
    """No file that an export left behind has a word that was erased."""
    files = [
        each for each in folder.parent.rglob("*") if each.is_file() and ".sqlite" not in each.name
    ]
    left = [each for each in files for word in erased if f"<{word}>".encode() in each.read_bytes()]
    assert not left


def check_restored(folder: Path) -> None:
    """Each store that was being filled is empty or whole, and the export brings it up to its own head."""
    for path in folder.parent.glob("*.sqlite"):
        with closing(open_store(f"sqlite:{path}")) as restored:
            open_fold(restored)
            try:
                restore(restored, folder, key().verifier)
            except Conflict as error:
                raise AssertionError(path) from error
            assert open_fold(restored).tree.size == restored.head().size
        path.unlink()
