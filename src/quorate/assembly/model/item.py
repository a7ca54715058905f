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

NextStep = Literal[
    "second",
    "put-question",
    "put-again",
    "vote-in-writing",
    "meet-on-it",
    "await-day",
    "report-back",
    "take-from-table",
    "follow-motion",
    "decide-motion",
    "decide-by-motion",
    "accept-or-decline",
    "uphold-or-quash",
    "vote-on-ruling",
    "answer-breach",
    "notify-accused",
    "hear-accused",
    "decide-measure",
    "answer-demand",
    "deliver",
    "acknowledge",
    "send-again",
    "print-dissent",
    "grant-or-refuse",
    "print-request",
    "answer-clash",
    "confirm",
    "do-duty",
    "fix-detail",
    "explain-difference",
    "lift-hold",
    "draft-minutes",
    "approve-minutes",
    "sign-minutes",
    "waive-or-ratify",
    "rule-on-credentials",
    "accept-hosting",
    "prepare-meeting",
    "give-report",
    "reinstate",
]
"""What has to be done next about an item, by whoever owns it."""


class Disposal(msgspec.Struct, frozen=True, omit_defaults=True):
    """How an item left open business, by which act."""

    how: str
    """In one word or two: `accepted`, `declined`, `adopted`, `fixed`, `called-off` ..."""
    on: date
    seq: int
    """The entry of the disposing event."""
    because: str = ""
    """The motion with which it fell, where that is how."""


class Item(msgspec.Struct, omit_defaults=True):
    """Something opened that needs an act to be closed."""

    id: str
    """`kind:subject`, such as `resignation:r-1`; the subject is the id of the thing itself."""
    kind: ItemKind
    subject: str
    body: str
    """The body before which it is, or to which it falls back when its owner departs."""
    owner: str
    """A reference: `body:cc`, `office:cc.chair`, `person:p-...`."""
    opened_on: date
    opened_seq: int
    next: NextStep
    facts: dict[str, str] = {}
    """What the next step needs to be told beside its subject, by name: the `motion` that the body decides."""
    left_by: str = ""
    """The person who owned it until they departed, and whose the next step was."""
    due: Point | None = None
    disposal: Disposal | None = None
