"""Refused: a rule of the house says no, as a code with facts. What it says in words is for `reading`.

Every code is declared beside the rule that raises it, with the names of its facts; each name means one thing (`FACTS`), so
that whoever reads a refusal can call people by name and write days in their own calendar. A fact is never prose.
"""

from collections.abc import Mapping
from typing import Any, Literal

from quorate.assembly.model.orders import Order
from quorate.canon.fault import Fault

FactKind = Literal[
    "person",
    "reference",
    "office",
    "time",
    "number",
    "code",
    "thing",
    "items",
    "value",
    "effects",
    "outcome",
    "fault",
]
"""What a fact is, which says how it is read:

person     the id of somebody, or of several
reference  a body, by its id, or a body, office or person as `body:…`, `office:…`, `person:…`; or several
office     an office, by its id
time       a date, a day as written, or an instant
number     how many, or the number of an entry or a clause
code       one of the words that the rules know, such as a status, a kind or a role; or several
thing      the id of anything else, or several: motions, meetings, clauses as `decision/n`, entries, keys
items      ids of items of open business, such as `motion:m-1`
value      what somebody wrote, as they wrote it
effects    what a move does (`model.calendar.Effect`)
outcome    what a division comes to (`counting.outcome.Outcome`)
fault      what a parser expected of something that was written for it (`canon.fault.Malformed`)

A fact may be None or empty where there is none: a chair that nobody holds.
"""
_NAMES: dict[FactKind, str] = {
    "person": """person accused appellant chair giver holder host mover objectors other others seat voter
        demanded_by""",
    "reference": "body owner source organ to",
    "office": "office",
    "time": """on day today founded_on until since start end at last_at starts_at closes_at before
        after""",
    "number": """n count counted entitled had needed held limit named not_voted present seats seq
        short_by superseded times clear days weight given issued voters ballots first last demands number most minimum""",
    "code": """what kind pending_kind status statuses method instruction why decided needs signed_by
        part parts wanted stage asked_of field has""",
    "thing": """id charge communication decision demand detail dispatch division again duty event
        group hold item meeting minuted minutes motion next open pending point printed asked proxy
        publication report request rescinded_by resignation root target turn clause_ref ground key
        used rule""",
    "items": "items",
    "value": "how ref figure figures organisation name trustee trustees tally_head announced",
    "effects": "troubles",
    "outcome": "outcome",
    "fault": "fault",
}
FACTS: dict[str, FactKind] = {
    name: kind for kind, names in _NAMES.items() for name in names.split()
}
"""By name of a fact: what it is; one name means one thing."""
CODES: dict[str, tuple[str, ...]] = {}
"""By code of a refusal: the names of its facts; each subject adds its own with `refusals`."""


class Refused(Fault):
    """An act against the rules: its code, the facts, and the standing order that it rests on."""

    def __init__(self, code: str, *, clause: Order | None = None, **facts: Any) -> None:
        assert facts.keys() == set(CODES[code]), (code, sorted(facts))
        self.code = code
        self.facts: Mapping[str, Any] = facts
        self.clause = clause
        self.act = ""
        """The written name of the act that was refused; empty while nobody has said."""
        self.where = ""
        """The place in a script where it was asked, if it was in one."""
        self.words = ""
        """What it says, where somebody who reads the state has put it into words."""
        super().__init__(code)

    def __str__(self) -> str:
        """The words if they are known; else code and facts, for whoever looks for the cause."""
        facts = ",".join(f"{name}={value}" for name, value in self.facts.items())
        return self.words or f"{self.code}({facts})"


def refusals(**codes: str) -> None:
    """Declare the codes of a subject, each with the names of its facts.

    A code is written with hyphens, so `not_in_order` declares `not-in-order`.
    """
    for name, facts in codes.items():
        code = name.replace("_", "-")
        assert code not in CODES, f"{code} is declared twice"
        CODES[code] = tuple(facts.split())
        assert FACTS.keys() >= set(CODES[code]), code


refusals(
    unknown="what id",
    exists="what id",
    id_unfit="what id",
    not_entitled="person needs",
    words_missing="field",
    not_a_member="person body",
    no_standing_orders="body",
    not_open="what id status statuses",
)
refusals(
    no_quorum="present needed",
    point_unclear="",
    event_undated="event",
)
