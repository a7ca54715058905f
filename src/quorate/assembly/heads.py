"""Heads: who has a vote in a body, and which of them count towards the quorum of a meeting; kept as that changes.

Both are worked out from the state at the first question, and from then on a change asks anew about the people whom it
touches and nobody else, so that no act costs more the more people there are. Whatever changes a seat, a standing, a
presence or a proxy says so here; what is kept is no part of the state, and a copy of the state begins without it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from itertools import chain

from quorate.assembly.model.meeting import Meeting, Presence, Proxy
from quorate.assembly.model.organisation import Body, Seat
from quorate.assembly.state import State

_DAY = timedelta(days=1)
_DAYS_KEPT = 2
"""Rolls of a body: readers may ask about another day than those who act."""


class Roll:
    """Who has a seat in a body and who a vote, on each day from the first to the last."""

    __slots__ = ("first", "last", "on", "seated", "voters")

    def __init__(self, state: State, body: Body, on: date) -> None:
        """Call it for a day. Cost: a look at each seat ever held."""
        self.on = on
        """The day for which it was asked last."""
        self.first, self.last = date.min, date.max
        self.seated: set[str] = set()
        """Those with a seat, whatever their standing."""
        self.voters: set[str] = set()
        for seat in body.seated.values():
            self.ask(state, seat)

    def ask(self, state: State, seat: Seat) -> None:
        """Ask anew whether the holder of a seat is on it."""
        person = seat.person
        if not self._narrow(seat):
            self.seated.discard(person)
            self.voters.discard(person)
            return
        self.seated.add(person)
        if seat.weight > 0 and in_good_standing(state, person):
            self.voters.add(person)
        else:
            self.voters.discard(person)

    def _narrow(self, seat: Seat) -> bool:
        """Whether a seat is held on the day last asked for; the roll holds for no day on which that is otherwise."""
        if self.on < seat.since:
            self.last = min(self.last, seat.since - _DAY)
            return False
        if seat.until is not None and self.on > seat.until:
            self.first = max(self.first, seat.until + _DAY)
            return False
        self.first = max(self.first, seat.since)
        if seat.until is not None:
            self.last = min(self.last, seat.until)
        return True


class _Attendance:
    """Who of a roll counts at a meeting."""

    __slots__ = ("counting", "roll")

    def __init__(self, state: State, meeting: Meeting, roll: Roll) -> None:
        """Count them. Cost: a look at each presence and each proxy."""
        self.roll = roll
        # By seat and each once: a substitute stands for the member, and the giver of a proxy may be there as well.
        there = (seat_filled(each) for each in meeting.presences.values() if each.left_at is None)
        represented = (
            proxy.giver for proxy in _proxies_used(state, meeting, state.proxies.values())
        )
        self.counting: set[str] = roll.voters.intersection(chain(there, represented))

    def ask(self, state: State, meeting: Meeting, person: str) -> None:
        """Ask anew whether somebody counts."""
        if person in self.roll.voters and _is_there(state, meeting, person):
            self.counting.add(person)
        else:
            self.counting.discard(person)


class _Kept:
    def __init__(self) -> None:
        self.rolls: dict[str, list[Roll]] = {}
        """By body: the one asked for last comes first."""
        self.attendances: dict[str, _Attendance] = {}
        """By meeting that is not over."""
        self.proxies: dict[tuple[str, str], list[Proxy]] | None = None
        """By role, `giver` or `holder`, and person: every proxy, revoked or not."""


def voters(state: State, body: Body, on: date) -> AbstractSet[str]:
    """Who has a vote in a body on a day; not to be held, as it changes."""
    return _roll(_kept(state), state, body, on).voters


def members(state: State, body: Body, on: date) -> AbstractSet[str]:
    """Who holds a seat in a body on a day, with a vote or without, whatever their standing; likewise."""
    return _roll(_kept(state), state, body, on).seated


def counting(state: State, meeting: Meeting, on: date) -> AbstractSet[str]:
    """Who counts towards the quorum of a meeting on a day, of those who have a vote; not to be held, as it changes.

    They are there in person, by substitute or, if the orders say so, by proxy held by somebody present.
    """
    kept = _kept(state)
    roll = _roll(kept, state, state.bodies[meeting.body], on)
    attendance = kept.attendances.get(meeting.id)
    if attendance is None or attendance.roll is not roll:
        attendance = kept.attendances[meeting.id] = _Attendance(state, meeting, roll)
    return attendance.counting


def counted_anew(state: State, meeting: Meeting, on: date) -> int:
    """How many count at a meeting on a day, by nothing that was kept. Cost: a look at each seat, presence and proxy."""
    roll = Roll(state, state.bodies[meeting.body], on)
    return len(_Attendance(state, meeting, roll).counting)


def proxies_of(state: State, person: str) -> list[Proxy]:
    """The proxies that somebody gave, in that order, the revoked among them."""
    return _by_role(state).get(("giver", person), [])


def proxies_held(state: State, person: str) -> list[Proxy]:
    """The proxies that somebody was given, likewise."""
    return _by_role(state).get(("holder", person), [])


def standing_changed(state: State, *people: str) -> None:
    """Say that a seat or the standing of somebody has changed."""
    kept = _kept(state)
    for key, rolls in kept.rolls.items():
        seated = state.bodies[key].seated
        for seat in (seated[person] for person in people if person in seated):
            for roll in rolls:
                roll.ask(state, seat)
    _ask_everywhere(kept, state, people)


def came_or_went(state: State, meeting: Meeting, *presences: Presence) -> None:
    """Say that somebody was admitted or has left, or was there otherwise before: by their presences, old and new."""
    attendance = _kept(state).attendances.get(meeting.id)
    if attendance is None:
        return
    for presence in presences:
        attendance.ask(state, meeting, presence.person)
        if presence.seat:
            attendance.ask(state, meeting, presence.seat)
        for proxy in proxies_held(state, presence.person):
            attendance.ask(state, meeting, proxy.giver)


def proxy_given(state: State, proxy: Proxy) -> None:
    """Say that there is one more proxy."""
    kept = _kept(state)
    if kept.proxies is not None:
        _file(kept.proxies, proxy)
    _ask_everywhere(kept, state, (proxy.giver,))


def proxy_revoked(state: State, proxy: Proxy) -> None:
    """Say that a proxy holds no longer."""
    _ask_everywhere(_kept(state), state, (proxy.giver,))


def orders_changed(state: State, body: str) -> None:
    """Say that a body has other standing orders: they say whether proxies count."""
    attendances = _kept(state).attendances
    for key in [key for key in attendances if state.meetings[key].body == body]:
        del attendances[key]


def meeting_over(state: State, meeting: str) -> None:
    """Say that nobody will ask for the quorum of a meeting any more."""
    _kept(state).attendances.pop(meeting, None)


def sits(seat: Seat, on: date) -> bool:
    """Whether a seat is held on a day (both ends of the term included)."""
    return seat.since <= on and (seat.until is None or on <= seat.until)


def in_good_standing(state: State, person: str) -> bool:
    """Whether somebody is a member in good standing now."""
    member = state.people.get(person)
    return member is not None and member.status == "good-standing"


def is_present(meeting: Meeting, person: str) -> bool:
    """Whether somebody was admitted to a meeting and has not left it."""
    presence = meeting.presences.get(person)
    return presence is not None and presence.left_at is None


def seat_filled(presence: Presence) -> str:
    """Whose seat somebody who is there fills; empty for a guest."""
    match presence.capacity:
        case "substitute":
            return presence.seat
        case "member":
            return presence.person
        case "guest":
            return ""


def _kept(state: State) -> _Kept:
    kept: _Kept | None = state.__dict__.get("heads")
    if kept is None:
        kept = state.__dict__["heads"] = _Kept()
    return kept


def _roll(kept: _Kept, state: State, body: Body, on: date) -> Roll:
    rolls = kept.rolls.setdefault(body.id, [])
    for roll in rolls:
        if roll.first <= on <= roll.last:
            roll.on = on
            return roll
    rolls.insert(0, Roll(state, body, on))
    del rolls[_DAYS_KEPT:]
    return rolls[0]


def _ask_everywhere(kept: _Kept, state: State, people: Iterable[str]) -> None:
    for key, attendance in kept.attendances.items():
        for person in people:
            attendance.ask(state, state.meetings[key], person)


def _is_there(state: State, meeting: Meeting, person: str) -> bool:
    """Whether a member is there, by substitute or, where that counts, by proxy."""
    presence = meeting.presences.get(person)
    if presence is not None and presence.left_at is None and presence.capacity == "member":
        return True
    if person in meeting.filled:
        return True
    return any(True for _ in _proxies_used(state, meeting, proxies_of(state, person)))


def _proxies_used(state: State, meeting: Meeting, proxies: Iterable[Proxy]) -> Iterator[Proxy]:
    """Those proxies by which a member counts at a meeting now."""
    body = state.bodies[meeting.body]
    if body.orders is None or not body.orders.quorum.proxies_count:
        return
    for proxy in proxies:
        here = proxy.body == body.id and proxy.meeting in ("", meeting.id)
        if here and not proxy.revoked and is_present(meeting, proxy.holder):
            yield proxy


def _by_role(state: State) -> dict[tuple[str, str], list[Proxy]]:
    kept = _kept(state)
    if kept.proxies is None:
        kept.proxies = defaultdict(list)
        for proxy in state.proxies.values():
            _file(kept.proxies, proxy)
    return kept.proxies


def _file(proxies: dict[tuple[str, str], list[Proxy]], proxy: Proxy) -> None:
    proxies["giver", proxy.giver].append(proxy)
    proxies["holder", proxy.holder].append(proxy)
