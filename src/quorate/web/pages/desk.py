"""The desk of the chair, the secretary and the tellers: the next step of a meeting, and all that it takes to lead it."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from quorate.assembly.meetings.agenda import TakeByConsent
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.roll import quorum_needed, quorum_present
from quorate.counting.rule import Consent
from quorate.reading.asking import Asking
from quorate.reading.floor.desk import (
    CandidateView,
    PointView,
    ProxyView,
    SilentView,
    TellersView,
    TurnView,
    before_it,
    candidates,
    points,
    proxies,
    silent_voters,
    tellers,
    turns,
)
from quorate.reading.leading import NextStep
from quorate.reading.next_step import next_step
from quorate.reading.page import Page, Span
from quorate.reading.reader import Reader
from quorate.reading.view.divisions import DivisionLine, division_line
from quorate.reading.view.meetings import MeetingView, PresenceView, meeting_view, presences
from quorate.reading.words.subjects import Names
from quorate.web.accounts.models import Account
from quorate.web.acts.ready import Ready, address_of, ready
from quorate.web.pages.act import new_token
from quorate.web.pages.common import instant_of, look, member_of
from quorate.web.pages.tail import tail
from quorate.web.picture.bar import Bar, bar_of
from quorate.web.rights import Page as Right
from quorate.web.rights import is_at_desk, may_lead, require

LISTED = 40
"""Of a long list, so many are shown on the desk."""
KEYS = "keys"
"""In the session: whether single keys reach the buttons."""


class MotionLine(NamedTuple):
    """A motion before the meeting."""

    id: str
    title: str
    status: str
    immediate: bool
    by_consent: bool
    """Whether it may be taken by consent."""


class Hall(NamedTuple):
    """Who is there, and who may still be let in."""

    present: int
    needed: int | None
    may_leave: int
    """How many may leave before the quorum is lost; below 0: so many are missing."""
    away: Page[CandidateView]
    there: Page[PresenceView]


class DeskView(NamedTuple):
    """What the desk shows."""

    meeting: MeetingView
    since: str
    """The hour at which it was called to order; empty before."""
    chair: str
    leads: bool
    """Whether whoever looks may lead it: is in the chair, or may enter what the chair does."""
    step: NextStep
    buttons: list[Ready]
    form: str
    """The address of the form that answers the step, if no button can; empty if one can."""
    panels: list[tuple[DivisionLine, Bar]]
    silent: list[tuple[str, Page[SilentView]]]
    """By division that is open: the lines without a vote."""
    counts: list[TellersView]
    motions: list[MotionLine]
    turns: Page[TurnView]
    points: Page[PointView]
    proxies: Page[ProxyView]
    hall: Hall
    differences: list[DivisionLine]
    """Divisions whose figures do not add up, and that nobody has explained."""


@login_required
def desk(request: HttpRequest, key: str) -> HttpResponse:
    """The desk of a meeting."""
    require(request, "desk")
    person, search = member_of(request), request.GET.get("search", "")
    voter = request.GET.get("voter", "")

    def view(reader: Reader) -> DeskView:
        return desk_view(reader, meeting_at(reader, key, person), person, search, voter)

    shown = look(request, view)
    people = {line.hand_id for _, page in shown.silent for line in page.items if line.hand_id}
    more = {
        "desk": shown,
        "tail": tail(request),
        "devices": _with_devices(people),
        "token": new_token,
        "back": request.path,
        "done": request.GET.get("done", ""),
        "search": search,
        "voter": voter,
        "keys": bool(request.session.get(KEYS)),
        "me_id": person,
        "chair_elsewhere": shown.chair if shown.leads and shown.chair != person else "",
        "choices": (("for", "For"), ("against", "Against"), ("abstain", "Abstain")),
        "figures": FIGURES,
    }
    return render(request, "desk.html", more)


FIGURES = (
    ("votes_for", "For"),
    ("votes_against", "Against"),
    ("abstentions", "Abstaining"),
    ("not_voted", "Not voted"),
    ("spoiled", "Spoiled"),
)
"""The figures that a teller enters: field and label."""


@login_required
@require_POST
def switch_keys(request: HttpRequest, key: str) -> HttpResponse:
    """Switch the keys of the desk on or off, for this session."""
    require(request, "desk")
    request.session[KEYS] = not request.session.get(KEYS)
    return redirect(f"/m/{key}/desk/")


def meeting_at(reader: Reader, key: str, person: str, page: Right = "desk") -> Meeting:
    """The meeting at whose desk somebody sits, so that they may open one of its pages.

    Raises:
        Http404: there is none that they may see.
        PermissionDenied: they sit at the desk of another body.
    """
    meeting = reader.state.meetings.get(key)
    if meeting is None or not reader.sees(meeting.body, meeting.id):
        raise Http404  # as if there were none: that there is one may be a secret
    if not is_at_desk(reader, person, meeting.body, page):
        raise PermissionDenied(page)
    return meeting


def desk_view(
    reader: Reader, meeting: Meeting, person: str, search: str = "", voter: str = ""
) -> DeskView:
    """The desk of a meeting as somebody sees it now, who searches among those away, and those without a vote."""
    state, now = reader.state, instant_of(reader.state)
    leads = may_lead(reader, person, meeting.body)
    step = next_step(reader, meeting, person, now, enters=leads)
    held = [each for each in state.divisions.values() if each.meeting == meeting.id]
    voting = [each for each in held if each.status == "open"]
    span = Span(0, LISTED)
    return DeskView(
        meeting=meeting_view(reader, meeting, Span(0, 10)),
        since=Names.of(reader).at_hour(meeting.called_at) if meeting.called_at else "",
        chair=meeting.chair,
        leads=leads or meeting.chair == person,
        step=step,
        buttons=[ready(each) for each in step.buttons],
        form=f"{address_of(step.form)}&next=/m/{meeting.id}/desk/" if step.form else "",
        panels=[(line, bar_of(line)) for each in voting for line in [division_line(reader, each)]],
        silent=[
            (each.id, silent_voters(reader, each, span, voter))
            for each in voting
            if not isinstance(each.rule, Consent)  # there silence is consent
        ],
        counts=[tellers(reader, each) for each in voting if each.method == "counted"],
        motions=_motions(reader, meeting, person),
        turns=turns(reader, meeting, now, span),
        points=points(reader, meeting, Span(0, 5)),
        proxies=proxies(reader, meeting, span),
        hall=_hall(reader, meeting, search),
        differences=[
            division_line(reader, each)
            for each in held
            if each.unaccounted and not each.explained and each.status in ("closed", "declared")
        ],
    )


def _motions(reader: Reader, meeting: Meeting, person: str) -> list[MotionLine]:
    names = Names.of(reader)
    top = meeting.pending[-1] if meeting.pending else ""
    asking = Asking(reader.state, meeting.chair or person, instant_of(reader.state))
    return [
        MotionLine(
            each.id,
            names.titled(each.id),
            each.status,
            each.id == top,
            asking.refusal(TakeByConsent(meeting=meeting.id, motions=(each.id,))) is None,
        )
        for each in before_it(reader, meeting)
    ]


def _hall(reader: Reader, meeting: Meeting, search: str) -> Hall:
    state = reader.state
    body = state.bodies[meeting.body]
    present = quorum_present(state, meeting, reader.on)
    needed = quorum_needed(state, body, body.orders.quorum, reader.on) if body.orders else None
    return Hall(
        present=present,
        needed=needed,
        may_leave=present - (needed or 0),
        away=candidates(reader, meeting, search, Span(0, LISTED)),
        there=presences(reader, meeting, Span(0, LISTED)),
    )


def _with_devices(people: set[str]) -> set[str]:
    """Those of some people who have come in on a device."""
    seen = Account.objects.filter(member__in=people, last_login__isnull=False)
    return set(seen.values_list("member", flat=True))
