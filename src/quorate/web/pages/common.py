"""What every page knows: the organisation, who looks, and when."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest

from quorate.assembly.state import State
from quorate.reading.reader import Reader, today
from quorate.web.house import House

T = TypeVar("T")

PLACES = (
    ("now", "/", "Now"),
    ("floor", "/floor/", "Floor"),
    ("open", "/open/", "Open"),
    ("book", "/decisions/", "Register"),
    ("menu", "/more/", "More"),
)
"""The five places of the navigation: sign, address and word."""


def the_house() -> House:
    """The house of this process."""
    house: House = settings.HOUSE
    return house


def member_of(request: HttpRequest) -> str:
    """The id of the person who is signed in; empty if nobody is."""
    return str(getattr(request.user, "member", ""))


def look(request: HttpRequest, view: Callable[[Reader], T]) -> T:
    """What whoever is signed in sees of the state, or what anybody sees if nobody is."""
    house, who = the_house(), member_of(request) or "public"
    return house.read(lambda state: view(Reader(state, today(state, house.now()), who)))


def instant_of(state: State) -> datetime:
    """The instant of an act that would be done now."""
    return the_house().instant(state)


def name_of_house() -> str:
    """What the organisation is called."""
    house = the_house()
    return "Quorate" if house.awaits_founding else house.read(lambda state: state.house().name)


def name_of_person(person: str) -> str:
    """What somebody is called, for their own eyes."""
    house = the_house()
    return house.read(lambda state: Reader(state, today(state, house.now()), person).person(person))


def local(request: HttpRequest, at: datetime) -> str:
    """An instant as the organisation writes it."""
    return look(request, lambda reader: reader.instant(at)) or ""


def common(request: HttpRequest) -> dict[str, Any]:
    """What every template is given."""
    member = member_of(request)

    def names(reader: Reader) -> tuple[str, str]:
        organisation = reader.state.organisation
        return (
            organisation.name if organisation else "Quorate",
            reader.person(member) if member else "",
        )

    house, me = ("Quorate", "") if the_house().awaits_founding else look(request, names)
    return {"house": house, "me": me, "places": PLACES, "here": request.path}
