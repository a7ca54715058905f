"""The clock: a jump is noted once, and one that ran ahead is corrected."""

from datetime import timedelta

import pytest

from quorate.assembly.act import require_words
from quorate.assembly.keeping.clock import (
    FAR_AHEAD,
    CorrectClock,
    NoteClockJump,
    require_in_time,
    require_plausible,
)
from quorate.assembly.organisation.membership import RecordDeparture
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from tests.cast import CHAIR, CLERK, MEMBER, NOON, World, committee

CORRECT = CorrectClock(reason="the server had the year wrong")
HOUR = timedelta(hours=1)


@pytest.fixture
def world() -> World:
    return committee()


def test_jump_is_noted_in_the_name_of_the_clerk(world: World) -> None:
    world.refused(NoteClockJump(before=NOON, after=NOON - HOUR), "not-entitled", by=CHAIR)
    world.refused(NoteClockJump(before=NOON, after=NOON), "no-jump")


def test_jump_is_noted_once_until_the_clock_has_caught_up_or_jumps_again(world: World) -> None:
    jump = NoteClockJump(before=NOON, after=NOON - HOUR)
    assert world.kinds(world.act(jump)) == ["clock-jump.noted"]
    world.refused(jump, "jump-noted")
    world.refused(NoteClockJump(before=NOON, after=NOON - HOUR / 2), "jump-noted")
    world.act(NoteClockJump(before=NOON, after=NOON - 2 * HOUR))
    world.act(NoteClockJump(before=NOON + HOUR, after=NOON - HOUR))
    assert world.state.clock_jumps == 3


def test_clerk_corrects_a_clock_that_ran_ahead(world: World) -> None:
    right = world.now
    world.refused(CORRECT, "clock-right")
    world.wait(days=3653)
    world.act(RecordDeparture(member=MEMBER))
    ahead = world.now
    world.now = right
    world.refused(CORRECT, "not-entitled", by=CHAIR)
    [corrected] = world.act(CORRECT)
    assert corrected.ahead == ahead  # type: ignore[attr-defined]
    assert world.state.last_at == world.now
    assert world.state.clock_corrections == 1


def test_only_a_correction_lies_before_the_last_entry(world: World) -> None:
    last = world.state.last_at
    require_in_time(world.state, None, last)
    require_in_time(world.state, CORRECT, last - HOUR)
    with pytest.raises(Refused) as refused:
        require_in_time(
            world.state, RecordDeparture(member=MEMBER), last - timedelta(microseconds=1)
        )
    assert refused.value.code == "time-backwards"


def test_instant_more_than_a_year_after_the_last_entry_is_not_plausible(world: World) -> None:
    last = world.state.last_at
    require_plausible(world.state, last + FAR_AHEAD)
    with pytest.raises(Refused) as refused:
        require_plausible(world.state, last + FAR_AHEAD + timedelta(microseconds=1))
    assert (refused.value.code, refused.value.facts["days"]) == ("time-far-ahead", 366)


def test_founding_follows_on_nothing() -> None:
    require_plausible(State(), NOON)


@pytest.mark.parametrize("reason", [None, "", " \n"])
def test_correction_needs_a_reason_when_it_is_made(reason: str | None) -> None:
    require_words(CORRECT)
    with pytest.raises(Refused) as refused:
        require_words(CorrectClock(reason=reason))
    assert (refused.value.code, refused.value.facts["field"]) == ("words-missing", "reason")


def test_correction_whose_reason_was_erased_is_still_one(world: World) -> None:
    right = world.now
    world.wait(days=400)
    world.act(RecordDeparture(member=MEMBER))
    world.now = right
    world.act(CorrectClock(), by=CLERK)
