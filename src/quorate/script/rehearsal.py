"""A script is rehearsed on a copy of the state before it is carried out, so that it is recorded whole or not at all."""

from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from quorate.assembly.act import take_effect
from quorate.assembly.due import end_what_is_due, next_ending
from quorate.assembly.inscription import inscribe
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.canon.fault import Conflict, Fault, Malformed
from quorate.desk.answer import Acknowledged, Waiting
from quorate.desk.desk import Desk
from quorate.desk.paperwork import Ballots, paperwork_of
from quorate.desk.session import offset_of, stamp_of
from quorate.script.acts import Step
from quorate.script.ballots import CastBallots, RehearsedBoxes

Progress = Callable[[int, int], None]
TOGETHER = 256
"""Acts handed to the writer before the first of them is waited for."""


class Interfered(Conflict):
    """Another process acted after the rehearsal, so that a step of a script is refused now."""

    def __init__(self, refusal: Refused, done: int, total: int) -> None:
        super().__init__(f"{refusal}; {done} of {total} acts are recorded")
        self.refusal = refusal
        self.done = done
        self.total = total


def rehearse(
    state: State,
    steps: Sequence[Step],
    now: datetime,
    progress: Progress | None = None,
    ballots: Ballots = lambda _: (),
    *,
    refused: Callable[[State, Refused], None] = lambda _, __: None,
) -> State:
    """The state that the steps would lead to; the one given stays as it is. Cost: a copy of the state.

    `refused` is told of the refusal that ends it, on the state that the steps before have made: who or what they introduce
    is known there. `ballots` gives what is in the box of a division. The proofs of ballots that the script casts are not checked here.

    Raises:
        Refused: the first refusal that its step does not expect, with the place of the step as `where`.
        Malformed: the words of an act cannot be recorded, or a step expects a refusal and meets none.
    """
    copy = state.copy()
    boxes = RehearsedBoxes(ballots)
    for done, step in enumerate(steps):
        try:
            copy = _rehearse_step(copy, step, now, boxes)
        except Refused as refusal:
            if refusal.code != step.expect:
                refusal.where = step.where
                refused(copy, refusal)
                raise
            continue
        if step.expect:
            raise not_refused(step)
        if progress:
            progress(done + 1, len(steps))
    return copy


def _rehearse_step(state: State, step: Step, now: datetime, boxes: RehearsedBoxes) -> State:
    if isinstance(step.act, CastBallots):
        boxes.cast(state, step.act)
        return state
    stamp = stamp_of(state, step.act, step.caller, now)
    if next_ending(state, stamp.at):
        state = (
            state.copy()
        )  # if the step is refused, nothing has ended by the time that it came with
        deque(end_what_is_due(state, stamp.at, partial(offset_of, state)), maxlen=0)
    paperwork = paperwork_of(step.act)
    primary = paperwork.decide(state, step.act, stamp, step.paper, boxes.ballots)
    try:
        inscribe(primary, stamp)  # as the writer does, before the state changes
        for event in take_effect(state, primary, stamp)[1:]:
            inscribe(event, stamp)
    except Malformed as error:
        place = ": ".join(filter(None, (step.where, error.where)))
        raise Malformed(place, error.expected, error.hint) from None
    return state


def carry_out(
    desk: Desk,
    steps: Sequence[Step],
    progress: Progress | None = None,
    refused: Callable[[Step, Refused, int], None] | None = None,
) -> list[Acknowledged]:
    """The answers to all steps of a script that was rehearsed, in order.

    A step that expects its refusal has an answer without events, and `refused` is told of it and of the size of the
    record then.

    Raises:
        Conflict: another process acted in between and a step is refused now; says what was recorded until then.
        Malformed: a step expects a refusal and met none.
    """
    answers: list[Acknowledged] = []
    for start in range(0, len(steps), TOGETHER):
        batch = steps[start : start + TOGETHER]
        outcomes = _carried_out(desk, batch)
        done = start + sum(1 for each in outcomes if not isinstance(each, Fault))
        for step, answer in zip(batch, outcomes, strict=True):
            if isinstance(answer, Acknowledged | CastBallots):
                if step.expect:
                    raise not_refused(step)
                if isinstance(answer, CastBallots):
                    answer = _nothing(answers, desk)  # noqa: PLW2901 — ballots leave no entry
                answers.append(answer)
            elif isinstance(answer, Refused) and answer.code == step.expect:
                answers.append(_nothing(answers, desk))
                if refused:
                    refused(step, answer, answers[-1].first)
            else:
                raise _interfered(step, answer, done, len(steps)) from answer
        if progress:
            progress(len(answers), len(steps))
    return answers


def not_refused(step: Step) -> Malformed:
    """The error of a step that expects a refusal and meets none."""
    return Malformed(step.where, f"an act that is refused, {step.expect}; it is in order")


def _nothing(answers: list[Acknowledged], desk: Desk) -> Acknowledged:
    """The answer to an act that was refused as expected: no events, after those before it."""
    if not answers:
        size = desk.read(lambda state: state.size)
        return Acknowledged(size, (), size, desk.checkpoint())
    last = answers[-1]
    return Acknowledged(last.first + len(last.events), (), last.size, last.checkpoint)


def _carried_out(desk: Desk, steps: Sequence[Step]) -> list[Acknowledged | CastBallots | Fault]:
    """The answer or the fault of each step; the acts between two castings of ballots are queued together."""
    outcomes: list[Acknowledged | CastBallots | Fault] = []
    waiting: list[Waiting] = []
    for step in steps:
        if isinstance(step.act, CastBallots):
            outcomes += map(_wait, waiting)
            waiting = []
            outcomes.append(_cast(desk, step.act))
        else:
            waiting.append(desk.submit(step.act, step.caller, step.paper))
    return [*outcomes, *map(_wait, waiting)]


def _cast(desk: Desk, cast: CastBallots) -> CastBallots | Fault:
    try:
        for ballot in cast.ballots:
            desk.cast_ballot(cast.division, ballot)
    except Fault as fault:
        return fault
    return cast


def _wait(waiting: Waiting) -> Acknowledged | Fault:
    try:
        return waiting.wait()
    except Fault as fault:
        return fault


def _interfered(step: Step, fault: Fault, done: int, total: int) -> Fault:
    if not isinstance(fault, Refused):
        return fault
    fault.where = step.where
    return Interfered(fault, done, total)
