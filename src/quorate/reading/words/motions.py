"""Telling of motions: moved, seconded, ruled on, grouped, decided, and of the decisions that come of them."""

from quorate.assembly.decisions import decisions, earlier
from quorate.assembly.motions import competing, decided, motions, rulings
from quorate.reading.words.names import listed, plural, spoken
from quorate.reading.words.sentence import sentence
from quorate.reading.words.subjects import Names

_MOVED = {
    "ratify": "moved to ratify {target}",
    "rescind": "moved to rescind {target}",
    "amend": "moved to amend {target}",
    "refer": "moved to refer {target} to {to}",
    "commit": "moved to refer {target} to {to}",
    "postpone": "moved to postpone {target}{until}",
    "previous-question": "moved to vote on {target} at once",
    "accept-resignation": "moved to accept {target}",
    "reconsider": "moved to reconsider {target}",
    "discipline": "moved, on {target}",
}
_ENDS = {
    "adopted": "adopted",
    "rejected": "rejected",
    "no-decision": "left without a decision, which is not a rejection",
}


@sentence.register
def _(event: motions.MotionMoved, names: Names) -> str:
    act = event.act
    what = _MOVED.get(act.kind, "moved" if act.kind == "main" else f"moved ({spoken(act.kind)})")
    target = names.thing(event.target) if event.target else "the question"
    to = names.whom(act.to) if act.to else "a committee"
    moved = what.format(target=target, to=to, until=names.when(event.until, "to "))
    unnamed = " a motion" if moved == "moved" else ""
    title = f": “{names.words(act.title)}”" if act.title else unnamed
    waits = "" if event.pending else "; it needs a second"
    return f"{names.by} {moved}{title}{_rivals(names, act.motion)}{waits}."


def _rivals(names: Names, motion: str) -> str:
    group = names.state.groups.get(names.state.motions[motion].group)
    others = [each for each in group.motions if each != motion] if group else []
    return f" (competing with {listed(map(names.titled, others))})" if others else ""


@sentence.register
def _(event: motions.MotionSeconded, names: Names) -> str:
    return f"{names.by} seconded {names.titled(event.act.motion)}."


@sentence.register
def _(event: motions.AmendmentAccepted, names: Names) -> str:
    return f"{names.by} accepted the amendment {names.titled(event.act.amendment)}."


@sentence.register
def _(event: motions.MotionWithdrawn, names: Names) -> str:
    return f"{names.by} withdrew {names.titled(event.act.motion)}."


@sentence.register
def _(event: motions.MotionResumed, names: Names) -> str:
    return f"{names.titled(event.act.motion)} was taken up again."


@sentence.register
def _(event: rulings.MotionDisallowed, names: Names) -> str:
    act = event.act
    rests = f", against {names.decision(act.decision)}" if act.decision else ""
    rests = f", against standing order {act.order}" if act.order else rests
    return f"{names.by} ruled {names.titled(act.motion)} out of order{rests}."


@sentence.register
def _(event: rulings.MotionAllowed, names: Names) -> str:
    return f"{names.by} ruled {names.titled(event.act.motion)} in order."


@sentence.register
def _(event: competing.MotionsGrouped, names: Names) -> str:
    order = event.order or names.state.groups[event.act.group].order
    if not order:
        return f"these compete: {listed(map(names.titled, event.act.motions))}; the chair is to say which is put first."
    return f"{plural(len(order), 'motion')} compete, and are voted on in this order: {', then '.join(map(names.titled, order))}."


@sentence.register
def _(event: decided.MotionDecided, names: Names) -> str:
    if event.division or event.result == "adopted":
        return ""  # what it followed from, just before, said so: with the figures, or by consent
    return f"{names.titled(event.motion)} was {_ENDS[event.result]}."


@sentence.register
def _(event: decided.DecisionTaken, names: Names) -> str:
    decision = names.state.decisions[event.decision]
    kept = ", in confidence" if decision.confidential else ""
    upheld = f", upholding {names.decision(decision.ratifies)}" if decision.ratifies else ""
    return f"{names.decision(event.decision)} is now a decision of {names.the(decision.body)}{kept}{upheld}."


@sentence.register
def _(event: decisions.ClauseSuperseded, names: Names) -> str:
    return f"{names.clause(event.clause)} is replaced by {names.clause(event.by)}."


@sentence.register
def _(event: decisions.DecisionRescinded, names: Names) -> str:
    return f"{names.decision(event.decision)} is rescinded by {names.decision(event.by)}; it stays on record."


@sentence.register
def _(event: decisions.MotionLapsed, names: Names) -> str:
    return f"{names.titled(event.motion)} fell with {names.titled(event.because)}."


@sentence.register
def _(event: earlier.EarlierDecisionRecorded, names: Names) -> str:
    act = event.act
    source = f" (known from {act.source})" if act.source else ""
    return f"{names.the(act.body)} had decided on {names.on_day(act.day)}: “{names.words(act.title)}”{source}."
