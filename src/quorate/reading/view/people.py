"""Bodies and members as people are shown them."""

from msgspec import UNSET, Struct

from quorate.assembly import heads
from quorate.assembly.heads import sits
from quorate.assembly.model.organisation import Body, Person, Seat
from quorate.assembly.roll import in_term, offices_of
from quorate.assembly.state import State
from quorate.reading.page import ALL, Page, Span, page_of
from quorate.reading.reader import Iso, Reader


class SeatView(Struct, frozen=True, kw_only=True):
    """A seat; `held` says whether its term runs on the day asked about."""

    name: str
    person_id: str
    body: str
    body_id: str
    weight: int
    """Votes of the seat."""
    since: str | None
    since_iso: Iso = UNSET
    until: str | None
    until_iso: Iso = UNSET
    substitute: str | None
    held: bool
    """Whether its term runs today."""


class OfficeView(Struct, frozen=True, kw_only=True):
    """An office and its holder."""

    id: str
    name: str
    role: str
    """What the standing orders call it."""
    body: str
    body_id: str
    holder: str | None
    holder_id: str
    since: str | None
    until: str | None


class OrderView(Struct, frozen=True, kw_only=True):
    """One standing order."""

    rule: str
    clause: str
    words: str


class BodyLine(Struct, frozen=True, kw_only=True):
    """A body in a list."""

    id: str
    name: str
    parent: str | None
    members: int
    """How many hold a seat today."""
    seats: int | None
    outside: bool
    """Whether it is a body that is not ours."""
    dissolved_on: str | None


class BodyView(BodyLine, frozen=True, kw_only=True):
    """A body whole."""

    remit: str
    same_remit: list[str]
    """Other bodies that have the same remit: who is competent is then open."""
    seated: Page[SeatView]
    """Present and past seats."""
    offices: list[OfficeView]
    orders: list[OrderView]


class MemberLine(Struct, frozen=True, kw_only=True):
    """A member in a list."""

    id: str
    name: str
    handle: str | None
    status: str
    """`good-standing`, `suspended`, `left` or `guest`."""
    admitted_on: str | None
    admitted_on_iso: Iso = UNSET
    entry: int
    """The entry of the record that holds their name, to be named when it is erased."""


class MemberView(MemberLine, frozen=True, kw_only=True):
    """A member whole: seats and offices, present and past."""

    suspended_until: str | None
    seats: list[SeatView]
    offices: list[OfficeView]


def bodies(reader: Reader, span: Span = ALL) -> Page[BodyLine]:
    """All bodies, for any reader: that a body exists is no secret."""
    return page_of(reader.state.bodies.values(), span, lambda body: body_line(reader, body))


def body_line(reader: Reader, body: Body) -> BodyLine:
    """One body in short."""
    return BodyLine(**_body(reader, body))  # type: ignore[arg-type]


def _body(reader: Reader, body: Body) -> dict[str, object]:
    return {
        "id": body.id,
        "name": body.name,
        "parent": reader.body(body.parent) if body.parent else None,
        "members": len(heads.members(reader.state, body, reader.on)),
        "seats": body.seats,
        "outside": body.outside,
        "dissolved_on": reader.day(body.dissolved_on),
    }


def body_view(reader: Reader, body: Body, span: Span = ALL) -> BodyView:
    """One body whole, of its seats those in the span, and only for those who may see what it does."""
    orders = body.orders
    names = [name for name in orders.__struct_fields__ if name != "preset"] if orders else []
    return BodyView(
        **_body(reader, body),  # type: ignore[arg-type]
        remit=body.remit,
        same_remit=[other.name for other in with_same_remit(reader.state, body)],
        seated=seats(reader, body, span),
        offices=_offices(reader, body=body.id),
        orders=[
            OrderView(rule=name, clause=order.clause, words=order.words)
            for name in names
            if (order := getattr(orders, name))
        ],
    )


def seats(reader: Reader, body: Body, span: Span = ALL) -> Page[SeatView]:
    """The seats of a body, present and past; none for those who may not see what it does."""
    held = body.seated if reader.sees(body.id) else {}
    return page_of(held.values(), span, lambda seat: _seat(reader, seat))


def with_same_remit(state: State, body: Body) -> list[Body]:
    """Other bodies not dissolved that were given the same remit, in the same words."""
    remit = body.remit.casefold()
    return [
        other
        for other in state.bodies.values()
        if remit
        and other.id != body.id
        and other.dissolved_on is None
        and other.remit.casefold() == remit
    ]


def members(reader: Reader, span: Span = ALL) -> Page[MemberLine]:
    """All members, former members and guests, in the order in which they were admitted; none for the public."""
    people = reader.state.people if reader.may_see("members") else {}
    return page_of(people.values(), span, lambda person: member_line(reader, person))


def member_line(reader: Reader, person: Person) -> MemberLine:
    """One member in short."""
    return MemberLine(**_member(reader, person))  # type: ignore[arg-type]


def _member(reader: Reader, person: Person) -> dict[str, object]:
    seen = reader.may_see("members") and person.known is not None
    return {
        "id": person.id,
        "name": reader.person(person.id),
        "handle": (person.known.handle or None) if seen and person.known else None,
        "status": person.status,
        "admitted_on": reader.day(person.admitted_on),
        "admitted_on_iso": reader.iso(person.admitted_on),
        "entry": person.entry,
    }


def member_view(reader: Reader, person: Person) -> MemberView:
    """One member whole."""
    seats = (body.seated.get(person.id) for body in reader.state.bodies.values())
    return MemberView(
        **_member(reader, person),  # type: ignore[arg-type]
        suspended_until=reader.day(person.until),
        seats=[_seat(reader, seat) for seat in seats if seat and reader.sees(seat.body)],
        offices=_offices(reader, holder=person.id),
    )


def _seat(reader: Reader, seat: Seat) -> SeatView:
    return SeatView(
        name=reader.person(seat.person),
        person_id=seat.person,
        body=reader.body(seat.body),
        body_id=seat.body,
        weight=seat.weight,
        since=reader.day(seat.since),
        since_iso=reader.iso(seat.since),
        until=reader.day(seat.until),
        until_iso=reader.iso(seat.until),
        substitute=reader.person(seat.substitute) if seat.substitute else None,
        held=sits(seat, reader.on),
    )


def _offices(reader: Reader, body: str = "", holder: str = "") -> list[OfficeView]:
    state = reader.state
    some = offices_of(state, body) if body else state.offices.values()
    return [
        OfficeView(
            id=each.id,
            name=each.name,
            role=each.role,
            body=reader.body(each.body),
            body_id=each.body,
            holder=reader.person(each.holder) if each.holder and in_term(each, reader.on) else None,
            holder_id=each.holder if in_term(each, reader.on) else "",
            since=reader.day(each.since),
            until=reader.day(each.until),
        )
        for each in some
        if holder in ("", each.holder)
    ]
