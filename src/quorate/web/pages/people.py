"""Bodies and people: who sits where, who holds what, and the standing orders. Names are for members."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.reading.page import Page, Span, page_of
from quorate.reading.reader import Reader
from quorate.reading.view.people import (
    BodyLine,
    BodyView,
    MemberLine,
    MemberView,
    bodies,
    body_view,
    member_line,
    member_view,
)
from quorate.web.pages.common import look
from quorate.web.pages.listing import span_of
from quorate.web.rights import require


@login_required
def all_bodies(request: HttpRequest) -> HttpResponse:
    """The bodies of the organisation."""
    require(request, "bodies")
    span = span_of(request)

    def view(reader: Reader) -> Page[BodyLine]:
        return bodies(reader, span)

    return render(request, "bodies.html", {"page": look(request, view)})


@login_required
def body(request: HttpRequest, key: str) -> HttpResponse:
    """A body: its seats, offices and standing orders."""
    require(request, "bodies")
    span = span_of(request)

    def view(reader: Reader) -> BodyView:
        found = reader.state.bodies.get(key)
        if found is None:
            raise Http404
        return body_view(reader, found, span)

    return render(request, "body.html", {"body": look(request, view)})


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Members, former members and guests, by name; searched by parts of it."""
    require(request, "people")
    search, span = request.GET.get("search", ""), span_of(request)
    page = look(request, lambda reader: found_people(reader, search, span))
    return render(request, "people.html", {"page": page, "search": search})


def found_people(reader: Reader, search: str, span: Span) -> Page[MemberLine]:
    """The people whose names contain all that is searched for, in the order of their names; none for who sees no names."""
    wanted = search.casefold().split()
    known = reader.state.people.values() if reader.may_see("members") else ()
    named = [(reader.person(each.id), each) for each in known]
    found = [pair for pair in named if all(part in pair[0].casefold() for part in wanted)]
    found.sort(key=lambda pair: (pair[0].casefold(), pair[1].id))
    return page_of(found, span, lambda pair: member_line(reader, pair[1]))


@login_required
def person(request: HttpRequest, key: str) -> HttpResponse:
    """A person: seats and offices."""
    require(request, "people")

    def view(reader: Reader) -> MemberView:
        found = reader.state.people.get(key)
        if found is None or not reader.may_see("members"):
            raise Http404
        return member_view(reader, found)

    return render(request, "person.html", {"person": look(request, view)})
