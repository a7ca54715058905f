"""Dissent from a decision, on the record with its signatories, and printed where the standing orders say.

Citrine, ABC of Chairmanship (minority reports and protests); RONR (12th ed.) 48:2 gives no right to it, so that the
orders say whether there is one. It does not touch the decision, which binds those who dissent from it too.
"""

from datetime import timedelta

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.heads import sits
from quorate.assembly.items import dispose, is_open, open_item
from quorate.assembly.model.affairs import Dissent
from quorate.assembly.model.decision import Decision
from quorate.assembly.model.orders import Dissents
from quorate.assembly.model.organisation import Body
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, may, orders_of
from quorate.assembly.state import State, found, new

refusals(
    dissent_not_allowed="body",
    time_limit="until",
    no_signatory="",
    signatory_twice="person",
    signs_for_others="person others",
    not_in_the_decision="person body on",
    voted_for="person decision",
    already_signed="person id",
    not_signatory="person id",
)


class RecordDissent(Act, frozen=True):
    """Put dissent from a decision on the record."""

    dissent: str
    decision: str
    signatories: tuple[str, ...]
    text: str | None = None


class DissentRecorded(Event, frozen=True):
    """Dissent is on the record."""

    act: RecordDissent
    organ: str
    """Where it is to be printed by the standing orders; empty when they name nowhere."""


@decides(RecordDissent, opens="dissent")
def record_dissent(state: State, act: RecordDissent, stamp: Stamp) -> DissentRecorded:
    """Refused where the orders allow none, after the time limit, and to those who voted for the decision."""
    new(state.dissents, "dissent", act.dissent)
    decision = state.decision(act.decision)
    body = state.body(decision.body)
    order = require_in_time(body, decision, stamp)
    require_own_names(state, stamp, act.signatories, body)
    for person in act.signatories:
        require_dissenter(state, person, decision, order)
    return DissentRecorded(act=act, organ=order.organ)


@evolves(DissentRecorded)
def dissent_recorded(state: State, event: DissentRecorded, stamp: Stamp) -> None:
    """The dissent is kept; where the orders name an organ, it awaits printing there."""
    act = event.act
    state.dissents[act.dissent] = Dissent(
        id=act.dissent,
        decision=act.decision,
        signatories=act.signatories,
        recorded_on=stamp.on,
        text=act.text,
        organ=event.organ,
    )
    if event.organ:
        body = event.organ if event.organ in state.bodies else state.decisions[act.decision].body
        open_item(
            state,
            stamp,
            "dissent",
            act.dissent,
            body=body,
            owner=f"body:{body}",
            next_step="print-dissent",
        )


class JoinDissent(Act, frozen=True):
    """Sign dissent that others have recorded."""

    dissent: str


class DissentJoined(Event, frozen=True):
    """A dissent has one signatory more."""

    act: JoinDissent


@decides(JoinDissent)
def join_dissent(state: State, act: JoinDissent, stamp: Stamp) -> DissentJoined:
    """The same limits as for those who recorded it."""
    dissent = found(state.dissents, "dissent", act.dissent)
    decision = state.decision(dissent.decision)
    if stamp.by in dissent.signatories:
        raise Refused("already-signed", person=stamp.by, id=dissent.id)
    if not dissent.signatories:
        raise Refused(
            "not-open",
            what="dissent",
            id=dissent.id,
            status="withdrawn",
            statuses=("on-the-record",),
        )
    order = require_in_time(state.body(decision.body), decision, stamp)
    require_dissenter(state, stamp.by, decision, order)
    return DissentJoined(act=act)


@evolves(DissentJoined)
def dissent_joined(state: State, event: DissentJoined, stamp: Stamp) -> None:
    """The signatory is added."""
    dissent = state.dissents[event.act.dissent]
    dissent.signatories = (*dissent.signatories, stamp.by)


class WithdrawDissent(Act, frozen=True):
    """Take one's name off a dissent."""

    dissent: str


class DissentWithdrawn(Event, frozen=True):
    """A dissent has one signatory less; the last one to leave ends it."""

    act: WithdrawDissent


@decides(WithdrawDissent)
def withdraw_dissent(state: State, act: WithdrawDissent, stamp: Stamp) -> DissentWithdrawn:
    """Each signatory for themselves, at any time."""
    dissent = found(state.dissents, "dissent", act.dissent)
    if stamp.by not in dissent.signatories:
        raise Refused("not-signatory", person=stamp.by, id=dissent.id)
    return DissentWithdrawn(act=act)


@evolves(DissentWithdrawn)
def dissent_withdrawn(state: State, event: DissentWithdrawn, stamp: Stamp) -> None:
    """The name is gone; with the last one nothing awaits printing any more."""
    dissent = state.dissents[event.act.dissent]
    dissent.signatories = tuple(person for person in dissent.signatories if person != stamp.by)
    if not dissent.signatories and is_open(state, "dissent", dissent.id):
        dispose(state, stamp, "dissent", dissent.id, "withdrawn")


def require_in_time(body: Body, decision: Decision, stamp: Stamp) -> Dissents:
    """The order on dissent of the body that decided, if it allows dissent on this day, else raise Refused."""
    order = orders_of(body).dissents
    if not order.allowed:
        raise Refused("dissent-not-allowed", body=body.id, clause=order)
    if order.days is not None:
        last_day = decision.on + timedelta(days=order.days)
        if stamp.on > last_day:
            raise Refused("time-limit", until=last_day, clause=order)
    return order


def require_dissenter(state: State, person: str, decision: Decision, order: Dissents) -> None:
    """Return if somebody had a seat in the body when it decided and did not vote for it by name, else raise Refused.

    A member who was absent, abstained or voted secretly or by show of hands may dissent.
    """
    seat = state.body(decision.body).seated.get(person)
    division = state.divisions.get(decision.division)
    registered = division is not None and person in division.register
    # A seat given up on the day of the decision has ended the day before; its holder was on the register all the same.
    if not registered and (seat is None or not sits(seat, decision.on)):
        raise Refused(
            "not-in-the-decision",
            person=person,
            body=decision.body,
            on=decision.on,
            clause=order,
        )
    vote = division.votes.get(person) if division is not None else None
    if vote is not None and vote.choice == "for":
        raise Refused("voted-for", person=person, decision=decision.id, clause=order)


def require_own_names(state: State, stamp: Stamp, persons: tuple[str, ...], body: Body) -> None:
    """Return if somebody signs for nobody but themselves, or keeps the books of the body, else raise Refused."""
    if not persons:
        raise Refused("no-signatory")
    for person in persons:
        state.person(person)
        if persons.count(person) > 1:
            raise Refused("signatory-twice", person=person)
    others = [person for person in persons if person != stamp.by]
    if others and not may(state, stamp.by, KEEPERS, body, stamp.on):
        raise Refused("signs-for-others", person=stamp.by, others=tuple(others))
