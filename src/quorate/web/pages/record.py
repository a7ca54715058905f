"""The record: an entry in words, and its receipt."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.canon.fault import Malformed, Unavailable
from quorate.reading.reader import Reader
from quorate.record.entry import open_envelope
from quorate.record.receipt import format_receipt
from quorate.web.pages.common import look, the_house
from quorate.web.rights import require


class EntryView(NamedTuple):
    """An entry as its reader sees it."""

    seq: int
    kind: str
    at: str
    parts: list[tuple[str, str]]
    """By name: what this reader may see of them."""
    withheld: int


@login_required
def entry(request: HttpRequest, seq: int) -> HttpResponse:
    """An entry of the record."""
    require(request, "record")
    try:
        data, parts = the_house().desk().parts(seq)
    except Unavailable:
        raise Http404 from None
    envelope = open_envelope(data)

    def view(reader: Reader) -> EntryView:
        seen = [each for each in parts if reader.may_see(each.audience)]
        return EntryView(
            seq=seq,
            kind=envelope.kind if seen else "",
            at=envelope.at,
            parts=[(each.name, each.data.decode(errors="replace")) for each in seen],
            withheld=len(parts) - len(seen),
        )

    return render(request, "entry.html", {"entry": look(request, view)})


@login_required
def receipt(request: HttpRequest, seq: int) -> HttpResponse:
    """The receipt of an entry, to be kept: it verifies without us."""
    require(request, "record")
    try:
        text = format_receipt(the_house().desk().receipt(seq))
    except (Unavailable, Malformed):
        raise Http404 from None
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{seq}.tlog-proof"'
    response["Cache-Control"] = "private, no-store"
    return response
