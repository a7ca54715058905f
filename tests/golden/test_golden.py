"""Records that released versions wrote verify for ever, and mean what they meant."""

import importlib.util
from base64 import b64encode
from pathlib import Path
from types import ModuleType

import pytest

from quorate.audit.verify import verify
from quorate.desk.export import restore
from quorate.desk.fold import open_fold
from quorate.desk.folder_reader import FolderReader
from quorate.record.note import parse_vkey
from quorate.store.memory import MemoryStore

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "vectors/golden"
RECORDS = sorted(path.parent for path in GOLDEN.glob("*/root.txt"))
MOST_BYTES = 400_000


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("golden", ROOT / "tools/golden.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


TOOL = _tool()


@pytest.fixture(params=RECORDS, ids=lambda path: path.name)
def golden(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_there_is_a_golden_record_and_none_is_large() -> None:
    assert RECORDS
    for path in RECORDS:
        assert sum(each.stat().st_size for each in path.rglob("*") if each.is_file()) < MOST_BYTES


def test_golden_record_verifies_to_its_root_and_to_its_open_business(golden: Path) -> None:
    export = golden / "export"
    verifier = parse_vkey((export / "log.vkey").read_text().strip())
    kept = [path.read_text() for path in (export / "checkpoints").iterdir()]
    said, state = verify(FolderReader(export), verifier, earlier=kept)
    assert b64encode(said.root).decode() == (golden / "root.txt").read_text().strip()
    assert (said.missing, said.undecided, said.parts_missing) == (0, 0, 0)
    assert said.earlier == len(kept) > 1
    assert said.divisions > 0
    assert TOOL.left_open(state) == (golden / "open-business.json").read_bytes().strip()


def test_golden_record_is_imported_and_folded_to_the_same(golden: Path) -> None:
    store = MemoryStore()
    verifier = parse_vkey((golden / "export/log.vkey").read_text().strip())
    restore(store, golden / "export", verifier)
    fold = open_fold(store)
    assert b64encode(fold.head().root).decode() == (golden / "root.txt").read_text().strip()
    assert TOOL.left_open(fold.state) == (golden / "open-business.json").read_bytes().strip()


def test_golden_record_is_written_the_same_in_every_run(tmp_path: Path) -> None:
    for name in ("a", "b"):
        TOOL.write_golden(ROOT / "examples/october-1917", tmp_path / name)
    files = [path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*")]
    assert len(files) > 10
    for path in files:
        if (tmp_path / "a" / path).is_file():
            assert (tmp_path / "a" / path).read_bytes() == (tmp_path / "b" / path).read_bytes()
