"""The archive on disk: what a crash leaves at its end, and what nobody may do to it."""

import errno
import io
import json
import os
from itertools import pairwise

import pytest

from quorate.ballots.archive import BLOCK, read_records
from quorate.ballots.archive_writer import ArchiveWriter
from quorate.ballots.wire import write as written
from quorate.cli.ballot import count
from tests.cli.election import Place, opened
from tests.cli.terminal import quorate


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Place, int]:
    """An election with two ballots, and where the second began; made once."""
    place = opened(tmp_path_factory.mktemp("made") / "root", "Ada")
    assert place.vote("Anna", "[Ann, Yes]").code == 0
    size = place.archive.stat().st_size
    assert place.vote("Bela", "[Bob, No]").code == 0
    return place, size


@pytest.fixture
def place(made, tmp_path) -> Place:
    """A copy of it."""
    return made[0].copy(tmp_path / "root")


def torn(size: int, end: int) -> list[int]:
    """Where a writing of so many bytes may have been torn: at every block, and beside each."""
    edges = {at + off for at in range(size, end + 1, BLOCK) for off in (-1, 0, 1)}
    return sorted(at for at in edges if size < at < end)


def test_what_a_crash_tore_is_put_aside_and_said_wherever_it_was_torn(made, tmp_path):
    whole = made[0].archive.read_bytes()
    cuts = torn(made[1], len(whole))
    assert len(cuts) > 20
    for cut in cuts:
        place = made[0].copy(tmp_path / str(cut))
        place.archive.write_bytes(whole[:cut])
        said = place.done("status", "--json")
        assert "was not finished" in said.err, cut
        assert said.json()["election"]["ballots"] == 1
        said = place.vote("Cem", "[Cem, blank]", "--json")
        assert said.json()["ballots"][0]["number"] == 2, cut
        (aside,) = place.folder.glob(f"{place.archive.name}.unfinished-{made[1]}-*")
        assert aside.read_bytes() == whole[made[1] : cut]
        assert place.archive.read_bytes().startswith(whole[: made[1]])
        assert quorate("ballot", "verify", place.archive).code == 0
        assert place.done("status").err == ""


def test_zeros_that_a_crash_left_are_no_archive_either(made, place):
    whole = place.archive.read_bytes()
    place.archive.write_bytes(whole[: made[1]] + bytes(len(whole) - made[1]))
    assert place.vote("Cem", "[Cem, blank]").code == 0
    assert quorate("ballot", "verify", place.archive).code == 0


def test_what_cannot_be_a_torn_end_is_broken_and_nothing_is_cut_off(made, place):
    whole = place.archive.read_bytes()
    with place.archive.open("rb") as stream:
        records = list(read_records(stream))
    for record in records[1:]:
        for at in (record.at - BLOCK + 130, record.at + 40):
            data = bytearray(whole)
            data[at] ^= 1
            place.archive.write_bytes(data)
            said = place.vote("Cem", "[Cem, blank]")
            assert said.code == 1, (record.number, said)
            assert said.err.startswith("unverified: check 1 archive: record ")
            assert place.archive.read_bytes() == data


def test_an_archive_that_is_cut_reordered_or_extended_is_refused(made, place):
    place.done("tally", "--close", "--few")
    place.decrypt(place.key("Ada"))
    place.done("result")
    whole = place.archive.read_bytes()
    bad = place.root / "bad.bel"
    with place.archive.open("rb") as stream:
        records = list(read_records(stream))
    edges = [each.at - BLOCK for each in records] + [len(whole)]
    pieces = [whole[a:b] for a, b in pairwise(edges)]
    assert b"".join(pieces) == whole
    for i in range(1, len(pieces) - 1):
        swapped = [*pieces[:i], pieces[i + 1], pieces[i], *pieces[i + 2 :]]
        for changed in (pieces[:i] + pieces[i + 1 :], swapped, [*pieces, pieces[i]]):
            bad.write_bytes(b"".join(changed))
            said = quorate("ballot", "verify", bad)
            assert (said.code, said.err[:27]) == (1, "unverified: check 1 archive"), i
    for extended in (whole + b"\0", whole + bytes(1024), whole[:-1], whole[: made[1] + 7]):
        bad.write_bytes(extended)
        assert quorate("ballot", "verify", bad).code == 1
    for none in (b"", b"x", whole[:1023], whole[BLOCK:], b"\0" + whole):
        bad.write_bytes(none)
        said = quorate("ballot", "verify", bad)
        assert (said.code, said.err.startswith(f"malformed: {bad}: expected an archive")) == (
            2,
            True,
        )
    assert quorate("ballot", "verify", place.root).code == 2
    assert quorate("ballot", "verify", place.root / "nothing.bel").code == 2


def test_a_full_disk_acknowledges_nothing_and_leaves_the_archive_as_it_was(place, monkeypatch):
    before = place.archive.read_bytes()
    write = os.write

    def full(file: int, data: bytes) -> int:
        if len(data) > 3000:
            return write(file, data[:1000])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    said = place.vote("Cem", "[Cem, blank]")
    monkeypatch.undo()
    assert (said.code, "No space left" in said.err, said.out) == (75, True, "")
    assert place.archive.read_bytes() == before
    assert place.vote("Cem", "[Cem, blank]").code == 0


def test_a_tally_that_was_interrupted_goes_on(place, monkeypatch):
    def interrupted(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(count, "check_ballots", interrupted)
    assert place.run("tally", "--close", "--few").code == 130
    monkeypatch.undo()
    view = place.done("status", "--json").json()["election"]
    assert view["state"] == "closed"
    assert place.vote("Cem", "[Cem, blank]").code == 3
    place.done("tally")
    place.decrypt(place.key("Ada"))
    assert place.done("result", "--json").json()["result"][0]["votes"] == [1, 1, 0]


def test_a_key_is_not_used_on_an_archive_that_does_not_verify(place):
    """A box that takes any ballot would let somebody add up what they like, and have the sum opened."""
    place.done("tally", "--close", "--few")
    whole = place.archive.read_bytes()
    with place.archive.open("rb") as stream:
        records = list(read_records(stream))
    rewritten = forge_tally(records)
    place.archive.write_bytes(rewritten)
    assert rewritten != whole
    said = place.try_to_decrypt(place.key("Ada"))
    assert (said.code, said.err[:25]) == (1, "unverified: check 5 tally")
    assert place.archive.read_bytes() == rewritten


def forge_tally(records) -> bytes:
    """The same archive with the first ballot alone as its tally, all hashes right."""
    election, trustees, credentials, first, second = data_of(records)
    choices = [each["choices"] for each in json.loads(first)["answers"]]
    out = io.BytesIO()
    writer = ArchiveWriter(out, 0)
    writer.setup(election, trustees, credentials)
    writer.ballot(first)
    writer.ballot(second)
    writer.end_ballots()
    writer.tally(written(choices), 2, 2)
    return out.getvalue()


def data_of(records) -> list[bytes]:
    """Election, trustees, credentials and two ballots."""
    bodies = [each.body for each in records[1:] if not each.is_event]
    return [*bodies[:3], *bodies[4:6]]
