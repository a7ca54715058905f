"""Terms: the days on which a seat in a body is held, and whether another term fits beside those that are there.

A term has its first and last day in it. A person has one term in a body at a time; one that follows on it continues it.
"""

import calendar
from datetime import date, timedelta

from quorate.assembly.heads import sits
from quorate.assembly.model.organisation import Body, Seat
from quorate.assembly.refusal import Refused, refusals
from quorate.canon.canonical import MAX_INTEGER

refusals(
    weights_too_large="body most",
    already_seated="person body until",
    term_overlaps="person body until since",
    seats_full="seats body on",
    not_seated="person body",
)


def runs(seat: Seat, on: date) -> bool:
    """Whether a term has not ended by a day; it may have yet to begin."""
    return seat.until is None or on <= seat.until


def default_end(body: Body, since: date) -> date | None:
    """The last day of a term that names no end, by the body's standing orders; None if they set none."""
    months = body.orders.terms.months if body.orders is not None else None
    if months is None:
        return None
    # Months from 0 here and from 1 below: counted from 1, December would be month 0 of the next year.
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    if since.day > last_day:  # a year from 29 February ends on 28 February, not on the 27th
        return date(year, month + 1, last_day)
    return date(year, month + 1, since.day) - timedelta(days=1)


def require_running(body: Body, member: str, on: date) -> None:
    """Return if somebody holds a seat of the body, or is to hold one, else raise Refused `not-seated`."""
    seat = body.seated.get(member)
    if seat is None or not runs(seat, on):
        raise Refused("not-seated", person=member, body=body.id)


def require_no_overlap(body: Body, member: str, weight: int, since: date, on: date) -> None:
    """Return if a term from `since`, entered on a day, does not overlap the one that the member has or had.

    It may follow on the running term without a gap, if the seat casts as many votes. Else Refused.
    """
    seat = body.seated.get(member)
    if seat is None:
        return
    if runs(seat, on):
        follows_on = seat.until is not None and since == seat.until + timedelta(days=1)
        if not follows_on or weight != seat.weight:
            raise Refused("already-seated", person=member, body=body.id, until=seat.until)
    elif seat.until is not None and since <= seat.until:
        raise Refused("term-overlaps", person=member, body=body.id, until=seat.until, since=since)


def require_summable(body: Body, member: str, weight: int) -> None:
    """Return if all seats ever given in a body weigh no more together than a record can write, else raise Refused.

    Else a division could be opened and voted on, and its figures could never be written down.
    """
    seat = body.seated.get(member)
    others = body.weight - (seat.weight if seat is not None else 0)
    if others + weight > MAX_INTEGER:
        raise Refused("weights-too-large", body=body.id, most=MAX_INTEGER)


def require_vacancy(body: Body, member: str, since: date, until: date | None) -> None:
    """Return if a voting seat is free on every day of a term, else raise Refused `seats-full`.

    The number of seats taken grows only where a term begins, so no other day need be looked at.
    """
    # With fewer seats ever given than there are, no day is full: to look at all of them each time is quadratic.
    if body.seats is None or len(body.seated) < body.seats:
        return
    others = [seat for seat in body.seated.values() if seat.weight > 0 and seat.person != member]
    beginnings = {
        since,
        *(
            seat.since
            for seat in others
            if since <= seat.since and (until is None or seat.since <= until)
        ),
    }
    # In order, so that the first full day is named: that of a set differs from run to run.
    for on in sorted(beginnings):
        if sum(sits(seat, on) for seat in others) >= body.seats:
            raise Refused("seats-full", seats=body.seats, body=body.id, on=on)
