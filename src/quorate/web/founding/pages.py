"""The pages of the first start."""

from typing import Any
from zoneinfo import available_timezones

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from quorate.assembly.refusal import Refused
from quorate.canon.fault import Malformed
from quorate.web.accounts.models import Account
from quorate.web.config import read_config
from quorate.web.founding.begin import found, found_demo, origin_of
from quorate.web.founding.key import FoundingKey
from quorate.web.founding.plan import CLERK, Plan, machine_zone, plan_of, usual_origin
from quorate.web.founding.presets import preset_views
from quorate.web.founding.sent import table_in
from quorate.web.founding.typed import STEPS, forget, keep, typed_in
from quorate.web.pages.common import the_house
from quorate.web.pages.qr import qr_of

PREVIEW = 20
"""Rows shown of a table that is in order."""
CHOICES = 300
"""Members from whom chair and secretary are chosen at most; further ones are put into office later."""
_MARK = "founder"


@never_cache
def begin(request: HttpRequest, secret: str = "") -> HttpResponse:
    """The door: who has the key begins by a press, so that a program which only looks uses nothing up."""
    key: FoundingKey = settings.FOUNDING_KEY
    if _is_founder(request):
        return redirect("/found/step/organisation/")
    if request.method == "POST" and (mark := key.use(secret)):
        request.session[_MARK] = mark
        return redirect("/found/step/organisation/")
    if not key.fits(secret):
        return render(request, "founding/closed.html", status=403)
    return render(request, "founding/begin.html")


@never_cache
def step(request: HttpRequest, name: str) -> HttpResponse:
    """One of the pages; whatever it sends is kept, also by whoever goes back."""
    if not _is_founder(request):
        return render(request, "founding/closed.html", status=403)
    if name not in STEPS:
        raise Http404
    return _go_on(request, name) if request.method == "POST" else _page(request, name, {})


def _go_on(request: HttpRequest, name: str) -> HttpResponse:
    """Keep what a page has sent, and go to the next; from the last, found the organisation."""
    typed = _full(request, keep(request.session, name, _sent(request)))
    at, to = STEPS.index(name), request.POST.get("to", "next")
    if to == "back" and at:
        return redirect(f"/found/step/{STEPS[at - 1]}/")
    plan = plan_of(typed, the_house().now())
    errors = plan.errors.get(name, {})
    if to == "look":
        errors.pop("different", None)  # whoever only looks has not been shown it yet
    if to == "look" or errors:
        return _page(request, name, errors, plan, looked=True)
    if name != "check":
        return redirect(f"/found/step/{STEPS[at + 1]}/")
    if plan.first_wrong:
        return redirect(f"/found/step/{plan.first_wrong}/?wrong=1")
    return _found(request, typed, plan)


@never_cache
@require_POST
def demo(request: HttpRequest) -> HttpResponse:
    """Found the demo, and show the links of its people, once."""
    if not _is_founder(request) or not the_house().awaits_founding:
        return redirect("/")
    guests = found_demo(the_house())
    forget(request.session)
    base = request.build_absolute_uri("/").rstrip("/")
    shown = [
        (guest, link, qr_of(link))
        for guest in guests
        for link in [f"{base}/sign-in/{guest.secret}/"]
    ]
    return render(request, "founding/demo.html", {"guests": shown})


def _found(request: HttpRequest, typed: dict[str, str], plan: Plan) -> HttpResponse:
    house = the_house()
    try:
        found(house, typed["origin"], plan.steps)
    except (Refused, Malformed) as fault:  # what was typed has changed in another tab since
        return _page(request, "check", {"": str(fault)}, plan, looked=True)
    forget(request.session)
    del request.session[_MARK]
    account = Account.objects.of(plan.clerk)
    if typed["email"]:
        request.session["address_to_confirm"] = typed["email"]
    record_authentication(request, account, method="founding")
    answer: HttpResponse = perform_login(
        request, Login(user=account, redirect_url="/keeper/invitations/?founded=1")
    )
    return answer


def _is_founder(request: HttpRequest) -> bool:
    key: FoundingKey = settings.FOUNDING_KEY
    return request.session.get(_MARK) == key.mark


def _sent(request: HttpRequest) -> dict[str, str]:
    """What a page sent; a file of members stands for what was pasted before."""
    sent = {name: str(value) for name, value in request.POST.items()}
    return {**sent, "table": table_in(request)} if "table" in sent or request.FILES else sent


def _full(request: HttpRequest, typed: dict[str, str]) -> dict[str, str]:
    """What was typed, with what follows from it where nothing was."""
    year = the_house().now().year
    host = request.get_host().rpartition(":")[0] or request.get_host()
    bodies = {each.name: each.body for each in preset_views()}
    return {
        **typed,
        "zone": typed["zone"] or machine_zone(),
        "origin": origin_of(the_house())
        or typed["origin"]
        or usual_origin(typed["name"], host, year),
        "body": typed["body"] or bodies.get(typed["preset"], ""),
    }


def _page(
    request: HttpRequest,
    name: str,
    errors: dict[str, str],
    plan: Plan | None = None,
    *,
    looked: bool = False,
) -> HttpResponse:
    typed = _full(request, typed_in(request.session))
    wrong = request.GET.get("wrong")
    if plan is None and (name in {"members", "body", "check"} or wrong):
        plan = plan_of(typed, the_house().now())
        errors = plan.errors.get(name, {}) if wrong else errors
        earlier = next((each for each in STEPS[: STEPS.index(name)] if plan.errors.get(each)), "")
        if earlier and name != "members":
            return redirect(f"/found/step/{earlier}/?wrong=1")
    shown: dict[str, Any] = {
        "step": name,
        "steps": STEPS,
        "at": STEPS.index(name) + 1,
        "typed": typed,
        "errors": errors,
        "looked": looked or bool(typed["table"]),
    }
    shown["origin"] = typed_in(request.session)["origin"]
    shown |= _beside(name, typed, plan)
    return render(request, f"founding/{name}.html", shown, status=422 if errors else 200)


def _beside(name: str, typed: dict[str, str], plan: Plan | None) -> dict[str, Any]:
    """What a page shows beside what was typed."""
    match name:
        case "organisation":
            fixed = origin_of(the_house())
            return {"zones": sorted(available_timezones()), "fixed": fixed}
        case "orders":
            return {"presets": preset_views()}
        case _:
            return _of_plan(typed, plan) if plan is not None else {}


def _of_plan(typed: dict[str, str], plan: Plan) -> dict[str, Any]:
    """What pages show of the plan."""
    wrong = [row for row in plan.rows if row.errors or row.line in plan.doubtful]
    rows = [(row, plan.doubtful.get(row.line, "")) for row in wrong or plan.rows[:PREVIEW]]
    people = [(str(row.line), row.cells.get("name", "")) for row in plan.rows[:CHOICES]]
    names = dict(people) | {CLERK: typed["clerk"]}
    return {
        "plan": plan,
        "rows": rows,
        "wrong": sum(bool(row.errors) for row in plan.rows),
        "hidden": len(plan.rows) - len(rows),
        "people": [(CLERK, typed["clerk"]), *people],
        "chair": names.get(typed["chair"], ""),
        "secretary": names.get(typed["secretary"], ""),
        "mail": read_config(the_house().folder).mail is not None,
        "orders": next((each for each in preset_views() if each.name == typed["preset"]), None),
    }
