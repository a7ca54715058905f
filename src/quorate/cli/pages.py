"""What people read of each view: a table of many, a page of one."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec import UNSET

from quorate.cli.output import facts, say, table
from quorate.desk.view.business import DispositionView, ItemView
from quorate.desk.view.calendar import ClashView, EventView, MovedView
from quorate.desk.view.clauses import ClauseView
from quorate.desk.view.divisions import DivisionView
from quorate.desk.view.meetings import MeetingLine, MeetingView
from quorate.desk.view.motions import DecisionLine, DecisionView, MotionLine, MotionView
from quorate.desk.view.people import BodyLine, BodyView, MemberLine, MemberView

T = TypeVar("T")


def meetings(found: list[MeetingLine]) -> None:
    """Meetings as a table."""
    table(
        "",
        ("id", "starts", "body", "title", "status", "present"),
        [(m.id, m.starts_at, m.body, m.title, m.status, m.present or "") for m in found],
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
            ("left open", m.left_open),
        ]
    )
    _part(
        "present",
        m.presences,
        ("name", "as", "for", "from", "to"),
        lambda p: (p.name, p.capacity, p.seat, p.admitted_at, p.left_at),
    )
    _part(
        "agenda",
        m.agenda,
        ("heading", "status", "minutes"),
        lambda h: ("  " * h.depth + h.title, h.status, h.minutes),
    )
    _part(
        "reports",
        m.reports,
        ("source", "level", "condition", "from"),
        lambda r: (r.source, r.level, r.condition, r.reporter),
    )
    _part(
        "motions",
        m.motions,
        ("id", "motion", "mover", "status"),
        lambda line: (line.id, line.title, line.mover, line.status),
    )
    if m.divisions:
        divisions(m.divisions, "divisions")


def _part(
    title: str, found: Sequence[T], headings: Sequence[str], row: Callable[[T], Sequence[object]]
) -> None:
    if found:
        say()
        table(title, headings, [row(each) for each in found])


def motions(found: list[MotionLine]) -> None:
    """Motions as a table."""
    table(
        "",
        ("id", "moved", "motion", "kind", "mover", "status"),
        [(m.id, m.moved_on, m.title, m.kind, m.mover, m.status) for m in found],
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


def _clauses(found: list[ClauseView]) -> None:
    _part(
        "clauses",
        found,
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
    )


def divisions(found: list[DivisionView], title: str = "") -> None:
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
            for d in found
        ],
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
    if d.votes is not UNSET:
        _part(
            "register",
            d.votes,
            ("name", "vote", "weight", "standing", "cast by"),
            lambda v: (v.name, v.vote or "–", v.weight, v.standing, v.cast_by),
        )


def _silent(d: DivisionView) -> str:
    names = f": {', '.join(d.not_voted)}" if d.not_voted else ""
    return f"{d.not_voted_count}{names}"


def _unaccounted(d: DivisionView) -> str:
    if not d.unaccounted:
        return ""
    return f"{d.unaccounted}{', explained on the record' if d.explained else ''}"


def _standing(d: DecisionLine) -> str:
    return d.status.replace("-", " ").replace(" details", ", details")


def decisions(found: list[DecisionLine]) -> None:
    """Decisions as a table."""
    table(
        "",
        ("id", "on", "body", "decision", "status", "open details"),
        [(d.id, d.on, d.body, d.title, _standing(d), d.open_details) for d in found],
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


def items(found: list[ItemView]) -> None:
    """Open items as a table, with their ids."""
    table(
        "",
        ("id", "since", "due", "what", "with"),
        [(i.id, i.opened_on, i.due_on, i.subject, i.owner) for i in found],
    )


def open_items(found: list[ItemView]) -> None:
    """Open business as a table, with the next step of each."""
    table(
        "",
        ("since", "due", "kind", "what", "with", "next"),
        [
            (
                i.opened_on,
                f"{i.due_on}\noverdue" if i.overdue else i.due_on,
                i.kind,
                i.subject,
                i.owner,
                i.next,
            )
            for i in found
        ],
    )


def item(i: ItemView) -> None:
    """An item as a page."""
    say(i.subject)
    facts(
        [
            ("id", i.id),
            ("kind", i.kind),
            ("body", i.body),
            ("with", i.owner),
            ("since", i.opened_on),
            ("opened by entry", i.opened_by_entry),
            ("due", i.due_on),
            ("overdue", i.overdue),
            ("next", i.next),
        ]
    )


def bodies(found: list[BodyLine]) -> None:
    """Bodies as a table."""
    table(
        "",
        ("id", "name", "parent", "members", "seats", "outside", "dissolved"),
        [(b.id, b.name, b.parent, b.members, b.seats, b.outside, b.dissolved_on) for b in found],
    )


def body(b: BodyView) -> None:
    """A body as a page."""
    say(b.name)
    facts(
        [
            ("part of", b.parent),
            ("remit", b.remit),
            ("seats", b.seats),
            ("dissolved", b.dissolved_on),
        ]
    )
    _part(
        "members",
        [s for s in b.seated if s.held],
        ("name", "votes", "since", "until", "substitute"),
        lambda s: (s.name, s.weight, s.since, s.until, s.substitute),
    )
    _part(
        "offices",
        b.offices,
        ("office", "holder", "since", "until"),
        lambda o: (o.name, o.holder or "vacant", o.since, o.until),
    )
    _part("standing orders", b.orders, ("clause", "words"), lambda o: (o.clause, o.words))


def members(found: list[MemberLine]) -> None:
    """Members as a table."""
    table(
        "",
        ("id", "name", "handle", "status", "since"),
        [(m.id, m.name, m.handle, m.status, m.admitted_on) for m in found],
    )


def member(m: MemberView) -> None:
    """A member as a page."""
    say(m.name)
    facts(
        [
            ("id", m.id),
            ("handle", m.handle),
            ("status", m.status),
            ("since", m.admitted_on),
            ("suspended until", m.suspended_until),
        ]
    )
    _part(
        "seats",
        m.seats,
        ("body", "votes", "since", "until"),
        lambda s: (s.body, s.weight, s.since, s.until),
    )
    _part(
        "offices",
        m.offices,
        ("office", "body", "since", "until"),
        lambda o: (o.name, o.body, o.since, o.until),
    )


def events(found: list[EventView]) -> None:
    """The calendar as a table."""
    table(
        "",
        ("on", "event", "bodies", "where", "hangs on", "moved", "cancelled"),
        [
            (e.on, e.title, e.bodies, e.place or e.city, e.anchored_on, e.moves or "", e.cancelled)
            for e in found
        ],
    )


def event(e: EventView) -> None:
    """An event as a page."""
    say(e.title)
    facts(
        [
            ("on", e.on),
            ("at", e.at),
            ("bodies", e.bodies),
            ("place", e.place),
            ("city", e.city),
            ("hangs on", e.anchored_on),
            ("meeting", e.meeting_id),
            ("moved", f"{e.moves} times" if e.moves else ""),
            ("cancelled", e.cancelled),
        ]
    )


def moved(found: list[MovedView]) -> None:
    """Moves and their effects as a table."""
    table(
        "",
        ("what", "from", "to", "days", "effect", "note"),
        [(m.what, m.moved_from, m.moved_to, f"{m.days:+}", m.effect, m.note) for m in found],
    )


def clashes(found: list[ClashView]) -> None:
    """Clashes as a table."""
    table(
        "",
        ("on", "between", "severity", "why", "answered"),
        [
            (c.on, " / ".join(c.between), c.severity, c.why, "lapsed" if c.lapsed else c.answered)
            for c in found
        ],
    )


def dispositions(found: list[DispositionView]) -> None:
    """Dispositions as a table."""
    table(
        "",
        ("on", "kind", "what", "how", "opened", "entry"),
        [(d.on, d.kind, d.subject, d.how, d.opened_on, d.entry) for d in found],
    )
