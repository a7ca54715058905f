"""The floor: one page for all at a meeting, each with the buttons for what they can do now."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from quorate.reading.reader import Reader
from quorate.web.live import mine, region
from quorate.web.live.audience import key_of
from quorate.web.live.mine import Mine
from quorate.web.live.region import Shared
from quorate.web.pages.act import new_token
from quorate.web.pages.common import instant_of, look, member_of
from quorate.web.rights import is_at_desk, require


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

    def view(reader: Reader) -> tuple[Shared, Mine, int, bool] | None:
        state, seen = reader.state, key_of(reader.state, person, key, reader.on)
        if seen is None:
            return None  # as if there were none: that there is one may be a secret
        alike, found = Reader(state, reader.on, seen.audiences), state.meetings[key]
        own = mine.mine_of(reader, found, person, instant_of(state))
        at_desk = is_at_desk(reader, person, found.body)
        return region.shared(alike, found), own, state.size, at_desk

    shown = look(request, view)
    if shown is None:
        raise Http404
    shared, own, size, at_desk = shown
    more = {
        "title": shared.stage.title,
        "meeting": key,
        "size": size,
        "at_desk": at_desk,
        "account": person,
        "regions": {name: region.html_of(name, each) for name, each in shared._asdict().items()},
        "own": mine.html_for(request, own, person, new_token),
        "done": request.GET.get("done", ""),
    }
    response = render(request, "floor.html", more)
    response["Cache-Control"] = "private, no-store"
    return response
