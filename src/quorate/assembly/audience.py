"""Who sees what: the audience of each part of an entry, and whether a reader is among an audience.

An audience is written `public`, `members`, `body:ID`, `office:ID` or `person:ID`. The audience of a part is fixed when
its entry is made; who belongs to that audience is asked when it is read.

- `contact` is for the clerk alone.
- What belongs to a body, as the record of the thing that is named says, has the audience that the body's standing orders
  give to acts (the part `act`) or to texts (all the others). If it comes from a meeting that was in confidence, or if any
  id in it leads to what comes from there, it is for the body that met, whatever the orders say.
- `person` and `venue` never go further than to the members.
- Business of several bodies has the narrowest of their audiences: what is said of a confidential decision elsewhere
  must not give it away. A body that is only addressed does not make the business its own.
- All else is for the members.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from operator import attrgetter
from typing import NamedTuple, get_args, get_type_hints

from quorate.assembly.act import Event
from quorate.assembly.heads import in_good_standing
from quorate.assembly.model.organisation import Body, Office
from quorate.assembly.references import references_of
from quorate.assembly.roll import in_term, offices_of, seat_of
from quorate.assembly.state import REGISTERS, State, fields_of

Find = Callable[[State, str], str]
Finders = tuple[tuple[str, Find], ...]


class _Path(NamedTuple):
    """Where an event says the id of something, and how to get from there to a body or a meeting."""

    key_in: Callable[[Event], object]
    find: Find

    def follow(self, state: State, event: Event) -> str:
        """The id found, or empty."""
        key = self.key_in(event)
        # A field may have the name and hold no id: the `clause` of a duty is a number.
        return self.find(state, key) if key and isinstance(key, str) else ""


def audience_of(state: State, event: Event, part: str) -> str:
    """The audience of a part of an event, asked of the state that the event has changed. About 3 µs for a vote."""
    if part == "contact":
        return f"person:{state.house().clerk}"
    for path in _paths(event, _to_origin, _origins):
        meeting = state.meetings.get(path.follow(state, event))
        if meeting is not None and meeting.in_confidence:
            return f"body:{meeting.body}"
    if state.covers:
        body = _body_given_away(state, event)
        if body:
            return f"body:{body}"
    return _by_orders(_bodies_of(state, event), part)


def _body_given_away(state: State, event: Event) -> str:
    """The body whose meeting in confidence, or what comes from it, an event refers to; empty if none."""
    for key in references_of(event):
        for find in _origin_finders:
            meeting = state.meetings.get(find(state, key))
            if meeting is not None and meeting.in_confidence:
                return meeting.body
    return ""


def audience_at(state: State, meeting: str, part: str) -> str:
    """The audience of a part of an event that says by its meeting alone whose business it is."""
    if part == "contact":
        return f"person:{state.house().clerk}"
    sits = state.meetings[meeting]
    if sits.in_confidence:
        return f"body:{sits.body}"
    return _by_orders([state.bodies[sits.body]], part)


def audience_of_body(body: Body, part: str) -> str:
    """The audience of a part, but `contact`, of what is the business of one body and comes from no meeting in confidence."""
    return _by_orders([body], part)


@cache
def can_sit(event: type[Event]) -> bool:
    """Whether an event of a class can belong to a meeting."""
    return not _sitting_fields.isdisjoint(ways_of(event))


@cache
def ways_of(event: type[Event]) -> frozenset[str]:
    """The fields of a class of events, or of its act, that lead to whose business it is or from which meeting it comes."""
    act = get_type_hints(event).get("act")
    fields = {*event.__struct_fields__, *(act.__struct_fields__ if act else ())}
    asked = (_to_body, _to_addressee, _to_origin, _to_sitting)
    return frozenset(name for finders in asked for name, _ in finders if name in fields)


def body_of(state: State, event: Event) -> Body | None:
    """The body that an event belongs to, or None if it belongs to the organisation as a whole."""
    return next(iter(_bodies_of(state, event)), None)


def sitting_of(state: State, event: Event) -> str:
    """What everybody reads of the meeting that an event belongs to: its id or, in confidence, its cover; empty if none."""
    meeting = meeting_of(state, event)
    return (state.meetings[meeting].cover or meeting) if meeting else ""


def meeting_of(state: State, event: Event) -> str:
    """The id of the meeting that an event belongs to, empty if none."""
    for path in _paths(event, _to_sitting, _sittings):
        meeting = path.follow(state, event)
        if meeting in state.meetings:
            return meeting
    return ""


def _bodies_of(state: State, event: Event) -> list[Body]:
    """The bodies whose business an event is or, if it is nobody's, those to which it is addressed."""
    owners = _bodies_along(state, event, _paths(event, _to_body, _bodies))
    return owners or _bodies_along(state, event, _paths(event, _to_addressee, _addressees))


def _bodies_along(state: State, event: Event, paths: tuple[_Path, ...]) -> list[Body]:
    keys = [path.follow(state, event) for path in paths]
    return [state.bodies[key] for key in keys if key in state.bodies]


def _by_orders(bodies: list[Body], part: str) -> str:
    audience = ""
    for body in bodies:
        if body.orders is None:
            continue
        rule = body.orders.confidentiality
        readers = rule.acts if part == "act" else rule.texts
        if readers == "body":
            return f"body:{body.id}"
        # The narrower stays, whichever body comes first: `public` opens nothing that another keeps to the members.
        if audience != "members":
            audience = readers
    return "members" if not audience or part in ("person", "venue") else audience


def known_as(state: State, person: str) -> str:
    """What somebody is called as far as the state tells: their handle, else their name, else their id."""
    known = state.people[person].known if person in state.people else None
    return (known.handle or known.name) if known else person


def may_read(state: State, person: str | None, audience: str, on: date) -> bool:
    """Whether somebody belongs to an audience on a day; None is anybody at all.

    The clerk keeps the record, so the clerk reads everything. A body is those who then sit in it or hold its offices:
    who joins it reads what it did before, who has left it no longer does.
    """
    if audience == "public" or person is None:
        return audience == "public"
    kind, _, key = audience.partition(":")
    return person == state.house().clerk or _is_among(state, person, kind, key, on)


def may_export(state: State, reader: str, audience: str, on: date) -> bool:
    """Whether what is for an audience goes with an export on a day, for a reader: `public`, `members`, or a person's id."""
    if reader == "members":
        return audience in ("public", "members")
    return may_read(state, None if reader == "public" else reader, audience, on)


class _Everything(frozenset[str]):
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:  # else it would be equal to no audiences at all
        return self is other

    def __contains__(self, _: object) -> bool:
        return True


EVERYTHING: frozenset[str] = _Everything()
"""All audiences that there are or will be; it is for `in`, and has nothing to go through."""


def audiences_of(state: State, reader: str, on: date) -> frozenset[str]:
    """The audiences that `may_export` grants a reader on a day, to be asked by `in` without the state; EVERYTHING for the clerk.

    Cost: a look at every body and office, and at the seats of every body.
    """
    if reader in ("public", "members"):
        return frozenset({"public", reader})
    if reader == state.house().clerk:
        return EVERYTHING
    asked = (
        "members",
        *(f"body:{body}" for body in state.bodies),
        *(f"office:{office}" for office in state.offices),
    )
    mine = (each for each in asked if may_read(state, reader, each, on))
    return frozenset({"public", f"person:{reader}", *mine})


def _is_among(state: State, person: str, kind: str, key: str, on: date) -> bool:
    match kind:
        case "members":
            return in_good_standing(state, person)
        case "body":
            return key in state.bodies and _belongs(state, person, state.bodies[key], on)
        case "office":
            return key in state.offices and _serves(state.offices[key], person, on)
        case "person":
            return key == person
        case _:
            return False


def _belongs(state: State, person: str, body: Body, on: date) -> bool:
    return seat_of(state, body, person, on) is not None or any(
        _serves(office, person, on) for office in offices_of(state, body.id)
    )


def _serves(office: Office, person: str, on: date) -> bool:
    return office.holder == person and in_term(office, on)


def _paths(
    event: Event, finders: Finders, by_class: dict[type[Event], tuple[_Path, ...]]
) -> tuple[_Path, ...]:
    """The paths that a class of events has; worked out once for each class, as this is asked for every vote."""
    paths = by_class.get(type(event))
    if paths is None:
        act = getattr(event, "act", None)
        act_fields = () if act is None else act.__struct_fields__
        paths = by_class[type(event)] = tuple(
            _Path(attrgetter(f"act.{field}" if field in act_fields else field), find)
            for field, find in finders
            if field in act_fields or field in event.__struct_fields__
        )
    return paths


def _body_of_meeting(state: State, key: str) -> str:
    # A meeting has a host before it is convened.
    meeting = state.meetings.get(key) or state.hostings.get(key)
    return meeting.body if meeting else ""


def _body_of_resignation(state: State, key: str) -> str:
    resignation = state.resignations.get(key)
    return (resignation.to or resignation.body) if resignation else ""


def _body_of_event(state: State, key: str) -> str:
    event = state.calendar.get(key)
    return event.bodies[0] if event and event.bodies else _body_of_meeting(state, key)


def _body_of_reference(state: State, key: str) -> str:
    """The body that a reference names, or whose office it names."""
    kind, _, name = key.rpartition(":")
    if kind == "office":
        return _in("office")(state, name)
    return name if kind in ("", "body") else ""


def _body_of_effect(state: State, key: str) -> str:
    """The body behind what moved with an event: `item:detail:q-1`, `clause:q-1/2`, `meeting:m-1`, `event:e-1`."""
    kind, _, name = key.partition(":")
    match kind:
        case "item":
            return _in("item")(state, name)
        case "clause":
            return _body_of_clause(state, name)
        case _:
            return _body_of_event(state, name)


def _itself(state: State, key: str) -> str:
    return key


def _in(thing: str, field: str = "body") -> Find:
    """The finder of what the record of a thing says in a field; empty if there is no such record."""
    register = REGISTERS[thing]

    def find(state: State, key: str) -> str:
        record = getattr(state, register).get(key)
        return getattr(record, field) if record is not None else ""

    return find


def _via(first: Find, then: Find) -> Find:
    """The finder that goes on from what another finds."""

    def find(state: State, key: str) -> str:
        next_key = first(state, key)
        return then(state, next_key) if next_key else ""

    return find


def _decision_of_clause(_: State, key: str) -> str:
    """The decision of a clause cited as `decision/n`."""
    return key.partition("/")[0]


_hints = get_type_hints(State)


def _says(thing: str, field: str) -> bool:
    """Whether the records of a thing have a field."""
    _, record = get_args(_hints[REGISTERS[thing]])
    return field in record.__struct_fields__


def _finders(field: str, otherwise: Mapping[str, tuple[Find, ...]]) -> Finders:
    """By field of an act or event: what is said in a field of the record behind the id there, or is found otherwise."""
    return tuple(
        (name, find)
        for thing in REGISTERS
        for find in otherwise.get(thing, (_in(thing, field),) if _says(thing, field) else ())
        for name in fields_of(thing)
    )


_body_of_clause = _via(_decision_of_clause, _in("decision"))
_meeting_of_decision = _in("decision", "meeting")

_body_otherwise: dict[str, tuple[Find, ...]] = {
    "meeting": (_body_of_meeting,),
    "body": (_itself,),
    "dissent": (_via(_in("dissent", "decision"), _in("decision")),),
    "resignation": (_body_of_resignation,),
    "communication": (_via(_in("communication", "to"), _body_of_reference),),
    "event": (_body_of_event,),
    "clash": (
        _via(_in("clash", "first"), _body_of_event),
        _via(_in("clash", "second"), _body_of_event),
    ),
    "office": (),
    "request": (),
    "publication": (),
    "person": (),
}
"""By thing whose record does not say in `body` whose business it is: how that is found. Without a way, it is nobody's,
or it is that of the body which is only addressed."""
_unclaimed = [each for each in REGISTERS if each not in _body_otherwise and not _says(each, "body")]
assert not _unclaimed, _unclaimed  # else what is said of one would be for all members

_to_body: Finders = (
    *_finders("body", _body_otherwise),
    ("what", _body_of_effect),
    ("clause", _body_of_clause),
)
"""By field of an act or event: the body whose business is behind the id there; the nearest comes first."""

_to_addressee: Finders = (
    ("office", _in("office")),
    ("organ", _itself),
    ("request", _in("request", "organ")),
    ("publication", _in("publication", "organ")),
    ("to", _body_of_reference),
)
"""The same where a body is only spoken to or of; asked when what is said is no body's business."""

_to_sitting: Finders = (
    ("meeting", _itself),
    ("division", _in("division", "meeting")),
    ("motion", _in("motion", "meeting")),
    ("amendment", _in("motion", "meeting")),
)
"""By field of an act or event: the meeting behind the id there. A decision is no place: it outlives its meeting."""

_meeting_otherwise: dict[str, tuple[Find, ...]] = {
    "meeting": (_itself,),
    "dissent": (_via(_in("dissent", "decision"), _meeting_of_decision),),
    "duty": (_via(_in("duty", "decision"), _meeting_of_decision),),
    "proxy": (),
    "event": (_itself,),
    "clash": (_in("clash", "first"), _in("clash", "second")),
}
"""By thing whose record does not say in `meeting` from which it comes: how that is found. A proxy is given for one, not at it."""

_to_origin: Finders = (
    *_finders("meeting", _meeting_otherwise),
    ("clause", _via(_decision_of_clause, _meeting_of_decision)),
)
"""By field of an act or event: the meeting from which what is behind the id comes, however long ago it was."""

_origin_finders = tuple(dict.fromkeys(find for _, find in _to_origin))
"""The same for an id of which it is not said what it is of."""

_sitting_fields = frozenset(name for name, _ in _to_sitting)
_bodies: dict[type[Event], tuple[_Path, ...]] = {}
_addressees: dict[type[Event], tuple[_Path, ...]] = {}
_sittings: dict[type[Event], tuple[_Path, ...]] = {}
_origins: dict[type[Event], tuple[_Path, ...]] = {}
