"""Meetings as people are shown them: who was there, what was moved, what came of it."""

from msgspec import UNSET, Struct

from quorate.assembly.model.meeting import Meeting, Presence, Report
from quorate.assembly.roll import quorum_needed, quorum_present
from quorate.reading.page import ALL, Page, Span, page_of
from quorate.reading.reader import Iso, Reader
from quorate.reading.view.divisions import DivisionLine, divisions
from quorate.reading.view.motions import MotionLine, motions
from quorate.reading.words.items import item_title
from quorate.reading.words.subjects import Names


class PresenceView(Struct, frozen=True, kw_only=True):
    """Somebody admitted to a meeting."""

    name: str
    person_id: str
    capacity: str
    """As what they came: `member`, `substitute` or `guest`."""
    seat: str | None
    """Whose seat a substitute fills."""
    alias: str | None
    """Under what name they were admitted, while it stands."""
    admitted_at: str | None
    left_at: str | None


class HeadingView(Struct, frozen=True, kw_only=True):
    """A heading of the agenda; `depth` 0 is at the top."""

    id: str
    title: str
    depth: int
    status: str
    """`planned`, `open`, `closed` or `carried-over`."""
    minutes: int | None


class ReportView(Struct, frozen=True, kw_only=True):
    """A report or sounding given at a meeting."""

    id: str
    reporter: str
    source: str
    level: str
    """The organisation's own scale."""
    condition: str | None
    counts: dict[str, int]
    text: str | None


class MeetingLine(Struct, frozen=True, kw_only=True):
    """A meeting in a list."""

    id: str
    title: str
    body: str
    body_id: str
    starts_at: str | None
    starts_at_iso: str | None
    status: str
    """`convened`, `sitting`, `recess`, `adjourned` or `called-off`."""
    in_confidence: bool
    present: int
    """How many are there now."""


class MeetingView(MeetingLine, frozen=True, kw_only=True):
    """A meeting whole."""

    convened_by: str
    noticed_on: str | None
    noticed_on_iso: Iso = UNSET
    short_notice_by: int
    """Days by which its notice was too short."""
    venue: str | None
    capacity: int | None
    """How many the room holds."""
    overfilled_by: int
    chair: str | None
    called_at: str | None
    adjourned_at: str | None
    quorum_present: int | None
    quorum_needed: int | None
    presences: Page[PresenceView]
    agenda: list[HeadingView]
    motions: Page[MotionLine]
    divisions: Page[DivisionLine]
    reports: Page[ReportView]
    left_open: Page[str]
    """Items of the body that were open when it adjourned."""
    left_open_ids: list[str]
    """Of the same items."""
    minutes_id: str


def meetings(reader: Reader, body: str = "", span: Span = ALL) -> Page[MeetingLine]:
    """The meetings that they may see, in the order in which they were convened; of one body if it is named."""
    seen = [
        each
        for each in reader.state.meetings.values()
        if body in ("", each.body) and reader.sees(each.body, each.id)
    ]
    return page_of(seen, span, lambda meeting: meeting_line(reader, meeting))


def meeting_line(reader: Reader, meeting: Meeting) -> MeetingLine:
    """One meeting in short."""
    return MeetingLine(**_line(reader, meeting))  # type: ignore[arg-type]


def _line(reader: Reader, meeting: Meeting) -> dict[str, object]:
    return {
        "id": meeting.id,
        "title": reader.words(meeting.title),
        "body": reader.body(meeting.body),
        "body_id": meeting.body,
        "starts_at": reader.instant(meeting.starts_at),
        "starts_at_iso": reader.instant_iso(meeting.starts_at),
        "status": meeting.status,
        "in_confidence": meeting.in_confidence,
        "present": meeting.there,
    }


def meeting_view(reader: Reader, meeting: Meeting, span: Span = ALL) -> MeetingView:
    """One meeting whole, of each list in it what stands in the span; its quorum as it is now while it sits, else none."""
    names = Names.of(reader)
    present, needed = _quorum(reader, meeting)
    return MeetingView(
        **_line(reader, meeting),  # type: ignore[arg-type]
        convened_by=reader.person(meeting.convened_by),
        noticed_on=reader.day(meeting.noticed_on),
        noticed_on_iso=reader.iso(meeting.noticed_on),
        short_notice_by=meeting.short_notice_by,
        venue=meeting.venue if reader.reads(meeting.body, meeting.id, "venue") else None,
        capacity=meeting.capacity,
        overfilled_by=meeting.overfilled_by,
        chair=reader.person(meeting.chair) if meeting.chair else None,
        called_at=reader.instant(meeting.called_at),
        adjourned_at=reader.instant(meeting.adjourned_at),
        quorum_present=present,
        quorum_needed=needed,
        presences=presences(reader, meeting, span),
        agenda=agenda(reader, meeting),
        motions=motions(reader, meeting.id, span),
        divisions=divisions(reader, meeting=meeting.id, span=span),
        reports=reports(reader, meeting, span),
        left_open=page_of(meeting.left_open, span, lambda key: item_title(names, key)),
        left_open_ids=list(span.of(meeting.left_open)),
        minutes_id=meeting.minutes,
    )


def presences(reader: Reader, meeting: Meeting, span: Span = ALL) -> Page[PresenceView]:
    """Who was admitted to a meeting, in the order in which they came."""
    return page_of(meeting.presences.values(), span, lambda each: _presence(reader, each))


def reports(reader: Reader, meeting: Meeting, span: Span = ALL) -> Page[ReportView]:
    """The reports given at a meeting."""
    given = [reader.state.reports[key] for key in meeting.reports if key in reader.state.reports]
    return page_of(given, span, lambda each: _report(reader, each))


def _quorum(reader: Reader, meeting: Meeting) -> tuple[int | None, int | None]:
    body = reader.state.bodies[meeting.body]
    if meeting.status not in ("sitting", "recess") or body.orders is None:
        return None, None
    needed = quorum_needed(reader.state, body, body.orders.quorum, reader.on)
    return quorum_present(reader.state, meeting, reader.on), needed


def _presence(reader: Reader, presence: Presence) -> PresenceView:
    return PresenceView(
        name=presence.alias or reader.person(presence.person),
        person_id=presence.person,
        capacity=presence.capacity,
        seat=reader.person(presence.seat) if presence.seat else None,
        alias=presence.alias or None,
        admitted_at=reader.instant(presence.admitted_at),
        left_at=reader.instant(presence.left_at),
    )


def _report(reader: Reader, report: Report) -> ReportView:
    return ReportView(
        id=report.id,
        reporter=reader.person(report.reporter),
        source=reader.refer(report.source),
        level=report.level,
        condition=report.condition or None,
        counts=report.counts,
        text=report.text if reader.reads(report.body, report.meeting) else None,
    )


def agenda(reader: Reader, meeting: Meeting) -> list[HeadingView]:
    """The headings of the agenda of a meeting, in their order."""
    depths: dict[str, int] = {}
    lines = []
    for each in meeting.agenda.values():
        depths[each.id] = depths.get(each.parent, -1) + 1
        lines.append(
            HeadingView(
                id=each.id,
                title=reader.words(each.title),
                depth=depths[each.id],
                status=each.status,
                minutes=each.minutes,
            )
        )
    return lines
