"""Letters to a body and the demands in them: each demand stays open until the body has answered it.

A demand is answered by a motion that it was put as, when that is decided, or directly for the body. That the answer is
no needs neither charge nor hearing.
"""

from collections.abc import Iterator
from typing import Literal

from quorate.assembly.act import Act, Event, Stamp, decides, evolves, follows
from quorate.assembly.affairs.breaches import require_of_body
from quorate.assembly.items import advance, dispose, open_item
from quorate.assembly.model.affairs import Communication
from quorate.assembly.motions.decided import MotionDecided
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, existing_body, may, require
from quorate.assembly.state import State, found, new

BEFORE_BODY = ("moved", "pending", "postponed", "referred", "tabled", "put")
"""The statuses of a motion that is to answer a demand; one left without a decision leaves the demand to others."""

refusals(
    no_such_demand="communication demands n",
    demand_answered="n communication how",
    demand_before_body="n communication motion",
    motion_is_decided="motion status",
)


class ReceiveCommunication(Act, frozen=True):
    """Receive a letter to a body."""

    communication: str
    sender: str
    """The id of the person or body that it is from."""
    to: str
    """The body it is to."""
    demands: tuple[str, ...] = ()
    """Each a few words without personal data, such as `expel two members`; numbered from 1."""
    text: str | None = None


class CommunicationReceived(Event, frozen=True):
    """A letter has come, and each of its demands is open business."""

    act: ReceiveCommunication


@decides(ReceiveCommunication, opens="communication")
def receive_communication(
    state: State, act: ReceiveCommunication, stamp: Stamp
) -> CommunicationReceived:
    """Entered by those who keep the books of the body, one of its members, or the person who writes."""
    new(state.communications, "communication", act.communication)
    body = existing_body(state, act.to)
    if act.sender not in state.people and act.sender not in state.bodies:
        raise Refused("unknown", what="sender", id=act.sender)
    if stamp.by != act.sender:
        require(state, stamp, (*KEEPERS, "member"), body)
    return CommunicationReceived(act=act)


@evolves(CommunicationReceived)
def communication_received(state: State, event: CommunicationReceived, stamp: Stamp) -> None:
    """Each demand waits for an answer of its own."""
    act = event.act
    state.communications[act.communication] = Communication(
        id=act.communication,
        sender=act.sender,
        to=act.to,
        received_on=stamp.on,
        demands=act.demands,
        text=act.text,
    )
    for n in range(1, len(act.demands) + 1):
        open_item(
            state,
            stamp,
            "demand",
            demand_subject(act.communication, n),
            body=act.to,
            owner=f"body:{act.to}",
            next_step="answer-demand",
        )


class PutDemandAsMotion(Act, frozen=True):
    """Say that a motion before the body is what a letter demands."""

    communication: str
    n: int
    motion: str


class DemandPut(Event, frozen=True):
    """A demand is before the body as a motion."""

    act: PutDemandAsMotion


@decides(PutDemandAsMotion)
def put_demand_as_motion(state: State, act: PutDemandAsMotion, stamp: Stamp) -> DemandPut:
    """Its mover or those who keep the books link a motion, of whatever kind, while it is undecided."""
    letter = unanswered(state, act.communication, act.n)
    body = state.body(letter.to)
    motion = state.motion(act.motion)
    require_of_body("motion", motion.id, motion.body, body.id)
    mover = stamp.behalf or stamp.by
    if mover != motion.mover and not may(state, stamp.by, KEEPERS, body, stamp.on):
        raise Refused(
            "not-entitled",
            person=stamp.by,
            needs=("mover", *KEEPERS),
        )
    if motion.status not in BEFORE_BODY:
        raise Refused("motion-is-decided", motion=motion.id, status=motion.status)
    require_not_before_body(state, letter, act.n)
    return DemandPut(act=act)


@evolves(DemandPut)
def demand_put(state: State, event: DemandPut, stamp: Stamp) -> None:
    """The demand waits for the motion."""
    act = event.act
    state.communications[act.communication].motions[act.n] = act.motion
    advance(
        state,
        "demand",
        demand_subject(act.communication, act.n),
        "decide-motion",
        facts={"motion": act.motion},
    )


class AnswerCommunication(Act, frozen=True):
    """Answer a demand for the body."""

    communication: str
    n: int
    how: Literal["accepted", "not-accepted", "noted"]
    decision: str = ""
    """The decision of the body that the answer rests on, if there is one."""
    text: str | None = None


class CommunicationAnswered(Event, frozen=True):
    """A demand has its answer."""

    act: AnswerCommunication


@decides(AnswerCommunication)
def answer_communication(
    state: State, act: AnswerCommunication, stamp: Stamp
) -> CommunicationAnswered:
    """The chair, secretary or clerk, unless a motion is to answer it."""
    letter = unanswered(state, act.communication, act.n)
    body = state.body(letter.to)
    require(state, stamp, KEEPERS, body)
    require_not_before_body(state, letter, act.n)
    if act.decision:
        require_of_body("decision", act.decision, state.decision(act.decision).body, body.id)
    return CommunicationAnswered(act=act)


@evolves(CommunicationAnswered)
def communication_answered(state: State, event: CommunicationAnswered, stamp: Stamp) -> None:
    """The demand is off the list."""
    _answer(state, stamp, event.act.communication, event.act.n, event.act.how)


@follows(MotionDecided)
def demands_decided(state: State, event: MotionDecided, stamp: Stamp) -> Iterator[Event]:
    """Each demand put as the motion is accepted or not with it; without a decision it stays open.

    Cost: one look at each open item.
    """
    if event.result == "no-decision":
        return
    how: Literal["accepted", "not-accepted"] = (
        "accepted" if event.result == "adopted" else "not-accepted"
    )
    for item in state.open_items.values():
        if item.kind == "demand":
            key, _, number = item.subject.rpartition(".")
            if state.communications[key].motions.get(int(number)) == event.motion:
                yield DemandDecided(communication=key, n=int(number), motion=event.motion, how=how)


class DemandDecided(Event, frozen=True):
    """The motion that a demand was put as is decided, and so is the demand."""

    communication: str
    n: int
    motion: str
    how: Literal["accepted", "not-accepted"]


@evolves(DemandDecided)
def demand_decided(state: State, event: DemandDecided, stamp: Stamp) -> None:
    """The demand is off the list."""
    _answer(state, stamp, event.communication, event.n, event.how)


def _answer(state: State, stamp: Stamp, key: str, n: int, how: str) -> None:
    state.communications[key].answered[n] = how
    dispose(state, stamp, "demand", demand_subject(key, n), how)


def demand_subject(communication: str, n: int) -> str:
    """The subject of the item of a demand: `letter.2` is the second demand of `letter`."""
    return f"{communication}.{n}"


def unanswered(state: State, key: str, n: int) -> Communication:
    """The letter whose demand of that number has no answer yet, else Refused."""
    letter = found(state.communications, "communication", key)
    if not 1 <= n <= len(letter.demands):
        raise Refused("no-such-demand", communication=key, n=n, demands=len(letter.demands))
    if n in letter.answered:
        raise Refused("demand-answered", communication=key, n=n, how=letter.answered[n])
    return letter


def require_not_before_body(state: State, letter: Communication, n: int) -> None:
    """Return unless a demand was put as a motion that is still to be decided, else raise Refused."""
    motion = letter.motions.get(n)
    if motion is not None and state.motions[motion].status in BEFORE_BODY:
        raise Refused("demand-before-body", communication=letter.id, n=n, motion=motion)
