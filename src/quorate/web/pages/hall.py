"""The projector, which a key in its address opens; and the page of the desk on which that key is made and revoked."""

from typing import get_args

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quorate.assembly.state import State
from quorate.reading.reader import Reader, today
from quorate.record.entry import open_envelope
from quorate.web.hall.models import find_key, key_of, make_key, revoke_keys
from quorate.web.hall.view import Audience, HallView, audiences_of, hall_view, safe_audience
from quorate.web.pages.common import instant_of, look, member_of, the_house
from quorate.web.pages.desk import meeting_at
from quorate.web.rights import require

REFRESH = 5
"""Seconds after which the projector asks again, without script."""
NEWS = ("floor.granted", "motion.moved", "item.opened", "division.opened", "meeting.opened")
"""Kinds of entries after which a result is news no longer."""
RESULTS = ("result.declared", "secret-result.declared")
BACK = 60
"""Entries that are looked back at for news."""
WORDS = {
    "public": "Everybody: no names, and nothing that is not public",
    "members": "Members: what every member may read, with names",
    "body": "The body: also what is in confidence; only where nobody else is in the room",
}
"""By audience: what it sees."""


@never_cache
@require_safe
def hall(request: HttpRequest, key: str, secret: str) -> HttpResponse:
    """The projector of a meeting."""
    found = find_key(key, secret)
    if found is None:
        raise Http404

    declared = _is_result_news(key)

    def view(state: State) -> HallView | None:
        meeting = state.meetings.get(key)
        if meeting is None:
            return None
        who = audiences_of(found.audience, meeting)
        reader = Reader(state, today(state, the_house().now()), who)
        return hall_view(reader, meeting, instant_of(state), declared=declared)

    shown = the_house().read(view)
    response = render(request, "hall.html", {"hall": shown, "refresh": REFRESH})
    response["Referrer-Policy"] = "no-referrer"  # the address holds the key
    response["X-Robots-Tag"] = "noindex"
    return response


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hall_keys(request: HttpRequest, key: str) -> HttpResponse:
    """Make a key for the projector, or revoke it. Its address is shown this once."""
    require(request, "hall-keys")
    person, now = member_of(request), the_house().now()

    def view(reader: Reader) -> tuple[str, str, Audience]:
        meeting = meeting_at(reader, key, person, "hall-keys")
        return meeting.id, reader.words(meeting.title), safe_audience(reader, meeting)

    meeting, title, safe = look(request, view)
    address = ""
    if request.method == "POST" and "revoke" in request.POST:
        revoke_keys(meeting, now)
        return redirect(f"/m/{meeting}/desk/hall/")
    if request.method == "POST":
        asked = request.POST.get("audience", "")
        audience = next((each for each in get_args(Audience) if each == asked), safe)
        secret = make_key(meeting, audience, person, now)
        address = request.build_absolute_uri(f"/m/{meeting}/hall/{secret}/")
    current = key_of(meeting)
    shown = {
        "meeting": meeting,
        "title": title,
        "current": current,
        "current_words": WORDS[current.audience] if current else "",
        "address": address,
        "chosen": safe,
        "audiences": WORDS,
    }
    response = render(request, "hall_keys.html", shown)
    if address:
        response["Referrer-Policy"] = "no-referrer"
    return response


def _is_result_news(key: str) -> bool:
    """Whether of all that is news the last at a meeting is a result. Cost: BACK entries are read at most."""

    def look_up(state: State) -> tuple[int, str]:
        meeting = state.meetings.get(key)
        return state.size, (meeting.cover or meeting.id) if meeting else ""

    desk = the_house().desk()
    size, sitting = the_house().read(look_up)
    for seq in range(size - 1, max(size - 1 - BACK, -1), -1):
        envelope = open_envelope(desk.parts(seq)[0])
        if envelope.sitting == sitting and envelope.kind in (*NEWS, *RESULTS):
            return envelope.kind in RESULTS
    return False
