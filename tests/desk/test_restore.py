"""A record comes back from an export whole, checked to its last part, or not at all."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quorate.assembly.audience import EVERYTHING
from quorate.audit.verify import verify
from quorate.canon import canonical
from quorate.canon.fault import Malformed, Unverified
from quorate.desk.export import restore
from quorate.desk.fold import open_fold
from quorate.desk.folder_reader import FolderReader
from quorate.desk.port import Store
from quorate.record.entry import Part
from quorate.script.acts import script_files
from quorate.store.memory import MemoryStore
from quorate.store.sqlite import SqliteStore
from tests.audit import forgery
from tests.audit.club import KEY, Club, lacking
from tests.audit.forgery import changed, where
from tests.desk.office import Office
from tests.reading.replayed import OCTOBER, play_script

STORES = pytest.mark.parametrize("make", [MemoryStore, "sqlite"], ids=["memory", "sqlite"])


@pytest.fixture(scope="module")
def office() -> Office:
    return Office(MemoryStore)


@pytest.fixture(scope="module")
def folders(office: Office, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two exports of October 1917: everything, and what members may see."""
    root = tmp_path_factory.mktemp("october")
    with office.open() as desk:
        play_script(desk, script_files(OCTOBER))
        desk.export(root / "all", office.key.verifier, lambda _: EVERYTHING)
        desk.export(root / "members", office.key.verifier, for_members)
    return root / "all", root / "members"


def for_members(_: object) -> tuple[str, ...]:
    return ("public", "members")


def store(make: Callable[[], Store] | str, tmp_path: Path) -> Store:
    return SqliteStore(tmp_path / "record.sqlite") if isinstance(make, str) else make()


def altered(folder: Path, tmp_path: Path, change: Callable[[dict[str, str]], None]) -> Path:
    """A copy of an export whose lines of parts were changed."""
    copy = tmp_path / "altered"
    for path in folder.rglob("*"):
        if path.is_file():
            target = copy / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    for path in (copy / "parts").rglob("*.jsonl"):
        lines = [json.loads(line) for line in path.read_bytes().splitlines()]
        for line in lines:
            change(line)
        path.write_bytes(b"".join(canonical.encode(line) + b"\n" for line in lines))
    return copy


def turn_a_vote(line: dict[str, str]) -> None:
    line["data"] = line["data"].replace('"against"', '"for"')


def publish(line: dict[str, str]) -> None:
    line["audience"] = "public"


@STORES
def test_whole_export_is_restored_and_its_record_verifies(make, office, folders, tmp_path) -> None:
    kept = store(make, tmp_path)
    assert restore(kept, folders[0], office.key.verifier) == kept.head().size > 300
    assert open_fold(kept).head() == kept.head()
    assert restore(kept, folders[0], office.key.verifier) == 0
    verify(FolderReader(folders[0]), office.key.verifier)


@STORES
@pytest.mark.parametrize("lie", [turn_a_vote, publish])
def test_part_that_was_not_committed_to_is_found_before_the_first_row(
    make, office, folders, tmp_path, lie
) -> None:
    """A vote turned from against to for was once restored and signed over, and audiences widened were published."""
    kept = store(make, tmp_path)
    with pytest.raises(Unverified):
        restore(kept, altered(folders[0], tmp_path, lie), office.key.verifier)
    assert kept.head().size == 0


@STORES
def test_partial_export_is_refused_before_the_first_row(make, office, folders, tmp_path) -> None:
    kept = store(make, tmp_path)
    with pytest.raises(Malformed, match="an export with every part") as refused:
        restore(kept, folders[1], office.key.verifier)
    assert "quorate export" in refused.value.hint
    assert kept.head().size == 0
    assert restore(kept, folders[0], office.key.verifier) > 300


def test_fold_of_a_store_opens_every_commitment(office: Office, folders) -> None:
    kept = MemoryStore()
    restore(kept, folders[0], office.key.verifier)
    for seq in range(0, kept.head().size, 41):
        row = kept._rows[seq]
        first, *rest = row.parts
        for lie in (
            Part(first.name, first.salt, first.data, "public:x"),
            Part(first.name, bytes(32), first.data, first.audience),
        ):
            kept._rows[seq] = type(row)(row.seq, row.entry, (lie, *rest))
            with pytest.raises(Unverified):
                open_fold(kept)
        kept._rows[seq] = row
    assert open_fold(kept).head() == kept.head()


def test_erasure_that_no_rule_allows_lets_no_act_be_missing(tmp_path) -> None:
    """An erasure is taken at its word before anybody has decided it, and a record without an act could not be folded."""
    club = Club()
    seq = where(club.unerased, "part.erased")
    forged = changed(
        club.unerased, seq, lambda said: said["event"]["act"].update(seq=3, parts=["act", "text"])
    )
    forgery.publish(lacking(forged, 3), KEY, tmp_path / "export")
    kept = MemoryStore()
    with pytest.raises(Malformed, match="the first is act of entry 3"):
        restore(kept, tmp_path / "export", KEY.verifier)
    assert kept.head().size == 0
