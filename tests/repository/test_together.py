"""One act is read in one place: what is asked, what is recorded, when it is refused, and what it changes."""

import inspect
import typing
from collections.abc import Iterator

import pytest

from quorate.assembly import act as machinery
from quorate.assembly import house

MOST_LINES = 60
"""More than the longest screen that anyone reads at a glance."""

assert house.SUBJECTS


def pieces(act: type[machinery.Act]) -> Iterator[object]:
    """The class of an act, the rule that answers it, the event that it records, and the change of that event."""
    rule = machinery._decide[act]
    event = typing.get_type_hints(rule)["return"]
    yield from (act, event, rule, machinery._evolve[event])


@pytest.mark.parametrize("act", machinery.ACTS.values(), ids=machinery.ACTS)
def test_act_event_rule_and_change_stand_together(act: type[machinery.Act]) -> None:
    places = [
        (inspect.getsourcefile(piece), *inspect.getsourcelines(piece)) for piece in pieces(act)
    ]
    files = {file for file, _, _ in places}
    assert len(files) == 1, f"{machinery.act_name(act)} stands in {sorted(map(str, files))}"
    first = min(start for _, _, start in places)
    last = max(start + len(lines) - 1 for _, lines, start in places)
    assert last - first + 1 <= MOST_LINES, f"{machinery.act_name(act)}: lines {first} to {last}"
