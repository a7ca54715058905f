"""The motions before a meeting: how one comes before it, leaves it, and takes with it what adheres to it.

Called while an event changes the state; nothing here refuses.
"""

from quorate.assembly.act import Stamp
from quorate.assembly.items import advance, dispose, is_open, open_item, set_due
from quorate.assembly.model.calendar import Point
from quorate.assembly.model.item import NextStep
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.model.motion import Clause, Motion, MotionStatus
from quorate.assembly.state import State

ENDED = ("withdrawn", "adopted", "rejected", "lapsed", "accepted", "out-of-order")
"""The statuses of a motion that is off the list of open business."""


def open_motion(state: State, stamp: Stamp, motion: Motion, next_step: NextStep) -> None:
    """Put a motion on the list of open business."""
    open_item(
        state,
        stamp,
        "motion",
        motion.id,
        body=motion.body,
        owner=f"body:{motion.body}",
        next_step=next_step,
    )


def put_before(state: State, motion: Motion, owner: str = "") -> None:
    """The motion is pending; it becomes the immediately pending question of its meeting, if it has one."""
    motion.status = "pending"
    if motion.meeting:
        state.meetings[motion.meeting].pending.append(motion.id)
    advance(state, "motion", motion.id, "put-question", owner=owner)


def take_away(state: State, motion: Motion) -> None:
    """The motion is no longer before its meeting."""
    meeting = state.meetings.get(motion.meeting)
    if meeting is None:
        return
    if motion.id in meeting.pending:
        meeting.pending.remove(motion.id)
    # The order for the vote goes with it, or the motion could not be debated when it comes back.
    if motion.id in meeting.debate_closed:
        meeting.debate_closed.remove(motion.id)


def end_motion(
    state: State,
    stamp: Stamp,
    motion: Motion,
    status: MotionStatus,
    how: str = "",
    *,
    because: str = "",
) -> None:
    """The motion has come to its end and is off the list of open business."""
    assert status in ENDED, status
    take_away(state, motion)
    motion.status = status
    dispose(state, stamp, "motion", motion.id, how or status, because=because)


def lay_aside(
    state: State,
    motion: Motion,
    status: MotionStatus,
    next_step: NextStep,
    *,
    owner: str = "",
    due: Point | None = None,
) -> None:
    """The motion leaves the meeting but stays open business, and so do the motions that adhere to it."""
    adhering = adherents(state, motion)
    take_away(state, motion)
    motion.status = status
    advance(state, "motion", motion.id, next_step, owner=owner)
    set_due(state, "motion", motion.id, due)
    # With their own adherents: an amendment of the second degree would stay pending, on one that is not.
    for adherent in adhering:
        lay_aside(state, adherent, status, "follow-motion")


def adherents(state: State, motion: Motion) -> list[Motion]:
    """The pending motions that apply to a motion, in the order in which they became pending."""
    meeting = state.meetings.get(motion.meeting)
    return [] if meeting is None else _applied_to(state, meeting, motion.id)


def _applied_to(state: State, meeting: Meeting, target: str) -> list[Motion]:
    return [state.motions[key] for key in meeting.pending if state.motions[key].target == target]


def rewrite(
    clauses: tuple[Clause, ...], by: tuple[Clause, ...], drops: tuple[int, ...]
) -> tuple[Clause, ...]:
    """The clauses after an amendment: replaced and added by number, the dropped ones struck out, in order of number."""
    by_number = {clause.n: clause for clause in clauses if clause.n not in drops}
    # After the drops, so that a number both struck out and given anew is there, as the amendment has it.
    by_number.update({clause.n: clause for clause in by})
    return tuple(by_number[n] for n in sorted(by_number))


def amend(state: State, amendment: Motion) -> None:
    """An amendment has its effect on the clauses of its target."""
    target = state.motions[amendment.target]
    target.clauses = rewrite(target.clauses, amendment.clauses, amendment.drops)
    target.amended_by = (*target.amended_by, amendment.id)


def reopen(state: State, stamp: Stamp, motion: Motion, meeting: str) -> None:
    """A motion that was decided or laid aside is before a meeting again."""
    motion.meeting = meeting
    if not is_open(state, "motion", motion.id):
        open_motion(state, stamp, motion, "put-question")
    put_before(state, motion, owner=f"body:{motion.body}")
    set_due(state, "motion", motion.id, None)
