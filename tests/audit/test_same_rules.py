"""The same lie about a division fails the same check with the same code, in a whole record and behind a gap."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pytest

import tests.cast
from quorate.assembly.act import Stamp, evolve
from quorate.assembly.divisions.divisions import DemandRecount, RecountDemanded
from quorate.assembly.divisions.opening import opening_of
from quorate.audit.replay import Replay
from quorate.canon.fault import Unverified
from quorate.desk.port import Row
from quorate.desk.sealing import seal_events
from tests.assembly.chamber import close, put
from tests.audit.forgery import changed, inserted, leaf_of, where, without
from tests.audit.zoo import KEY, Written, asked, record
from tests.cast import MEMBER, OUTSIDER
from tests.desk.office import SystemEntropy

Rows = Sequence[Row]


def dropped(kind: str, nth: int = 0) -> Callable[[Rows], Rows]:
    return lambda rows: without(rows, where(rows, kind, nth))


def repeated(kind: str, before: str = "") -> Callable[[Rows], Rows]:
    """Once more, right after itself or before the first of another kind."""
    return lambda rows: inserted(
        rows, where(rows, before) if before else where(rows, kind) + 1, rows[where(rows, kind)]
    )


def altered(kind: str, change: Callable[[Any], None]) -> Callable[[Rows], Rows]:
    return lambda rows: changed(rows, where(rows, kind), change)


def by_outsider(act: Any) -> None:
    act["by"] = OUTSIDER


def by_roll_call(act: Any) -> None:
    act["event"]["act"]["method"] = "roll-call"


def with_unclear_seed(act: Any) -> None:
    act["event"]["act"]["seed"] = "17"


class Lie(NamedTuple):
    """A lie about a record of the zoo, and what it fails."""

    record: str
    tell: Callable[[Rows], Rows]
    check: str
    code: str


LIES = {
    "tie left unbroken": Lie("tied_casting_vote", dropped("casting-vote.given"), "10 results", "tie-unbroken"),
    "tie broken twice": Lie("tied_casting_vote", repeated("casting-vote.given"), "10 results", "no-tie-to-break"),
    "lot without a seed": Lie("tied_lot", altered("lot.drawn", with_unclear_seed), "8 acts", "seed-unclear"),
    "tellers who differ": Lie("counted", dropped("count.entered", 2), "10 results", "tellers-differ"),
    "ballot prepared twice": Lie("secret_prepared", repeated("ballot.prepared"), "14 ballots", "ballot-prepared"),
    "recount before the close": Lie("taken_again", repeated("recount.demanded", "division.closed"), "8 acts", "not-open"),
    "recount for a stranger": Lie("taken_again", altered("recount.demanded", by_outsider), "10 results", "not-entitled-to-vote"),
    "division by the same method": Lie("counted", altered("division.demanded", by_roll_call), "8 acts", "wrong-method"),
    "first division voided": Lie("taken_again", dropped("division.voided"), "8 acts", "recounted"),
}  # fmt: skip


def replay(rows: Rows, missing: Sequence[int]) -> None:
    auditor = Replay()
    for row in rows:
        auditor.step(leaf_of(row, lambda part, seq=row.seq: seq not in missing))  # type: ignore[misc]


def failure(rows: Rows, *missing: int) -> tuple[str, int | None, str]:
    """The check, the entry and the reason of what fails where some acts are missing."""
    with pytest.raises(Unverified) as failed:
        replay(rows, missing)
    return failed.value.check, failed.value.entry, failed.value.reason


@pytest.mark.parametrize("name", LIES)
def test_lie_fails_the_same_check_with_the_same_code_behind_a_gap(name: str) -> None:
    lie = LIES[name]
    forged = lie.tell(record(lie.record))
    check, entry, reason = failure(forged)
    assert (check, reason.split("(")[0]) == (lie.check, f"refused, {lie.code}")
    apart = failure(forged, 0)
    assert (*apart[:2], apart[2].split("(")[0]) == (check, entry, f"refused, {lie.code}")


def test_secret_division_is_not_taken_again_behind_a_gap_either() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tests.cast, "World", Written)
        world = asked()
    assert isinstance(world, Written)
    division = put(world, "m-1", method="secret")
    close(world, KEY)
    event = RecountDemanded(
        act=DemandRecount(division=KEY, again="d-2"), opening=opening_of(division, "secret")
    )
    stamp = Stamp(at=world.now, by=MEMBER)
    evolve(world.state, event, stamp)
    rows = world.rows + seal_events(world.state, [event], stamp, len(world.rows), SystemEntropy())
    for missing in ((), (0,)):
        check, entry, reason = failure(rows, *missing)
        assert (check, entry) == ("8 acts", len(rows) - 1)
        assert reason.startswith("refused, wrong-method(")
