"""October 1917, told by an operator who holds the key and lies in the ways in which history was told.

What the rules can find out fails its check in its place. What they cannot, because a shorter story is a story too, is
found by whoever kept an earlier checkpoint or a receipt.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import msgspec
import pytest

from quorate.assembly.affairs.resignations import ObjectToResignation, TenderResignation
from quorate.audit.replay import Replay
from quorate.audit.verify import Verified, verify
from quorate.canon.fault import Unverified
from quorate.desk.port import Row
from quorate.record.entry import open_envelope
from quorate.record.note import Signer
from quorate.record.receipt import Receipt
from quorate.record.tree import tree_from_entries
from tests.audit.forgery import (
    act_of,
    changed,
    inserted,
    leaf_of,
    note_of,
    published,
    reseal,
    where,
    with_act,
    without,
)
from tests.audit.retelling import act_said, acts_of, told
from tests.conftest import Tried
from tests.desk.office import ORIGIN
from tests.reading.replayed import october

KEY = Signer(ORIGIN, bytes(range(32)))
Rows = Sequence[Row]
Tell = Callable[[Rows], Rows]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return october()


def verified(rows: Rows, **more: Any) -> Verified:
    return verify(published(rows, KEY), KEY.verifier, **more)[0]


def failure(rows: Rows, **more: Any) -> Unverified:
    with pytest.raises(Unverified) as failed:
        verified(rows, **more)
    return failed.value


def edit(kind: str, nth: int, change: Callable[[Any], None]) -> Tell:
    """The lie that changes the nth entry of a kind."""
    return lambda rows: changed(rows, where(rows, kind, nth), change)


def drop(kind: str, nth: int = 0) -> Tell:
    """The lie that leaves the nth entry of a kind out."""
    return lambda rows: without(rows, where(rows, kind, nth))


def repeat(kind: str, nth: int = 0) -> Tell:
    """The lie that has the nth entry of a kind twice."""

    def tell(rows: Rows) -> Rows:
        seq = where(rows, kind, nth)
        return inserted(rows, seq + 1, rows[seq])

    return tell


def drop_effect(said: Any) -> None:
    said["event"]["effects"].pop()


def move_effect(said: Any) -> None:
    said["event"]["effects"][0]["days"] += 1


def add_effect(said: Any) -> None:
    said["event"]["effects"].append({**said["event"]["effects"][0], "what": "item:motion:no-such"})


def held_before(said: Any) -> None:
    said["event"]["before"] = {"on": "1917-11-03"}


def fewer_left_open(said: Any) -> None:
    said["event"]["items"].pop()


def earlier(said: Any) -> None:
    said["at"] = said["at"].replace("1917-10-29T23:30", "1917-10-29T22:30")


def next_day(said: Any) -> None:
    said["offset"] = 24 * 60 * 60


def by_another(said: Any) -> None:
    said["by"] = "p-stranger"


def without_zone(said: Any) -> None:
    said["at"] = said["at"].removesuffix("Z")


def elsewhere(rows: Rows) -> Rows:
    """An entry is said to be of another meeting than its act."""
    seq = where(rows, "roll-call.entered")
    here = open_envelope(rows[seq].entry).sitting
    there = open_envelope(rows[where(rows, "meeting.opened", -1)].entry).sitting
    entry = rows[seq].entry.replace(f'"in":"{here}"'.encode(), f'"in":"{there}"'.encode())
    assert entry != rows[seq].entry
    return [*rows[:seq], Row(seq, entry, rows[seq].parts), *rows[seq + 1 :]]


def redated(rows: Rows) -> Rows:
    """The resignation is dated back an hour, in its entry too."""
    seq = where(rows, "resignation.tendered")
    row = reseal(with_act(rows[seq], earlier), seq, minute="1917-10-29T22:30Z")
    return [*rows[:seq], row, *rows[seq + 1 :]]


def decision_from_nowhere(rows: Rows) -> Rows:
    """A decision stands in the record that no motion led to."""
    seq = where(rows, "meeting.adjourned")
    taken = reseal(rows[where(rows, "decision.taken")], seq, minute="1917-10-29T23:50Z")
    return inserted(rows, seq, taken)


class Lie(NamedTuple):
    """A lie, the check that finds it, and the entry that is named: the nth of its kind."""

    tell: Tell
    check: str
    kind: str
    nth: int = 0


LIES = {
    "an effect of the move dropped": Lie(edit("event.moved", 0, drop_effect), "11 moves", "event.moved"),
    "an effect by other days": Lie(edit("event.moved", 0, move_effect), "11 moves", "event.moved"),
    "an effect added": Lie(edit("event.moved", 0, add_effect), "11 moves", "event.moved"),
    "moved from another day": Lie(edit("event.moved", 0, held_before), "11 moves", "event.moved"),
    "the resignation left out": Lie(drop("resignation.tendered"), "12 following", "business-left.open"),
    "less left open": Lie(edit("business-left.open", 0, fewer_left_open), "12 following", "business-left.open"),
    "dated back": Lie(redated, "7 order", "resignation.tendered"),
    "dated back in its act only": Lie(edit("resignation.tendered", 0, earlier), "7 order", "resignation.tendered"),
    "on another day": Lie(edit("resignation.tendered", 0, next_day), "8 acts", "resignation.tendered"),
    "at no instant": Lie(edit("resignation.tendered", 0, without_zone), "7 order", "resignation.tendered"),
    "by somebody else": Lie(edit("resignation.tendered", 0, by_another), "8 acts", "resignation.tendered"),
    "what follows by somebody else": Lie(edit("decision.taken", 0, by_another), "12 following", "decision.taken"),
    "at another meeting": Lie(elsewhere, "7 order", "roll-call.entered"),
    "no quorum reached": Lie(drop("quorum.reached"), "12 following", "attendee.admitted", 14),
    "a quorum reached twice": Lie(repeat("quorum.reached"), "12 following", "quorum.reached", 1),
    "no decision taken": Lie(drop("decision.taken"), "12 following", "duty.laid"),
    "a detail not deferred": Lie(drop("detail.deferred", 3), "12 following", "item.closed", 1),
    "a detail deferred twice": Lie(repeat("detail.deferred", 3), "12 following", "detail.deferred", 4),
    "a decision from nowhere": Lie(decision_from_nowhere, "12 following", "decision.taken", 1),
    "a decision without its motion": Lie(drop("motion.moved", 4), "8 acts", "consent.taken"),
    "a letter answered that did not come": Lie(drop("communication.received"), "8 acts", "communication.answered"),
    "disposed of by nobody": Lie(drop("non-acceptance.announced"), "12 following", "resignation.declined"),
    "a motion moved twice": Lie(repeat("motion.moved"), "8 acts", "motion.moved", 1),
    "no notice of a meeting": Lie(drop("meeting.convened"), "8 acts", "attendee.admitted"),
    "no clash": Lie(drop("clash.found"), "12 following", "", 0),
}  # fmt: skip


@pytest.mark.parametrize("name", LIES)
def test_lie_about_what_happened_is_found_in_its_place(
    rows: list[Row], name: str, tried: Tried
) -> None:
    lie = LIES[name]
    forged = lie.tell(rows)
    failed = failure(forged)
    expected = where(forged, lie.kind, lie.nth) if lie.kind else len(forged)
    assert (failed.check, failed.entry) == (lie.check, expected), failed.reason
    tried("forged histories found out", 1)


@pytest.mark.parametrize(("shift", "unknown"), [(0, 0), (1, 1), (-60 * 60, 1), (12 * 60 * 60, 1)])
def test_offset_that_no_clock_there_showed_is_counted(
    rows: list[Row], shift: int, unknown: int
) -> None:
    """Zone data changes with what is found out about the past, so another offset proves no lie; but it is said."""

    def shifted(said: Any) -> None:
        if shift:
            said["offset"] = shift

    seq = where(rows, "report.given")
    assert "offset" not in act_of(rows[seq])  # the example keeps the time of UTC
    assert verified(changed(rows, seq, shifted)).offsets_unknown == unknown


def untold(rows: Rows, resignation: str) -> list[Row]:
    """The record as it would be if a resignation had never been tendered, nor objected to."""
    kinds = (TenderResignation, ObjectToResignation)
    acts = [
        (act, stamp)
        for act, stamp in acts_of(rows)
        if not (isinstance(act, kinds) and act.resignation == resignation)
    ]
    return told(acts, rows[: where(rows, "resignation.tendered")])


def test_resignation_never_told_is_found_by_a_receipt_or_an_earlier_checkpoint_only(
    rows: list[Row],
) -> None:
    """Nothing in a record can prove what is not in it: that is what receipts and checkpoints are kept for."""
    seq = where(rows, "resignation.tendered")
    said = act_of(rows[seq])["event"]
    forged = untold(rows, said["act"]["resignation"])  # type: ignore[index]
    assert len(forged) == len(rows) - 2
    assert verified(forged, earlier=[note_of(rows[:seq], KEY)]).earlier == 1
    tree = tree_from_entries(row.entry for row in rows)
    receipt = Receipt(seq, tree.inclusion_proof(seq), note_of(rows, KEY))
    failed = failure(forged, receipts=[receipt])
    assert (failed.check, failed.entry) == ("4 receipts", seq)
    assert failure(forged, earlier=[note_of(rows[: seq + 1], KEY)]).check == "3 consistency"


def test_act_dated_otherwise_within_its_order_is_found_by_an_earlier_checkpoint_only(
    rows: list[Row],
) -> None:
    *before, (act, stamp) = acts_of(rows)
    later = msgspec.structs.replace(stamp, at=stamp.at + timedelta(seconds=30))
    forged = told([*before, (act, later)], rows[: where(rows, "event.announced", -1)])
    assert len(forged) == len(rows)
    assert verified(forged).undecided == 0
    assert failure(forged, earlier=[note_of(rows, KEY)]).check == "3 consistency"


def test_item_that_left_the_list_without_an_act_fails_check_13(rows: list[Row]) -> None:
    for damage in ("open_items", "disposed_items"):
        replay = Replay()
        for row in rows:
            replay.step(leaf_of(row))
        replay.finish()
        items = replay.state.open_items | replay.state.disposed_items
        opened = next(item for item in items.values() if item.disposal is None)
        disposed = next(item for item in items.values() if item.disposal is not None)
        if damage == "open_items":
            replay.state.open_items[disposed.id] = disposed
        else:
            replay.state.disposed_items[opened.id] = opened
        with pytest.raises(Unverified, match="13 dispositions"):
            replay.finish()


def is_found(rows: Rows) -> bool:
    replay = Replay()
    try:
        for row in rows:
            replay.step(leaf_of(row))
        replay.finish()
    except Unverified:
        return True
    return False


def test_nothing_that_follows_by_itself_can_be_left_out_or_told_twice(rows: list[Row]) -> None:
    by_themselves = [row.seq for row in rows if act_said(row) is None]
    assert len(by_themselves) > 20
    for seq in by_themselves:
        assert is_found(without(rows, seq)), seq
        assert is_found(inserted(rows, seq, rows[seq])), seq


def test_act_on_which_a_rule_breaks_is_not_verified(
    rows: list[Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OverflowError("date value out of range")

    monkeypatch.setattr("quorate.audit.replay.decide", broken)
    failed = failure(rows)
    assert (failed.check, failed.entry) == ("8 acts", 0)
    assert "the rules break" in failed.reason
