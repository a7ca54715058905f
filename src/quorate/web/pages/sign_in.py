"""Coming in, by a link or in another way, and going out."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quorate.web.accounts.models import Account, SignInLink, find_link, use_link
from quorate.web.pages.common import member_of, the_house


class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """All ways of coming in on one page; a password is one of them."""

    template_name = "sign_in.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, also for whoever is in already."""
        if member_of(request):
            return render(request, "sign_in.html")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows, with the places elsewhere by which people come in."""
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        return {**shown, "providers": providers()}


sign_in = never_cache(SignIn.as_view())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask whether to come in by a link, and come in; whoever only looks, such as a mail program, uses nothing up.

    A second factor is asked for all the same: otherwise whoever may make links could come in as anybody.
    """
    house = the_house()
    link = find_link(secret, house.now())
    account = use_link(link, house.now()) if link and request.method == "POST" else None
    if link is not None and account is not None:
        _confirm_address(account, link)
        if member_of(request):
            logout(request)
        record_authentication(request, account, method="link")
        answer: HttpResponse = perform_login(request, Login(user=account, redirect_url="/"))
        return answer
    if link is None or request.method == "POST":
        return render(request, "link_ended.html", status=410)
    name = house.read(lambda state: _known_as(state.people.get(link.member)))
    return render(request, "link.html", {"name": name})


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Go out; whoever comes by a link to this page is asked first."""
    if request.method != "POST":
        return render(request, "sign_out.html")
    logout(request)
    return redirect("/sign-in/")


def providers() -> list[dict[str, Any]]:
    """Where else people have accounts with which they come in, as `floor.toml` has it."""
    found: list[dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return found


def _confirm_address(account: Account, link: SignInLink) -> None:
    """Take the address to which the link was sent as that of the account, unless it has one, or another account has this."""
    taken = EmailAddress.objects.filter(email__iexact=link.sent_to, verified=True).exists()
    if not link.sent_to or account.email or taken:
        return
    EmailAddress.objects.filter(user=account).delete()
    EmailAddress.objects.create(
        user=account, email=link.sent_to.lower(), verified=True, primary=True
    )
    account.email = link.sent_to.lower()
    account.save(update_fields=["email"])


def _known_as(person: object) -> str:
    known = getattr(person, "known", None)
    return known.name if known else ""
