"""What other subjects wait for: that a motion was decided, and that a decision was taken.

However a motion comes to its end (a division, a casting vote, consent), `MotionDecided` follows; if it was adopted and
binds anybody, `DecisionTaken` follows that. Subjects hang their consequences on these two and need not know how votes
are counted. A decision has the id of the motion that was adopted; its clauses are cited as `motion/n`.
"""

from typing import Literal

from quorate.assembly.act import Event


class MotionDecided(Event, frozen=True):
    """A motion was decided: adopted, rejected, or left without a decision (which is not a rejection)."""

    motion: str
    result: Literal["adopted", "rejected", "no-decision"]
    division: str = ""
    """Empty when it was taken by consent."""


class DecisionTaken(Event, frozen=True):
    """A decision is in force; it has the id of its motion."""

    decision: str
