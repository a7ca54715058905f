"""Days that hang on events: an anchor is an event plus an offset, and either moves with the event or stays."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from quorate.canon.moment import Day

Tie = Literal["moves", "fixed"]


class Point(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A day, either plain (`on`, `written`) or anchored: a calendar event plus a number of days (negative: before)."""

    on: date | None = None
    written: str = ""
    event: str = ""
    days: Annotated[int, msgspec.Meta(ge=-36_525, le=36_525)] = 0
    """At most a hundred years."""
    tie: Tie = "moves"
    """`moves`: follows the event when it moves; `fixed`: keeps the day it had when it was anchored."""
    held: date | None = None
    """The day a `fixed` anchor had when it was made; set by the rule that records it, refused in an act."""


class Window(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """From a point to a point, both inclusive; an open end is None."""

    start: Point | None = None
    end: Point | None = None


class CalendarEvent(msgspec.Struct, omit_defaults=True):
    """Something with a day: a meeting, a congress, another body's procession, a deadline with a name."""

    id: str
    title: str
    day: Day | None = None
    """None while the day is not known."""
    anchor: Point | None = None
    """For an event whose day hangs on another event's: that event and the offset."""
    at: datetime | None = None
    bodies: tuple[str, ...] = ()
    """Whose event it is."""
    people: tuple[str, ...] = ()
    """Who is needed at it."""
    place: str = ""
    city: str = ""
    own: bool = True
    opposed: tuple[str, ...] = ()
    """Bodies to whose events this one stands opposed."""
    notice_days: int = 0
    """Clear days of notice that it needs before its day."""
    meeting: str = ""
    """The meeting that it is, if it is one."""
    cancelled: bool = False
    moves: int = 0
    """How many times it was moved."""


EffectReason = Literal[
    "ends-before-it-begins", "short-notice", "notice-given", "assumed", "cancelled"
]
"""Why an effect is trouble, where the effect alone does not say: the window would end before it begins; too few clear days
of notice are left; the notice that was given named the old day; a clause assumes the old day; the event is cancelled."""
ClashReason = Literal[
    "same-place", "same-city", "opposed-bodies", "same-people", "same-body", "within-notice"
]
"""Why two events disturb each other; the last, that the one falls into the notice of the other."""


class Effect(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What moving an event does to one thing that hangs on it."""

    what: str
    """The thing: `item:detail:...`, `clause:decision/n`, `meeting:...`, `event:...`."""
    effect: Literal[
        "follows", "fixed", "squeezed", "broken", "overdue", "needs-confirming", "gains", "loses"
    ]
    before: date | None = None
    after: date | None = None
    days: int = 0
    """How many days it moves, gains (positive) or loses (negative)."""
    why: EffectReason | None = None
    event: str = ""
    """The event that is assumed or cancelled."""
    clear: int | None = None
    """The clear days of notice that are left, where they are too few."""


class Move(msgspec.Struct, frozen=True, omit_defaults=True):
    """A move of a calendar event that was made, with its effects, for those who look back."""

    event: str
    before: Day | None
    after: Day
    on: date
    effects: tuple[Effect, ...]
    seq: int


class Clash(msgspec.Struct, omit_defaults=True):
    """Two calendar events that disturb each other."""

    id: str
    first: str
    second: str
    on: date
    severity: Literal["low", "medium", "high"]
    why: tuple[ClashReason, ...]
    beside: tuple[str, ...] = ()
    """What is commemorated there on the same day, by event."""
    answered: str = ""
    """How it was answered; empty while it is not."""
    lapsed: bool = False
    """Whether one of the two has moved away or was cancelled."""
