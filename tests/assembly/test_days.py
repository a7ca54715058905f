"""The day that a point means, and which points the record keeps."""

from datetime import date

import pytest

from quorate.assembly.days import settle
from quorate.assembly.model.calendar import CalendarEvent, Point, Tie
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.canon.moment import Day


@pytest.fixture
def state() -> State:
    congress = CalendarEvent(id="congress", title="Congress", day=Day(date(2990, 1, 1)))
    return State(calendar={"congress": congress})


@pytest.mark.parametrize("tie", ["moves", "fixed"])
def test_anchor_leads_to_a_day_that_can_be_reckoned(state: State, tie: Tie) -> None:
    settle(state, Point(event="congress", days=3_000, tie=tie))
    with pytest.raises(Refused) as caught:
        settle(state, Point(event="congress", days=30_000, tie=tie))
    assert caught.value.code == "beyond-the-calendar"


def test_nobody_says_which_day_an_anchor_holds(state: State) -> None:
    with pytest.raises(Refused) as caught:
        settle(state, Point(event="congress", tie="fixed", held=date(2989, 1, 1)))
    assert caught.value.code == "point-unclear"
