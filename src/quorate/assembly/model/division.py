"""The records of divisions: who is entitled, how each voted, the count, the box of a secret ballot, the result."""

from datetime import date, datetime
from typing import Literal

import msgspec

from quorate.counting.outcome import Outcome
from quorate.counting.rule import Rule

Choice = Literal["for", "against", "abstain"]


Method = Literal["roll-call", "counted", "electronic", "circular", "secret"]


class Entitled(msgspec.Struct, frozen=True, omit_defaults=True, array_like=True, gc=False):
    """One line of an electoral register: who is entitled, with what weight, and why."""

    person: str
    weight: int = 1
    by: str = ""
    """Who may cast it instead: the proxy holder or substitute; empty when only the person may."""
    why: Literal["in-person", "proxy", "substitute", "absent", "circular"] = "in-person"
    instruction: Literal["for", "against", "abstain", ""] = ""
    """How the giver of a proxy told its holder to vote."""


BarredReason = Literal[
    "guest", "unseated", "suspended", "recused", "no-vote", "seat-taken", "no-seat-to-fill"
]
"""Why somebody present has no vote: a guest; no seat in the body on that day; not in good standing; recused from the charge
that it is about; a seat without a vote; a substitute whose seat's member is there, or whose seat has no vote."""


class Barred(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody present who is not on the register, and why."""

    person: str
    why: BarredReason


class Count(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Figures of a counted division, as a teller entered them."""

    votes_for: int
    votes_against: int
    abstentions: int = 0
    not_voted: int = 0
    spoiled: int = 0


class Vote(msgspec.Struct, frozen=True, omit_defaults=True, array_like=True, gc=False):
    """One cast vote: the choice, who cast it, how it came in."""

    choice: Choice
    by: str = ""
    """Who cast it, when not the entitled person."""
    provenance: Literal["electronic", "desk", "paper"] = "electronic"


class Setup(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The election of a secret division on the Belenios protocol, by what nobody can exchange without being seen."""

    uuid: str
    fingerprint: str
    """The hash of the election: 43 characters of Base64, as the voters' booths show it."""
    trustees: str
    """The hash of the list of trustees: SHA-256 in hexadecimal, as in the archive."""
    credentials: str
    """The hash of the list of public credentials, likewise."""
    issued: int
    """How many credentials there are."""
    weight: int
    """What they weigh together."""


class Box(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a ballot box held when it was closed. Nothing of when, and nothing of who."""

    counted: int
    """Credentials with a ballot: of each the last counts."""
    superseded: int
    """Ballots that are not the last of their credential."""
    contents: str
    """The hash over all of them: SHA-256 in hexadecimal."""


class Sums(msgspec.Struct, omit_defaults=True, array_like=True):
    """How many lines of a register, and what they weigh together."""

    heads: int = 0
    weight: int = 0


class Division(msgspec.Struct, omit_defaults=True):
    """A vote of a body on one question, from its opening to its declared result."""

    id: str
    motion: str
    body: str
    meeting: str
    method: Method
    rule: Rule
    opened_on: date
    opened_seq: int
    register: dict[str, Entitled] = {}
    """By entitled person; frozen when the division is opened."""
    entitled: Sums = msgspec.field(default_factory=Sums)
    """All lines of the register."""
    able: Sums = msgspec.field(default_factory=Sums)
    """Those lines whose vote somebody there can cast."""
    barred: dict[str, BarredReason] = {}
    """By person: who was present when the register was frozen and is not on it, and why."""
    present: int = 0
    """Heads present (or represented, if the orders count them) when it was opened."""
    seats: int = 0
    quorum_needed: int = 0
    votes: dict[str, Vote] = {}
    """By entitled person."""
    cast: dict[Choice, Sums] = {}
    """By choice: the votes cast so far; `figures.put_vote` keeps it."""
    counts: dict[str, Count] = {}
    """By teller."""
    tellers: tuple[str, ...] = ()
    """Who counts, in a counted division."""
    status: Literal["open", "closed", "declared", "voided"] = "open"
    closes_at: datetime | None = None
    """For a circular vote: the end of its period."""
    objections: dict[str, int] = {}
    """By entitled person: the entry with the objection."""
    stood_aside: dict[str, int] = {}
    """By entitled person: the entry in which they stood aside."""
    casting_vote: Literal["for", "against", ""] = ""
    lot: Literal["for", "against", ""] = ""
    outcome: Outcome | None = None
    unaccounted: int = 0
    """Entitled heads that no figure accounts for; negative when more were counted than entitled."""
    explained: bool = False
    recount_of: str = ""
    recounted_by: str = ""
    """The division that took this one's place before its result was declared."""
    demanded_by: tuple[str, ...] = ()
    """For a circular vote: who demands a meeting instead."""
    setup: Setup | None = None
    """For a secret division whose ballot was prepared: the election in which its ballots are cast."""
    box: Box | None = None
    """The same, once closed: what its box held."""
    archive: str = ""
    """For a secret division: the digest of the archive of its ballots."""
    archive_seq: int = 0
    """The entry that says so."""
