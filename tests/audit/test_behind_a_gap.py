"""What stands behind a missing act: what is impossible there is found, or the whole does not hold but for a reader."""

from typing import Any

import pytest

from quorate.canon.fault import Unverified
from quorate.record.entry import Part
from tests.audit.club import (
    EDITOR,
    Club,
    Rows,
    failure,
    lacking,
    rewritten,
    sight,
    verified,
    widened,
    with_row,
)
from tests.audit.forgery import (
    act_of,
    changed,
    everything,
    for_members,
    inserted,
    kind_of,
    reseal,
    where,
)
from tests.cast import OBSERVER, SECRETARY


@pytest.fixture(scope="module")
def club() -> Club:
    return Club()


def primaries(rows: Rows) -> list[int]:
    return [row.seq for row in rows if "act" in act_of(row)["event"]]  # type: ignore[operator]


def by_nobody(said: Any) -> None:
    said["by"] = "p-nobody"


def test_impossible_act_behind_a_missing_one_does_not_hold(club: Club) -> None:
    """One act withheld, and every impossible act behind it once passed with exit 0."""
    tried = [seq for seq in primaries(club.rows) if seq > 1]
    assert len(tried) > 30
    for seq in tried:
        forged = changed(club.rows, seq, by_nobody)
        assert failure(forged)[1] == seq
        assert failure(lacking(forged, 1)) == ("6 parts", 1)
        assert failure(lacking(forged, 1), for_members, "members")


def test_reader_is_told_from_where_on_nothing_was_decided(club: Club) -> None:
    """What stands behind an act that this reader may not see is impossible to decide again, and is said to be undecided."""
    undecided = 0
    for seq in primaries(club.rows)[1:]:
        forged = changed(club.rows, seq, by_nobody)
        try:
            said = verified(forged, for_members, "members")
        except Unverified:
            continue
        assert said.gap is not None
        assert said.gap <= seq
        assert said.undecided == len(club.rows) - said.gap
        undecided += 1
    assert 0 < undecided < 15


def test_envelope_that_can_be_of_no_act_fails_though_its_act_is_missing(club: Club) -> None:
    admitted = club.rows[where(club.rows, "member.admitted")]
    act = next(part for part in admitted.parts if part.name == "act")
    notes = Part("notes", bytes(32), b'"x"', "members")
    lies = [
        ("8 acts", rewritten(admitted, kind="member.conjured")),
        ("6 parts", rewritten(admitted, parts=(notes,))),
        ("6 parts", rewritten(admitted, parts=(act, notes))),
        ("7 order", rewritten(admitted, sitting="meeting-1")),
    ]
    for check, lie in lies:
        for name in ("", "public"):
            shown = sight(club.state, name) if name else everything
            assert failure(with_row(club.rows, lie), shown, name) == (check, admitted.seq) or (
                not name and check == "6 parts"
            )


def test_what_follows_by_itself_does_not_follow_from_nothing(club: Club) -> None:
    seq = where(club.rows, "quorum.reached")
    early = reseal(club.rows[seq], seq, minute="2026-03-02T12:00Z")
    forged = lacking(inserted(club.rows, 5, early), 5)
    assert failure(forged, for_members, "members") == ("12 following", 5)


def test_what_follows_behind_a_gap_has_the_stamp_of_its_act(club: Club) -> None:
    seq = where(club.rows, "motion.decided", 1)

    def by_another(said: Any) -> None:
        said["by"] = OBSERVER

    forged = changed(club.rows, seq, by_another)
    assert failure(forged, for_members, "members") == ("12 following", seq)
    late = [*club.rows[:seq], reseal(club.rows[seq], seq, minute="2030-01-01T00:00Z")]
    assert failure(late, sight(club.state, "public"), "public") == ("7 order", seq)


def test_audience_that_no_rule_gives_fails_behind_a_gap(club: Club) -> None:
    late = {kind_of(row): row for row in club.rows if row.seq > club.gap}
    for kind, name, audience in (
        ("roll-call.entered", "act", "body:committee"),
        ("roll-call.entered", "act", "public"),
        ("motion.moved", "text", "body:editors"),
        ("member.seated", "act", "person:p-editor"),
        ("member.seated", "act", "office:editors.chair"),
    ):
        forged = widened(club.rows, late[kind].seq, name, audience)
        own = late[kind].seq

        def shown(part: Part, audience: str = audience) -> bool:
            return for_members(part) or part.audience == audience

        assert failure(forged, shown, EDITOR) == ("6 parts", own), (kind, audience)


def bent(**act: Any) -> Any:
    return lambda said: said["event"]["act"].update(act)


def by_secretary(said: Any) -> None:
    said["by"] = SECRETARY


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (bent(parts=["act"]), "part-unerasable"),
        (bent(parts=[]), "nothing-to-erase"),
        (bent(seq=10_000), "unknown"),
        (by_secretary, "not-entitled"),
    ],
)
def test_erasure_is_in_order_behind_a_gap_too(club: Club, change: Any, code: str) -> None:
    seq = where(club.rows, "part.erased")
    forged = changed(club.rows, seq, change)
    for may_see, name in ((everything, ""), (for_members, "members")):
        with pytest.raises(Unverified, match=f"refused, {code}") as failed:
            verified(forged, may_see, name)
        assert (failed.value.check, failed.value.entry) == ("8 acts", seq)


def test_erasure_is_not_made_twice_behind_a_gap(club: Club) -> None:
    seq = where(club.rows, "part.erased")
    twice = inserted(club.rows, seq + 1, club.rows[seq])
    with pytest.raises(Unverified, match="already-erased"):
        verified(twice, for_members, "members")
