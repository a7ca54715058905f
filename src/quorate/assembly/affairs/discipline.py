"""Discipline: the measure that a motion proposes on a charge, and its effect when the motion is decided.

RONR (12th ed.) 61 and 63. A measure needs what the standing orders say must precede it; to reject one, or to find that
none is called for, needs no hearing. Appeals against a measure are in `appeals`.
"""

from collections.abc import Callable, Iterator
from datetime import date

from quorate.assembly.act import Act, Event, Stamp, decides, evolves, follows
from quorate.assembly.affairs.charges import (
    end_charge,
    is_discipline,
    open_charge,
    require_noticed,
    undecided_motions,
)
from quorate.assembly.items import advance, is_open, set_due
from quorate.assembly.model.affairs import Charge, Measure, Proposal
from quorate.assembly.model.calendar import Point
from quorate.assembly.model.orders import Discipline
from quorate.assembly.motions.decided import MotionDecided
from quorate.assembly.organisation.membership import depart, suspend, unseat
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, orders_of, require, require_seat
from quorate.assembly.state import State, found
from quorate.canon.moment import Day

refusals(
    recused="person charge",
    no_hearing="accused charge",
    no_such_measure="motion body charge",
    measure_unclear="accused",
)


class MoveDiscipline(Act, frozen=True):
    """Say which measure a discipline motion on a charge proposes; said again, it replaces what was said."""

    charge: str
    motion: str
    measure: Measure
    until: Day | None = None
    """For `suspend`: the last day, if it has one."""
    office: str = ""
    """For `remove`: from this office of the body; empty: from the seat in it."""


class DisciplineMoved(Event, frozen=True):
    """A motion proposes a measure on a charge."""

    act: MoveDiscipline


@decides(MoveDiscipline)
def move_discipline(state: State, act: MoveDiscipline, stamp: Stamp) -> DisciplineMoved:
    """The mover or those who keep the books; refused before notice and hearing, unless no measure is proposed."""
    charge = open_charge(state, act.charge)
    body = state.body(charge.body)
    order = orders_of(body).discipline
    motion = state.motion(act.motion)
    if not is_discipline(motion, charge) or motion.status not in ("moved", "pending"):
        raise Refused("no-such-measure", motion=motion.id, body=body.id, charge=charge.id)
    if (stamp.behalf or stamp.by) != motion.mover:
        require(state, stamp, KEEPERS, body, order)
    for person in (motion.mover, stamp.by):
        if person in charge.recused:
            raise Refused("recused", person=person, charge=charge.id, clause=order)
    if act.measure == "expel" and charge.accused == state.house().clerk:
        raise Refused("keeps-the-record", person=charge.accused)
    _require_clear(state, act, charge, stamp.on)
    if act.measure != "none":
        require_heard(charge, order, stamp.on)
    return DisciplineMoved(act=act)


@evolves(DisciplineMoved)
def discipline_moved(state: State, event: DisciplineMoved, stamp: Stamp) -> None:
    """The motion carries its measure."""
    act = event.act
    state.charges[act.charge].motions[act.motion] = Proposal(
        measure=act.measure, until=act.until, office=act.office
    )
    advance(state, "charge", act.charge, "decide-motion", facts={"motion": act.motion})


def _require_clear(state: State, act: MoveDiscipline, charge: Charge, on: date) -> None:
    clear = (act.until is None or act.measure == "suspend") and (
        act.office == "" or act.measure == "remove"
    )
    if act.office:
        office = found(state.offices, "office", act.office)
        clear &= office.body == charge.body and office.holder == charge.accused
    elif act.measure == "remove":
        require_seat(state, charge.accused, state.body(charge.body), on)
    if not clear:
        raise Refused("measure-unclear", accused=charge.accused)


@follows(MotionDecided)
def measure_decided(state: State, event: MotionDecided, stamp: Stamp) -> Iterator[Event]:
    """Adopted, the measure is taken; rejected with no other motion on the charge left, none is."""
    motion = state.motions[event.motion]
    charge = state.charges.get(motion.target)
    if charge is None or not is_discipline(motion, charge):
        return
    proposal = charge.motions.get(motion.id)
    if event.result == "adopted" and proposal is not None and charge.measure != "withdrawn":
        yield MeasureTaken(charge=charge.id, motion=motion.id, measure=proposal.measure)
    elif event.result == "rejected" and charge.measure == "":
        others = [key for key in undecided_motions(state, charge) if key != motion.id]
        if not others:
            yield MeasureRejected(charge=charge.id, motion=motion.id)


class MeasureTaken(Event, frozen=True):
    """A motion that proposed a measure on a charge was adopted, and the measure has its effect."""

    charge: str
    motion: str
    measure: Measure


@evolves(MeasureTaken)
def measure_taken(state: State, event: MeasureTaken, stamp: Stamp) -> None:
    """The measure has its effect at once, and the charge is off the list."""
    charge = state.charges[event.charge]
    _EFFECTS[event.measure](state, stamp, charge, charge.motions[event.motion])
    charge.decision = event.motion
    if is_open(state, "charge", charge.id):
        end_charge(state, stamp, charge, event.measure)
    else:  # a second motion was adopted as well, or one that was rejected was reconsidered
        charge.measure, charge.measure_on = event.measure, stamp.on


def _nothing(state: State, stamp: Stamp, charge: Charge, proposal: Proposal) -> None:
    """A censure, or no measure, changes nobody's rights."""


def _suspend(state: State, stamp: Stamp, charge: Charge, proposal: Proposal) -> None:
    until = proposal.until
    person = state.people[charge.accused]
    if person.status == "good-standing":
        suspend(state, stamp, person.id, charge.body, until)
    elif person.status == "suspended":
        due = None if until is None else Point(on=until.on, written=until.written)
        person.until = until
        set_due(state, "suspension", person.id, due)


def _remove(state: State, stamp: Stamp, charge: Charge, proposal: Proposal) -> None:
    if not proposal.office:
        unseat(state, charge.body, charge.accused, stamp.on)
        return
    office = state.offices[proposal.office]
    if office.holder == charge.accused:
        office.holder, office.since, office.until = "", None, None


def _expel(state: State, stamp: Stamp, charge: Charge, proposal: Proposal) -> None:
    depart(state, stamp, charge.accused)


_EFFECTS: dict[Measure, Callable[[State, Stamp, Charge, Proposal], None]] = {
    "censure": _nothing,
    "none": _nothing,
    "suspend": _suspend,
    "remove": _remove,
    "expel": _expel,
}


class MeasureRejected(Event, frozen=True):
    """The last motion on a charge was rejected: it ends without a measure."""

    charge: str
    motion: str


@evolves(MeasureRejected)
def measure_rejected(state: State, event: MeasureRejected, stamp: Stamp) -> None:
    """The charge is off the list, and the accused is as before."""
    end_charge(state, stamp, state.charges[event.charge], "not-accepted")


def require_heard(charge: Charge, order: Discipline, on: date) -> None:
    """Return if notice and hearing have preceded a measure as the orders want, else raise Refused."""
    if order.hearing and charge.heard_on is None:
        raise Refused("no-hearing", accused=charge.accused, charge=charge.id, clause=order)
    if not order.hearing and order.notice_days:
        require_noticed(charge, order, on)
