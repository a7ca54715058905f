"""What a decision laid lapses with it."""

import pytest

from quorate.assembly.act import Event, Stamp, evolve, follow
from quorate.assembly.decisions.decisions import ClauseSuperseded, DecisionRescinded
from quorate.assembly.decisions.details import open_details
from quorate.assembly.decisions.duties import AcceptCharge, Discharge
from quorate.assembly.model.motion import Clause
from tests.assembly.decisions.test_duties import decided
from tests.cast import CHAIR, World, committee


@pytest.fixture
def world() -> World:
    """Two decisions, each with two duties and a detail; one duty of the first is done."""
    world = committee()
    for key in ("d", "e"):
        decided(
            world,
            Clause(
                n=1, modality="must", bearer="body:committee", action="hire", open_slots=("day",)
            ),
            Clause(n=2, modality="must", bearer="body:committee", action="write"),
            key=key,
        )
    world.act(Discharge(duty="d.2"), by=CHAIR)
    return world


def lapsed(world: World, event: Event) -> list[str]:
    stamp = Stamp(at=world.now, by=CHAIR)
    came = list(follow(world.state, event, stamp))
    for each in came:
        evolve(world.state, each, stamp)
    return [str(each.duty) for each in came]  # type: ignore[attr-defined]


def test_rescinding_a_decision_takes_what_it_laid_off_the_list(world: World) -> None:
    assert lapsed(world, DecisionRescinded(decision="d", by="r")) == ["d.1", "d.1.day"]
    assert set(world.state.open_items) == {"duty:e.1", "detail:e.1.day", "duty:e.2"}
    disposals = {
        item.id: item.disposal.how for item in world.state.disposed_items.values() if item.disposal
    }
    assert disposals == {"duty:d.1": "lapsed", "detail:d.1.day": "lapsed", "duty:d.2": "done"}
    assert open_details(world.state, "d") == []
    world.refused(AcceptCharge(duty="d.1"), "not-open", by=CHAIR)
    assert lapsed(world, DecisionRescinded(decision="d", by="r")) == []


def test_superseding_a_clause_takes_off_only_what_that_clause_laid(world: World) -> None:
    assert lapsed(world, ClauseSuperseded(clause="e/2", by="f/1")) == ["e.2"]
    assert lapsed(world, ClauseSuperseded(clause="e/1", by="f/1")) == ["e.1", "e.1.day"]
    assert lapsed(world, ClauseSuperseded(clause="d/2", by="f/1")) == []
