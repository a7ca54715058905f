"""Who may open which page, in one table; what an act needs, the rules of the assembly say and nobody else.

The table also makes the tests: each page is opened by somebody of each role, and must answer as it says here.
"""

from typing import Literal, get_args

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from quorate.assembly.roll import KEEPERS, may
from quorate.assembly.state import State
from quorate.reading.reader import Reader
from quorate.web.pages.common import look, member_of

Role = Literal[
    "chair", "secretary", "teller", "member", "proxy-holder", "observer", "outsider", "signed-out"
]
"""Whoever presides or is the chair by office; keeps the books; counts; has a seat; holds a proxy without one; is known and in
good standing, or was admitted as a guest; is known and no longer in good standing; has not signed in."""
Page = Literal["sign-in", "now", "floor", "acts", "entering", "decisions", "open", "record", "more"]

_EVERYBODY = frozenset(get_args(Role))
_SIGNED_IN = _EVERYBODY - {"signed-out"}
_INSIDE = _SIGNED_IN - {"outsider"}

RIGHTS: dict[Page, frozenset[str]] = {
    "sign-in": _EVERYBODY,
    "now": _SIGNED_IN,
    "floor": _INSIDE,  # of the meetings that the reader sees, as the standing orders have it
    "acts": _INSIDE,
    "entering": frozenset(
        {"chair", "secretary", "teller"}
    ),  # the act of somebody else, at the desk
    "decisions": _INSIDE,
    "open": _INSIDE,
    "record": _SIGNED_IN,
    "more": _SIGNED_IN,
}
"""By page: the roles that may open it. Of what is on it, each sees what is for them."""


def roles_of(reader: Reader, person: str) -> frozenset[str]:
    """The roles that somebody has in the organisation, in whatever body."""
    state = reader.state
    if not person:
        return frozenset({"signed-out"})
    member = state.people.get(person)
    if member is None or member.status not in ("good-standing", "guest"):
        return frozenset({"outsider"})
    return frozenset(_roles(state, reader, person))


def require(request: HttpRequest, page: Page) -> None:
    """Return if whoever is signed in may open a page.

    Raises:
        PermissionDenied: they may not; the answer is 403, and says what is missing.
    """
    person = member_of(request)
    roles = look(request, lambda reader: roles_of(reader, person))
    if roles.isdisjoint(RIGHTS[page]):
        raise PermissionDenied(page)


def _roles(state: State, reader: Reader, person: str) -> set[str]:
    roles = {"observer"}
    for body in state.bodies.values():
        seat = body.seated.get(person)
        if (
            seat is not None
            and seat.since <= reader.on
            and (seat.until is None or reader.on <= seat.until)
        ):
            roles.add("member")
        for role, who in (
            ("chair", ("chair",)),
            ("secretary", KEEPERS[:1] + KEEPERS[2:]),
            ("teller", ("teller",)),
        ):
            if may(state, person, who, body, reader.on):
                roles.add(role)
    if any(
        each.chair == person
        for each in state.meetings.values()
        if each.status in ("sitting", "recess")
    ):
        roles.add("chair")
    if any(each.holder == person and not each.revoked for each in state.proxies.values()):
        roles.add("proxy-holder")
    return roles
