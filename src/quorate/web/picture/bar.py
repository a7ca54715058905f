"""The reconciliation bar: a bar of all who were entitled, full when and only when nothing is missing."""

from typing import NamedTuple

from quorate.reading.view.divisions import DivisionLine

SEGMENTS = ("for", "against", "abstain", "waiting", "alarm")
"""The places of a vote, in the order of the bar: the last two are those not voted, and those unaccounted for."""
_WORDS = ("for", "against", "abstaining", "not voted", "unaccounted for")
_NARROW = 6.0
"""Percent of the bar below which a number has no room in its segment."""


class Segment(NamedTuple):
    """A part of the bar, in percent of its width."""

    kind: str
    words: str
    heads: int
    start: str
    width: str
    labelled: bool


class Bar(NamedTuple):
    """The bar of a division, in heads."""

    segments: list[Segment]
    entitled: int
    words: str
    """What it shows, for whoever does not see it."""


def bar_of(line: DivisionLine) -> Bar:
    """The bar of a division as it stands."""
    missing = line.unaccounted if line.status != "open" else 0
    counts = (
        line.votes_for,
        line.against,
        line.abstain + line.spoiled,
        line.not_voted_count,
        max(missing, 0),
    )
    whole = max(sum(counts), line.entitled, 1)
    segments, start = [], 0.0
    for kind, words, count in zip(SEGMENTS, _WORDS, counts, strict=True):
        width = 100 * count / whole
        if count:
            segments.append(
                Segment(kind, words, count, f"{start:.3f}%", f"{width:.3f}%", width >= _NARROW)
            )
        start += width
    said = ", ".join(f"{each.words} {each.heads}" for each in segments)
    return Bar(segments, line.entitled, f"{said or 'no votes'}, of {line.entitled} entitled")
