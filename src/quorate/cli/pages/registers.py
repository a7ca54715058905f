"""What people read of open business, bodies, members and the calendar: a table of many, a page of one."""

from quorate.cli.output import facts, more, part, say, table
from quorate.reading.view.business import DispositionView, ItemView
from quorate.reading.view.calendar import ClashView, EventView, MovedView
from quorate.reading.view.people import BodyLine, BodyView, MemberLine, MemberView


def items(views: list[ItemView]) -> None:
    """Open items as a table, with their ids."""
    table(
        "",
        ("id", "since", "what"),
        [(i.id, i.opened_on, i.subject) for i in views],
        main="what",
    )


def open_items(views: list[ItemView]) -> None:
    """Open business as a table, with the next step of each."""
    table(
        "",
        ("since", "due", "what", "next"),
        [
            (
                i.opened_on,
                f"{i.due_on}\noverdue" if i.overdue else i.due_on,
                i.subject if i.subject.startswith(i.kind) else f"{i.kind}: {i.subject}",
                f"{i.owner}: {i.next}",
            )
            for i in views
        ],
        main="what",
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


def bodies(lines: list[BodyLine]) -> None:
    """Bodies as a table."""
    table(
        "",
        ("id", "name", "parent", "members", "seats", "outside", "dissolved"),
        [(b.id, b.name, b.parent, b.members, b.seats, b.outside, b.dissolved_on) for b in lines],
        main="name",
    )


def body(b: BodyView) -> None:
    """A body as a page."""
    say(b.name)
    facts(
        [
            ("part of", b.parent),
            ("remit", b.remit),
            ("same remit", ", ".join(b.same_remit)),
            ("seats", b.seats),
            ("dissolved", b.dissolved_on),
        ]
    )
    part(
        "members",
        [s for s in b.seated.items if s.held],
        ("name", "votes", "since", "until", "substitute"),
        lambda s: (s.name, s.weight, s.since, s.until, s.substitute),
    )
    more(b.seated)
    part(
        "offices",
        b.offices,
        ("office", "holder", "since", "until"),
        lambda o: (o.name, o.holder or "vacant", o.since, o.until),
    )
    part("standing orders", b.orders, ("clause", "words"), lambda o: (o.clause, o.words))


def members(lines: list[MemberLine]) -> None:
    """Members as a table."""
    table(
        "",
        ("id", "name", "handle", "status", "since"),
        [(m.id, m.name, m.handle, m.status, m.admitted_on) for m in lines],
        main="name",
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
            ("entry", str(m.entry)),
            ("suspended until", m.suspended_until),
        ]
    )
    part(
        "seats",
        m.seats,
        ("body", "votes", "since", "until"),
        lambda s: (s.body, s.weight, s.since, s.until),
    )
    part(
        "offices",
        m.offices,
        ("office", "body", "since", "until"),
        lambda o: (o.name, o.body, o.since, o.until),
    )


def events(views: list[EventView]) -> None:
    """The calendar as a table."""
    table(
        "",
        ("on", "event", "bodies", "where", "hangs on", "moved", "cancelled"),
        [
            (e.on, e.title, e.bodies, e.place or e.city, e.anchored_on, e.moves or "", e.cancelled)
            for e in views
        ],
        main="event",
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


def moved(views: list[MovedView]) -> None:
    """Moves and their effects as a table."""
    table(
        "",
        ("what", "from", "to", "days", "effect", "note"),
        [(m.what, m.moved_from, m.moved_to, f"{m.days:+}", m.effect, m.note) for m in views],
    )


def clashes(views: list[ClashView]) -> None:
    """Clashes as a table."""
    table(
        "",
        ("on", "between", "severity", "why", "answered"),
        [
            (c.on, " / ".join(c.between), c.severity, c.why, "lapsed" if c.lapsed else c.answered)
            for c in views
        ],
        main="between",
    )


def dispositions(views: list[DispositionView]) -> None:
    """Dispositions as a table."""
    table(
        "",
        ("on", "kind", "what", "how", "opened", "entry"),
        [(d.on, d.kind, d.subject, d.how, d.opened_on, d.entry) for d in views],
        main="what",
    )
