"""A meeting as its desk is shown it: who has not voted and why, who may be let in, who speaks, what waits for the chair."""

import re
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from quorate.assembly.divisions.figures import BY_FIGURES, agreed, not_voted
from quorate.assembly.heads import is_present
from quorate.assembly.model.division import Count, Division
from quorate.assembly.model.meeting import Meeting, PointOfOrder, Turn
from quorate.assembly.model.motion import Motion
from quorate.assembly.model.orders import StandingOrders
from quorate.assembly.roll import seated
from quorate.reading.page import ALL, Page, Span, page_of
from quorate.reading.reader import Reader
from quorate.reading.view.people import OrderView
from quorate.reading.words.subjects import Names

Why = Literal["absent", "represented", "silent"]
_number = re.compile(r"\b\d+(?:\.\d+)*[a-z]?\b")


class SilentView(Struct, frozen=True, kw_only=True):
    """A line of the register without a vote."""

    person_id: str
    name: str
    why: Why
    """`absent`: neither there nor represented; `represented`: another casts it; `silent`: there, and has not voted."""
    hand_id: str
    """Who can cast it: themselves, or whoever represents them; empty if nobody."""
    hand: str


class FiguresView(Struct, frozen=True, kw_only=True):
    """What one teller counted; no figures while they are to come."""

    teller_id: str
    teller: str
    count: Count | None


class TellersView(Struct, frozen=True, kw_only=True):
    """The figures of a counted division."""

    division_id: str
    question: str
    figures: list[FiguresView]
    agreed: bool
    differences: list[str]
    """Which figures the tellers differ in, and by how much."""


class CandidateView(Struct, frozen=True, kw_only=True):
    """Somebody with a seat in the body who is not at its meeting."""

    person_id: str
    name: str
    represented_by: str | None


class TurnView(Struct, frozen=True, kw_only=True):
    """Somebody who has the floor, waits for it or has had it."""

    id: str
    name: str
    side: str
    speaking: bool
    times: int
    """How often they have had the floor before at this meeting."""
    until: str | None
    """The hour at which their time is up."""
    used: str | None
    """Time used, as `1:42`; of whoever speaks, by the instant of the look."""
    over: bool
    """Whether their time is up."""


class PointView(Struct, frozen=True, kw_only=True):
    """A point of order and what came of it."""

    id: str
    name: str
    text: str | None
    about: str | None
    ruling: str
    ruled_by: str | None
    appealed_by: str | None
    sustained: bool | None
    touches: list[OrderView]
    """The clauses of the standing orders whose numbers it names."""


class ProxyView(Struct, frozen=True, kw_only=True):
    """A proxy that holds at a meeting."""

    id: str
    giver: str
    holder: str
    holder_there: bool
    instruction: str


def silent_voters(
    reader: Reader, division: Division, span: Span = ALL, search: str = ""
) -> Page[SilentView]:
    """The lines of the register without a vote, those first who could vote; none where votes have no names.

    Of those whose names contain what is searched for. Cost: a look at each line, and with a search each name.
    """
    left = [] if division.method in BY_FIGURES else not_voted(division)
    if wanted := search.casefold().split():
        left = [each for each in left if _fits(reader.person(each), wanted)]
    left.sort(key=lambda person: division.register[person].why == "absent")
    return page_of(left, span, lambda person: _silent(reader, division, person))


def _silent(reader: Reader, division: Division, person: str) -> SilentView:
    line = division.register[person]
    why: Why = "absent" if line.why == "absent" else ("represented" if line.by else "silent")
    hand = "" if why == "absent" else (line.by or person)
    return SilentView(
        person_id=person,
        name=reader.person(person),
        why=why,
        hand_id=hand,
        hand=reader.person(hand) if hand else "",
    )


def tellers(reader: Reader, division: Division) -> TellersView:
    """What each teller of a counted division has entered, and where they differ."""
    counts = list(division.counts.values())
    return TellersView(
        division_id=division.id,
        question=Names.of(reader).question(division.id),
        figures=[
            FiguresView(teller_id=who, teller=reader.person(who), count=division.counts.get(who))
            for who in division.tellers
        ],
        agreed=agreed(division),
        differences=list(_differences(counts)),
    )


_FIGURES = (
    ("votes_for", "for"),
    ("votes_against", "against"),
    ("abstentions", "abstaining"),
    ("not_voted", "not voted"),
    ("spoiled", "spoiled"),
)


def _differences(counts: list[Count]) -> list[str]:
    found = []
    for field, words in _FIGURES:
        figures = [getattr(count, field) for count in counts]
        if figures and max(figures) != min(figures):
            found.append(
                f"{words}: {min(figures)} against {max(figures)}, {max(figures) - min(figures)} apart"
            )
    return found


def candidates(
    reader: Reader, meeting: Meeting, search: str = "", span: Span = ALL
) -> Page[CandidateView]:
    """Those with a seat who are not there, whose name contains what is searched for, in the order of their names.

    Cost: a look at each seat.
    """
    state = reader.state
    away = [
        (reader.person(seat.person), seat.person)
        for seat in seated(state, state.bodies[meeting.body], reader.on)
        if not is_present(meeting, seat.person)
    ]
    wanted = search.casefold().split()
    found = sorted(each for each in away if _fits(each[0], wanted))
    represented = {
        proxy.giver: proxy.holder
        for proxy in state.proxies.values()
        if proxy.body == meeting.body and not proxy.revoked and is_present(meeting, proxy.holder)
    }
    return page_of(
        found,
        span,
        lambda each: CandidateView(
            person_id=each[1],
            name=each[0],
            represented_by=reader.person(represented[each[1]]) if each[1] in represented else None,
        ),
    )


def _fits(name: str, wanted: list[str]) -> bool:
    """Whether a name contains each of some parts, which are in lower case."""
    name = name.casefold()
    return all(part in name for part in wanted)


def turns(reader: Reader, meeting: Meeting, now: datetime, span: Span = ALL) -> Page[TurnView]:
    """Who has the floor, then who waits for it."""
    waiting = [each for each in meeting.turns.values() if each.yielded_at is None]
    waiting.sort(key=lambda turn: turn.id != meeting.speaking)
    return page_of(waiting, span, lambda turn: _turn(reader, meeting, turn, now))


def _turn(reader: Reader, meeting: Meeting, turn: Turn, now: datetime) -> TurnView:
    used = None if turn.granted_at is None else max(now - turn.granted_at, timedelta())
    before = [
        each
        for each in meeting.turns.values()
        if each.person == turn.person and each.yielded_at and each.granted_at
    ]
    return TurnView(
        id=turn.id,
        name=reader.person(turn.person),
        side=turn.side,
        speaking=turn.id == meeting.speaking,
        times=len(before),
        until=Names.of(reader).at_hour(turn.until) if turn.until else None,
        used=None if used is None else _clock(int(used.total_seconds())),
        over=turn.until is not None and now >= turn.until,
    )


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02}"


def points(reader: Reader, meeting: Meeting, span: Span = ALL) -> Page[PointView]:
    """The points of order, those without a ruling first, then the latest."""
    raised = list(reversed(meeting.points.values()))
    raised.sort(key=lambda point: bool(point.ruling))
    orders = reader.state.bodies[meeting.body].orders
    may_read = reader.reads(meeting.body, meeting.id)
    return page_of(raised, span, lambda point: _point(reader, orders, point, may_read=may_read))


def _point(
    reader: Reader, orders: StandingOrders | None, point: PointOfOrder, *, may_read: bool
) -> PointView:
    text = point.text if may_read else None
    return PointView(
        id=point.id,
        name=reader.person(point.person),
        text=text,
        about=Names.of(reader).titled(point.about) if point.about else None,
        ruling=point.ruling,
        ruled_by=reader.person(point.ruled_by) if point.ruled_by else None,
        appealed_by=reader.person(point.appealed_by) if point.appealed_by else None,
        sustained=point.sustained,
        touches=_touched(orders, text or ""),
    )


def _touched(orders: StandingOrders | None, text: str) -> list[OrderView]:
    numbers = set(_number.findall(text))
    if orders is None or not numbers:
        return []
    rules = [name for name in orders.__struct_fields__ if name != "preset"]
    return [
        OrderView(rule=name, clause=order.clause, words=order.words)
        for name in rules
        if (order := getattr(orders, name)) and order.clause in numbers
    ]


def proxies(reader: Reader, meeting: Meeting, span: Span = ALL) -> Page[ProxyView]:
    """The proxies that hold at a meeting, in the order in which they were given."""
    held = [
        each
        for each in reader.state.proxies.values()
        if each.body == meeting.body and not each.revoked and each.meeting in ("", meeting.id)
    ]
    return page_of(
        held,
        span,
        lambda proxy: ProxyView(
            id=proxy.id,
            giver=reader.person(proxy.giver),
            holder=reader.person(proxy.holder),
            holder_there=is_present(meeting, proxy.holder),
            instruction=proxy.instruction,
        ),
    )


def before_it(reader: Reader, meeting: Meeting) -> list[Motion]:
    """The motions that are moved or pending at a meeting, in the order in which they were moved. Cost: each motion."""
    return [
        each
        for each in reader.state.motions.values()
        if each.meeting == meeting.id and each.status in ("moved", "pending")
    ]
