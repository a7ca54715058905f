"""One's account: address, ways of signing in, devices, and the links that were made for one."""

from typing import NamedTuple

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from quorate.reading.reader import Reader
from quorate.web.accounts.models import Account, SignInLink
from quorate.web.pages.common import local, look, member_of
from quorate.web.pages.devices import device_of
from quorate.web.pages.sign_in import providers
from quorate.web.rights import require

LINKS = 10
"""Links shown at most, the newest first."""


class LinkLine(NamedTuple):
    """A link that was made for somebody: when, by whom, and when it was used."""

    made_at: str
    made_by: str
    used_at: str


class DeviceLine(NamedTuple):
    """A browser in which somebody is signed in."""

    key: int
    name: str
    since: str
    here: bool


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """What there is of one's account, and where to change it."""
    require(request, "account")
    user = _account(request)
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    shown = {
        "email": user.email,
        "password": user.has_usable_password(),
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "second": Authenticator.Type.TOTP in kinds,
        "codes": Authenticator.Type.RECOVERY_CODES in kinds,
        "devices": _devices(request),
        "links": _links(request),
        "elsewhere": SocialAccount.objects.filter(user=user).count(),
        "providers": providers(),
    }
    return render(request, "account.html", shown)


@never_cache
@login_required
def devices(request: HttpRequest) -> HttpResponse:
    """The browsers in which one is signed in; each can be signed out."""
    require(request, "account")
    if request.method != "POST":
        return render(request, "devices.html", {"devices": _devices(request)})
    sessions = UserSession.objects.filter(user=_account(request))
    if request.POST.get("all"):
        chosen = sessions.exclude(session_key=request.session.session_key)
    else:
        key = request.POST.get("device", "")
        chosen = (
            sessions.filter(pk=int(key)) if key.isdecimal() and len(key) < 12 else sessions.none()
        )
        if not chosen:
            raise Http404
    for session in chosen:
        session.end()
    return redirect("/account/devices/")


@require_POST
@login_required
@reauthentication_required(app="account")  # type: ignore[untyped-decorator]  # allauth has no types
def drop_password(request: HttpRequest) -> HttpResponse:
    """Sign in without a password from now on: by code, passkey or link."""
    require(request, "account")
    user = _account(request)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    update_session_auth_hash(request, user)
    return redirect("/account/")


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


def _devices(request: HttpRequest) -> list[DeviceLine]:
    sessions = UserSession.objects.purge_and_list(_account(request))
    lines = [
        DeviceLine(
            each.pk,
            device_of(each.user_agent),
            local(request, each.created_at),
            each.session_key == request.session.session_key,
        )
        for each in sessions
    ]
    return sorted(lines, key=lambda line: (not line.here, -line.key))


def _links(request: HttpRequest) -> list[LinkLine]:
    made = SignInLink.objects.filter(member=member_of(request)).order_by("-made_at")[:LINKS]

    def view(reader: Reader) -> dict[str, str]:
        return {each.made_by: reader.person(each.made_by) for each in made if each.made_by}

    names = look(request, view)
    return [
        LinkLine(
            local(request, each.made_at),
            names.get(each.made_by, ""),
            local(request, each.used_at) if each.used_at else "",
        )
        for each in made
    ]
