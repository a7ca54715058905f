"""Who sees what: the audience of each part of an entry, and whether a reader is among an audience.

An audience is written `public`, `members`, `body:ID`, `office:ID` or `person:ID`. The audience of a part is fixed when
its entry is made; who belongs to that audience is asked when it is read.

- `contact` is for the clerk alone.
- What belongs to a body has the audience that the body's standing orders give to acts (the part `act`) or to texts (all
  the others). If it comes from a meeting that was in confidence, it is for the body, whatever the orders say.
- `person` and `venue` never go further than to the members.
- Business of several bodies has the narrowest of their audiences: what is said of a confidential decision elsewhere
  must not give it away. A body that is only addressed does not make the business its own.
- All else is for the members.
"""

from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from quorate.assembly.act import Event
from quorate.assembly.model.organisation import Body, Office
from quorate.assembly.roll import in_good_standing, in_term, offices_of, seat_of
from quorate.assembly.state import State

Find = Callable[[State, str], str]
Finders = tuple[tuple[str, Find], ...]


class _Path(NamedTuple):
    """Where an event says the id of something, and how to get from there to a body or a meeting."""

    said: Callable[[Event], object]
    find: Find

    def follow(self, state: State, event: Event) -> str:
        """The id found, or empty."""
        said = self.said(event)
        return self.find(state, said) if said and isinstance(said, str) else ""


def audience_of(state: State, event: Event, part: str) -> str:
    """The audience of a part of an event, asked of the state that the event has changed. About 3 µs for a vote."""
    if part == "contact":
        return f"person:{state.house().clerk}"
    for path in _paths(event, _to_origin, _origins):
        meeting = state.meetings.get(path.follow(state, event))
        if meeting is not None and meeting.in_confidence:
            return f"body:{meeting.body}"
    return _by_orders(_bodies_of(state, event), part)


def body_of(state: State, event: Event) -> Body | None:
    """The body that an event belongs to, or None if it belongs to the organisation as a whole."""
    return next(iter(_bodies_of(state, event)), None)


def sitting_of(state: State, event: Event) -> str:
    """The id of the meeting that an event belongs to, empty if none."""
    for path in _paths(event, _to_sitting, _sittings):
        meeting = path.follow(state, event)
        if meeting in state.meetings:
            return meeting
    return ""


def _bodies_of(state: State, event: Event) -> list[Body]:
    """The bodies whose business an event is or, if it is nobody's, those to which it is addressed."""
    own = _found(state, event, _paths(event, _to_body, _bodies))
    return own or _found(state, event, _paths(event, _to_addressee, _addressees))


def _found(state: State, event: Event, paths: tuple[_Path, ...]) -> list[Body]:
    keys = [path.follow(state, event) for path in paths]
    return [state.bodies[key] for key in keys if key in state.bodies]


def _by_orders(bodies: list[Body], part: str) -> str:
    audience = ""
    for body in bodies:
        if body.orders is None:
            continue
        rule = body.orders.confidentiality
        kept = rule.acts if part == "act" else rule.texts
        if kept == "body":
            return f"body:{body.id}"
        if audience != "members":
            audience = kept
    return "members" if not audience or part in ("person", "venue") else audience


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
    event: Event, finders: Finders, known: dict[type[Event], tuple[_Path, ...]]
) -> tuple[_Path, ...]:
    """The paths that a class of events has; worked out once for each class, as this is asked for every vote."""
    paths = known.get(type(event))
    if paths is None:
        act = getattr(event, "act", None)
        own = () if act is None else act.__struct_fields__
        paths = known[type(event)] = tuple(
            _Path(attrgetter(f"act.{field}" if field in own else field), find)
            for field, find in finders
            if field in own or field in event.__struct_fields__
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
        return _in("offices")(state, name)
    return name if kind in ("", "body") else ""


def _body_of_effect(state: State, key: str) -> str:
    """The body behind what moved with an event: `item:detail:q-1`, `clause:q-1/2`, `meeting:m-1`, `event:e-1`."""
    kind, _, name = key.partition(":")
    match kind:
        case "item":
            return _in("open_items")(state, name)
        case "clause":
            return _body_of_clause(state, name)
        case _:
            return _body_of_event(state, name)


def _itself(state: State, key: str) -> str:
    return key


def _in(register: str, field: str = "body") -> Find:
    """The finder of a field of the record in a register; empty if there is none."""

    def find(state: State, key: str) -> str:
        record = getattr(state, register).get(key)
        return getattr(record, field) if record is not None else ""

    return find


def _via(first: Find, then: Find) -> Find:
    """The finder that goes on from what another finds."""

    def find(state: State, key: str) -> str:
        there = first(state, key)
        return then(state, there) if there else ""

    return find


def _decision_of_clause(_: State, key: str) -> str:
    """The decision of a clause cited as `decision/n`."""
    return key.partition("/")[0]


_body_of_clause = _via(_decision_of_clause, _in("decisions"))
_meeting_of_decision = _in("decisions", "meeting")

_to_body: Finders = (
    ("division", _in("divisions")),
    ("meeting", _body_of_meeting),
    ("body", _itself),
    ("motion", _in("motions")),
    ("amendment", _in("motions")),
    ("group", _in("groups")),
    ("decision", _in("decisions")),
    ("dissent", _via(_in("dissents", "decision"), _in("decisions"))),
    ("charge", _in("charges")),
    ("resignation", _body_of_resignation),
    ("communication", _via(_in("communications", "to"), _body_of_reference)),
    ("duty", _in("duties")),
    ("detail", _in("duties")),
    ("minutes", _in("minutes")),
    ("report", _in("reports")),
    ("dispatch", _in("dispatches")),
    ("proxy", _in("proxies")),
    ("hold", _in("holds")),
    ("item", _in("open_items")),
    ("event", _body_of_event),
    ("clash", _via(_in("clashes", "first"), _body_of_event)),
    ("clash", _via(_in("clashes", "second"), _body_of_event)),
    ("what", _body_of_effect),
    ("clause", _body_of_clause),
)
"""By field of an act or event: the body whose business is behind the id there; the nearest comes first."""

_to_addressee: Finders = (
    ("office", _in("offices")),
    ("organ", _itself),
    ("request", _in("requests", "organ")),
    ("publication", _in("publications", "organ")),
    ("to", _body_of_reference),
)
"""The same where a body is only spoken to or of; asked when what is said is no body's business."""

_to_sitting: Finders = (
    ("meeting", _itself),
    ("division", _in("divisions", "meeting")),
    ("motion", _in("motions", "meeting")),
    ("amendment", _in("motions", "meeting")),
)
"""By field of an act or event: the meeting behind the id there. A decision is no place: it outlives its meeting."""

_to_origin: Finders = (
    *_to_sitting,
    ("group", _in("groups", "meeting")),
    ("decision", _meeting_of_decision),
    ("dissent", _via(_in("dissents", "decision"), _meeting_of_decision)),
    ("duty", _via(_in("duties", "decision"), _meeting_of_decision)),
    ("detail", _via(_in("duties", "decision"), _meeting_of_decision)),
    ("minutes", _in("minutes", "meeting")),
    ("report", _in("reports", "meeting")),
    ("clause", _via(_decision_of_clause, _meeting_of_decision)),
    ("event", _itself),
    ("clash", _in("clashes", "first")),
    ("clash", _in("clashes", "second")),
)
"""By field of an act or event: the meeting from which what is behind the id comes, however long ago it was."""

_bodies: dict[type[Event], tuple[_Path, ...]] = {}
_addressees: dict[type[Event], tuple[_Path, ...]] = {}
_sittings: dict[type[Event], tuple[_Path, ...]] = {}
_origins: dict[type[Event], tuple[_Path, ...]] = {}
