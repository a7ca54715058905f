"""Who may open which page, in one table; what an act needs, the rules of the assembly say and nobody else.

The table also makes the tests: each page is opened by somebody of each role, and must answer as it says here.
"""

from typing import Literal, get_args

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from quorate.assembly.act import Act, Stamp, decide
from quorate.assembly.audience import body_of
from quorate.assembly.divisions.votes import CastVote, ChangeVote, RecordObjection, StandAside
from quorate.assembly.refusal import Refused
from quorate.assembly.roll import KEEPERS, may
from quorate.assembly.state import State
from quorate.reading.reader import Reader
from quorate.web.live.audience import is_inside
from quorate.web.pages.common import look, member_of

Role = Literal[
    "chair", "secretary", "teller", "member", "proxy-holder", "observer", "outsider", "signed-out"
]
"""Whoever presides or is the chair by office; keeps the books; counts; has a seat; holds a proxy without one; is known and in
good standing, or was admitted as a guest; is known and no longer in good standing; has not signed in."""
Page = Literal[
    "sign-in",
    "now",
    "floor",
    "desk",
    "hall",
    "hall-keys",
    "item",
    "motion",
    "division",
    "minutes",
    "bodies",
    "people",
    "calendar",
    "acts",
    "entering",
    "decisions",
    "open",
    "record",
    "more",
    "account",
    "invitations",
    "members",
]

_DESK = frozenset({"chair", "secretary", "teller"})
LEADING = frozenset({"chair", "secretary"})
"""Who may enter any act of their body for others; tellers enter votes alone."""
VOTES = (CastVote, ChangeVote, RecordObjection, StandAside)
_EVERYBODY = frozenset(get_args(Role))
_SIGNED_IN = _EVERYBODY - {"signed-out"}
_INSIDE = _SIGNED_IN - {"outsider"}

RIGHTS: dict[Page, frozenset[str]] = {
    "sign-in": _EVERYBODY,
    "now": _SIGNED_IN,
    "floor": _INSIDE,  # of the meetings that the reader sees, as the standing orders have it
    "desk": _DESK,  # of the body that meets
    "hall": _EVERYBODY,  # whoever has its key
    "hall-keys": LEADING,
    "item": _INSIDE,  # these show what the standing orders let each of them see
    "motion": _INSIDE,
    "division": _INSIDE,
    "minutes": _INSIDE,
    "bodies": _INSIDE,
    "people": _INSIDE,
    "calendar": _INSIDE,
    "acts": _INSIDE,
    "entering": _DESK,  # the act of somebody else, at the desk of the body whose business it is
    "decisions": _INSIDE,
    "open": _INSIDE,
    "record": _SIGNED_IN,
    "more": _SIGNED_IN,
    "account": _SIGNED_IN,
    "invitations": frozenset({"secretary"}),
    "members": frozenset({"secretary"}),  # to admit more; whether they may, the rules say
}
"""By page: the roles that may open it. Of what is on it, each sees what is for them."""


def roles_of(reader: Reader, person: str, body: str = "") -> frozenset[str]:
    """The roles that somebody has in the organisation: in one body if it is named, else in whatever body."""
    state = reader.state
    if not person:
        return frozenset({"signed-out"})
    if not is_inside(state, person):
        return frozenset({"outsider"})
    return frozenset(_roles(state, reader, person, body))


def is_at_desk(reader: Reader, person: str, body: str, page: Page = "desk") -> bool:
    """Whether somebody may open a page of the desk of a body: they lead its meetings, keep its books or count its votes."""
    return not roles_of(reader, person, body).isdisjoint(RIGHTS[page])


def may_enter(reader: Reader, person: str, act: Act, stamp: Stamp) -> bool:
    """Whether somebody may enter an act at the desk for the one whose act it is, as `stamp` says.

    The clerk may; else they are chair or secretary of the body whose business it is, or of one in which the other has a seat
    if it is no body's. A teller may enter votes, and nobody but the clerk what the clerk does for the organisation.
    """
    state = reader.state
    clerk = state.house().clerk
    if person == clerk:
        return True
    try:
        body = body_of(state, decide(state, act, stamp))
    except Refused:
        body = None
    if body is None and stamp.by == clerk:
        return False
    bodies = [body] if body else [each for each in state.bodies.values() if stamp.by in each.seated]
    entering = RIGHTS["entering"] if isinstance(act, VOTES) else LEADING
    return any(not roles_of(reader, person, each.id).isdisjoint(entering) for each in bodies)


def may_lead(reader: Reader, person: str, body: str) -> bool:
    """Whether somebody may enter what the one in the chair of a body does."""
    return not roles_of(reader, person, body).isdisjoint(LEADING)


def require(request: HttpRequest, page: Page) -> None:
    """Return if whoever is signed in may open a page.

    Raises:
        PermissionDenied: they may not; the answer is 403, and says what is missing.
    """
    person = member_of(request)
    roles = look(request, lambda reader: roles_of(reader, person))
    if roles.isdisjoint(RIGHTS[page]):
        raise PermissionDenied(page)


def _roles(state: State, reader: Reader, person: str, of_body: str) -> set[str]:
    roles = {"observer"}
    if person == state.house().clerk:
        roles.add("secretary")
    for body in state.bodies.values() if not of_body else (state.bodies[of_body],):
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
        if each.status in ("sitting", "recess") and of_body in ("", each.body)
    ):
        roles.add("chair")
    if any(each.holder == person and not each.revoked for each in state.proxies.values()):
        roles.add("proxy-holder")
    return roles
