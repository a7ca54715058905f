"""The organisation, its people, bodies, seats and offices."""

from datetime import date
from typing import Literal

import msgspec

from quorate.assembly.model.orders import StandingOrders
from quorate.canon.moment import Calendar, Day


class Organisation(msgspec.Struct, omit_defaults=True):
    """The organisation whose record this is."""

    id: str
    name: str
    founded_on: date
    clerk: str
    """The person who keeps the record and may enter acts for others."""
    calendar: Calendar = "gregorian"
    """The calendar in which its dates are shown and read when nothing else is said."""
    zone: str = "UTC"
    """Time zone (IANA name) that turns an instant into a day."""
    clock: Literal["system", "told"] = "system"
    """`told`: a replay; each act brings its own time. Readers are told so."""


class PersonalName(msgspec.Struct, frozen=True, omit_defaults=True):
    """The part `person`: what a reader may call somebody. Erased with the person."""

    name: str
    handle: str = ""
    """A short name to type, such as `kamenev`."""


class Person(msgspec.Struct, omit_defaults=True):
    """Somebody known to the organisation by an opaque id."""

    id: str
    admitted_on: date
    status: Literal["good-standing", "suspended", "left", "guest"] = "good-standing"
    known: PersonalName | None = None
    """None when erased or not disclosed."""
    entry: int = 0
    """The entry of the record that holds their name and contact, as parts that can be erased."""
    until: Day | None = None
    """The end of a suspension, if one was set."""


class Seat(msgspec.Struct, omit_defaults=True):
    """A person's seat in a body, for a term, with a voting weight."""

    person: str
    body: str
    since: date
    until: date | None = None
    """The last day of the term, inclusive."""
    weight: int = 1
    """Votes this seat casts; 0 for a seat without a vote."""
    substitute: str = ""
    """Who may sit in this seat when its holder is absent."""


class Body(msgspec.Struct, omit_defaults=True):
    """A body that meets and decides."""

    id: str
    name: str
    parent: str = ""
    seats: int | None = None
    """How many seats it has, vacant ones included; None if it has no fixed number."""
    remit: str = ""
    outside: bool = False
    """A body that is not ours, known for its calendar or its letters."""
    dissolved_on: date | None = None
    orders: StandingOrders | None = None
    seated: dict[str, Seat] = {}
    """Present and past seats by person; `roll` says who sits on a given day."""
    stand_ins: dict[str, list[str]] = {}
    """By substitute: the members who have named them; some may have named another since."""
    weight: int = 0
    """What all of those seats weigh together; kept, because a sum at each seating of 100,000 members takes minutes."""


class Office(msgspec.Struct, omit_defaults=True):
    """An office of a body, such as its chair; `role` is what the standing orders refer to."""

    id: str
    body: str
    role: str
    """`chair`, `secretary`, `treasurer`, `editor` ..."""
    name: str
    holder: str = ""
    since: date | None = None
    until: date | None = None
