"""A record with a gap: its divisions are followed by their own entries, from the gap on (checks 9, 10 and 12).

Which entries of a division are missing cannot be known, only their kinds and the meeting they belong to. So a missing
entry of a kind that changes divisions leaves every division of its meeting unchecked (every circular vote, if it belongs
to no meeting). For each result, either all that it rests on was here, and it was reckoned again, or it is counted as
unchecked.

What follows by itself from a figure or a result must stand right behind it, before the next act, even if it is only
known by its kind.
"""

from collections import deque
from copy import copy

from quorate.assembly.act import Event, kind_of
from quorate.assembly.inscription import Inscription
from quorate.assembly.meetings.convening import MeetingConvened
from quorate.assembly.model.division import Division
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State, new
from quorate.audit.bundle import Leaf
from quorate.audit.check import Check, check_of, check_of_refusal
from quorate.audit.division import (
    FOLLOWING_KINDS,
    KINDS,
    OPENINGS,
    RESULTS,
    change,
    following,
    key_of,
    made_of,
)
from quorate.audit.full_count import require_count
from quorate.audit.kinds import is_primary
from quorate.canon.fault import Malformed, Unverified


class Partial:
    """The divisions of a record from a gap on."""

    def __init__(self, state: State) -> None:
        """Begin with the divisions that were open or closed at the gap; the state given is not changed."""
        running = (each for each in state.divisions.values() if each.status in ("open", "closed"))
        self._scratch = State(divisions={each.id: _copy(each) for each in running})
        self._used: dict[str, None] = dict.fromkeys(state.divisions)
        self._sittings = {each.id: each.cover or each.id for each in state.meetings.values()}
        """By meeting: what everybody reads of it. Of one convened behind the gap, what the first entry that names it says."""
        self._expected: deque[Event] = deque()
        self.checked = 0
        """Results reckoned again."""
        self.unchecked = 0
        """Results that could not be reckoned again."""

    @property
    def divisions(self) -> list[Division]:
        """The divisions of which every entry was here, so far."""
        return list(self._scratch.divisions.values())

    def step(self, seq: int, leaf: Leaf, inscription: Inscription | None) -> None:
        """Check the next entry, `inscription` being None if its act is missing.

        Raises:
            Unverified: it is not what its division makes of the entries before it.
        """
        if self._follows(seq, leaf, inscription):
            return
        if inscription is not None and isinstance(inscription.event, MeetingConvened):
            act = inscription.event.act
            self._sittings[act.meeting] = act.cover or act.meeting
        if leaf.kind not in KINDS:
            return
        if inscription is None:
            self._lose(leaf)
        elif leaf.kind in OPENINGS or key_of(inscription.event) in self._scratch.divisions:
            self._check(seq, leaf, inscription)
        elif leaf.kind in RESULTS:
            self.unchecked += 1

    def finish(self, seq: int) -> None:
        """Check that nothing is left to come.

        Raises:
            Unverified: a result lacks what follows from it.
        """
        if self._expected:
            raise _missing(self._expected[0], seq)

    def _follows(self, seq: int, leaf: Leaf, inscription: Inscription | None) -> bool:
        """Whether the entry follows by itself from a division; refused if it should and does not."""
        if self._expected:
            if leaf.kind == kind_of(type(self._expected[0])):
                event = self._expected.popleft()
                if inscription is not None and inscription.event != event:
                    raise Unverified(check_of(leaf.kind).value, "it does not follow", seq)
                return True
            if leaf.kind in FOLLOWING_KINDS or is_primary(leaf.kind):
                raise _missing(self._expected[0], seq)
        if leaf.kind not in FOLLOWING_KINDS:
            return False
        if inscription is not None and inscription.event.division in self._scratch.divisions:
            raise Unverified(Check.FOLLOWING.value, "it follows from no act", seq)
        return True

    def _check(self, seq: int, leaf: Leaf, inscription: Inscription) -> None:
        event = inscription.event
        try:
            self._require_unused(event, leaf)
            made = made_of(self._scratch.divisions, event, inscription)
        except Refused as refusal:
            check = check_of_refusal(refusal.code).value
            raise Unverified(check, f"refused, {refusal}", seq) from None
        except Malformed as fault:
            raise Unverified(check_of(leaf.kind).value, str(fault), seq) from None
        if made != event:
            reason = f"its division makes of this act another {leaf.kind} than is recorded"
            raise Unverified(check_of(leaf.kind).value, reason, seq)
        self._scratch.size = seq
        require_count(self._scratch.divisions, event, seq)
        change(self._scratch, event, inscription)
        self._check_place(seq, leaf, event)
        self._expected.extend(following(self._scratch, event, inscription))
        self.checked += leaf.kind in RESULTS

    def _require_unused(self, event: Event, leaf: Leaf) -> None:
        if leaf.kind in OPENINGS:
            key = key_of(event)
            new(self._used, "division", key)
            self._used[key] = None

    def _check_place(self, seq: int, leaf: Leaf, event: Event) -> None:
        meeting = self._scratch.divisions[key_of(event)].meeting
        if bool(meeting) != bool(leaf.sitting) or leaf.sitting != self._sittings.setdefault(
            meeting, leaf.sitting
        ):
            raise Unverified(
                Check.ORDER.value, "the meeting of the entry is not that of its division", seq
            )

    def _lose(self, leaf: Leaf) -> None:
        """Leave unchecked every division that a missing entry may be of."""
        self.unchecked += leaf.kind in RESULTS
        divisions = self._scratch.divisions
        for key in [
            each.id
            for each in divisions.values()
            if self._sittings.get(each.meeting, "") == leaf.sitting
        ]:
            del divisions[key]


def _copy(division: Division) -> Division:
    copied = copy(division)
    copied.votes, copied.counts = dict(division.votes), dict(division.counts)
    copied.cast = {choice: copy(sums) for choice, sums in division.cast.items()}
    copied.objections, copied.stood_aside = dict(division.objections), dict(division.stood_aside)
    return copied


def _missing(event: Event, seq: int) -> Unverified:
    reason = f"{kind_of(type(event))} should stand before it"
    return Unverified(Check.FOLLOWING.value, reason, seq)
