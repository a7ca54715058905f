"""Check 14: the archive of a secret ballot beside an exported record is there, and holds to the last proof."""

import json
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.assembly.audience import audiences_of
from quorate.assembly.divisions.results import DeclareSecretResult
from quorate.assembly.model.division import Count
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.assembly.organisation.standing_orders import AdoptStandingOrders
from quorate.audit.absences import ExportReader
from quorate.audit.ballots import ANSWERS, box_of, credential_of
from quorate.audit.verify import Verified, verify
from quorate.ballots.question import Question
from quorate.ballots.verify import verify as verify_election
from quorate.ballots.weakness import Weakness
from quorate.canon.fault import Malformed, Unverified
from quorate.desk.answer import Caller
from quorate.desk.archives import archive_name, read_paper
from quorate.desk.export import restore
from quorate.desk.folder_reader import FolderReader
from quorate.desk.paperwork import PAPERWORK, no_paper
from quorate.reading.words.elections import WEAKNESSES
from quorate.store import open_store
from quorate.store.memory import MemoryStore
from tests.assembly.chamber import chamber, move, put, under
from tests.ballots import ceremony
from tests.cast import CHAIR, CLERK, MEMBER, NOON
from tests.cli.terminal import quorate
from tests.desk.at_desk import at_desk
from tests.desk.office import Office
from tests.desk.test_secret_division import BY_CHAIR, KEY, Hall
from tests.polling import Poll

ARCHIVE = f"ballots/{KEY}.bel"
LIES_OF_BALLOTS = Path(__file__).parents[2] / "vectors/ballots"


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

    class Others(frozenset[str]):
        def __contains__(self, other: object) -> bool:
            return other != audience

    hall.desk.export(folder, hall.office.key.verifier, lambda _: Others())
    return folder


def verified(hall: Hall, folder: Path, reader: str = "") -> Verified:
    named = ExportReader(reader) if reader else None
    return verify(FolderReader(folder), hall.office.key.verifier, reader=named)[0]


def test_archive_goes_with_the_record_and_is_verified_with_it(hall: Hall) -> None:
    path = hall.finish()
    folder = exported(hall)
    assert not (folder / "ballots").exists()  # declared nowhere yet, and so bound by nothing
    assert verified(hall, folder).archives == 0
    hall.declare(path)
    folder = exported(hall)
    assert (folder / ARCHIVE).read_bytes() == path.read_bytes()
    said = verified(hall, folder)
    assert (said.archives, said.divisions) == (1, 1)
    assert said.archive_weaknesses == ()


def test_archive_that_is_not_there_fails_check_14(hall: Hall) -> None:
    """An archive taken away once switched every check of its ballots off, with exit 0."""
    hall.declare(hall.finish())
    folder = exported(hall)
    (folder / ARCHIVE).unlink()
    with pytest.raises(Unverified, match=f"{ARCHIVE} is missing") as failed:
        verified(hall, folder)
    assert failed.value.check == "14 ballots"
    assert "trustees" in failed.value.hint


def test_archive_goes_only_to_those_who_may_see_the_result(hall: Hall) -> None:
    hall.declare(hall.finish())
    folder = exported(hall, audience="body:committee")
    assert not (folder / ARCHIVE).exists()
    assert verified(hall, folder, "members").archives == 0


def test_archive_is_verified_behind_a_gap_too(hall: Hall) -> None:
    """A member of the committee does not see what another body does in confidence: a gap before the result."""
    hall.desk.act(EstablishBody(body="editors", name="Editors"), Caller(by=CLERK))
    orders = under(confidentiality={"acts": "body", "texts": "body"})
    hall.desk.act(AdoptStandingOrders(body="editors", orders=orders), Caller(by=CLERK))
    hall.declare(hall.finish())
    folder = hall.folder / "export"
    key = hall.office.key.verifier
    hall.desk.export(folder, key, lambda state: audiences_of(state, MEMBER, NOON.date()))
    said = verified(hall, folder, MEMBER)
    assert (said.missing, said.archives) == (1, 1)
    assert said.gap is not None
    (folder / ARCHIVE).unlink()
    with pytest.raises(Unverified, match="is missing") as failed:
        verified(hall, folder, MEMBER)
    assert failed.value.check == "14 ballots"


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
        (
            "check 3 credentials",
            (LIES_OF_BALLOTS / "3-weights-with-which-two-results-hold.bel").read_bytes(),
        ),
        ("not the archive that was declared", again),
        ("another than was bound", Poll(hall.division, seed=2).setup(hall.folder).read_bytes()),
    ]
    for said, data in lies:
        (folder / ARCHIVE).write_bytes(data)
        with pytest.raises(Unverified, match=said) as caught:
            verified(hall, folder)
        assert caught.value.check == "14 ballots"


def check_no_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    for act, paperwork in PAPERWORK.items():
        monkeypatch.setitem(PAPERWORK, act, paperwork._replace(check=no_paper))


def test_record_that_binds_another_election_or_box_than_its_archive_has_is_found_out(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk that checks no paper writes a record that is in order, and the auditor sees it."""
    path = hall.finish()
    paper = read_paper(path)
    check_no_paper(monkeypatch)
    act = DeclareSecretResult(division=KEY, figures=Count(2, 1, 1, 2), archive=paper.seen.digest)
    hall.desk.act(act, BY_CHAIR, paper)
    assert hall.division.counts[CHAIR] == Count(2, 1, 1, 2)
    with pytest.raises(Unverified, match="not what was declared"):
        verified(hall, exported(hall))


LIES = [
    (
        "asks something else",
        {"question": Question(answers=ANSWERS, min=1, max=1, question="d-m-1: m-2")},
    ),
    (
        "asks something else",
        {"question": Question(answers=ANSWERS[::-1], min=1, max=1, question="d-m-1: m-1")},
    ),
    ("of their weight", {"weights": [2, 1, 1, 1, 1, 0]}),
]


@pytest.mark.parametrize(("said", "changes"), LIES)
def test_election_that_is_not_what_the_division_wants_is_found_out_by_its_archive(
    said: str, changes: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk that checks no paper, and so binds whatever it is given, with numbers that fit."""
    check_no_paper(monkeypatch)
    office = Office(MemoryStore)
    with office.open() as desk:
        with at_desk(office, desk):
            world = chamber()
            move(world, "m-1")
            division = put(world, "m-1", method="secret")
        hall = Hall(desk, office, Poll(division, **changes), tmp_path)
        hall.prepare()
        hall.cast("for", "for", "against")
        hall.close()
        path = hall.finish()
        (counts,) = verify_election(BytesIO(path.read_bytes())).result or ((0, 0, 0),)
        hall.declare(path, Count(*fitted(counts, 3)))
        with pytest.raises(Unverified, match=said):
            verified(hall, exported(hall))


def fitted(counts: tuple[int, ...], counted: int) -> tuple[int, ...]:
    """Figures that the rules accept, of so many ballots of six."""
    return (*counts, 6 - counted) if sum(counts) == counted else (counted, 0, 0, 6 - counted)


def test_weakness_of_an_archive_is_in_the_report_on_the_record(tmp_path: Path) -> None:
    done = ceremony.hold(size=1, threshold=1)
    office = Office(MemoryStore)
    with office.open() as desk:
        with at_desk(office, desk):
            world = chamber()
            move(world, "m-1")
            division = put(world, "m-1", method="secret")
        trustees = (done.keys()[0], ceremony.older(done))
        hall = Hall(desk, office, Poll(division, trustees=trustees), tmp_path)
        hall.prepare()
        hall.cast("for", "for", "against")
        hall.close()
        hall.declare(hall.finish())
        folder = exported(hall)
        weakness = Weakness.OLD_THRESHOLD
        assert verified(hall, folder).archive_weaknesses == ((KEY, weakness),)
    shown = {"division": KEY, "code": weakness.value, "text": WEAKNESSES[weakness]}
    assert quorate("verify", folder, "--json").json()["verified"]["warnings"] == [shown]
    said = quorate("verify", folder)
    assert (said.code, f"division {KEY}: The trustees' key was made" in said.err) == (0, True), said


@given(st.data())
def test_contents_of_a_box_depend_on_the_ballots_of_each_credential_in_their_order_alone(
    data: st.DataObject,
) -> None:
    cast = data.draw(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 99)), unique=True))
    ballots = [json.dumps({"credential": who, "n": n}).encode() for who, n in cast]
    box = box_of(sorted(ballots, key=credential_of))
    mixed = data.draw(st.permutations(ballots))
    same = all(
        [each for each in ballots if credential_of(each) == who]
        == [each for each in mixed if credential_of(each) == who]
        for who in "abcd"
    )
    assert (box_of(sorted(mixed, key=credential_of)) == box) is same
    assert box.counted == len({who for who, _ in cast})
    assert box.counted + box.superseded == len(cast)
    if ballots:
        less = ballots[:-1]
        assert box_of(sorted(less, key=credential_of)) != box


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
