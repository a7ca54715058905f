"""Coming in by a link, and going out."""

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from quorate.web.accounts.models import find_link, use_link
from quorate.web.pages.common import the_house


def sign_in(request: HttpRequest) -> HttpResponse:
    """What to do to come in."""
    return render(request, "sign_in.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask whether to come in by a link, and come in; whoever only looks, such as a mail program, uses nothing up."""
    house = the_house()
    link = find_link(secret, house.now())
    account = use_link(link, house.now()) if link and request.method == "POST" else None
    if account is not None:
        login(request, account, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("/")
    if link is None or request.method == "POST":
        return render(request, "link_ended.html", status=410)
    name = house.read(lambda state: _known_as(state.people.get(link.member)))
    return render(request, "link.html", {"name": name})


def _known_as(person: object) -> str:
    known = getattr(person, "known", None)
    return known.name if known else ""


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Go out."""
    logout(request)
    return redirect("/sign-in/")
