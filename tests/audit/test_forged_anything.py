"""Anything may be written in an act: the auditor finds it out or finds it in order, and never breaks on it."""

from collections import Counter, deque
from collections.abc import Iterator
from copy import copy, deepcopy
from typing import Any

import msgspec
import pytest

from quorate.assembly.state import State
from quorate.audit.division import KINDS
from quorate.audit.replay import Replay
from quorate.canon.fault import Unverified
from quorate.desk.port import Row
from tests.audit.forgery import kind_of, leaf_of, with_act
from tests.audit.zoo import record
from tests.conftest import Tried
from tests.reading.replayed import october

VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    2**53 - 1,
    "",
    "x",
    "p-nobody",
    [],
    {},
    "0001-01-01",
    "9999-12-31",
)
"""What is put in the place of every text, number, list and object of an act, one at a time."""


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return october()


def places(said: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(said, dict | list):
        for key, value in list(said.items() if isinstance(said, dict) else enumerate(said))[:3]:
            yield from places(value, (*path, key))


def put(said: Any, path: tuple[Any, ...], value: Any) -> None:
    for key in path[:-1]:
        said = said[key]
    said[path[-1]] = value


class Probe:
    """A replay that can be set back to where it was before the last step."""

    def __init__(self, replay: Replay) -> None:
        self._replay = replay
        self._state = msgspec.msgpack.encode(replay.state)
        self._kept = {**vars(replay), "_expected": list(vars(replay)["_expected"])}

    def set_back(self, *, changed: bool) -> None:
        """Undo a step that failed, or one that passed and has changed the state."""
        vars(self._replay).update(self._kept)
        vars(self._replay)["_expected"] = deque(self._kept["_expected"])
        if changed:
            self._replay.state = msgspec.msgpack.decode(self._state, type=State)
            self._kept["state"] = self._replay.state


def test_every_value_in_every_place_is_found_out_or_in_order(rows: list[Row], tried: Tried) -> None:
    replay = Replay()
    seen: set[str] = set()
    counted: Counter[str] = Counter()
    for row in rows:
        if kind_of(row) not in seen:
            seen.add(kind_of(row))
            try_all(replay, row, counted)
        replay.step(leaf_of(row))
    replay.finish()
    assert counted["found"] > 20 * counted["passed"] > 0
    tried("altered entries that the auditor refused", counted["found"])
    tried("altered entries that were in order", counted["passed"])


def try_all(replay: Replay, row: Row, counted: Counter[str]) -> None:
    """Put every value in every place of an entry, and step over it."""
    probe = Probe(replay)
    said = msgspec.json.decode(next(part.data for part in row.parts if part.name == "act"))
    for path in places(said):
        for value in VALUES:
            forged = with_act(row, lambda said, path=path, value=value: put(said, path, value))  # type: ignore[misc]
            try:
                replay.step(leaf_of(forged))
            except Unverified:
                counted["found"] += 1
                probe.set_back(changed=False)
            else:
                counted["passed"] += 1
                probe.set_back(changed=True)


@pytest.mark.parametrize("name", ["secret", "tied_lot"])
def test_every_value_in_a_division_behind_a_gap_is_found_out_or_in_order(
    name: str, tried: Tried
) -> None:
    counted: Counter[str] = Counter()
    replay = Replay()
    for row in record(name):
        if kind_of(row) in KINDS:
            try_all_apart(replay, row, counted)
        replay.step(leaf_of(row, lambda part, seq=row.seq: seq > 0))  # type: ignore[misc]
    replay.finish()
    assert counted["found"] > 5 * counted["passed"] > 0
    tried("altered entries behind a gap that the auditor refused", counted["found"])
    tried(
        "altered entries behind a gap that were in order, or of which it cannot be told",
        counted["passed"],
    )


def try_all_apart(replay: Replay, row: Row, counted: Counter[str]) -> None:
    """The same where only the division's own entries are known."""
    said = msgspec.json.decode(next(part.data for part in row.parts if part.name == "act"))
    for path in places(said):
        for value in VALUES:
            forged = with_act(row, lambda said, path=path, value=value: put(said, path, value))  # type: ignore[misc]
            trial = copy(replay)
            vars(trial)["_partial"] = deepcopy(vars(replay)["_partial"])
            try:
                trial.step(leaf_of(forged))
            except Unverified:
                counted["found"] += 1
            else:
                counted["passed"] += 1
