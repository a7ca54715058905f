"""Events of the calendar: announced, moved and cancelled, with what hangs on them confirmed; due days anchored on them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.assembly.act import Stamp
from quorate.assembly.affairs.dispatches import SendDispatch
from quorate.assembly.calendar.effects import effects_of_move
from quorate.assembly.calendar.events import (
    AnchorTo,
    AnnounceEvent,
    CancelEvent,
    ConfirmAfterMove,
    EventMoved,
    MoveEvent,
)
from quorate.assembly.days import day_of_point
from quorate.assembly.decisions.details import FixDetail
from quorate.assembly.decisions.duties import ChargeWith
from quorate.assembly.items import due_on, open_item
from quorate.assembly.model.calendar import Point, Window
from quorate.assembly.model.motion import Clause
from quorate.assembly.model.organisation import Organisation
from quorate.assembly.organisation.bodies import DissolveBody, EstablishBody
from quorate.assembly.state import State
from quorate.canon.moment import Day, parse_day
from tests.assembly.decisions.test_duties import decided
from tests.assembly.on_record import moved
from tests.cast import CHAIR, CLERK, MEMBER, NOON, OUTSIDER, SECRETARY, World, committee, convened

TODAY = NOON.date()
OWNER = f"person:{MEMBER}"


def on(n: int) -> Day:
    return Day(TODAY + timedelta(days=n))


def to(days: int = 0, event: str = "congress", **more: str) -> Point:
    return Point(event=event, days=days, **more)  # type: ignore[arg-type]


def announce(event: str = "congress", n: int | None = 20, **more: object) -> AnnounceEvent:
    given_day = None if n is None or "anchor" in more else on(n)
    fields: dict[str, object] = {"bodies": ("committee",), "day": given_day, **more}
    return AnnounceEvent(event=event, title=event.title(), **fields)  # type: ignore[arg-type]


@pytest.fixture
def world() -> World:
    world = committee()
    world.act(announce(), by=CHAIR)
    return world


def day_of(world: World, event: str) -> date | None:
    day = world.state.calendar[event].day
    return day.on if day else None


def test_event_belongs_to_bodies_and_people_that_are_known(world: World) -> None:
    world.refused(announce(), "exists", by=CHAIR)
    world.refused(announce("e", bodies=("none",)), "unknown", by=CHAIR)
    world.refused(announce("e", opposed=("none",)), "unknown", by=CHAIR)
    world.refused(announce("e", people=("p-none",)), "unknown", by=CHAIR)
    world.act(EstablishBody(body="old", name="Old"))
    world.act(DissolveBody(body="old"))
    world.refused(announce("e", bodies=("old",)), "body-dissolved", by=CHAIR)


def test_keepers_announce_their_own_events_and_those_of_others(world: World) -> None:
    world.act(EstablishBody(body="other", name="Other"))
    world.refused(announce("e"), "not-entitled", by=MEMBER)
    world.refused(announce("e", bodies=("other",)), "not-entitled", by=CHAIR)
    world.refused(announce("e", bodies=()), "needs-body", by=CHAIR)
    world.refused(announce("e", own=False), "not-entitled", by=MEMBER)
    world.act(announce("e", own=False, bodies=("other",)), by=SECRETARY)
    world.act(announce("f", bodies=()), by=CLERK)
    assert not world.state.calendar["e"].own


def test_day_may_be_unknown_or_hang_on_another_event(world: World) -> None:
    world.act(announce("rally", None), by=CHAIR)
    world.act(announce("eve", anchor=to(-1)), by=CHAIR)
    world.act(announce("stewards", anchor=to(-2, "rally")), by=CHAIR)
    world.act(announce("report", anchor=to(3, tie="fixed")), by=CHAIR)
    days = [day_of(world, key) for key in ("rally", "eve", "stewards", "report")]
    assert days == [None, on(19).on, None, on(23).on]
    world.act(MoveEvent(event="rally", day=on(9)), by=CHAIR)
    world.act(MoveEvent(event="congress", day=on(25)), by=CHAIR)
    days = [day_of(world, key) for key in ("rally", "eve", "stewards", "report")]
    assert days == [on(9).on, on(24).on, on(7).on, on(23).on]


def test_anchor_hangs_on_one_event_that_stands(world: World) -> None:
    world.refused(announce("e", day=on(2), anchor=to()), "day-twice", by=CHAIR)
    world.refused(announce("e", anchor=to(event="none")), "unknown", by=CHAIR)
    world.refused(announce("e", anchor=Point(on=TODAY)), "point-unclear", by=CHAIR)
    world.refused(announce("e", anchor=Point()), "point-unclear", by=CHAIR)
    world.act(announce("rally", None), by=CHAIR)
    undated = to(event="rally", tie="fixed")
    world.refused(announce("e", anchor=undated), "event-undated", by=CHAIR)
    world.act(CancelEvent(event="congress"), by=CHAIR)
    world.refused(announce("e", anchor=to()), "event-cancelled", by=CHAIR)


def test_moved_event_takes_its_hour_along_unless_told_another(world: World) -> None:
    world.act(announce("rally", 5, at=NOON + timedelta(days=5)), by=CHAIR)
    world.act(MoveEvent(event="rally", day=on(7)), by=CHAIR)
    assert world.state.calendar["rally"].at == NOON + timedelta(days=7)
    evening = datetime.combine(on(8).on, NOON.timetz()) + timedelta(hours=6)
    world.act(MoveEvent(event="rally", day=on(8), at=evening), by=CHAIR)
    assert world.state.calendar["rally"].at == evening
    assert world.state.calendar["rally"].moves == 2


def test_hour_belongs_to_the_day(world: World) -> None:
    evening = NOON + timedelta(days=5)
    world.refused(announce("e", 7, at=evening), "day-unlike-instant", by=CHAIR)
    world.refused(announce("e", None, at=evening), "day-unlike-instant", by=CHAIR)
    world.refused(announce("e", anchor=to(-2), at=evening), "day-unlike-instant", by=CHAIR)
    world.act(announce("e", anchor=to(-15), at=evening), by=CHAIR)
    odd = MoveEvent(event="congress", day=on(25), at=evening)
    world.refused(odd, "day-unlike-instant", by=CHAIR)


def test_chain_of_offsets_ends_where_days_can_be_reckoned_no_more(world: World) -> None:
    world.act(announce("e0", n=None), by=CHAIR)
    for i in range(12):
        world.act(announce(f"e{i + 1}", anchor=to(36_500, f"e{i}")), by=CHAIR)
    world.refused(MoveEvent(event="e0", day=on(1)), "beyond-the-calendar", by=CHAIR)
    assert day_of(world, "e0") is None
    world.act(MoveEvent(event="e5", day=on(1)), by=CHAIR)


def test_event_that_follows_keeps_a_new_distance_when_moved_itself(world: World) -> None:
    world.act(announce("eve", anchor=to(-1)), by=CHAIR)
    world.act(MoveEvent(event="eve", day=on(17)), by=CHAIR)
    world.act(MoveEvent(event="congress", day=on(25)), by=CHAIR)
    assert day_of(world, "eve") == on(22).on
    world.act(announce("late", anchor=to(2, tie="fixed")), by=CHAIR)
    world.act(MoveEvent(event="late", day=on(30)), by=CHAIR)
    anchor = world.state.calendar["late"].anchor
    assert anchor is not None
    assert anchor.held == on(30).on


def test_undated_events_that_follow_lose_their_anchor_when_given_a_day_first(world: World) -> None:
    world.act(announce("rally", None), by=CHAIR)
    world.act(announce("stewards", anchor=to(-2, "rally")), by=CHAIR)
    world.act(MoveEvent(event="stewards", day=on(3)), by=CHAIR)
    world.act(MoveEvent(event="rally", day=on(9)), by=CHAIR)
    assert day_of(world, "stewards") == on(3).on


def test_only_who_may_announce_may_move_or_cancel(world: World) -> None:
    for act in (MoveEvent(event="congress", day=on(25)), CancelEvent(event="congress")):
        world.refused(act, "not-entitled", by=MEMBER)
        world.refused(act, "not-entitled", by=OUTSIDER)
    world.act(CancelEvent(event="congress"), by=SECRETARY)
    for act in (MoveEvent(event="congress", day=on(25)), CancelEvent(event="congress")):
        world.refused(act, "event-cancelled", by=CHAIR)
    world.refused(CancelEvent(event="none"), "unknown", by=CHAIR)


def test_meeting_is_not_moved_behind_the_back_of_its_notice() -> None:
    world = convened()
    world.refused(MoveEvent(event="meeting-1", day=on(90)), "event-is-a-meeting", by=CHAIR)
    world.refused(CancelEvent(event="meeting-1"), "event-is-a-meeting", by=CHAIR)


def test_trouble_has_to_be_confirmed_and_is_listed(world: World) -> None:
    duty = ChargeWith(duty="hall", bearer=OWNER, what="hire", body="committee", due=to(-5))
    world.act(duty, by=CHAIR)
    world.wait(days=2)
    act = MoveEvent(event="congress", day=on(6))
    refusal = world.refused(act, "would-break", by=CHAIR)
    assert [(each.what, each.effect) for each in refusal.facts["troubles"]] == [
        ("item:duty:hall", "overdue")
    ]
    (moved,) = world.act(MoveEvent(event="congress", day=on(6), confirm=True), by=CHAIR)
    assert isinstance(moved, EventMoved)
    assert [each.what for each in moved.effects] == ["item:duty:hall"]
    (move,) = world.state.moves
    assert (move.before, move.after, move.effects) == (on(20), on(6), moved.effects)


def test_what_rests_on_the_old_day_waits_until_somebody_says_whether_it_stands(
    world: World,
) -> None:
    window = Window(start=to(), end=to())
    decided(world, Clause(n=1, modality="assumes", action="congress/meets", window=window))
    world.refused(MoveEvent(event="congress", day=on(25)), "would-break", by=CHAIR)
    world.act(MoveEvent(event="congress", day=on(25), confirm=True), by=CHAIR)
    world.act(MoveEvent(event="congress", day=on(26), confirm=True), by=CHAIR)
    item = world.state.open_items["confirmation:clause:d/1"]
    assert item.owner == "body:committee"
    assert item.facts == {"why": "assumed", "event": "congress", "before": str(on(25).on)}
    confirm = ConfirmAfterMove(what="clause:d/1", how="stands")
    world.refused(confirm, "not-entitled", by=MEMBER)
    world.act(confirm, by=SECRETARY)
    world.refused(confirm, "unknown", by=SECRETARY)
    assert not world.state.open_items


def test_motion_that_rests_on_the_old_day_is_amended_and_not_confirmed(world: World) -> None:
    assumption = Clause(n=1, modality="assumes", conditions=("event:congress",))
    moved(world, "m", clauses=(assumption,))
    move = MoveEvent(event="congress", day=on(25))
    troubles = world.refused(move, "would-break", by=CHAIR).facts["troubles"]
    assert [each.what for each in troubles] == ["motion:m/1"]
    world.act(MoveEvent(event="congress", day=on(25), confirm=True), by=CHAIR)
    assert not world.state.open_items


def test_notice_that_has_gone_out_or_is_too_short_has_to_be_confirmed(world: World) -> None:
    world.act(announce("assembly", 9, notice_days=7), by=CHAIR)
    world.wait(days=2)
    late = world.refused(MoveEvent(event="assembly", day=on(8)), "would-break", by=CHAIR)
    assert [(each.what, each.effect) for each in late.facts["troubles"]] == [
        ("event:assembly", "broken")
    ]
    known = world.refused(MoveEvent(event="assembly", day=on(30)), "would-break", by=CHAIR)
    assert [(each.what, each.effect) for each in known.facts["troubles"]] == [
        ("event:assembly", "needs-confirming")
    ]
    world.act(MoveEvent(event="assembly", day=on(30), confirm=True), by=CHAIR)
    world.act(ConfirmAfterMove(what="event:assembly", how="stands"), by=CHAIR)
    world.act(MoveEvent(event="assembly", day=on(40)), by=CHAIR)


def test_what_moved_with_a_cancelled_event_waits_to_be_confirmed(world: World) -> None:
    world.act(announce("eve", anchor=to(-1)), by=CHAIR)
    world.act(announce("report", bodies=(), anchor=to(3, tie="fixed")), by=CLERK)
    world.act(announce("hall", bodies=(), anchor=to(3)), by=CLERK)
    duty = ChargeWith(duty="hall", bearer=OWNER, what="hire", body="committee", due=to(-5))
    world.act(duty, by=CHAIR)
    window = Window(end=to())
    decided(world, Clause(n=1, modality="must-not", action="march", window=window))
    refusal = world.refused(CancelEvent(event="congress"), "would-break", by=CHAIR)
    things = ("event:eve", "event:hall", "item:duty:hall", "clause:d/1")
    assert [(each.what, each.effect) for each in refusal.facts["troubles"]] == [
        (each, "needs-confirming") for each in things
    ]
    world.act(CancelEvent(event="congress", confirm=True), by=CHAIR)
    world.act(ConfirmAfterMove(what="item:duty:hall", how="falls"), by=MEMBER)
    world.act(ConfirmAfterMove(what="event:hall", how="falls"), by=CLERK)
    assert {key for key in world.state.open_items if key.startswith("confirmation")} == {
        "confirmation:event:eve",
        "confirmation:clause:d/1",
    }


def test_open_item_is_anchored_by_the_keepers_of_its_body(world: World) -> None:
    world.act(ChargeWith(duty="hall", bearer=OWNER, what="hire", body="committee"), by=CHAIR)
    world.refused(AnchorTo(item="duty:none", point=to()), "unknown", by=CHAIR)
    world.refused(AnchorTo(item="duty:hall", point=to(-5)), "not-entitled", by=MEMBER)
    world.refused(AnchorTo(item="duty:hall", point=Point(on=TODAY)), "point-unclear", by=CHAIR)
    world.act(AnchorTo(item="duty:hall", point=to(-5)), by=CHAIR)
    world.act(MoveEvent(event="congress", day=on(25)), by=CHAIR)
    item = world.state.open_items["duty:hall"]
    assert due_on(world.state, item) == on(20).on
    assert world.state.duties["hall"].due == item.due


def test_dispatch_is_due_by_the_event_that_its_item_is_anchored_on(world: World) -> None:
    world.act(SendDispatch(dispatch="x", to=OWNER, messenger=MEMBER, body="committee"), by=CHAIR)
    world.act(AnchorTo(item="dispatch:x", point=to(-1)), by=CHAIR)
    assert world.state.dispatches["x"].due == to(-1)


def test_day_of_a_postponed_motion_is_for_its_body_alone(world: World) -> None:
    stamp = Stamp(at=NOON, by=CHAIR)
    fields = {"body": "committee", "owner": "body:committee", "next_step": "put-question"}
    open_item(world.state, stamp, "motion", "m", **fields)
    world.refused(AnchorTo(item="motion:m", point=to()), "due-by-motion", by=CHAIR)


def test_detail_is_anchored_within_the_window_decided(world: World) -> None:
    window = Window(end=to(-1))
    clause = Clause(n=1, modality="defer", owner=OWNER, open_slots=("date",), window=window)
    decided(world, clause)
    item = "detail:d.1.date"
    world.refused(AnchorTo(item=item, point=to()), "outside-window", by=CHAIR)
    world.act(AnchorTo(item=item, point=to(-3, tie="fixed")), by=CHAIR)
    world.act(MoveEvent(event="congress", day=on(25)), by=CHAIR)
    assert due_on(world.state, world.state.open_items[item]) == on(17).on
    world.act(FixDetail(detail="d.1.date", day=on(24)), by=MEMBER)


def test_days_that_follow_are_written_in_the_calendar_of_the_house() -> None:
    world = committee()
    assert isinstance(world.state.organisation, Organisation)
    world.state.organisation.calendar = "julian"
    act = announce(day=parse_day("2026-04-20 O.S."))
    world.act(act, by=CHAIR)
    world.act(announce("eve", anchor=to(-1)), by=CHAIR)
    world.act(MoveEvent(event="congress", day=parse_day("2026-04-25 O.S.")), by=CHAIR)
    assert str(world.state.calendar["eve"].day) == "24 April 2026 O.S."


anchors = st.builds(to, st.integers(-30, 30), tie=st.sampled_from(["moves", "fixed"]))
ends = st.none() | st.integers(-30, 30).map(to)


@settings(max_examples=40)
@given(
    dues=st.lists(anchors, max_size=4),
    chain=st.lists(st.tuples(anchors, st.booleans()), max_size=5),
    windows=st.lists(st.tuples(ends, ends), max_size=4),
    path=st.lists(st.integers(-60, 60), min_size=1, max_size=4),
)
def test_moving_forth_and_back_restores_every_anchor(
    dues: list[Point],
    chain: list[tuple[Point, bool]],
    windows: list[tuple[Point | None, Point | None]],
    path: list[int],
) -> None:
    world = committee()
    world.act(announce(), by=CHAIR)
    for n, point in enumerate(dues):
        charge = ChargeWith(duty=f"u{n}", bearer=OWNER, what="x", body="committee", due=point)
        world.act(charge, by=CHAIR)
    for n, (point, on_the_last) in enumerate(chain):
        event = f"e{n - 1}" if n and on_the_last else "congress"
        hung = Point(event=event, days=point.days, tie=point.tie)
        world.act(announce(f"e{n}", anchor=hung), by=CHAIR)
    clauses = tuple(
        Clause(n=n, modality="must-not", window=Window(start=start, end=end))
        for n, (start, end) in enumerate(windows, 1)
    )
    decided(world, *clauses)
    before = hanging(world.state)
    for stop in (*path, 20):
        preview = effects_of_move(world.state, "congress", on(stop).on, TODAY)
        world.act(MoveEvent(event="congress", day=on(stop), confirm=True), by=CHAIR)
        assert world.state.moves[-1].effects == preview
        for n, due in enumerate(dues):
            item = world.state.open_items[f"duty:u{n}"]
            held = 20 if due.tie == "fixed" else stop
            assert due_on(world.state, item) == on(held + due.days).on
    assert hanging(world.state) == before


def hanging(state: State) -> list[object]:
    """Every day that is anchored, as it is now."""
    events = [(event.id, event.day, event.anchor) for event in state.calendar.values()]
    dues = [(item.id, due_on(state, item)) for item in state.open_items.values() if item.due]
    spans = [
        [day_of_point(state, point) for point in (window.start, window.end) if point]
        for decision in state.decisions.values()
        for clause in decision.clauses
        if (window := clause.window) is not None
    ]
    return [*events, *dues, *spans]
