"""Who sees what: the audience of each part of an entry, and whether a reader is among an audience.

An audience is written `public`, `members`, `body:ID`, `office:ID` or `person:ID`. The audience of a part is fixed when
its entry is made; who belongs to that audience is asked when it is read.

- `contact` is for the clerk alone.
- What belongs to a body has the audience that the body's standing orders give to acts (the part `act`) or to texts (all
  the others); if a meeting is in confidence, both are for the body.
- `person` and `venue` never go further than to the members.
- An event that touches several bodies has the narrowest of their audiences: what is said of a confidential decision
  elsewhere must not give it away.
- All else is for the members.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from quorate.assembly.act import Event
from quorate.assembly.model.organisation import Body, Office
from quorate.assembly.roll import in_good_standing, in_term, offices_of, seat_of
from quorate.assembly.state import State

Find = Callable[[State, str], str]


class _Path(NamedTuple):
    """Where an event says the id of something, and how to get from there to a body or a meeting."""

    in_act: bool
    field: str
    find: Find

    def follow(self, state: State, event: Event) -> str:
        """The id found, or empty."""
        said = getattr(event.act if self.in_act else event, self.field)  # type: ignore[attr-defined]
        return self.find(state, said) if said else ""


def audience_of(state: State, event: Event, part: str) -> str:
    """The audience of a part of an event, asked of the state that the event has changed. About 2 µs for a vote."""
    if part == "contact":
        return f"person:{state.house().clerk}"
    sitting = sitting_of(state, event)
    if sitting and state.meetings[sitting].in_confidence:
        return f"body:{state.meetings[sitting].body}"
    audience = ""
    for path in _paths(event, _to_body, _bodies):
        body = state.bodies.get(path.follow(state, event))
        if body is None or body.orders is None:
            continue
        rule = body.orders.confidentiality
        kept = rule.acts if part == "act" else rule.texts
        if kept == "body":
            return f"body:{body.id}"
        if audience != "members":
            audience = kept
    return "members" if not audience or part in ("person", "venue") else audience


def body_of(state: State, event: Event) -> Body | None:
    """The body that an event belongs to, or None if it belongs to the organisation as a whole."""
    for path in _paths(event, _to_body, _bodies):
        body = state.bodies.get(path.follow(state, event))
        if body is not None:
            return body
    return None


def sitting_of(state: State, event: Event) -> str:
    """The id of the meeting that an event belongs to, empty if none."""
    for path in _paths(event, _to_sitting, _sittings):
        meeting = path.follow(state, event)
        if meeting in state.meetings:
            return meeting
    return ""


def may_read(state: State, person: str | None, audience: str, on: date) -> bool:
    """Whether somebody belongs to an audience on a day; None is anybody at all.

    The clerk keeps the record, so the clerk reads everything. A body is those who then sit in it or hold its offices:
    who joins it reads what it did before, who has left it no longer does.
    """
    if audience == "public" or person is None:
        return audience == "public"
    kind, _, key = audience.partition(":")
    return person == state.house().clerk or _is_among(state, person, kind, key, on)


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
    event: Event, finders: dict[str, Find], known: dict[type[Event], tuple[_Path, ...]]
) -> tuple[_Path, ...]:
    """The paths that a class of events has; worked out once for each class, as this is asked for every vote."""
    paths = known.get(type(event))
    if paths is None:
        act = getattr(event, "act", None)
        own = () if act is None else act.__struct_fields__
        paths = known[type(event)] = tuple(
            _Path(field in own, field, find)
            for field, find in finders.items()
            if field in own or field in event.__struct_fields__
        )
    return paths


def _body_of_meeting(state: State, key: str) -> str:
    # A meeting has a host before it is convened.
    meeting = state.meetings.get(key) or state.hostings.get(key)
    return meeting.body if meeting else ""


def _body_of_dissent(state: State, key: str) -> str:
    dissent = state.dissents.get(key)
    return state.decisions[dissent.decision].body if dissent else ""


def _body_of_resignation(state: State, key: str) -> str:
    resignation = state.resignations.get(key)
    return (resignation.to or resignation.body) if resignation else ""


def _body_of_event(state: State, key: str) -> str:
    event = state.calendar.get(key)
    return event.bodies[0] if event and event.bodies else _body_of_meeting(state, key)


def _body_of_item(state: State, key: str) -> str:
    item = state.open_items.get(key)
    return item.body if item else ""


def _body_of_reference(state: State, key: str) -> str:
    """The body that a reference names, or whose office it names."""
    kind, _, name = key.rpartition(":")
    if kind == "office":
        return _in("offices")(state, name)
    return name if kind in ("", "body") else ""


def _body_of_communication(state: State, key: str) -> str:
    letter = state.communications.get(key)
    return _body_of_reference(state, letter.to) if letter else ""


def _in(register: str, field: str = "body") -> Find:
    """The finder of a field of the record in a register; empty if there is none."""

    def find(state: State, key: str) -> str:
        record = getattr(state, register).get(key)
        return getattr(record, field) if record is not None else ""

    return find


_to_body: dict[str, Find] = {
    "division": _in("divisions"),
    "meeting": _body_of_meeting,
    "body": lambda _, key: key,
    "motion": _in("motions"),
    "group": _in("groups"),
    "decision": _in("decisions"),
    "charge": _in("charges"),
    "resignation": _body_of_resignation,
    "dissent": _body_of_dissent,
    "duty": _in("duties"),
    "detail": _in("duties"),
    "minutes": _in("minutes"),
    "report": _in("reports"),
    "dispatch": _in("dispatches"),
    "communication": _body_of_communication,
    "proxy": _in("proxies"),
    "office": _in("offices"),
    "hold": _in("holds"),
    "item": _body_of_item,
    "event": _body_of_event,
    "organ": lambda _, key: key,
    "request": _in("requests", "organ"),
    "publication": _in("publications", "organ"),
    "to": _body_of_reference,
}
"""By field of an act or event: the body that is behind the id there; what is nearest to the business comes first."""

_to_sitting: dict[str, Find] = {
    "meeting": lambda _, key: key,
    "division": _in("divisions", "meeting"),
    "motion": _in("motions", "meeting"),
}
"""By field of an act or event: the meeting behind the id there. A decision is no place: it outlives its meeting."""

_bodies: dict[type[Event], tuple[_Path, ...]] = {}
_sittings: dict[type[Event], tuple[_Path, ...]] = {}
