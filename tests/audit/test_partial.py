"""Divisions behind a gap: all that is honest passes, whatever is missing, and no figure can be changed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, get_type_hints

import pytest

from quorate.assembly.act import EVENTS
from quorate.audit.division import FOLLOWING_KINDS, KINDS, OPENINGS, RESULTS
from quorate.audit.replay import Replay
from quorate.canon.fault import Unverified
from quorate.desk.port import Row
from tests.audit.forgery import act_of, changed, inserted, leaf_of, where, without
from tests.audit.forgery import kind_of as kind_of_row
from tests.audit.zoo import ZOO, record

HANDLED = KINDS | FOLLOWING_KINDS
HARMLESS = {"difference.explained"}
"""What names a division and does not change its votes or figures."""


@pytest.fixture(scope="module")
def zoo() -> dict[str, list[Row]]:
    return {name: record(name) for name in ZOO}


def replayed(rows: Sequence[Row], *without: int) -> Replay:
    replay = Replay()
    for row in rows:
        replay.step(leaf_of(row, lambda part, seq=row.seq: seq not in without))  # type: ignore[misc]
    replay.finish()
    return replay


def results(rows: Sequence[Row]) -> int:
    return sum(kind_of_row(row) in RESULTS for row in rows)


def test_every_event_of_a_division_is_handled() -> None:
    for kind, event in EVENTS.items():
        hints = get_type_hints(event)
        act = hints.get("act")
        fields = {*hints, *(get_type_hints(act) if act else ())}
        if {"division", "again"} & fields:
            assert kind in HANDLED | HARMLESS, kind


def test_zoo_has_every_kind(zoo: dict[str, list[Row]]) -> None:
    shown = {kind_of_row(row) for rows in zoo.values() for row in rows}
    assert shown >= HANDLED | HARMLESS


@pytest.mark.parametrize("name", ZOO)
def test_whole_record_has_all_its_results_reckoned_again(
    zoo: dict[str, list[Row]], name: str
) -> None:
    replay = replayed(zoo[name])
    assert (replay.divisions, replay.divisions_unchecked) == (results(zoo[name]), 0)
    assert replay.undecided == 0


@pytest.mark.parametrize("name", ZOO)
def test_division_is_checked_by_its_own_entries_behind_a_gap(
    zoo: dict[str, list[Row]], name: str
) -> None:
    replay = replayed(zoo[name], 0)
    assert (replay.divisions, replay.divisions_unchecked) == (results(zoo[name]), 0)
    assert replay.undecided == len(zoo[name])


@pytest.mark.parametrize("name", ZOO)
def test_whichever_entries_are_missing_nothing_honest_fails(
    zoo: dict[str, list[Row]], name: str
) -> None:
    rows = zoo[name]
    last = max(row.seq for row in rows)
    for seq in range(last + 1):
        for more in ((), (0,), tuple(range(seq)), tuple(range(seq, last + 1))):
            replay = replayed(rows, seq, *more)
            assert replay.divisions + replay.divisions_unchecked == results(rows)
            assert replay.missing == len({seq, *more})


def test_missing_vote_leaves_its_division_unchecked(zoo: dict[str, list[Row]]) -> None:
    rows = zoo["by_name"]
    for row in rows:
        if kind_of_row(row) in HANDLED - {"motion.decided"}:
            replay = replayed(rows, row.seq)
            assert (replay.divisions, replay.divisions_unchecked) == (0, 1), kind_of_row(row)


def test_what_follows_by_itself_makes_no_gap(zoo: dict[str, list[Row]]) -> None:
    rows = zoo["secret"]
    [seq] = [row.seq for row in rows if kind_of_row(row) == "motion.decided"]
    replay = replayed(rows, seq)
    assert (replay.missing, replay.undecided) == (1, 1)


FIGURES = (
    "choice", "votes", "count", "figures", "heads", "weight", "outcome", "not_voted", "unaccounted",
    "agrees", "side", "voter", "before", "register", "result", "motion", "seed",
)  # fmt: skip
"""Fields whose every change must be found out behind a gap."""


def places(said: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every text and number in a value."""
    if isinstance(said, dict | list):
        for key, value in said.items() if isinstance(said, dict) else enumerate(said):
            yield from places(value, (*path, key))
    else:
        yield path


def other(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    swap = {"for": "against", "against": "for", "abstain": "for", "none": "for"}
    return swap.get(value, f"{value}x") if isinstance(value, str) else "x"


def put_other(said: Any, path: tuple[Any, ...]) -> None:
    for key in path[:-1]:
        said = said[key]
    said[path[-1]] = other(said[path[-1]])


def undetected(rows: Sequence[Row], fields: Sequence[str], *without: int) -> Counter[str]:
    """How many single changes of an entry of a division pass every check, by kind; all fields if none are named."""
    passed: Counter[str] = Counter()
    for row in rows:
        if kind_of_row(row) not in HANDLED:
            continue
        for path in places(act_of(row)["event"]):
            if fields and not set(fields) & set(path):
                continue
            forged = changed(rows, row.seq, lambda said, path=path: put_other(said["event"], path))  # type: ignore[misc]
            try:
                replayed(forged, *without)
            except Unverified as failed:
                assert failed.entry is not None  # noqa: PT017  # most fail, some must not
                assert failed.entry >= row.seq  # noqa: PT017  # nothing before it is blamed
            else:
                passed[kind_of_row(row)] += 1
    return passed


SUPERSEDED = {
    "by_name": {"vote.cast": 1},
    "taken_again": {"roll-call.entered": 3},
    "counted": {"count.entered": 2},
    "circular_cancelled": {"vote.cast": 1},
}
"""Votes and figures that were changed, corrected or voided later: only who made them can say what they were."""
OUTSIDE = {
    "tied_lot": {"lot.drawn": 1},
    "secret": {"secret-result.declared": 1},
    "secret_tie": {"secret-result.declared": 1},
    "secret_prepared": {"ballot.prepared": 1, "division.closed": 1},
}
"""Where a lot's seed came from, the digest of an archive that is not here, and of one that is bound what only it can show."""
SILENT = {
    "secret": {"division.opened": 6},
    "secret_tie": {"division.opened": 6},
    "secret_prepared": {"division.opened": 6},
    "circular": {"circular-vote.opened": 2},
    "circular_at_once": {"circular-vote.opened": 6},
    "circular_cancelled": {"circular-vote.opened": 10, "vote.cast": 1},
}
"""Those on a register of whom no later entry speaks: who was seated is only known without a gap."""


@pytest.mark.parametrize("name", ZOO)
def test_no_figure_of_a_division_can_be_changed_behind_a_gap(
    zoo: dict[str, list[Row]], name: str
) -> None:
    expected = SUPERSEDED.get(name, {}) | SILENT.get(name, {})
    assert undetected(zoo[name], FIGURES, 0) == expected


@pytest.mark.parametrize("name", ZOO)
def test_nothing_of_a_division_can_be_changed_in_a_whole_record(
    zoo: dict[str, list[Row]], name: str
) -> None:
    expected = SUPERSEDED.get(name, {}) | OUTSIDE.get(name, {})
    assert undetected(zoo[name], ()) == expected


def failure(rows: Sequence[Row]) -> tuple[str, int | None]:
    """The check and the entry that fail where the first act is missing."""
    with pytest.raises(Unverified) as failed:
        replayed(rows, 0)
    return failed.value.check, failed.value.entry


def test_division_is_opened_once(zoo: dict[str, list[Row]]) -> None:
    rows = zoo["by_name"]
    seq = where(rows, "division.opened")
    assert failure(inserted(rows, seq + 1, rows[seq])) == ("8 acts", seq + 1)


def test_entry_of_a_division_is_of_its_meeting(zoo: dict[str, list[Row]]) -> None:
    rows = zoo["by_name"]
    for kind in ("division.opened", "vote.cast", "result.declared"):
        seq = where(rows, kind)
        entry = rows[seq].entry.replace(b'"in":"meeting-1"', b'"in":"meeting-2"')
        forged = [*rows[:seq], Row(seq, entry, rows[seq].parts), *rows[seq + 1 :]]
        assert failure(forged) == ("7 order", seq)


def test_what_follows_stands_before_the_next_act_and_before_the_end(
    zoo: dict[str, list[Row]],
) -> None:
    rows = zoo["secret"]
    declared = where(rows, "secret-result.declared")
    assert failure(rows[: declared + 1]) == ("12 following", declared + 1)
    assert failure(without(rows, declared + 1)) == ("12 following", declared + 1)
    twice = inserted(rows, declared + 1, rows[declared + 1])
    assert failure(twice) == ("12 following", declared + 2)


def test_division_known_before_the_gap_is_followed_behind_it(zoo: dict[str, list[Row]]) -> None:
    rows = zoo["circular"]
    between = inserted(rows, where(rows, "vote.cast", 2), rows[1])
    assert replayed(between, where(rows, "vote.cast", 2)).divisions == 1
    forged = changed(between, where(between, "vote.cast"), turn)
    with pytest.raises(Unverified, match="10 results"):
        replayed(forged, where(rows, "vote.cast", 2))


def turn(said: Any) -> None:
    said["event"]["act"]["choice"] = "against"


def test_opening_is_known_by_its_kind() -> None:
    assert set(OPENINGS) == {
        "division.opened", "circular-vote.opened", "recount.demanded", "division.demanded",
    }  # fmt: skip
