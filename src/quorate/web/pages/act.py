"""Every act by a form, and its answer: a refusal in words, an error at its field, or the entry on the record."""

import secrets
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_http_methods

from quorate.assembly import house
from quorate.assembly.act import ACTS
from quorate.assembly.refusal import Refused
from quorate.canon.fault import Malformed
from quorate.premises.entropy import OsEntropy
from quorate.reading.act_fields import about
from quorate.reading.asking import Asking
from quorate.reading.reader import Reader
from quorate.reading.refusals import in_words
from quorate.reading.words.acts import DOING
from quorate.script.acts import Step
from quorate.web.acts.fields import Choice, Field, fields_of, laid_out, things
from quorate.web.acts.helps import ROOMS, TITLES
from quorate.web.acts.typed import Mistyped, act_of, folded
from quorate.web.pages.common import instant_of, look, member_of, the_house
from quorate.web.rights import RIGHTS, may_enter, require, roles_of

assert house.SUBJECTS

KNOWN_BY = (
    ("sight", "By sight"),
    ("letter", "By a letter or paper with their name"),
    ("telephone", "By their voice on the telephone"),
    ("message", "By a message that they sent"),
)
"""How somebody was known whose act another enters: value and words."""


class Named(NamedTuple):
    """An act in the list of all."""

    name: str
    title: str
    about: str


@login_required
def all_acts(request: HttpRequest) -> HttpResponse:
    """All acts by their rooms, each with its form."""
    require(request, "acts")
    rooms: dict[str, list[Named]] = {heading: [] for heading in ROOMS.values()}
    for name, kind in ACTS.items():
        room = kind.__module__.removeprefix("quorate.assembly.").partition(".")[0]
        rooms[ROOMS[room]].append(Named(name, title_of(name), about(kind)))
    for acts in rooms.values():
        acts.sort(key=lambda each: each.title)
    return render(request, "acts.html", {"rooms": rooms})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, name: str) -> HttpResponse:
    """The form of an act, and the act."""
    if name not in ACTS:
        raise Http404
    require(request, "acts")
    if request.method != "POST":
        return _form(request, name, _texts(request.GET))
    typed = folded(name, _texts(request.POST))
    stamp = _stamp(request, typed)
    try:
        step = the_house().read(lambda state: act_of(name, typed, stamp, state, OsEntropy()))
        _require_entering(request, step)
        answer = the_house().act(step.act, step.caller)  # type: ignore[arg-type]  # no ballots by this form
    except Mistyped as mistyped:
        return _form(request, name, typed, errors=mistyped.errors, status=422)
    except (
        Malformed
    ) as error:  # a value that has the type of its field and still is none that it takes
        errors = {error.where: f"expected {error.expected}"}
        return _form(request, name, typed, errors=errors, status=422)
    except Refused as refusal:
        return _form(request, name, typed, refused=_said(request, refusal), status=409)
    return redirect(_next(typed, answer.first))


def title_of(name: str) -> str:
    """What an act is called on a page."""
    doing = TITLES.get(name) or DOING.get(name, name.replace("-", " "))
    return doing[:1].upper() + doing[1:]


def new_token() -> str:
    """A token for one form, so that sending it twice does not do it twice."""
    return secrets.token_urlsafe(12)


def _texts(typed: QueryDict) -> dict[str, str]:
    """What was typed, by field; of a field given several times one value a line."""
    return {name: "\n".join(map(str, typed.getlist(name))) for name in typed}


def _stamp(request: HttpRequest, typed: dict[str, str]) -> dict[str, str]:
    stamp = {"by": member_of(request), "known_by": "login", "token": typed.get("token", "")}
    if behalf := typed.get("behalf"):
        stamp["behalf"] = behalf
    entered_for = typed.get("entered_for", "")
    if entered_for and entered_for != stamp["by"]:
        require(request, "entering")
        stamp |= {
            "by": entered_for,
            "entered_by": stamp["by"],
            "known_by": typed.get("known_by") or "sight",
        }
    return stamp


def _require_entering(request: HttpRequest, step: Step) -> None:
    """Return if the act is of whoever is signed in, or one that they may enter for another, else raise PermissionDenied."""
    caller, person = step.caller, member_of(request)
    if not caller.entered_by:
        return

    def may(reader: Reader) -> bool:
        stamp = Asking(reader.state, caller.by, instant_of(reader.state)).stamp
        behalf = msgspec.structs.replace(stamp, behalf=caller.behalf)
        return may_enter(reader, person, step.act, behalf)  # type: ignore[arg-type]  # no ballots by this form

    if not look(request, may):
        raise PermissionDenied("entering")


def _said(request: HttpRequest, refusal: Refused) -> str:
    def words(reader: Reader) -> str:
        return in_words(refusal, reader)

    return look(request, words)


def _form(
    request: HttpRequest,
    name: str,
    typed: dict[str, str],
    *,
    errors: dict[str, str] | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    person = member_of(request)

    def view(reader: Reader) -> tuple[list[Field], tuple[Choice, ...]]:
        enters = not roles_of(reader, person).isdisjoint(RIGHTS["entering"])
        people = things("person", reader) if enters else ()
        return fields_of(name, reader, typed, errors or {}), people

    fields, people = look(request, view)
    first, rare = laid_out(name, fields)
    shown = {
        "name": name,
        "title": title_of(name),
        "about": about(ACTS[name]),
        "first": first,
        "rare": rare,
        "behalf": typed.get("behalf", ""),
        "people": people,
        "entered_for": typed.get("entered_for", ""),
        "for_other": bool(typed.get("for") or typed.get("entered_for")),
        "known_by": typed.get("known_by", ""),
        "ways": KNOWN_BY,
        "next": _page_of(typed.get("next", "")),
        "token": typed.get("token") or new_token(),
        "refused": refused,
        "others": [*_other_errors(fields, errors or {})],
    }
    return render(request, "act.html", shown, status=status)


def _other_errors(fields: list[Field], errors: dict[str, str]) -> Iterator[str]:
    named = {field.takes.name for field in fields}
    return (error for name, error in errors.items() if name not in named)


def _next(typed: dict[str, str], entry: int) -> str:
    """Where to go on: the page from which the act came, which says what is on the record now."""
    after = _page_of(typed.get("next", "")) or "/"
    joint = "&" if "?" in after else "?"
    return f"{after}{joint}{urlencode({'done': entry})}"


def _page_of(address: str) -> str:
    """An address if it is that of a page of ours, else empty."""
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours and address.startswith("/") else ""
