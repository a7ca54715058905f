"""The electoral register: who is entitled to vote on a question, with what weight, who may cast it for them, and why.

It is made when a division is opened and never changes after that. A member who is present votes in person; else the
substitute who fills the seat does; else the proxy holder who is present. Whoever is absent stays on the register, so
that every base can be counted and nobody is missing from the sum, but has no vote. RONR (12th ed.) 45:1–6, 45:70–71.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from quorate.assembly.heads import is_present, sits, voters
from quorate.assembly.model.division import Barred, BarredReason, Entitled, Sums
from quorate.assembly.model.meeting import Meeting, Presence, Proxy
from quorate.assembly.model.motion import Motion
from quorate.assembly.model.orders import StandingOrders
from quorate.assembly.model.organisation import Body, Seat
from quorate.assembly.roll import orders_of
from quorate.assembly.state import State


def electoral_register(
    state: State, meeting: Meeting, motion: Motion, on: date
) -> tuple[tuple[Entitled, ...], tuple[Barred, ...]]:
    """Those entitled to vote on a motion at a meeting, and those present who are not. Cost: the seats and proxies."""
    body = state.bodies[meeting.body]
    orders = orders_of(body)
    filling = _substitutes(meeting) if orders.substitutes.allowed else {}
    proxies = _proxies(state, meeting, motion) if orders.proxies.allowed else {}
    recused = recused_from(state, motion)
    here = [each for each in meeting.presences.values() if each.left_at is None]
    members = {each.person for each in here if each.capacity == "member"}
    # The order is the rule (RONR 12th ed. 45:70–71): a member who is there votes, whoever came in their place.
    lines = [
        Entitled(seat.person, seat.weight)
        if seat.person in members
        else _line_without(seat, filling, proxies)
        for seat in _voting(state, body, on)
        if seat.person not in recused
    ]
    register = {line.person: line for line in lines}
    strangers = members.difference(register)
    # A guest may have a seat, and is on the register too, as absent or represented; as a guest they have no vote.
    others = [each for each in here if each.capacity != "member" or each.person in strangers]
    barred = (
        Barred(each.person, why)
        for each in others
        if (
            why := _why_no_substitute(orders, each, register)
            if each.capacity == "substitute"
            else _why_barred(state, body, each, recused, on)
        )
    )
    return tuple(lines), tuple(barred)


def circular_register(
    state: State, body: Body, motion: Motion, on: date
) -> tuple[tuple[Entitled, ...], tuple[Barred, ...]]:
    """Those entitled to a circular vote of a body, each in person; and the members who are recused."""
    recused = recused_from(state, motion)
    voting = _voting(state, body, on)
    lines = tuple(
        Entitled(seat.person, seat.weight, why="circular")
        for seat in voting
        if seat.person not in recused
    )
    return lines, tuple(Barred(seat.person, "recused") for seat in voting if seat.person in recused)


def recused_from(state: State, motion: Motion) -> frozenset[str]:
    """Those who may not vote on a motion because they are recused from the charge that it is about."""
    charge = state.charges.get(motion.target) if motion.kind == "discipline" else None
    return frozenset(charge.recused) if charge is not None else frozenset()


def may_vote_now(line: Entitled) -> bool:
    """Whether anybody can cast the vote of a line of the register."""
    return line.why != "absent"


def sums_of(lines: Iterable[Entitled]) -> Sums:
    """How many lines there are, and what they weigh together."""
    weights = [line.weight for line in lines]
    return Sums(len(weights), sum(weights))


def able_of(lines: Iterable[Entitled]) -> Sums:
    """The same of those lines whose vote somebody can cast."""
    weights = [
        line.weight for line in lines if line.why != "absent"
    ]  # as `may_vote_now`, called for each, costs double
    return Sums(len(weights), sum(weights))


def _voting(state: State, body: Body, on: date) -> list[Seat]:
    """The seats of those who have a vote on a day, in the order in which they were given."""
    having = voters(state, body, on)
    return [seat for seat in body.seated.values() if seat.person in having]


def _line_without(
    seat: Seat, filling: Mapping[str, Presence], proxies: Mapping[str, Proxy]
) -> Entitled:
    """The line of a member who is not there."""
    person, weight = seat.person, seat.weight
    if person in filling:
        return Entitled(person, weight, by=filling[person].person, why="substitute")
    if person in proxies:
        proxy = proxies[person]
        return Entitled(person, weight, proxy.holder, "proxy", proxy.instruction)
    return Entitled(person, weight, why="absent")


def _substitutes(meeting: Meeting) -> dict[str, Presence]:
    """By the member whose seat it is: the first substitute present for it."""
    filling: dict[str, Presence] = {}
    for presence in meeting.presences.values():
        if presence.left_at is None and presence.capacity == "substitute":
            # Not an assignment: a second substitute for the seat must not take the vote from the first.
            filling.setdefault(presence.seat, presence)
    return filling


def _proxies(state: State, meeting: Meeting, motion: Motion) -> dict[str, Proxy]:
    """By giver: the proxy that counts: for this motion before this meeting before all, the latest among equals."""
    by_giver: dict[str, Proxy] = {}
    for proxy in state.proxies.values():
        # Before any are compared: a narrow proxy whose holder is away must not displace a wide one that can be used.
        if proxy.revoked or proxy.body != meeting.body or not is_present(meeting, proxy.holder):
            continue
        if proxy.meeting not in ("", meeting.id) or (
            proxy.motions and motion.id not in proxy.motions
        ):
            continue
        earlier = by_giver.get(proxy.giver)
        # `>=`, not `>`: of two that are equally narrow the later counts, as its giver has changed their mind.
        if earlier is None or _narrowness(proxy) >= _narrowness(earlier):
            by_giver[proxy.giver] = proxy
    return by_giver


def _narrowness(proxy: Proxy) -> tuple[bool, bool]:
    return bool(proxy.motions), bool(proxy.meeting)


def _why_no_substitute(
    orders: StandingOrders, presence: Presence, register: Mapping[str, Entitled]
) -> BarredReason | None:
    line = register.get(presence.seat)
    if not orders.substitutes.allowed or line is None:
        return "no-seat-to-fill"
    return None if line.by == presence.person else "seat-taken"


def _why_barred(
    state: State, body: Body, presence: Presence, recused: frozenset[str], on: date
) -> BarredReason:
    person = presence.person
    if presence.capacity == "guest":
        return "guest"
    seat = body.seated.get(person)
    if seat is None or not sits(seat, on):
        return "unseated"
    if state.people[person].status != "good-standing":
        return "suspended"
    if person in recused:
        return "recused"
    return "no-vote"
