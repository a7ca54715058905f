"""Check 14: the archive of a secret ballot beside an exported record holds to the last proof, or is said not to be there."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from quorate.assembly.model.motion import Count
from quorate.assembly.results import DeclareSecretResult
from quorate.audit.verify import Verified, verify
from quorate.canon.fault import Malformed, Unverified
from quorate.desk.export import FolderReader, restore
from quorate.desk.papers import archive_name, read_paper
from quorate.store import open_store
from quorate.store.memory import MemoryStore
from tests.assembly.chamber import chamber, move, put
from tests.cast import CHAIR
from tests.desk.at_desk import at_desk
from tests.desk.office import Office
from tests.desk.test_secret_division import BY_CHAIR, KEY, Hall
from tests.polling import Poll

ARCHIVE = f"ballots/{KEY}.bel"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """A committee whose acts are for itself, with a secret ballot held and not declared."""
    office = Office(lambda: open_store(str(tmp_path / "record.sqlite")))
    with office.open() as desk:
        with at_desk(office, desk):
            world = chamber(confidentiality={"acts": "body", "texts": "body"})
            move(world, "m-1")
            division = put(world, "m-1", method="secret")
        hall = Hall(desk, office, Poll(division), tmp_path)
        hall.prepare()
        hall.cast("for", "for", "against", "abstain")
        hall.desk.cast_ballot(KEY, hall.poll.ballot(0, "against"))
        hall.close()
        yield hall


def exported(hall: Hall, audience: str = "") -> Path:
    """An export, with the parts of one audience alone if it is named."""
    folder = hall.folder / "export"
    hall.desk.export(folder, hall.office.key.verifier, lambda _, part: part.audience != audience)
    return folder


def verified(hall: Hall, folder: Path) -> Verified:
    return verify(FolderReader(folder), hall.office.key.verifier)[0]


def test_archive_goes_with_the_record_and_is_verified_with_it(hall: Hall) -> None:
    path = hall.finish()
    folder = exported(hall)
    assert not (folder / "ballots").exists()  # declared nowhere yet, and so bound by nothing
    assert (verified(hall, folder).archives, verified(hall, folder).archives_missing) == (0, 0)
    hall.declare(path)
    folder = exported(hall)
    assert (folder / ARCHIVE).read_bytes() == path.read_bytes()
    said = verified(hall, folder)
    assert (said.archives, said.archives_missing, said.divisions) == (1, 0, 1)


def test_archive_that_is_not_there_is_counted_and_no_failure(hall: Hall) -> None:
    hall.declare(hall.finish())
    folder = exported(hall)
    (folder / ARCHIVE).unlink()
    said = verified(hall, folder)
    assert (said.archives, said.archives_missing) == (0, 1)


def test_archive_goes_only_to_those_who_may_see_the_result(hall: Hall) -> None:
    hall.declare(hall.finish())
    folder = exported(hall, audience="body:committee")
    assert not (folder / ARCHIVE).exists()
    assert verified(hall, folder).archives == 0


@pytest.mark.parametrize("lost", [0, 5])
def test_archive_is_verified_behind_a_gap_too(hall: Hall, lost: int) -> None:
    hall.declare(hall.finish())
    folder = hall.folder / "export"
    salt = hall.desk.parts(lost)[1][0].salt
    hall.desk.export(folder, hall.office.key.verifier, lambda _, part: part.salt != salt)
    said = verified(hall, folder)
    assert (said.missing, said.archives, said.archives_missing) == (1, 1, 0)


def test_archive_that_is_cut_or_changed_or_another_is_found_out(hall: Hall) -> None:
    path = hall.finish()
    (hall.folder / "again").mkdir()
    box = hall.poll.box(*hall.desk.ballots(KEY))
    again = hall.poll.finish(box, hall.folder / "again").read_bytes()  # with other proofs
    hall.declare(path)
    folder = exported(hall)
    whole = (folder / ARCHIVE).read_bytes()
    middle = whole.index(b'"response":"', len(whole) // 2) + 20
    bent = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    lies = [
        ("check 1 archive", bent),
        ("check 1 archive", whole[:-1]),
        ("check 1 archive", whole + bytes(512)),
        ("an archive of an election", b""),
        ("an archive of an election", b"BELENIOS" * 300),
        ("not the archive that was declared", again),
        ("another than was bound", Poll(hall.division, seed=2).setup(hall.folder).read_bytes()),
    ]
    for said, data in lies:
        (folder / ARCHIVE).write_bytes(data)
        with pytest.raises(Unverified, match=said) as caught:
            verified(hall, folder)
        assert caught.value.check == "14 ballots"


def test_record_that_binds_another_election_or_box_than_its_archive_has_is_found_out(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk that checks no paper writes a record that is in order, and the auditor sees it."""
    path = hall.finish()
    paper = read_paper(path)
    monkeypatch.setattr("quorate.desk.session.check_paper", lambda *_: None)
    act = DeclareSecretResult(division=KEY, figures=Count(2, 1, 1, 2), archive=paper.seen.digest)
    hall.desk.act(act, BY_CHAIR, paper)
    assert hall.division.counts[CHAIR] == Count(2, 1, 1, 2)
    with pytest.raises(Unverified, match="not what was declared"):
        verified(hall, exported(hall))


def test_archive_comes_back_with_the_record(hall: Hall) -> None:
    path = hall.finish()
    hall.declare(path)
    folder = exported(hall)
    store = MemoryStore()
    restore(store, folder, hall.office.key.verifier)
    assert b"".join(store.paper(archive_name(KEY))) == path.read_bytes()
    shutil.copy(hall.poll.setup(hall.folder), folder / ARCHIVE)
    other = MemoryStore()
    with pytest.raises(Malformed, match="names by its hash"):
        restore(other, folder, hall.office.key.verifier)
    assert other.head().size == 0
    (folder / ARCHIVE).unlink()
    restore(other, folder, hall.office.key.verifier)
    assert list(other.paper(archive_name(KEY))) == []
