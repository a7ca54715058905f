"""The effects of a move: every relation of a window to the event that moves, and every kind of thing that hangs on one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from quorate.assembly.act import Stamp
from quorate.assembly.calendar.effects import effects_of_cancelling, effects_of_move
from quorate.assembly.items import dispose
from quorate.assembly.model.calendar import CalendarEvent, Effect, Point, Window
from quorate.assembly.model.decision import Decision, Duty
from quorate.assembly.model.item import Item
from quorate.assembly.model.motion import Clause, Motion
from quorate.assembly.model.organisation import Body
from quorate.assembly.state import State
from quorate.canon.moment import Day, parse_day

NOW = date(2026, 3, 2)
LONG_AGO, FAR_AHEAD = -1000, 1000


def plus(n: int) -> date:
    return NOW + timedelta(days=n)


def world(*clauses: Clause, event_on: int | None = 20) -> State:
    """A congress on a day, and one decision made of these clauses."""
    state = State()
    state.bodies["b"] = Body(id="b", name="B")
    day = None if event_on is None else Day(plus(event_on))
    state.calendar["congress"] = CalendarEvent(id="congress", title="Congress", day=day)
    state.calendar["rally"] = CalendarEvent(id="rally", title="Rally", day=Day(plus(10)))
    state.decisions["d"] = Decision(
        id="d",
        motion="d",
        division="",
        body="b",
        meeting="",
        on=NOW,
        seq=0,
        title="D",
        clauses=clauses,
    )
    return state


def effects(state: State, n: int, today: date = NOW) -> list[Effect]:
    return list(effects_of_move(state, "congress", plus(n), today))


def by_thing(state: State, n: int, today: date = NOW) -> dict[str, tuple[str, int]]:
    return {each.what: (each.effect, each.days) for each in effects(state, n, today)}


def at(days: int, tie: str = "moves", event: str = "congress") -> Point:
    held = plus(20 + days) if tie == "fixed" else None
    return Point(event=event, days=days, tie=tie, held=held)  # type: ignore[arg-type]


def put(state: State, key: str, due: Point) -> None:
    state.open_items[key] = Item(
        id=key,
        kind="duty",
        subject=key.partition(":")[2],
        body="b",
        owner="body:b",
        opened_on=NOW,
        opened_seq=0,
        next="do-duty",
        due=due,
    )


OFFSETS = (-3, 0, 3)
ENDS: list[Point | None] = [
    None,
    *(Point(on=plus(20 + n)) for n in OFFSETS),
    *(at(n) for n in OFFSETS),
    *(at(n, "fixed") for n in OFFSETS),
    at(0, event="rally"),
]


def expected(start: Point | None, end: Point | None, shift: int, modality: str) -> str | None:
    """What becomes of a window, by counting the days in it one by one."""

    def where(point: Point | None, moved: int, open_end: int) -> int:
        if point is None:
            return open_end
        if point.on is not None:
            return (point.on - NOW).days
        base = 10 if point.event == "rally" else 20
        return base + point.days + (moved if point.tie == "moves" and base == 20 else 0)

    hanging = [p for p in (start, end) if p is not None and p.event == "congress"]
    if not hanging:
        return None
    if {p.tie for p in hanging} == {"fixed"}:
        return "fixed"
    after = range(where(start, shift, LONG_AGO), where(end, shift, FAR_AHEAD) + 1)
    before = range(where(start, 0, LONG_AGO), where(end, 0, FAR_AHEAD) + 1)
    if not after:
        return "broken"
    if len(after) == len(before):
        return "follows"
    if len(after) > len(before):
        return "gains"
    return "squeezed" if start and end and modality != "must-not" else "loses"


def small_worlds() -> Iterator[tuple[Point | None, Point | None, int, str]]:
    for start, end, shift, modality in product(ENDS, ENDS, range(-8, 9), ("must-not", "may")):
        if shift:
            yield start, end, shift, modality


def test_every_window_has_the_effect_that_counting_its_days_shows() -> None:
    seen = set()
    for start, end, shift, modality in small_worlds():
        window = Window(start=start, end=end)
        state = world(Clause(n=1, modality=modality, window=window))  # type: ignore[arg-type]
        came = [each.effect for each in effects(state, 20 + shift)]
        due = expected(start, end, shift, modality)
        assert came == ([due] if due else []), (start, end, shift, modality)
        seen |= set(came)
    assert seen == {"follows", "fixed", "squeezed", "broken", "gains", "loses"}


def test_prohibition_until_the_congress_lasts_as_many_days_longer() -> None:
    """Of the October episode: the Congress moves from the 20th to the 25th."""
    old, new = (parse_day(f"1917-10-{n} O.S.").on for n in (20, 25))
    state = world(Clause(n=1, modality="must-not", window=Window(end=at(-1))))
    state.calendar["congress"].day = Day(old)
    (effect,) = effects_of_move(state, "congress", new, parse_day("1917-10-18 O.S.").on)
    yesterday = timedelta(days=1)
    assert effect == Effect("clause:d/1", "gains", old - yesterday, new - yesterday, 5)


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (at(-3), at(3), (23, 28)),
        (at(-3), Point(on=plus(40)), (17, 22)),
        (at(-3), at(3, "fixed"), (17, 22)),
        (at(-3, "fixed"), at(3), (23, 28)),
        (Point(on=plus(9)), at(3), (23, 28)),
        (at(-3), None, (17, 22)),
    ],
)
def test_days_shown_are_those_of_the_later_end_that_moves(
    start: Point, end: Point | None, shown: tuple[int, int]
) -> None:
    state = world(Clause(n=1, modality="may", window=Window(start=start, end=end)))
    (effect,) = effects(state, 25)
    assert (effect.before, effect.after) == (plus(shown[0]), plus(shown[1]))


def test_nothing_happens_when_the_day_stays() -> None:
    state = world(Clause(n=1, modality="must-not", window=Window(end=at(-1))))
    put(state, "duty:x", at(-1))
    assert effects(state, 20) == []


def test_items_follow_stay_or_are_overdue() -> None:
    state = world()
    put(state, "duty:x", at(-2))
    put(state, "duty:y", at(-2, "fixed"))
    put(state, "duty:z", Point(on=plus(3)))
    assert by_thing(state, 25) == {"item:duty:x": ("follows", 5), "item:duty:y": ("fixed", 0)}
    assert by_thing(state, 2) == {"item:duty:x": ("follows", -18), "item:duty:y": ("fixed", 0)}
    assert by_thing(state, 1)["item:duty:x"] == ("overdue", -19)


def test_first_day_of_an_event_gives_a_day_to_what_hangs_on_it() -> None:
    state = world(Clause(n=1, modality="must", window=Window(end=at(-1))), event_on=None)
    put(state, "duty:x", at(-2))
    assert effects(state, 20) == [
        Effect("item:duty:x", "follows", None, plus(18)),
        Effect("clause:d/1", "follows", None, plus(19)),
    ]


def test_events_follow_through_others_and_carry_items_with_them() -> None:
    state = world()
    for key, anchor in (("eve", at(-1)), ("dinner", at(0, event="eve")), ("fair", at(1, "fixed"))):
        state.calendar[key] = CalendarEvent(id=key, title=key, day=Day(plus(19)), anchor=anchor)
    put(state, "duty:cook", at(-1, event="dinner"))
    assert by_thing(state, 25) == {
        "event:eve": ("follows", 5),
        "event:dinner": ("follows", 5),
        "event:fair": ("fixed", 0),
        "item:duty:cook": ("follows", 5 + 1 - 1),
    }
    state.calendar["eve"].cancelled = True
    state.calendar["fair"].cancelled = True
    assert by_thing(state, 25) == {}


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        (20, 25, None),
        (20, 8, None),
        (20, 7, "broken"),
        (7, 20, "needs-confirming"),
        (8, 20, None),
        (0, 20, "needs-confirming"),
        (-1, 20, None),
    ],
)
def test_notice_needs_its_clear_days_and_binds_once_it_is_out(
    old: int, new: int, effect: str | None
) -> None:
    state = world(event_on=old)
    state.calendar["congress"].notice_days = 7
    came = effects(state, new)
    assert [each.effect for each in came] == ([effect] if effect else [])
    state.calendar["congress"].own = False
    assert effects(state, new) == []


def test_our_own_event_in_the_past_is_overdue() -> None:
    assert by_thing(world(), -1) == {"event:congress": ("overdue", -21)}
    assert by_thing(world(), 0) == {}


@pytest.mark.parametrize("how", ["start", "end", "due", "condition"])
def test_assumption_has_to_be_confirmed_wherever_it_names_the_event(how: str) -> None:
    clause = {
        "start": Clause(n=1, modality="assumes", window=Window(start=at(0))),
        "end": Clause(n=1, modality="assumes", window=Window(end=at(0, "fixed"))),
        "due": Clause(n=1, modality="assumes", due=at(0)),
        "condition": Clause(n=1, modality="assumes", conditions=("mood", "event:congress")),
    }[how]
    assert by_thing(world(clause), 25) == {"clause:d/1": ("needs-confirming", 5)}
    other = Clause(n=1, modality="assumes", conditions=("congress", "event:rally"))
    assert by_thing(world(other), 25) == {}
    assert by_thing(world(clause, event_on=None), 25) == {}


def test_cancelling_puts_in_question_what_moves_with_it_and_what_assumes_it() -> None:
    ground = Clause(n=4, modality="assumes", conditions=("event:congress",))
    state = world(
        Clause(n=1, modality="must-not", window=Window(end=at(-1))),
        Clause(n=2, modality="may", window=Window(start=at(0, "fixed"), end=at(2))),
        Clause(n=3, modality="may", window=Window(start=at(0, "fixed"), end=at(2, event="rally"))),
        ground,
        Clause(n=5, modality="assumes", window=Window(end=at(1, "fixed"))),
    )
    state.motions["m"] = Motion(
        id="m",
        kind="main",
        mover="p",
        body="b",
        meeting="",
        moved_on=NOW,
        moved_seq=0,
        clauses=(ground,),
    )
    came = {
        each.what: (each.effect, each.before) for each in effects_of_cancelling(state, "congress")
    }
    assert came == {
        "clause:d/1": ("needs-confirming", plus(19)),
        "clause:d/2": ("needs-confirming", plus(22)),
        "clause:d/3": ("fixed", plus(20)),
        "clause:d/4": ("needs-confirming", plus(20)),
        "clause:d/5": ("needs-confirming", plus(20)),
        "motion:m/4": ("needs-confirming", plus(20)),
    }


def test_clause_no_longer_in_force_hangs_on_nothing() -> None:
    clauses = [Clause(n=n, modality="must-not", window=Window(end=at(0))) for n in (1, 2)]
    state = world(*clauses)
    state.decisions["d"].superseded[1] = "e/1"
    assert by_thing(state, 25) == {"clause:d/2": ("gains", 5)}
    state.decisions["d"].rescinded_by = "e"
    assert by_thing(state, 25) == {}


def test_duty_that_waits_is_overdue_but_one_discharged_is_not() -> None:
    late = plus(24)
    state = world(Clause(n=1, modality="must", bearer="body:b", window=Window(end=at(-2))))
    assert by_thing(state, 25, late) == {"clause:d/1": ("overdue", 5)}
    assert by_thing(state, 26, late) == {"clause:d/1": ("gains", 6)}
    state.duties["d.1"] = Duty(id="d.1", bearer="body:b", what="x", body="b")
    put(state, "duty:d.1", at(-2))
    overdue = {"item:duty:d.1": ("overdue", 5), "clause:d/1": ("overdue", 5)}
    assert by_thing(state, 25, late) == overdue
    dispose(state, Stamp(at=datetime(2026, 3, 2, tzinfo=UTC), by="p"), "duty", "d.1", "done")
    assert by_thing(state, 25, late) == {}


def test_due_day_of_a_clause_that_laid_no_duty_is_shown_by_itself() -> None:
    state = world(
        Clause(n=1, modality="must", due=at(-1)), Clause(n=2, modality="may", due=at(0, "fixed"))
    )
    assert by_thing(state, 25) == {"due:d/1": ("follows", 5), "due:d/2": ("fixed", 0)}
    state.duties["d.1"] = Duty(id="d.1", bearer="body:b", what="x", body="b")
    assert by_thing(state, 25) == {"due:d/2": ("fixed", 0)}
    state.duties["d.2.detail"] = state.duties["d.1"]
    assert by_thing(state, 25) == {}


def test_pending_motion_shows_what_it_would_decide() -> None:
    state = world()
    clauses = (
        Clause(n=1, modality="must-not", window=Window(end=at(-1))),
        Clause(n=2, modality="must", bearer="body:b", window=Window(end=at(-1)), due=at(-2)),
        Clause(n=3, modality="assumes", conditions=("event:congress",)),
    )
    state.motions["m"] = Motion(
        id="m",
        kind="main",
        mover="p",
        body="b",
        meeting="",
        moved_on=NOW,
        moved_seq=0,
        clauses=clauses,
    )
    assert by_thing(state, 25) == {
        "motion:m/1": ("gains", 5),
        "motion:m/2": ("gains", 5),
        "due:m/2": ("follows", 5),
        "motion:m/3": ("needs-confirming", 5),
    }
    assert by_thing(state, 1, plus(1))["motion:m/2"] == ("overdue", -19)
    state.motions["m"].status = "rejected"
    assert by_thing(state, 25) == {}


def test_motion_postponed_to_an_event_follows_it_and_is_shown_once() -> None:
    state = world()
    motion = Motion(id="m", kind="main", mover="p", body="b", meeting="", moved_on=NOW, moved_seq=0)
    motion.status, motion.until = "postponed", at(0)
    state.motions["m"] = motion
    assert by_thing(state, 25) == {"motion:m": ("follows", 5)}
    put(state, "motion:m", at(0))
    assert by_thing(state, 25) == {"item:motion:m": ("follows", 5)}
