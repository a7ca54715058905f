"""`quorate export`, `verify`, `receipt`, `erase` and `restore`: what leaves the desk, and what can be proved of it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import AT, quorate


@pytest.fixture
def exported(coop, tmp_path) -> Path:
    """An export of all that the co-operative has."""
    folder = tmp_path / "exported"
    assert quorate("export", folder, "--dir", coop).code == 0
    return folder


def test_an_export_verifies_with_the_key_that_was_published(coop, exported):
    said = quorate("verify", exported, "--key", coop / "log.vkey", "--json")
    assert said.code == 0
    verified = said.json()["verified"]
    assert (verified["entries"], verified["undecided"]) == (41, 0)
    assert (verified["for"], verified["undecided_from"]) == ("all", None)
    assert (
        verified["headline"] == "verified: 41 entries of example.org/coop; every act decided again"
    )
    assert len(verified["root"]) == 64
    key = (coop / "log.vkey").read_text().strip()
    assert quorate("verify", exported, "--key", key).err == ""


def test_an_export_verified_by_its_own_key_is_said_to_agree_with_itself_only(exported):
    said = quorate("verify", exported)
    assert said.code == 0
    assert "only that it agrees with itself" in " ".join(said.err.split())
    assert quorate("verify", exported, "--json").json()["verified"]["key_from_export"] is True


def test_a_changed_byte_is_found_with_exit_code_one(coop, exported):
    bundle = next((exported / "tile/entries").rglob("*.p/41"))
    data = bytearray(bundle.read_bytes())
    data[1000] ^= 1
    bundle.write_bytes(data)
    said = quorate("verify", exported, "--key", coop / "log.vkey")
    assert said.code == 1
    assert said.err.startswith("unverified: check ")
    error = quorate("verify", exported, "--key", coop / "log.vkey", "--json").json()["error"]
    assert error["family"] == "unverified"
    assert error["facts"]["check"]


def test_verify_tells_what_it_cannot_read_from_what_it_does_not_believe(coop, exported, tmp_path):
    key = ("--key", coop / "log.vkey")
    assert quorate("verify", tmp_path / "nothing", *key).code == 2
    assert quorate("verify", exported, "--key", "nonsense").code == 2
    assert quorate("verify", exported, *key, "--receipt", tmp_path / "nothing").code == 2
    assert quorate("verify", tmp_path, *key).code == 2
    other = tmp_path / "other"
    quorate("init", "--dir", other, "--origin", "example.org/coop")
    assert quorate("verify", exported, "--key", other / "log.vkey").code == 1


def test_an_export_for_the_public_verifies_and_says_what_is_not_in_it(coop, tmp_path):
    folder = tmp_path / "public"
    assert quorate("export", folder, "--for", "public", "--dir", coop).code == 0
    verify = ("verify", folder, "--key", coop / "log.vkey", "--for", "public")
    said = quorate(*verify, "--json").json()["verified"]
    assert said["undecided"] == said["entries"] == 41
    assert said["parts_missing"] > 41
    assert (said["for"], said["undecided_from"]) == ("public", 0)
    assert said["headline"] == (
        "verified for public: 41 entries of example.org/coop; "
        "41 of 41 could not be decided again: from entry 0 on an act is missing"
    )
    for columns in ("60", "200"):
        page = quorate(*verify, COLUMNS=columns).out
        assert " ".join(page.split("\nroot")[0].split()) == said["headline"]
        lines = [line for line in page.splitlines() if not line.startswith("root ")]
        assert max(map(len, lines)) <= int(columns)
    assert "holds for 0 of 41" in page
    assert b"Flo" not in b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())


def test_an_export_for_a_reader_holds_for_whoever_is_named_and_not_by_itself(coop, tmp_path):
    """One act withheld once switched deciding off, and the exit was 0."""
    key = ("--key", coop / "log.vkey")
    folders = {who: tmp_path / who for who in ("all", "members", "public", "dov")}
    for who, folder in folders.items():
        assert quorate("export", folder, "--for", who, "--dir", coop).code == 0
        assert quorate("verify", folder, *key, "--for", who).code == 0, who
    dov = quorate("show", "member", "dov", "--dir", coop, "--json").json()["member"]["id"]
    for named in ("@dov", dov):
        said = quorate("verify", folders["dov"], *key, "--for", named)
        assert said.code == 0
        assert said.out.startswith("verified for dov: 41")
        assert dov not in said.out
    for who in ("members", "public", "dov"):
        said = quorate("verify", folders[who], *key)
        assert said.code == 1
        assert "check 6 parts, entry" in said.err
        assert "hint: an export that was made for a reader is checked with" in said.err
        assert quorate("verify", folders["all"], *key, "--for", who).code == 1
    assert quorate("verify", folders["public"], *key, "--for", "dov").code == 1
    assert quorate("verify", folders["dov"], *key, "--for", "public").code == 1
    assert quorate("verify", folders["dov"], *key, "--for", "@nobody").code == 2
    whole = quorate("verify", folders["all"], *key, "--for", dov).err
    assert "that is for " in whole
    assert whole.split("that is for ")[1].split(": ")[1].startswith("dov may not see it")
    assert "person:" not in whole
    assert "not every member may see it" in (
        quorate("verify", folders["all"], *key, "--for", "members").err
    )
    members = " ".join(quorate("verify", folders["members"], *key, "--for", "members").out.split())
    assert "not here that not every member may see." in members
    assert "none is withheld that its reader may see" in members
    assert quorate("verify", folders["dov"], *key, "--for", "").code == 2


def test_one_line_less_in_an_export_is_missed(coop, exported):
    key = ("--key", coop / "log.vkey")
    path = exported / "parts/000.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    for n, line in enumerate(lines):
        path.write_bytes(b"".join(lines[:n] + lines[n + 1 :]))
        error = quorate("verify", exported, *key, "--json").json()["error"]
        assert error["facts"] == {"check": "6 parts", "entry": json.loads(line)["seq"]}
        assert "--for READER" in error["hint"]
    (exported / "READER").write_text("public")
    (exported / "VERIFY.txt").write_text("--for public")
    assert quorate("verify", exported, *key).code == 1


def test_an_export_for_a_member_has_everything_but_others_addresses(coop, tmp_path):
    folder = tmp_path / "for-dov"
    assert quorate("export", folder, "--for", "dov", "--dir", coop).code == 0
    content = b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())
    assert b"I was alone again" in content
    assert b"flo@example.org" not in content
    assert quorate("export", folder, "--for", "nobody", "--dir", coop).code == 2
    assert quorate("export", coop, "--dir", coop).code == 2


def test_a_receipt_and_its_entry_check_and_nothing_else_does(coop, tmp_path):
    made = tmp_path / "r.tlog-proof"
    assert quorate("receipt", 29, "--out", made, "--dir", coop).code == 0
    entry, key = made.with_suffix(".entry"), coop / "log.vkey"
    check = ("receipt", "--check", made, "--key", key, "--entry")
    assert quorate(*check, entry, "--json").json()["receipt"]["seq"] == 29
    entry.write_bytes(entry.read_bytes() + b" ")
    assert quorate(*check, entry).code == 1
    assert quorate(*check, tmp_path / "nothing").code == 2
    assert quorate("receipt", "--check", made).code == 2
    assert quorate("receipt", "--dir", coop).code == 2
    assert quorate("receipt", 41, "--dir", coop).code == 2
    spicy = tmp_path / "s.spicy"
    quorate("receipt", 29, "--out", spicy, "--spicy", "--dir", coop)
    assert (
        quorate(
            "receipt", "--check", spicy, "--key", key, "--entry", spicy.with_suffix(".entry")
        ).code
        == 0
    )


def test_a_record_that_was_cut_is_found_out_by_a_receipt_and_by_a_checkpoint(coop, tmp_path):
    early = tmp_path / "early"
    quorate("export", early, "--dir", coop)
    quorate("act", "establish-body", "--dir", coop, "--at", AT, "--set", "name=B")
    made, late = tmp_path / "r.tlog-proof", tmp_path / "late"
    quorate("receipt", 41, "--out", made, "--dir", coop)
    quorate("export", late, "--dir", coop)
    key = ("--key", coop / "log.vkey")
    assert (
        quorate("verify", late, *key, "--receipt", made, "--checkpoint", early / "checkpoint").code
        == 0
    )
    assert quorate("verify", early, *key, "--receipt", made).code == 1
    assert quorate("verify", early, *key, "--checkpoint", late / "checkpoint").code == 1


def test_what_is_erased_is_gone_from_views_exports_and_the_file_and_the_rest_verifies(
    coop, tmp_path
):
    kept = tmp_path / "kept.tlog-proof"
    quorate("receipt", 6, "--out", kept, "--dir", coop)
    said = quorate(
        *("erase", 6, "person", "contact", "--ground", "personal-data", "--dir", coop),
        *("--at", AT, "--json"),
    )
    assert said.json()["erased"] == {
        "seq": 6,
        "parts": ["person", "contact"],
        "ground": "personal-data",
        "entry": 41,
    }
    one = quorate("show", "division", "d-1", "--dir", coop, "--json").json()["division"]
    (silent,) = one["not_voted"]["items"]
    assert silent.startswith("[erased p-")
    folder = tmp_path / "after"
    quorate("export", folder, "--dir", coop)
    files = [p for p in [*folder.rglob("*"), *coop.iterdir()] if p.is_file()]
    assert not any(b"flo@example.org" in path.read_bytes() for path in files)
    verified = quorate("verify", folder, "--key", coop / "log.vkey", "--receipt", kept, "--json")
    said = verified.json()["verified"]
    assert (said["parts_missing"], said["parts_erased"], said["undecided"]) == (2, 2, 0)
    assert said["headline"].endswith("; every act decided again; 2 parts erased")


def test_part_that_an_entry_never_had_is_not_erased(coop, tmp_path):
    """A wrong number was answered as if the name were gone."""
    for seq, parts in ((6, ("text", "person")), (6, ("text", "venue"))):
        said = quorate(
            "erase", seq, *parts, "--ground", "personal-data", "--dir", coop, "--at", AT, "--json"
        )
        error = said.json()["error"]
        assert (said.code, error["code"]) == (3, "no-such-part")
        assert error["facts"]["parts"] == [each for each in parts if each != "person"]
        assert error["facts"]["has"] == ["contact", "person"]
    said = quorate(
        "erase", 1, "person", "--ground", "personal-data", "--dir", coop, "--at", AT, "--json"
    )
    assert said.json()["error"]["code"] == "nothing-erasable"
    script = tmp_path / "s.yaml"
    script.write_text(
        f"- {{do: erase-part, by: ada, at: {AT}, seq: 1, parts: [person], ground: personal-data}}\n"
    )
    said = quorate("act", script, "--dir", coop)
    assert (said.code, "entry 1 has no part that can be erased" in said.err) == (3, True)


def test_what_cannot_be_erased_is_refused(coop):
    erase = ("--ground", "personal-data", "--dir", coop, "--at", AT)
    assert quorate("erase", 6, "act", *erase).code == 3
    assert quorate("erase", 600, "person", *erase).code == 3
    assert quorate("erase", 6, *erase).code == 2
    assert quorate("erase", 6, "person", "--ground", "whim", "--dir", coop).code == 2


def test_an_old_backup_is_found_out_and_brought_up_to_the_export(coop, tmp_path):
    backup = tmp_path / "record.sqlite"
    shutil.copy(coop / "record.sqlite", backup)
    quorate("act", "establish-body", "--dir", coop, "--at", AT, "--set", "name=B")
    folder = tmp_path / "export"
    quorate("export", folder, "--dir", coop)
    for old in coop.glob("record.sqlite*"):
        old.unlink()
    shutil.copy(backup, coop / "record.sqlite")
    said = quorate("open", "--dir", coop)
    assert said.code == 75
    assert "the record was cut" in said.err
    assert quorate("restore", folder, "--dir", coop, "--json").json()["restored"]["entries"] == 1
    assert quorate("show", "body", "--dir", coop, "--json").json()["bodies"][-1]["name"] == "B"


def test_the_program_runs_by_itself_and_survives_a_reader_who_leaves(coop):
    program = Path(sys.executable).with_name("quorate")
    said = subprocess.run(
        [program, "open", "--dir", coop, "--json"], capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stderr) == (0, "")
    assert '"open_business"' in said.stdout
    bad = subprocess.run(
        [program, "show", "motion", "het", "--dir", coop],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (bad.returncode, bad.stdout) == (2, "")
    assert bad.stderr == "malformed: het: expected the id of a motion\nhint: did you mean heat?\n"
    left = subprocess.run(
        ["/bin/sh", "-c", f"'{program}' acts --json | head -1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert left.stderr == ""


def test_two_processes_that_act_at_once_both_succeed(coop):
    program = Path(sys.executable).with_name("quorate")
    running = [
        subprocess.Popen(
            [program, "act", "establish-body", "--dir", coop, "--at", AT, "--set", f"name=B{i}"],
            stdout=subprocess.DEVNULL,
        )
        for i in range(2)
    ]
    assert [each.wait() for each in running] == [0, 0]
    names = [b["name"] for b in quorate("show", "body", "--dir", coop, "--json").json()["bodies"]]
    assert sorted(names) == ["B0", "B1", "The Board"]


@pytest.mark.parametrize(
    "path", ["checkpoint", "log.vkey", "checkpoints/1", "tile/entries/000.p/41", "parts/000.jsonl"]
)
@pytest.mark.parametrize("what", ["pipe", "device", "link"])
def test_export_with_something_else_in_the_place_of_a_file_is_refused(
    coop, tmp_path, path, what
) -> None:
    assert quorate("export", tmp_path / "export", "--dir", coop).code == 0
    victim = tmp_path / "export" / path
    if victim.exists():
        victim.rename(tmp_path / "moved")
    victim.parent.mkdir(exist_ok=True)
    match what:
        case "pipe":
            os.mkfifo(victim)
        case "device":
            victim.symlink_to("/dev/zero")
        case "link":
            victim.symlink_to(tmp_path / "moved")
    key = () if path == "log.vkey" else ("--key", coop / "log.vkey")
    said = quorate("verify", tmp_path / "export", *key)
    assert said.code == 1, said
    assert said.err.startswith("unverified: ")


def test_a_receipt_is_not_written_over_what_is_there(coop, tmp_path):
    """It may be the only one; the same again is no harm."""
    made = tmp_path / "r.proof"
    give = ("receipt", 29, "--out", made, "--dir", coop)
    assert quorate(*give).code == 0
    kept = made.read_bytes()
    assert quorate(*give).code == 0
    other = quorate("receipt", 30, "--out", made, "--dir", coop)
    assert (other.code, made.read_bytes()) == (2, kept)
    assert "--force" in other.err
    made.unlink()
    made.with_suffix(".entry").write_bytes(b"a letter")
    assert quorate(*give).code == 2
    assert not made.exists()
    assert made.with_suffix(".entry").read_bytes() == b"a letter"
    assert quorate(*give, "--force").code == 0
    assert made.read_bytes() == kept
    assert quorate("receipt", 29, "--out", tmp_path / "r.entry", "--dir", coop).code == 2
    assert [path.name for path in sorted(tmp_path.glob("r.*"))] == ["r.entry", "r.proof"]


def test_a_receipt_follows_no_link_unasked(coop, tmp_path):
    (tmp_path / "r.proof").symlink_to(tmp_path / "elsewhere")
    assert quorate("receipt", 29, "--out", tmp_path / "r.proof", "--dir", coop).code == 2
    assert not (tmp_path / "elsewhere").exists()
