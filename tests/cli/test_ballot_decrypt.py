"""What a trustee's key opens: one tally, of which the trustee knows how many voted in it and that others open the same."""

import errno
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from quorate.ballots.archive import read_records
from quorate.ballots.archive_writer import ArchiveWriter
from quorate.cli.ballot import decrypt
from quorate.polling import files
from quorate.polling.minimum import MINIMUM, minimum_of, with_minimum
from tests.cli.election import SITES, Place, opened
from tests.cli.terminal import Said, quorate

VOTES = {"Anna": "[Ann, Yes]", "Bela": "[Bob, No]", "Cem": "[Cem, blank]", "Dora": "[Bob, Yes]"}


def code_of(said: Said) -> str:
    """The code of a refusal, which was printed as JSON."""
    assert said.code == 3, said
    return str(said.json()["error"]["code"])


def ask(place: Place, key: Path, head: str, *more: object) -> Said:
    """A trustee decrypts, having been told that head."""
    return place.run("decrypt", "--key", key, "--head", head, "--json", *more)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Place, Place]:
    """An election of three trustees, two of whom are enough, closed; and a copy closed after the first vote. Made once."""
    root = tmp_path_factory.mktemp("made")
    place = opened(root / "real", "Ada", "Bo", "Cy", threshold=2)
    assert place.vote("Anna", VOTES["Anna"]).code == 0
    copy = place.copy(root / "copy")
    copy.done("tally", "--close", "--few")
    for name in ("Bela", "Cem"):
        assert place.vote(name, VOTES[name]).code == 0
    place.done("tally", "--close", "--few")
    return place, copy


@pytest.fixture
def real(made, tmp_path) -> Place:
    return made[0].copy(tmp_path / "real")


@pytest.fixture
def first(made, tmp_path) -> Place:
    """The same election with the first ballot alone in its box."""
    return made[1].copy(tmp_path / "first")


def test_a_key_that_opened_one_tally_opens_no_other_of_its_election(real, first):
    for name in ("Ada", "Cy"):
        first.decrypt(real.key(name))
    assert first.done("result", "--json").json()["result"][0]["votes"] == [1, 0, 0]
    before = real.archive.read_bytes()
    for name in ("Ada", "Cy"):
        said = ask(real, real.key(name), real.head(), "--few")
        assert code_of(said) == "opened-another"
        assert said.json()["error"]["facts"] == {"trustee": name}
        assert code_of(ask(real, real.key(name), real.head(), "--out", real.root / "x")) == (
            "opened-another"
        )
    assert real.archive.read_bytes() == before
    assert not (real.root / "x").exists()


def test_the_same_tally_again_is_answered_with_the_same_bytes(real, tmp_path):
    parts = [real.root / f"{i}.json" for i in range(3)]
    for part in parts[:2]:
        real.decrypt(real.key("Ada"), "--out", part)
    kept = real.key("Ada").read_bytes()
    real.decrypt(real.key("Ada"))
    real.decrypt(real.key("Ada"), "--out", parts[2])
    assert len({part.read_bytes() for part in parts}) == 1
    assert code_of(ask(real, real.key("Ada"), real.head())) == "done-already"
    assert real.key("Ada").read_bytes() == kept
    assert json.loads(parts[0].read_bytes())["decryption_factors"]
    for name in ("Bo", "Cy"):
        real.decrypt(real.key(name), "--out", tmp_path / name)
    assert len({(tmp_path / name).read_bytes() for name in ("Bo", "Cy")}) == 2


def test_what_is_opened_is_remembered_before_it_is_given_out(real, first, monkeypatch):
    def interrupted(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(decrypt, "decrypt_partially", interrupted)
        assert first.try_to_decrypt(real.key("Ada")).code == 130
    assert code_of(ask(real, real.key("Ada"), real.head())) == "opened-another"
    first.decrypt(real.key("Ada"))


def test_nothing_is_given_out_where_the_memory_cannot_be_kept(real, monkeypatch):
    before = (real.key("Ada").read_bytes(), real.archive.read_bytes())

    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(files.os, "fsync", full)
        said = real.try_to_decrypt(real.key("Ada"), "--out", real.root / "x")
    assert (said.code, "No space left" in said.err) == (75, True), said
    assert not (real.root / "x").exists()
    assert (real.key("Ada").read_bytes(), real.archive.read_bytes()) == before
    real.decrypt(real.key("Ada"))


def test_a_key_file_has_one_memory_by_whatever_name_it_is_called(real, first):
    link = real.root / "link"
    link.symlink_to(real.key("Ada"))
    first.decrypt(link)
    assert link.is_symlink()
    for key in (link, real.key("Ada")):
        assert code_of(ask(real, key, real.head())) == "opened-another"
    (real.root / "second").hardlink_to(real.key("Bo"))
    said = first.try_to_decrypt(real.key("Bo"))
    assert (said.code, "no hard link" in said.err) == (2, True), said
    (real.root / "second").unlink()
    first.decrypt(real.key("Bo"))


def test_of_two_tallies_at_once_a_key_opens_one(real, first):
    program = Path(sys.executable).with_name("quorate")
    for name in ("Ada", "Bo", "Cy"):
        running = [
            subprocess.Popen(
                [
                    *(program, "ballot", "decrypt", "--key", real.key(name), "--few"),
                    *("--head", each.head(), "--dir", each.folder),
                ],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            for each in (real, first)
        ]
        said = [each.communicate()[1] for each in running]
        assert sorted(each.returncode for each in running) == [0, 3], said
        opened_tally = json.loads(real.key(name).read_text())["opened"]["tally"]
        assert len(opened_tally) == 64


def test_a_key_file_of_the_tool_remembers_too(real, first):
    private_key = json.loads(real.key("Ada").read_text())["private_key"]
    tool = real.file("tool.key", json.dumps(private_key) + "\n")
    first.decrypt(tool)
    assert code_of(ask(real, tool, real.head())) == "opened-another"
    kept = json.loads(tool.read_text())
    assert (kept["trustee"], kept["private_key"]) == ("Ada", private_key)
    assert tool.stat().st_mode & 0o777 == 0o600


def test_a_key_is_for_the_election_that_its_file_names(real):
    content = json.loads(real.key("Ada").read_text())
    content["election"] = "1" * 14
    real.key("Ada").write_text(json.dumps(content))
    said = real.try_to_decrypt(real.key("Ada"))
    assert (said.code, "of a trustee of this election" in said.err) == (2, True)


def test_the_head_is_asked_for_and_is_the_one_that_others_announce(real, first):
    head, kept = real.head(), real.key("Ada").read_bytes()
    assert (len(head), head != first.head()) == (64, True)
    said = real.run("decrypt", "--key", real.key("Ada"))
    assert (said.code, "as the other trustees announce it" in " ".join(said.err.split())) == (
        2,
        True,
    )
    for none in ("", head[:23], head + "0", "x" * 24, head[:24] + "…"):
        said = ask(real, real.key("Ada"), none)
        assert (said.code, "24 to 64 hexadecimal digits" in said.out) == (2, True), none
    bent = "".join("1" if digit == "0" else "0" for digit in head)
    for other in (first.head(), bent, head[1:], head[:63] + bent[63], head[:23] + bent[23]):
        assert code_of(ask(real, real.key("Ada"), other)) == "head-differs"
    assert real.key("Ada").read_bytes() == kept
    fours = " ".join(head[at : at + 4] for at in range(0, 24, 4)).upper()
    assert ask(real, real.key("Ada"), fours).code == 0
    assert real.head() == head
    assert ask(real, real.key("Cy"), head).code == 0
    real.done("result")
    assert real.head() == head
    verified = quorate("ballot", "verify", real.archive, "--json").json()["verified"]
    assert verified["tally_head"] == head != verified["archive_head"]
    assert not verified.keys() & {"head"}
    shown = quorate("ballot", "verify", real.archive).out.split("\n")
    for told in (f"tally head {head}", f"archive head {verified['archive_head']}"):
        assert told in [" ".join(line.split()) for line in shown]


def test_a_trustee_is_told_in_words_what_would_be_opened(real):
    said = real.try_to_decrypt(real.key("Ada")).out
    words = " ".join(said.split())
    fingerprint = real.done("status", "--json").json()["election"]["fingerprint"]
    for told in (
        "The tally of The chair would be opened:",
        f"fingerprint {fingerprint}",
        "ballots that count 3, of 3 in the box",
        "credentials 4, of which 3 have voted",
        "minimum 3 ballots that count",
    ):
        assert told in words, told
    assert real.head() in "".join(words.split())
    as_json = ask(real, real.key("Bo"), real.head())
    assert "ballots that count" in as_json.err
    assert as_json.json()["election"]["tally_head"] == real.head()


def test_somebody_at_a_terminal_is_asked_for_the_head(real, first):
    program = Path(sys.executable).with_name("quorate")
    command = [program, "ballot", "decrypt", "--key", real.key("Ada"), "--dir", real.folder]
    for typed, code in ((first.head(), 3), (real.head()[:24], 0)):
        ours, theirs = pty.openpty()
        with subprocess.Popen(command, stdin=theirs, stderr=subprocess.PIPE) as running:
            os.write(ours, f"{typed}\n".encode())
            _, err = running.communicate(timeout=60)
        assert b"The tally head that the other trustees announce" in err
        assert running.returncode == code, err
        os.close(ours)
        os.close(theirs)


@pytest.mark.parametrize("minimum", [1, 2, 3, 4])
@pytest.mark.parametrize("voted", [0, 2, 3, 4])
def test_below_the_minimum_a_key_is_used_only_if_that_is_meant(tmp_path, minimum, voted):
    place = Place(tmp_path)
    assert place.setup("--trustee", "Ada", "--minimum", minimum).code == 0
    place.issue()
    place.trustee("Ada")
    place.done("open")
    for name in list(VOTES)[:voted]:
        for _ in range(2):
            place.vote(name, VOTES[name])
    is_few = voted < minimum
    shown = " ".join(place.done("status").out.split())
    assert f"ballots {2 * voted}, of which {voted} are superseded" in shown
    assert f"minimum {minimum} ballots that count" in shown
    before = place.archive.read_bytes()
    closed = place.run("tally", "--close", "--json")
    if is_few:
        assert code_of(closed) == "too-few-to-close"
        assert closed.json()["error"]["facts"] == {"counted": voted, "minimum": minimum}
        assert place.archive.read_bytes() == before
        closed = place.run("tally", "--close", "--few", "--json")
    assert (closed.code, "no trustee opens them but with --few" in closed.err) == (0, is_few)
    said = ask(place, place.key("Ada"), place.head())
    if is_few:
        assert code_of(said) == "too-few-ballots"
        assert said.json()["error"]["facts"] == {"counted": voted, "minimum": minimum}
        assert "opened" not in json.loads(place.key("Ada").read_text())
        assert ask(place, place.key("Ada"), place.head(), "--few").code == 0
    else:
        assert said.code == 0
    shown = place.done("result", "--json").json()
    verified = quorate("ballot", "verify", place.archive, "--json").json()["verified"]
    view = place.done("status", "--json").json()["election"]
    assert (verified["minimum"], view["minimum"]) == (minimum, minimum)
    assert {each["below_minimum"] for each in (shown, verified, view)} == {is_few}
    at_end = (place.done("result"), quorate("ballot", "verify", place.archive))
    for words in (*at_end, place.done("status")):
        assert ("what single voters chose" in " ".join(words.err.split())) is is_few


@pytest.mark.parametrize(
    "description", ["", "Two lines.\nOf words.", "Not opened below 5 ballots."]
)
def test_the_election_says_its_minimum_in_its_description(description):
    assert minimum_of(description) == MINIMUM
    assert with_minimum(description, MINIMUM) == description
    for minimum in (1, 2, 4, 10, 999_999):
        said = with_minimum(description, minimum)
        assert said.startswith(description)
        assert said.endswith(f"Not opened below {minimum} counted ballots.")
        assert minimum_of(said) == minimum
        assert with_minimum(said, minimum) == said
        assert minimum_of(with_minimum(said, 7)) == 7
        assert minimum_of(with_minimum(said, MINIMUM)) == MINIMUM
        assert minimum_of(f"{said} \n") == minimum  # as voters read it


def test_of_ranked_ballots_the_tally_is_the_last_shuffle(tmp_path):
    place = opened(tmp_path / "real", "Ada", "Bo", questions=SITES)
    for name in ("Anna", "Bela", "Cem"):
        place.vote(name, "[[Quay, Mill], Yes]")
    place.done("tally", "--close", "--few")
    assert place.head() == ""
    other = place.copy(tmp_path / "other")
    for each in (place, other):
        each.done("shuffle", "Ada")
        assert each.head() == ""
        said = each.done("shuffle", "Bo").out
        assert each.head() in said.splitlines()
    assert place.head() != other.head()
    place.decrypt(place.key("Ada"))
    assert code_of(ask(other, place.key("Ada"), other.head())) == "opened-another"


def test_an_archive_with_another_order_of_ballots_has_another_head(real):
    """Whose tally is the same: a key opens it again, since it says nothing new."""
    with real.archive.open("rb") as stream:
        records = list(read_records(stream))
    data = [each.body for each in records[1:] if not each.is_event]
    other = real.root / "other.bel"
    with other.open("wb") as stream:
        writer = ArchiveWriter(stream, 0)
        writer.setup(*data[:3])
        for ballot in reversed(data[4:7]):
            writer.ballot(ballot)
        writer.end_ballots()
        writer.tally(data[7], 3, 3)
    head = real.head()
    real.decrypt(real.key("Ada"))
    other.replace(real.archive)
    assert real.head() != head
    real.decrypt(real.key("Ada"))
