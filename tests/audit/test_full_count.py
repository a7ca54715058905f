"""The auditor counts in full what was kept: heads where a figure of them is said, votes at the close of a division."""

import pytest

from quorate.assembly.act import Stamp, decide
from quorate.assembly.divisions.divisions import (
    CloseDivision,
    OpenDivision,
    VoidDivision,
    closing,
)
from quorate.assembly.heads import counting
from quorate.assembly.meetings.quorum import QuorumLost
from quorate.assembly.model.division import Sums
from quorate.audit.full_count import require_count, require_heads
from quorate.canon.fault import Unverified
from tests.assembly.chamber import chamber, move, put, vote
from tests.cast import CHAIR, MEMBER, World


@pytest.fixture
def world() -> World:
    world = chamber()
    move(world, "m-1")
    put(world, "m-1")
    vote(world, "d-m-1", "for", CHAIR, MEMBER)
    return world


def test_figures_of_a_close_are_those_of_the_votes(world: World) -> None:
    close = CloseDivision(division="d-m-1")
    event = world.act(close, by=CHAIR)[0]
    require_count(world.state.divisions, event, 7)


@pytest.mark.parametrize(("field", "kept"), [("cast", {"for": Sums(3, 3)}), ("able", Sums(5, 5))])
def test_sums_that_went_wrong_are_found_at_the_close(
    world: World, field: str, kept: object
) -> None:
    division = world.state.divisions["d-m-1"]
    setattr(division, field, kept)
    event = closing(division, CloseDivision(division=division.id), Stamp(at=world.now, by=CHAIR))
    with pytest.raises(Unverified) as found:
        require_count(world.state.divisions, event, 7)
    assert "not those of its register and its votes" in str(found.value)
    assert found.value.entry == 7


def test_heads_that_went_wrong_are_found_where_they_are_said(world: World) -> None:
    meeting = world.state.meetings["meeting-1"]
    kept = counting(world.state, meeting, world.now.date())
    assert isinstance(kept, set)
    kept.discard(MEMBER)  # as if a place had not said that somebody is there
    world.act(VoidDivision(division="d-m-1"), by=CHAIR)
    stamp = Stamp(at=world.now, by=CHAIR)
    event = decide(world.state, OpenDivision(division="d-2", motion="m-1"), stamp)
    with pytest.raises(Unverified) as found:
        require_heads(world.state, event, stamp, 9)
    assert "5 count at meeting-1" in str(found.value)
    assert found.value.entry == 9
    vars(world.state).clear()
    event = decide(world.state, OpenDivision(division="d-2", motion="m-1"), stamp)
    require_heads(world.state, event, stamp, 9)
    lost = QuorumLost(meeting="meeting-1", present=5, needed=4)
    with pytest.raises(Unverified):
        require_heads(world.state, lost, stamp, 9)
