"""Heads, sums and presences counted in full, by other code than keeps them: what is kept must be the same after every act."""

from collections.abc import Iterator
from datetime import date
from itertools import product

from quorate.assembly.divisions.figures import CHOICES, recounted
from quorate.assembly.heads import counting, members, proxies_held, proxies_of, voters
from quorate.assembly.model.division import Division, Sums
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.model.organisation import Body, Seat
from quorate.assembly.state import State

OVER = ("adjourned", "called-off")


def check_kept(state: State, on: date) -> None:
    """Fails unless all that is kept is what a full count comes to; also makes sure that it is kept when the next act comes."""
    for body in state.bodies.values():
        assert voters(state, body, on) == set(seats(state, body, on)), body.id
        sitting = {each.person for each in body.seated.values() if _held(each, on)}
        assert members(state, body, on) == sitting, body.id
    for meeting in state.meetings.values():
        _check_presences(meeting)
        if meeting.status not in OVER:
            body = state.bodies[meeting.body]
            there = set(filled(state, meeting, body)) & set(seats(state, body, on))
            assert counting(state, meeting, on) == there, meeting.id
    for division in state.divisions.values():
        check_sums_kept(division)
    for person, body in product(state.people, state.bodies.values()):
        given = [each for each in state.proxies.values() if each.giver == person]
        held = [each for each in state.proxies.values() if each.holder == person]
        assert (proxies_of(state, person), proxies_held(state, person)) == (given, held)
        stands_in = {key for key, seat in body.seated.items() if seat.substitute == person}
        assert stands_in <= set(body.stand_ins.get(person, ()))


def check_sums_kept(division: Division) -> None:
    """Fails unless the sums of a division are those of its register and its votes."""
    lines, votes = division.register, division.votes
    able = [line.weight for line in lines.values() if line.why != "absent"]
    assert division.entitled == Sums(len(lines), sum(line.weight for line in lines.values()))
    assert division.able == Sums(len(able), sum(able))
    for choice in CHOICES:
        weights = [lines[person].weight for person in votes if votes[person].choice == choice]
        assert division.cast.get(choice, Sums()) == Sums(len(weights), sum(weights)), choice
    again = recounted(division)
    assert [again.cast.get(each, Sums()) for each in CHOICES] == [
        division.cast.get(each, Sums()) for each in CHOICES
    ]
    assert (again.entitled, again.able) == (division.entitled, division.able)


def filled(state: State, meeting: Meeting, body: Body) -> Iterator[str]:
    """Whose seats are filled at a meeting, by whatever way counts towards its quorum."""
    there = [each for each in meeting.presences.values() if each.left_at is None]
    for presence in there:
        if presence.capacity != "guest":
            yield presence.seat if presence.capacity == "substitute" else presence.person
    if body.orders is not None and body.orders.quorum.proxies_count:
        holders = {presence.person for presence in there}
        for proxy in state.proxies.values():
            holds = proxy.body == body.id and not proxy.revoked and proxy.holder in holders
            if holds and proxy.meeting in ("", meeting.id):
                yield proxy.giver


def seats(state: State, body: Body, on: date) -> Iterator[str]:
    """Who has a vote in a body on a day."""
    for seat in body.seated.values():
        if (
            _held(seat, on)
            and seat.weight > 0
            and state.people[seat.person].status == "good-standing"
        ):
            yield seat.person


def _held(seat: Seat, on: date) -> bool:
    return seat.since <= on and (seat.until is None or on <= seat.until)


def _check_presences(meeting: Meeting) -> None:
    there = [each for each in meeting.presences.values() if each.left_at is None]
    assert meeting.there == len(there), meeting.id
    assert meeting.filled == {each.seat: each.person for each in there if each.seat}
    assert meeting.aliases == {each.alias: each.person for each in there if each.alias}
