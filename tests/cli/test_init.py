"""`quorate init`."""

import json
import stat

import pytest

from tests.cli.terminal import found, quorate


def test_init_makes_the_premises_and_founds_the_organisation(tmp_path):
    said = found(tmp_path / "new", "--json").json()["organisation"]
    assert said["entries"] == 1
    folder = tmp_path / "new"
    assert said["vkey"] == (folder / "log.vkey").read_text().strip()
    assert json.loads((folder / "quorate.json").read_text()) == {
        "origin": "example.org/coop",
        "store": "record.sqlite",
    }
    for secret in ("log.key", "signer.log"):
        assert stat.S_IMODE((folder / secret).stat().st_mode) == 0o600
    shown = quorate("show", "member", "ada", "--dir", folder, "--json").json()["member"]
    assert shown["name"] == "Ada"


def test_init_without_a_name_leaves_the_record_empty(tmp_path):
    said = quorate("init", "--dir", tmp_path / "n", "--origin", "o", "--json").json()
    assert said["organisation"]["entries"] == 0


def test_init_never_overwrites_an_organisation(young):
    key = (young / "log.key").read_bytes()
    said = found(young)
    assert said.code == 2
    assert "without an organisation" in said.err
    assert (young / "log.key").read_bytes() == key


def test_init_leaves_nothing_behind_when_the_founding_is_not_in_order(tmp_path):
    for wrong in (("--zone", "Mars/Olympus"), ("--handle", "A B"), ("--at", "noon")):
        said = found(tmp_path / "new", *wrong)
        assert said.code == 2, wrong
        assert not (tmp_path / "new").exists()


def test_init_asks_for_name_and_clerk_together_and_for_an_origin_that_is_a_name(tmp_path):
    folder = ("--dir", tmp_path / "new")
    assert quorate("init", *folder, "--origin", "o", "--name", "N").code == 2
    assert quorate("init", *folder).code == 2
    assert quorate("init", *folder, "--origin", "two words").code == 2
    assert not (tmp_path / "new").exists()


def test_a_password_in_the_address_of_the_store_is_refused_and_not_repeated(tmp_path):
    for address in (
        "postgresql://q:hunter2@host/db",
        "postgresql://q@host/db?password=hunter2",
    ):
        said = quorate(
            "init", "--dir", tmp_path / "new", "--origin", "o", "--store", address, "--json"
        )
        assert said.code == 2
        assert "PGPASSFILE" in said.json()["error"]["hint"]
        assert "hunter2" not in said.out + said.err
        assert not (tmp_path / "new").exists()


def test_the_address_of_the_store_may_be_in_a_file(tmp_path):
    kept = tmp_path / "address"
    kept.write_text(f"sqlite:{tmp_path / 'elsewhere.sqlite'}\n")
    assert found(tmp_path / "new", "--store-file", kept).code == 0
    assert (tmp_path / "elsewhere.sqlite").exists()
    assert "elsewhere" not in (tmp_path / "new/quorate.json").read_text()
    assert quorate("open", "--dir", tmp_path / "new").code == 0


def test_a_folder_that_is_no_premises_is_answered_with_a_hint(tmp_path):
    said = quorate("open", "--dir", tmp_path)
    assert (said.code, said.out) == (2, "")
    assert "hint: make one with `quorate init`" in said.err


def test_damaged_premises_are_named(young):
    (young / "quorate.json").write_text('{"origin": 3}')
    assert "quorate.json" in quorate("open", "--dir", young).err
    (young / "quorate.json").write_text('{"origin": "example.org/other", "store": "record.sqlite"}')
    assert "the key of example.org/other" in quorate("open", "--dir", young).err
    (young / "log.key").write_text("PRIVATE+KEY+mangled")
    said = quorate("open", "--dir", young)
    assert said.code == 2
    assert "mangled" not in said.err


@pytest.mark.parametrize("c", ["\n", "\r", "\t", "\x1b", "\x7f", "\x85", "\u2028"])
@pytest.mark.parametrize("option", ["--origin", "--name", "--clerk", "--handle"])
def test_name_with_a_control_character_founds_nothing(tmp_path, option, c):
    given = {"--origin": "example.org/coop", "--name": "Co-op", "--clerk": "Ada", "--handle": "ada"}
    given[option] = f"a{c}b"
    words = [word for pair in given.items() for word in pair]
    said = quorate("init", "--dir", tmp_path / "coop", *words)
    assert (said.code, said.out) == (2, ""), said
    assert not (tmp_path / "coop").exists()


@pytest.mark.parametrize("name", ["a\0b", "a\nb"])
@pytest.mark.parametrize("field", ["store", "store_file", "origin"])
def test_name_of_a_file_has_no_control_character(young, field, name):
    path = young / "quorate.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {field: name}))
    assert quorate("open", "--dir", young).code == 2
