"""A script is rehearsed on a copy of the state before it is carried out, so that it is recorded whole or not at all.

An act that comes alone needs no copy: its rule is asked, which changes nothing, and then the desk.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import NamedTuple

from quorate.assembly.act import Event, Stamp, take_effect
from quorate.assembly.due import end_what_is_due, next_ending
from quorate.assembly.inscription import inscribe
from quorate.assembly.keeping.erasures import ErasePart
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.canon.fault import Conflict, Fault, Malformed
from quorate.desk.answer import Acknowledged
from quorate.desk.desk import Desk
from quorate.desk.erasure import require_there
from quorate.desk.paperwork import Ballots, paperwork_of
from quorate.desk.stamping import offset_of, stamp_of
from quorate.script.acts import Step
from quorate.script.ballots import CastBallots, RehearsedBoxes

Progress = Callable[[int, int], None]
EntryOf = Callable[[int], bytes | None]
Outcome = Acknowledged | Refused | None
"""What a step comes to: an answer, the refusal that it expects, or nothing where ballots are cast."""


class Interfered(Conflict):
    """Another process acted after the rehearsal, so that a step of a script is refused now: a rule says no to who came second."""

    def __init__(self, refusal: Refused, done: int) -> None:
        super().__init__(f"{refusal}; {done} acts are recorded")
        self.refusal = refusal
        self.first = ""
        """What the others did, in words; put in where there are words for it."""
        self.done = done
        """How many acts stand before ballots that the script has cast, and are recorded; else none is."""


def rehearse(
    state: State,
    steps: Sequence[Step],
    now: datetime,
    progress: Progress | None = None,
    ballots: Ballots = lambda _: (),
    *,
    refused: Callable[[State, Refused], None] = lambda _, __: None,
    entry_of: EntryOf = lambda _: None,
) -> State:
    """The state that the steps lead to. They take effect on the one given, which is therefore a copy (`State.copy`).

    `refused` is told of the refusal that ends it, on the state that the steps before have made: who or what they introduce
    is known there. `ballots` gives what is in the box of a division, `entry_of` the bytes of an entry of the record. The proofs of ballots that the script casts are not checked here.

    Raises:
        Refused: the first refusal that its step does not expect, with the place of the step as `where`.
        Malformed: the words of an act cannot be recorded, or a step expects a refusal and meets none.
    """
    boxes = RehearsedBoxes(ballots)
    again = is_second_try(state, steps)
    for done, step in enumerate(steps):
        if again and step.expect:
            continue
        try:
            decided = _decide(state, step, now, boxes, entry_of)
        except Refused as refusal:
            if refusal.code != step.expect:
                refusal.where = step.where
                refused(state, refusal)
                raise
            continue
        if decided is not None:
            state = _with_effect(decided, step)
        if step.expect:
            raise not_refused(step)
        if progress:
            progress(done + 1, len(steps))
    return state


def try_act(
    state: State,
    step: Step,
    now: datetime,
    ballots: Ballots = lambda _: (),
    entry_of: EntryOf = lambda _: None,
) -> None:
    """Return if a step that comes alone would be carried out on the state, which stays as it is. Cost: its rule.

    Raises:
        Refused: a rule says no; with the place of the step as `where`.
        Malformed: the words of the act cannot be recorded.
    """
    try:
        _decide(state, step, now, RehearsedBoxes(ballots), entry_of)
    except Refused as refusal:
        refusal.where = step.where
        raise


def is_second_try(state: State, steps: Sequence[Step]) -> bool:
    """Whether a script was carried out before, under the tokens that it has.

    It was recorded whole then, or up to the ballots that it casts. So its acts get the answers that they got, and what was to
    be refused before them is not asked again.
    """
    return any(
        state.seq_of_token(each.caller.token) is not None for each in steps if not each.expect
    )


class _Decided(NamedTuple):
    """An act that the rules answer with an event, which can be recorded and has not taken effect."""

    state: State
    """On which it was decided: the one asked, or a copy where something ends by the time that the act comes with."""
    event: Event
    stamp: Stamp


def _decide(
    state: State, step: Step, now: datetime, boxes: RehearsedBoxes, entry_of: EntryOf
) -> _Decided | None:
    """The step as the desk would decide it; None where that leaves no event: ballots are cast, or it is a second try."""
    if isinstance(step.act, CastBallots):
        boxes.cast(state, step.act)
        return None
    if state.seq_of_token(step.caller.token) is not None:
        return None  # a second try, which is answered with what the first got
    if isinstance(step.act, ErasePart):
        require_there(step.act, entry_of)
    stamp = stamp_of(state, step.act, step.caller, now)
    if next_ending(state, stamp.at):
        state = state.copy()  # if the step is refused, nothing has ended by its time
        deque(end_what_is_due(state, stamp.at, partial(offset_of, state)), maxlen=0)
    paperwork = paperwork_of(step.act)
    event = paperwork.decide(state, step.act, stamp, step.paper, boxes.ballots)
    with _placed(step):
        inscribe(event, stamp)  # as the writer does, before the state changes
    return _Decided(state, event, stamp)


def _with_effect(decided: _Decided, step: Step) -> State:
    """The state with the event, and with what follows from it, which can be recorded too."""
    state, event, stamp = decided
    with _placed(step):
        for following in take_effect(state, event, stamp)[1:]:
            inscribe(following, stamp)
    return state


@contextmanager
def _placed(step: Step) -> Iterator[None]:
    """Have an error of words that cannot be recorded say at which step they are."""
    try:
        yield
    except Malformed as error:
        place = ": ".join(filter(None, (step.where, error.where)))
        raise Malformed(place, error.expected, error.hint) from None


def carry_out(
    desk: Desk,
    steps: Sequence[Step],
    progress: Progress | None = None,
    refused: Callable[[Step, Refused, int], None] | None = None,
) -> list[Acknowledged]:
    """The answers to all steps of a script that was rehearsed, in order; they are recorded in one transaction, all or none.

    Only where a script casts ballots, which leave no entry, is what comes before them recorded by itself. A step that
    expects its refusal has an answer without events, and `refused` is told of it and of the size of the record then.

    Raises:
        Interfered: another process acted in between, and a step is refused now; nothing was recorded.
        Malformed: a step expects a refusal and met none; likewise.
    """
    answers: list[Acknowledged] = []
    for casts, group in groupby(steps, lambda step: isinstance(step.act, CastBallots)):
        carry = _cast if casts else _record
        for step, outcome in carry(desk, list(group), len(answers)):
            if isinstance(outcome, Acknowledged):
                answers.append(outcome)
                continue
            answers.append(_nothing(answers, desk))
            if isinstance(outcome, Refused) and refused:
                refused(step, outcome, answers[-1].first)
        if progress:
            progress(len(answers), len(steps))
    return answers


def not_refused(step: Step) -> Malformed:
    """The error of a step that expects a refusal and meets none."""
    return Malformed(step.where, f"an act that is refused, {step.expect}; it is in order")


def _nothing(answers: list[Acknowledged], desk: Desk) -> Acknowledged:
    """The answer to a step that leaves no entry: no events, after those before it."""
    if not answers:
        size = desk.read(lambda state: state.size)
        return Acknowledged(size, (), size, desk.checkpoint())
    last = answers[-1]
    return Acknowledged(last.first + len(last.events), (), last.size, last.checkpoint)


def _record(desk: Desk, steps: Sequence[Step], done: int) -> list[tuple[Step, Outcome]]:
    """Each step with its answer, or with the refusal that it expects."""
    asked = steps
    if desk.read(lambda state: is_second_try(state, steps)):
        asked = [step for step in steps if not step.expect]
    acts = [(step.act, step.caller, step.paper) for step in asked]
    together = desk.submit_together(acts, [step.expect for step in asked])  # type: ignore[arg-type]
    try:
        answers = dict(zip(map(id, asked), together.wait(), strict=True))
    except Fault as fault:
        if together.failed is None:
            raise
        raise _of_step(asked[together.acts.index(together.failed)], fault, done) from fault
    return [(step, answers.get(id(step))) for step in steps]


def _cast(desk: Desk, steps: Sequence[Step], done: int) -> list[tuple[Step, Outcome]]:
    """Each step with None, or with the refusal that it expects; its ballots are in their box."""
    outcomes: list[tuple[Step, Outcome]] = []
    for step in steps:
        assert isinstance(step.act, CastBallots)
        try:
            for ballot in step.act.ballots:
                desk.cast_ballot(step.act.division, ballot)
        except Fault as fault:
            if not isinstance(fault, Refused) or fault.code != step.expect:
                raise _of_step(step, fault, done) from fault
            outcomes.append((step, fault))
        else:
            if step.expect:
                raise not_refused(step)
            outcomes.append((step, None))
    return outcomes


def _of_step(step: Step, fault: Fault, done: int) -> Fault:
    if isinstance(fault, Malformed) and step.expect:
        return not_refused(step)
    if not isinstance(fault, Refused):
        return fault
    fault.where = step.where
    return fault if fault.code in _NOT_REHEARSED else Interfered(fault, done)


_NOT_REHEARSED = ("tried-otherwise", "no-such-part", "nothing-erasable")
"""Refusals that the rehearsal may not have seen coming, though nobody has come in between."""
