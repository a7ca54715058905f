"""The numbered checks of the auditor. Reports, errors and documents call them by these numbers and names."""

from enum import Enum
from functools import cache


class Check(Enum):
    """A check; its value is its number and its name, and `MEANING` says what passing means."""

    CHECKPOINT = "1 checkpoint"
    TREE = "2 tree"
    CONSISTENCY = "3 consistency"
    RECEIPTS = "4 receipts"
    BYTES = "5 bytes"
    PARTS = "6 parts"
    ORDER = "7 order"
    ACTS = "8 acts"
    REGISTERS = "9 registers"
    RESULTS = "10 results"
    MOVES = "11 moves"
    FOLLOWING = "12 following"
    DISPOSITIONS = "13 dispositions"
    BALLOTS = "14 ballots"


MEANING: dict[Check, str] = {
    Check.CHECKPOINT: "the checkpoint is signed by the key that you gave, and is of that record",
    Check.TREE: "the entries hash to the checkpoint's root, and the tiles are those of its tree",
    Check.CONSISTENCY: "every earlier checkpoint is the beginning of this record",
    Check.RECEIPTS: "every receipt is of an entry of this record, in its place",
    Check.BYTES: "every entry and every part is written canonically",
    Check.PARTS: "every disclosed part is the one its entry committed to, for the audience that the rules give it; none is withheld that its reader may see",
    Check.ORDER: "entries are numbered without a gap, no instant lies before the last, and each is of its meeting",
    Check.ACTS: "every act was in order when it was made, by the rules then in force",
    Check.REGISTERS: "every electoral register follows from who was seated, present and represented",
    Check.RESULTS: "every result follows from its votes, and every vote belongs to its register",
    Check.MOVES: "every moved date has the effects that the record states, and no others",
    Check.FOLLOWING: "what follows by itself was recorded, and nothing else was",
    Check.DISPOSITIONS: "nothing left open business without an act, and nothing twice",
    Check.BALLOTS: "every secret ballot is of the election that was bound, and its archive is there and holds to the last proof",
}
assert MEANING.keys() == set(Check)

KIND_CHECKS = {
    "division": Check.REGISTERS,
    "recount": Check.REGISTERS,
    "circular-vote.opened": Check.REGISTERS,
    "circular-vote.ended": Check.RESULTS,
    "division.closed": Check.RESULTS,
    "division.unreconciled": Check.RESULTS,
    "division.voided": Check.RESULTS,
    "vote": Check.RESULTS,
    "roll-call": Check.RESULTS,
    "count": Check.RESULTS,
    "objection": Check.RESULTS,
    "stand-aside": Check.RESULTS,
    "casting-vote": Check.RESULTS,
    "lot": Check.RESULTS,
    "result": Check.RESULTS,
    "secret-result": Check.RESULTS,
    "ballot": Check.BALLOTS,
    "motion.decided": Check.RESULTS,
    "event.moved": Check.MOVES,
    "meeting.moved": Check.MOVES,
}
"""The check that an entry fails when it does not say what the rules make of it; by kind, else by subject."""

RESULT_REFUSALS = frozenset(
    {
        "already-voted",
        "counts-missing",
        "figures-unclear",
        "instructed",
        "no-tie-to-break",
        "not-a-teller",
        "not-entitled-to-vote",
        "not-voted-yet",
        "register-frozen",
        "represented",
        "rule-unmet",
        "tellers-differ",
        "tie-unbroken",
    }
)
"""Refusals of what does not belong to a register, belongs to it twice, or does not follow from it."""
BALLOT_REFUSALS = frozenset(
    {
        "ballot-not-prepared",
        "ballot-prepared",
        "ballots-unaccounted",
        "box-unclear",
        "credentials-differ",
        "setup-unclear",
    }
)
"""Refusals of secret ballots that do not reconcile, or whose election is not what it must be."""


@cache
def check_of(kind: str) -> Check:
    """The check that an entry of a kind fails when it does not say what the rules make of it."""
    return KIND_CHECKS.get(kind) or KIND_CHECKS.get(kind.partition(".")[0]) or Check.ACTS


def check_of_refusal(code: str) -> Check:
    """The check that an act fails which should have been refused: 10 for votes and figures, 14 for secret ballots, else 8."""
    if code in BALLOT_REFUSALS:
        return Check.BALLOTS
    return Check.RESULTS if code in RESULT_REFUSALS else Check.ACTS
