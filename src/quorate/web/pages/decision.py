"""A decision: its clauses as they stand, what is open in it, who dissents."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.reading.reader import Reader
from quorate.reading.view.clauses import ClauseView
from quorate.reading.view.motions import DecisionView, decision_view
from quorate.reading.words.clauses import clause_words
from quorate.reading.words.subjects import Names
from quorate.web.pages.common import look
from quorate.web.pages.listing import seen
from quorate.web.rights import require


class DecisionPage(NamedTuple):
    """What the page of a decision shows."""

    view: DecisionView
    clauses: list[tuple[ClauseView, str]]
    """Each with its sentence."""
    tasks: list[tuple[str, str]]
    """Who is charged with something by it, and with what."""


@login_required
def decision(request: HttpRequest, key: str) -> HttpResponse:
    """A decision."""
    require(request, "decisions")
    shown = look(request, lambda reader: decision_page(reader, key))
    done = request.GET.get("done", "")
    return render(request, "decision.html", {"page": shown, "done": done, "back": request.path})


def decision_page(reader: Reader, key: str) -> DecisionPage:
    """A decision as somebody sees it."""
    found, names = seen(reader, reader.state.decisions, key), Names.of(reader)
    view = decision_view(reader, found)
    sentences = [clause_words(names, each) for each in found.clauses]
    duties = [each for each in reader.state.duties.values() if each.decision == key]
    return DecisionPage(
        view=view,
        clauses=list(zip(view.clauses, sentences, strict=True)),
        tasks=[(names.whom(each.bearer), names.duty(each.id)) for each in duties],
    )
