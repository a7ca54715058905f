"""Motions and the clauses they are made of."""

from datetime import date
from typing import Literal

import msgspec

from quorate.assembly.model.calendar import Point, Window

Modality = Literal["must", "may", "must-not", "only", "defer", "assumes"]


class Clause(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One provision of a motion or decision (`must`, `may`, `must-not`, `only`, `defer`, `assumes`)."""

    n: int
    """Its number in the motion, from 1."""
    modality: Modality
    bearer: str = ""
    """Whom it binds: a reference such as `body:cc`, `office:...`, `person:...`; empty: nobody named."""
    action: str = ""
    """Verb and object from the organisation's own list, such as `organise/rising`."""
    mode: Literal["once", "throughout"] = "once"
    window: Window | None = None
    conditions: tuple[str, ...] = ()
    owner: str = ""
    """Who answers for it; for `defer`, to whom the detail is left."""
    due: Point | None = None
    """For `defer` and `must`: when it is to be fixed or done."""
    open_slots: tuple[str, ...] = ()
    """Details left open, such as `date`, `form`."""
    amount: int | None = None
    """A sum in the smallest unit of the currency, for a budget's clause."""
    supersedes: tuple[str, ...] = ()
    """Clauses of decisions in force that this one replaces, as `decision/n`."""
    exception_to: tuple[str, ...] = ()
    and_all_subordinate: bool = False


MotionStatus = Literal[
    "moved",
    "pending",
    "out-of-order",
    "withdrawn",
    "put",
    "adopted",
    "rejected",
    "no-decision",
    "postponed",
    "referred",
    "tabled",
    "lapsed",
    "accepted",
]


class Motion(msgspec.Struct, omit_defaults=True):
    """A proposal that a body do something."""

    id: str
    kind: str
    """`main`, `amend`, `ratify`, `refer`, `postpone`, `rescind`, `previous-question`, `discipline`, ... (the table of
    precedence of the standing orders names those it knows)."""
    mover: str
    body: str
    meeting: str
    """Empty for a motion decided by circular vote."""
    moved_on: date
    moved_seq: int
    title: str = ""
    on_item: str = ""
    """The agenda item under which it was moved."""
    target: str = ""
    """What it is about: for a subsidiary motion the motion it applies to; for ratify and rescind the decision; for
    discipline the charge; for accept-resignation the resignation."""
    clauses: tuple[Clause, ...] = ()
    text: str | None = None
    seconder: str = ""
    status: MotionStatus = "moved"
    group: str = ""
    """The group of competing motions that it belongs to."""
    until: Point | None = None
    """For postpone: the time to which."""
    to: str = ""
    """For refer: to whom, a reference."""
    division: str = ""
    """Its last division."""
    decision: str = ""
    amended_by: tuple[str, ...] = ()
    notice_given: bool = False
    """Whether previous notice of it was given, on which its majority may depend."""
    drops: tuple[int, ...] = ()
    """For amend: the clauses of its target that it strikes out."""
    ruled_on: str = ""
    """When it was ruled out of order: the decision that the ruling rests on, or the standing order as `order:4.1`."""


class MotionGroup(msgspec.Struct, omit_defaults=True):
    """Competing motions on one question, in the order in which they are put."""

    id: str
    body: str
    meeting: str
    motions: tuple[str, ...] = ()
    """In the order in which they were moved."""
    order: tuple[str, ...] = ()
    """The order of voting; empty while the standing orders leave it to the chair and the chair has not said."""
    begun: bool = False
    """Whether one of them has been put; none can join them any more."""
