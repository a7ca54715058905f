"""The organisation, its bodies and its offices: founding, establishing, filling and vacating.

RONR (12th ed.) 47 (officers), 49–50 (boards and committees).
"""

from datetime import date
from typing import Literal

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.model.organisation import Body, Office, Organisation, Person, PersonalName
from quorate.assembly.organisation.terms import default_end
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, existing_body, in_term, require
from quorate.assembly.state import State, found, new, require_id
from quorate.canon.moment import Calendar

refusals(
    already_founded="organisation",
    office_filled="office holder until",
    office_vacant="office",
    term_backwards="since until",
    has_open_business="body items",
)


class FoundOrganisation(Act, frozen=True):
    """Open the record of an organisation; the first act of all."""

    organisation: str
    name: str
    clerk: str
    """The id of the person who will keep the record; usually the one who acts."""
    calendar: Calendar = "gregorian"
    zone: str = "UTC"
    clock: Literal["system", "told"] = "system"
    person: PersonalName | None = None
    """What the clerk is called."""


class OrganisationFounded(Event, frozen=True):
    """The first entry of the record."""

    act: FoundOrganisation


@decides(FoundOrganisation, opens="organisation", introduces="clerk")
def found_organisation(state: State, act: FoundOrganisation, stamp: Stamp) -> OrganisationFounded:
    """Refused when the record has an organisation already."""
    if state.organisation is not None:
        raise Refused("already-founded", organisation=state.organisation.name)
    require_id("organisation", act.organisation)
    require_id("clerk", act.clerk)
    return OrganisationFounded(act=act)


@evolves(OrganisationFounded)
def organisation_founded(state: State, event: OrganisationFounded, stamp: Stamp) -> None:
    """The organisation exists and its clerk is its first member."""
    act = event.act
    state.organisation = Organisation(
        id=act.organisation,
        name=act.name,
        founded_on=stamp.on,
        clerk=act.clerk,
        calendar=act.calendar,
        zone=act.zone,
        clock=act.clock,
    )
    state.people[act.clerk] = Person(
        id=act.clerk, admitted_on=stamp.on, known=act.person, entry=state.size
    )


class EstablishBody(Act, frozen=True):
    """Set up a body; `outside` for one that is not ours."""

    body: str
    name: str
    parent: str = ""
    seats: int | None = None
    remit: str = ""
    outside: bool = False


class BodyEstablished(Event, frozen=True):
    """A body exists."""

    act: EstablishBody


@decides(EstablishBody, opens="body")
def establish_body(state: State, act: EstablishBody, stamp: Stamp) -> BodyEstablished:
    """The clerk establishes bodies; the chair or secretary of the parent may too."""
    new(state.bodies, "body", act.body)
    if act.parent:
        require(state, stamp, KEEPERS, existing_body(state, act.parent))
    elif stamp.by != state.house().clerk:
        raise Refused("not-entitled", person=stamp.by, needs=("clerk",))
    return BodyEstablished(act=act)


@evolves(BodyEstablished)
def body_established(state: State, event: BodyEstablished, stamp: Stamp) -> None:
    """The body is known, with no member and no standing orders yet."""
    act = event.act
    state.bodies[act.body] = Body(
        id=act.body,
        name=act.name,
        parent=act.parent,
        seats=act.seats,
        remit=act.remit,
        outside=act.outside,
    )


class DissolveBody(Act, frozen=True):
    """Wind up a body that has no open business."""

    body: str


class BodyDissolved(Event, frozen=True):
    """A body exists no longer; its record stays."""

    act: DissolveBody


@decides(DissolveBody)
def dissolve_body(state: State, act: DissolveBody, stamp: Stamp) -> BodyDissolved:
    """Refused while the body has open business or is still to meet: nothing may be dropped by its end."""
    body = existing_body(state, act.body)
    require(state, stamp, ("clerk",), body)
    items = [item.id for item in state.open_items.values() if item.body == act.body]
    items += [
        f"meeting:{meeting.id}"
        for meeting in state.meetings.values()
        if meeting.body == act.body and meeting.status not in ("adjourned", "called-off")
    ]
    if items:
        raise Refused("has-open-business", body=act.body, items=tuple(items))
    return BodyDissolved(act=act)


@evolves(BodyDissolved)
def body_dissolved(state: State, event: BodyDissolved, stamp: Stamp) -> None:
    """The body is closed as of the day of the act."""
    state.bodies[event.act.body].dissolved_on = stamp.on


class CreateOffice(Act, frozen=True):
    """Create an office of a body with a role that its standing orders may refer to."""

    office: str
    body: str
    role: str
    name: str


class OfficeCreated(Event, frozen=True):
    """An office exists, vacant."""

    act: CreateOffice


@decides(CreateOffice, opens="office")
def create_office(state: State, act: CreateOffice, stamp: Stamp) -> OfficeCreated:
    """Those who keep the books of a body create its offices."""
    new(state.offices, "office", act.office)
    require(state, stamp, KEEPERS, existing_body(state, act.body))
    return OfficeCreated(act=act)


@evolves(OfficeCreated)
def office_created(state: State, event: OfficeCreated, stamp: Stamp) -> None:
    """The office exists and is vacant."""
    act = event.act
    state.offices[act.office] = Office(id=act.office, body=act.body, role=act.role, name=act.name)


class FillOffice(Act, frozen=True):
    """Put somebody in an office for a term."""

    office: str
    holder: str
    since: date | None = None
    """The first day of the term; the day of the act if not given."""
    until: date | None = None


class OfficeFilled(Event, frozen=True):
    """Somebody holds an office."""

    act: FillOffice
    since: date
    until: date | None = None
    """The last day: as given, or as the standing orders limit terms; None until vacated."""


@decides(FillOffice)
def fill_office(state: State, act: FillOffice, stamp: Stamp) -> OfficeFilled:
    """Refused while somebody else's term runs."""
    office = found(state.offices, "office", act.office)
    body = existing_body(state, office.body)
    require(state, stamp, KEEPERS, body)
    state.person(act.holder)
    since = act.since or stamp.on
    until = act.until or default_end(body, since)
    if until is not None and until < since:
        raise Refused("term-backwards", since=since, until=until)
    if office.holder and in_term(office, since):
        raise Refused("office-filled", office=office.id, holder=office.holder, until=office.until)
    return OfficeFilled(act=act, since=since, until=until)


@evolves(OfficeFilled)
def office_filled(state: State, event: OfficeFilled, stamp: Stamp) -> None:
    """The office has a holder and a term."""
    office = state.offices[event.act.office]
    office.holder = event.act.holder
    office.since = event.since
    office.until = event.until


class VacateOffice(Act, frozen=True):
    """End the tenure of an office's holder."""

    office: str


class OfficeVacated(Event, frozen=True):
    """An office is vacant; the open items of its holder stay with the office."""

    act: VacateOffice
    holder: str


@decides(VacateOffice)
def vacate_office(state: State, act: VacateOffice, stamp: Stamp) -> OfficeVacated:
    """The holder, or those who keep the books of the body, may vacate an office."""
    office = found(state.offices, "office", act.office)
    if not office.holder:
        raise Refused("office-vacant", office=office.id)
    if stamp.by != office.holder:
        require(state, stamp, KEEPERS, existing_body(state, office.body))
    return OfficeVacated(act=act, holder=office.holder)


@evolves(OfficeVacated)
def office_vacated(state: State, event: OfficeVacated, stamp: Stamp) -> None:
    """The office has no holder."""
    office = state.offices[event.act.office]
    office.holder = ""
    office.since = office.until = None
