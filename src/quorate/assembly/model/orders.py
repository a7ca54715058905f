"""Standing orders as data: each rule with the number of its clause and its words, so that a refusal can cite it."""

from typing import Annotated, Literal

import msgspec

from quorate.counting.rule import Rule

Days = Annotated[int, msgspec.Meta(ge=0, le=36_525)]
"""At most a hundred years."""
Who = str
"""Who may do a thing: `member` (a seated member), `clerk`, `anyone`, a role (`chair`), or `members:N` (N together)."""


class Order(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One rule of the standing orders."""

    clause: str
    """Its number, such as `4.1`."""
    words: str
    """Its words, as the members adopted them."""


class Convening(Order, frozen=True):
    """Who may convene the body."""

    by: tuple[Who, ...]


class Notice(Order, frozen=True):
    """How long before a meeting its notice must go out, and what happens when it is shorter."""

    days: Days
    """Clear days: neither the day of the notice nor that of the meeting counts."""
    short: Literal["refused", "flagged", "urgent"] = "refused"
    """`flagged`: convened, and shown as short until waived; `urgent`: allowed at `urgent_days` when called urgent."""
    urgent_days: Days = 0


class Quorum(Order, frozen=True):
    """How many must be present, as a number or a fraction (rounded up) of seats or of seated members."""

    number: int = 0
    numerator: int = 0
    denominator: int = 1
    of: Literal["seats", "members"] = "members"
    more_than: bool = False
    """More than the fraction, not at least."""
    held: Literal["continuous", "at-vote"] = "continuous"
    proxies_count: bool = False
    """Whether members represented by proxy count as present."""


class Attendance(Order, frozen=True):
    """Who besides the members may attend, speak and move."""

    guests: bool = True
    guests_speak: bool = False
    guests_move: bool = False
    aliases: bool = False
    """Whether somebody may be admitted under an alias."""


class Speaking(Order, frozen=True):
    """How long and how often one may speak to a question; None means no limit."""

    seconds: int | None = None
    turns: int | None = None


class Seconding(Order, frozen=True):
    """Which kinds of motion need a seconder; `kinds` None leaves it to the table of precedence."""

    kinds: tuple[str, ...] | None = None


class Voting(Order, frozen=True):
    """How divisions are taken."""

    method: Literal["roll-call", "counted", "electronic", "secret"] = "roll-call"
    change_until_close: bool = False
    competing: Literal["as-moved", "furthest-first", "reverse"] = "as-moved"
    """The order of voting on competing motions."""
    all_competing: bool = False
    """Whether every competing motion is put even when an earlier one was adopted."""
    tellers: int = 2


class Majorities(Order, frozen=True):
    """The majority by kind of motion, each with its named base."""

    usual: Rule
    by_kind: dict[str, Rule] = {}


class Proxies(Order, frozen=True):
    """Whether members may vote by proxy, how many one may hold, and for what kinds of business."""

    allowed: bool = False
    per_holder: int = 1
    holders: Literal["members", "anyone"] = "members"


class Substitutes(Order, frozen=True):
    """Whether a seat may be filled by its substitute for a meeting."""

    allowed: bool = False


class CastingVote(Order, frozen=True):
    """The chair's casting vote when a division is tied."""

    kind: Literal["none", "free", "status-quo"] = "none"


class Confidentiality(Order, frozen=True):
    """Who sees what the body does."""

    acts: Literal["public", "members", "body"] = "members"
    texts: Literal["public", "members", "body"] = "members"
    decisions_confidential: bool = False
    """Whether publishing what it decided raises the question of a breach."""


class Resignations(Order, frozen=True):
    """Whether a resignation takes effect at once or needs acceptance by the body."""

    effective: Literal["at-once", "on-acceptance"] = "at-once"


class Dissents(Order, frozen=True):
    """Whether dissent may be recorded, within how many days, and where it is printed."""

    allowed: bool = True
    days: Days | None = None
    organ: str = ""


class Discipline(Order, frozen=True):
    """What must precede a measure against a member."""

    notice_days: Days = 0
    hearing: bool = True
    recusal: bool = True
    appeal_to: str = ""
    """The body to which the accused may appeal."""
    appeal_days: Days | None = None


class MinuteTaking(Order, frozen=True):
    """Who drafts and signs the minutes; the next meeting of the body approves them."""

    drafted_by: Who = "secretary"
    signed_by: tuple[Who, ...] = ("chair",)
    due_days: Days | None = None


class Terms(Order, frozen=True):
    """How long a seat or office is held when its filling names no end; None means until vacated."""

    months: Annotated[int, msgspec.Meta(ge=0, le=1200)] | None = None


class Circular(Order, frozen=True):
    """Deciding without a meeting."""

    allowed: bool = False
    days: Days = 7
    demand_meeting: int = 1
    """How many members may demand a meeting instead."""
    ends_early: bool = False
    """Whether it may be closed before its period ends, once all have voted."""


class Rank(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A row of the table of precedence (RONR, 12th ed., tinted pages)."""

    rank: int | None
    """Higher outranks lower; None for an incidental or bring-back motion, which has no rank."""
    second: bool = True
    debate: bool = True
    amend: bool = True
    interrupt: bool = False
    decided: Literal["vote", "chair", "demand"] = "vote"
    notice: bool = False
    """Whether it may only be moved when previous notice of it was given."""


class Precedence(Order, frozen=True):
    """Which motions are in order while others are pending."""

    ranks: dict[str, Rank]


class StandingOrders(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """The standing orders of a body, whole: the record needs no preset to be read."""

    preset: str = ""
    """The preset they started from, if any."""
    convening: Convening
    notice: Notice
    quorum: Quorum
    attendance: Attendance
    speaking: Speaking
    seconding: Seconding
    voting: Voting
    majorities: Majorities
    proxies: Proxies
    substitutes: Substitutes
    casting_vote: CastingVote
    confidentiality: Confidentiality
    resignations: Resignations
    dissents: Dissents
    discipline: Discipline
    minutes: MinuteTaking
    terms: Terms
    circular: Circular
    precedence: Precedence
