"""Clauses of motions and decisions in words."""

from msgspec import UNSET, Struct, field

from quorate.assembly.model.calendar import Point, Window
from quorate.assembly.model.decision import Decision
from quorate.assembly.model.motion import Clause
from quorate.canon.moment import Day
from quorate.reading.reader import Iso, Reader


class ClauseView(Struct, frozen=True, kw_only=True):
    """One clause: whom it binds, to what, when, and which of its details are open or since fixed."""

    n: int
    """Its number."""
    modality: str
    """`must`, `may`, `must-not`, `only`, `defer` or `assumes`."""
    bearer: str | None
    action: str
    """Verb and object, such as `organise/rising`."""
    mode: str
    """`once` or `throughout`."""
    opens: str | None = field(name="from")
    opens_iso: Iso = field(name="from_iso", default=UNSET)
    ends: str | None = field(name="to")
    ends_iso: Iso = field(name="to_iso", default=UNSET)
    hangs_on: list[str]
    """The titles of the events on which its days hang."""
    conditions: list[str]
    owner: str | None
    """Who answers for it."""
    due_on: str | None
    due_on_iso: Iso = UNSET
    open_details: list[str]
    """Details left open and not fixed yet."""
    fixed: dict[str, str]
    """By detail: how it was fixed."""
    amount: int | None
    superseded_by: str | None
    """The clause of a later decision in its place."""


def clause_views(
    reader: Reader, clauses: tuple[Clause, ...], decision: Decision | None = None
) -> list[ClauseView]:
    """The clauses; of a decision in the state that has come to: what was fixed and superseded since."""
    return [_clause(reader, clause, decision) for clause in clauses]


def _clause(reader: Reader, clause: Clause, decision: Decision | None) -> ClauseView:
    window = clause.window or Window()
    start, end, due = (reader.point(point) for point in (window.start, window.end, clause.due))
    fixed = _fixed(reader, clause, decision)
    superseded = decision.superseded.get(clause.n) if decision else None
    return ClauseView(
        n=clause.n,
        modality=clause.modality,
        bearer=reader.refer(clause.bearer) if clause.bearer else None,
        action=clause.action,
        mode=clause.mode,
        opens=reader.day(start),
        opens_iso=reader.iso(start),
        ends=reader.day(end),
        ends_iso=reader.iso(end),
        hangs_on=_events(reader, (window.start, window.end, clause.due)),
        conditions=[reader.words(each) for each in clause.conditions],
        owner=reader.refer(clause.owner) if clause.owner else None,
        due_on=reader.day(due),
        due_on_iso=reader.iso(due),
        open_details=[slot for slot in clause.open_slots if slot not in fixed],
        fixed=fixed,
        amount=clause.amount,
        superseded_by=superseded,
    )


def _fixed(reader: Reader, clause: Clause, decision: Decision | None) -> dict[str, str]:
    fixed = decision.fixed if decision else {}
    keys = {slot: f"{clause.n}/{slot}" for slot in clause.open_slots}
    return {
        slot: (reader.day(value) or "") if isinstance(value := fixed[key], Day) else value
        for slot, key in keys.items()
        if key in fixed
    }


def _events(reader: Reader, points: tuple[Point | None, ...]) -> list[str]:
    names = [point.event for point in points if point is not None and point.event]
    calendar = reader.state.calendar
    return [
        reader.words(calendar[key].title) if key in calendar else key
        for key in dict.fromkeys(names)
    ]
