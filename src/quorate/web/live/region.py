"""The regions of a meeting's page that all see alike: what is in each, and its HTML. Nothing of any one person is in them."""

from typing import Any, NamedTuple

from django.template.loader import render_to_string

from quorate.assembly.audience import audience_at
from quorate.assembly.model.division import Division
from quorate.assembly.model.meeting import Meeting
from quorate.reading.page import Span
from quorate.reading.reader import Reader
from quorate.reading.view.divisions import DivisionLine, division_line
from quorate.reading.view.meetings import HeadingView, MeetingView, meeting_view
from quorate.reading.words.subjects import Names
from quorate.web.picture.bar import Bar, bar_of

SHOWN = Span(0, 20)
"""Of each list on the floor, this much is shown; the rest has a page of its own."""
RESULTS = 5
_NONE = Span(0, 0)


class StageRegion(NamedTuple):
    """Where the meeting stands."""

    meeting: str
    title: str
    body: str
    item: str
    """The heading that is open."""
    status: str
    starts_at: str
    chair: str
    seconds: tuple[str, ...]
    """Motions that wait for a second, by name."""
    said: str
    """What happens now, in a few words, for whoever does not see the page."""


class HallRegion(NamedTuple):
    """Who is there, in numbers."""

    present: int
    counting: int | None
    needed: int | None


class TextRegion(NamedTuple):
    """The question before the meeting."""

    question: str
    text: str


class VoteFigures(NamedTuple):
    """A division with its bar."""

    division: DivisionLine
    bar: Bar


class PanelRegion(NamedTuple):
    """The votes that are open, and the last results."""

    open: tuple[VoteFigures, ...]
    results: tuple[VoteFigures, ...]

    def still(self) -> tuple[object, ...]:
        """All of it but the figures that tick while a vote is open."""
        named = ((each.division.id, each.division.motion, each.division.rule) for each in self.open)
        return (*named, self.results)


class Speaker(NamedTuple):
    """Somebody on the speakers' list."""

    name: str
    side: str
    speaking: bool
    until: str


class SpeakersRegion(NamedTuple):
    """Who speaks, and who waits for the floor."""

    first: tuple[Speaker, ...]
    more: int


class AgendaRegion(NamedTuple):
    """The headings."""

    meeting: str
    headings: tuple[HeadingView, ...]


class Shared(NamedTuple):
    """All regions, in the order of the page; their names are those of its fields."""

    stage: StageRegion
    hall: HallRegion
    panel: PanelRegion
    text: TextRegion
    speakers: SpeakersRegion
    agenda: AgendaRegion


REGIONS = Shared._fields


def shared(reader: Reader, meeting: Meeting) -> Shared:
    """What all who see alike see of a meeting now."""
    view = meeting_view(reader, meeting, _NONE)
    panel = _panel(reader, meeting)
    return Shared(
        stage=_stage(reader, meeting, view, panel),
        hall=HallRegion(view.present, view.quorum_present, view.quorum_needed),
        panel=panel,
        text=_text(reader, meeting),
        speakers=_speakers(reader, meeting),
        agenda=AgendaRegion(meeting.id, tuple(view.agenda)),
    )


def html_of(name: str, view: tuple[Any, ...]) -> str:
    """The HTML of a region. Up to some milliseconds, by the length of its lists."""
    return render_to_string(f"regions/{name}.html", {name: view})


def _stage(reader: Reader, meeting: Meeting, view: MeetingView, panel: PanelRegion) -> StageRegion:
    state, names = reader.state, Names.of(reader)
    item = next((each.title for each in view.agenda if each.status == "open"), "")
    moved = [
        each
        for each in state.motions.values()
        if (each.meeting, each.status) == (meeting.id, "moved")
    ]
    return StageRegion(
        meeting=meeting.id,
        title=view.title,
        body=view.body,
        item=item,
        status=view.status,
        starts_at=view.starts_at or "",
        chair=view.chair or "",
        seconds=tuple(names.titled(each.id) for each in moved),
        said=_said(view, panel),
    )


def _said(view: MeetingView, panel: PanelRegion) -> str:
    if panel.open:
        return "The vote is open: " + "; ".join(each.division.motion for each in panel.open)
    if panel.results:
        last = panel.results[0].division
        return f"{last.motion}: {last.outcome or 'the vote is closed'}"
    return {"recess": "The meeting is in recess", "adjourned": "The meeting is over"}.get(
        view.status, ""
    )


def _panel(reader: Reader, meeting: Meeting) -> PanelRegion:
    divisions = [each for each in reader.state.divisions.values() if each.meeting == meeting.id]
    ended = [
        each
        for each in reversed(divisions)
        if each.status in ("closed", "declared") and not each.recounted_by
    ]
    return PanelRegion(
        open=tuple(_vote(reader, each) for each in divisions if each.status == "open"),
        results=tuple(_vote(reader, each) for each in ended[:RESULTS]),
    )


def _vote(reader: Reader, division: Division) -> VoteFigures:
    line = division_line(reader, division)
    return VoteFigures(line, bar_of(line))


def _text(reader: Reader, meeting: Meeting) -> TextRegion:
    if not meeting.pending:
        return TextRegion("", "")
    pending = reader.state.motions[meeting.pending[-1]]
    # The standing orders may keep texts to fewer people than acts.
    may_read = reader.may_see(audience_at(reader.state, meeting.id, "text"))
    return TextRegion(Names.of(reader).titled(pending.id), (pending.text or "") if may_read else "")


def _speakers(reader: Reader, meeting: Meeting) -> SpeakersRegion:
    waiting = [each for each in meeting.turns.values() if each.yielded_at is None]
    waiting.sort(key=lambda turn: turn.id != meeting.speaking)
    first = tuple(
        Speaker(
            name=reader.person(each.person),
            side=each.side,
            speaking=each.id == meeting.speaking,
            until=reader.instant(each.until) or "",
        )
        for each in SHOWN.of(waiting)
    )
    return SpeakersRegion(first, len(waiting) - len(first))
