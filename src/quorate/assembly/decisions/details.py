"""Details: what a decision leaves to be fixed, by whom, and how it was fixed.

A decision leaves a detail open for each slot that it defers or leaves undecided (RONR, 12th ed., 13: committing with
power); its id is `decision.n.slot`. A decision in force with an undecided detail shows as such, by `open_details`.
"""

from collections.abc import Iterator

from quorate.assembly.act import Act, Event, Stamp, decides, evolves, follows
from quorate.assembly.bearers import acts_for
from quorate.assembly.decisions.duties import (
    clause_of,
    due_of,
    open_duty,
    require_window,
    running,
)
from quorate.assembly.items import dispose, is_open
from quorate.assembly.model.calendar import Point
from quorate.assembly.model.decision import Decision, Duty
from quorate.assembly.model.motion import Clause
from quorate.assembly.motions.decided import DecisionTaken
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.state import State
from quorate.canon.moment import Day

refusals(
    not_competent="person owner detail",
    value_unclear="",
)


class DetailDeferred(Event, frozen=True):
    """A decision leaves a detail to somebody; follows by itself."""

    detail: str
    decision: str
    clause: int
    slot: str
    owner: str
    due: Point | None = None


@follows(DecisionTaken)
def left_by_decision(state: State, event: DecisionTaken, stamp: Stamp) -> Iterator[DetailDeferred]:
    """A detail for each slot that the decision leaves open, in the order of the clauses."""
    decision = state.decisions[event.decision]
    for clause in decision.clauses:
        for slot in slots_of(decision, clause):
            yield DetailDeferred(
                detail=f"{decision.id}.{clause.n}.{slot}",
                decision=decision.id,
                clause=clause.n,
                slot=slot,
                owner=clause.owner or clause.bearer or f"body:{decision.body}",
                due=due_of(clause),
            )


@evolves(DetailDeferred)
def detail_leftopen_duty(state: State, event: DetailDeferred, stamp: Stamp) -> None:
    """The detail waits on the one to whom it is left."""
    clause = clause_of(state.decisions[event.decision], event.clause)
    detail = Duty(
        id=event.detail,
        bearer=event.owner,
        what=clause.action,
        body=state.decisions[event.decision].body,
        decision=event.decision,
        clause=event.clause,
        slot=event.slot,
        due=event.due,
    )
    open_duty(state, stamp, detail)


class FixDetail(Act, frozen=True):
    """Fix a detail that a decision left open, in words or as a day."""

    detail: str
    value: str = ""
    """In a few words without personal data."""
    day: Day | None = None
    text: str | None = None


class DetailFixed(Event, frozen=True):
    """A detail is fixed, and stands in its decision."""

    act: FixDetail


@decides(FixDetail)
def fix_detail(state: State, act: FixDetail, stamp: Stamp) -> DetailFixed:
    """Whoever acts for the body, office or person to whom a detail is left fixes it, within what was decided."""
    detail = running(state, act.detail)
    if not detail.slot:
        raise Refused("unknown", what="detail", id=act.detail)
    owner = state.open_items[f"detail:{detail.id}"].owner
    if not acts_for(state, stamp.by, owner, stamp.on):
        raise Refused("not-competent", person=stamp.by, owner=owner, detail=detail.id)
    if (act.day is None) == (act.value == ""):
        raise Refused("value-unclear")
    if act.day is not None:
        require_window(state, detail, act.day.on)
    return DetailFixed(act=act)


@evolves(DetailFixed)
def detail_fixed(state: State, event: DetailFixed, stamp: Stamp) -> None:
    """The decision shows the value, and the detail is off the list."""
    act = event.act
    detail = state.duties[act.detail]
    detail.value = act.value or str(act.day)
    fixed = state.decisions[detail.decision].fixed
    fixed[f"{detail.clause}/{detail.slot}"] = act.day if act.day is not None else act.value
    dispose(state, stamp, "detail", detail.id, "fixed")


def open_details(state: State, decision: str) -> list[Duty]:
    """The details of a decision that are not fixed yet, in the order of its clauses; empty when it is complete."""
    return [
        detail
        for clause in state.decision(decision).clauses
        for slot in slots_of(state.decisions[decision], clause)
        if (detail := state.duties.get(f"{decision}.{clause.n}.{slot}")) is not None
        and is_open(state, "detail", detail.id)
    ]


def slots_of(decision: Decision, clause: Clause) -> Iterator[str]:
    """The details that a clause leaves open.

    A `defer` clause without a slot leaves one, called `detail`. A slot that another clause of the decision defers is left
    by that clause alone.
    """
    # A slot named twice is one detail, as its id is made of it.
    if clause.modality == "defer":
        yield from dict.fromkeys(clause.open_slots or ("detail",))
        return
    deferred_slots = {
        slot for other in decision.clauses if other.modality == "defer" for slot in other.open_slots
    }
    yield from (slot for slot in dict.fromkeys(clause.open_slots) if slot not in deferred_slots)
