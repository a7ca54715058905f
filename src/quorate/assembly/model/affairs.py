"""What passes between people and bodies beside motions: resignations, dissent, charges, letters, dispatches."""

from datetime import date, datetime
from typing import Literal

import msgspec

from quorate.assembly.model.calendar import Point
from quorate.canon.moment import Day


class Resignation(msgspec.Struct, omit_defaults=True):
    """A resignation from a seat or an office."""

    id: str
    person: str
    body: str
    office: str = ""
    """Empty: from the seat."""
    to: str = ""
    """The body to which it was tendered, which accepts or declines it."""
    tendered_on: date = date.min
    objectors: tuple[str, ...] = ()
    status: Literal["tendered", "accepted", "declined", "withdrawn", "effective"] = "tendered"
    reason: str | None = None


class Dissent(msgspec.Struct, omit_defaults=True):
    """Dissent from a decision, on the record, with its signatories."""

    id: str
    decision: str
    signatories: tuple[str, ...]
    recorded_on: date
    text: str | None = None
    organ: str = ""
    """Where it is to be printed by the standing orders; empty when they name nowhere."""
    published: bool = False


class PublicationRequest(msgspec.Struct, omit_defaults=True):
    """A request that an organ publish something."""

    id: str
    by: tuple[str, ...]
    organ: str
    """The body that edits the organ."""
    dissent: str = ""
    status: Literal["open", "granted", "refused", "published"] = "open"
    text: str | None = None


class Annotation(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the body that prints a publication says of it."""

    body: str
    by: str
    on: date
    text: str | None = None


class Publication(msgspec.Struct, omit_defaults=True):
    """Something that appeared somewhere."""

    id: str
    where: str
    by: tuple[str, ...]
    on: Day
    organ: str = ""
    """The body that edits it, if it is ours."""
    request: str = ""
    decisions: tuple[str, ...] = ()
    """Decisions that it touches."""
    dissent: str = ""
    """The dissent that it prints, if it does."""
    annotations: tuple[Annotation, ...] = ()
    breaches: dict[str, str] = {}
    """By confidential decision that it touches: how the question of a breach was answered, empty while open."""
    text: str | None = None


Measure = Literal["censure", "suspend", "remove", "expel", "none"]


class Proposal(msgspec.Struct, frozen=True, omit_defaults=True):
    """The measure that a motion proposes on a charge."""

    measure: Measure
    until: Day | None = None
    """For a suspension: its end, if it has one."""
    office: str = ""
    """For a removal: from this office; empty: from the seat in the body."""


class Charge(msgspec.Struct, omit_defaults=True):
    """A charge against a member, and what was done about it."""

    id: str
    accused: str
    by: tuple[str, ...]
    body: str
    brought_on: date
    notified_on: date | None = None
    heard_on: date | None = None
    heard_how: str = ""
    recused: tuple[str, ...] = ()
    motions: dict[str, Proposal] = {}
    """By motion: the measure that it proposes."""
    measure: Measure | Literal["", "not-accepted", "withdrawn"] = ""
    """What became of it; empty while it is open."""
    measure_on: date | None = None
    decision: str = ""
    """The decision by which the measure was taken."""
    appealed_to: str = ""
    appeal: Literal["", "open", "upheld", "quashed"] = ""
    """Upheld and quashed are said of the measure."""
    publication: str = ""
    grounds: tuple[str, ...] = ()
    """Each a few words without personal data, such as `breach of confidence`."""
    text: str | None = None


class Communication(msgspec.Struct, omit_defaults=True):
    """A letter to a body, and the demands in it."""

    id: str
    sender: str
    to: str
    received_on: date
    demands: tuple[str, ...] = ()
    """Each a few words without personal data, such as `expel two members`."""
    motions: dict[int, str] = {}
    """By the number of the demand: the motion that it became."""
    answered: dict[int, str] = {}
    """By the number of the demand: how it was answered."""
    text: str | None = None


class Dispatch(msgspec.Struct, omit_defaults=True):
    """A message sent to somebody by somebody, to be acknowledged."""

    id: str
    to: str
    messenger: str
    sent_at: datetime
    by: str
    body: str = ""
    status: Literal["sent", "delivered", "acknowledged", "undelivered", "abandoned"] = "sent"
    sendings: int = 1
    """How many times it was sent."""
    due: Point | None = None
    text: str | None = None
