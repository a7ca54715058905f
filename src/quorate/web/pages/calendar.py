"""The calendar with its clashes, and what would move if an event moved."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from quorate.canon.fault import Malformed
from quorate.canon.moment import parse_day
from quorate.reading.page import Page
from quorate.reading.reader import Reader
from quorate.reading.view.calendar import (
    ClashView,
    EventView,
    MovedView,
    clashes,
    effects,
    event_view,
    events,
    sees_event,
)
from quorate.web.pages.common import look
from quorate.web.pages.listing import span_of
from quorate.web.rights import require


@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """The calendar, in the order of days, and what clashes in it."""
    require(request, "calendar")
    span = span_of(request)

    def view(reader: Reader) -> tuple[Page[EventView], list[ClashView]]:
        found = clashes(reader).items
        return events(reader, span), [each for each in found if not each.lapsed]

    page, found = look(request, view)
    shown = {"page": page, "clashes": found, "back": request.path}
    return render(request, "calendar.html", {**shown, "done": request.GET.get("done", "")})


@login_required
def move(request: HttpRequest, key: str) -> HttpResponse:
    """What moves if an event is given another day; nothing is moved here."""
    require(request, "calendar")
    to = request.GET.get("to", "").strip()

    def view(reader: Reader) -> tuple[EventView, list[MovedView], str, str]:
        found = reader.state.calendar.get(key)
        if found is None or not sees_event(reader, found):
            raise Http404
        example = reader.day(reader.on) or ""
        try:
            day = _day_of(reader, to) if to else None
        except Malformed as error:
            return event_view(reader, found), [], f"expected {error.expected}", example
        moved = effects(reader, key, day) if day else []
        return event_view(reader, found), moved, "", example

    event, moved, error, example = look(request, view)
    act = "move-meeting" if event.meeting_id else "move-event"
    fields = {"meeting": event.meeting_id} if event.meeting_id else {"event": key}
    form = f"/acts/{act}/?{urlencode({**fields, 'day': to, 'next': request.path})}"
    shown = {"event": event, "to": to, "moved": moved, "error": error, "example": example}
    status = 422 if error else 200
    return render(request, "move.html", {**shown, "form": form}, status=status)


def _day_of(reader: Reader, text: str) -> date:
    """The day that was typed, in the calendar of the organisation."""
    return parse_day(text, reader.calendar).on
