"""The floor: one page for all at a meeting, each with the buttons for what they can do now."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from quorate.assembly.model.meeting import Meeting
from quorate.reading.asking import Offer
from quorate.reading.offers import Offers, offers
from quorate.reading.page import Span
from quorate.reading.reader import Reader
from quorate.reading.view.divisions import DivisionLine, division_line
from quorate.reading.view.meetings import MeetingView, meeting_view
from quorate.reading.words.subjects import Names
from quorate.web.pages.act import new_token
from quorate.web.pages.common import instant_of, look, member_of
from quorate.web.picture.bar import Bar, bar_of
from quorate.web.rights import is_at_desk, require

SHOWN = Span(0, 20)
"""Of each list on the floor, this much is shown; the rest has a page of its own."""
RUNNING = ("convened", "sitting", "recess")


class VotePanel(NamedTuple):
    """An open division, and what somebody can do in it: for each voter the choices, and the choice made before."""

    division: DivisionLine
    bar: Bar
    voters: list[tuple[str, str, str, list[str]]]
    """For whom (id, empty for oneself), their name, the vote that stands or empty, and the choices."""


class Speaker(NamedTuple):
    """Somebody on the speakers' list."""

    name: str
    side: str
    speaking: bool
    until: str
    turn: str


class FloorView(NamedTuple):
    """What the floor shows to one person."""

    meeting: MeetingView
    item: str
    """The heading that is open."""
    question: str
    """The motion immediately pending, by name."""
    text: str
    panels: list[VotePanel]
    results: list[tuple[DivisionLine, Bar]]
    speakers: list[Speaker]
    offers: Offers
    seconds: list[tuple[str, str]]
    """Motions that wait for a second: id and name."""
    size: int


@login_required
def floor(request: HttpRequest) -> HttpResponse:
    """The meeting that runs, if there is one; else what comes."""
    require(request, "floor")

    def running(reader: Reader) -> list[str]:
        seen = [each for each in reader.state.meetings.values() if reader.sees(each.body, each.id)]
        order = {"sitting": 0, "recess": 1, "convened": 2}
        running = [each for each in seen if each.status in order]
        return [
            each.id
            for each in sorted(running, key=lambda each: (order[each.status], each.starts_at))
        ]

    meetings = look(request, running)
    return redirect(f"/m/{meetings[0]}/") if meetings else render(request, "no_meeting.html")


@login_required
def meeting(request: HttpRequest, key: str) -> HttpResponse:
    """The floor of a meeting."""
    require(request, "floor")
    person = member_of(request)

    def view(reader: Reader) -> FloorView | None:
        found = reader.state.meetings.get(key)
        if found is None or not reader.sees(found.body, found.id):
            return None  # as if there were none: that there is one may be a secret
        return floor_view(reader, found, person)

    shown = look(request, view)
    if shown is None:
        raise Http404
    more = {
        "floor": shown,
        "token": new_token,
        "done": request.GET.get("done", ""),
        "back": request.path,
        "at_desk": look(request, lambda reader: is_at_desk(reader, person, shown.meeting.body_id)),
    }
    return render(request, "floor.html", more)


def floor_view(reader: Reader, meeting: Meeting, person: str) -> FloorView:
    """The floor as somebody sees it now."""
    state, names = reader.state, Names.of(reader)
    can = offers(state, person, meeting, instant_of(state))
    divisions = [each for each in state.divisions.values() if each.meeting == meeting.id]
    pending = state.motions[meeting.pending[-1]] if meeting.pending else None
    item = next((each.title for each in meeting.agenda.values() if each.status == "open"), "")
    return FloorView(
        meeting=meeting_view(reader, meeting, SHOWN),
        item=reader.words(item),
        question=names.titled(pending.id) if pending else "",
        text=(pending.text or "") if pending else "",
        panels=[
            _panel(reader, division_line(reader, each), can.votes, person)
            for each in divisions
            if each.status == "open"
        ],
        results=[
            (line, bar_of(line))
            for each in reversed(divisions)
            if each.status in ("closed", "declared") and not each.recounted_by
            for line in [division_line(reader, each)]
        ][:5],
        speakers=_speakers(reader, meeting),
        offers=can,
        seconds=[(offer.act.motion, names.titled(offer.act.motion)) for offer in can.second],  # type: ignore[attr-defined]
        size=state.size,
    )


def _panel(reader: Reader, line: DivisionLine, votes: tuple[Offer, ...], person: str) -> VotePanel:
    division = reader.state.divisions[line.id]
    choices: dict[str, list[str]] = {}
    for offer in votes:
        if offer.act.division == line.id:  # type: ignore[attr-defined]
            choices.setdefault(offer.behalf, []).append(offer.act.choice)  # type: ignore[attr-defined]
    mine = division.votes.get(person)
    voters = [
        (
            behalf,
            reader.person(behalf or person),
            _vote(division.votes.get(behalf or person)),
            given,
        )
        for behalf, given in choices.items()
    ]
    if mine is not None and "" not in choices:
        voters.insert(0, ("", reader.person(person), mine.choice, []))
    return VotePanel(line, bar_of(line), voters)


def _vote(vote: object) -> str:
    return str(getattr(vote, "choice", ""))


def _speakers(reader: Reader, meeting: Meeting) -> list[Speaker]:
    waiting = [each for each in meeting.turns.values() if each.yielded_at is None]
    waiting.sort(key=lambda turn: turn.id != meeting.speaking)
    return [
        Speaker(
            name=reader.person(each.person),
            side=each.side,
            speaking=each.id == meeting.speaking,
            until=reader.instant(each.until) or "",
            turn=each.id,
        )
        for each in waiting[: SHOWN.count]
    ]
