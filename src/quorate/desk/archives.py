"""The papers of a secret ballot, which come with an act and are kept beside the record: its setup, and its archive.

An act says of a paper only what it comes to. Here the paper itself is verified before the act is decided, an act is
completed with what the box or the paper holds, and it is checked that they belong together.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from shutil import copyfileobj
from typing import Any, BinaryIO
from weakref import finalize

import msgspec

from quorate.assembly.act import Act
from quorate.assembly.divisions.divisions import CloseDivision
from quorate.assembly.divisions.results import DeclareSecretResult
from quorate.assembly.divisions.secret import PrepareBallot
from quorate.assembly.model.division import Box, Count, Division
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.state import State
from quorate.audit.ballots import (
    Archive,
    box_of,
    check_result,
    check_setup,
    figures_of,
    read_archive,
)
from quorate.ballots.chain import Stage
from quorate.canon.fault import Malformed

refusals(
    archive_missing="division",
    ballot_among_setup="division",
)

TO_BE_FILLED_IN = Count(0, 0)
"""Figures that leave it to the archive what they are: with anybody entitled, all of them cannot be 0."""
EMPTY = Box(counted=0, superseded=0, contents="0" * 64)
_IN_MEMORY = 2**24
_PIECE = 2**20
Ballots = Callable[[str], Iterable[bytes]]
"""What gives the ballots of a division."""


class Paper:
    """An archive of ballots that was verified, in a copy that nobody changes meanwhile."""

    def __init__(self, seen: Archive, file: BinaryIO) -> None:
        self.seen = seen
        self._file = file
        finalize(self, file.close)

    def pieces(self) -> Iterator[bytes]:
        """Its bytes, piece by piece."""
        self._file.seek(0)
        while piece := self._file.read(_PIECE):
            yield piece


def read_paper(path: Path, executor: Executor | None = None) -> Paper:
    """The archive in a file, all of it verified as far as it goes; linear in its ballots.

    Raises:
        Malformed: there is no such file, or it is no archive.
        UnverifiedElection: something in it does not hold.
    """
    copy: BinaryIO = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # type: ignore[assignment]  # noqa: SIM115 — kept as long as its paper
    try:
        with path.open("rb") as file:
            copyfileobj(file, copy)
        return Paper(read_archive(copy, executor), copy)
    except OSError as error:
        copy.close()
        raise Malformed(str(path), f"a readable file ({error.strerror})") from None
    except BaseException:
        copy.close()
        raise


def setup_name(division: str) -> str:
    """The name under which the setup of a division's ballot is kept."""
    return f"{division}/setup"


def archive_name(division: str) -> str:
    """The name under which the archive of a division's ballots is kept."""
    return f"{division}/archive"


def needs_box(state: State, act: Act) -> bool:
    """Whether an act is to be completed with what a box holds."""
    if not isinstance(act, CloseDivision):
        return False
    division = state.divisions.get(act.division)
    return division is not None and division.status == "open" and division.setup is not None


def complete(state: State, act: Act, paper: Paper | None, ballots: Ballots) -> Act:
    """The act, with what only the box or its paper can say; whatever it said of the box itself is of no account.

    Raises:
        Unverified: the paper is not that of its division.
    """
    if isinstance(act, CloseDivision):
        box = box_of(ballots(act.division)) if needs_box(state, act) else None
        return msgspec.structs.replace(act, box=box)
    if isinstance(act, DeclareSecretResult) and paper is not None:
        division = _counted(state, act)
        if division is not None and act.figures == TO_BE_FILLED_IN:
            return msgspec.structs.replace(act, figures=figures_of(division, paper.seen))
    return act


def check_paper(state: State, act: Act, paper: Paper | None) -> None:
    """Return if an act that is in order comes with the paper that it speaks of.

    Raises:
        Refused: it comes without one.
        Unverified: it comes with another.
    """
    if check := CHECKS.get(type(act)):
        check(state, act, paper)


def check_setup_paper(state: State, act: PrepareBallot, paper: Paper | None) -> None:
    """Return if the election of an act is that of its paper, which the division wants, and which no ballot is in."""
    seen = _required(act.division, paper)
    check_setup(state.divisions[act.division], act.setup, seen)
    if seen.stage is not Stage.OPEN or seen.box.counted:
        raise Refused("ballot-among-setup", division=act.division)


def check_archive_paper(state: State, act: DeclareSecretResult, paper: Paper | None) -> None:
    """Return if the figures of an act are those of its paper, which has the ballots of the box; anything is without a box."""
    division = _counted(state, act)
    if division is not None:
        check_result(division, act.archive, act.figures, _required(act.division, paper))


CHECKS: dict[type[Act], Callable[[State, Any, Paper | None], None]] = {
    PrepareBallot: check_setup_paper,
    DeclareSecretResult: check_archive_paper,
}
"""By act: how it fits its paper, asked once the rules have accepted it."""


def _counted(state: State, act: DeclareSecretResult) -> Division | None:
    """The division of an act, if its box was counted and so an archive belongs to it."""
    division = state.divisions.get(act.division)
    return division if division is not None and division.box is not None else None


def _required(division: str, paper: Paper | None) -> Archive:
    if paper is None:
        raise Refused("archive-missing", division=division)
    return paper.seen
