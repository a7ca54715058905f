"""Dispatches: a message to somebody by a messenger, open until it is acknowledged or given up.

Whoever sent it sees at any time who has acknowledged, who could not be reached, and who is silent.
"""

from datetime import date

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.bearers import acts_for, require_reference
from quorate.assembly.days import settle
from quorate.assembly.items import advance, dispose, due_on, item_id, open_item, set_due
from quorate.assembly.model.affairs import Dispatch
from quorate.assembly.model.calendar import Point
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, existing_body, may, require
from quorate.assembly.state import State, found, new

refusals(
    not_messenger="person dispatch body",
    not_recipient="dispatch person",
)


class SendDispatch(Act, frozen=True):
    """Send a message by somebody to somebody, in the name of a body."""

    dispatch: str
    to: str
    """A reference: `body:...`, `office:...`, `person:...`."""
    messenger: str
    """The person who carries it."""
    body: str
    """The body that sends it."""
    due: Point | None = None
    """The day by which it is to be acknowledged."""
    text: str | None = None


class DispatchSent(Event, frozen=True):
    """A message is on its way."""

    act: SendDispatch
    due: Point | None = None


@decides(SendDispatch, opens="dispatch")
def send_dispatch(state: State, act: SendDispatch, stamp: Stamp) -> DispatchSent:
    """A member of the body, or those who keep its books."""
    new(state.dispatches, "dispatch", act.dispatch)
    require(state, stamp, (*KEEPERS, "member"), existing_body(state, act.body))
    require_reference(state, act.to)
    state.person(act.messenger)
    return DispatchSent(act=act, due=settle(state, act.due))


@evolves(DispatchSent)
def dispatch_sent(state: State, event: DispatchSent, stamp: Stamp) -> None:
    """The dispatch is open business of the body that sent it."""
    act = event.act
    state.dispatches[act.dispatch] = Dispatch(
        id=act.dispatch,
        to=act.to,
        messenger=act.messenger,
        sent_at=stamp.at,
        by=stamp.by,
        body=act.body,
        due=event.due,
        text=act.text,
    )
    open_item(
        state,
        stamp,
        "dispatch",
        act.dispatch,
        body=act.body,
        owner=f"person:{act.messenger}",
        next_step="deliver",
        due=event.due,
    )


class ConfirmDelivery(Act, frozen=True):
    """Say, as the messenger, that a dispatch was delivered."""

    dispatch: str


class DispatchDelivered(Event, frozen=True):
    """A message has arrived, and is to be acknowledged."""

    act: ConfirmDelivery


@decides(ConfirmDelivery)
def confirm_delivery(state: State, act: ConfirmDelivery, stamp: Stamp) -> DispatchDelivered:
    """The messenger or the keepers; also after it was reported undelivered."""
    dispatch = dispatch_in(state, act.dispatch, "sent", "undelivered")
    require_messenger(state, dispatch, stamp)
    return DispatchDelivered(act=act)


@evolves(DispatchDelivered)
def dispatch_delivered(state: State, event: DispatchDelivered, stamp: Stamp) -> None:
    """The recipient has to answer now."""
    dispatch = state.dispatches[event.act.dispatch]
    dispatch.status = "delivered"
    advance(state, "dispatch", dispatch.id, "acknowledge", owner=dispatch.to)


class Acknowledge(Act, frozen=True):
    """Say, as the recipient, that a dispatch was received and understood."""

    dispatch: str
    text: str | None = None


class DispatchAcknowledged(Event, frozen=True):
    """A message was acknowledged."""

    act: Acknowledge


@decides(Acknowledge)
def acknowledge(state: State, act: Acknowledge, stamp: Stamp) -> DispatchAcknowledged:
    """Whoever acts for the recipient; whether delivery was confirmed before does not matter."""
    dispatch = dispatch_in(state, act.dispatch, "sent", "delivered", "undelivered")
    if not acts_for(state, stamp.by, dispatch.to, stamp.on):
        raise Refused("not-recipient", dispatch=dispatch.id, person=stamp.by)
    return DispatchAcknowledged(act=act)


@evolves(DispatchAcknowledged)
def dispatch_acknowledged(state: State, event: DispatchAcknowledged, stamp: Stamp) -> None:
    """The dispatch is off the list."""
    state.dispatches[event.act.dispatch].status = "acknowledged"
    dispose(state, stamp, "dispatch", event.act.dispatch, "acknowledged")


class ReportUndelivered(Act, frozen=True):
    """Say that a dispatch could not be delivered."""

    dispatch: str
    reason: str | None = None


class DispatchReturned(Event, frozen=True):
    """A message came back undelivered."""

    act: ReportUndelivered


@decides(ReportUndelivered)
def report_undelivered(state: State, act: ReportUndelivered, stamp: Stamp) -> DispatchReturned:
    """The messenger or the keepers, while delivery is not confirmed."""
    dispatch = dispatch_in(state, act.dispatch, "sent")
    require_messenger(state, dispatch, stamp)
    return DispatchReturned(act=act)


@evolves(DispatchReturned)
def dispatch_returned(state: State, event: DispatchReturned, stamp: Stamp) -> None:
    """The body that sent it has to send it again or give it up."""
    dispatch = state.dispatches[event.act.dispatch]
    dispatch.status = "undelivered"
    advance(state, "dispatch", dispatch.id, "send-again", owner=f"body:{dispatch.body}")


class ResendDispatch(Act, frozen=True):
    """Send an unanswered dispatch again, by the same messenger or another."""

    dispatch: str
    messenger: str = ""
    due: Point | None = None


class DispatchResent(Event, frozen=True):
    """A message is on its way again."""

    act: ResendDispatch
    due: Point | None = None


@decides(ResendDispatch)
def resend_dispatch(state: State, act: ResendDispatch, stamp: Stamp) -> DispatchResent:
    """A member of the body that sent it, or those who keep its books, until it is acknowledged or given up."""
    dispatch = dispatch_in(state, act.dispatch, "sent", "delivered", "undelivered")
    require(state, stamp, (*KEEPERS, "member"), state.body(dispatch.body))
    if act.messenger:
        state.person(act.messenger)
    return DispatchResent(act=act, due=settle(state, act.due))


@evolves(DispatchResent)
def dispatch_resent(state: State, event: DispatchResent, stamp: Stamp) -> None:
    """As when it was first sent; the day due stays unless a new one was given."""
    dispatch = state.dispatches[event.act.dispatch]
    dispatch.status = "sent"
    dispatch.sendings += 1
    dispatch.sent_at = stamp.at
    dispatch.messenger = event.act.messenger or dispatch.messenger
    dispatch.due = event.due or dispatch.due
    advance(state, "dispatch", dispatch.id, "deliver", owner=f"person:{dispatch.messenger}")
    set_due(state, "dispatch", dispatch.id, dispatch.due)


class AbandonDispatch(Act, frozen=True):
    """Give a dispatch up."""

    dispatch: str
    reason: str | None = None


class DispatchAbandoned(Event, frozen=True):
    """Nobody waits for the answer to a message any more."""

    act: AbandonDispatch


@decides(AbandonDispatch)
def abandon_dispatch(state: State, act: AbandonDispatch, stamp: Stamp) -> DispatchAbandoned:
    """Those who keep the books of the body that sent it."""
    dispatch = dispatch_in(state, act.dispatch, "sent", "delivered", "undelivered")
    require(state, stamp, KEEPERS, state.body(dispatch.body))
    return DispatchAbandoned(act=act)


@evolves(DispatchAbandoned)
def dispatch_abandoned(state: State, event: DispatchAbandoned, stamp: Stamp) -> None:
    """The dispatch is off the list."""
    state.dispatches[event.act.dispatch].status = "abandoned"
    dispose(state, stamp, "dispatch", event.act.dispatch, "abandoned")


def silent(state: State, as_of: date) -> list[Dispatch]:
    """The dispatches that are neither acknowledged nor reported undelivered, oldest first.

    Those whose day to be acknowledged by is still to come are not silent yet. Cost: one look at each open item.
    """
    items = (item for item in state.open_items.values() if item.kind == "dispatch")
    late = [
        state.dispatches[item.subject]
        for item in items
        if (due := due_on(state, item)) is None or due <= as_of
    ]
    unheard = (dispatch for dispatch in late if dispatch.status != "undelivered")
    return sorted(unheard, key=lambda dispatch: dispatch.sent_at)


def dispatch_in(state: State, key: str, *needed: str) -> Dispatch:
    """The dispatch of that id in one of these statuses, else Refused `unknown` or `not-open`."""
    dispatch = found(state.dispatches, "dispatch", key)
    if dispatch.status not in needed:
        raise Refused("not-open", what="dispatch", id=key, status=dispatch.status, statuses=needed)
    assert item_id("dispatch", key) in state.open_items
    return dispatch


def require_messenger(state: State, dispatch: Dispatch, stamp: Stamp) -> None:
    """Return if the one who acts carries a dispatch or keeps the books of the body that sent it, else raise Refused."""
    body = state.body(dispatch.body)
    if stamp.by != dispatch.messenger and not may(state, stamp.by, KEEPERS, body, stamp.on):
        raise Refused("not-messenger", person=stamp.by, dispatch=dispatch.id, body=dispatch.body)
