"""Every act decided again, in its place (checks 7 to 13): the record must say just what the rules make of each act.

A primary event carries its act whole, so the act is decided again on the state that the entries before it make, and the
event that comes out must be the one recorded, and so must all that follow from it. An entry whose act was
erased or withheld cannot be decided again; from there on the state has a gap, and only what does not depend on it is
checked: see `division.py`.
"""

from collections import deque
from datetime import UTC, datetime, timedelta

from quorate.assembly import house
from quorate.assembly.act import Act, Event, decide, kind_of, take_effect
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.audit.bundle import Leaf
from quorate.audit.check import Check
from quorate.audit.inscription import ACT_PART, Inscription, read_inscription
from quorate.canon.fault import Fault, Malformed, Unverified
from quorate.canon.moment import minute

assert house.SUBJECTS

SUBJECT_CHECKS = {
    "division": Check.REGISTERS,
    "result": Check.RESULTS,
    "casting-vote": Check.RESULTS,
    "motion.decided": Check.RESULTS,
    "event.moved": Check.MOVES,
    "meeting.moved": Check.MOVES,
}
"""Which check an entry falls under when it does not say what the rules make of it; by kind, or by subject."""

_ZONES = timedelta(hours=26)  # no place on Earth is further from UTC's day than this


class Replay:
    """The fold of an export, each step checked."""

    def __init__(self) -> None:
        self.state = State()
        self.seq = 0
        self.undecided = 0
        """Entries that could not be decided again, because an act before them is missing."""
        self.missing = 0
        """Entries whose act is missing."""
        self._expected: deque[Event] = deque()
        self._primary: Inscription | None = None
        self._last_minute = ""

    def step(self, leaf: Leaf) -> None:
        """Check the next entry.

        Raises:
            Unverified: it is not what the rules make of the acts so far.
        """
        if leaf.at < self._last_minute:
            raise Unverified(
                Check.ORDER.value, f"its minute lies before {self._last_minute}", self.seq
            )
        self._last_minute = leaf.at
        if ACT_PART not in leaf.parts:
            self.missing += 1
        if self.missing:
            self.undecided += 1
        else:
            self._decide_again(leaf)
        self.seq += 1

    def finish(self) -> None:
        """Check that nothing is left to come.

        Raises:
            Unverified: an act lacks what follows from it.
        """
        if self._expected and not self.missing:
            kind = kind_of(type(self._expected[0]))
            raise Unverified(
                Check.FOLLOWING.value, f"{kind} should follow and is not there", self.seq
            )
        _check_items(self.state)

    def _decide_again(self, leaf: Leaf) -> None:
        said = self._read(leaf)
        act = getattr(said.event, "act", None)
        if not isinstance(act, Act):
            self._check_following(leaf, said)
            return
        if self._expected:
            kind = kind_of(type(self._expected[0]))
            raise Unverified(Check.FOLLOWING.value, f"{kind} should stand here", self.seq)
        self._check_stamp(leaf, said)
        check = _check_of(leaf.kind)
        try:
            primary = decide(self.state, act, said)
        except Refused as error:
            raise Unverified(
                Check.ACTS.value, f"refused, {error.code}: {error}", self.seq
            ) from None
        except Fault as error:
            raise Unverified(check.value, str(error), self.seq) from None
        self._compare(leaf, primary, said, check)
        self._primary = said
        self._expected.extend(take_effect(self.state, primary, said)[1:])
        self.state.last_at = said.at

    def _check_following(self, leaf: Leaf, said: Inscription) -> None:
        if not self._expected or self._primary is None:
            raise Unverified(Check.FOLLOWING.value, "it follows from no act", self.seq)
        event = self._expected.popleft()
        if kind_of(type(event)) != leaf.kind:
            raise Unverified(
                Check.FOLLOWING.value, f"{kind_of(type(event))} should stand here", self.seq
            )
        known = _check_of(leaf.kind)
        check = Check.FOLLOWING if known is Check.ACTS else known
        self._compare(leaf, event, said, check)
        if said.at != self._primary.at:
            raise Unverified(Check.ORDER.value, "its instant is not that of its act", self.seq)

    def _compare(self, leaf: Leaf, event: Event, said: Inscription, check: Check) -> None:
        # As values, not as bytes: a field given its default may be written or left out, and means the same.
        if event != said.event:
            raise Unverified(
                check.value,
                f"the rules make of this act another {leaf.kind} than is recorded",
                self.seq,
            )

    def _check_stamp(self, leaf: Leaf, said: Inscription) -> None:
        if minute(said.at) != leaf.at:
            raise Unverified(
                Check.ORDER.value, "the minute of the entry is not that of its act", self.seq
            )
        if said.at < self.state.last_at:
            raise Unverified(
                Check.ORDER.value, "its instant lies before that of the last act", self.seq
            )
        there = datetime(said.on.year, said.on.month, said.on.day, tzinfo=UTC)
        if not -_ZONES <= said.at - there <= _ZONES + timedelta(days=1):
            raise Unverified(
                Check.ORDER.value, f"{said.on} is nowhere the day of that instant", self.seq
            )

    def _read(self, leaf: Leaf) -> Inscription:
        try:
            return read_inscription(leaf.kind, leaf.parts)
        except Malformed as error:
            raise Unverified(Check.ACTS.value, str(error), self.seq) from None


def _check_of(kind: str) -> Check:
    return SUBJECT_CHECKS.get(kind) or SUBJECT_CHECKS.get(kind.partition(".")[0]) or Check.ACTS


def _check_items(state: State) -> None:
    """Check 13: open and disposed items are apart, and each disposed one names its act."""
    for key, item in state.open_items.items():
        if key != item.id or item.disposal is not None:
            raise Unverified(Check.DISPOSITIONS.value, f"{key} is open and disposed of")
    for key, item in state.disposed_items.items():
        if item.disposal is None or item.disposal.seq < item.opened_seq:
            raise Unverified(Check.DISPOSITIONS.value, f"{key} left the list without an act")
