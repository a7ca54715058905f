"""A record with a gap: its divisions are followed by their own entries, from the gap on (checks 9, 10 and 12).

Which entries of a division are missing cannot be known, only their kinds and the meeting they belong to. So a missing
entry of a kind that changes divisions leaves every division of its meeting unchecked (every circular vote, if it belongs
to no meeting). For each result, either all that it rests on was here, and it was reckoned again, or it is counted as
unchecked.

What follows by itself from a figure or a result must stand right behind it, before the next act, even if it is only
known by its kind.
"""

from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from quorate.assembly.act import EVENTS, Event, Stamp, evolve, kind_of
from quorate.assembly.divisions.circular import (
    CircularVoteCancelled,
    CircularVoteOpened,
    MeetingDemanded,
)
from quorate.assembly.divisions.counts import CountEntered
from quorate.assembly.divisions.divisions import (
    DivisionClosed,
    DivisionDemanded,
    DivisionOpened,
    DivisionUnreconciled,
    DivisionVoided,
    RecountDemanded,
)
from quorate.assembly.divisions.results import (
    CastingVoteGiven,
    LotDrawn,
    ResultDeclared,
    SecretResultDeclared,
)
from quorate.assembly.divisions.secret import BallotPrepared
from quorate.assembly.divisions.votes import (
    ObjectionRecorded,
    RollCallEntered,
    StandAsideRecorded,
    VoteCast,
    VoteChanged,
    VoteCorrected,
)
from quorate.assembly.inscription import ACT_PART, Inscription
from quorate.assembly.model.division import Division
from quorate.assembly.motions.decided import MotionDecided
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.audit import division as by_division
from quorate.audit import voting
from quorate.audit.bundle import Leaf
from quorate.audit.check import Check, check_of, check_of_refusal
from quorate.canon.fault import Malformed, Unverified


class Again(NamedTuple):
    """What a division makes of an event, and how the event changes it."""

    again: Callable[[State, Any, Stamp], Event]
    change: Callable[[State, Any, Stamp], None] = evolve


RULES: dict[type[Event], Again] = {
    DivisionOpened: Again(by_division.opened, by_division.begin),
    CircularVoteOpened: Again(by_division.circular_opened, by_division.begin),
    RecountDemanded: Again(by_division.taken_again, by_division.begin),
    DivisionDemanded: Again(by_division.taken_again, by_division.begin),
    VoteCast: Again(voting.cast),
    VoteChanged: Again(voting.changed),
    RollCallEntered: Again(voting.entered),
    VoteCorrected: Again(voting.corrected),
    ObjectionRecorded: Again(voting.not_consenting),
    StandAsideRecorded: Again(voting.not_consenting),
    CountEntered: Again(voting.counted),
    MeetingDemanded: Again(by_division.demanded),
    CircularVoteCancelled: Again(by_division.cancelled, by_division.abandon),
    BallotPrepared: Again(by_division.prepared),
    DivisionClosed: Again(by_division.closed),
    DivisionVoided: Again(by_division.voided, by_division.abandon),
    CastingVoteGiven: Again(by_division.tie_broken),
    LotDrawn: Again(by_division.lot_drawn),
    ResultDeclared: Again(by_division.declared, by_division.declare),
    SecretResultDeclared: Again(by_division.declared_figures, by_division.declare_figures),
}
"""By class of event: every one that changes a division."""
FOLLOWING = (DivisionUnreconciled, MotionDecided)
"""What follows by itself from the figures or the result of a division."""
OPENINGS = tuple(kind_of(each) for each, rule in RULES.items() if rule.change is by_division.begin)
RESULTS = (kind_of(ResultDeclared), kind_of(SecretResultDeclared))
KINDS = frozenset(map(kind_of, RULES))
FOLLOWING_KINDS = frozenset(map(kind_of, FOLLOWING))


class Partial:
    """The divisions of a record from a gap on."""

    def __init__(self, state: State) -> None:
        """Those that were open or closed at the gap are known up to there; the state given stays as it is."""
        running = (each for each in state.divisions.values() if each.status in ("open", "closed"))
        self._scratch = State(divisions={each.id: _copy(each) for each in running})
        self._used = set(state.divisions)
        self._expected: deque[Event] = deque()
        self.checked = 0
        """Results reckoned again."""
        self.unchecked = 0
        """Results that could not be."""

    @property
    def divisions(self) -> list[Division]:
        """Those of which every entry was here, so far."""
        return list(self._scratch.divisions.values())

    def step(self, seq: int, leaf: Leaf, said: Inscription | None) -> None:
        """Check the next entry, `said` being None if its act is missing.

        Raises:
            Unverified: it is not what its division makes of the entries before it.
        """
        if self._follows(seq, leaf, said):
            return
        if leaf.kind not in KINDS:
            return
        if said is None:
            self._lose(leaf)
        elif leaf.kind in OPENINGS or by_division.key_of(said.event) in self._scratch.divisions:
            self._check(seq, leaf, said)
        elif leaf.kind in RESULTS:
            self.unchecked += 1

    def finish(self, seq: int) -> None:
        """Check that nothing is left to come.

        Raises:
            Unverified: a result lacks what follows from it.
        """
        if self._expected:
            raise _missing(self._expected[0], seq)

    def _follows(self, seq: int, leaf: Leaf, said: Inscription | None) -> bool:
        """Whether the entry follows by itself from a division; refused if it should and does not."""
        if self._expected:
            if leaf.kind == kind_of(type(self._expected[0])):
                event = self._expected.popleft()
                if said is not None and said.event != event:
                    raise Unverified(check_of(leaf.kind).value, "it does not follow", seq)
                return True
            if leaf.kind in FOLLOWING_KINDS or _is_primary(leaf.kind):
                raise _missing(self._expected[0], seq)
        if leaf.kind not in FOLLOWING_KINDS:
            return False
        if said is not None and said.event.division in self._scratch.divisions:
            raise Unverified(Check.FOLLOWING.value, "it follows from no act", seq)
        return True

    def _check(self, seq: int, leaf: Leaf, said: Inscription) -> None:
        event, rule = said.event, RULES[type(said.event)]
        try:
            self._require_unused(event, leaf)
            again = rule.again(self._scratch, event, said)
        except Refused as error:
            check = check_of_refusal(error.code).value
            raise Unverified(check, f"refused, {error.code}: {error}", seq) from None
        except Malformed as error:
            raise Unverified(check_of(leaf.kind).value, str(error), seq) from None
        if again != event:
            reason = f"its division makes of this act another {leaf.kind} than is recorded"
            raise Unverified(check_of(leaf.kind).value, reason, seq)
        self._scratch.size = seq
        rule.change(self._scratch, event, said)
        self._check_place(seq, leaf, event)
        self._expected.extend(_following(self._scratch, event))
        self.checked += leaf.kind in RESULTS

    def _require_unused(self, event: Event, leaf: Leaf) -> None:
        if leaf.kind in OPENINGS:
            key = by_division.key_of(event)
            if key in self._used:
                raise Refused("exists", what="division", id=key)
            self._used.add(key)

    def _check_place(self, seq: int, leaf: Leaf, event: Event) -> None:
        meeting = self._scratch.divisions[by_division.key_of(event)].meeting
        if leaf.sitting != meeting:
            raise Unverified(
                Check.ORDER.value, "the meeting of the entry is not that of its division", seq
            )

    def _lose(self, leaf: Leaf) -> None:
        """Leave unchecked every division that a missing entry may be of."""
        self.unchecked += leaf.kind in RESULTS
        divisions = self._scratch.divisions
        for key in [each.id for each in divisions.values() if each.meeting == leaf.sitting]:
            del divisions[key]


def _copy(division: Division) -> Division:
    copied: Division = msgspec.structs.replace(
        division, votes=dict(division.votes), counts=dict(division.counts)
    )
    return copied


def _following(state: State, event: Event) -> list[Event]:
    """What follows by itself from an event, as far as its division alone says so."""
    found: list[Event] = []
    if isinstance(event, DivisionClosed | SecretResultDeclared) and event.unaccounted:
        found.append(
            DivisionUnreconciled(division=event.act.division, unaccounted=event.unaccounted)
        )
    if isinstance(event, ResultDeclared | SecretResultDeclared) and event.outcome.result != "tied":
        key = event.act.division
        motion = state.divisions[key].motion
        found.append(MotionDecided(motion=motion, result=event.outcome.result, division=key))
    return found


def _missing(event: Event, seq: int) -> Unverified:
    reason = f"{kind_of(type(event))} should stand before it"
    return Unverified(Check.FOLLOWING.value, reason, seq)


def _is_primary(kind: str) -> bool:
    event = EVENTS.get(kind)
    return event is not None and ACT_PART in event.__struct_fields__
