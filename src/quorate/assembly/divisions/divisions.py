"""Divisions: the question is put, the division is closed, voided, or taken again, and each of them stays on record.

RONR (12th ed.) 4:34–43 (putting the question), 29 (division of the assembly), 45 (voting procedure).
"""

from collections.abc import Iterator
from typing import Literal

from quorate.assembly.act import Act, Event, Stamp, decides, evolves, follows
from quorate.assembly.divisions.box import require_box
from quorate.assembly.divisions.counts import require_counts
from quorate.assembly.divisions.entitlement import require_on_register
from quorate.assembly.divisions.figures import not_voted, not_voted_count, tally_of, unaccounted
from quorate.assembly.divisions.opening import (
    Opening,
    opening_at_meeting,
    opening_of,
    require_measurable,
    require_tellers,
)
from quorate.assembly.divisions.status import (
    open_among,
    open_for_votes,
    require_before_result,
    require_period,
    require_repeatable,
    require_running,
    void_among,
)
from quorate.assembly.due import not_due
from quorate.assembly.items import open_item
from quorate.assembly.model.division import Box, Division, Method
from quorate.assembly.model.motion import Motion
from quorate.assembly.motions.competing import require_turn
from quorate.assembly.motions.precedence import immediately_pending, not_in_order, require_vote
from quorate.assembly.motions.targets import require_status
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, orders_of, require, require_business, require_chair
from quorate.assembly.state import State, new
from quorate.counting.rule import Rule
from quorate.counting.tally import Tally

refusals(
    needs_second="motion",
    division_closed="division status",
    counts_missing="division had needed",
    tellers_differ="division figures",
    period_runs="division closes_at",
    recounted="division again",
    recount_once="division",
    wrong_method="division method",
)


class OpenDivision(Act, frozen=True):
    """Put the question: open a division on a pending motion, and freeze its electoral register."""

    division: str
    motion: str
    method: Method | Literal[""] = ""
    """As the standing orders have it if not given; never `circular`."""
    rule: Rule | None = None
    """Which of the majorities in the standing orders applies; by the kind of motion if not given."""
    tellers: tuple[str, ...] = ()
    """For a counted division: who counts; those in the office of teller if not given."""


class DivisionOpened(Event, frozen=True):
    """A division is open; its register is frozen."""

    act: OpenDivision
    opening: Opening


@decides(OpenDivision, opens="division")
def open_division(state: State, act: OpenDivision, stamp: Stamp) -> DivisionOpened:
    """The chair, on the immediately pending question, or the next of the competing ones."""
    new(state.divisions, "division", act.division)
    motion = state.motion(act.motion)
    if act.method == "circular" or not motion.meeting:
        raise Refused("wrong-method", division=act.division, method="circular-vote")
    meeting = state.meetings[motion.meeting]
    require_business(state, meeting, stamp.on)
    require_chair(meeting, stamp.by)
    if motion.status == "moved":
        clause = orders_of(state.bodies[motion.body]).seconding
        raise Refused("needs-second", motion=motion.id, clause=clause)
    require_status(motion, "pending")
    orders = orders_of(state.bodies[motion.body])
    require_vote(orders, motion)
    top = immediately_pending(state, meeting)
    assert top is not None
    if top is not motion and not (top.group and top.group == motion.group):
        raise not_in_order(orders, "putting", top)
    if put := _already_put(state, meeting.pending):
        raise not_in_order(orders, "putting", put)
    require_turn(state, motion)
    opening = opening_at_meeting(
        state, motion, stamp, method=act.method, rule=act.rule, tellers=act.tellers
    )
    return DivisionOpened(act=act, opening=opening)


@evolves(DivisionOpened)
def division_opened(state: State, event: DivisionOpened, stamp: Stamp) -> None:
    """The motion is put, and the others of its group have begun to be."""
    begin(state, event.act.division, event.opening, stamp)


class CloseDivision(Act, frozen=True):
    """End the voting."""

    division: str
    box: Box | None = None
    """What the box of a secret division holds, if its ballot was prepared; the desk counts it and fills it in."""


class DivisionClosed(Event, frozen=True):
    """The voting has ended; the figures in heads and in weight, which reconcile or show what is missing."""

    act: CloseDivision
    heads: Tally
    weight: Tally
    unaccounted: int = 0
    not_voted: tuple[str, ...] = ()
    """In a roll call: by name."""


@decides(CloseDivision)
def close_division(state: State, act: CloseDivision, stamp: Stamp) -> DivisionClosed:
    """The chair. Refused while tellers' figures are missing or differ. A secret ballot may outlast its meeting.

    A circular vote ends by itself; those who keep the books may close it before, if the orders allow it and all have voted.
    """
    division = open_for_votes(state, act.division)
    if division.method == "circular":
        _require_all_in(state, division, stamp)
    else:
        meeting = state.meetings[division.meeting]
        if division.setup is None or meeting.status != "adjourned":
            require_business(state, meeting, stamp.on)
        require_chair(meeting, stamp.by)
    _require_counts(state, division)
    return closing(division, act, stamp)


def closing(division: Division, act: CloseDivision, stamp: Stamp) -> DivisionClosed:
    """The end of the voting, with the figures that the votes or the tellers come to, and a box that fits."""
    require_running(division, stamp)
    if division.method == "counted":
        require_counts(division)
    require_box(division, act.box)
    return DivisionClosed(
        act=act,
        heads=tally_of(division, "heads"),
        weight=tally_of(division),
        unaccounted=0 if division.method == "secret" else unaccounted(division),
        not_voted=tuple(not_voted(division)) if division.method == "roll-call" else (),
    )


@evolves(DivisionClosed)
def division_closed(state: State, event: DivisionClosed, stamp: Stamp) -> None:
    """No vote can be cast; names can still be corrected until the result is declared."""
    division = state.divisions[event.act.division]
    division.status = "closed"
    division.unaccounted = event.unaccounted
    division.box = event.act.box
    not_due(state, "division", division.id)


@follows(DivisionClosed)
def unreconciled(state: State, event: DivisionClosed, stamp: Stamp) -> Iterator[Event]:
    """A difference is shown at once."""
    if event.unaccounted:
        yield DivisionUnreconciled(division=event.act.division, unaccounted=event.unaccounted)


class DivisionUnreconciled(Event, frozen=True):
    """The figures of a division do not account for everyone entitled; follows by itself."""

    division: str
    unaccounted: int


@evolves(DivisionUnreconciled)
def division_unreconciled(state: State, event: DivisionUnreconciled, stamp: Stamp) -> None:
    """The difference is open business until somebody explains it; nothing else takes it off the list."""
    division = state.divisions[event.division]
    body = division.body
    open_item(
        state,
        stamp,
        "difference",
        division.id,
        body=body,
        owner=f"body:{body}",
        next_step="explain-difference",
    )


class VoidDivision(Act, frozen=True):
    """Declare a division void before its result is declared; the question may be put again."""

    division: str
    reason: str | None = None


class DivisionVoided(Event, frozen=True):
    """A division counts for nothing, and stays on record."""

    act: VoidDivision


@decides(VoidDivision)
def void_division(state: State, act: VoidDivision, stamp: Stamp) -> DivisionVoided:
    """The chair (of a circular vote, those who keep the books), before the result is declared; needs no quorum."""
    division = state.division(act.division)
    require_before_result(division)
    require_declarer(state, division, stamp)
    return voiding(division, act, stamp)


def voiding(division: Division, act: VoidDivision, stamp: Stamp) -> DivisionVoided:
    """The end of a division that counts and has no result yet."""
    require_before_result(division)
    return DivisionVoided(act=act)


@evolves(DivisionVoided)
def division_voided(state: State, event: DivisionVoided, stamp: Stamp) -> None:
    """The question is pending again; if this was a recount, the division before it counts again."""
    abandon(state, state.divisions[event.act.division])


class DemandRecount(Act, frozen=True):
    """Demand that a closed division be taken again in the same way, on the same register."""

    division: str
    again: str
    """The id of the division that takes its place."""
    tellers: tuple[str, ...] = ()
    """Other tellers, for a counted division."""


class RecountDemanded(Event, frozen=True):
    """A division is taken again."""

    act: DemandRecount
    opening: Opening


@decides(DemandRecount, opens="again")
def demand_recount(state: State, act: DemandRecount, stamp: Stamp) -> RecountDemanded:
    """Anyone on the register, once, between the close and the result."""
    division = _division_again(state, act, stamp)
    tellers = _tellers_again(state, division, division.method, act.tellers or division.tellers)
    return recounting(division, act, stamp, tellers)


def recounting(
    division: Division, act: DemandRecount, stamp: Stamp, tellers: tuple[str, ...]
) -> RecountDemanded:
    """The division taken again by its own method."""
    _require_again(division, stamp)
    opening = opening_of(division, division.method, tellers)
    return RecountDemanded(act=act, opening=require_measurable(opening, stamp))


@evolves(RecountDemanded)
def recount_demanded(state: State, event: RecountDemanded, stamp: Stamp) -> None:
    """The division is open again under another id; the figures of the first stay on record."""
    begin(state, event.act.again, event.opening, stamp)


class DemandDivision(Act, frozen=True):
    """Demand that a closed division be taken again by another method, on the same register."""

    division: str
    again: str
    method: Literal["roll-call", "counted", "electronic"] = "roll-call"
    tellers: tuple[str, ...] = ()


class DivisionDemanded(Event, frozen=True):
    """A division is taken again by another method."""

    act: DemandDivision
    opening: Opening


@decides(DemandDivision, opens="again")
def demand_division(state: State, act: DemandDivision, stamp: Stamp) -> DivisionDemanded:
    """Anyone on the register, once, between the close and the result; by another method than before."""
    division = _division_again(state, act, stamp)
    tellers = _tellers_again(state, division, act.method, act.tellers)
    return demanding_division(division, act, stamp, tellers)


def demanding_division(
    division: Division, act: DemandDivision, stamp: Stamp, tellers: tuple[str, ...]
) -> DivisionDemanded:
    """The division taken again by the other method that was demanded."""
    _require_again(division, stamp, act.method)
    opening = opening_of(division, act.method, tellers)
    return DivisionDemanded(act=act, opening=require_measurable(opening, stamp))


@evolves(DivisionDemanded)
def division_demanded(state: State, event: DivisionDemanded, stamp: Stamp) -> None:
    """The division is open again under another id and by another method."""
    begin(state, event.act.again, event.opening, stamp)


def begin(state: State, key: str, opening: Opening, stamp: Stamp) -> None:
    """A division is open; called while an event changes the state."""
    open_among(state.divisions, key, opening, stamp, state.size)
    motion = state.motions[opening.motion]
    motion.status = "put"
    motion.division = key
    if group := state.groups.get(motion.group):
        group.begun = True


def abandon(state: State, division: Division) -> None:
    """A division counts for nothing; called while an event changes the state."""
    void_among(state.divisions, division)
    not_due(state, "division", division.id)
    motion = state.motions[division.motion]
    if division.recount_of:
        motion.division = division.recount_of
    else:
        motion.status = "pending"


def require_declarer(state: State, division: Division, stamp: Stamp) -> None:
    """Return for the chair of the meeting, or for those who keep the books if it is a circular vote, else refuse."""
    if division.meeting:
        require_chair(state.meetings[division.meeting], stamp.by)
    else:
        require(state, stamp, KEEPERS, state.bodies[division.body])


def _already_put(state: State, pending: list[str]) -> Motion | None:
    return next((state.motions[key] for key in pending if state.motions[key].status == "put"), None)


def _require_all_in(state: State, division: Division, stamp: Stamp) -> None:
    body = state.bodies[division.body]
    require(state, stamp, KEEPERS, body)
    order = orders_of(body).circular
    require_period(division, stamp)
    if not order.ends_early or not_voted_count(division):
        raise Refused(
            "period-runs", division=division.id, closes_at=division.closes_at, clause=order
        )


def _require_counts(state: State, division: Division) -> None:
    if division.method == "counted":
        order = orders_of(state.bodies[division.body]).voting
        require_counts(division, max(1, order.tellers), order)


def _division_again(state: State, act: DemandRecount | DemandDivision, stamp: Stamp) -> Division:
    division = state.division(act.division)
    new(state.divisions, "division", act.again)
    require_repeatable(division)
    require_business(state, state.meetings[division.meeting], stamp.on)
    _require_again(division, stamp, act.method if isinstance(act, DemandDivision) else "")
    return division


def _require_again(division: Division, stamp: Stamp, other_method: str = "") -> None:
    require_repeatable(division)
    require_on_register(division, stamp.by)
    if division.method == other_method:
        raise Refused("wrong-method", division=division.id, method=division.method)


def _tellers_again(
    state: State, division: Division, method: Method, named: tuple[str, ...]
) -> tuple[str, ...]:
    return require_tellers(state, division.body, named) if method == "counted" else ()
