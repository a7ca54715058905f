"""A division: the result in a word, the picture and the sum, the reason, and the register where votes have names."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from quorate.assembly.divisions.divisions import DemandRecount
from quorate.assembly.divisions.votes import RollCallEntered, VoteCast, VoteChanged
from quorate.assembly.inscription import ACT_PART, read_inscription
from quorate.canon.fault import Malformed
from quorate.reading.asking import NEW, Asking
from quorate.reading.floor.sides import sides_of
from quorate.reading.leading import Button
from quorate.reading.page import Span
from quorate.reading.reader import Reader
from quorate.reading.view.divisions import DivisionView, division_view
from quorate.record.entry import open_envelope
from quorate.web.acts.ready import Ready, ready
from quorate.web.pages.act import new_token
from quorate.web.pages.common import instant_of, look, member_of, the_house
from quorate.web.pages.listing import seen, span_of
from quorate.web.picture.bar import Bar, bar_of
from quorate.web.picture.hemicycle import Hemicycle, hemicycle_of
from quorate.web.rights import is_at_desk, require

CASTS = ("vote.cast", "vote.changed", "roll-call.entered")
"""The kinds of entries by which a vote comes in."""


class DivisionPage(NamedTuple):
    """What the page of a division shows."""

    line: DivisionView
    bar: Bar | None
    """None where nothing is known of the votes yet."""
    hemicycle: Hemicycle | None
    mine: str
    """The vote of whoever looks; empty if there is none that is known."""
    buttons: list[Ready]
    at_desk: bool
    """Whether whoever looks sits at the desk of its body."""


@login_required
def division(request: HttpRequest, key: str) -> HttpResponse:
    """A division."""
    require(request, "division")
    person, span = member_of(request), span_of(request)
    shown = look(request, lambda reader: division_page(reader, key, person, span))
    more = {"page": shown, "token": new_token, "back": request.path, "first": span.first}
    return render(request, "division.html", {**more, "done": request.GET.get("done", "")})


def division_page(reader: Reader, key: str, person: str, span: Span) -> DivisionPage:
    """A division as somebody sees it."""
    found = seen(reader, reader.state.divisions, key)
    line = division_view(reader, found, span)
    known = found.method not in ("secret", "counted") or bool(found.counts)
    vote = found.votes.get(person)
    recount = DemandRecount(division=key, again=NEW)
    can = Asking(reader.state, person, instant_of(reader.state)).of(recount)
    bar = bar_of(line)
    return DivisionPage(
        line=line,
        bar=bar if known else None,
        hemicycle=hemicycle_of(sides_of(found), bar.words) if known else None,
        mine=vote.choice if vote else "",
        buttons=[ready(Button(each.act, "Demand a recount", "")) for each in can],
        at_desk=is_at_desk(reader, person, found.body),
    )


@login_required
def own_receipt(request: HttpRequest, key: str) -> HttpResponse:
    """The receipt of the last vote in a division of whoever is signed in. Cost: a look at each entry since its opening."""
    require(request, "division")
    person = member_of(request)

    def span(reader: Reader) -> tuple[int, int]:
        return seen(reader, reader.state.divisions, key).opened_seq, reader.state.size

    desk, found = the_house().desk(), -1
    for seq in range(*look(request, span)):
        data, parts = desk.parts(seq)
        kind = open_envelope(data).kind
        act = {part.name: part.data for part in parts if part.name == ACT_PART}
        if kind in CASTS and act and _is_of(kind, act, key, person):
            found = seq
    if found < 0:
        raise Http404
    return redirect(f"/record/{found}/receipt/")


def _is_of(kind: str, act: dict[str, bytes], division: str, person: str) -> bool:
    try:
        event = read_inscription(kind, act).event
    except Malformed:
        return False
    if isinstance(event, RollCallEntered):
        return event.act.division == division and person in event.act.votes
    cast = isinstance(event, VoteCast | VoteChanged)
    return cast and event.act.division == division and event.voter == person
