"""Members and seats: who belongs to the organisation, who sits in which body, for how long and with what weight.

RONR (12th ed.) 32 (resignation), 56 (members in the bylaws), 63 (suspension). A departure closes no business: what was
open with somebody who leaves waits on the body from then on.
"""

from datetime import date, timedelta
from typing import Literal

from quorate.assembly import heads
from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.heads import in_good_standing
from quorate.assembly.items import dispose, fall_back, is_open, open_item
from quorate.assembly.model.calendar import Point
from quorate.assembly.model.organisation import Person, PersonalName, Seat
from quorate.assembly.organisation.terms import (
    default_end,
    require_no_overlap,
    require_running,
    require_summable,
    require_vacancy,
    runs,
)
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, existing_body, orders_of, require
from quorate.assembly.state import State, require_id
from quorate.canon.moment import Day

refusals(
    weight_negative="weight",
    not_in_good_standing="person",
    not_suspended="person",
    already_left="person",
    keeps_the_record="person",
    no_substitutes="body",
    substitute_seated="person body",
)


class AdmitMember(Act, frozen=True):
    """Admit somebody to the organisation; somebody who left, or came as a guest, keeps their id."""

    member: str
    person: PersonalName | None = None
    """What they are called."""
    contact: str | None = None
    """Where they can be reached."""


class MemberAdmitted(Event, frozen=True):
    """Somebody is a member in good standing."""

    act: AdmitMember


@decides(AdmitMember, opens="member", introduces="member")
def admit_member(state: State, act: AdmitMember, stamp: Stamp) -> MemberAdmitted:
    """The clerk admits; refused when the person is a member already."""
    require_clerk(state, stamp)
    require_id("member", act.member)
    person = state.people.get(act.member)
    if person is not None and person.status in ("good-standing", "suspended"):
        raise Refused("exists", what="member", id=act.member)
    return MemberAdmitted(act=act)


@evolves(MemberAdmitted)
def member_admitted(state: State, event: MemberAdmitted, stamp: Stamp) -> None:
    """The person is known and in good standing; a name once known stays unless a new one is given."""
    act = event.act
    former = state.people.get(act.member)
    name = act.person or (former.known if former else None)
    state.people[act.member] = Person(
        id=act.member, admitted_on=stamp.on, known=name, entry=state.size
    )
    heads.standing_changed(state, act.member)


class SuspendMember(Act, frozen=True):
    """Take somebody's rights as a member away for a time."""

    member: str
    body: str
    """The body that answers for it."""
    until: Day | None = None
    """The last day; they are reinstated by an act, not by the calendar."""
    decision: str = ""
    """The decision that it rests on, if any."""
    reason: str | None = None


class MemberSuspended(Event, frozen=True):
    """Somebody is a member without rights; the suspension is open business until it ends."""

    act: SuspendMember


@decides(SuspendMember)
def suspend_member(state: State, act: SuspendMember, stamp: Stamp) -> MemberSuspended:
    """The clerk suspends a member in good standing, in the name of a body."""
    require(state, stamp, ("clerk",), existing_body(state, act.body))
    require_good_standing(state, act.member)
    _require_decision(state, act.decision)
    return MemberSuspended(act=act)


@evolves(MemberSuspended)
def member_suspended(state: State, event: MemberSuspended, stamp: Stamp) -> None:
    """The member has no rights until reinstated."""
    suspend(state, stamp, event.act.member, event.act.body, event.act.until)


class ReinstateMember(Act, frozen=True):
    """Give a suspended member their rights back."""

    member: str


class MemberReinstated(Event, frozen=True):
    """Somebody is in good standing again."""

    act: ReinstateMember


@decides(ReinstateMember)
def reinstate_member(state: State, act: ReinstateMember, stamp: Stamp) -> MemberReinstated:
    """The clerk reinstates a suspended member."""
    require_clerk(state, stamp)
    if state.person(act.member).status != "suspended":
        raise Refused("not-suspended", person=act.member)
    return MemberReinstated(act=act)


@evolves(MemberReinstated)
def member_reinstated(state: State, event: MemberReinstated, stamp: Stamp) -> None:
    """The suspension is over."""
    restore(state, event.act.member)
    _end_suspension(state, stamp, event.act.member, "reinstated")


class RecordDeparture(Act, frozen=True):
    """Record that somebody is a member no longer."""

    member: str
    how: Literal["left", "expelled", "died"] = "left"
    decision: str = ""
    """The decision that it rests on, if any."""


class DepartureRecorded(Event, frozen=True):
    """Somebody has left; their seats and offices have ended, their open business is with the body."""

    act: RecordDeparture


@decides(RecordDeparture)
def record_departure(state: State, act: RecordDeparture, stamp: Stamp) -> DepartureRecorded:
    """The clerk records a departure; a member may record their own. The clerk cannot leave the record alone."""
    if stamp.by != act.member:
        require_clerk(state, stamp)
    if state.person(act.member).status == "left":
        raise Refused("already-left", person=act.member)
    if act.member == state.house().clerk:
        raise Refused("keeps-the-record", person=act.member)
    _require_decision(state, act.decision)
    return DepartureRecorded(act=act)


@evolves(DepartureRecorded)
def departure_recorded(state: State, event: DepartureRecorded, stamp: Stamp) -> None:
    """Seats, offices and proxies of the person have ended; no business has."""
    depart(state, stamp, event.act.member)


class SeatMember(Act, frozen=True):
    """Give a member a seat in a body for a term."""

    body: str
    member: str
    weight: int = 1
    """Votes the seat casts; 0 for a seat without a vote."""
    since: date | None = None
    """The first day of the term; the day of the act if not given."""
    until: date | None = None
    """The last day; if not given, what the standing orders say of terms."""


class MemberSeated(Event, frozen=True):
    """Somebody sits in a body; a term that follows on the one before continues it."""

    act: SeatMember
    since: date
    until: date | None = None


@decides(SeatMember)
def seat_member(state: State, act: SeatMember, stamp: Stamp) -> MemberSeated:
    """Those who keep the books of a body seat members in good standing, as long as there are seats."""
    body = existing_body(state, act.body)
    require(state, stamp, KEEPERS, body)
    require_good_standing(state, act.member)
    if act.weight < 0:
        raise Refused("weight-negative", weight=act.weight)
    require_summable(body, act.member, act.weight)
    since = act.since or stamp.on
    until = act.until or default_end(body, since)
    if until is not None and until < since:
        raise Refused("term-backwards", since=since, until=until)
    require_no_overlap(body, act.member, act.weight, since, stamp.on)
    if act.weight > 0:
        require_vacancy(body, act.member, since, until)
    return MemberSeated(act=act, since=since, until=until)


@evolves(MemberSeated)
def member_seated(state: State, event: MemberSeated, stamp: Stamp) -> None:
    """The member has the seat; a running term is continued by the one that follows on it."""
    act = event.act
    body = state.bodies[act.body]
    seat = body.seated.get(act.member)
    if seat is not None and runs(seat, stamp.on):
        # The running term goes on: with a new seat in its place, the member would sit nowhere until that begins.
        seat.until = event.until
    else:
        body.weight += act.weight - (seat.weight if seat is not None else 0)
        body.seated[act.member] = Seat(
            person=act.member,
            body=act.body,
            since=event.since,
            until=event.until,
            weight=act.weight,
        )
    heads.standing_changed(state, act.member)


class UnseatMember(Act, frozen=True):
    """End somebody's seat in a body, at once."""

    body: str
    member: str
    decision: str = ""
    """The decision that it rests on, if any."""


class MemberUnseated(Event, frozen=True):
    """Somebody sits in a body no longer."""

    act: UnseatMember


@decides(UnseatMember)
def unseat_member(state: State, act: UnseatMember, stamp: Stamp) -> MemberUnseated:
    """Those who keep the books of a body record the end of a seat that is held, or is to be held."""
    body = existing_body(state, act.body)
    require(state, stamp, KEEPERS, body)
    require_running(body, act.member, stamp.on)
    _require_decision(state, act.decision)
    return MemberUnseated(act=act)


@evolves(MemberUnseated)
def member_unseated(state: State, event: MemberUnseated, stamp: Stamp) -> None:
    """The seat has ended."""
    unseat(state, event.act.body, event.act.member, stamp.on)


class NameSubstitute(Act, frozen=True):
    """Say who sits in a seat when its holder is absent; nobody, if `substitute` is empty."""

    body: str
    member: str
    substitute: str = ""


class SubstituteNamed(Event, frozen=True):
    """A seat has a substitute, or has none any more."""

    act: NameSubstitute


@decides(NameSubstitute)
def name_substitute(state: State, act: NameSubstitute, stamp: Stamp) -> SubstituteNamed:
    """The holder of a seat, or those who keep the books, name a substitute where the orders allow one."""
    body = existing_body(state, act.body)
    rule = orders_of(body).substitutes
    if stamp.by != act.member:
        require(state, stamp, KEEPERS, body, rule)
    require_running(body, act.member, stamp.on)
    if not rule.allowed:
        raise Refused("no-substitutes", body=body.id, clause=rule)
    if act.substitute:
        require_good_standing(state, act.substitute)
        own_seat = body.seated.get(act.substitute)
        if own_seat is not None and runs(own_seat, stamp.on):
            raise Refused("substitute-seated", person=act.substitute, body=body.id)
    return SubstituteNamed(act=act)


@evolves(SubstituteNamed)
def substitute_named(state: State, event: SubstituteNamed, stamp: Stamp) -> None:
    """The seat has that substitute and no other."""
    act = event.act
    body = state.bodies[act.body]
    body.seated[act.member].substitute = act.substitute
    if act.substitute:
        stands_in = body.stand_ins.setdefault(act.substitute, [])
        if act.member not in stands_in:
            stands_in.append(act.member)


def require_clerk(state: State, stamp: Stamp) -> None:
    """Return if the clerk acts, else raise Refused `not-entitled`."""
    if stamp.by != state.house().clerk:
        raise Refused("not-entitled", person=stamp.by, needs=("clerk",))


def require_good_standing(state: State, person: str) -> None:
    """Return if somebody is a member in good standing, else raise Refused."""
    state.person(person)
    if not in_good_standing(state, person):
        raise Refused("not-in-good-standing", person=person)


def suspend(state: State, stamp: Stamp, member: str, body: str, until: Day | None) -> None:
    """Suspend a member while an event changes the state; opens the item that reinstating them closes."""
    person = state.people[member]
    person.status = "suspended"
    person.until = until
    heads.standing_changed(state, member)
    open_item(
        state,
        stamp,
        "suspension",
        member,
        body=body,
        owner=f"person:{state.house().clerk}",
        next_step="reinstate",
        due=None if until is None else Point(on=until.on, written=until.written),
    )


def restore(state: State, member: str) -> None:
    """Let somebody be in good standing again, while an event changes the state."""
    person = state.people[member]
    person.status, person.until = "good-standing", None
    heads.standing_changed(state, member)


def depart(state: State, stamp: Stamp, member: str) -> None:
    """End a membership while an event changes the state: seats, offices, substitutions and proxies with it."""
    for body in state.bodies.values():
        unseat(state, body.id, member, stamp.on)
        for seat in body.stand_ins.pop(member, ()):
            if body.seated[seat].substitute == member:
                body.seated[seat].substitute = ""
    for office in state.offices.values():
        if office.holder == member:
            office.holder, office.since, office.until = "", None, None
    for proxy in (*heads.proxies_of(state, member), *heads.proxies_held(state, member)):
        proxy.revoked = True
        heads.proxy_revoked(state, proxy)
    person = state.people[member]
    person.status, person.until = "left", None
    heads.standing_changed(state, member)
    _end_suspension(state, stamp, member, "departed")
    fall_back(state, member)


def unseat(state: State, body: str, member: str, on: date) -> None:
    """End a seat while an event changes the state; nothing happens if it has ended or there is none.

    The last day of the term becomes the day before, so that it ends at once and not at midnight.
    """
    seat = state.bodies[body].seated.get(member)
    if seat is not None and runs(seat, on):
        seat.until = on - timedelta(days=1)
        heads.standing_changed(state, member)


def _end_suspension(state: State, stamp: Stamp, member: str, how: str) -> None:
    if is_open(state, "suspension", member):
        dispose(state, stamp, "suspension", member, how)


def _require_decision(state: State, decision: str) -> None:
    if decision:
        state.decision(decision)
