"""The text of a motion by numbered lines, and its amendments as differences to it."""

import textwrap
from typing import Literal

from msgspec import Struct

from quorate.assembly.model.motion import Motion
from quorate.reading.reader import Reader
from quorate.reading.words.clauses import clause_words
from quorate.reading.words.difference import Piece, difference, likeness
from quorate.reading.words.subjects import Names

WIDE = 64
"""Characters of a line of a motion at most."""
ALIKE = 0.5
"""A text that is at least as like that of the motion is shown as a difference to it; else it tells what is to be done."""


class ClauseChange(Struct, frozen=True, kw_only=True):
    """What an amendment does to a clause."""

    n: int
    does: Literal["replaces", "adds", "strikes-out"]
    pieces: list[Piece]


class AmendmentView(Struct, frozen=True, kw_only=True):
    """An amendment of a motion."""

    id: str
    title: str
    mover: str
    status: str
    changes: list[ClauseChange]
    """As against the motion as it stands; of one that was taken in, its own clauses."""
    text: list[Piece]
    """Its text, as a difference to that of the motion if it is another version of it."""


def numbered(text: str) -> list[str]:
    """The lines of a text, as they are numbered: its own, those that are too long broken between words."""
    return [
        line
        for paragraph in text.strip().split("\n")
        for line in (textwrap.wrap(paragraph, WIDE, break_long_words=False) or [""])
    ]


def amendments(reader: Reader, motion: Motion) -> list[AmendmentView]:
    """The amendments of a motion, in the order in which they were moved. Cost: a look at each motion."""
    moved = [
        each
        for each in reader.state.motions.values()
        if each.target == motion.id
        and each.kind == "amend"
        and reader.sees(each.body, each.meeting)
    ]
    return [amendment_view(reader, each, motion) for each in moved]


def amendment_view(reader: Reader, amendment: Motion, motion: Motion) -> AmendmentView:
    """One amendment beside the motion that it amends."""
    taken_in = amendment.status in ("accepted", "adopted")
    old, new = (
        (each.text or "") if reader.reads(each.body, each.meeting) else ""
        for each in (motion, amendment)
    )
    alike = bool(old and new) and not taken_in and likeness(old, new) >= ALIKE
    plain = [Piece("same", new)] if new else []
    return AmendmentView(
        id=amendment.id,
        title=reader.motion(amendment),
        mover=reader.person(amendment.mover),
        status=amendment.status,
        changes=_changes(Names.of(reader), amendment, motion, taken_in=taken_in),
        text=difference(old, new) if alike else plain,
    )


def _changes(
    names: Names, amendment: Motion, motion: Motion, *, taken_in: bool
) -> list[ClauseChange]:
    before = {} if taken_in else {each.n: clause_words(names, each) for each in motion.clauses}
    changes = []
    for clause in amendment.clauses:
        after = clause_words(names, clause)
        pieces = [Piece("same", after)] if taken_in else difference(before.get(clause.n, ""), after)
        does: Literal["replaces", "adds"] = "replaces" if clause.n in before else "adds"
        changes.append(ClauseChange(n=clause.n, does=does, pieces=pieces))
    for n in amendment.drops:
        gone = [Piece("out", before[n])] if n in before else []
        changes.append(ClauseChange(n=n, does="strikes-out", pieces=gone))
    return sorted(changes, key=lambda each: each.n)
