"""The state of the house: what the fold of the record has come to. One register for each subject, nothing else."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import msgspec

from quorate.assembly.model.affairs import (
    Charge,
    Communication,
    Dispatch,
    Dissent,
    Publication,
    PublicationRequest,
    Resignation,
)
from quorate.assembly.model.calendar import CalendarEvent, Clash, Move
from quorate.assembly.model.decision import Decision, Duty
from quorate.assembly.model.division import Division
from quorate.assembly.model.item import Item
from quorate.assembly.model.keeping import Hold, MinuteBook
from quorate.assembly.model.meeting import Hosting, Meeting, Proxy, Report
from quorate.assembly.model.motion import Motion, MotionGroup
from quorate.assembly.model.organisation import Body, Office, Organisation, Person
from quorate.assembly.refusal import Refused
from quorate.canon.fault import Malformed
from quorate.canon.ident import check_ident

T = TypeVar("T")
TOKENS_FOR = timedelta(hours=1)
"""How long the token of an act is remembered at least."""


class State(msgspec.Struct, omit_defaults=True, dict=True):
    """Everything that the record says, in memory. Changed only by `evolve`.

    Beside its registers it has room for what is worked out from them (`heads`), which no copy of it takes along.
    """

    size: int = 0
    """Entries folded; also the number of the entry now being folded."""
    last_at: datetime = datetime.min.replace(tzinfo=UTC)
    """The instant of the last entry."""
    organisation: Organisation | None = None
    people: dict[str, Person] = {}
    bodies: dict[str, Body] = {}
    offices: dict[str, Office] = {}
    meetings: dict[str, Meeting] = {}
    covers: dict[str, str] = {}
    """By cover of a meeting in confidence: its id."""
    hostings: dict[str, Hosting] = {}
    """By meeting, which may not be convened yet."""
    told: dict[str, int] = {}
    """By id of a meeting that was not convened yet when an entry named it for more than its body: that entry."""
    proxies: dict[str, Proxy] = {}
    motions: dict[str, Motion] = {}
    groups: dict[str, MotionGroup] = {}
    divisions: dict[str, Division] = {}
    decisions: dict[str, Decision] = {}
    open_items: dict[str, Item] = {}
    disposed_items: dict[str, Item] = {}
    reports: dict[str, Report] = {}
    duties: dict[str, Duty] = {}
    calendar: dict[str, CalendarEvent] = {}
    moves: list[Move] = []
    clashes: dict[str, Clash] = {}
    resignations: dict[str, Resignation] = {}
    dissents: dict[str, Dissent] = {}
    requests: dict[str, PublicationRequest] = {}
    publications: dict[str, Publication] = {}
    charges: dict[str, Charge] = {}
    communications: dict[str, Communication] = {}
    dispatches: dict[str, Dispatch] = {}
    minutes: dict[str, MinuteBook] = {}
    due: dict[str, datetime] = {}
    """When a thing, named as `division:d-1`, will have ended by itself; see `due`."""
    clock_jumps: int = 0
    last_jump: tuple[datetime, datetime] | None = None
    """The last jump of the clock that was noted: what it had shown, and what it showed then."""
    clock_corrections: int = 0
    tokens: dict[str, int] = {}
    """By token of an act since `tokens_since`: its first entry."""
    tokens_before: dict[str, int] = {}
    """The same of an hour and more before."""
    tokens_since: datetime = datetime.min.replace(tzinfo=UTC)
    erased: dict[int, tuple[str, ...]] = {}
    """By entry: the parts that were erased from it."""
    holds: dict[str, Hold] = {}
    keys: list[str] = []
    """Ids of the keys that signed the record, the one in use last; empty while the first was never changed."""

    def remember_token(self, token: str, at: datetime) -> None:
        """Keep the token of the act now being folded: for an hour at least, in two lots, so that none is looked for."""
        # If the clock was corrected, what is remembered is so for an hour of the right time.
        self.tokens_since = min(self.tokens_since, at)
        if at - self.tokens_since >= TOKENS_FOR:
            self.tokens_before = self.tokens
            self.tokens, self.tokens_since = {}, at
        self.tokens.setdefault(token, self.size)

    def seq_of_token(self, token: str) -> int | None:
        """The first entry of the act that had a token in the last hour or two; None if there is none."""
        if not token:
            return None
        first = self.tokens.get(token)
        return self.tokens_before.get(token) if first is None else first

    def copy(self) -> "State":
        """Another state that says the same. Cost: all of it."""
        return msgspec.msgpack.decode(msgspec.msgpack.encode(self), type=State)

    def house(self) -> Organisation:
        """The organisation; it is the first thing founded, so no later rule can miss it."""
        if self.organisation is None:
            raise Refused("unknown", what="organisation", id="here")
        return self.organisation

    def body(self, key: str) -> Body:
        """The body of that id, or Refused `unknown`."""
        return found(self.bodies, "body", key)

    def person(self, key: str) -> Person:
        """The person of that id, or Refused `unknown`."""
        return found(self.people, "person", key)

    def meeting(self, key: str) -> Meeting:
        """The meeting of that id, or Refused `unknown`."""
        return found(self.meetings, "meeting", key)

    def motion(self, key: str) -> Motion:
        """The motion of that id, or Refused `unknown`."""
        return found(self.motions, "motion", key)

    def division(self, key: str) -> Division:
        """The division of that id, or Refused `unknown`."""
        return found(self.divisions, "division", key)

    def decision(self, key: str) -> Decision:
        """The decision of that id, or Refused `unknown`."""
        return found(self.decisions, "decision", key)


REGISTERS = {
    "division": "divisions",
    "meeting": "meetings",
    "body": "bodies",
    "motion": "motions",
    "group": "groups",
    "decision": "decisions",
    "dissent": "dissents",
    "charge": "charges",
    "resignation": "resignations",
    "communication": "communications",
    "duty": "duties",
    "minutes": "minutes",
    "report": "reports",
    "dispatch": "dispatches",
    "proxy": "proxies",
    "hold": "holds",
    "item": "open_items",
    "event": "calendar",
    "clash": "clashes",
    "office": "offices",
    "request": "requests",
    "publication": "publications",
    "person": "people",
}
"""By thing: the register that has it by its id. A field of an act or event that is named for a thing holds such an id.

Where several are named, the one that comes first here says soonest whose business it is.
"""
NAMED_OTHERWISE = {
    "again": "division",
    "amendment": "motion",
    "clerk": "person",
    "detail": "duty",
    "member": "person",
}
"""By field that holds the id of a thing under another name: the thing."""


def register_of(state: State, thing: str) -> Mapping[str, Any]:
    """The register that has the things of that name, by their ids."""
    register: Mapping[str, Any] = getattr(state, REGISTERS[thing])
    return register


def fields_of(thing: str) -> tuple[str, ...]:
    """The fields of acts and events that hold the id of such a thing."""
    return (thing, *(field for field, other in NAMED_OTHERWISE.items() if other == thing))


def found(register: Mapping[str, T], what: str, key: str) -> T:
    """The record of that id in a register, or Refused `unknown`."""
    try:
        return register[key]
    except KeyError:
        raise Refused("unknown", what=what, id=key) from None


def new(register: Mapping[str, object], what: str, key: str) -> None:
    """Return if `key` is an id that is still free in a register, else raise Refused `id-unfit` or `exists`."""
    require_id(what, key)
    if key in register:
        raise Refused("exists", what=what, id=key)


def require_id(what: str, key: str) -> None:
    """Return if `key` is written as ids are, else raise Refused `id-unfit`: an entry could not name it."""
    try:
        check_ident(key)
    except Malformed:
        raise Refused("id-unfit", what=what, id=key) from None
