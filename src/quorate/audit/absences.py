"""The parts that an export lacks: erased, not for its reader, or withheld (check 6).

An export for nobody in particular lacks nothing but what the record says was erased. One for a reader also lacks what
this reader may not see, and nothing else. Who the reader is, says whoever verifies: nothing in an export is asked.
"""

from collections.abc import Callable, Collection
from datetime import date
from typing import NamedTuple

from quorate.assembly.act import PART_FIELDS, kind_of
from quorate.assembly.affairs.discipline import MeasureTaken
from quorate.assembly.audience import known_as, may_export
from quorate.assembly.organisation.membership import DepartureRecorded, MemberSuspended
from quorate.assembly.state import State
from quorate.audit.bundle import Leaf
from quorate.audit.check import Check
from quorate.audit.unseen import Due, Unseen
from quorate.canon.fault import Malformed, Unverified

HINT = "an export that was made for a reader is checked with `quorate verify --for READER`"
UNTOLD = Due()
WHOSE = {
    "public": ("the public", "the public may not"),
    "members": ("every member", "not every member may"),
}
"""The readers that are no person, and the same with the beginning of what they may not do."""
_NO_MEMBER = "whoever is no member is shown what the public is: `--for public`"
_ERASABLE = frozenset(PART_FIELDS)
_ENDING = frozenset(map(kind_of, (DepartureRecorded, MemberSuspended, MeasureTaken)))
"""Kinds of events after which somebody may be no member in good standing."""


class ExportReader(NamedTuple):
    """Whoever an export was made for, as those say who verify it."""

    name: str
    """`public`, `members`, or somebody by what `find` knows them; an id if nothing else is said."""
    find: Callable[[State, str], str] = lambda _, name: name
    """The id of a person, by name, in the state that the record comes to."""
    today: Callable[[State], date] | None = None
    """The day on which it is verified, if another than that of the last act."""


class Accounts(NamedTuple):
    """How many parts are not here, and why."""

    erased: int
    kept: int
    """Those that this reader may not see."""
    untold: int
    """Those of which it could not be told whether this reader may see them."""
    undone: int
    """Parts that are here although the record says that they were erased."""

    @property
    def missing(self) -> int:
        """All that are not here."""
        return self.erased + self.kept + self.untold


class Absences:
    """What is here and what is not, gathered entry by entry and judged at the end."""

    def __init__(self) -> None:
        self._missing: dict[int, dict[str, Due]] = {}
        self._here: dict[int, frozenset[str]] = {}
        """By entry: the parts here that can be erased."""
        self._shown: dict[str, int] = {}
        """By audience: the first entry that has a part for it here."""
        self._erased: dict[int, tuple[str, ...]] = {}
        self._ended = False
        """Whether somebody has left, or was suspended."""
        self._hidden: list[int] = []
        """Erasures whose own act is missing."""

    def note(self, seq: int, leaf: Leaf) -> None:
        """Note what an entry has here, and what it lacks."""
        self._ended |= leaf.kind in _ENDING
        for audience in leaf.audiences.values():
            self._shown.setdefault(audience, seq)
        if len(leaf.parts) > 1:
            self._here[seq] = _ERASABLE.intersection(leaf.parts)
        if lacking := leaf.missing:
            self._missing[seq] = dict.fromkeys(lacking, UNTOLD)

    def owe(self, seq: int, name: str, due: Due) -> None:
        """Note for whom a missing part is."""
        self._missing[seq][name] = due

    def erase(self, seq: int, parts: tuple[str, ...]) -> None:
        """Note an erasure behind a gap."""
        self._erased[seq] = (*self._erased.get(seq, ()), *parts)

    def erase_unseen(self, seq: int) -> None:
        """Note that an entry erases something, and does not say here what."""
        self._hidden.append(seq)

    def erased(self, state: State, seq: int) -> tuple[str, ...]:
        """The parts of an entry that the record says were erased, as far as that is known up to now."""
        return (*state.erased.get(seq, ()), *self._erased.get(seq, ()))

    def finish(
        self, state: State, unseen: Unseen | None, last: date, reader: ExportReader | None
    ) -> Accounts:
        """Why each part is missing. `unseen` is what is known from a gap on, `last` the day of the last act.

        Raises:
            Unverified: one is missing that is due to this reader and was not erased, or is here and is not for them.
        """
        lost = {
            (seq, name): due
            for seq, parts in self._missing.items()
            for name, due in parts.items()
            if name not in self.erased(state, seq)
        }
        total = sum(map(len, self._missing.values()))
        undone = sum(
            len(self._here.get(seq, _NONE) & {*self.erased(state, seq)})
            for seq in {*state.erased, *self._erased}
        )
        if reader is None:
            for seq, name in lost:
                raise lacks(seq, name, "no entry says that it was erased", HINT)
            return Accounts(total, 0, 0, undone)
        shown = self._shown if unseen is not None else None
        sight = _Sight(state, reader, last, shown, may_have_ended=self._ended)
        self._check_shown(sight)
        seen = {
            key: sight.of_any(due.possible if unseen is None else unseen.audiences(due))
            for key, due in lost.items()
        }
        unexplained = self._without_hidden([key for key, may in seen.items() if may])
        for seq, name in unexplained:
            hint = _NO_MEMBER if sight.is_person else ""
            raise lacks(seq, name, f"{sight.words} may see it, and it was not erased", hint)
        kept = sum(may is False for may in seen.values())
        return Accounts(total - len(lost), kept, len(lost) - kept, undone)

    def _check_shown(self, sight: "_Sight") -> None:
        for audience, seq in self._shown.items():
            if sight.of(audience) is False:
                kind, _, key = audience.partition(":")
                whose = known_as(sight.state, key) if kind == "person" else audience
                reason = f"a part of it is here that is for {whose}: {sight.may_not} see it"
                raise Unverified(Check.PARTS.value, reason, seq)

    def _without_hidden(self, lost: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """The parts lost that no erasure can explain whose act is hidden: each is of one entry, and stands behind it."""
        explained: set[int] = set()
        hidden = sorted(self._hidden, reverse=True)
        entries = sorted({seq for seq, name in lost if name in _ERASABLE}, reverse=True)
        for seq in entries:  # the last first: what explains it explains every earlier one as well
            if len(explained) < len(hidden) and hidden[len(explained)] > seq:
                explained.add(seq)
        return [(seq, name) for seq, name in lost if seq not in explained or name not in _ERASABLE]


_NONE: frozenset[str] = frozenset()


class _Sight:
    """What a reader may see, as far as the state tells."""

    def __init__(
        self,
        state: State,
        reader: ExportReader,
        last: date,
        shown: Collection[str] | None,
        *,
        may_have_ended: bool,
    ) -> None:
        """`shown` are the audiences of what is here; None if the state is known to the end."""
        self._may_have_ended = may_have_ended
        self.state, self._shown = state, shown
        # An export shows what its reader might see on the day when it was made: on neither of these, or between them.
        self._days = (last, reader.today(state) if reader.today else last)
        self.is_person = reader.name not in ("public", "members")
        self._person = _person(state, reader, is_whole=shown is None) if self.is_person else ""
        named = known_as(state, self._person) if self.is_person else reader.name
        self.words, self.may_not = WHOSE.get(named, (named, f"{named} may not"))
        self._reader = self._person or reader.name

    def of(self, audience: str) -> bool | None:
        """Whether the reader may see what is for an audience; None if it cannot be told."""
        if self._shown is not None and self.is_person:
            return self._behind_a_gap(audience, self._shown)
        on = [may_export(self.state, self._reader, audience, day) for day in self._days]
        return on[0] if on[0] == on[1] else None

    def of_any(self, audiences: frozenset[str] | None) -> bool | None:
        """Whether the reader may see what is for one of these; None if it depends, or cannot be told."""
        if audiences is None:
            return None
        answers = {self.of(each) for each in audiences}
        return answers.pop() if len(answers) == 1 else None

    def _behind_a_gap(self, audience: str, shown: Collection[str]) -> bool | None:
        house = self.state.organisation
        if house is not None and self._person == house.clerk:
            return True
        # Who sat where may be missing, and that a member was suspended or left, if anybody was or did. But an export has
        # either everything for an audience or nothing, as who belongs to it is asked once, when it is made.
        kind, _, key = audience.partition(":")
        if kind in ("public", "person"):
            return kind == "public" or key == self._person
        if kind == "members" and not self._may_have_ended:
            return True
        return True if audience in shown else None


def _person(state: State, reader: ExportReader, *, is_whole: bool) -> str:
    try:
        return reader.find(state, reader.name)
    except Malformed as error:
        if is_whole:
            raise
        if reader.name.startswith("@"):
            hint = "give the id: an act before the one that names them is not here"
            raise Malformed(error.where, error.expected, hint) from None
        return reader.name


def lacks(seq: int, name: str, why: str, hint: str) -> Unverified:
    """The failure of an entry that lacks a part."""
    error = Unverified(Check.PARTS.value, f"its part {name} is missing: {why}", seq)
    error.hint = hint
    return error
