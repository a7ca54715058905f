"""Motions: moving, seconding, amending, withdrawing, and taking up again what was put off.

RONR (12th ed.) 4 (handling of a motion), 10–12 (main motion, amendments), 33:11–19 (withdrawing).
"""

import msgspec

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.bearers import require_bearers, require_reference
from quorate.assembly.days import day_of_point, settle
from quorate.assembly.model.calendar import Point, Window
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.model.motion import Clause, Motion
from quorate.assembly.model.organisation import Body
from quorate.assembly.motions.competing import join_group, require_competitor, require_open_group
from quorate.assembly.motions.pending import (
    adherents,
    amend,
    end_motion,
    open_motion,
    put_before,
    reopen,
    take_away,
)
from quorate.assembly.motions.precedence import (
    WHOLE,
    immediately_pending,
    is_applied,
    needs_second,
    not_in_order,
    rank_of,
    require_in_order,
    require_no_vote,
    root_of,
)
from quorate.assembly.motions.targets import (
    require_body,
    require_clause,
    require_status,
    require_target,
)
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import (
    existing_body,
    orders_of,
    require_business,
    require_chair,
    require_present,
    require_seat,
)
from quorate.assembly.state import State, found, new

refusals(
    guests_may_not_move="person meeting",
    needs_notice="kind",
    circular_not_allowed="body",
    meeting_or_body="",
    seconds_own_motion="person motion",
    not_the_mover="person motion mover",
    not_an_amendment="motion kind",
    clause_twice="motion n",
    not_yet_due="motion until",
)


class MoveMotion(Act, frozen=True):
    """Move that a body do something."""

    motion: str
    kind: str
    """A kind that the table of precedence of the standing orders knows."""
    meeting: str = ""
    body: str = ""
    """Instead of the meeting, for a motion to be decided by circular vote."""
    title: str = ""
    """In a few words without personal data; people as `{p-id}` in braces."""
    clauses: tuple[Clause, ...] = ()
    """For an amendment: the clauses that replace those of the same number, or are added."""
    drops: tuple[int, ...] = ()
    """For an amendment: the numbers of the clauses that it strikes out."""
    on_item: str = ""
    target: str = ""
    """What it applies to; for a motion that applies to a pending one, the immediately pending one if not given."""
    group: str = ""
    until: Point | None = None
    """For postpone: the day to which. For refer: by when it is to be reported on."""
    to: str = ""
    """For refer: to whom, a reference."""
    notice_given: bool = False
    text: str | None = None


class MotionMoved(Event, frozen=True):
    """A motion was moved; it is pending at once if it needs no second."""

    act: MoveMotion
    body: str
    target: str = ""
    clauses: tuple[Clause, ...] = ()
    """Those of the act, with the day that each fixed anchor has now."""
    until: Point | None = None
    pending: bool = False


@decides(MoveMotion, opens="motion")
def move_motion(state: State, act: MoveMotion, stamp: Stamp) -> MotionMoved:
    """Refused to whom may not move, when it is not in order now, or when what it is about does not stand."""
    new(state.motions, "motion", act.motion)
    new(state.decisions, "decision", act.motion)  # the decision that it may become has its id
    body, target = _require_forum(state, act, stamp)
    _require_subject(state, stamp, act, body, target)
    clauses = tuple(_settled(state, clause) for clause in act.clauses)
    until = settle(state, act.until)
    pending = not needs_second(orders_of(body), act.kind)
    return MotionMoved(
        act=act, body=body.id, target=target, clauses=clauses, until=until, pending=pending
    )


@evolves(MotionMoved)
def motion_moved(state: State, event: MotionMoved, stamp: Stamp) -> None:
    """The motion is open business; it is before the meeting unless it still needs a second."""
    motion = state.motions[event.act.motion] = _as_moved(state, event, stamp)
    open_motion(state, stamp, motion, "second")
    _take_place(state, motion, pending=event.pending)


def _take_place(state: State, motion: Motion, *, pending: bool) -> None:
    if motion.group:
        join_group(state, motion, orders_of(state.bodies[motion.body]))
    if pending:
        put_before(state, motion)


def _require_forum(state: State, act: MoveMotion, stamp: Stamp) -> tuple[Body, str]:
    """The body that is to decide, at a meeting or by circular vote, and what the motion applies to there."""
    if bool(act.meeting) == bool(act.body):
        raise Refused("meeting-or-body")
    if not act.meeting:
        return _require_circular(state, act, stamp), act.target
    meeting = state.meeting(act.meeting)
    return state.bodies[meeting.body], _require_movable(state, meeting, act, stamp)


def _require_subject(state: State, stamp: Stamp, act: MoveMotion, body: Body, target: str) -> None:
    """Return if the kind is known and had its notice, and all that the motion speaks of stands."""
    orders = orders_of(body)
    rank = rank_of(orders, act.kind, body.id)
    if rank.notice and not act.notice_given:
        raise Refused("needs-notice", kind=act.kind, clause=orders.precedence)
    require_target(state, stamp, act.kind, target, body=body, meeting=act.meeting)
    if act.to:
        require_reference(state, act.to)
    _require_clauses(state, body, act, target, stamp)


def _as_moved(state: State, event: MotionMoved, stamp: Stamp) -> Motion:
    act = event.act
    return Motion(
        id=act.motion,
        kind=act.kind,
        mover=stamp.by,
        body=event.body,
        meeting=act.meeting,
        moved_on=stamp.on,
        moved_seq=state.size,
        title=act.title,
        on_item=act.on_item,
        target=event.target,
        clauses=event.clauses,
        drops=act.drops,
        text=act.text,
        group=act.group,
        until=event.until,
        to=act.to,
        notice_given=act.notice_given,
    )


class SecondMotion(Act, frozen=True):
    """Second a motion."""

    motion: str


class MotionSeconded(Event, frozen=True):
    """A motion was seconded, and is pending."""

    act: SecondMotion


@decides(SecondMotion)
def second_motion(state: State, act: SecondMotion, stamp: Stamp) -> MotionSeconded:
    """Another who may move; it must still be in order."""
    motion = state.motion(act.motion)
    require_status(motion, "moved")
    if stamp.by == motion.mover:
        raise Refused("seconds-own-motion", person=stamp.by, motion=motion.id)
    if motion.meeting:
        meeting = state.meetings[motion.meeting]
        require_mover(state, meeting, stamp)
        # Asked again: since it was moved, something that outranks it may have come before the meeting.
        require_in_order(state, meeting, motion.kind, motion.target, motion.group)
    else:
        require_seat(state, stamp.by, state.bodies[motion.body], stamp.on)
    return MotionSeconded(act=act)


@evolves(MotionSeconded)
def motion_seconded(state: State, event: MotionSeconded, stamp: Stamp) -> None:
    """The motion is before the meeting."""
    motion = state.motions[event.act.motion]
    motion.seconder = stamp.by
    put_before(state, motion)


class AcceptAmendment(Act, frozen=True):
    """Accept an amendment to one's own motion without a vote."""

    amendment: str


class AmendmentAccepted(Event, frozen=True):
    """An amendment was accepted by the mover of what it amends."""

    act: AcceptAmendment


@decides(AcceptAmendment)
def accept_amendment(state: State, act: AcceptAmendment, stamp: Stamp) -> AmendmentAccepted:
    """The mover of the motion to be amended, before the amendment is put and while nothing applies to it."""
    amendment = state.motion(act.amendment)
    if amendment.kind != "amend":
        raise Refused("not-an-amendment", motion=amendment.id, kind=amendment.kind)
    require_status(amendment, "moved", "pending")
    target = state.motions[amendment.target]
    require_status(target, "pending")
    require_no_vote(state, state.meetings[amendment.meeting], "acceptance")
    if adhering := adherents(state, amendment):
        raise not_in_order(orders_of(state.bodies[target.body]), "acceptance", adhering[-1])
    _require_mover_of(target, stamp.by)
    require_business(state, state.meetings[amendment.meeting], stamp.on)
    return AmendmentAccepted(act=act)


@evolves(AmendmentAccepted)
def amendment_accepted(state: State, event: AmendmentAccepted, stamp: Stamp) -> None:
    """The clauses of the motion are as amended."""
    amendment = state.motions[event.act.amendment]
    amend(state, amendment)
    end_motion(state, stamp, amendment, "accepted")


class WithdrawMotion(Act, frozen=True):
    """Take back one's own motion before it is put."""

    motion: str


class MotionWithdrawn(Event, frozen=True):
    """A motion was taken back."""

    act: WithdrawMotion


@decides(WithdrawMotion)
def withdraw_motion(state: State, act: WithdrawMotion, stamp: Stamp) -> MotionWithdrawn:
    """Its mover, before it is put."""
    motion = state.motion(act.motion)
    _require_mover_of(motion, stamp.by)
    require_status(motion, "moved", "pending")
    if motion.meeting:
        require_no_vote(state, state.meetings[motion.meeting], "withdrawal")
    return MotionWithdrawn(act=act)


@evolves(MotionWithdrawn)
def motion_withdrawn(state: State, event: MotionWithdrawn, stamp: Stamp) -> None:
    """The motion is off the list."""
    end_motion(state, stamp, state.motions[event.act.motion], "withdrawn")


class TakeUpMotion(Act, frozen=True):
    """Bring a motion before a meeting that was postponed, referred, left undecided, or left by a meeting's end."""

    motion: str
    meeting: str


class MotionResumed(Event, frozen=True):
    """A motion is before a meeting again."""

    act: TakeUpMotion


@decides(TakeUpMotion)
def take_up_motion(state: State, act: TakeUpMotion, stamp: Stamp) -> MotionResumed:
    """The chair, when its day has come and it is in order."""
    motion = state.motion(act.motion)
    meeting = state.meeting(act.meeting)
    require_business(state, meeting, stamp.on)
    require_chair(meeting, stamp.by)
    require_body("motion", motion.id, motion.body, state.bodies[meeting.body])
    last_meeting = state.meetings.get(motion.meeting)
    statuses = ["postponed", "referred", "no-decision"]
    if last_meeting is None or last_meeting.status in ("adjourned", "called-off"):
        statuses += ["moved", "pending"]
    require_status(motion, *statuses)
    until = day_of_point(state, motion.until) if motion.until else None
    if motion.status == "postponed" and until is not None and stamp.on < until:
        raise Refused("not-yet-due", motion=motion.id, until=until)
    require_in_order(state, meeting, motion.kind, motion.target, motion.group)
    return MotionResumed(act=act)


@evolves(MotionResumed)
def motion_resumed(state: State, event: MotionResumed, stamp: Stamp) -> None:
    """The motion is pending, and so is what was put off with it."""
    motion = state.motions[event.act.motion]
    status, last_meeting = motion.status, motion.meeting
    applied = [other for other in state.motions.values() if other.target == motion.id]
    take_away(state, motion)  # from the meeting that it was left in, which `reopen` overwrites
    # The motion first: what is applied to it has to stand above it among the pending.
    reopen(state, stamp, motion, event.act.meeting)
    for other in applied:
        if is_applied(other.kind) and other.status == status and other.meeting == last_meeting:
            take_away(state, other)
            reopen(state, stamp, other, event.act.meeting)


def require_mover(state: State, meeting: Meeting, stamp: Stamp) -> None:
    """Return if somebody present may move and second, else raise Refused; a guest only if the orders let guests."""
    person = stamp.by
    require_business(state, meeting, stamp.on)
    require_present(meeting, person)
    presence, body = meeting.presences[person], state.bodies[meeting.body]
    if presence.capacity == "member":
        require_seat(state, person, body, stamp.on)
    elif presence.capacity == "guest" and not orders_of(body).attendance.guests_move:
        clause = orders_of(body).attendance
        raise Refused("guests-may-not-move", person=person, meeting=meeting.id, clause=clause)


def _require_movable(state: State, meeting: Meeting, act: MoveMotion, stamp: Stamp) -> str:
    """The target of a motion that may be moved at a meeting now."""
    require_mover(state, meeting, stamp)
    target = act.target
    top = immediately_pending(state, meeting)
    if is_applied(act.kind) and not target and top is not None:
        target = root_of(state, top).id if act.kind in WHOLE else top.id
    if act.on_item:
        found(meeting.agenda, "agenda-item", act.on_item)
    if act.group:
        require_open_group(state, act.group, meeting.id)
        require_competitor(orders_of(state.bodies[meeting.body]), act.motion, act.kind)
    require_in_order(state, meeting, act.kind, target, act.group)
    return target


def _require_circular(state: State, act: MoveMotion, stamp: Stamp) -> Body:
    """The body that may decide a motion by circular vote, moved by one of its members."""
    body = existing_body(state, act.body)
    orders = orders_of(body)
    if not orders.circular.allowed:
        raise Refused("circular-not-allowed", body=body.id, clause=orders.circular)
    require_seat(state, stamp.by, body, stamp.on)
    require_competitor(orders, act.motion, act.kind)
    return body


def _require_clauses(state: State, body: Body, act: MoveMotion, target: str, stamp: Stamp) -> None:
    require_bearers(state, act.clauses)
    numbers: set[int] = set()
    for clause in act.clauses:
        if clause.n in numbers:
            raise Refused("clause-twice", motion=act.motion, n=clause.n)
        numbers.add(clause.n)
        for ref in clause.supersedes:
            require_clause(state, ref, body)
        for ref in clause.exception_to:
            require_clause(state, ref, None)
    droppable = (
        {clause.n for clause in state.motions[target].clauses} if act.kind == "amend" else set()
    )
    for n in act.drops:
        if n not in droppable:
            raise Refused("no-such-clause", clause_ref=f"{target or act.motion}/{n}")


def _settled(state: State, clause: Clause) -> Clause:
    window = clause.window
    if window is not None:
        window = Window(settle(state, window.start), settle(state, window.end))
    return msgspec.structs.replace(clause, window=window, due=settle(state, clause.due))


def _require_mover_of(motion: Motion, person: str) -> None:
    if motion.mover != person:
        raise Refused("not-the-mover", person=person, motion=motion.id, mover=motion.mover)
