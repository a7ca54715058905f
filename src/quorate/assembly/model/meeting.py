"""Meetings: convocation, who is present, the agenda, the floor, reports."""

from datetime import date, datetime
from typing import Literal

import msgspec

from quorate.canon.moment import Day


class Heading(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A heading of the agenda as a notice gives it."""

    id: str
    title: str
    parent: str = ""
    minutes: int | None = None
    """Planned length."""


class Hosting(msgspec.Struct, omit_defaults=True):
    """Somebody charged with preparing a meeting, often before it is convened."""

    meeting: str
    body: str
    host: str
    accepted: bool = False


class Presence(msgspec.Struct, omit_defaults=True):
    """Somebody admitted to a meeting."""

    person: str
    capacity: Literal["member", "substitute", "guest"]
    seat: str = ""
    """For a substitute: whose seat."""
    alias: str = ""
    admitted_at: datetime | None = None
    left_at: datetime | None = None
    challenged: bool = False
    rejected: bool = False
    """Whether their credentials were rejected; they may return only as a guest."""


class Proxy(msgspec.Struct, omit_defaults=True):
    """An authority to vote for somebody."""

    id: str
    giver: str
    holder: str
    body: str
    meeting: str = ""
    """Empty: for every meeting of the body until revoked."""
    motions: tuple[str, ...] = ()
    """Limited to these motions; empty: all."""
    instruction: Literal["for", "against", "abstain", ""] = ""
    revoked: bool = False


class AgendaItem(msgspec.Struct, omit_defaults=True):
    """A heading of the agenda; they form a tree."""

    id: str
    title: str
    parent: str = ""
    status: Literal["planned", "open", "closed", "carried-over"] = "planned"
    minutes: int | None = None
    """Planned length."""


class Turn(msgspec.Struct, omit_defaults=True):
    """A request for the floor, from asking to yielding."""

    id: str
    person: str
    side: Literal["for", "against", "neutral", "question", "point-of-order"]
    motion: str = ""
    asked_at: datetime | None = None
    granted_at: datetime | None = None
    yielded_at: datetime | None = None
    until: datetime | None = None
    """When the speaker's time is up; None without a limit."""
    over_seconds: int = 0
    """How long the speaker went on beyond that."""
    time_called: bool = False
    recorded: bool = False
    """Whether the speech was recorded."""
    speech: str | None = None
    """What was said, if it was recorded and not erased."""


class PointOfOrder(msgspec.Struct, omit_defaults=True):
    """A point of order, its ruling and the appeal against it."""

    id: str
    person: str
    about: str = ""
    """The motion it is about, if it is about one."""
    text: str | None = None
    ruling: Literal["", "well-taken", "not-well-taken"] = ""
    ruled_by: str = ""
    appealed_by: str = ""
    sustained: bool | None = None


class Report(msgspec.Struct, omit_defaults=True):
    """A report or sounding: what a reporter says of a district or unit. Recorded, not yet analysed."""

    id: str
    reporter: str
    source: str
    """The district, unit or body it speaks of."""
    level: str
    """The organisation's own scale, such as `ready`, `doubtful`, `bad`."""
    condition: str = ""
    """On what it depends, such as `if the Soviet calls`."""
    dated: Day | None = None
    body: str = ""
    """The body to which it was given."""
    meeting: str = ""
    """The meeting at which it was given; empty: between meetings."""
    given_at: datetime | None = None
    counts: dict[str, int] = {}
    """Figures given with it, such as `denounce` 15 of `present` 18."""
    text: str | None = None
    noted: bool = False


class Meeting(msgspec.Struct, omit_defaults=True):
    """A meeting of a body."""

    id: str
    body: str
    title: str
    convened_by: str
    noticed_on: date
    starts_at: datetime
    day: Day
    capacity: int | None = None
    """How many the room holds."""
    overfilled_by: int = 0
    """By how many it was overfilled when it was fullest."""
    in_confidence: bool = False
    cover: str = ""
    """What entries have in the place of its id where everybody reads it, if it is in confidence."""
    short_notice_by: int = 0
    """Days by which its notice was too short; 0 when long enough."""
    notice_waived: bool = False
    host: str = ""
    invited: list[str] = []
    """Guests who may be admitted though it is in confidence."""
    venue: str | None = None
    """None when erased, not disclosed or not given."""
    status: Literal["convened", "sitting", "recess", "adjourned", "called-off"] = "convened"
    chair: str = ""
    called_at: datetime | None = None
    adjourned_at: datetime | None = None
    had_quorum: bool = False
    presences: dict[str, Presence] = {}
    """By person; somebody who left and came back is one presence."""
    there: int = 0
    """How many are present now."""
    filled: dict[str, str] = {}
    """By member whose seat a substitute fills now: that substitute."""
    aliases: dict[str, str] = {}
    """By alias: who is there under it now."""
    agenda: dict[str, AgendaItem] = {}
    """In the order of the agenda."""
    turns: dict[str, Turn] = {}
    speaking: str = ""
    """The turn that has the floor."""
    points: dict[str, PointOfOrder] = {}
    reports: list[str] = []
    """Ids of the reports given at it."""
    kept_from_consent: list[str] = []
    """Motions that a member asked not to be taken by consent."""
    pending: list[str] = []
    """Motions before the meeting, the immediately pending one last."""
    debate_closed: list[str] = []
    """Motions on which the previous question was ordered."""
    left_open: tuple[str, ...] = ()
    """The items of the body that were open when it adjourned."""
    minutes: str = ""
    """The id of its minutes."""
