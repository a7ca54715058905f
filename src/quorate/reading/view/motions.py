"""Motions and decisions as people are shown them."""

from msgspec import UNSET, Struct

from quorate.assembly.model.motion import Decision, Motion
from quorate.reading.reader import Eyes, Iso
from quorate.reading.view.clauses import ClauseView, clause_views


class MotionLine(Struct, frozen=True, kw_only=True):
    """A motion in a list."""

    id: str
    title: str
    kind: str
    mover: str
    body: str
    body_id: str
    meeting_id: str
    moved_on: str | None
    moved_on_iso: Iso = UNSET
    status: str
    """For a motion: `moved`, `pending`, `put`, `adopted`, `rejected`, `withdrawn` ..."""
    why: str | None
    """The reason that its last division gives for its result."""


class MotionView(MotionLine, frozen=True, kw_only=True):
    """A motion whole."""

    seconder: str | None
    target: str | None
    """What it is about: a motion, decision, charge or resignation."""
    target_id: str
    clauses: list[ClauseView]
    text: str | None
    amended_by: list[str]
    referred_to: str | None
    postponed_to: str | None
    ruled_on: str | None
    """What a ruling against it rests on."""
    division_ids: list[str]
    decision_id: str
    moved_by_entry: int
    """The number of the entry that moved it."""


class DecisionLine(Struct, frozen=True, kw_only=True):
    """A decision in a list."""

    id: str
    title: str
    kind: str
    body: str
    body_id: str
    on: str | None
    on_iso: Iso = UNSET
    status: str
    """`in-force`, `in-force-details-open` or `rescinded`."""
    confidential: bool
    open_details: list[str]
    """Details left open and not fixed yet, as clause/detail."""


class DecisionView(DecisionLine, frozen=True, kw_only=True):
    """A decision whole."""

    clauses: list[ClauseView]
    motion_id: str
    division_id: str
    meeting_id: str
    ratifies: str | None
    ratifies_id: str
    rescinded_by_id: str
    dissents: list[list[str]]
    """The signatories of each dissent from it."""
    entry: int
    """The number of the entry that took it."""


def motions(eyes: Eyes, meeting: str = "") -> list[MotionLine]:
    """The motions that they may see, in the order in which they were moved; those of a meeting if one is named."""
    return [
        motion_line(eyes, each)
        for each in eyes.state.motions.values()
        if meeting in ("", each.meeting) and eyes.sees(each.body, each.meeting)
    ]


def motion_line(eyes: Eyes, motion: Motion) -> MotionLine:
    """One motion in short."""
    return MotionLine(**_line(eyes, motion))  # type: ignore[arg-type]


def _line(eyes: Eyes, motion: Motion) -> dict[str, object]:
    division = eyes.state.divisions.get(motion.division)
    outcome = division.outcome if division else None
    return {
        "id": motion.id,
        "title": eyes.motion(motion),
        "kind": motion.kind,
        "mover": eyes.person(motion.mover),
        "body": eyes.body(motion.body),
        "body_id": motion.body,
        "meeting_id": motion.meeting,
        "moved_on": eyes.day(motion.moved_on),
        "moved_on_iso": eyes.iso(motion.moved_on),
        "status": motion.status,
        "why": outcome.reason if outcome else None,
    }


def motion_view(eyes: Eyes, motion: Motion) -> MotionView:
    """One motion whole."""
    held = [each.id for each in eyes.state.divisions.values() if each.motion == motion.id]
    return MotionView(
        **_line(eyes, motion),  # type: ignore[arg-type]
        seconder=eyes.person(motion.seconder) if motion.seconder else None,
        target=_target(eyes, motion.target) if motion.target else None,
        target_id=motion.target,
        clauses=clause_views(eyes, motion.clauses),
        text=motion.text,
        amended_by=list(motion.amended_by),
        referred_to=eyes.refer(motion.to) if motion.to else None,
        postponed_to=eyes.day(eyes.point(motion.until)),
        ruled_on=motion.ruled_on or None,
        division_ids=held,
        decision_id=motion.decision,
        moved_by_entry=motion.moved_seq,
    )


def decisions(eyes: Eyes, body: str = "") -> list[DecisionLine]:
    """The decisions that they may see, oldest first; those of a body if one is named."""
    return [
        decision_line(eyes, each)
        for each in eyes.state.decisions.values()
        if body in ("", each.body) and eyes.sees(each.body, each.meeting)
    ]


def decision_line(eyes: Eyes, decision: Decision) -> DecisionLine:
    """One decision in short."""
    return DecisionLine(**_decision(eyes, decision))  # type: ignore[arg-type]


def _decision(eyes: Eyes, decision: Decision) -> dict[str, object]:
    clauses = clause_views(eyes, decision.clauses, decision)
    details = [f"{each.n}/{slot}" for each in clauses for slot in each.open_details]
    status = "in-force-details-open" if details else "in-force"
    return {
        "id": decision.id,
        "title": eyes.words(decision.title) or decision.id,
        "kind": decision.kind,
        "body": eyes.body(decision.body),
        "body_id": decision.body,
        "on": eyes.day(decision.on),
        "on_iso": eyes.iso(decision.on),
        "status": "rescinded" if decision.rescinded_by else status,
        "confidential": decision.confidential,
        "open_details": details,
    }


def decision_view(eyes: Eyes, decision: Decision) -> DecisionView:
    """One decision whole, as it stands now."""
    dissents = [
        eyes.people(each.signatories)
        for each in eyes.state.dissents.values()
        if each.decision == decision.id
    ]
    return DecisionView(
        **_decision(eyes, decision),  # type: ignore[arg-type]
        clauses=clause_views(eyes, decision.clauses, decision),
        motion_id=decision.motion,
        division_id=decision.division,
        meeting_id=decision.meeting,
        ratifies=_target(eyes, decision.ratifies) if decision.ratifies else None,
        ratifies_id=decision.ratifies,
        rescinded_by_id=decision.rescinded_by,
        dissents=dissents,
        entry=decision.seq,
    )


def _target(eyes: Eyes, key: str) -> str:
    state = eyes.state
    if key in state.motions:
        return eyes.motion(state.motions[key])
    if key in state.decisions:
        return eyes.words(state.decisions[key].title)
    if key in state.resignations:
        return f"resignation of {eyes.person(state.resignations[key].person)}"
    if key in state.charges:
        return f"charge against {eyes.person(state.charges[key].accused)}"
    return key
