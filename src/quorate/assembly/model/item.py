"""Items: one life for everything that is opened, from its opening to the act that disposes of it."""

from datetime import date
from typing import Literal

import msgspec

from quorate.assembly.model.calendar import Point

ItemKind = Literal[
    "motion",
    "detail",
    "duty",
    "resignation",
    "request",
    "dissent",
    "charge",
    "appeal",
    "demand",
    "dispatch",
    "clash",
    "difference",
    "report",
    "minutes",
    "convocation",
    "confirmation",
    "breach",
    "challenge",
    "short-notice",
    "suspension",
    "hold",
]


class Disposal(msgspec.Struct, frozen=True, omit_defaults=True):
    """How an item left open business, by which act."""

    how: str
    """In one word or two: `accepted`, `declined`, `adopted`, `fixed`, `explained` ..."""
    on: date
    seq: int
    """The entry of the disposing event."""


class Item(msgspec.Struct, omit_defaults=True):
    """Something opened that needs an act to be closed."""

    id: str
    """`kind:subject`, such as `resignation:r-1`; the subject is the id of the thing itself."""
    kind: ItemKind
    subject: str
    title: str
    """What it is, in words without personal data. What is named in it stands in braces, to be called by name where it is
    shown: a person or a body by id, other things by kind and id, such as `{decision:no-rising}`."""
    body: str
    """The body before which it is, or to which it falls back when its owner departs."""
    owner: str
    """A reference: `body:cc`, `office:cc.chair`, `person:p-...`."""
    opened_on: date
    opened_seq: int
    next: str
    """The next step, as an imperative in words: `the body accepts or declines it`."""
    due: Point | None = None
    disposal: Disposal | None = None
