"""A script is rehearsed on a copy of the state before it is carried out, so that it is recorded whole or not at all."""

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from quorate.assembly.act import carry_out as carry_out_on
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.canon.fault import Conflict, Fault, Malformed
from quorate.desk.answer import Acknowledged, Waiting
from quorate.desk.desk import Desk
from quorate.desk.script import Step
from quorate.desk.session import stamp_of

Progress = Callable[[int, int], None]
TOGETHER = 256
"""Acts handed to the writer before the first of them is waited for."""


class RefusedStep(Refused):
    """A refusal that knows which entry of a script it answers."""

    def __init__(self, step: Step, refusal: Refused) -> None:
        super().__init__(refusal.code, clause=refusal.clause, **refusal.facts)
        self.where = step.where
        self.hint = refusal.hint


def rehearse(
    state: State, steps: Sequence[Step], now: datetime, progress: Progress | None = None
) -> State:
    """The state that the steps would lead to; the one given stays as it is. Cost: a copy of the state.

    Raises:
        Refused: the first refusal that its step does not expect, with the place of the step as `where`.
        Malformed: the words of an act cannot be recorded, or a step expects a refusal and meets none.
    """
    copy = msgspec.msgpack.decode(msgspec.msgpack.encode(state), type=State)
    for done, step in enumerate(steps):
        try:
            stamp = stamp_of(copy, step.act, step.caller, now)
            carry_out_on(copy, step.act, stamp)
        except Refused as refusal:
            if refusal.code != step.expect:
                raise RefusedStep(step, refusal) from None
            continue
        if step.expect:
            raise not_refused(step)
        copy.last_at = stamp.at
        if progress:
            progress(done + 1, len(steps))
    return copy


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
        some = steps[start : start + TOGETHER]
        waiting = [desk.submit(step.act, step.caller) for step in some]
        came = [_wait(each) for each in waiting]
        done = start + sum(1 for each in came if isinstance(each, Acknowledged))
        for step, answer in zip(some, came, strict=True):
            if isinstance(answer, Acknowledged):
                if step.expect:
                    raise not_refused(step)
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


def _wait(waiting: Waiting) -> Acknowledged | Fault:
    try:
        return waiting.wait()
    except Fault as fault:
        return fault


def _interfered(step: Step, fault: Fault, done: int, total: int) -> Fault:
    if not isinstance(fault, Refused):
        return fault
    return Conflict(
        f"{step.where}: {fault}; another process acted after the rehearsal, "
        f"and {done} of the {total} acts are recorded"
    )
