"""Appeals against a measure of discipline, to the body that the standing orders name.

An appeal does not suspend the measure. Quashed, a suspension or expulsion no longer stands from that day; a seat or an
office that ended with it may have been filled since, and is given again only by its own act.
"""

from datetime import timedelta
from typing import Literal

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.affairs.breaches import require_of_body
from quorate.assembly.items import dispose, is_open, open_item
from quorate.assembly.model.affairs import Charge, Measure
from quorate.assembly.organisation.membership import restore
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, existing_body, orders_of, require
from quorate.assembly.state import State, found

NO_MEASURE: tuple[Measure | str, ...] = ("", "none", "not-accepted", "withdrawn")
"""What a charge can have come to without a measure that could be appealed against."""

refusals(
    no_appeal="body",
    no_measure="charge",
    not_accused="person charge",
    appealed_already="charge",
    not_appealed="charge",
)


class AppealMeasure(Act, frozen=True):
    """Appeal, as the accused, against a measure."""

    charge: str
    text: str | None = None


class MeasureAppealed(Event, frozen=True):
    """An appeal is before another body."""

    act: AppealMeasure
    to: str


@decides(AppealMeasure)
def appeal_measure(state: State, act: AppealMeasure, stamp: Stamp) -> MeasureAppealed:
    """The accused, once, within the days that the orders give from the day of the measure."""
    charge = found(state.charges, "charge", act.charge)
    order = orders_of(state.body(charge.body)).discipline
    if stamp.by != charge.accused:
        raise Refused("not-accused", person=stamp.by, charge=charge.id)
    if charge.measure in NO_MEASURE or charge.measure_on is None:
        raise Refused("no-measure", charge=charge.id)
    if charge.appeal:
        raise Refused("appealed-already", charge=charge.id)
    if not order.appeal_to:
        raise Refused("no-appeal", body=charge.body, clause=order)
    existing_body(state, order.appeal_to)
    if order.appeal_days is not None:
        last_day = charge.measure_on + timedelta(days=order.appeal_days)
        if stamp.on > last_day:
            raise Refused("time-limit", until=last_day, clause=order)
    return MeasureAppealed(act=act, to=order.appeal_to)


@evolves(MeasureAppealed)
def measure_appealed(state: State, event: MeasureAppealed, stamp: Stamp) -> None:
    """The appeal is open business of the body appealed to."""
    charge = state.charges[event.act.charge]
    charge.appealed_to = event.to
    charge.appeal = "open"
    open_item(
        state,
        stamp,
        "appeal",
        charge.id,
        body=event.to,
        owner=f"body:{event.to}",
        next_step="uphold-or-quash",
    )


class DecideMeasureAppeal(Act, frozen=True):
    """Put on the record how the body appealed to has decided."""

    charge: str
    how: Literal["upheld", "quashed"]
    """What became of the measure."""
    decision: str = ""
    """The decision by which it was quashed; needed for that, not to uphold."""
    text: str | None = None


class MeasureAppealDecided(Event, frozen=True):
    """An appeal against a measure is decided."""

    act: DecideMeasureAppeal


@decides(DecideMeasureAppeal)
def decide_measure_appeal(
    state: State, act: DecideMeasureAppeal, stamp: Stamp
) -> MeasureAppealDecided:
    """Those who keep the books of the body appealed to; a measure is quashed only by a decision of that body."""
    charge = found(state.charges, "charge", act.charge)
    if charge.appeal != "open":
        raise Refused("not-appealed", charge=charge.id)
    body = state.body(charge.appealed_to)
    require(state, stamp, KEEPERS, body)
    if act.decision or act.how == "quashed":
        decision = state.decision(act.decision)
        require_of_body("decision", decision.id, decision.body, body.id)
    return MeasureAppealDecided(act=act)


@evolves(MeasureAppealDecided)
def measure_appeal_decided(state: State, event: MeasureAppealDecided, stamp: Stamp) -> None:
    """The appeal is off the list; a suspension or expulsion that was quashed no longer stands."""
    charge = state.charges[event.act.charge]
    charge.appeal = event.act.how
    dispose(state, stamp, "appeal", charge.id, event.act.how)
    if event.act.how == "quashed":
        _restore(state, stamp, charge)


def _restore(state: State, stamp: Stamp, charge: Charge) -> None:
    """Undo what the measure did to somebody's standing, unless that has changed since for another reason."""
    person = state.people[charge.accused]
    if charge.measure == "suspend" and person.status == "suspended":
        restore(state, person.id)
        if is_open(state, "suspension", person.id):
            dispose(state, stamp, "suspension", person.id, "quashed")
    elif charge.measure == "expel" and person.status == "left":
        restore(state, person.id)
