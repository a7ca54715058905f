"""What adopting a motion of procedure does to the motion that it applies to.

RONR (12th ed.) 11–17 (subsidiary motions), 26 (objection to consideration), 33:11 (withdrawing), 34, 37. A recess, an
adjournment and a limit on debate are only recorded: the chair then acts on them.
"""

from collections.abc import Callable

from quorate.assembly.act import Stamp
from quorate.assembly.model.motion import Motion
from quorate.assembly.motions.pending import amend, end_motion, lay_aside, reopen
from quorate.assembly.state import State

Effect = Callable[[State, Stamp, Motion, Motion], None]


def take_effect(state: State, stamp: Stamp, motion: Motion) -> None:
    """The effect of a motion just adopted on its target; none for a motion that is not of procedure."""
    effect = _EFFECTS.get(motion.kind)
    if effect is not None and _is_there(state, motion):
        effect(state, stamp, motion, state.motions[motion.target])


def ends_target(state: State, motion: Motion) -> bool:
    """Whether adopting a motion makes the one it applies to fall."""
    # No effect like the others: the target falls by an event of its own, from which what applied to it falls in turn.
    kinds = ("postpone-indefinitely", "object-to-consideration")
    return motion.kind in kinds and _is_there(state, motion)


def _is_there(state: State, motion: Motion) -> bool:
    # Of motions taken together by consent, one may have come to its end before the next that applies to it.
    statuses = _TARGET_STATUSES.get(motion.kind, ("moved", "pending"))
    return state.motions[motion.target].status in statuses


def _amend(state: State, stamp: Stamp, motion: Motion, target: Motion) -> None:
    amend(state, motion)


def _close_debate(state: State, stamp: Stamp, motion: Motion, target: Motion) -> None:
    debate_closed = state.meetings[motion.meeting].debate_closed
    if target.id not in debate_closed:
        debate_closed.append(target.id)


def _postpone(state: State, stamp: Stamp, motion: Motion, target: Motion) -> None:
    target.until = motion.until
    lay_aside(state, target, "postponed", "await-day", due=motion.until)


def _refer(state: State, stamp: Stamp, motion: Motion, target: Motion) -> None:
    target.to = motion.to
    lay_aside(
        state,
        target,
        "referred",
        "report-back",
        owner=motion.to or f"body:{motion.body}",
        due=motion.until,
    )


def _table(state: State, stamp: Stamp, motion: Motion, target: Motion) -> None:
    lay_aside(state, target, "tabled", "take-from-table")


def _bring_back(state: State, stamp: Stamp, motion: Motion, target: Motion) -> None:
    adhering = [
        adherent
        for adherent in state.motions.values()
        if adherent.target == target.id and adherent.status == "tabled"
    ]
    # The motion first: what is applied to it has to stand above it among the pending.
    reopen(state, stamp, target, motion.meeting)
    for adherent in adhering:
        reopen(state, stamp, adherent, motion.meeting)


def _withdraw(state: State, stamp: Stamp, motion: Motion, target: Motion) -> None:
    end_motion(state, stamp, target, "withdrawn", "withdrawn-by-leave")


_TARGET_STATUSES = {"take-from-table": ("tabled",), "reconsider": ("adopted", "rejected")}
"""The statuses in which a motion finds its target, if not undecided before the meeting."""
_EFFECTS: dict[str, Effect] = {
    "amend": _amend,
    "previous-question": _close_debate,
    "postpone": _postpone,
    "refer": _refer,
    "table": _table,
    "take-from-table": _bring_back,
    "reconsider": _bring_back,
    "withdraw": _withdraw,
}
