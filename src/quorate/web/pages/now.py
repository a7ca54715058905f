"""Now: the one thing that I can do, then my open items, then what comes."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.assembly.roll import in_term
from quorate.reading.offers import offers
from quorate.reading.page import Span
from quorate.reading.reader import Reader
from quorate.reading.view.business import ItemView, open_items
from quorate.reading.view.meetings import MeetingLine, meeting_line
from quorate.web.pages.common import instant_of, look, member_of
from quorate.web.rights import require


class OneThing(NamedTuple):
    """What can be done now, and where."""

    meeting: MeetingLine
    do: str
    """What it is, as a sentence."""


class NowView(NamedTuple):
    """What Now shows to one person."""

    first: OneThing | None
    others: list[OneThing]
    mine: list[ItemView]
    coming: list[MeetingLine]


@login_required
def now(request: HttpRequest) -> HttpResponse:
    """The page that one comes to."""
    require(request, "now")
    person = member_of(request)
    shown = look(request, lambda reader: now_view(reader, person))
    return render(request, "now.html", {"now": shown, "done": request.GET.get("done", "")})


def now_view(reader: Reader, person: str) -> NowView:
    """What is for somebody to do."""
    state = reader.state
    at = instant_of(state)
    seen = [each for each in state.meetings.values() if reader.sees(each.body, each.id)]
    things = []
    for each in seen:
        if each.status in ("convened", "sitting", "recess"):
            can = offers(state, person, each, at)
            if each.status != "convened" or can.come:
                things += [OneThing(meeting_line(reader, each), do) for do in _said(can)]
    things.sort(key=lambda thing: _ORDER.index(thing.do))
    offices = {
        f"office:{each.id}"
        for each in state.offices.values()
        if each.holder == person and in_term(each, reader.on)
    }
    owners = {f"person:{person}", *offices}
    mine = [each for each in open_items(reader).items if each.owner_id in owners]
    coming = sorted(
        (each for each in seen if each.status == "convened"), key=lambda each: each.starts_at
    )
    return NowView(
        first=things[0] if things else None,
        others=things[1:4],
        mine=mine[:10],
        coming=[meeting_line(reader, each) for each in Span(0, 5).of(coming)],
    )


_ORDER = (
    "A vote is open. Cast yours.",
    "A motion waits for a second.",
    "Say that you are there.",
    "The meeting is sitting.",
)


def _said(can: object) -> list[str]:
    """What can be done, the most pressing first."""
    votes, second, come = (getattr(can, name) for name in ("votes", "second", "come"))
    new = [each for each in votes if type(each.act).__name__ == "CastVote"]
    said = [word for word, offered in zip(_ORDER, (new, second, come), strict=False) if offered]
    return said or [_ORDER[3]]
