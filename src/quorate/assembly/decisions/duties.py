"""Duties: what a decision or a body charges somebody with, and how it is brought to an end.

A decision lays a duty for each `must` that is done once and has a bearer; its id is `decision.n`. What holds throughout has
no end and so opens nothing. A detail left open (see `details`) is a duty with a slot and lives in the same register.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from quorate.assembly.act import Act, Event, Stamp, decides, evolves, follows
from quorate.assembly.bearers import acts_for, require_reference
from quorate.assembly.days import day_of_point, settle
from quorate.assembly.items import dispose, is_open, open_item, set_due
from quorate.assembly.model.calendar import Point
from quorate.assembly.model.decision import Decision, Duty
from quorate.assembly.model.item import ItemKind
from quorate.assembly.model.motion import Clause
from quorate.assembly.motions.decided import DecisionTaken
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, existing_body, may, require
from quorate.assembly.state import State, found, new

refusals(
    not_charged="person owner duty",
    id_of_decision="duty",
    accepted_already="duty",
    outside_window="decision n start end day",
)


class DutyLaid(Event, frozen=True):
    """A decision charges somebody; follows by itself."""

    duty: str
    decision: str
    clause: int
    bearer: str
    what: str
    due: Point | None = None


class ChargeWith(Act, frozen=True):
    """Charge a body, office or person with something, beside what decisions lay on them."""

    duty: str
    """Without a dot: with one, the id is that of a duty laid by a decision."""
    bearer: str
    """A reference: `body:cc`, `office:cc.chair`, `person:p-...`."""
    what: str
    """In a few words without personal data."""
    body: str
    """The body for which it is done, and to which it falls back."""
    due: Point | None = None
    text: str | None = None


class DutyCharged(Event, frozen=True):
    """Somebody is charged with something."""

    act: ChargeWith
    due: Point | None = None


@decides(ChargeWith, opens="duty")
def charge_with(state: State, act: ChargeWith, stamp: Stamp) -> DutyCharged:
    """Those who keep the books of a body charge in its name."""
    new(state.duties, "duty", act.duty)
    if "." in act.duty:
        raise Refused("id-of-decision", duty=act.duty)
    require(state, stamp, KEEPERS, existing_body(state, act.body))
    require_reference(state, act.bearer)
    return DutyCharged(act=act, due=settle(state, act.due))


@evolves(DutyCharged)
def duty_charged(state: State, event: DutyCharged, stamp: Stamp) -> None:
    """The duty waits on its bearer."""
    act = event.act
    duty = Duty(id=act.duty, bearer=act.bearer, what=act.what, body=act.body, due=event.due)
    open_duty(state, stamp, duty)


@follows(DecisionTaken)
def laid_by_decision(state: State, event: DecisionTaken, stamp: Stamp) -> Iterator[DutyLaid]:
    """A duty for each `must` that is done once and has a bearer, in the order of the clauses."""
    decision = state.decisions[event.decision]
    for clause in decision.clauses:
        if clause.modality == "must" and clause.mode == "once" and clause.bearer:
            yield DutyLaid(
                duty=f"{decision.id}.{clause.n}",
                decision=decision.id,
                clause=clause.n,
                bearer=clause.bearer,
                what=clause.action,
                due=due_of(clause),
            )


@evolves(DutyLaid)
def duty_laid(state: State, event: DutyLaid, stamp: Stamp) -> None:
    """The duty waits on its bearer."""
    duty = Duty(
        id=event.duty,
        bearer=event.bearer,
        what=event.what,
        body=state.decisions[event.decision].body,
        decision=event.decision,
        clause=event.clause,
        due=event.due,
    )
    open_duty(state, stamp, duty)


class AcceptCharge(Act, frozen=True):
    """Say that one has understood what one is charged with, and will do it."""

    duty: str


class DutyAccepted(Event, frozen=True):
    """The one charged has accepted."""

    act: AcceptCharge


@decides(AcceptCharge)
def accept_charge(state: State, act: AcceptCharge, stamp: Stamp) -> DutyAccepted:
    """The one charged accepts, once."""
    duty = running(state, act.duty)
    _require_charged(state, stamp, duty)
    if duty.accepted:
        raise Refused("accepted-already", duty=duty.id)
    return DutyAccepted(act=act)


@evolves(DutyAccepted)
def duty_accepted(state: State, event: DutyAccepted, stamp: Stamp) -> None:
    """The duty is accepted and stays open."""
    state.duties[event.act.duty].accepted = True


class ReportProgress(Act, frozen=True):
    """Say how a duty is coming along; it stays open."""

    duty: str
    text: str | None = None


class ProgressReported(Event, frozen=True):
    """There is a report of progress."""

    act: ReportProgress


@decides(ReportProgress)
def report_progress(state: State, act: ReportProgress, stamp: Stamp) -> ProgressReported:
    """The one charged reports as often as they like."""
    _require_charged(state, stamp, running(state, act.duty))
    return ProgressReported(act=act)


@evolves(ProgressReported)
def progress_reported(state: State, event: ProgressReported, stamp: Stamp) -> None:
    """One report more; the duty stays open."""
    state.duties[event.act.duty].reports += 1


class Discharge(Act, frozen=True):
    """End a duty: it is done, or cannot be done, or its bearer is released from it."""

    duty: str
    how: Literal["done", "impossible", "released"] = "done"
    text: str | None = None


class DutyDischarged(Event, frozen=True):
    """A duty is at its end."""

    act: Discharge


@decides(Discharge)
def discharge(state: State, act: Discharge, stamp: Stamp) -> DutyDischarged:
    """The one charged says that it is done or impossible; those who keep the body's books may say so too, or release."""
    duty = running(state, act.duty)
    if duty.slot:
        raise Refused("unknown", what="duty", id=act.duty)
    if act.how == "released":
        require(state, stamp, KEEPERS, state.body(duty.body))
    elif not _keeps(state, stamp, duty):
        _require_charged(state, stamp, duty)
    return DutyDischarged(act=act)


@evolves(DutyDischarged)
def duty_discharged(state: State, event: DutyDischarged, stamp: Stamp) -> None:
    """The duty is off the list."""
    dispose(state, stamp, "duty", event.act.duty, event.act.how)


class Extend(Act, frozen=True):
    """Give a duty or detail another day on which it is due."""

    duty: str
    due: Point


class DutyExtended(Event, frozen=True):
    """A duty or detail is due on another day."""

    act: Extend
    due: Point


@decides(Extend)
def extend(state: State, act: Extend, stamp: Stamp) -> DutyExtended:
    """Those who keep the body's books extend, but not beyond the window that a decision set."""
    duty = running(state, act.duty)
    require(state, stamp, KEEPERS, state.body(duty.body))
    due = settle(state, act.due)
    assert due is not None
    if (day := day_of_point(state, due)) is not None:
        require_window(state, duty, day)
    return DutyExtended(act=act, due=due)


@evolves(DutyExtended)
def duty_extended(state: State, event: DutyExtended, stamp: Stamp) -> None:
    """The duty and its item have their new day."""
    duty = state.duties[event.act.duty]
    duty.due = event.due
    set_due(state, kind_of_duty(duty), duty.id, event.due)


def clause_of(decision: Decision, n: int) -> Clause:
    """The clause of that number."""
    return next(clause for clause in decision.clauses if clause.n == n)


def due_of(clause: Clause) -> Point | None:
    """When what a clause demands is due: the day that it names, else the end of its window."""
    if clause.due is not None:
        return clause.due
    return None if clause.window is None else clause.window.end


def kind_of_duty(duty: Duty) -> ItemKind:
    """The kind of item that a duty is: `detail` when a slot is to be fixed, else `duty`."""
    return "detail" if duty.slot else "duty"


def open_duty(state: State, stamp: Stamp, duty: Duty) -> None:
    """Enter a duty or detail in its register and on the list of open business."""
    state.duties[duty.id] = duty
    open_item(
        state,
        stamp,
        kind_of_duty(duty),
        duty.id,
        body=duty.body,
        owner=duty.bearer,
        next_step="fix-detail" if duty.slot else "do-duty",
        due=duty.due,
    )


def running(state: State, key: str) -> Duty:
    """The duty or detail of that id, if it is open.

    Raises:
        Refused: there is none, or it is at its end.
    """
    duty = found(state.duties, "duty", key)
    if not is_open(state, kind_of_duty(duty), duty.id):
        kind = kind_of_duty(duty)
        raise Refused("not-open", what=kind, id=key, status="ended", statuses=("open",))
    return duty


def _require_charged(state: State, stamp: Stamp, duty: Duty) -> None:
    owner = state.open_items[f"{kind_of_duty(duty)}:{duty.id}"].owner
    if not acts_for(state, stamp.by, owner, stamp.on):
        raise Refused("not-charged", person=stamp.by, owner=owner, duty=duty.id)


def _keeps(state: State, stamp: Stamp, duty: Duty) -> bool:
    return may(state, stamp.by, KEEPERS, state.body(duty.body), stamp.on)


def require_window(state: State, duty: Duty, day: date) -> None:
    """Return if a day lies in the window of the clause that laid a duty, else raise Refused `outside-window`."""
    window = (
        clause_of(state.decisions[duty.decision], duty.clause).window if duty.decision else None
    )
    if window is None:
        return
    start = None if window.start is None else day_of_point(state, window.start)
    end = None if window.end is None else day_of_point(state, window.end)
    if (start is not None and day < start) or (end is not None and day > end):
        raise Refused(
            "outside-window",
            decision=duty.decision,
            n=duty.clause,
            start=start,
            end=end,
            day=day,
        )
