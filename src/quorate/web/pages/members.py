"""Members admitted from a list or a table, after the first start: a preview of what will happen, then all of it or nothing."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.desk.answer import Caller
from quorate.premises.entropy import OsEntropy
from quorate.reading.reader import Reader, today
from quorate.reading.refusals import in_words
from quorate.script.acts import with_token
from quorate.script.members import Row, read_members, steps_of
from quorate.script.rehearsal import carry_out, rehearse
from quorate.web.founding.people import as_table, check_contacts, doubles
from quorate.web.founding.sent import table_in
from quorate.web.pages.act import new_token
from quorate.web.pages.common import look, member_of, the_house
from quorate.web.rights import require

PREVIEW = 20
"""Rows shown of a table that is in order."""


class Looked(NamedTuple):
    """A table that was read: its rows, which of them are doubtful, and what is wrong with it as a whole."""

    rows: list[Row]
    doubtful: dict[int, str]
    error: str

    @property
    def wrong(self) -> int:
        """How many rows have errors."""
        return sum(bool(row.errors) for row in self.rows)


@never_cache
@login_required
def import_members(request: HttpRequest) -> HttpResponse:
    """The list, its preview, and the admission."""
    require(request, "members")
    if request.method != "POST":
        return _page(request, Looked([], {}, ""), {}, "")
    done = _done_before(request)
    if done is not None:
        return redirect(f"/keeper/invitations/?done={done}")
    looked = _looked(request)
    errors = {"table": looked.error} if looked.error else {}
    doing = request.POST.get("to") == "do"
    if doing and looked.doubtful and not request.POST.get("different"):
        errors["different"] = "Say so, if they are different people."
    if errors or looked.wrong or not doing:
        return _page(request, looked, errors, "")
    try:
        first = _admit(request, looked.rows)
    except Refused as refusal:
        return _page(request, looked, {}, str(refusal))
    return redirect(f"/keeper/invitations/?done={first}")


def _done_before(request: HttpRequest) -> int | None:
    """The first entry of what this form has done already, if it was sent before."""
    token = request.POST.get("token", "")
    return the_house().read(lambda state: state.seq_of_token(f"{token}-1")) if token else None


def _looked(request: HttpRequest) -> Looked:
    table, body = as_table(table_in(request)), request.POST.get("body", "")
    caller = Caller(by=member_of(request), known_by="login")

    def read(reader: Reader) -> Looked:
        known = {reader.person(each): "a member" for each in reader.state.people}
        chosen = body if body in reader.state.bodies else ""
        data = table.text.encode()
        rows = read_members("line", data, reader.state, OsEntropy(), caller, body=chosen)
        for row in rows:
            row.line -= table.ahead
        check_contacts(rows)
        return Looked(rows, doubles(rows, known), "")

    try:
        return look(request, read)
    except Malformed as error:
        return Looked([], {}, f"Expected {error.expected}. {error.hint}".strip())


def _admit(request: HttpRequest, rows: list[Row]) -> int:
    """Admit all; returns the first entry. A form sent twice does it once.

    Raises:
        Refused: a rule says no, in words that the reader may see; nothing was recorded.
    """
    house = the_house()
    token = request.POST.get("token", "") or new_token()
    steps = [with_token(step, token, nth) for nth, step in enumerate(steps_of(rows), 1)]

    def refused(state: State, refusal: Refused) -> None:
        reader = Reader(state, today(state, house.now()), member_of(request))
        refusal.words = in_words(refusal, reader)

    desk = house.desk()
    rehearse(desk.read(State.copy), steps, house.now(), refused=refused)
    return carry_out(desk, steps)[0].first


def _page(
    request: HttpRequest, looked: Looked, errors: dict[str, str], refused: str
) -> HttpResponse:
    doubted = [row for row in looked.rows if row.errors or row.line in looked.doubtful]
    rows = [(row, looked.doubtful.get(row.line, "")) for row in doubted or looked.rows[:PREVIEW]]
    posted = request.method == "POST"
    bodies = look(request, _bodies)
    shown = {
        "table": table_in(request) if posted else "",
        "body": request.POST.get("body", "") if posted else (bodies[0][0] if bodies else ""),
        "bodies": bodies,
        "looked": posted,
        "all_rows": looked.rows,
        "doubtful": looked.doubtful,
        "rows": rows,
        "wrong": looked.wrong,
        "hidden": len(looked.rows) - len(rows),
        "errors": errors,
        "refused": refused,
        "typed": request.POST,
        "token": request.POST.get("token", "") or new_token(),
    }
    status = 409 if refused else 422 if errors or looked.wrong else 200
    return render(request, "members.html", shown, status=status)


def _bodies(reader: Reader) -> list[tuple[str, str]]:
    bodies = reader.state.bodies.values()
    return [
        (each.id, reader.body(each.id))
        for each in bodies
        if each.dissolved_on is None and not each.outside and reader.sees(each.id)
    ]
