"""Resignations: tendered, objected to, withdrawn, accepted or declined by the body, or effective at once by rule.

RONR (12th ed.) 32: a request to be excused from a duty; until it is accepted, who resigns is still in place. One that
nobody disposes of stays on the list of open business, whatever becomes of the meeting, the term or the person. The body
accepts or declines by a motion of kind `accept-resignation`, whose target it is, or without one when nobody objects.
"""

from collections.abc import Iterator

from quorate.assembly.act import Act, Event, Stamp, decides, evolves, follows
from quorate.assembly.heads import sits
from quorate.assembly.items import advance, dispose, open_item
from quorate.assembly.model.affairs import Resignation
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.model.organisation import Body
from quorate.assembly.motions.decided import MotionDecided
from quorate.assembly.organisation.membership import unseat
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import (
    existing_body,
    in_term,
    orders_of,
    require_business,
    require_chair,
    require_seat,
)
from quorate.assembly.state import State, found, new

refusals(
    not_holder="person office body",
    already_tendered="person resignation",
    already_disposed="resignation status",
    own_resignation="person",
    objected_already="person resignation",
    objected="objectors resignation",
    before_another_body="resignation to body",
)


class ResignationEffected(Event, frozen=True):
    """A resignation has taken effect by the standing orders; follows by itself."""

    resignation: str


class ResignationAccepted(Event, frozen=True):
    """The body has accepted a resignation; follows by itself."""

    resignation: str
    motion: str = ""
    """Empty when it was accepted without a division."""


class ResignationDeclined(Event, frozen=True):
    """The body has declined a resignation: who tendered it stays in place; follows by itself."""

    resignation: str
    motion: str = ""


class TenderResignation(Act, frozen=True):
    """Resign from a seat of a body, or from one of its offices."""

    resignation: str
    body: str
    office: str = ""
    """Empty: the seat."""
    to: str = ""
    """The body that accepts or declines it; empty: the same body."""
    reason: str | None = None


class ResignationTendered(Event, frozen=True):
    """Somebody has tendered a resignation."""

    act: TenderResignation


@decides(TenderResignation, opens="resignation")
def tender_resignation(state: State, act: TenderResignation, stamp: Stamp) -> ResignationTendered:
    """Whoever holds the seat or office may, while no other resignation from it waits."""
    new(state.resignations, "resignation", act.resignation)
    existing_body(state, act.body)
    existing_body(state, act.to or act.body)
    _require_holder(state, act, stamp)
    for other in state.resignations.values():
        waits = other.status == "tendered"
        if waits and (other.person, other.body, other.office) == (stamp.by, act.body, act.office):
            raise Refused("already-tendered", person=stamp.by, resignation=other.id)
    orders_of(_ruling_body(state, act.body, act.to))  # refused here: `at_once` asks, and must not
    return ResignationTendered(act=act)


@evolves(ResignationTendered)
def resignation_tendered(state: State, event: ResignationTendered, stamp: Stamp) -> None:
    """The resignation waits on the body; who tendered it is still in place."""
    act = event.act
    to = act.to or act.body
    state.resignations[act.resignation] = Resignation(
        id=act.resignation,
        person=stamp.by,
        body=act.body,
        office=act.office,
        to=to,
        tendered_on=stamp.on,
        reason=act.reason,
    )
    open_item(
        state,
        stamp,
        "resignation",
        act.resignation,
        body=to,
        owner=f"body:{to}",
        next_step="accept-or-decline",
    )


@follows(ResignationTendered)
def at_once(
    state: State, event: ResignationTendered, stamp: Stamp
) -> Iterator[ResignationEffected]:
    """Where the standing orders say so, a resignation takes effect when it is tendered."""
    body = _ruling_body(state, event.act.body, event.act.to)
    if orders_of(body).resignations.effective == "at-once":
        yield ResignationEffected(resignation=event.act.resignation)


@evolves(ResignationEffected)
def resignation_taken_effect(state: State, event: ResignationEffected, stamp: Stamp) -> None:
    """The seat or office is vacant, by rule."""
    resignation = state.resignations[event.resignation]
    resignation.status = "effective"
    _vacate(state, stamp, resignation)
    dispose(state, stamp, "resignation", resignation.id, "effective")


class ObjectToResignation(Act, frozen=True):
    """Object to a resignation, so that it is not accepted without a division."""

    resignation: str


class ResignationObjected(Event, frozen=True):
    """A member objects to a resignation."""

    act: ObjectToResignation


@decides(ObjectToResignation)
def object_to_resignation(
    state: State, act: ObjectToResignation, stamp: Stamp
) -> ResignationObjected:
    """Any other member of the body that disposes of it may, once."""
    resignation = _tendered(state, act.resignation)
    require_seat(state, stamp.by, state.body(resignation.to), stamp.on)
    if stamp.by == resignation.person:
        raise Refused("own-resignation", person=stamp.by)
    if stamp.by in resignation.objectors:
        raise Refused("objected-already", person=stamp.by, resignation=resignation.id)
    return ResignationObjected(act=act)


@evolves(ResignationObjected)
def resignation_objected(state: State, event: ResignationObjected, stamp: Stamp) -> None:
    """It takes a motion to accept it now."""
    resignation = state.resignations[event.act.resignation]
    resignation.objectors += (stamp.by,)
    advance(state, "resignation", resignation.id, "decide-by-motion")


class WithdrawResignation(Act, frozen=True):
    """Take one's resignation back while nobody has disposed of it."""

    resignation: str


class ResignationWithdrawn(Event, frozen=True):
    """A resignation was taken back."""

    act: WithdrawResignation


@decides(WithdrawResignation)
def withdraw_resignation(
    state: State, act: WithdrawResignation, stamp: Stamp
) -> ResignationWithdrawn:
    """Only who tendered it may."""
    resignation = _tendered(state, act.resignation)
    if stamp.by != resignation.person:
        raise Refused("not-entitled", person=stamp.by, needs=("author",))
    return ResignationWithdrawn(act=act)


@evolves(ResignationWithdrawn)
def resignation_withdrawn(state: State, event: ResignationWithdrawn, stamp: Stamp) -> None:
    """All is as it was before."""
    state.resignations[event.act.resignation].status = "withdrawn"
    dispose(state, stamp, "resignation", event.act.resignation, "withdrawn")


class AcceptResignation(Act, frozen=True):
    """From the chair: if there is no objection, the resignation is accepted."""

    resignation: str
    meeting: str


class AcceptanceAnnounced(Event, frozen=True):
    """The chair has announced that a resignation is accepted without a division."""

    act: AcceptResignation


@decides(AcceptResignation)
def accept_resignation(state: State, act: AcceptResignation, stamp: Stamp) -> AcceptanceAnnounced:
    """The chair of a sitting of the body may, with its quorum, when nobody has objected."""
    resignation = _tendered(state, act.resignation)
    _require_sitting(state, resignation, state.meeting(act.meeting), stamp)
    if resignation.objectors:
        raise Refused("objected", objectors=resignation.objectors, resignation=resignation.id)
    return AcceptanceAnnounced(act=act)


@evolves(AcceptanceAnnounced)
def acceptance_announced(state: State, event: AcceptanceAnnounced, stamp: Stamp) -> None:
    """Nothing yet: the acceptance follows."""


@follows(AcceptanceAnnounced)
def accepted_without_division(
    state: State, event: AcceptanceAnnounced, stamp: Stamp
) -> Iterator[ResignationAccepted]:
    """What the chair announced without objection is so."""
    yield ResignationAccepted(resignation=event.act.resignation)


class DeclineResignation(Act, frozen=True):
    """From the chair: if there is no objection, the resignation is not accepted."""

    resignation: str
    meeting: str


class NonAcceptanceAnnounced(Event, frozen=True):
    """The chair has announced that a resignation is not accepted, without a division."""

    act: DeclineResignation


@decides(DeclineResignation)
def decline_resignation(
    state: State, act: DeclineResignation, stamp: Stamp
) -> NonAcceptanceAnnounced:
    """The chair of a sitting of the body may, with its quorum; whoever disagrees moves that it be accepted."""
    resignation = _tendered(state, act.resignation)
    _require_sitting(state, resignation, state.meeting(act.meeting), stamp)
    return NonAcceptanceAnnounced(act=act)


@evolves(NonAcceptanceAnnounced)
def non_acceptance_announced(state: State, event: NonAcceptanceAnnounced, stamp: Stamp) -> None:
    """Nothing yet: that it is declined follows."""


@follows(NonAcceptanceAnnounced)
def declined_without_division(
    state: State, event: NonAcceptanceAnnounced, stamp: Stamp
) -> Iterator[ResignationDeclined]:
    """What the chair announced without objection is so."""
    yield ResignationDeclined(resignation=event.act.resignation)


@follows(MotionDecided)
def disposed_by_motion(state: State, event: MotionDecided, stamp: Stamp) -> Iterator[Event]:
    """A motion to accept disposes of the resignation if it was adopted or rejected; without a decision it stays open."""
    motion = state.motions[event.motion]
    resignation = state.resignations.get(motion.target)
    if motion.kind != "accept-resignation" or resignation is None:
        return
    if resignation.status != "tendered" or resignation.to != motion.body:
        return
    if event.result == "adopted":
        yield ResignationAccepted(resignation=resignation.id, motion=motion.id)
    elif event.result == "rejected":
        yield ResignationDeclined(resignation=resignation.id, motion=motion.id)


@evolves(ResignationAccepted)
def resignation_accepted(state: State, event: ResignationAccepted, stamp: Stamp) -> None:
    """The seat or office is vacant."""
    resignation = state.resignations[event.resignation]
    resignation.status = "accepted"
    _vacate(state, stamp, resignation)
    dispose(state, stamp, "resignation", resignation.id, "accepted")


@evolves(ResignationDeclined)
def resignation_declined(state: State, event: ResignationDeclined, stamp: Stamp) -> None:
    """Who tendered it stays in place."""
    state.resignations[event.resignation].status = "declined"
    dispose(state, stamp, "resignation", event.resignation, "declined")


def _tendered(state: State, key: str) -> Resignation:
    resignation = found(state.resignations, "resignation", key)
    if resignation.status != "tendered":
        raise Refused("already-disposed", resignation=key, status=resignation.status)
    return resignation


def _ruling_body(state: State, body: str, to: str) -> Body:
    """The body whose standing orders say when a resignation takes effect: its own, or else that to which it goes."""
    own_body = state.body(body)
    return own_body if own_body.orders is not None or not to else state.body(to)


def _require_holder(state: State, act: TenderResignation, stamp: Stamp) -> None:
    if act.office:
        office = found(state.offices, "office", act.office)
        holds = office.body == act.body and office.holder == stamp.by and in_term(office, stamp.on)
    else:
        seat = state.bodies[act.body].seated.get(stamp.by)
        holds = seat is not None and sits(seat, stamp.on)
    if not holds:
        raise Refused("not-holder", person=stamp.by, office=act.office, body=act.body)


def _require_sitting(
    state: State, resignation: Resignation, meeting: Meeting, stamp: Stamp
) -> None:
    if meeting.body != resignation.to:
        raise Refused(
            "before-another-body",
            resignation=resignation.id,
            to=resignation.to,
            body=meeting.body,
        )
    require_business(state, meeting, stamp.on)
    require_chair(meeting, stamp.by)


def _vacate(state: State, stamp: Stamp, resignation: Resignation) -> None:
    """End the seat at once, or the tenure of the office if it is still theirs."""
    if not resignation.office:
        unseat(state, resignation.body, resignation.person, stamp.on)
        return
    office = state.offices[resignation.office]
    if office.holder == resignation.person:
        office.holder, office.since, office.until = "", None, None
