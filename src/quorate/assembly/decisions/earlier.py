"""Decisions taken before the record began: entered so that later ones can ratify, rescind or rest on them.

Nothing is known here of how they were taken, so they have no motion and no division, and lay no duties by themselves;
what they still ask for is laid on somebody with `charge-with`.
"""

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.bearers import require_bearers
from quorate.assembly.model.decision import Decision
from quorate.assembly.model.motion import Clause
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, existing_body, orders_of, require
from quorate.assembly.state import State, new
from quorate.canon.moment import Day

refusals(
    not_earlier="day founded_on",
    id_of_a_motion="decision",
)


class RecordEarlierDecision(Act, frozen=True):
    """Enter a decision that a body took before the record began."""

    decision: str
    body: str
    title: str
    day: Day
    clauses: tuple[Clause, ...] = ()
    source: str = ""
    """Where it is known from, such as `minute book 3, page 41`."""
    text: str | None = None


class EarlierDecisionRecorded(Event, frozen=True):
    """A decision from before the record is known to be in force."""

    act: RecordEarlierDecision


@decides(RecordEarlierDecision, opens="decision")
def record_earlier_decision(
    state: State, act: RecordEarlierDecision, stamp: Stamp
) -> EarlierDecisionRecorded:
    """Refused for a day on which the record already ran: what happens since then is decided in it."""
    body = existing_body(state, act.body)
    require(state, stamp, KEEPERS, body)
    require_bearers(state, act.clauses)
    orders_of(body)  # refused here: the change asks for them, and must not refuse
    new(state.decisions, "decision", act.decision)
    if act.decision in state.motions:
        raise Refused("id-of-a-motion", decision=act.decision)
    founded_on = state.house().founded_on
    if act.day.on >= founded_on:
        raise Refused("not-earlier", day=act.day, founded_on=founded_on)
    return EarlierDecisionRecorded(act=act)


@evolves(EarlierDecisionRecorded)
def earlier_decision_recorded(state: State, event: EarlierDecisionRecorded, stamp: Stamp) -> None:
    """The decision is in force since its day."""
    act = event.act
    orders = orders_of(state.bodies[act.body])
    state.decisions[act.decision] = Decision(
        id=act.decision,
        motion="",
        division="",
        body=act.body,
        meeting="",
        on=act.day.on,
        seq=state.size,
        title=act.title,
        clauses=act.clauses,
        confidential=orders.confidentiality.decisions_confidential,
    )
