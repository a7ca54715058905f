"""Motions and decisions as people are shown them."""

from msgspec import UNSET, Struct

from quorate.assembly.model.decision import Decision
from quorate.assembly.model.motion import Motion
from quorate.reading.page import ALL, Page, Span, page_of
from quorate.reading.reader import Iso, Reader
from quorate.reading.view.clauses import ClauseView, clause_views
from quorate.reading.words.outcomes import reason_of


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


def motions(reader: Reader, meeting: str = "", span: Span = ALL) -> Page[MotionLine]:
    """The motions that they may see, in the order in which they were moved; those of a meeting if one is named."""
    seen = [
        each
        for each in reader.state.motions.values()
        if meeting in ("", each.meeting) and reader.sees(each.body, each.meeting)
    ]
    return page_of(seen, span, lambda motion: motion_line(reader, motion))


def motion_line(reader: Reader, motion: Motion) -> MotionLine:
    """One motion in short."""
    return MotionLine(**_line(reader, motion))  # type: ignore[arg-type]


def _line(reader: Reader, motion: Motion) -> dict[str, object]:
    division = reader.state.divisions.get(motion.division)
    outcome = division.outcome if division else None
    return {
        "id": motion.id,
        "title": reader.motion(motion),
        "kind": motion.kind,
        "mover": reader.person(motion.mover),
        "body": reader.body(motion.body),
        "body_id": motion.body,
        "meeting_id": motion.meeting,
        "moved_on": reader.day(motion.moved_on),
        "moved_on_iso": reader.iso(motion.moved_on),
        "status": motion.status,
        "why": reason_of(division, outcome) if division and outcome else None,
    }


def motion_view(reader: Reader, motion: Motion) -> MotionView:
    """One motion whole."""
    held = [each.id for each in reader.state.divisions.values() if each.motion == motion.id]
    return MotionView(
        **_line(reader, motion),  # type: ignore[arg-type]
        seconder=reader.person(motion.seconder) if motion.seconder else None,
        target=_target(reader, motion.target) if motion.target else None,
        target_id=motion.target,
        clauses=clause_views(reader, motion.clauses),
        text=motion.text if reader.reads(motion.body, motion.meeting) else None,
        amended_by=list(motion.amended_by),
        referred_to=reader.refer(motion.to) if motion.to else None,
        postponed_to=reader.day(reader.point(motion.until)),
        ruled_on=_ground(motion.ruled_on),
        division_ids=held,
        decision_id=motion.decision,
        moved_by_entry=motion.moved_seq,
    )


def decisions(reader: Reader, body: str = "", span: Span = ALL) -> Page[DecisionLine]:
    """The decisions that they may see, oldest first; those of a body if one is named."""
    seen = [
        each
        for each in reader.state.decisions.values()
        if body in ("", each.body) and reader.sees(each.body, each.meeting)
    ]
    return page_of(seen, span, lambda decision: decision_line(reader, decision))


def decision_line(reader: Reader, decision: Decision) -> DecisionLine:
    """One decision in short."""
    return DecisionLine(**_decision(reader, decision))  # type: ignore[arg-type]


def _decision(reader: Reader, decision: Decision) -> dict[str, object]:
    clauses = clause_views(reader, decision.clauses, decision)
    details = [f"{each.n}/{slot}" for each in clauses for slot in each.open_details]
    status = "in-force-details-open" if details else "in-force"
    return {
        "id": decision.id,
        "title": reader.words(decision.title) or decision.id,
        "kind": decision.kind,
        "body": reader.body(decision.body),
        "body_id": decision.body,
        "on": reader.day(decision.on),
        "on_iso": reader.iso(decision.on),
        "status": "rescinded" if decision.rescinded_by else status,
        "confidential": decision.confidential,
        "open_details": details,
    }


def decision_view(reader: Reader, decision: Decision) -> DecisionView:
    """One decision whole, as it stands now."""
    dissents = [
        reader.people(each.signatories)
        for each in reader.state.dissents.values()
        if each.decision == decision.id
    ]
    return DecisionView(
        **_decision(reader, decision),  # type: ignore[arg-type]
        clauses=clause_views(reader, decision.clauses, decision),
        motion_id=decision.motion,
        division_id=decision.division,
        meeting_id=decision.meeting,
        ratifies=_target(reader, decision.ratifies) if decision.ratifies else None,
        ratifies_id=decision.ratifies,
        rescinded_by_id=decision.rescinded_by,
        dissents=dissents,
        entry=decision.seq,
    )


def _target(reader: Reader, key: str) -> str:
    state = reader.state
    if key in state.motions:
        return reader.motion(state.motions[key])
    if key in state.decisions:
        return reader.words(state.decisions[key].title)
    if key in state.resignations:
        return f"resignation of {reader.person(state.resignations[key].person)}"
    if key in state.charges:
        return f"charge against {reader.person(state.charges[key].accused)}"
    return key


def _ground(ruled_on: str) -> str | None:
    """On what a ruling rests: the id of a decision, or a standing order."""
    number = ruled_on.removeprefix("order:")
    return ruled_on or None if number == ruled_on else f"standing order {number}"
