import re

import pytest

from quorate.audit.check import Check
from quorate.canon.fault import Malformed
from quorate.cli.demo import play
from tests.cli.terminal import Said, quorate
from tests.reading.replayed import ID
from tests.repository.tree import ROOT
from tools.example_ballot import EXAMPLE, write_ballot


@pytest.fixture(scope="module")
def october() -> Said:
    return quorate("demo", "--json")


@pytest.fixture(scope="module")
def told() -> Said:
    return quorate("demo")


@pytest.fixture(scope="module")
def co_operative() -> Said:
    return quorate("demo", "--example", "housing-co-operative")


def paragraph(said: Said, words: str) -> str:
    """The lines around some words as one line, blanks collapsed."""
    flat = re.sub(r"\s+", " ", said.out)
    at = flat.index(words)
    return flat[max(0, at - 200) : at + 400]


def test_the_demo_prints_one_json_object_and_nothing_else(october):
    assert october.code == 0
    assert october.err == ""
    assert october.json().keys() >= {
        "divisions",
        "open_business",
        "moved",
        "clashes",
        "dispositions",
        "verified",
    }


def test_the_first_division_of_the_sixteenth_reconciles_to_one_who_did_not_vote(october):
    zinoviev, lenin = october.json()["divisions"][:2]
    assert (zinoviev["mover"], zinoviev["for"], zinoviev["against"], zinoviev["abstain"]) == (
        "Zinoviev",
        *(6, 15, 3),
    )
    assert (zinoviev["entitled"], zinoviev["cast"], zinoviev["not_voted"]["total"]) == (25, 24, 1)
    assert zinoviev["outcome"] == "rejected"
    assert (lenin["mover"], lenin["for"], lenin["against"], lenin["abstain"]) == ("Lenin", 19, 2, 4)
    assert (lenin["cast"], lenin["not_voted"]["items"], lenin["outcome"]) == (25, [], "adopted")


def test_the_garrison_is_counted_twice(october):
    counted = [each for each in october.json()["divisions"] if each["method"] == "counted"]
    assert [(each["for"], each["entitled"]) for each in counted] == [(15, 18), (9, 18)]


def test_everything_that_hung_on_the_congress_moved_by_five_days(october):
    congress, *rest = october.json()["moved"]
    assert (congress["from"], congress["to"], congress["days"]) == ("1917-10-20", "1917-10-25", 5)
    assert congress["from_iso"] == "1917-11-02"
    assert rest
    assert {each["days"] for each in rest if each["effect"] == "follows"} == {5}


def test_the_forgotten_resignation_is_open_business(october):
    said = october.json()
    (left,) = [each for each in said["open_business"] if each["kind"] == "resignation"]
    assert "Kamenev" in left["subject"]
    assert left["opened_on"] == "1917-10-16"
    gone = [each for each in said["dispositions"] if each["kind"] in ("resignation", "demand")]
    assert len(gone) == 3


def test_one_clash_is_found_on_the_sunday(october):
    (clash,) = october.json()["clashes"]
    assert (clash["on"], clash["on_iso"]) == ("1917-10-22", "1917-11-04")


def test_the_record_is_exported_and_verified_whole(october, told):
    verified = october.json()["verified"]
    assert verified["entries"] > 300
    assert verified["undecided"] == 0
    assert re.fullmatch(r"[0-9a-f]{64}", verified["root"])
    for check in Check:
        assert f"✓ {check.value}" in told.out


def test_the_story_fits_the_terminal_and_names_people(told):
    assert told.code == 0
    long = [line for line in told.out.splitlines() if len(line) > 80 and "--" not in line]
    assert long == []
    assert [line for line in told.out.splitlines() if ID.search(line)] == []


def test_the_story_shows_the_figures_with_bars_and_who_did_not_vote(told):
    assert re.search(r"against +15 +█{16} +Lenin", told.out)
    assert re.search(r"not voted +1 +█ +Member 25", told.out)


def test_a_meeting_has_one_heading_and_the_resignation_stands_under_it(told):
    lines = told.out.splitlines()
    assert lines.count("Secret meeting of the Central Committee") == 1
    assert "  23:30  Kamenev tendered a resignation from the Central Committee." in lines


def test_what_waits_longest_after_what_is_late_is_shown_first(co_operative):
    after = co_operative.out.partition("Open business")[2]
    items = [line[2] for line in after.splitlines() if line.startswith(("  ! ", "  · "))]
    assert items[0] == "!"
    assert "!" not in "".join(items).lstrip("!")


def test_a_refusal_that_the_example_expects_is_told_with_its_clause(co_operative):
    assert "Refused, notice-too-short: Ben Birch asked to convene meeting" in paragraph(
        co_operative, "notice-too-short"
    )
    assert "standing order 1.2:" in paragraph(co_operative, "notice-too-short")


def test_votes_of_different_weight_are_told_by_weight(co_operative):
    said = paragraph(co_operative, "Adopted: 4 votes for, 3 against")
    assert "(in heads 2 for, 3 against" in said


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine").write_text("keep")
    said = quorate("demo", "--dir", tmp_path)
    assert said.code == 2
    assert "a new or empty folder" in said.err
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]


def test_an_expected_refusal_that_does_not_come_fails_the_demo(tmp_path):
    script = tmp_path / "script"
    script.mkdir()
    (script / "01.yaml").write_text(
        "- {do: found-organisation, at: 2026-01-01 10:00, organisation: x, name: X, "
        "clerk: '@ada', clock: told, person: {name: Ada, handle: ada}}\n"
        "- {do: establish-body, by: '@ada', body: board, name: Board, expect: exists}\n"
    )
    with pytest.raises(Malformed, match="exists; it is in order"):
        play.play(script, tmp_path / "made", "example.org/x")


def test_the_hints_at_the_end_are_commands_that_work(tmp_path):
    made = tmp_path / "made"
    said = quorate("demo", "--dir", made)
    hints = said.out.partition("What to try next")[2].splitlines()[2:]
    commands = [line.split()[1:] for line in hints if line.strip()]
    assert len(commands) == 4
    for command in commands:
        assert quorate(*command).code == 0, command


def test_the_hints_name_the_command_as_it_was_started(tmp_path, monkeypatch):
    """In a fresh clone nobody's shell finds us by our name."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["a folder/bin/quorate"])
    said = quorate("demo", "--dir", tmp_path / "made")
    assert "\n  'a folder/bin/quorate' show division --dir " in said.out


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "made"
    assert quorate("demo", "--dir", folder).code == 0
    return folder


def test_minutes_are_printed_as_markdown(made):
    said = quorate("minutes", "cc-16", "--dir", made)
    assert said.out.startswith("# Secret meeting of the Central Committee\n")


def test_the_name_of_the_file_says_the_form_of_the_minutes(made, tmp_path):
    page = tmp_path / "minutes.html"
    assert quorate("minutes", "cc-16", "--dir", made, "--out", page).code == 0
    assert page.read_text().startswith("<!doctype html>")


def test_minutes_of_a_meeting_in_confidence_are_for_its_body_alone(made):
    assert quorate("minutes", "cc-16", "--dir", made, "--as", "lenin").code == 0
    for reader in ("public", "delegate-1"):
        said = quorate("minutes", "cc-16", "--dir", made, "--as", reader)
        assert said.code == 2
        assert "secret" not in (said.out + said.err).lower()


def test_a_pdf_goes_to_a_file(made):
    said = quorate("minutes", "cc-16", "--dir", made, "--format", "pdf")
    assert said.code == 2
    assert "--out FILE" in said.err


def test_minutes_as_json_have_the_figures(made):
    sections = quorate("minutes", "cc-16", "--dir", made, "--json").json()["minutes"]["sections"]
    held = [each["division"] for section in sections for each in section["passages"]]
    assert [each["for"] for each in held if each] == [6, 19]


def test_the_secret_ballot_of_the_example_reconciles_by_number_and_is_verified(co_operative):
    said = paragraph(co_operative, "prepared the secret ballot")
    assert "14 credentials issued" in said
    said = paragraph(co_operative, "Adopted: 11 for")
    assert "11 for, 1 against, 1 abstaining; 1 did not vote; counted from 13 secret ballots" in said
    assert "(1 more superseded by a later one)" in said
    assert "somebody asked to cast ballots" in paragraph(co_operative, "ballot-not-prepared")
    assert "secret divisions" not in co_operative.out
    example = ROOT / "examples/housing-co-operative/ballot-treasurer.bel"
    verified = quorate("ballot", "verify", example, "--json").json()["verified"]
    assert (verified["credentials"], verified["counted"], verified["cast"]) == (14, 13, 14)


def test_the_secret_ballot_of_the_example_is_made_from_its_seed(tmp_path):
    write_ballot(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in EXAMPLE.glob("ballot-*")}
    assert made == kept
