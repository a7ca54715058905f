"""Clashes: found by themselves, graded, answered or lapsed."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import msgspec
import pytest

from quorate.assembly.calendar.clashes import AnswerClash, ClashFound, grade
from quorate.assembly.calendar.events import AnnounceEvent, CancelEvent, MoveEvent
from quorate.assembly.calendar.rescheduling import MoveMeeting
from quorate.assembly.meetings.convening import CallOffMeeting, ConveneMeeting, MoveVenue
from quorate.assembly.model.calendar import CalendarEvent, Clash, Point
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.canon.moment import Day, parse_day
from tests.cast import CHAIR, CLERK, MEMBER, NOON, OBSERVER, SECRETARY, World, committee

TODAY = NOON.date()


def on(n: int) -> Day:
    return Day(TODAY + timedelta(days=n))


@pytest.fixture
def world() -> World:
    world = committee()
    world.act(EstablishBody(body="rival", name="The Rival", outside=True))
    return world


def ours(event: str = "rally", n: int = 9, **more: object) -> AnnounceEvent:
    fields: dict[str, object] = {"bodies": ("committee",), "city": "Riga", "day": on(n), **more}
    return AnnounceEvent(event=event, title=event.title(), **fields)  # type: ignore[arg-type]


def theirs(event: str = "march", n: int = 9, **more: object) -> AnnounceEvent:
    fields: dict[str, object] = {
        "own": False,
        "bodies": ("rival",),
        "opposed": ("committee",),
        **more,
    }
    return ours(event, n, **fields)


def standing(world: World) -> list[Clash]:
    return [clash for clash in world.state.clashes.values() if not clash.lapsed]


def test_opposed_bodies_in_one_city_on_one_day_clash_whichever_comes_first(world: World) -> None:
    for first, second in ((ours(), theirs()), (theirs("m2", 12), ours("r2", 12))):
        (_, clash) = world.act(first, by=CHAIR) + world.act(second, by=CHAIR)[1:]
        assert isinstance(clash, ClashFound)
        assert (clash.first, clash.second) == (first.event, second.event)
        assert (clash.severity, clash.why) == ("high", ("same-city", "opposed-bodies"))
        assert clash.on == first.day.on  # type: ignore[union-attr]
        item = world.state.open_items[f"clash:{clash.clash}"]
        assert (item.owner, item.body) == ("body:committee", "committee")


def test_october_has_one_clash_on_the_day_of_the_soviet() -> None:
    """Soviet Day, the 105th anniversary and the procession of the Cossack Union, all on 22 October 1917 O.S."""
    world = committee()
    world.state.house().calendar = "julian"
    world.now = NOON.replace(year=1917, month=10, day=31)
    world.act(EstablishBody(body="soviet", name="Petrograd Soviet"))
    world.act(EstablishBody(body="cossacks", name="Cossack Union", outside=True))
    day = parse_day("1917-10-22 O.S.")
    came = world.act(
        AnnounceEvent(
            event="soviet-day", title="Soviet Day", day=day, bodies=("soviet",), city="Petrograd"
        )
    )
    came += world.act(
        AnnounceEvent(event="anniversary", title="105th anniversary", day=day, own=False)
    )
    came += world.act(
        AnnounceEvent(
            event="procession",
            title="Procession",
            day=day,
            own=False,
            bodies=("cossacks",),
            city="Petrograd",
            opposed=("soviet",),
        )
    )
    (clash,) = standing(world)
    assert world.kinds(came).count("clash.found") == 1
    assert (clash.severity, clash.on) == ("high", date(1917, 11, 4))
    assert clash.why == ("same-city", "opposed-bodies")
    assert clash.beside == ("anniversary",)


def test_commemoration_entered_later_is_one_reason_more(world: World) -> None:
    world.act(ours(), by=CHAIR)
    world.act(theirs(), by=CHAIR)
    key = standing(world)[0].id
    world.act(ours("elsewhere", own=False, bodies=(), city="Oslo"), by=CHAIR)
    world.act(ours("eve", 8, own=False, bodies=()), by=CHAIR)
    came = world.act(ours("jubilee", own=False, bodies=()), by=CHAIR)
    assert world.kinds(came) == ["event.announced", "clash.changed"]
    assert standing(world)[0].beside[-1] == "jubilee"
    assert f"clash:{key}" in world.state.open_items
    world.act(AnswerClash(clash=key, how="stewards"), by=CHAIR)
    came = world.act(CancelEvent(event="jubilee"), by=CHAIR)
    assert world.kinds(came) == ["event.cancelled", "clash.changed"]
    assert standing(world)[0].answered == "stewards"


def test_clash_is_answered_once_by_those_it_waits_on(world: World) -> None:
    world.act(ours(), by=CHAIR)
    world.act(theirs(), by=CHAIR)
    act = AnswerClash(clash=standing(world)[0].id, how="stewards")
    world.refused(AnswerClash(clash="none", how="x"), "unknown", by=CHAIR)
    world.refused(act, "not-entitled", by=MEMBER)
    world.act(act, by=SECRETARY)
    world.refused(act, "not-open", by=SECRETARY)
    came = world.act(MoveEvent(event="march", day=on(9)), by=CLERK)
    assert world.kinds(came) == ["event.moved"]


def test_clash_of_an_event_without_a_body_waits_on_the_clerk(world: World) -> None:
    world.act(ours(bodies=(), place="Hall"), by=CLERK)
    world.act(theirs(place="Hall"), by=CHAIR)
    (clash,) = standing(world)
    assert world.state.open_items[f"clash:{clash.id}"].owner == f"person:{CLERK}"
    world.refused(AnswerClash(clash=clash.id, how="x"), "not-entitled", by=CHAIR)
    world.act(AnswerClash(clash=clash.id, how="x"), by=CLERK)


def test_clash_lapses_when_an_event_moves_away_and_comes_back_with_it(world: World) -> None:
    world.act(ours(), by=CHAIR)
    world.act(theirs(), by=CHAIR)
    (clash,) = standing(world)
    for answered in (False, True):
        if answered:
            world.act(AnswerClash(clash=clash.id, how="stewards"), by=CHAIR)
        came = world.act(MoveEvent(event="march", day=on(10)), by=CLERK)
        assert world.kinds(came) == ["event.moved", "clash.lapsed"]
        assert f"clash:{clash.id}" not in world.state.open_items
        world.refused(AnswerClash(clash=clash.id, how="x"), "not-open", by=CHAIR)
        came = world.act(MoveEvent(event="march", day=on(9)), by=CLERK)
        assert world.kinds(came) == ["event.moved", "clash.found"]
    came = world.act(CancelEvent(event="rally"), by=CHAIR)
    assert world.kinds(came) == ["event.cancelled", "clash.lapsed"]
    assert standing(world) == []


def test_day_that_is_past_clashes_no_more_and_lapses_no_more(world: World) -> None:
    world.act(ours(), by=CHAIR)
    world.act(theirs(), by=CHAIR)
    world.wait(days=10)
    assert world.kinds(world.act(ours("again"), by=CHAIR)) == ["event.announced"]
    assert len(standing(world)) == 1


def test_clash_today_is_still_found_and_lapses_once(world: World) -> None:
    world.act(ours(n=0), by=CHAIR)
    assert "clash.found" in world.kinds(world.act(theirs(n=0), by=CHAIR))
    came = world.act(CancelEvent(event="march"), by=CHAIR)
    assert world.kinds(came) == ["event.cancelled", "clash.lapsed"]
    assert world.kinds(world.act(ours("fair", 5), by=CHAIR)) == ["event.announced"]


def test_events_dated_together_clash_once(world: World) -> None:
    world.act(ours(day=None), by=CHAIR)
    for event in ("music", "speech"):
        world.act(ours(event, day=None, anchor=Point(event="rally", days=1)), by=CHAIR)
    came = world.kinds(world.act(MoveEvent(event="rally", day=on(8)), by=CHAIR))
    assert came == ["event.moved", "clash.found"]


def test_event_of_others_that_names_our_body_does_not_make_it_answer(world: World) -> None:
    world.act(ours(bodies=(), place="Hall"), by=CLERK)
    world.act(theirs(place="Hall", bodies=("committee",)), by=CHAIR)
    (item,) = world.state.open_items.values()
    assert item.owner == f"person:{CLERK}"


def test_meetings_clash_from_convening_to_calling_off(world: World) -> None:
    world.act(theirs(n=21), by=CHAIR)
    at = NOON + timedelta(days=21)
    convene = ConveneMeeting(
        meeting="m",
        body="committee",
        title="Meeting",
        starts_at=at,
        day=Day(at.date()),
        city="Riga",
    )
    assert "clash.found" in world.kinds(world.act(convene, by=CHAIR))
    (clash,) = standing(world)
    assert clash.severity == "high"
    assert "clash.lapsed" in world.kinds(
        world.act(MoveVenue(meeting="m", place="Hall", city="Oslo"), by=CHAIR)
    )
    assert "clash.found" in world.kinds(
        world.act(MoveVenue(meeting="m", place="Hall", city="Riga"), by=CHAIR)
    )
    later = MoveMeeting(meeting="m", day=on(30), starts_at=NOON + timedelta(days=30))
    assert "clash.lapsed" in world.kinds(world.act(later, by=CHAIR))
    world.act(msgspec.structs.replace(later, day=on(21), starts_at=at), by=CHAIR)
    assert len(standing(world)) == 1
    world.act(CallOffMeeting(meeting="m"), by=CHAIR)
    assert standing(world) == []


SAME = ("people", "bodies", "place", "city", "opposed")


def small_worlds() -> Iterator[tuple[dict[str, bool], int, int, bool, int]]:
    """Whether each thing is the same, the days between, the notice of the later, whether ours, how many are meetings."""
    for same in product((False, True), repeat=len(SAME)):
        for apart, notice, own, meetings in product(
            (0, 1, 3), (0, 2, 3), (False, True), (False, True)
        ):
            yield dict(zip(SAME, same, strict=True)), apart, notice, own, meetings


def test_every_pair_of_events_is_graded_alike_from_both_sides() -> None:
    seen = set()
    for same, apart, notice, own, meetings in small_worlds():
        first = CalendarEvent(
            id="a",
            title="A",
            day=on(3),
            bodies=("a",),
            people=("p",),
            place="Hall",
            city="Riga",
            own=own,
            opposed=("b", "a") if same["opposed"] else (),
            meeting="a" if meetings == 2 else "",
        )
        second = CalendarEvent(
            id="b",
            title="B",
            day=on(3 + apart),
            bodies=("a",) if same["bodies"] else ("b",),
            people=("p", "q") if same["people"] else (),
            place="Hall" if same["place"] else "Park",
            city="Riga" if same["city"] else "Oslo",
            own=False,
            notice_days=notice,
            meeting="b" if meetings else "",
        )
        shared = same["people"] or same["bodies"]
        due = None
        if own and apart == 0:
            heavy = same["city"] and (same["place"] or same["opposed"])
            due = "high" if heavy else "medium" if shared else None
        elif own and shared and apart <= notice and meetings < 2:
            due = "low"
        for one, other in ((first, second), (second, first)):
            came = grade(one, other)
            assert (came[1] if came else None) == due, (same, apart, notice, own, meetings)
            if came:
                assert came[0] == on(3).on
                assert came[2]
        seen.add(due)
    assert seen == {None, "low", "medium", "high"}


@pytest.mark.parametrize(
    ("city", "other", "clashes"), [("", "", 1), ("Riga", "", 1), ("A", "B", 0)]
)
def test_place_of_one_name_is_one_place_unless_the_cities_differ(
    world: World, city: str, other: str, clashes: int
) -> None:
    world.act(ours(place="Hall", city=city), by=CHAIR)
    world.act(theirs(place="Hall", city=other, opposed=()), by=CHAIR)
    assert len(standing(world)) == clashes


def test_event_within_the_notice_of_another_is_a_slight_clash(world: World) -> None:
    world.act(ours("assembly", 20, notice_days=7), by=CHAIR)
    world.act(ours("outing", 13, people=(OBSERVER,)), by=CHAIR)
    world.act(ours("early", 12), by=CHAIR)
    (clash,) = standing(world)
    assert (clash.severity, clash.on, clash.why) == (
        "low",
        on(13).on,
        ("within-notice", "same-body"),
    )
