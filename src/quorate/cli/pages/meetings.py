"""What people read of meetings, motions, divisions and decisions: a table of many, a page of one."""

from collections.abc import Sequence

from msgspec import UNSET

from quorate.cli.output import facts, more, part, say, table
from quorate.reading.page import Page
from quorate.reading.view.clauses import ClauseView
from quorate.reading.view.divisions import BallotView, DivisionLine, DivisionView
from quorate.reading.view.meetings import MeetingLine, MeetingView
from quorate.reading.view.motions import DecisionLine, DecisionView, MotionLine, MotionView


def meetings(lines: list[MeetingLine]) -> None:
    """Meetings as a table."""
    table(
        "",
        ("id", "starts", "body", "title", "status", "present"),
        [(m.id, m.starts_at, m.body, m.title, m.status, m.present or "") for m in lines],
        main="title",
    )


def meeting(m: MeetingView) -> None:
    """A meeting as a page."""
    say(f"{m.title}: {m.body}")
    quorum = f"{m.quorum_present} present of {m.quorum_needed} needed" if m.quorum_needed else ""
    facts(
        [
            ("starts", m.starts_at),
            ("status", m.status),
            ("in confidence", m.in_confidence),
            ("venue", m.venue),
            ("convened by", f"{m.convened_by}, {m.noticed_on}"),
            ("notice short by", m.short_notice_by or ""),
            ("chair", m.chair),
            ("called to order", m.called_at),
            ("adjourned", m.adjourned_at),
            ("quorum", quorum),
            ("overfilled by", m.overfilled_by or ""),
            ("left open", _named(m.left_open)),
        ]
    )
    part(
        "present",
        m.presences,
        ("name", "as", "for", "from", "to"),
        lambda p: (
            p.name,
            p.capacity,
            p.seat,
            _clock(p.admitted_at, m.starts_at),
            _clock(p.left_at, m.starts_at),
        ),
    )
    part(
        "agenda",
        m.agenda,
        ("heading", "status", "minutes"),
        lambda h: ("  " * h.depth + h.title, h.status, h.minutes),
    )
    part(
        "reports",
        m.reports,
        ("source", "level", "condition", "from"),
        lambda r: (r.source, r.level, r.condition, r.reporter),
    )
    part(
        "motions",
        m.motions,
        ("id", "motion", "mover", "status"),
        lambda line: (line.id, line.title, line.mover, line.status),
        main="motion",
    )
    if m.divisions.items:
        divisions(m.divisions.items, "divisions")
        more(m.divisions)


def _clock(at: str | None, day: str | None) -> str | None:
    """The time alone, of an instant on that day."""
    return at[11:] if at and day and at[:10] == day[:10] else at


def motions(lines: list[MotionLine]) -> None:
    """Motions as a table."""
    table(
        "",
        ("id", "moved", "motion", "kind", "mover", "status"),
        [(m.id, m.moved_on, m.title, m.kind, m.mover, m.status) for m in lines],
        main="motion",
    )


def motion(m: MotionView) -> None:
    """A motion as a page."""
    say(m.title)
    facts(
        [
            ("kind", m.kind),
            ("about", m.target),
            ("moved by", f"{m.mover}, {m.moved_on}"),
            ("seconded by", m.seconder),
            ("body", m.body),
            ("status", m.status),
            ("why", m.why),
            ("amended by", m.amended_by),
            ("referred to", m.referred_to),
            ("postponed to", m.postponed_to),
            ("ruled on", m.ruled_on),
            ("divisions", m.division_ids),
            ("decision", m.decision_id),
            ("text", m.text),
        ]
    )
    _clauses(m.clauses)


def _clauses(clauses: list[ClauseView]) -> None:
    part(
        "clauses",
        clauses,
        ("n", "clause", "from", "to", "due", "open", "fixed"),
        lambda c: (
            c.n,
            " ".join(filter(None, (c.bearer, c.modality.replace("-", " "), c.action)))
            + "".join(f"; if {each}" for each in c.conditions)
            + (f" (superseded by {c.superseded_by})" if c.superseded_by else ""),
            c.opens,
            c.ends,
            c.due_on,
            c.open_details,
            [f"{key}: {value}" for key, value in c.fixed.items()],
        ),
        main="clause",
    )


def divisions(views: Sequence[DivisionLine], title: str = "") -> None:
    """Divisions as a table."""
    if title:
        say()
    table(
        title,
        ("id", "motion", "for", "against", "abst.", "not voted", "entitled", "unacc.", "outcome"),
        [
            (
                d.id,
                d.motion,
                d.votes_for,
                d.against,
                d.abstain,
                d.not_voted_count,
                d.entitled,
                d.unaccounted or "",
                d.outcome or d.status,
            )
            for d in views
        ],
        main="motion",
    )


def division(d: DivisionView) -> None:
    """A division as a page, with each vote where votes have names."""
    say(d.motion)
    facts(
        [
            ("moved by", d.mover),
            ("body", f"{d.body}, {d.on}"),
            ("method", d.method),
            ("rule", d.rule),
            ("for", str(d.votes_for)),
            ("against", str(d.against)),
            ("abstaining", str(d.abstain)),
            ("did not vote", _silent(d)),
            ("entitled", str(d.entitled)),
            ("unaccounted for", _unaccounted(d)),
            ("casting vote", d.casting_vote),
            ("outcome", d.outcome or d.status),
            ("reason", d.reason),
        ]
    )
    if d.ballot is not UNSET:
        _ballot(d.ballot, d.entitled)
    if d.votes is not UNSET:
        part(
            "register",
            d.votes,
            ("name", "vote", "weight", "standing", "cast by"),
            lambda v: (v.name, v.vote or "–", v.weight, v.standing, v.cast_by),
        )


def _ballot(b: BallotView, entitled: int) -> None:
    """The figures of a secret ballot, each of which is part of the one before."""
    absent = f", {b.absent} absent" if b.absent else ""
    say("ballot")
    facts(
        [
            ("entitled", f"{entitled}{absent}"),
            ("credentials issued", str(b.credentials_issued)),
            ("ballots counted", _known(b.ballots_counted)),
            ("not cast", _known(b.not_cast)),
            ("superseded", _known(b.superseded)),
            ("election", b.fingerprint),
            ("archive", b.archive),
        ]
    )


def _known(number: int | None) -> str:
    return "not known before the close" if number is None else str(number)


def _silent(d: DivisionView) -> str:
    names = ", ".join(_named(d.not_voted))
    return f"{d.not_voted_count}{': ' if names else ''}{names}"


def _named(names: Page[str]) -> list[str]:
    """The names of a page, and how many more there are."""
    return names.items + ([f"… and {names.more:,} more"] if names.more else [])


def _unaccounted(d: DivisionView) -> str:
    if not d.unaccounted:
        return ""
    return f"{d.unaccounted}{', explained on the record' if d.explained else ''}"


def _standing(d: DecisionLine) -> str:
    return d.status.replace("-", " ").replace(" details", ", details")


def decisions(lines: list[DecisionLine]) -> None:
    """Decisions as a table."""
    table(
        "",
        ("id", "on", "body", "decision", "status", "open details"),
        [(d.id, d.on, d.body, d.title, _standing(d), d.open_details) for d in lines],
        main="decision",
    )


def decision(d: DecisionView) -> None:
    """A decision as a page."""
    say(d.title)
    facts(
        [
            ("body", d.body),
            ("on", d.on),
            ("kind", d.kind),
            ("status", _standing(d)),
            ("confidential", d.confidential),
            ("ratifies", d.ratifies),
            ("rescinded by", d.rescinded_by_id),
            ("motion", d.motion_id),
            ("division", d.division_id),
            ("entry", d.entry),
            ("dissent of", ["; ".join(", ".join(names) for names in d.dissents)]),
        ]
    )
    _clauses(d.clauses)
