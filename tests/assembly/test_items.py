"""Open business: what an item says at its next step, when it is overdue, and in which order items are listed."""

from datetime import date, datetime, timedelta

import pytest

from quorate.assembly.act import Stamp
from quorate.assembly.items import advance, fall_back, is_overdue, open_business, open_item
from quorate.assembly.model.calendar import Point
from quorate.assembly.state import State
from tests.cast import CLERK, MEMBER, NOON

TODAY = NOON.date()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def state() -> State:
    return State()


def opened(state: State, subject: str, on: date = TODAY, due: date | None = None) -> None:
    open_item(
        state,
        Stamp(at=datetime.combine(on, NOON.timetz()), by=CLERK),
        "charge",
        subject,
        body="committee",
        owner=f"person:{MEMBER}",
        next_step="decide-motion",
        due=None if due is None else Point(on=due),
        facts={"motion": "m-1"},
    )
    state.size += 1


def test_next_step_has_its_own_facts_and_its_own_owner(state: State) -> None:
    opened(state, "c-1")
    fall_back(state, MEMBER)
    item = state.open_items["charge:c-1"]
    assert (item.owner, item.left_by, item.facts) == ("body:committee", MEMBER, {"motion": "m-1"})
    advance(state, "charge", "c-1", "hear-accused")
    assert (item.owner, item.left_by, item.facts) == ("body:committee", "", {})


def test_what_is_due_today_is_not_overdue(state: State) -> None:
    opened(state, "c-1", due=TODAY)
    item = state.open_items["charge:c-1"]
    assert not is_overdue(state, item, TODAY)
    assert is_overdue(state, item, TODAY + timedelta(days=1))


def test_list_has_what_is_overdue_first_and_then_the_oldest_by_its_day(state: State) -> None:
    opened(state, "entered-first", on=TODAY)
    opened(state, "entered-second", on=TODAY)
    opened(state, "told-as-earlier", on=YESTERDAY)
    opened(state, "overdue", on=TODAY, due=YESTERDAY)
    listed = [item.subject for item in open_business(state, TODAY)]
    assert listed == ["overdue", "told-as-earlier", "entered-first", "entered-second"]
