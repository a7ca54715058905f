"""Every act by a form, and its answer: a refusal in words, an error at its field, or the entry on the record."""

import secrets
from collections.abc import Iterator
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_http_methods

from quorate.assembly import house
from quorate.assembly.act import ACTS
from quorate.assembly.refusal import Refused
from quorate.canon.fault import Malformed
from quorate.premises.entropy import OsEntropy
from quorate.reading.reader import Reader
from quorate.reading.refusals import in_words
from quorate.reading.words.acts import DOING
from quorate.web.acts.fields import Field, fields_of
from quorate.web.acts.typed import Mistyped, act_of
from quorate.web.pages.common import look, member_of, the_house
from quorate.web.rights import require

assert house.SUBJECTS

STAMP = ("behalf", "entered_for")
"""What a form says beside the fields of its act: for whom it is done, or whose act is entered at the desk."""


class Named(NamedTuple):
    """An act in the list of all."""

    name: str
    title: str


@login_required
def all_acts(request: HttpRequest) -> HttpResponse:
    """All acts, each with its form."""
    require(request, "acts")
    listed = sorted((Named(name, title_of(name)) for name in ACTS), key=lambda each: each.title)
    return render(request, "acts.html", {"acts": listed})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, name: str) -> HttpResponse:
    """The form of an act, and the act."""
    if name not in ACTS:
        raise Http404
    require(request, "acts")
    if request.method != "POST":
        return _form(request, name, _texts(request.GET))
    typed = _texts(request.POST)
    stamp = _stamp(request, typed)
    try:
        step = the_house().read(lambda state: act_of(name, typed, stamp, state, OsEntropy()))
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
    doing = DOING.get(name, name.replace("-", " "))
    return doing[:1].upper() + doing[1:]


def new_token() -> str:
    """A token for one form, so that sending it twice does not do it twice."""
    return secrets.token_urlsafe(12)


def _texts(typed: QueryDict) -> dict[str, str]:
    return {name: str(value) for name, value in typed.items()}


def _stamp(request: HttpRequest, typed: dict[str, str]) -> dict[str, str]:
    stamp = {"by": member_of(request), "known_by": "login", "token": typed.get("token", "")}
    if behalf := typed.get("behalf"):
        stamp["behalf"] = behalf
    if entered_for := typed.get("entered_for"):
        require(request, "entering")
        stamp |= {
            "by": entered_for,
            "entered_by": stamp["by"],
            "known_by": typed.get("known_by", "sight"),
        }
    return stamp


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
    fields = look(request, lambda reader: fields_of(name, reader, typed, errors or {}))
    shown = {
        "name": name,
        "title": title_of(name),
        "about": " ".join((ACTS[name].__doc__ or "").split()),
        "fields": fields,
        "stamp": {key: typed[key] for key in STAMP if typed.get(key)},
        "next": typed.get("next", ""),
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
    after = typed.get("next", "")
    if not url_has_allowed_host_and_scheme(after, allowed_hosts=None) or not after.startswith("/"):
        after = "/"
    joint = "&" if "?" in after else "?"
    return f"{after}{joint}{urlencode({'done': entry})}"
