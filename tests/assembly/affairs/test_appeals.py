"""Appeals against a measure of discipline."""

from datetime import timedelta
from typing import Any

import pytest

from quorate.assembly.affairs.appeals import AppealMeasure, DecideMeasureAppeal
from quorate.assembly.affairs.charges import BringCharge, HearAccused, NotifyAccused
from quorate.assembly.affairs.discipline import MoveDiscipline
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.assembly.organisation.membership import RecordDeparture, ReinstateMember
from quorate.assembly.roll import seat_of
from tests.assembly.on_record import decided, moved, orders_with, taken
from tests.cast import CHAIR, MEMBER, OBSERVER, SECRETARY, World, committee

APPEAL = AppealMeasure(charge="c-1", text="It was not I.")


def measured(measure: str, **discipline: Any) -> World:
    """A member on whom the committee has taken a measure; the assembly hears appeals within ten days."""
    order = {"notice_days": 0, "appeal_to": "assembly", "appeal_days": 10} | discipline
    world = committee(orders_with(discipline=order))
    world.act(EstablishBody(body="assembly", name="The Assembly"))
    act = BringCharge(charge="c-1", accused=MEMBER, body="committee", grounds=("noise",))
    world.act(act, by=OBSERVER)
    moved(world, "m-1", kind="discipline", target="c-1")
    world.act(NotifyAccused(charge="c-1"), by=SECRETARY)
    world.act(HearAccused(charge="c-1", how="present"), by=CHAIR)
    if measure:
        act2 = MoveDiscipline(charge="c-1", motion="m-1", measure=measure)  # type: ignore[arg-type]
        world.act(act2, by=CHAIR)
        decided(world, "m-1", "adopted")
    return world


def quash(decision: str = "a-1") -> DecideMeasureAppeal:
    return DecideMeasureAppeal(charge="c-1", how="quashed", decision=decision)


def test_appeal_is_open_business_of_the_body_appealed_to() -> None:
    world = measured("censure")
    world.refused(APPEAL, "not-accused", by=OBSERVER)
    assert world.kinds(world.act(APPEAL, by=MEMBER)) == ["measure.appealed"]
    item = world.state.open_items["appeal:c-1"]
    assert (item.owner, item.next) == ("body:assembly", "uphold-or-quash")
    world.refused(APPEAL, "appealed-already", by=MEMBER)


def test_appeal_has_its_time() -> None:
    world = measured("censure")
    world.wait(days=10)
    last = world.now.date()
    world.act(APPEAL, by=MEMBER)
    world = measured("censure")
    world.wait(days=11)
    refusal = world.refused(APPEAL, "time-limit", by=MEMBER)
    assert refusal.facts["until"] == last == world.now.date() - timedelta(days=1)
    world = measured("censure", appeal_days=None)
    world.wait(days=4000)
    world.act(APPEAL, by=MEMBER)


def test_there_is_an_appeal_only_where_the_orders_give_one() -> None:
    measured("censure", appeal_to="").refused(APPEAL, "no-appeal", by=MEMBER)
    measured("censure", appeal_to="nobody").refused(APPEAL, "unknown", by=MEMBER)


@pytest.mark.parametrize("measure", ["none", ""])
def test_without_a_measure_there_is_nothing_to_appeal_against(measure: str) -> None:
    world = measured(measure)
    world.refused(APPEAL, "no-measure", by=MEMBER)
    world.refused(AppealMeasure(charge="c-9"), "unknown", by=MEMBER)
    if not measure:
        decided(world, "m-1", "rejected")
        world.refused(APPEAL, "no-measure", by=MEMBER)


def test_measure_is_quashed_only_by_a_decision_of_that_body() -> None:
    world = measured("expel")
    world.refused(quash(), "not-appealed")
    world.act(APPEAL, by=MEMBER)
    taken(world, "m-9")
    taken(world, "a-1", body="assembly")
    world.refused(quash(""), "unknown")
    world.refused(quash("m-9"), "of-another-body")
    world.refused(quash(), "not-entitled", by=CHAIR)
    world.act(quash())
    assert not world.state.open_items
    assert world.state.people[MEMBER].status == "good-standing"
    world.refused(quash(), "not-appealed")


def test_quashed_expulsion_gives_no_seat_back() -> None:
    world = measured("expel")
    world.act(APPEAL, by=MEMBER)
    taken(world, "a-1", body="assembly")
    world.act(quash())
    body = world.state.bodies["committee"]
    assert seat_of(world.state, body, MEMBER, world.now.date()) is None


def test_quashed_suspension_is_over() -> None:
    world = measured("suspend")
    world.act(APPEAL, by=MEMBER)
    assert sorted(world.state.open_items) == ["appeal:c-1", f"suspension:{MEMBER}"]
    taken(world, "a-1", body="assembly")
    world.act(quash())
    assert not world.state.open_items
    assert world.state.people[MEMBER].status == "good-standing"


def test_quashing_what_is_over_already_changes_no_standing() -> None:
    world = measured("suspend")
    world.act(APPEAL, by=MEMBER)
    world.act(ReinstateMember(member=MEMBER))
    taken(world, "a-1", body="assembly")
    world.act(quash())
    assert world.state.people[MEMBER].status == "good-standing"


def test_quashing_brings_nobody_back_who_has_left_since() -> None:
    world = measured("suspend")
    world.act(APPEAL, by=MEMBER)
    world.act(RecordDeparture(member=MEMBER))
    taken(world, "a-1", body="assembly")
    world.act(quash())
    assert world.state.people[MEMBER].status == "left"


def test_upheld_measure_stands() -> None:
    world = measured("suspend")
    world.act(APPEAL, by=MEMBER)
    world.act(DecideMeasureAppeal(charge="c-1", how="upheld"))
    assert world.state.people[MEMBER].status == "suspended"
    assert list(world.state.open_items) == [f"suspension:{MEMBER}"]
    assert world.state.charges["c-1"].appeal == "upheld"
