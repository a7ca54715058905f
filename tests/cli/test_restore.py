"""`quorate restore`: what it says of an export that is older, newer, or another, and of a record that stays cut."""

import shutil

import pytest

from tests.cli.terminal import quorate


@pytest.fixture
def grown(coop, tmp_path):
    """The co-operative with three more bodies; an export and a copy of its store before each, and one export at the end."""
    for count in range(4):
        assert quorate("export", tmp_path / f"export-{count}", "--dir", coop).code == 0
        shutil.copy(coop / "record.sqlite", tmp_path / f"{count}.sqlite")
        if count < 3:
            assert establish(f"Branch {count}", coop).code == 0
    return coop


def establish(name, folder):
    at = ("--at", "2026-11-25 09:00")
    return quorate("act", "establish-body", "--set", f"name={name}", *at, "--dir", folder)


def size(coop):
    return quorate("memory", "--dir", coop, "--json").json()["memory"]["entries"]


def one_line(text):
    return " ".join(text.split())


def test_older_export_has_nothing_to_restore_and_is_no_fork(grown, tmp_path) -> None:
    whole = size(grown)
    for count in range(4):
        done = quorate("restore", tmp_path / f"export-{count}", "--dir", grown)
        has = "begins with all" if count < 3 else "has all"
        said = (
            f"Nothing to restore: the record has {whole} entries, and {has} {whole - 3 + count} of "
        )
        assert (done.code, done.err, said in one_line(done.out)) == (0, "", True), done


def test_restore_says_while_the_record_is_still_cut(grown, tmp_path) -> None:
    whole = size(grown)
    shutil.copy(tmp_path / "0.sqlite", grown / "record.sqlite")
    for count in range(4):
        shown = "Nothing to restore" if count == 0 else "1 entry restored from"
        done = quorate("restore", tmp_path / f"export-{count}", "--dir", grown)
        assert (done.code, shown in done.out) == (75 if count < 3 else 0, True), done
        here = whole - 3 + count
        cut = f"unavailable: the record is still cut: {whole} entries were signed, and only {here} are here"
        assert (cut in done.err, f"one of {whole} entries or more" in done.err) == (
            (True, True) if count < 3 else (False, False)
        )
    shutil.copy(tmp_path / "0.sqlite", grown / "record.sqlite")
    done = quorate("restore", tmp_path / "export-2", "--dir", grown, "--json")
    restored = done.json()["restored"]
    assert (done.code, restored["entries"]) == (75, 2)
    assert (restored["size"], restored["signed"]) == (whole - 1, whole)


def test_export_of_another_history_is_an_alarm(grown, tmp_path) -> None:
    """Whether the other history is shorter, as long or longer."""
    fork = tmp_path / "fork"
    fork.mkdir()
    for name in ("quorate.json", "log.key", "log.vkey"):
        shutil.copy(grown / name, fork)
    assert quorate("restore", tmp_path / "export-1", "--dir", fork).code == 0
    assert quorate("memory", "--new", "--dir", fork).code == 0
    for count in range(4):
        assert establish(f"Other {count}", fork).code == 0
        assert quorate("export", tmp_path / "other", "--dir", fork).code == 0
        done = quorate("restore", tmp_path / "other", "--dir", grown)
        assert (done.code, "not the beginning" in done.err) == (3, True), done
