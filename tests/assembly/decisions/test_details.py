"""Details: what a decision leaves to be fixed, and who may fix it."""

from datetime import timedelta

import pytest

from quorate.assembly.decisions.details import FixDetail, open_details
from quorate.assembly.decisions.duties import Discharge
from quorate.assembly.model.calendar import Point, Window
from quorate.assembly.model.motion import Clause
from quorate.canon.moment import Day, parse_day
from tests.assembly.decisions.test_duties import decided
from tests.cast import CHAIR, MEMBER, NOON, SECRETARY, World, committee

TODAY = NOON.date()
IN_FIVE_DAYS = Point(on=TODAY + timedelta(days=5))


@pytest.fixture
def world() -> World:
    return committee()


def slots(world: World) -> list[str]:
    return [detail.id for detail in open_details(world.state, "d")]


def test_each_slot_deferred_or_undecided_is_left_to_somebody(world: World) -> None:
    window = Window(end=IN_FIVE_DAYS)
    events = decided(
        world,
        Clause(n=1, modality="defer", owner="office:committee.chair", open_slots=("date", "form")),
        Clause(n=2, modality="defer", bearer=f"person:{MEMBER}", action="name/host", window=window),
        Clause(n=3, modality="defer", open_slots=("place",), due=IN_FIVE_DAYS),
        Clause(n=4, modality="may", bearer=f"person:{MEMBER}", open_slots=("date", "sum")),
    )
    assert world.kinds(events) == ["detail.deferred"] * 5
    owners = {key: item.owner for key, item in world.state.open_items.items()}
    assert owners == {
        "detail:d.1.date": "office:committee.chair",
        "detail:d.1.form": "office:committee.chair",
        "detail:d.2.detail": f"person:{MEMBER}",
        "detail:d.3.place": "body:committee",
        "detail:d.4.sum": f"person:{MEMBER}",
    }
    dues = {key: item.due for key, item in world.state.open_items.items() if item.due}
    assert dues == {"detail:d.2.detail": IN_FIVE_DAYS, "detail:d.3.place": IN_FIVE_DAYS}
    assert slots(world) == [key.removeprefix("detail:") for key in owners]


def test_slot_named_twice_is_one_detail(world: World) -> None:
    decided(
        world,
        Clause(n=1, modality="defer", open_slots=("date", "date")),
        Clause(n=2, modality="may", open_slots=("sum", "sum")),
    )
    assert slots(world) == ["d.1.date", "d.2.sum"]


def test_decision_shows_its_open_details_until_the_last_is_fixed(world: World) -> None:
    decided(
        world, Clause(n=1, modality="defer", owner="body:committee", open_slots=("date", "form"))
    )
    day = parse_day("2026-04-20 O.S.")
    world.act(FixDetail(detail="d.1.date", day=day), by=SECRETARY)
    assert slots(world) == ["d.1.form"]
    world.act(FixDetail(detail="d.1.form", value="a march"), by=CHAIR)
    assert slots(world) == []
    assert world.state.decisions["d"].fixed == {"1/date": day, "1/form": "a march"}
    assert world.state.duties["d.1.date"].value == "20 April 2026 O.S."
    world.refused(FixDetail(detail="d.1.form", value="a picket"), "not-open", by=CHAIR)


def test_detail_is_fixed_by_those_to_whom_it_is_left_in_one_way(world: World) -> None:
    decided(
        world, Clause(n=1, modality="defer", owner="office:committee.chair", open_slots=("sum",))
    )
    world.refused(FixDetail(detail="d.1.sum", value="9"), "not-competent", by=SECRETARY)
    world.refused(FixDetail(detail="d.1.sum"), "value-unclear", by=CHAIR)
    both = FixDetail(detail="d.1.sum", value="9", day=Day(TODAY))
    world.refused(both, "value-unclear", by=CHAIR)
    world.refused(FixDetail(detail="d.2.sum", value="9"), "unknown", by=CHAIR)


def test_day_is_fixed_within_the_window_of_the_clause(world: World) -> None:
    window = Window(start=Point(on=TODAY + timedelta(days=2)), end=IN_FIVE_DAYS)
    clause = Clause(
        n=1, modality="defer", owner="body:committee", open_slots=("date",), window=window
    )
    decided(world, clause)
    for n in (1, 6):
        late = FixDetail(detail="d.1.date", day=Day(TODAY + timedelta(days=n)))
        world.refused(late, "outside-window", by=CHAIR)
    world.act(FixDetail(detail="d.1.date", day=Day(IN_FIVE_DAYS.on)), by=CHAIR)  # type: ignore[arg-type]


def test_detail_is_fixed_and_duty_discharged_not_the_other_way_round(world: World) -> None:
    decided(
        world,
        Clause(n=1, modality="must", bearer="body:committee", action="march", open_slots=("date",)),
    )
    world.refused(FixDetail(detail="d.1", value="x"), "unknown", by=CHAIR)
    world.refused(Discharge(duty="d.1.date"), "unknown", by=CHAIR)
    world.act(Discharge(duty="d.1"), by=CHAIR)
    assert slots(world) == ["d.1.date"]


def test_window_open_at_one_end_says_so(world: World) -> None:
    for key, window in (("d", Window(end=IN_FIVE_DAYS)), ("e", Window(start=IN_FIVE_DAYS))):
        left = {"owner": "body:committee", "open_slots": ("date",), "window": window}
        decided(world, Clause(n=1, modality="defer", **left), key=key)
    late = FixDetail(detail="d.1.date", day=Day(TODAY + timedelta(days=6)))
    early = FixDetail(detail="e.1.date", day=Day(TODAY))
    facts = [world.refused(act, "outside-window", by=CHAIR).facts for act in (late, early)]
    assert [(each["start"], each["end"]) for each in facts] == [
        (None, IN_FIVE_DAYS.on),
        (IN_FIVE_DAYS.on, None),
    ]
