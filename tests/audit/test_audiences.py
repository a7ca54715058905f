"""The audience of a part is committed to, and worked out again: nobody widens one, with or without new commitments."""

from collections.abc import Sequence

import msgspec
import pytest

from quorate.audit.check import Check
from quorate.audit.replay import Replay
from quorate.audit.verify import verify
from quorate.canon.fault import Unverified
from quorate.desk.port import Row
from quorate.record.note import Signer
from tests.audit.forgery import leaf_of, published, reseal
from tests.reading.replayed import october

KEY = Signer("records.example.org/test", bytes(range(32)))


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return october()


def widened(row: Row, name: str, audience: str, *, sealed: bool) -> Row:
    """The row with a part for another audience; with commitments to match, or those of before."""
    parts = tuple(
        msgspec.structs.replace(part, audience=audience) if part.name == name else part
        for part in row.parts
    )
    row = Row(row.seq, row.entry, parts)
    return reseal(row, row.seq) if sealed else row


def failure(rows: Sequence[Row]) -> Unverified:
    with pytest.raises(Unverified) as failed:
        verify(published(rows, KEY), KEY.verifier)
    return failed.value


def test_audiences_set_to_public_in_the_files_of_an_export_are_found_out(rows: list[Row]) -> None:
    lied = [
        Row(
            row.seq,
            row.entry,
            tuple(msgspec.structs.replace(part, audience="public") for part in row.parts),
        )
        for row in rows
    ]
    assert failure(lied).check == Check.PARTS.value


def test_an_audience_that_was_committed_to_is_the_one_that_the_rules_give(rows: list[Row]) -> None:
    """The whole record with one part of another audience, sealed anew: told of at that very entry."""
    tried = [(row, part.name) for row in rows[::7] for part in row.parts]
    assert len(tried) > 50
    for row, name in tried:
        audience = "members" if row.parts[0].audience == "public" else "public"
        lie = leaf_of(widened(row, name, audience, sealed=True))
        replay = Replay()
        for before in rows[: row.seq]:
            replay.step(leaf_of(before))
        with pytest.raises(Unverified) as failed:
            replay.step(lie)
        assert (failed.value.check, failed.value.entry) == (Check.PARTS.value, row.seq)


def test_every_audience_of_a_true_record_is_worked_out(rows: list[Row]) -> None:
    replay = Replay()
    for row in rows:
        replay.step(leaf_of(row))
    assert replay.audiences_unchecked == 0


def test_audiences_behind_a_gap_are_counted(rows: list[Row]) -> None:
    replay = Replay()
    for row in rows:
        replay.step(leaf_of(row, lambda part, seq=row.seq: seq != 5 or part.name != "act"))  # type: ignore[misc]
    assert replay.audiences_unchecked > len(rows) / 2
