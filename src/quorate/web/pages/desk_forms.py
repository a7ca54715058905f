"""Forms of the desk that do many acts at once, all or none."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from quorate.assembly.meetings.admission import AdmitToMeeting
from quorate.assembly.refusal import Refused
from quorate.desk.answer import Acknowledged, Caller
from quorate.reading.reader import Reader
from quorate.reading.refusals import in_words
from quorate.web.pages.common import look, member_of, the_house
from quorate.web.pages.desk import meeting_at
from quorate.web.rights import require


@login_required
@require_POST
def admit(request: HttpRequest, key: str) -> HttpResponse:
    """Let in all who were ticked on the list, or nobody if one of them cannot be."""
    require(request, "desk")
    person, token = member_of(request), request.POST.get("token", "")
    meeting = look(request, lambda reader: meeting_at(reader, key, person).id)
    people = dict.fromkeys(request.POST.getlist("attendee"))
    if not people:
        return redirect(f"/m/{meeting}/desk/#hall")
    acts = [
        (
            AdmitToMeeting(meeting=meeting, attendee=each),
            Caller(by=person, known_by="login", token=f"{token}-{n}" if token else ""),
            None,
        )
        for n, each in enumerate(people)
    ]
    together = the_house().desk().submit_together(acts)
    try:
        answers = together.wait()
    except Refused as refused:
        refusal = refused

        def words(reader: Reader) -> str:
            return in_words(refusal, reader)

        said = {"said": look(request, words), "next": f"/m/{meeting}/desk/#hall"}
        return render(request, "refused.html", said, status=409)
    last = answers[-1]
    assert isinstance(last, Acknowledged)  # none was to be refused
    return redirect(f"/m/{meeting}/desk/?done={last.first}#hall")
