"""Who is who on a given day: seats, offices, presence, quorum, and who may do what.

Everything here is a question; nothing changes the state and only `require` functions refuse.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from quorate.assembly.act import Stamp
from quorate.assembly.heads import counting, in_good_standing, is_present, sits, voters
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.model.orders import Order, Quorum, StandingOrders
from quorate.assembly.model.organisation import Body, Office, Seat
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.state import State

refusals(
    body_dissolved="body on",
    not_present="person meeting",
)

KEEPERS = ("clerk", "chair", "secretary")
"""Who keeps the books of a body: its chair and secretary, and the organisation's clerk."""


def seated(state: State, body: Body, on: date) -> Iterator[Seat]:
    """The seats held on a day by members in good standing, voting or not. Cost: one look at each seat ever held."""
    people = state.people
    for seat in body.seated.values():
        if sits(seat, on) and people[seat.person].status == "good-standing":
            yield seat


def seat_of(state: State, body: Body, person: str, on: date) -> Seat | None:
    """The seat that a member in good standing holds in a body on a day, if any."""
    seat = body.seated.get(person)
    if seat is None or not sits(seat, on) or not in_good_standing(state, person):
        return None
    return seat


def offices_of(state: State, body: str) -> Iterator[Office]:
    """The offices of a body."""
    return (office for office in state.offices.values() if office.body == body)


def holds(state: State, person: str, role: str, body: str, on: date) -> bool:
    """Whether somebody holds an office with a role in a body on a day."""
    # The holder of a vacant office is "", which is nobody.
    return person != "" and any(
        office.role == role and office.holder == person and in_term(office, on)
        for office in offices_of(state, body)
    )


def in_term(office: Office, on: date) -> bool:
    """Whether an office's holder is in their term on a day."""
    return (office.since is None or office.since <= on) and (
        office.until is None or on <= office.until
    )


def orders_of(body: Body) -> StandingOrders:
    """The standing orders of a body, or Refused `no-standing-orders`."""
    if body.orders is None:
        raise Refused("no-standing-orders", body=body.id)
    return body.orders


def may(state: State, person: str, who: Iterable[str], body: Body, on: date) -> bool:
    """Whether somebody is among those whom a rule names (`anyone`, `clerk`, `member`, or a role of the body)."""
    for name in who:
        if name == "anyone":
            return True
        if name == "clerk" and person == state.house().clerk:
            return True
        if name == "member" and seat_of(state, body, person, on) is not None:
            return True
        if holds(state, person, name, body.id, on):
            return True
    return False


def require(  # in the order in which one says it: may this one, being so, do that, by what
    state: State, stamp: Stamp, who: Iterable[str], body: Body, order: Order | None = None
) -> None:
    """Return if the one who acts is among those named, else raise Refused `not-entitled` citing the order."""
    names = tuple(who)
    if not may(state, stamp.by, names, body, stamp.on):
        raise Refused(
            "not-entitled",
            person=stamp.by,
            needs=names,
            clause=order,
        )


def require_seat(state: State, person: str, body: Body, on: date) -> Seat:
    """The seat of a member in good standing, or Refused `not-a-member`."""
    seat = seat_of(state, body, person, on)
    if seat is None:
        raise Refused("not-a-member", person=person, body=body.id)
    return seat


def quorum_present(state: State, meeting: Meeting, on: date) -> int:
    """How many count towards the quorum of a meeting: see `heads.counting`."""
    return len(counting(state, meeting, on))


def quorum_needed(state: State, body: Body, rule: Quorum, on: date) -> int:
    """How many must be present, in whole people: the larger of the number and the fraction, rounded up."""
    voter_count = len(voters(state, body, on))
    # A body without a number of seats has its members for a base: half of no seats would be a quorum of nobody.
    base = voter_count if rule.of == "members" or body.seats is None else body.seats
    # In whole numbers: 7/25 of 25 is above 7 as a float. "More than" adds one only where nothing was rounded up, and
    # nothing to a fraction of 0, which is what a rule with a plain number has.
    whole, rest = divmod(rule.numerator * base, rule.denominator)
    share = whole + 1 if rest or (rule.more_than and rule.numerator) else whole
    return max(rule.number, share)


def has_quorum(state: State, meeting: Meeting, on: date) -> bool:
    """Whether a meeting has its quorum at this moment."""
    body = state.bodies[meeting.body]
    rule = orders_of(body).quorum
    return quorum_present(state, meeting, on) >= quorum_needed(state, body, rule, on)


def require_business(state: State, meeting: Meeting, on: date) -> None:
    """Return if a meeting may do business now, else raise Refused.

    It must be sitting, and have its quorum where the quorum is continuous.
    """
    if meeting.status != "sitting":
        raise Refused(
            "not-open", what="meeting", id=meeting.id, status=meeting.status, statuses=("sitting",)
        )
    rule = orders_of(state.bodies[meeting.body]).quorum
    if rule.held == "continuous" and not has_quorum(state, meeting, on):
        raise Refused(
            "no-quorum",
            present=quorum_present(state, meeting, on),
            needed=quorum_needed(state, state.bodies[meeting.body], rule, on),
            clause=rule,
        )


def existing_body(state: State, key: str) -> Body:
    """The body of that id, not dissolved.

    Raises:
        Refused: there is none, or it was dissolved.
    """
    body = state.body(key)
    if body.dissolved_on is not None:
        raise Refused("body-dissolved", body=body.id, on=body.dissolved_on)
    return body


def require_chair(meeting: Meeting, person: str) -> None:
    """Return if somebody presides over a meeting now, else raise Refused `not-in-chair`."""
    if meeting.chair != person or not is_present(meeting, person):
        raise Refused("not-in-chair", person=person, meeting=meeting.id, chair=meeting.chair)


def require_present(meeting: Meeting, person: str) -> None:
    """Return if somebody is present at a meeting, else raise Refused `not-present`."""
    if not is_present(meeting, person):
        raise Refused("not-present", person=person, meeting=meeting.id)
