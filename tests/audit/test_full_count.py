"""The auditor counts every division in full at its close, whatever sums were kept while it was open."""

import pytest

from quorate.assembly.act import Stamp
from quorate.assembly.divisions.divisions import CloseDivision, closing
from quorate.assembly.model.division import Sums
from quorate.audit.full_count import require_count
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
