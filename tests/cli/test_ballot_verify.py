"""`quorate ballot verify` and `stats`, on elections that others held: what holds, what does not, and what is no archive."""

import io
import json
from pathlib import Path

import pytest

from quorate.ballots.archive import read_records
from quorate.ballots.archive_writer import ArchiveWriter
from quorate.ballots.check import Check
from quorate.ballots.credential import LARGEST_WEIGHT
from quorate.ballots.digest import base64
from quorate.ballots.survey import survey_archive
from quorate.ballots.verify import verify
from quorate.ballots.wire import write
from quorate.cli.ballot import count
from quorate.cli.ballot import verify as command
from quorate.polling.box import read_still
from tests.ballots.elections import begin
from tests.ballots.vectors import NAMES, VECTORS, held
from tests.cli.election import opened
from tests.cli.terminal import quorate

V30 = next((VECTORS / "v30-single").glob("*.bel"))


@pytest.mark.parametrize("name", NAMES)
def test_elections_of_the_tool_verify_and_have_its_result(name):
    (archive,) = (VECTORS / name).glob("*.bel")
    said = quorate("ballot", "verify", archive, "--json").json()["verified"]
    kept = json.loads((VECTORS / name / "result.json").read_text())["result"]
    for shown, counts in zip(said["result"], kept, strict=True):
        blank = [] if shown["blank"] is None else [shown["blank"]]
        assert [*blank, *shown["votes"]] == counts or shown["rankings"] == counts
    assert said["fingerprint"] == held(name).election.fingerprint
    assert said["counted"] + said["not_voted"] == said["credentials"]
    assert Check.RESULT.value in said["checks"]
    stats = quorate("ballot", "stats", archive, "--json").json()["stats"]
    assert stats["archive_bytes"] == archive.stat().st_size
    assert stats["ballots_bytes"] == sum(map(len, held(name).ballots))
    assert (stats["ballots"], stats["voters"]) == (said["cast"], said["counted"])
    assert stats["weight_voted"] == said["weight"]
    assert stats["ballot_check_ms"] > 0


def test_what_holds_is_said_check_by_check():
    said = quorate("ballot", "verify", V30)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0].startswith("verified: ")
    for check in Check:
        (line,) = [line for line in lines if line.startswith(check.value)]
        made = check not in {Check.SHUFFLES, Check.MONITORING}
        standing = line.removeprefix(check.value).strip()
        assert standing.startswith("holds " if made else "nothing to check "), line
    assert any(line.startswith("fingerprint   //5xxznCMr3RJ5BDdqdiX+BR2h") for line in lines)


def test_what_does_not_hold_names_check_and_ballot(tmp_path):
    place = opened(tmp_path, "Ada")
    for name in ("Anna", "Bela"):
        assert place.vote(name, "[Ann, Yes]").code == 0
    bad = tmp_path / "bad.bel"
    bad.write_bytes(with_a_bad_second_ballot(place.archive))
    said = quorate("ballot", "verify", bad)
    assert said.code == 1
    assert said.err.startswith("unverified: check 4 ballots, ballot 2: ")
    error = quorate("ballot", "verify", bad, "--json").json()["error"]
    assert (error["family"], error["facts"]) == ("unverified", {"check": "4 ballots", "ballot": 2})
    stats = quorate("ballot", "stats", bad, "--json").json()["stats"]
    assert (stats["ballots"], stats["voters"]) == (2, 2)


def with_a_bad_second_ballot(archive: Path) -> bytes:
    """The same archive, where the second ballot has the first one's answer; all hashes are right."""
    with archive.open("rb") as stream:
        bodies = [each.body for each in read_records(stream) if not each.is_event]
    _, election, trustees, credentials, _, first, second = bodies
    ballot = json.loads(second)
    ballot["answers"][0] = json.loads(first)["answers"][0]
    out = io.BytesIO()
    writer = ArchiveWriter(out, 0)
    writer.setup(election, trustees, credentials)
    writer.ballot(first)
    unsigned = {key: each for key, each in ballot.items() if key != "signature"}
    ballot["signature"]["hash"] = base64(write(unsigned))
    writer.ballot(write(ballot))
    return out.getvalue()


def test_earlier_copies_and_what_was_announced_are_compared(tmp_path):
    place = opened(tmp_path, "Ada")
    place.vote("Anna", "[Ann, Yes]")
    early = tmp_path / "early.bel"
    early.write_bytes(place.archive.read_bytes())
    place.vote("Bela", "[Bob, Yes]")
    announced = base64((place.folder / "credentials.json").read_bytes())
    known = ("--voters", 4, "--credentials", announced, "--earlier", early)
    said = quorate("ballot", "verify", place.archive, *known, "--json").json()["verified"]
    assert Check.MONITORING.value in said["checks"]
    for wrong, reason in (
        (("--voters", 5), "4 credentials for 5 voters"),
        (("--credentials", base64("x")), "not the one announced"),
        (("--earlier", V30), "earlier copy 1 is not how it begins"),
    ):
        said = quorate("ballot", "verify", place.archive, *wrong)
        assert (said.code, said.err[:30]) == (1, "unverified: check 9 monitoring")
        assert reason in said.err
    assert quorate("ballot", "verify", early, "--earlier", place.archive).code == 1
    assert quorate("ballot", "verify", early, "--earlier", tmp_path / "none").code == 2
    assert quorate("ballot", "verify", early, "--voters", "-1").code == 2


def test_a_run_goes_on_from_where_another_was(tmp_path):
    kept = tmp_path / "progress"
    verify = ("ballot", "verify", V30, "--resume", kept, "--json")
    first, second = (quorate(*verify).json()["verified"] for _ in range(2))
    assert (first["resumed"], second["resumed"]) == (0, first["cast"])
    assert {**first, "resumed": 0} == {**second, "resumed": 0}
    kept.write_text("{}")
    assert quorate(*verify).code == 2
    assert quorate("ballot", "verify", V30, "--resume", tmp_path / "no" / "where").code == 2


def test_progress_is_saved_now_and_then_and_not_each_time(tmp_path, monkeypatch):
    saved = []
    monkeypatch.setattr(command, "_save", lambda path, kept: saved.append(kept))
    monkeypatch.setattr(command.time, "monotonic", lambda: clock[0])
    clock = [0.0]
    report = command._reporter(None, tmp_path / "progress")
    for i, now in enumerate((1.0, 6.0, 7.0, 12.0, 12.5), 1):
        clock[0] = now
        report(command.Passed(i, 5, lambda i=i: i))
    assert saved == [2, 4, 5]


def test_what_is_appended_while_an_archive_is_verified_is_not_read(tmp_path):
    place = opened(tmp_path, "Ada")
    place.vote("Anna", "[Ann, Yes]")
    before = place.archive.read_bytes()
    with read_still(place.archive) as stream:
        assert stream.read(600) == before[:600]
        assert place.vote("Bela", "[Bob, Yes]").code == 0
        assert stream.read() == before[600:]
        assert verify(stream).cast == 1
    assert len(place.archive.read_bytes()) > len(before)


def test_without_the_native_extension_a_large_election_is_said_to_take_longer(monkeypatch):
    monkeypatch.setattr(count.native, "is_here", False)
    monkeypatch.setattr(count, "CHUNK", 1)
    said = quorate("ballot", "verify", V30)
    assert (said.code, "several times faster" in " ".join(said.err.split())) == (0, True)
    monkeypatch.setattr(count.native, "is_here", True)
    assert quorate("ballot", "verify", V30).err == ""


def test_an_election_in_progress_verifies_as_far_as_it_is(tmp_path):
    place = opened(tmp_path, "Ada")
    said = quorate("ballot", "verify", place.archive, "--json").json()["verified"]
    assert (said["state"], said["cast"], said["result"]) == ("open", 0, [])
    place.done("tally", "--close", "--few")
    said = quorate("ballot", "verify", place.archive)
    assert "tallied, trustees are decrypting" in said.out
    assert "5 tally        holds" in said.out
    assert "8 result       nothing to check" in said.out


LISTS = {
    "heavy": (f"a weight that can be counted, of {LARGEST_WEIGHT} at most", f",{LARGEST_WEIGHT}"),
    "no weight": ("a weight in decimal digits", ",x"),
    "no list": ("a list of text", None),
    "no text": ("a list of text", b'["\xff"]'),
}


@pytest.mark.parametrize(("expected", "more"), LISTS.values(), ids=LISTS)
def test_a_list_of_credentials_that_does_not_hold_is_told_with_where_more_is_told(
    tmp_path, expected, more
):
    small = begin(voters=3)
    with io.BytesIO(small.archive) as stream:
        _, setup = survey_archive(stream)
    keys = json.loads(setup.credentials)
    listed = b"{}" if more is None else more
    if isinstance(more, str):
        listed = write([keys[0] + more, *keys[1:]])
    archive = tmp_path / "small.bel"
    with archive.open("wb") as out:
        ArchiveWriter(out, 0).setup(setup.election, setup.trustees, listed)
    before = archive.read_bytes()
    secret, answers = tmp_path / "secret", tmp_path / "answers"
    secret.touch(mode=0o600)
    secret.write_text("YK1dZ-aUX7Yk-zDdZR-qURwnX")
    answers.write_text("[A]")
    at = ("--dir", tmp_path)
    commands = [
        ("stats", archive),
        ("tally", "--close", "--few", *at),
        ("vote", "--credential", secret, "--answers", answers, *at),
        ("check", "--credential", secret, *at),
    ]
    if not isinstance(more, str):
        commands.append(("status", *at))  # which only counts them
    for words in commands:
        said = quorate("ballot", *words, "--json")
        error = said.json()["error"]
        assert (said.code, error["family"]) == (2, "malformed"), (words, said)
        assert expected in error["message"]
        assert f"`quorate ballot verify {archive}`" in error["hint"]
        assert archive.read_bytes() == before
    verified = quorate("ballot", "verify", archive)
    assert (verified.code, "check 3 credentials" in verified.err) == (1, True)
    assert expected in " ".join(verified.err.split())


def test_an_archive_without_credentials_has_numbers_all_the_same(tmp_path):
    archive = tmp_path / "small.bel"
    with io.BytesIO(begin().archive) as stream, archive.open("wb") as out:
        _, setup = survey_archive(stream)
        ArchiveWriter(out, 0).setup(setup.election, setup.trustees, b"[]")
    said = quorate("ballot", "stats", archive, "--json")
    assert (said.code, said.json()["stats"]["credentials"]) == (0, 0)
    assert quorate("ballot", "stats", archive).code == 0
    assert quorate("ballot", "status", "--dir", tmp_path).code == 0
