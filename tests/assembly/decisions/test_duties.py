"""Duties: laid by decisions or by those who keep the books; accepted, reported on, extended, discharged."""

from datetime import date, timedelta

import pytest

from quorate.assembly.act import Stamp, evolve, follow
from quorate.assembly.bearers import acts_for
from quorate.assembly.decisions.duties import (
    AcceptCharge,
    ChargeWith,
    Discharge,
    Extend,
    ReportProgress,
)
from quorate.assembly.model.calendar import Point, Window
from quorate.assembly.model.decision import Decision
from quorate.assembly.model.motion import Clause
from quorate.assembly.motions.decided import DecisionTaken
from quorate.assembly.organisation.bodies import EstablishBody, VacateOffice
from quorate.assembly.organisation.membership import RecordDeparture
from tests.cast import CHAIR, CLERK, MEMBER, NOON, OUTSIDER, SECRETARY, TELLER, World, committee

TODAY = NOON.date()


def day(n: int) -> Point:
    return Point(on=TODAY + timedelta(days=n))


def decided(world: World, *clauses: Clause, key: str = "d") -> list[object]:
    """What follows when the committee has taken a decision made of these clauses."""
    state = world.state
    state.decisions[key] = Decision(
        id=key,
        motion=key,
        division="",
        body="committee",
        meeting="",
        on=TODAY,
        seq=state.size,
        title="A decision",
        clauses=clauses,
    )
    stamp = Stamp(at=world.now, by=CHAIR)
    events = list(follow(state, DecisionTaken(decision=key), stamp))
    for event in events:
        evolve(state, event, stamp)
    return events


@pytest.fixture
def world() -> World:
    return committee()


def charged(world: World, bearer: str = f"person:{MEMBER}", due: Point | None = None) -> World:
    world.act(ChargeWith(duty="hall", bearer=bearer, what="hire a hall", body="committee", due=due))
    return world


def test_every_must_that_is_done_once_lays_a_duty_on_its_bearer(world: World) -> None:
    window = Window(end=day(9))
    events = decided(
        world,
        Clause(n=1, modality="must", bearer="body:committee", action="hire/hall", due=day(3)),
        Clause(n=2, modality="must", bearer=f"person:{MEMBER}", action="write", window=window),
        Clause(n=3, modality="must", bearer="body:committee", mode="throughout", action="guard"),
        Clause(n=4, modality="must", action="nobody/named"),
        Clause(n=5, modality="must-not", bearer="body:committee", action="spend"),
        Clause(n=6, modality="may", bearer="body:committee", action="lend"),
        Clause(n=7, modality="only", bearer="body:committee", action="sign"),
    )
    assert world.kinds(events) == ["duty.laid"] * 2
    items = world.state.open_items
    assert [items[f"duty:d.{n}"].owner for n in (1, 2)] == ["body:committee", f"person:{MEMBER}"]
    assert [items[f"duty:d.{n}"].due for n in (1, 2)] == [day(3), day(9)]
    assert set(items) == {"duty:d.1", "duty:d.2"}


def test_keepers_charge_whom_they_can_name(world: World) -> None:
    act = ChargeWith(duty="hall", bearer="body:committee", what="hire a hall", body="committee")
    world.refused(act, "not-entitled", by=MEMBER)
    for bearer in ("body:none", "office:none", "person:none", "committee", ""):
        odd = ChargeWith(duty="hall", bearer=bearer, what="hire a hall", body="committee")
        world.refused(odd, "not-a-reference", by=SECRETARY)
    world.act(act, by=SECRETARY)
    world.refused(act, "exists", by=SECRETARY)
    dotted = ChargeWith(duty="d.1", bearer="body:committee", what="x", body="committee")
    world.refused(dotted, "id-of-decision", by=SECRETARY)


def test_only_the_one_charged_accepts_and_only_once(world: World) -> None:
    charged(world)
    world.refused(AcceptCharge(duty="hall"), "not-charged", by=CHAIR)
    world.act(AcceptCharge(duty="hall"), by=MEMBER)
    assert world.state.duties["hall"].accepted
    world.refused(AcceptCharge(duty="hall"), "accepted-already", by=MEMBER)
    world.refused(AcceptCharge(duty="none"), "unknown", by=MEMBER)


def test_progress_may_be_reported_again_and_again_and_closes_nothing(world: World) -> None:
    charged(world)
    world.refused(ReportProgress(duty="hall"), "not-charged", by=TELLER)
    for text in ("asked", None):
        world.act(ReportProgress(duty="hall", text=text), by=MEMBER)
    assert world.state.duties["hall"].reports == 2
    assert "duty:hall" in world.state.open_items


@pytest.mark.parametrize(
    ("how", "by", "code"),
    [
        ("done", MEMBER, ""),
        ("impossible", MEMBER, ""),
        ("released", MEMBER, "not-entitled"),
        ("released", CHAIR, ""),
        ("done", SECRETARY, ""),
        ("done", CLERK, ""),
        ("done", TELLER, "not-charged"),
        ("released", TELLER, "not-entitled"),
    ],
)
def test_duty_is_discharged_by_its_bearer_or_by_the_keepers(
    world: World, how: str, by: str, code: str
) -> None:
    charged(world)
    act = Discharge(duty="hall", how=how)  # type: ignore[arg-type]
    if code:
        world.refused(act, code, by=by)
        return
    world.act(act, by=by)
    (gone,) = world.state.disposed_items.values()
    assert gone.id == "duty:hall"
    assert gone.disposal is not None
    assert gone.disposal.how == how
    for again in (act, AcceptCharge(duty="hall"), ReportProgress(duty="hall")):
        world.refused(again, "not-open", by=by)


def test_duty_is_extended_by_keepers_within_the_window_decided(world: World) -> None:
    window = Window(start=day(2), end=day(9))
    decided(
        world,
        Clause(
            n=1, modality="must", bearer=f"person:{MEMBER}", action="a", window=window, due=day(5)
        ),
        Clause(n=2, modality="must", bearer=f"person:{MEMBER}", action="b", due=day(5)),
    )
    world.refused(Extend(duty="d.1", due=day(6)), "not-entitled", by=MEMBER)
    world.refused(Extend(duty="d.1", due=day(10)), "outside-window", by=CHAIR)
    world.refused(Extend(duty="d.1", due=day(1)), "outside-window", by=CHAIR)
    world.refused(Extend(duty="d.1", due=Point(event="none")), "unknown", by=CHAIR)
    for n, key in ((9, "d.1"), (30, "d.2")):
        world.act(Extend(duty=key, due=day(n)), by=CHAIR)
        assert world.state.duties[key].due == world.state.open_items[f"duty:{key}"].due == day(n)


def test_duty_of_a_member_who_departs_falls_to_the_body(world: World) -> None:
    charged(world)
    world.act(RecordDeparture(member=MEMBER))
    world.refused(Discharge(duty="hall"), "not-charged", by=MEMBER)
    world.act(AcceptCharge(duty="hall"), by=CHAIR)


def test_body_acts_through_its_heads_and_without_them_through_any_member(world: World) -> None:
    def speakers(ref: str) -> set[str]:
        people = world.state.people
        return {person for person in people if acts_for(world.state, person, ref, TODAY)}

    assert speakers("body:committee") == {CHAIR, SECRETARY}
    assert speakers("office:committee.chair") == {CHAIR}
    assert speakers(f"person:{MEMBER}") == {MEMBER}
    assert speakers("office:none") == speakers("body:none") == speakers("nobody") == set()
    world.act(VacateOffice(office="committee.chair"), by=CHAIR)
    assert speakers("body:committee") == {SECRETARY}
    world.act(VacateOffice(office="committee.secretary"), by=SECRETARY)
    assert speakers("body:committee") == set(world.state.bodies["committee"].seated)
    world.act(EstablishBody(body="other", name="Another house", outside=True))
    assert speakers("body:other") == {CLERK}
    assert not acts_for(world.state, OUTSIDER, "body:committee", date(2026, 3, 2))
