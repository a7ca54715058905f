"""Decisions: what follows when a motion is decided, and how a decision goes out of force without ever being deleted.

`MotionDecided` ends the motion, however it came to be decided; `DecisionTaken` follows if it was adopted and binds.
RONR (12th ed.) 35 (rescind, amend something adopted), 37 (reconsider).
"""

from collections.abc import Iterator

from quorate.assembly.act import Event, Stamp, evolves, follows
from quorate.assembly.model.decision import Decision
from quorate.assembly.model.motion import Motion
from quorate.assembly.motions.adoption import ends_target, take_effect
from quorate.assembly.motions.competing import rivals
from quorate.assembly.motions.decided import DecisionTaken, MotionDecided
from quorate.assembly.motions.motions import MotionWithdrawn
from quorate.assembly.motions.pending import ENDED, end_motion, lay_aside
from quorate.assembly.motions.precedence import binds, is_applied
from quorate.assembly.motions.rulings import MotionDisallowed
from quorate.assembly.roll import orders_of
from quorate.assembly.state import State

AGAIN = "--"
"""Stands between the id of a motion and a number in the id of a decision that was taken again."""
_UNDECIDED = ("moved", "pending", "put")


@evolves(MotionDecided)
def motion_is_decided(state: State, event: MotionDecided, stamp: Stamp) -> None:
    """The motion has its result, and if it was a step of procedure its effect; undecided, it stays open business."""
    motion = state.motions[event.motion]
    if motion.status in ENDED:  # taken by consent together with the motion to withdraw it
        return
    motion.division = event.division or motion.division
    if event.result == "no-decision":
        lay_aside(state, motion, "no-decision", "put-again")
        return
    end_motion(state, stamp, motion, event.result)
    if event.result == "adopted":
        take_effect(state, stamp, motion)


@follows(MotionDecided)
def decision_follows(state: State, event: MotionDecided, stamp: Stamp) -> Iterator[Event]:
    """A decision is in force, and what can no longer be decided falls."""
    motion = state.motions[event.motion]
    if event.result == "no-decision" or motion.status != event.result:
        return
    if event.result == "adopted":
        if binds(orders_of(state.bodies[motion.body]), motion.kind):
            yield DecisionTaken(decision=_decision_id(state, motion))
        if motion.kind == "reconsider":
            yield from _reconsidered(state, motion)
        yield from _fallen_by_adoption(state, motion)
    yield from _fallen_with(state, motion)


@follows(MotionWithdrawn)
def fallen_with_withdrawn(state: State, event: MotionWithdrawn, stamp: Stamp) -> Iterator[Event]:
    """What applied to the motion falls with it."""
    yield from _fallen_with(state, state.motions[event.act.motion])


@follows(MotionDisallowed)
def fallen_with_disallowed(state: State, event: MotionDisallowed, stamp: Stamp) -> Iterator[Event]:
    """What applied to the motion falls with it."""
    yield from _fallen_with(state, state.motions[event.act.motion])


class MotionLapsed(Event, frozen=True):
    """A motion fell because another came to its end; follows by itself."""

    motion: str
    because: str
    """The motion whose end it fell with."""


@evolves(MotionLapsed)
def motion_lapsed(state: State, event: MotionLapsed, stamp: Stamp) -> None:
    """The motion is off the list, undecided."""
    end_motion(
        state, stamp, state.motions[event.motion], "lapsed", "fell-with", because=event.because
    )


@follows(MotionLapsed)
def fallen_with_lapsed(state: State, event: MotionLapsed, stamp: Stamp) -> Iterator[Event]:
    """What applied to a motion that fell falls with it."""
    yield from _fallen_with(state, state.motions[event.motion])


@evolves(DecisionTaken)
def decision_taken(state: State, event: DecisionTaken, stamp: Stamp) -> None:
    """The decision is in force, with the clauses of its motion as amended."""
    key = event.decision
    motion = state.motions.get(key) or state.motions[key.rpartition(AGAIN)[0]]
    body = state.bodies[motion.body]
    motion.decision = event.decision
    state.decisions[event.decision] = Decision(
        id=event.decision,
        motion=motion.id,
        division=motion.division,
        body=motion.body,
        meeting=motion.meeting,
        on=stamp.on,
        seq=state.size,
        title=motion.title,
        clauses=motion.clauses,
        kind=motion.kind,
        confidential=orders_of(body).confidentiality.decisions_confidential,
        ratifies=motion.target if motion.kind == "ratify" else "",
        rescinds=motion.target if motion.kind == "rescind" else "",
    )


@follows(DecisionTaken)
def others_give_way(state: State, event: DecisionTaken, stamp: Stamp) -> Iterator[Event]:
    """What the decision rescinds or supersedes is in force no longer."""
    decision = state.decisions[event.decision]
    # Asked here too: what stood when the motion was moved may have given way to another decision since.
    if decision.rescinds and not state.decisions[decision.rescinds].rescinded_by:
        yield DecisionRescinded(decision=decision.rescinds, by=decision.id)
    successors: dict[str, str] = {}
    for clause in decision.clauses:
        for ref in clause.supersedes:
            successors.setdefault(ref, f"{decision.id}/{clause.n}")
    for ref, by in successors.items():
        old_decision, _, n = ref.partition("/")
        if int(n) not in state.decisions[old_decision].superseded:
            yield ClauseSuperseded(clause=ref, by=by)


class DecisionRescinded(Event, frozen=True):
    """A decision is not in force any more; it stays on record. Follows by itself."""

    decision: str
    by: str
    """The decision that rescinded it, or the motion to reconsider that was adopted."""


@evolves(DecisionRescinded)
def decision_rescinded(state: State, event: DecisionRescinded, stamp: Stamp) -> None:
    """The decision says what rescinded it."""
    state.decisions[event.decision].rescinded_by = event.by


class ClauseSuperseded(Event, frozen=True):
    """A clause of a decision was replaced; follows by itself."""

    clause: str
    """The old one, as `decision/n`."""
    by: str
    """The new one, as `decision/n`."""


@evolves(ClauseSuperseded)
def clause_superseded(state: State, event: ClauseSuperseded, stamp: Stamp) -> None:
    """The decision says what replaced its clause."""
    decision, _, n = event.clause.partition("/")
    state.decisions[decision].superseded[int(n)] = event.by


def in_force(state: State, body: str = "") -> list[Decision]:
    """The decisions in force, of one body or of all, oldest first. Cost: a look at each decision."""
    return [
        decision
        for decision in state.decisions.values()
        if not decision.rescinded_by and body in ("", decision.body)
    ]


def _decision_id(state: State, motion: Motion) -> str:
    """The motion's id; with a number when it is adopted again after it was reconsidered."""
    # Nor is the number the id of another motion, whose own decision will be called by it.
    key, times = motion.id, 1
    while key in state.decisions or (times > 1 and key in state.motions):
        times += 1
        key = f"{motion.id}{AGAIN}{times}"
    return key


def _reconsidered(state: State, motion: Motion) -> Iterator[Event]:
    decision = state.decisions.get(state.motions[motion.target].decision)
    if decision is not None and not decision.rescinded_by:
        yield DecisionRescinded(decision=decision.id, by=motion.id)


def _fallen_by_adoption(state: State, motion: Motion) -> Iterator[Event]:
    if ends_target(state, motion):
        yield MotionLapsed(motion=motion.target, because=motion.id)
    if motion.kind == "withdraw":
        yield from _fallen_with(state, state.motions[motion.target])
    if not orders_of(state.bodies[motion.body]).voting.all_competing:
        for rival in rivals(state, motion):
            yield MotionLapsed(motion=rival.id, because=motion.id)


def _fallen_with(state: State, motion: Motion) -> Iterator[Event]:
    """Motions that apply to one that has come to its end: those pending, and those in want of a second."""
    for other in list(state.motions.values()):
        applies = other.target == motion.id and is_applied(other.kind)
        if applies and other.meeting == motion.meeting and other.status in _UNDECIDED:
            yield MotionLapsed(motion=other.id, because=motion.id)
