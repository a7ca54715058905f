"""A secret division from the command line: the election beside the organisation, the box in it, the archive back."""

import csv
import shutil
from pathlib import Path

import pytest

from quorate.ballots.ballot import tracker
from quorate.ballots.question import Question
from quorate.ballots.weakness import Weakness
from quorate.reading.words.elections import WEAKNESSES
from tests.ballots.elections import begin
from tests.cli.election import Place
from tests.cli.terminal import Said, quorate

OPEN = """
by: bea
at: 2026-11-24 13:00
acts:
  - {do: move-motion, meeting: m-1, motion: eve-out, kind: main, title: "{@eve} leaves the kitchen rota"}
  - {do: open-division, division: d-2, motion: eve-out, method: secret}
"""
QUESTION = '- question: "d-2: eve-out"\n  answers: [for, against, abstain]\n'
VOTERS = ("Bea", "Cem", "Dov", "Eve", "Flo")


@pytest.fixture
def hall(coop: Path, tmp_path: Path) -> Path:
    """The co-operative with a secret division open."""
    script = tmp_path / "open.yaml"
    script.write_text(OPEN)
    said = quorate("act", script, "--dir", coop)
    assert said.code == 0, said
    return coop


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """The election, set up by `quorate ballot` in a folder of its own; its box stays empty there."""
    root = tmp_path / "ballot"
    root.mkdir()
    place = Place(root)
    assert place.setup("--trustee", "Ada", questions=QUESTION).code == 0
    assert place.issue(voters="name\n" + "\n".join(VOTERS)).code == 0
    assert place.trustee("Ada").code == 0
    place.done("open")
    return place


def act(hall: Path, name: str, **fields: object) -> Said:
    by = () if name == "cast-ballots" else ("--by", "bea", "--at", "2026-11-24 13:30")
    given = [word for key, value in fields.items() for word in ("--set", f"{key}={value}")]
    return quorate("act", name, *given, *by, "--dir", hall)


def vote(hall: Path, place: Place, name: str, choice: str, n: int = 0) -> Said:
    ballot = place.root / f"{name}-{n}.json"
    made = place.vote(name, f"- {choice}\n", "--out", ballot)
    assert made.code == 0, made
    return act(hall, "cast-ballots", division="d-2", ballots=ballot)


def test_secret_division_is_held_with_files_and_commands(
    hall: Path, place: Place, tmp_path: Path
) -> None:
    assert "no ballot was prepared" in vote(hall, place, "Bea", "for").err
    prepared = act(hall, "prepare-ballot", division="d-2", setup=place.archive)
    assert prepared.code == 0, prepared
    for name, choice in (("Bea", "for"), ("Cem", "for"), ("Dov", "against"), ("Flo", "abstain")):
        assert vote(hall, place, name, choice, 1).code == 0
    again = vote(hall, place, "Dov", "for", 2)
    assert again.code == 0
    assert tracker((place.root / "Dov-2.json").read_bytes()) in again.out.split()
    assert "entry" not in again.out
    box = tmp_path / "box.bel"
    assert quorate("export", box, "--ballots", "d-2", "--dir", hall).code == 3
    assert not box.exists()
    assert act(hall, "close-division", division="d-2").code == 0
    late = vote(hall, place, "Eve", "against")
    assert (late.code, "division d-2 is closed" in late.err) == (3, True)
    assert "5 ballots written" in quorate("export", box, "--ballots", "d-2", "--dir", hall).out

    shutil.copy(box, place.archive)
    place.done("tally")
    place.decrypt(place.key("Ada"), *record(hall, tmp_path / "closed"))
    place.done("result")
    assert act(hall, "declare-secret-result", division="d-2", archive=box).code != 0
    assert act(hall, "declare-secret-result", division="d-2", archive=place.archive).code == 0

    shown = quorate("show", "division", "d-2", "--dir", hall, "--json").json()["division"]
    assert [shown[each] for each in ("for", "against", "abstain", "not_voted_count")] == [
        3,
        0,
        1,
        1,
    ]
    ballot = shown["ballot"]
    assert (ballot["credentials_issued"], ballot["ballots_counted"], ballot["superseded"]) == (
        5,
        4,
        1,
    )
    page = " ".join(quorate("show", "division", "d-2", "--dir", hall).out.split())
    assert "credentials issued 5 ballots counted 4 not cast 1 superseded 1" in page

    export = tmp_path / "export"
    assert quorate("export", export, "--dir", hall).code == 0
    verify = ("verify", export, "--key", hall / "log.vkey")
    assert quorate(*verify, "--json").json()["verified"]["archives"] == 1
    assert quorate("ballot", "verify", export / "ballots/d-2.bel").code == 0
    (export / "ballots/d-2.bel").write_bytes(box.read_bytes())
    bad = quorate(*verify)
    assert (bad.code, "14 ballots" in bad.err) == (1, True)
    (export / "ballots/d-2.bel").unlink()
    less = quorate(*verify)
    assert less.code == 1
    assert "check 14 ballots: ballots/d-2.bel is missing" in less.err


def record(hall: Path, to: Path, *more: object) -> tuple[object, ...]:
    """What a trustee says to have the box compared with the record: an export of it, and its key from elsewhere."""
    assert quorate("export", to, "--dir", hall, *more).code == 0
    return ("--record", to, "--record-key", hall / "log.vkey")


def test_key_is_used_on_the_box_that_the_record_has_and_on_no_other(
    hall: Path, place: Place, tmp_path: Path
) -> None:
    assert act(hall, "prepare-ballot", division="d-2", setup=place.archive).code == 0
    early = record(hall, tmp_path / "early")
    for name, choice in (("Bea", "for"), ("Cem", "for"), ("Dov", "against"), ("Flo", "abstain")):
        assert vote(hall, place, name, choice, 1).code == 0
    assert act(hall, "close-division", division="d-2").code == 0
    closed = record(hall, tmp_path / "closed")
    unseen = (*record(hall, tmp_path / "public", "--for", "public"), "--record-for", "public")
    box = tmp_path / "box.bel"
    assert quorate("export", box, "--ballots", "d-2", "--dir", hall).code == 0

    fewer = place.copy(tmp_path / "fewer")
    ballot = fewer.root / "Bea-1.json"
    fewer.done("vote", "--ballot", ballot)
    fewer.done("tally", "--close", "--few")
    before = fewer.key("Ada").read_bytes()
    said = fewer.try_to_decrypt(fewer.key("Ada"), *closed)
    assert (said.code, "its ballots are not those of the box" in said.err) == (1, True), said
    assert fewer.try_to_decrypt(fewer.key("Ada"), *early).code == 1
    assert fewer.try_to_decrypt(fewer.key("Ada"), *unseen[:-2]).code == 1
    said = fewer.try_to_decrypt(fewer.key("Ada"), *unseen)
    assert (said.code, "has the division of this election" in said.err) == (2, True), said
    (tmp_path / "closed/checkpoint").write_text("forged")
    assert fewer.try_to_decrypt(fewer.key("Ada"), *closed).code != 0

    shutil.copy(box, place.archive)
    place.done("tally")
    said = place.try_to_decrypt(place.key("Ada"))
    assert (said.code, "the record of the division" in said.err) == (2, True), said
    assert place.try_to_decrypt(place.key("Ada"), "--record", tmp_path / "closed").code == 2
    assert place.key("Ada").read_bytes() == fewer.key("Ada").read_bytes() == before
    own = record(hall, tmp_path / "own", "--for", "bea")
    place.decrypt(place.key("Ada"), *own, "--record-for", "bea")


def test_division_that_is_of_no_record_is_opened_if_that_is_said(place: Place) -> None:
    place.vote("Bea", "- for\n")
    place.done("tally", "--close", "--few")
    assert place.try_to_decrypt(place.key("Ada")).code == 2
    place.decrypt(place.key("Ada"), "--no-record")


def test_election_with_too_few_credentials_is_refused(
    hall: Path, place: Place, tmp_path: Path
) -> None:
    other = Place(tmp_path / "other")
    other.root.mkdir()
    assert other.setup("--trustee", "Ada", questions=QUESTION).code == 0
    assert other.issue(voters="name\n" + "\n".join(VOTERS[:4])).code == 0
    assert other.trustee("Ada").code == 0
    other.done("open")
    said = act(hall, "prepare-ballot", division="d-2", setup=other.archive)
    assert said.code == 3
    assert "4 credentials were issued" in " ".join(said.err.split())
    assert act(hall, "prepare-ballot", division="d-2", setup=place.archive).code == 0


def test_letters_name_voters_and_the_record_does_not(hall: Path, place: Place) -> None:
    act(hall, "prepare-ballot", division="d-2", setup=place.archive)
    vote(hall, place, "Bea", "for")
    with (place.root / "letters.csv").open(encoding="utf-8", newline="") as file:
        secrets = [row["credential"] for row in csv.DictReader(file)]
    kept = b"".join(path.read_bytes() for path in hall.iterdir() if path.is_file())
    assert len(secrets) == 5
    assert not any(each.encode() in kept for each in secrets)


def test_a_ballot_whose_key_was_made_in_the_old_way_is_prepared_with_a_warning(
    hall: Path, tmp_path: Path
) -> None:
    asked = Question(answers=("for", "against", "abstain"), min=1, max=1, question="d-2: eve-out")
    setup = tmp_path / "old.bel"
    setup.write_bytes(begin(asked, voters=5, trustees=[(2, 3)], older=True).archive)
    words = WEAKNESSES[Weakness.OLD_THRESHOLD]
    given = ("--set", "division=d-2", "--set", f"setup={setup}", "--by", "bea")
    at = ("--at", "2026-11-24 13:30", "--dir", hall)
    tried = quorate("act", "prepare-ballot", *given, *at, "--dry-run", "--json").json()
    assert tried["warnings"] == [{"division": "d-2", "code": "old-threshold", "text": words}]
    prepared = quorate("act", "prepare-ballot", *given, *at)
    assert (prepared.code, f"division d-2: {words}" in " ".join(prepared.err.split())) == (0, True)
