"""A motion with its lines and amendments, and a meeting's item with what was moved under it."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.assembly.act import Act
from quorate.assembly.meetings.agenda import CloseItem, OpenItem, RemoveFromConsent
from quorate.assembly.model.motion import Motion
from quorate.assembly.motions.motions import (
    AcceptAmendment,
    MoveMotion,
    SecondMotion,
    WithdrawMotion,
)
from quorate.reading.asking import NEW, Asking
from quorate.reading.floor.amendments import AmendmentView, amendments, numbered
from quorate.reading.reader import Reader
from quorate.reading.view.divisions import DivisionLine, division_line
from quorate.reading.view.meetings import HeadingView, agenda
from quorate.reading.view.motions import MotionLine, MotionView, motion_line, motion_view
from quorate.reading.words.clauses import clause_words
from quorate.reading.words.subjects import Names
from quorate.web.acts.ready import Ready, those_in_order
from quorate.web.pages.act import new_token
from quorate.web.pages.common import instant_of, look, member_of
from quorate.web.pages.listing import seen
from quorate.web.rights import require


class MotionPage(NamedTuple):
    """What the page of a motion shows."""

    view: MotionView
    lines: list[str]
    clauses: list[tuple[int, str]]
    """Number and sentence of each."""
    amendments: list[tuple[AmendmentView, list[Ready]]]
    """Each with what whoever looks can do with it."""
    divisions: list[DivisionLine]
    buttons: list[Ready]
    amendable: bool
    """Whether whoever looks may move an amendment now."""


class ItemPage(NamedTuple):
    """What the page of an item of the agenda shows."""

    meeting: str
    title: str
    """Of the meeting."""
    heading: HeadingView
    below: list[HeadingView]
    motions: list[MotionLine]
    buttons: list[Ready]


@login_required
def motion(request: HttpRequest, key: str) -> HttpResponse:
    """A motion."""
    require(request, "motion")
    person = member_of(request)
    shown = look(request, lambda reader: motion_page(reader, key, person))
    more = {"page": shown, "token": new_token, "back": request.path}
    return render(request, "motion.html", {**more, "done": request.GET.get("done", "")})


def motion_page(reader: Reader, key: str, person: str) -> MotionPage:
    """A motion as somebody sees it."""
    state = reader.state
    found = seen(reader, state.motions, key)
    names = Names.of(reader)
    view = motion_view(reader, found)
    asking = Asking(state, person, instant_of(state))
    amend = MoveMotion(motion=NEW, kind="amend", meeting=found.meeting, target=key, text="-")
    return MotionPage(
        view=view,
        lines=numbered(found.text) if found.text else [],
        clauses=[(each.n, clause_words(names, each)) for each in found.clauses],
        amendments=[
            (each, those_in_order(asking, _of_motion(state.motions[each.id])))
            for each in amendments(reader, found)
        ],
        divisions=[division_line(reader, state.divisions[each]) for each in view.division_ids],
        buttons=those_in_order(asking, _of_motion(found)),
        amendable=bool(found.meeting) and asking.refusal(amend) is None,
    )


def _of_motion(motion: Motion) -> list[tuple[Act, str]]:
    """What could be done with a motion, and what its button says."""
    acts: list[tuple[Act, str]] = [
        (SecondMotion(motion=motion.id), "Second it"),
        (WithdrawMotion(motion=motion.id), "Withdraw it"),
    ]
    if motion.kind == "amend":
        acts.append((AcceptAmendment(amendment=motion.id), "Accept it into my motion"))
    if motion.meeting:
        object_to = RemoveFromConsent(meeting=motion.meeting, motion=motion.id)
        acts.append((object_to, "Object to taking it by consent"))
    return acts


@login_required
def item(request: HttpRequest, key: str, heading: str) -> HttpResponse:
    """An item of the agenda of a meeting."""
    require(request, "item")
    person = member_of(request)
    shown = look(request, lambda reader: item_page(reader, key, heading, person))
    more = {"page": shown, "token": new_token, "back": request.path}
    return render(request, "item.html", {**more, "done": request.GET.get("done", "")})


def item_page(reader: Reader, key: str, heading: str, person: str) -> ItemPage:
    """An item of the agenda as somebody sees it."""
    state = reader.state
    meeting = state.meetings.get(key)
    if meeting is None or not reader.sees(meeting.body, key) or heading not in meeting.agenda:
        raise Http404
    under = {heading} | {each.id for each in meeting.agenda.values() if each.parent == heading}
    views = {each.id: each for each in agenda(reader, meeting)}
    asking = Asking(state, person, instant_of(state))
    acts: list[tuple[Act, str]] = [
        (OpenItem(meeting=key, item=heading), "Open it"),
        (CloseItem(meeting=key, item=heading), "Close it"),
    ]
    return ItemPage(
        meeting=key,
        title=reader.words(meeting.title),
        heading=views[heading],
        below=[views[each] for each in views if each in under and each != heading],
        motions=[
            motion_line(reader, each)
            for each in state.motions.values()
            if each.meeting == key and each.on_item in under
        ],
        buttons=those_in_order(asking, acts),
    )
