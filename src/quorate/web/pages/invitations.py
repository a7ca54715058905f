"""Invitations, for the clerk and the secretary: who has come in, links on a page, on paper or by mail, and sign-in sheets."""

from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quorate.assembly.model.organisation import Seat
from quorate.assembly.roll import KEEPERS, may, seated
from quorate.assembly.state import State
from quorate.reading.reader import Reader
from quorate.web.accounts.inviting import (
    Inviter,
    Standing,
    addresses,
    invite_all,
    send_all,
    standings,
)
from quorate.web.accounts.models import LINK_LIVES, Wanted
from quorate.web.config import read_config
from quorate.web.mail.carrying import call_carrier
from quorate.web.mail.shelf import TableShelf, mail_view
from quorate.web.pages.common import local, look, member_of, name_of_house, the_house
from quorate.web.pages.qr import qr_of
from quorate.web.paper.printing import Card, Line, Printout, print_paper
from quorate.web.rights import require

SHOWN = 100
"""Members on a page; and links that are shown at once, for of more there is paper."""
_NEVER = Standing(None, None)


class InvitedLine(NamedTuple):
    """A member in the list."""

    id: str
    name: str
    came: str
    """When they were last in."""
    invited: str
    """Until when a link works that they have not used."""
    address: str
    """Where a letter reaches them; shown to the clerk alone."""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest) -> HttpResponse:
    """The list of members; sending it makes links for some of them."""
    _require(request)
    return _make(request) if request.method == "POST" else _list(request, "")


@never_cache
@login_required
@require_GET
def sheet(request: HttpRequest, key: str) -> HttpResponse:
    """The sign-in sheet of a meeting as PDF: whoever sits in its body, and for whom somebody else votes."""
    _require(request)

    def view(reader: Reader) -> Printout | None:
        meeting = reader.state.meetings.get(key)
        if meeting is None or not reader.sees(meeting.body, meeting.id):
            return None
        body = reader.state.bodies[meeting.body]
        by_proxy = {
            each.giver: each.holder
            for each in reader.state.proxies.values()
            if each.body == body.id and each.meeting in {"", key} and not each.revoked
        }
        lines = [
            _line(reader, seat, by_proxy.get(seat.person, ""))
            for seat in seated(reader.state, body, reader.on)
        ]
        title = f"{reader.words(meeting.title)}, {reader.instant(meeting.starts_at)}"
        house = reader.state.house().name
        return Printout(
            "sheet", house, title, lines=tuple(sorted(lines, key=lambda each: each.name))
        )

    paper = look(request, view)
    if paper is None:
        raise Http404
    return _pdf(paper, f"sign-in-{key}")


@login_required
@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """Have letters that failed tried again now."""
    _require(request)
    TableShelf().ask_again(the_house().now())
    call_carrier()
    return redirect("/keeper/invitations/#mail")


def _require(request: HttpRequest) -> None:
    """Return if somebody may invite: the clerk, or the secretary of a body that is under no other.

    Whoever makes a link could come in as somebody else. So it is not for the secretary of each committee.
    """
    require(request, "invitations")
    person = member_of(request)

    def whole(reader: Reader) -> bool:
        state = reader.state
        tops = [body for body in state.bodies.values() if not body.parent and not body.outside]
        keeps = any(may(state, person, KEEPERS[2:], body, reader.on) for body in tops)
        return keeps or person == state.house().clerk

    if not look(request, whole):
        raise PermissionDenied("invitations")


def _make(request: HttpRequest) -> HttpResponse:
    house, names = the_house(), look(request, _members)
    chosen = _chosen(request, [*names])
    base = request.build_absolute_uri("/").rstrip("/")
    inviter = Inviter(member_of(request), name_of_house(), base, house.now())
    if not chosen:
        return _list(request, "Nobody is left to invite, or nobody is ticked.", status=422)
    match request.POST.get("make"):
        case "mail":
            known = addresses(house.desk(), chosen)
            sent = send_all([Wanted(*each) for each in known.items()], names, inviter)
            call_carrier()
            return redirect(f"/keeper/invitations/?sent={sent}&without={len(chosen) - sent}")
        case "paper":
            made = invite_all([Wanted(key) for key in chosen], inviter)
            cards = tuple(Card(names[each.member], each.link) for each in made)
            until = f"{inviter.now + LINK_LIVES:%Y-%m-%d}"
            paper = Printout("cards", inviter.house, "Invitations", until, cards=cards)
            return _pdf(paper, "invitations")
        case _ if len(chosen) > SHOWN:
            said = f"These are {len(chosen)} links, too many for a page: print them, or tick some."
            return _list(request, said, status=422)
        case _:
            made = invite_all([Wanted(key) for key in chosen], inviter)
            links = [(names[each.member], each.link, qr_of(each.link)) for each in made]
            return render(request, "links.html", {"links": links})


def _chosen(request: HttpRequest, members: list[str]) -> list[str]:
    """Whom it concerns: those ticked, all, or those who were never invited. Links for the clerk, only the clerk makes."""
    clerk = the_house().read(lambda state: state.house().clerk)
    allowed = [key for key in members if key != clerk or member_of(request) == clerk]
    match request.POST.get("who"):
        case "all":
            return allowed
        case "waiting":
            known = standings(the_house().now())
            return [key for key in allowed if known.get(key, _NEVER).waits]
        case _:
            ticked = set(request.POST.getlist("member"))
            return [key for key in allowed if key in ticked]


def _list(request: HttpRequest, said: str, *, status: int = 200) -> HttpResponse:
    house = the_house()
    names, known = look(request, _members), standings(house.now())
    first = request.GET.get("first", "0")
    start = int(first) if first.isdecimal() and len(first) < 8 else 0
    page = [*names][start : start + SHOWN]
    reached = addresses(house.desk(), page)
    is_clerk = house.read(lambda state: state.house().clerk) == member_of(request)
    guests = [_guest(request, key, names[key], known.get(key, _NEVER), reached) for key in page]
    shown: dict[str, Any] = {
        "guests": guests,
        "total": len(names),
        "waiting": sum(known.get(key, _NEVER).waits for key in names),
        "came": sum(known.get(key, _NEVER).last_in is not None for key in names),
        "start": start,
        "next": start + SHOWN if start + SHOWN < len(names) else 0,
        "is_clerk": is_clerk,
        "said": said,
        "mail": mail_view(look(request, _all_names)),
        "server": read_config(house.folder).mail is not None,
        "meetings": look(request, _meetings),
        "query": request.GET,
    }
    return render(request, "invitations.html", shown, status=status)


def _guest(
    request: HttpRequest, key: str, name: str, standing: Standing, reached: dict[str, str]
) -> InvitedLine:
    came = local(request, standing.last_in) if standing.last_in else ""
    invited = local(request, standing.link_ends) if standing.link_ends else ""
    return InvitedLine(key, name, came, invited, reached.get(key, ""))


def _line(reader: Reader, seat: Seat, holder: str) -> Line:
    votes = f"{seat.weight} votes" if seat.weight != 1 else ""
    note = f"represented by {reader.person(holder)}" if holder else ""
    return Line(reader.person(seat.person), ", ".join(filter(None, (votes, note))))


def _members(reader: Reader) -> dict[str, str]:
    """Id and name of everybody in good standing, by name."""
    people = reader.state.people.values()
    found = [(each.id, reader.person(each.id)) for each in people if each.status == "good-standing"]
    return dict(sorted(found, key=lambda each: each[1].casefold()))


def _all_names(reader: Reader) -> dict[str, str]:
    return {key: reader.person(key) for key in reader.state.people}


def _meetings(reader: Reader) -> list[tuple[str, str, str]]:
    """Id, title and time of the meetings that run or come."""
    state: State = reader.state
    seen = [
        each
        for each in state.meetings.values()
        if each.status in ("convened", "sitting", "recess") and reader.sees(each.body, each.id)
    ]
    return [
        (each.id, reader.words(each.title), reader.instant(each.starts_at) or "") for each in seen
    ]


def _pdf(paper: Printout, name: str) -> HttpResponse:
    response = HttpResponse(print_paper(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
