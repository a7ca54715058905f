"""What was decided, and the duties that it lays on somebody."""

from datetime import date

import msgspec

from quorate.assembly.model.calendar import Point
from quorate.assembly.model.motion import Clause
from quorate.canon.moment import Day


class Decision(msgspec.Struct, omit_defaults=True):
    """What a body has decided; in force until rescinded or superseded."""

    id: str
    motion: str
    division: str
    body: str
    meeting: str
    on: date
    seq: int
    title: str
    clauses: tuple[Clause, ...]
    kind: str = "main"
    confidential: bool = False
    ratifies: str = ""
    rescinds: str = ""
    rescinded_by: str = ""
    superseded: dict[int, str] = {}
    """By clause number: the `decision/n` that replaced it."""
    fixed: dict[str, Day | str] = {}
    """Details since fixed, by `n/slot`."""


class Duty(msgspec.Struct, omit_defaults=True):
    """Something a body, office or person is charged with; or a detail left to be fixed (`slot` set)."""

    id: str
    bearer: str
    """A reference."""
    what: str
    body: str
    decision: str = ""
    clause: int = 0
    slot: str = ""
    due: Point | None = None
    accepted: bool = False
    value: str = ""
    """For a detail: how it was fixed."""
    reports: int = 0
    """How many times progress was reported."""
