"""Every act decided again, in its place (checks 7 to 13): the record must say just what the rules make of each act.

A primary event carries its act whole, so the act is decided again on the state that the entries before it make, and the
event that comes out must be the one recorded, and so must all that follow from it. An entry whose act was
withheld cannot be decided again; from there on the state has a gap, and only what does not depend on it is checked: kinds
and their parts (`kinds.py`), that acts parse, that time goes forward, that what follows stands with its act, each division
by its own entries (`partial.py`), erasures and corrections of the clock by their own, and audiences as far as they are known (`unseen.py`).
"""

from collections import deque
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from operator import attrgetter

from quorate.assembly import house
from quorate.assembly.act import Act, Event, act_name, decide, kind_of, take_effect
from quorate.assembly.audience import audience_of, sitting_of
from quorate.assembly.due import next_ending
from quorate.assembly.inscription import ACT_PART, Inscription, read_inscription
from quorate.assembly.keeping.clock import (
    ClockCorrected,
    require_in_time,
    require_step_back,
    zone_of,
)
from quorate.assembly.keeping.erasures import PartErased, erasing
from quorate.assembly.model.division import Division
from quorate.assembly.organisation.membership import require_clerk
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.audit.absences import Absences
from quorate.audit.bundle import Leaf
from quorate.audit.check import Check, check_of, check_of_refusal
from quorate.audit.division import RESULTS
from quorate.audit.full_count import require_count, require_heads
from quorate.audit.kinds import check_kind, is_primary
from quorate.audit.partial import Partial
from quorate.audit.unseen import Due, Unseen
from quorate.canon.fault import Fault, Malformed, Unverified
from quorate.canon.zone import offset_there

assert house.SUBJECTS

BROKEN = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""Errors that a rule may raise on an act which no desk has accepted; the act then fails its check."""
_MINUTE = timedelta(minutes=1)
CORRECTION = kind_of(ClockCorrected)
"""The one kind of entry that may be dated before the entry that precedes it."""
_ERASED = kind_of(PartErased)
_stamp = attrgetter("offset", "by", "behalf", "known_by", "entered_by")


class Replay:
    """The fold of an export, each step checked."""

    def __init__(self) -> None:
        self.state = State()
        self.seq = 0
        self.undecided = 0
        """Entries that could not be decided again, because an act before them is missing."""
        self.missing = 0
        """Entries whose act is missing."""
        self.audiences_unchecked = 0
        """Parts whose audience could not be worked out again, because an act before them is missing."""
        self.offsets_unknown = 0
        """Acts whose offset from UTC is none that the zone data here gives for their instant."""
        self.gap: int | None = None
        """The first entry whose act is missing and cannot be known; nothing from there on is decided again."""
        self.unseen: Unseen | None = None
        """What is known of audiences from the gap on."""
        self.absences = Absences()
        self._results = 0
        self._partial: Partial | None = None
        self._expected: deque[Event] = deque()
        self._primary: Inscription | None = None
        self._before: Inscription | None = None
        """Of the entry before, behind a gap and if it is here."""
        self._minute = ""
        """The minute of the entry before."""

    @property
    def divisions(self) -> int:
        """Results that were reckoned again."""
        return self._results + (self._partial.checked if self._partial else 0)

    @property
    def divisions_unchecked(self) -> int:
        """Results that could not be reckoned again, because an act of their division is missing."""
        return self._partial.unchecked if self._partial else 0

    @property
    def last_on(self) -> date:
        """The day of the last act, where the organisation is."""
        return date.min if self._primary is None else self._primary.on

    def secret_divisions(self) -> list[Division]:
        """The divisions whose ballots were counted on the record, as far as they are known here."""
        divisions = dict(self.state.divisions)
        if self._partial is not None:
            divisions |= {each.id: each for each in self._partial.divisions}
        return [each for each in divisions.values() if each.archive and each.box is not None]

    def step(self, leaf: Leaf) -> None:
        """Check the next entry.

        Raises:
            Unverified: it is not what the rules make of the acts so far.
        """
        if leaf.at < self._minute and leaf.kind != CORRECTION:
            raise Unverified(Check.ORDER.value, f"its minute lies before {self._minute}", self.seq)
        check_kind(self.seq, leaf)
        self.absences.note(self.seq, leaf)
        if self._partial is None and ACT_PART in leaf.parts:
            self._decide_again(leaf)
        else:
            self._go_without(leaf)
        self._minute = leaf.at
        self.seq += 1

    def finish(self) -> None:
        """Check that nothing is left to come.

        Raises:
            Unverified: an act lacks what follows from it.
        """
        if self._partial is not None:
            self._partial.finish(self.seq)
        elif self._expected:
            kind = kind_of(type(self._expected[0]))
            raise Unverified(
                Check.FOLLOWING.value, f"{kind} should follow and is not there", self.seq
            )
        _check_items(self.state)

    def _decide_again(self, leaf: Leaf) -> None:
        inscription = self._read(leaf)
        act = getattr(inscription.event, "act", None)
        if not isinstance(act, Act):
            self._check_following(leaf, inscription)
            return
        if self._expected:
            kind = kind_of(type(self._expected[0]))
            raise Unverified(Check.FOLLOWING.value, f"{kind} should stand here", self.seq)
        self._check_stamp(leaf, inscription)
        first = self.state.seq_of_token(inscription.token)
        if first is not None:
            reason = f"it has the token of entry {first}, and would have been done twice"
            raise Unverified(Check.ACTS.value, reason, self.seq)
        self._check_due(act, inscription.at)
        check = check_of(leaf.kind)
        try:
            primary = decide(self.state, act, inscription)
        except Refused as error:
            raise Unverified(
                check_of_refusal(error.code).value, f"refused, {error}", self.seq
            ) from None
        except Fault as error:
            raise Unverified(check.value, str(error), self.seq) from None
        except BROKEN as error:
            raise Unverified(check.value, f"the rules break on it: {error!r}", self.seq) from error
        self._compare(leaf, primary, inscription, check)
        require_count(self.state.divisions, primary, self.seq)
        require_heads(self.state, primary, inscription, self.seq)
        self._primary = inscription
        self._expected.extend(take_effect(self.state, primary, inscription)[1:])
        self._check_place(leaf, primary)
        if leaf.kind in RESULTS:
            self._results += 1

    def _check_due(self, act: Act, at: datetime) -> None:
        """Check that what fell due by the instant of an act was ended before it, at its own instant."""
        ending = next_ending(self.state, at)
        if ending is not None and ending != (at, act):
            reason = f"{act_name(type(ending.act))} fell due at {ending.at} and should stand here"
            raise Unverified(Check.FOLLOWING.value, reason, self.seq)

    def _check_following(self, leaf: Leaf, inscription: Inscription) -> None:
        event = self._next_expected(leaf)
        kind_check = check_of(leaf.kind)
        check = Check.FOLLOWING if kind_check is Check.ACTS else kind_check
        self._compare(leaf, event, inscription, check)
        require_heads(self.state, event, inscription, self.seq)
        assert self._primary is not None
        if inscription.at != self._primary.at:
            raise Unverified(Check.ORDER.value, "its instant is not that of its act", self.seq)
        if _stamp(inscription) != _stamp(self._primary):
            raise Unverified(Check.FOLLOWING.value, "its stamp is not that of its act", self.seq)
        self._check_place(leaf, event)

    def _next_expected(self, leaf: Leaf) -> Event:
        """The event that must stand here, which is of the entry's kind."""
        if not self._expected:
            raise Unverified(Check.FOLLOWING.value, "it follows from no act", self.seq)
        event = self._expected.popleft()
        if kind_of(type(event)) != leaf.kind:
            raise Unverified(
                Check.FOLLOWING.value, f"{kind_of(type(event))} should stand here", self.seq
            )
        if leaf.at != self._minute:
            raise Unverified(Check.ORDER.value, "its minute is not that of its act", self.seq)
        return event

    def _go_without(self, leaf: Leaf) -> None:
        """Check an entry without its act, or behind such a gap."""
        self.undecided += 1
        missing = ACT_PART not in leaf.parts
        self.missing += missing
        if self._partial is None:
            if self._expected:  # what follows by itself is known without its part, and makes no gap
                self._check_place(leaf, self._next_expected(leaf))
                return
            if not is_primary(leaf.kind):
                raise Unverified(Check.FOLLOWING.value, "it follows from no act", self.seq)
            self._partial, self.unseen = Partial(self.state), Unseen(self.state)
            self.gap = self.seq
        assert self.unseen is not None
        inscription = None if missing else self._read(leaf)
        if inscription is not None:
            self._check_stamp(leaf, inscription)
            self._check_correction(leaf, inscription)
            self.state.last_at = inscription.at
        elif leaf.kind == CORRECTION:
            self.state.last_at = _instant(leaf.at)  # more is not known of where it stepped back to
        self._partial.step(self.seq, leaf, inscription)
        event = None if inscription is None else inscription.event
        self.audiences_unchecked += self.unseen.step(self.seq, leaf, event)
        for name in leaf.missing:
            first = self.seq == self.gap
            self.absences.owe(self.seq, name, self.unseen.due(leaf, name, first=first))
        self._check_with_act(leaf, inscription)
        self._check_erasure(leaf, inscription)
        self._before = inscription

    def _check_with_act(self, leaf: Leaf, inscription: Inscription | None) -> None:
        """Check, behind a gap, that what follows by itself has the stamp of the entry before, whose act it follows from."""
        if is_primary(leaf.kind):
            return
        if leaf.at != self._minute:
            raise Unverified(Check.ORDER.value, "its minute is not that of its act", self.seq)
        before = self._before
        if before is None or inscription is None:
            return
        if (inscription.at, _stamp(inscription)) != (before.at, _stamp(before)):
            raise Unverified(Check.FOLLOWING.value, "its stamp is not that of its act", self.seq)

    def _check_correction(self, leaf: Leaf, inscription: Inscription) -> None:
        """Check a correction of the clock behind a gap: it is the clerk's, and steps back from the entry before it."""
        if leaf.kind != CORRECTION:
            return
        self._require_clerk(inscription)
        ahead, before = inscription.event.ahead, self._before
        is_last = (
            self.state.last_at <= ahead and timedelta() <= ahead - _instant(self._minute) < _MINUTE
            if before is None
            else ahead == before.at
        )
        if not is_last:
            reason = "the instant from which it steps back is not that of the entry before"
            raise Unverified(Check.ACTS.value, reason, self.seq)
        try:
            require_step_back(inscription.at, ahead)
        except Refused as error:
            raise Unverified(Check.ACTS.value, f"refused, {error}", self.seq) from None

    def _require_clerk(self, inscription: Inscription) -> None:
        """Check, behind a gap, that an act is the clerk's, who never changes."""
        try:
            if self.state.organisation is not None:
                require_clerk(self.state, inscription)
        except Refused as error:
            raise Unverified(Check.ACTS.value, f"refused, {error}", self.seq) from None

    def _check_erasure(self, leaf: Leaf, inscription: Inscription | None) -> None:
        """Check an erasure behind a gap: it is the clerk's, of parts that were there to erase."""
        if leaf.kind != _ERASED:
            return
        if inscription is None:
            self.absences.erase_unseen(self.seq)
            return
        self._require_clerk(inscription)
        act = inscription.event.act
        try:
            erasing({act.seq: self.absences.erased(self.state, act.seq)}, self.seq, act)
        except Refused as error:
            raise Unverified(Check.ACTS.value, f"refused, {error}", self.seq) from None
        self.absences.erase(act.seq, act.parts)

    def _compare(self, leaf: Leaf, event: Event, inscription: Inscription, check: Check) -> None:
        # As values, not as bytes: a field given its default may be written or left out, and means the same.
        if event != inscription.event:
            raise Unverified(
                check.value,
                f"the rules make of this act another {leaf.kind} than is recorded",
                self.seq,
            )

    def _check_stamp(self, leaf: Leaf, inscription: Inscription) -> None:
        at = inscription.at
        if at.tzinfo is not UTC:
            raise Unverified(Check.ORDER.value, "its instant is not in UTC", self.seq)
        start = _instant(leaf.at)
        if not (start <= at and at - start < _MINUTE):
            raise Unverified(
                Check.ORDER.value, "the minute of the entry is not that of its act", self.seq
            )
        try:
            require_in_time(self.state, getattr(inscription.event, "act", None), at)
        except Refused as error:
            raise Unverified(Check.ORDER.value, str(error), self.seq) from None
        self.offsets_unknown += self._is_offset_unknown(inscription)

    def _is_offset_unknown(self, inscription: Inscription) -> bool:
        """Whether the clocks of the organisation, as far as is known here where it is, never showed such a time."""
        zone = zone_of(self.state, getattr(inscription.event, "act", None))
        try:
            return bool(zone) and inscription.offset != offset_there(inscription.at, zone)
        except Malformed:
            return True

    def _check_place(self, leaf: Leaf, event: Event) -> None:
        """Check the meeting of an entry against the state after all that follows from its act, as when it was sealed."""
        if leaf.sitting != sitting_of(self.state, event):
            raise Unverified(
                Check.ORDER.value, "the meeting of the entry is not that of its act", self.seq
            )
        for name in leaf.missing:
            due = Due(frozenset({audience_of(self.state, event, name)}))
            self.absences.owe(self.seq, name, due)
        for name, audience in leaf.audiences.items():
            given = audience_of(self.state, event, name)
            if audience != given:
                raise Unverified(
                    Check.PARTS.value, f"part {name} is for {audience}, not for {given}", self.seq
                )

    def _read(self, leaf: Leaf) -> Inscription:
        try:
            return read_inscription(leaf.kind, leaf.parts)
        except Malformed as error:
            raise Unverified(check_of(leaf.kind).value, str(error), self.seq) from None


@lru_cache(maxsize=64)
def _instant(written: str) -> datetime:
    """The beginning of the minute that an envelope shows."""
    return datetime.fromisoformat(written[:-1]).replace(tzinfo=UTC)


def _check_items(state: State) -> None:
    """Check 13: open and disposed items are apart, and each disposed one names its act."""
    for key, item in state.open_items.items():
        if key != item.id or item.disposal is not None:
            raise Unverified(Check.DISPOSITIONS.value, f"{key} is open and disposed of")
    for key, item in state.disposed_items.items():
        if item.disposal is None or item.disposal.seq < item.opened_seq:
            raise Unverified(Check.DISPOSITIONS.value, f"{key} left the list without an act")
