"""Minutes: as they come, from the record; and as a book that is corrected, approved and signed."""

from functools import cache
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from quorate.assembly.act import Act
from quorate.assembly.keeping.minutes import (
    ApproveMinutes,
    CorrectMinutes,
    DraftMinutes,
    SignMinutes,
)
from quorate.canon.fault import Malformed
from quorate.desk.port import Row
from quorate.reading.asking import NEW, Asking
from quorate.reading.minutes.pages import render_body, render_pdf
from quorate.reading.minutes.taking import MinuteText, take_minutes
from quorate.reading.reader import Reader
from quorate.record.entry import Part
from quorate.web.acts.ready import Ready, those_in_order
from quorate.web.pages.act import new_token
from quorate.web.pages.common import instant_of, look, member_of, the_house
from quorate.web.rights import require


class Book(NamedTuple):
    """What the page of minutes shows beside their text."""

    id: str
    """Empty while there is no draft."""
    meeting: str
    title: str
    status: str
    buttons: list[Ready]
    corrections: tuple[tuple[str, str, str], ...] = ()
    """By whom, on which day, in which words."""
    signed: tuple[tuple[str, str], ...] = ()
    """In which capacity, by whom."""
    unsigned: tuple[str, ...] = ()
    may_correct: bool = False


@login_required
def as_they_come(request: HttpRequest, key: str) -> HttpResponse:
    """The minutes of a meeting from what the record holds by now. Cost: the whole record is read."""
    require(request, "minutes")
    person = member_of(request)
    return _page(request, look(request, lambda reader: _book(reader, key, person)))


@login_required
def minutes(request: HttpRequest, key: str) -> HttpResponse:
    """Minutes that were drafted."""
    require(request, "minutes")
    person = member_of(request)

    def view(reader: Reader) -> Book:
        book = reader.state.minutes.get(key)
        if book is None:
            raise Http404
        return _book(reader, book.meeting, person)

    return _page(request, look(request, view))


def _page(request: HttpRequest, book: Book) -> HttpResponse:
    text = _taken(request, book.meeting)
    if request.GET.get("as") == "pdf":
        response = HttpResponse(render_pdf(text), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="minutes-{book.meeting}.pdf"'
        response["Cache-Control"] = "private, no-store"
        return response
    # A corner of a table heads nothing, and is not to be read out as a heading.
    body = render_body(text).replace("<th></th>", "<td></td>")
    shown = {
        "book": book,
        "body": mark_safe(body),  # noqa: S308  # what people wrote is escaped by `render_body`
        "token": new_token,
        "back": request.path,
        "done": request.GET.get("done", ""),
    }
    return render(request, "minutes.html", shown)


def _book(reader: Reader, key: str, person: str) -> Book:
    state = reader.state
    meeting = state.meetings.get(key)
    if meeting is None or not reader.sees(meeting.body, key):
        raise Http404
    book = state.minutes.get(meeting.minutes)
    asking = Asking(state, person, instant_of(state))
    if book is None:
        status = "draft" if meeting.status == "adjourned" else "as they come"
        drafting: Act = DraftMinutes(minutes=NEW, meeting=key)
        buttons = those_in_order(asking, [(drafting, "Draft the minutes")])
        return Book("", key, reader.words(meeting.title), status, buttons)
    later = [each.id for each in state.meetings.values() if each.body == book.body]
    acts: list[tuple[Act, str]] = [(SignMinutes(minutes=book.id), "Sign them")]
    acts += [
        (
            ApproveMinutes(minutes=book.id, meeting=each),
            f"Approved by {reader.words(state.meetings[each].title)}",
        )
        for each in later
    ]
    approved = reader.day(book.approved_on)
    return Book(
        id=book.id,
        meeting=key,
        title=reader.words(meeting.title),
        status=f"approved on {approved}" if approved else "draft",
        corrections=tuple(
            (
                reader.person(each.by),
                reader.day(each.on) or "",
                (each.text or "") if reader.reads(book.body, key) else "",
            )
            for each in book.corrections
        ),
        signed=tuple((capacity, reader.person(who)) for capacity, who in book.signed_by.items()),
        unsigned=book.unsigned,
        may_correct=asking.refusal(CorrectMinutes(minutes=book.id, text="-")) is None,
        buttons=those_in_order(asking, acts),
    )


def _taken(request: HttpRequest, meeting: str) -> MinuteText:
    """The minutes with the parts that whoever is signed in may see, read outside the desk's lock."""
    desk = the_house().desk()
    size, names = look(request, lambda reader: (reader.state.size, reader.may_see("members")))

    @cache
    def among(audience: str) -> bool:
        return look(request, lambda reader: reader.may_see(audience))

    def may_see(part: Part) -> bool:
        return among(part.audience)

    rows = (Row(seq, *desk.parts(seq)) for seq in range(size))
    try:
        return take_minutes(rows, meeting, may_see, "desk" if names else "public")
    except Malformed:
        raise Http404 from None
