"""Votes from the command line: what is taken, what is not, and what is found again."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from quorate.ballots.digest import base64
from tests.cli.election import SITES, Place, opened

PROGRAM = Path(sys.executable).with_name("quorate")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Place:
    """An election whose box is open and empty; made once."""
    return opened(tmp_path_factory.mktemp("made") / "root", "Ada")


@pytest.fixture
def place(made, tmp_path) -> Place:
    """A copy of it."""
    return made.copy(tmp_path / "root")


def test_a_ballot_is_found_by_its_tracker_and_so_is_the_one_that_replaced_it(place):
    first, second = (
        place.vote("Anna", answers, "--json").json()["ballots"][0]
        for answers in ("[Ann, Yes]", "[Bob, No]")
    )
    assert first == {
        "tracker": first["tracker"],
        "number": 1,
        "counts": True,
        "replaces": None,
        "replaced_by": "",
    }
    assert (second["number"], second["replaces"]) == (2, 1)
    (found,) = place.done("check", first["tracker"], "--json").json()["ballots"]
    assert (found["counts"], found["replaced_by"]) == (False, second["tracker"])
    assert "Ballot 2 of 2 is in the box, and counts." in place.done("check", second["tracker"]).out
    assert second["tracker"] in place.done("check", first["tracker"]).out
    both = place.done("check", "--credential", place.letter("Anna"), "--json").json()["ballots"]
    assert [each["number"] for each in both] == [1, 2]
    assert "No ballot was cast" in place.done("check", "--credential", place.letter("Cem")).out


def test_a_tracker_that_is_not_there_or_is_none_is_told_apart(place):
    said = place.run("check", base64("another"))
    assert (said.code, "no ballot in the box has the tracker" in said.err) == (1, True)
    for none in (base64("another")[:-1], base64("another") + "=", "x" * 43, "nothing.json"):
        assert place.run("check", none).code == 2, none
    assert place.run("check").code == 2


def test_a_ballot_made_elsewhere_is_checked_and_cast_and_not_twice(place):
    out = place.root / "ballot.json"
    assert "not in the box yet" in place.vote("Anna", "[Ann, Yes]", "--out", out).out
    assert place.done("status", "--json").json()["election"]["ballots"] == 0
    assert "It is not in the box." in place.done("check", out).out
    assert place.vote("Anna", "[Ann, Yes]", "--out", out).code == 2
    tracker = base64(out.read_bytes())
    assert tracker in place.done("vote", "--ballot", out).out
    assert "Ballot 1 of 1 is in the box" in place.done("check", out).out


def test_a_ballot_that_is_in_the_box_gets_its_tracker_again_and_nothing_is_added(place):
    first, second, third = (place.root / f"{i}.json" for i in range(3))
    place.vote("Anna", "[Ann, Yes]", "--out", first)
    place.vote("Anna", "[Bob, Yes]", "--out", second)
    place.vote("Bela", "[Bob, Yes]", "--out", third)
    copy = place.root / "copy.json"
    copy.write_bytes(first.read_bytes())
    said = place.done("vote", "--ballot", first, "--ballot", copy, "--json").json()["ballots"]
    assert [each["number"] for each in said] == [1, 1]
    again = place.done("vote", "--ballot", first, "--json").json()["ballots"]
    assert again == said[:1]
    before = place.archive.read_bytes()
    assert base64(first.read_bytes()) in place.done("vote", "--ballot", first).out
    assert place.archive.read_bytes() == before
    both = ("vote", "--ballot", second, "--ballot", first, "--json")
    new, old = place.done(*both).json()["ballots"]
    assert (new["number"], new["counts"], new["replaces"]) == (2, True, 1)
    assert (old["number"], old["tracker"]) == (1, said[0]["tracker"])
    new, old = place.done(*both).json()["ballots"]
    assert (old["counts"], old["replaced_by"], new["counts"]) == (False, new["tracker"], True)
    assert "counts in its place" in " ".join(place.done("vote", "--ballot", first).out.split())
    place.done("tally", "--close", "--few")
    before = place.archive.read_bytes()
    assert place.done(*both).json()["ballots"] == [new, old]
    said = place.run("vote", "--ballot", first, "--ballot", third, "--json")
    assert (said.code, said.json()["error"]["code"]) == (3, "not-now")
    assert place.archive.read_bytes() == before


def test_of_several_ballots_all_go_into_the_box_or_none(place):
    files = [place.root / f"{name}.json" for name in ("Anna", "Bela")]
    for path in files:
        assert place.vote(path.stem, "[Ann, Yes]", "--out", path).code == 0
    ballot = json.loads(files[1].read_bytes())
    ballot["answers"][0]["choices"].reverse()
    bad = place.file("bad.json", json.dumps(ballot, separators=(",", ":")))
    said = place.run("vote", "--ballot", files[0], "--ballot", bad)
    assert (said.code, said.err.startswith(f"unverified: check 4 ballots: {bad}: ")) == (1, True)
    spaced = place.file("spaced.json", json.dumps(json.loads(files[1].read_bytes())))
    said = place.run("vote", "--ballot", files[0], "--ballot", spaced)
    assert (said.code, str(spaced) in said.err) == (2, True), said
    assert place.done("status", "--json").json()["election"]["ballots"] == 0
    said = place.done("vote", "--ballot", files[0], "--ballot", files[1], "--json").json()
    assert [each["number"] for each in said["ballots"]] == [1, 2]
    mixed = place.run("vote", "--ballot", files[0], "--out", place.root / "x")
    assert mixed.code == 2


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("[Ann]", "an answer to each of 2 questions"),
        ("Ann", "an answer to each of 2 questions"),
        ("[Ann, Yes, No]", "an answer to each of 2 questions"),
        ("[Eve, Yes]", "answer 1: expected one of the 3 answers"),
        ("[4, Yes]", "answer 1: expected one of the 3 answers"),
        ("[0, Yes]", "answer 1: expected one of the 3 answers"),
        ("[[Ann, Bob], Yes]", "answer 1: expected at least 1 and at most 1 picked"),
        ("[[], Yes]", "answer 1: expected at least 1 and at most 1 picked"),
        ("[[Ann, Ann], Yes]", "answer 1: expected each answer once"),
        ("[blank, Yes]", "answer 1: expected one of the 3 answers"),
        ("[Ann, [Yes, blank]]", "answer 2: expected one of the 2 answers"),
        ("[{Ann: 1}, Yes]", "answer 1: expected one of the 3 answers"),
        ("[Ann, Yes", "YAML"),
    ],
)
def test_answers_that_are_not_allowed_are_named_and_not_repeated(place, answers, said):
    done = place.vote("Anna", answers)
    assert done.code == 2
    assert said in " ".join(done.err.split()), done
    assert "Eve" not in done.err
    assert place.done("status", "--json").json()["election"]["ballots"] == 0


@pytest.mark.parametrize(
    ("ranking", "said"),
    [
        ("[Mill, Mill]", "each answer once"),
        ("[Mill, Pond]", "one of the 3 answers"),
        ("{Mill: 256}", "a number of 0 to 255"),
        ("{Mill: first}", "a number of 0 to 255"),
    ],
)
def test_rankings_that_are_none_are_refused(tmp_path, ranking, said):
    place = opened(tmp_path / "root", "Ada", questions=SITES)
    done = place.vote("Anna", f"- {ranking}\n- Yes\n")
    assert (done.code, said in done.err) == (2, True), done


def test_answers_can_be_given_by_number(place):
    assert place.vote("Anna", "[3, 2]").code == 0
    place.done("tally", "--close", "--few")
    place.decrypt(place.key("Ada"))
    result = place.done("result", "--json").json()["result"]
    assert [each["votes"] for each in result] == [[0, 0, 1], [0, 1]]


def test_somebody_who_types_is_asked_until_the_answers_are_allowed_and_sees_them_again(place):
    letter = place.letter("Anna").read_text()
    said = place.done("vote", stdin=letter + "5\n1 2\nx\n2\n0\ny\n")
    assert said.err.count("It takes") == 3
    assert "Adopt the budget?  a blank vote" in said.err
    assert "Who shall chair the co-operative?  Bob" in said.err
    assert "Ballot 1 is in the box" in said.out
    assert "Bob" not in said.out
    place.run("vote", stdin=letter + "1\n1\nn\n")
    assert place.done("status", "--json").json()["election"]["ballots"] == 1
    assert place.run("vote", stdin=letter + "1\n").code == 130


def test_the_election_and_its_fingerprint_are_shown_before_anything_is_asked(place):
    view = place.done("status", "--json").json()["election"]
    typed = {"stdin": place.letter("Anna").read_text() + "1\n1\ny\n"}
    given = ("--credential", place.letter("Anna"))
    for said in (
        place.done("vote", **typed),
        place.done("vote", "--json", **typed),
        place.done("vote", *given, stdin="1\n1\ny\n"),
        place.run("vote", stdin="nobody's\n"),
    ):
        shown = said.err.index(view["fingerprint"])
        assert said.err.index(f"You vote in: {view['name']}") < shown
        assert shown < said.err.index("Question 1" if said.code == 0 else "malformed")
    assert place.vote("Anna", "[Ann, Yes]").err == ""


def test_somebody_who_types_can_rank(tmp_path):
    place = opened(tmp_path / "root", "Ada", questions=SITES)
    letter = place.letter("Anna").read_text()
    said = place.done("vote", stdin=letter + "2 2\n2,1\n1\ny\n")
    assert "1 Quay, 2 Mill" in said.err


@pytest.mark.parametrize(
    "typed", ["YK1dZ-aUX7Yk-zDdZR-qURwnX", "YK1dZ-aUX7Yz", "", "\xff", "O" * 25]
)
def test_a_credential_that_is_none_or_not_of_this_election_is_not_repeated(place, typed):
    path = place.root / "typed"
    path.write_bytes(typed.encode("latin-1"))
    answers = place.file("answers.yaml", "[Ann, Yes]")
    said = place.run("vote", "--credential", path, "--answers", answers)
    assert (said.code, said.out) == (2, "")
    assert not typed or typed not in said.err
    assert place.run("check", "--credential", path).code == 2


def test_one_wrong_character_of_a_credential_is_found_out(place):
    letter = place.letter("Anna")
    text = letter.read_text().strip()
    letter.write_text(text[:-1] + ("1" if text[-1] != "1" else "2"))
    said = place.run("vote", "--credential", letter, "--answers", place.file("a", "[Ann, Yes]"))
    assert (said.code, "compare each character" in said.err) == (2, True)


def test_a_ballot_of_another_election_is_refused(place, tmp_path):
    other = opened(tmp_path / "other", "Ada")
    out = tmp_path / "ballot.json"
    other.vote("Anna", "[Ann, Yes]", "--out", out)
    said = place.run("vote", "--ballot", out)
    assert (said.code, "it is of another election" in said.err) == (1, True)


def test_a_ballot_after_the_close_is_refused_and_the_close_is_meant(place):
    out = place.root / "late.json"
    place.vote("Bela", "[Ann, Yes]", "--out", out)
    place.vote("Anna", "[Ann, Yes]")
    said = place.run("tally")
    assert (said.code, "`--close` ends it for good" in said.err) == (3, True)
    assert place.vote("Anna", "[Bob, Yes]").code == 0
    place.done("tally", "--close", "--few")
    before = place.archive.read_bytes()
    assert place.run("vote", "--ballot", out).code == 3
    late = place.vote("Cem", "[Ann, Yes]", "--json")
    assert (late.code, late.json()["error"]["code"]) == (3, "not-now")
    assert place.run("tally", "--close", "--few").code == 3
    assert place.archive.read_bytes() == before


def test_nothing_is_taken_from_the_command_line(place):
    assert place.run("vote", "--credential", place.letter("Anna").read_text().strip()).code == 2
    assert place.run("vote", "Ann").code == 2


def test_voters_who_come_at_once_all_find_their_ballots(place):
    answers = place.file("answers.yaml", "[Ann, Yes]")
    vote = ("ballot", "vote", "--dir", place.folder)
    running = [
        subprocess.Popen(
            [PROGRAM, *vote, "--answers", answers, "--credential", place.letter(name)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("Anna", "Bela", "Cem", "Dora")
    ]
    said = [each.communicate() for each in running]
    assert all(err == "" for _, err in said)
    numbers = {out.split()[1] for out, _ in said}
    assert numbers == {"1", "2", "3", "4"}
    for out, _ in said:
        assert place.run("check", out.splitlines()[1]).code == 0
