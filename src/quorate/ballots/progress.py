"""How far the ballots of an archive have been checked: kept in a file, so that an interrupted run goes on where it was.

Whoever keeps it vouches for it: a run that goes on from it does not check those ballots again.
"""

from collections.abc import Callable
from typing import Annotated, NamedTuple

import msgspec

from quorate.ballots.wire import Hash, Wire, read, write

Number = Annotated[int, msgspec.Meta(ge=1)]


class Progress(Wire, frozen=True):
    """Ballots 1 to `checked` hold, every proof of them."""

    checked: Number
    total: Number
    """Ballots in the archive."""
    event: Hash
    """The event of the last ballot that was checked: it stands for all before it."""
    end: Hash
    """The event of the last ballot of the archive: with more ballots, others would count."""
    tallies: tuple[msgspec.Raw, ...]
    """What those of the checked ballots that count come to, in parts."""


class Passed(NamedTuple):
    """What a run reports after each task; what it takes to go on from there is put together only if it is asked for."""

    checked: int
    total: int
    progress: Callable[[], Progress]


def write_progress(progress: Progress) -> bytes:
    """The bytes to keep."""
    return write(progress)


def read_progress(data: bytes) -> Progress:
    """The progress that bytes write.

    Raises:
        Malformed: none was written so.
    """
    return read(data, Progress, "progress")
