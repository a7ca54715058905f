"""Points of order: raised, ruled on by the chair, and appealed from to the meeting.

Whoever rules, a point needs no quorum: that there is none is itself a point of order. An appeal is business: it is decided
by those present, and a majority or a tie sustains the chair. RONR (12th ed.) 23, 24.
"""

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.items import dispose, is_open, open_item
from quorate.assembly.meetings.convening import require_status
from quorate.assembly.meetings.floor import require_may_speak
from quorate.assembly.meetings.sitting import require_quorum
from quorate.assembly.model.meeting import Meeting, PointOfOrder
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import (
    orders_of,
    quorum_present,
    require_business,
    require_chair,
    require_present,
    require_seat,
)
from quorate.assembly.state import State, found, new

refusals(
    already_ruled="point",
    not_ruled="point",
    appealed_from="point",
    appeal_needs_second="",
    not_appealed_from="point",
    not_appellant="person point appellant",
    more_than_present="counted present",
    figure_negative="figure",
    another_body_sits="meeting owner body",
)


class RaisePointOfOrder(Act, frozen=True):
    """Raise a point of order; it may interrupt."""

    point: str
    meeting: str
    about: str = ""
    """The motion it is about, if it is about one."""
    text: str | None = None


class PointOfOrderRaised(Event, frozen=True):
    """A point of order waits for the chair's ruling."""

    act: RaisePointOfOrder


@decides(RaisePointOfOrder, opens="point")
def raise_point_of_order(state: State, act: RaisePointOfOrder, stamp: Stamp) -> PointOfOrderRaised:
    """Anybody present who may speak may raise one while the meeting sits."""
    meeting = state.meeting(act.meeting)
    require_status(meeting, "sitting")
    new(meeting.points, "point-of-order", act.point)
    require_may_speak(state, meeting, stamp.by)
    if act.about:
        state.motion(act.about)
    return PointOfOrderRaised(act=act)


@evolves(PointOfOrderRaised)
def point_of_order_raised(state: State, event: PointOfOrderRaised, stamp: Stamp) -> None:
    """It waits for the chair."""
    act = event.act
    state.meetings[act.meeting].points[act.point] = PointOfOrder(
        id=act.point, person=stamp.by, about=act.about, text=act.text
    )


class RuleOnPoint(Act, frozen=True):
    """Rule on a point of order, from the chair."""

    meeting: str
    point: str
    well_taken: bool
    reason: str | None = None


class PointRuled(Event, frozen=True):
    """The chair has ruled."""

    act: RuleOnPoint


@decides(RuleOnPoint)
def rule_on_point(state: State, act: RuleOnPoint, stamp: Stamp) -> PointRuled:
    """The chair rules, once."""
    meeting = state.meeting(act.meeting)
    require_status(meeting, "sitting")
    require_chair(meeting, stamp.by)
    if found(meeting.points, "point-of-order", act.point).ruling:
        raise Refused("already-ruled", point=act.point)
    return PointRuled(act=act)


@evolves(PointRuled)
def point_ruled(state: State, event: PointRuled, stamp: Stamp) -> None:
    """The ruling stands unless the meeting reverses it."""
    point = state.meetings[event.act.meeting].points[event.act.point]
    point.ruling = "well-taken" if event.act.well_taken else "not-well-taken"
    point.ruled_by = stamp.by


class AppealRuling(Act, frozen=True):
    """Appeal from the chair's ruling to the meeting."""

    meeting: str
    point: str
    seconder: str
    reason: str | None = None


class RulingAppealed(Event, frozen=True):
    """The meeting is to decide on a ruling."""

    act: AppealRuling


@decides(AppealRuling)
def appeal_ruling(state: State, act: AppealRuling, stamp: Stamp) -> RulingAppealed:
    """Two members present appeal, one seconding the other."""
    meeting = state.meeting(act.meeting)
    require_business(state, meeting, stamp.on)
    body = state.bodies[meeting.body]
    point = found(meeting.points, "point-of-order", act.point)
    if not point.ruling:
        raise Refused("not-ruled", point=point.id)
    if point.appealed_by:
        raise Refused("appealed-from", point=point.id)
    if act.seconder in ("", stamp.by):
        raise Refused("appeal-needs-second", clause=orders_of(body).precedence)
    for person in (stamp.by, act.seconder):
        require_present(meeting, person)
        require_seat(state, person, body, stamp.on)
    return RulingAppealed(act=act)


@evolves(RulingAppealed)
def ruling_appealed(state: State, event: RulingAppealed, stamp: Stamp) -> None:
    """The appeal is open business of the body."""
    meeting = state.meetings[event.act.meeting]
    meeting.points[event.act.point].appealed_by = stamp.by
    open_item(
        state,
        stamp,
        "appeal",
        _subject(meeting, event.act.point),
        body=meeting.body,
        owner=f"body:{meeting.body}",
        next_step="vote-on-ruling",
    )


class DecideAppeal(Act, frozen=True):
    """Enter how the meeting voted on an appeal; the question is whether the ruling stands."""

    meeting: str
    """The meeting of the point of order."""
    point: str
    votes_for: int
    """For sustaining the chair."""
    votes_against: int
    at: str = ""
    """The later meeting of the same body that decided, if it was not that meeting."""


class AppealDecided(Event, frozen=True):
    """The ruling stands or is reversed."""

    act: DecideAppeal
    sustained: bool


@decides(DecideAppeal)
def decide_appeal(state: State, act: DecideAppeal, stamp: Stamp) -> AppealDecided:
    """The chair of the meeting that votes enters its figures; it needs a quorum, and the figures fit who is there."""
    meeting = state.meeting(act.meeting)
    deciding = state.meeting(act.at or act.meeting)
    if deciding.body != meeting.body:
        raise Refused(
            "another-body-sits", meeting=deciding.id, owner=deciding.body, body=meeting.body
        )
    require_business(state, deciding, stamp.on)
    require_quorum(state, deciding, stamp)
    require_chair(deciding, stamp.by)
    _open_appeal(state, meeting, act.point)
    for figure in (act.votes_for, act.votes_against):
        if figure < 0:
            raise Refused("figure-negative", figure=figure)
    counted = act.votes_for + act.votes_against
    present = quorum_present(state, deciding, stamp.on)
    if counted > present:
        raise Refused("more-than-present", counted=counted, present=present)
    # A tie sustains the chair (RONR 12th ed. 24).
    return AppealDecided(act=act, sustained=act.votes_for >= act.votes_against)


@evolves(AppealDecided)
def appeal_decided(state: State, event: AppealDecided, stamp: Stamp) -> None:
    """A ruling that was not sustained is the opposite of what it was."""
    meeting = state.meetings[event.act.meeting]
    point = meeting.points[event.act.point]
    point.sustained = event.sustained
    if not event.sustained:
        point.ruling = "not-well-taken" if point.ruling == "well-taken" else "well-taken"
    how = "sustained" if event.sustained else "reversed"
    dispose(state, stamp, "appeal", _subject(meeting, point.id), how)


class WithdrawAppeal(Act, frozen=True):
    """Withdraw an appeal from a ruling."""

    meeting: str
    point: str


class AppealWithdrawn(Event, frozen=True):
    """The ruling stands."""

    act: WithdrawAppeal


@decides(WithdrawAppeal)
def withdraw_appeal(state: State, act: WithdrawAppeal, stamp: Stamp) -> AppealWithdrawn:
    """Whoever appealed may, at any time before it is decided."""
    meeting = state.meeting(act.meeting)
    point = _open_appeal(state, meeting, act.point)
    if stamp.by != point.appealed_by:
        raise Refused("not-appellant", person=stamp.by, point=point.id, appellant=point.appealed_by)
    return AppealWithdrawn(act=act)


@evolves(AppealWithdrawn)
def appeal_withdrawn(state: State, event: AppealWithdrawn, stamp: Stamp) -> None:
    """The ruling stands as it was given."""
    meeting = state.meetings[event.act.meeting]
    dispose(state, stamp, "appeal", _subject(meeting, event.act.point), "withdrawn")


def _open_appeal(state: State, meeting: Meeting, key: str) -> PointOfOrder:
    """The point of order on whose ruling an appeal is open, or Refused."""
    point = found(meeting.points, "point-of-order", key)
    if not is_open(state, "appeal", _subject(meeting, key)):
        raise Refused("not-appealed-from", point=key)
    return point


def _subject(meeting: Meeting, point: str) -> str:
    return f"{meeting.id}/{point}"
