"""What commands say where they refuse: the words that people read, and what they are told to do."""

import pytest

from tests.cli.terminal import quorate


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("receipt", 1, "--out", "{}/kept"), "{}/kept: expected no other file there yet"),
        (("memory", "--new"), "{}/coop/signer.log: expected no memory there"),
        (("receipt", "--check", "{}/kept"), "--check: expected --entry and --key beside it"),
        (("memory", "--checkpoint", "{}/kept"), "--checkpoint: expected --new beside it"),
        (("act", "x"), "x: expected a file, a folder, or the name of an act"),
        (("show", "item", "4"), "4: expected the id of an item"),
        (("verify", "{}"), "{}: expected an export, with its checkpoint"),
        (("restore", "{}"), "{}: expected an export, with its checkpoint"),
        (
            ("verify", "{}/coop", "--key", "{}/kept"),
            "{}/coop: expected an export, with its checkpoint",
        ),
        (("act", "{}/who.yaml"), "{}/who.yaml:1: @tom: expected the handle of a member (`by`)"),
        (("act", "{}/kind.yaml"), "{}/kind.yaml:1: expected an act, not 'dance'"),
        (("act", "{}/type.yaml"), "{}/type.yaml:1: expected a whole number, at weight"),
        (("act", "{}/none.yaml"), "{}/none.yaml:1: expected the field body, which is missing"),
        (
            ("act", "{}/enum.yaml"),
            "{}/enum.yaml:1: expected one of abstain, against, for, not 'yes', at choice",
        ),
    ],
)
def test_what_was_expected_is_said_to_be_expected(coop, tmp_path, words, said) -> None:
    (tmp_path / "kept").write_text("something else\n")
    for name, act in {
        "who": "{do: withdraw-motion, motion: m, by: tom}",
        "kind": "{do: dance}",
        "type": "{do: seat-member, body: board, member: '@ada', weight: x}",
        "none": "{do: seat-member, member: '@ada'}",
        "enum": "{do: cast-vote, by: ada, division: d-1, choice: 'yes'}",
    }.items():
        (tmp_path / f"{name}.yaml").write_text(f"- {act}\n")
    place = () if {"--check", "verify"}.intersection(words) else ("--dir", coop)
    done = quorate(*(str(each).format(tmp_path) for each in words), *place)
    assert (done.code, done.err.splitlines()[0]) == (2, f"malformed: {said.format(tmp_path)}"), done


@pytest.mark.parametrize("key", ["kept", "coop/log.key", "coop/signer.log", "none", "coop"])
def test_what_is_no_public_key_is_named_and_never_quoted(coop, tmp_path, key) -> None:
    (tmp_path / "kept").write_text("something else\n")
    assert quorate("export", tmp_path / "export", "--dir", coop).code == 0
    done = quorate("verify", tmp_path / "export", "--key", tmp_path / key)
    path = tmp_path / key
    known = "a public key, as in log.vkey" if path.is_file() else "a file with a public key"
    assert (done.code, done.err.startswith(f"malformed: {path}: expected {known}")) == (2, True)
    assert "hint: it is one line, `name+id+key`" in done.err
    if path.is_file():
        words = [word for word in path.read_text().split() if len(word) > 8]
        assert not [word for word in words if word in done.err]


def test_mistyped_public_key_says_what_is_wrong_with_it(coop, tmp_path) -> None:
    assert quorate("export", tmp_path / "export", "--dir", coop).code == 0
    name, number, key = (coop / "log.vkey").read_text().strip().split("+", 2)
    done = quorate("verify", tmp_path / "export", "--key", f"{name}+{number[::-1]}+{key}")
    assert (done.code, "expected an id that fits the key" in done.err) == (2, True)
    assert "hint: it is one line" in done.err


def test_usage_is_told_on_one_line_and_names_the_choices(coop) -> None:
    done = quorate("erase", 3, "person", "--dir", coop)
    assert done.code == 2
    assert done.err.splitlines()[0] == (
        "usage: missing option '--ground'. Choose from: personal-data, court-order, "
        "kept-long-enough, entered-by-mistake"
    )


def test_one_thing_is_told_in_the_singular(coop, tmp_path) -> None:
    table = tmp_path / "one.csv"
    table.write_text("name\nGil\n")
    at = ("--at", "2026-11-25 09:00", "--dir", coop)
    assert "1 member would be admitted." in quorate("import", table, "--dry-run", *at).out
    table.write_text("name,body\nGil,none\n")
    assert "1 of 1 row\n" in quorate("import", table, *at).err
    kept = (coop / "signer.log").read_text()
    (coop / "signer.log").write_text(f"1 {'0' * 64}\n")
    assert "remembers 1 entry." in quorate("memory", "--dir", coop).out
    (coop / "signer.log").write_text(kept)
