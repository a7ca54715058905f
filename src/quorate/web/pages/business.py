"""Open business, decisions, and where else one can go."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.reading.page import Span
from quorate.reading.view.business import open_items
from quorate.reading.view.motions import decisions
from quorate.web.pages.common import look, member_of
from quorate.web.rights import RIGHTS, require, roles_of

SHOWN = 50


@login_required
def open_business(request: HttpRequest) -> HttpResponse:
    """What is open, overdue first, then the oldest."""
    require(request, "open")
    page = look(request, lambda reader: open_items(reader, span=_span(request)))
    return render(request, "open.html", {"page": page, "done": request.GET.get("done", "")})


@login_required
def register(request: HttpRequest) -> HttpResponse:
    """What was decided."""
    require(request, "decisions")
    page = look(request, lambda reader: decisions(reader, span=_span(request)))
    return render(request, "decisions.html", {"page": page})


@login_required
def more(request: HttpRequest) -> HttpResponse:
    """Where else one can go."""
    require(request, "more")
    person = member_of(request)
    roles = look(request, lambda reader: roles_of(reader, person))
    invites = not roles.isdisjoint(RIGHTS["invitations"])
    return render(request, "more.html", {"invites": invites})


def _span(request: HttpRequest) -> Span:
    first = request.GET.get("first", "0")
    return Span(int(first) if first.isdecimal() and len(first) < 8 else 0, SHOWN)
