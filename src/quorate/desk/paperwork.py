"""What the writer does about the box and the papers of an act, beside deciding it: one table, by act.

An act with a box or a paper has only hashes and figures of them. It is completed from the box or the paper, decided, and
compared with its paper. Once it is accepted, the paper is kept, and a box that takes no more ballots is settled.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import msgspec

from quorate.assembly.act import Act, Event, Stamp, decide, require_words
from quorate.assembly.divisions.divisions import CloseDivision, VoidDivision
from quorate.assembly.divisions.results import DeclareSecretResult
from quorate.assembly.divisions.secret import PrepareBallot
from quorate.assembly.inscription import require_readable
from quorate.assembly.model.division import Box, Count, Division
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.state import State
from quorate.audit.ballots import Archive, box_of, check_result, check_setup, figures_of
from quorate.ballots.chain import Stage
from quorate.desk.archives import Paper, archive_name, setup_name
from quorate.desk.port import Writing

refusals(
    archive_missing="division",
    ballot_among_setup="division",
)

TO_BE_FILLED_IN = Count(0, 0)
"""Figures that stand for those of the archive; real ones are never all 0, as somebody is entitled."""
EMPTY = Box(counted=0, superseded=0, contents="0" * 64)
Ballots = Callable[[str], Iterable[bytes]]
"""A function from a division to the ballots in its box."""


def no_draft(state: State, act: Act) -> Act | None:
    """None: no box has to be opened for the act."""
    return None


def as_it_is(state: State, act: Act, paper: Paper | None, ballots: Ballots) -> Act:
    """The act itself: neither a box nor a paper adds to it."""
    return act


def no_paper(state: State, act: Act, paper: Paper | None) -> None:
    """Return: the act names no paper."""


def nothing_kept(state: State, act: Act, paper: Paper | None, writing: Writing) -> None:
    """Keep nothing beside the record."""


class Paperwork(NamedTuple):
    """The steps about the box and the paper of a class of acts; a step that is not given does nothing."""

    draft: Callable[[State, Any], Act | None] = no_draft
    """The act as if its box were empty, or None without a box; it is decided before the box is read."""
    complete: Callable[[State, Any, Paper | None, Ballots], Act] = as_it_is
    """The act with what the box or the paper alone can say, in the place of what the caller put there."""
    check: Callable[[State, Any, Paper | None], None] = no_paper
    """Return if the act comes with the paper that it names, else raise; called once the rules have accepted it."""
    keep: Callable[[State, Any, Paper | None, Writing], None] = nothing_kept
    """Keep beside the record what belongs there; called once the act is accepted, before it takes effect."""

    def decide(
        self, state: State, act: Act, stamp: Stamp, paper: Paper | None, ballots: Ballots
    ) -> Event:
        """The primary event that answers an act, completed and checked; the state is not changed.

        Raises:
            Refused: a rule says no, or the act comes without the paper that it names.
            Unverified: the paper is another.
        """
        require_readable(act)
        require_words(act)
        draft = self.draft(state, act)
        if draft is not None:
            # Whoever may not close a division is refused before all its ballots are read for them.
            decide(state, draft, stamp)
        completed = self.complete(state, act, paper, ballots)
        primary = decide(state, completed, stamp)
        self.check(state, completed, paper)
        return primary


def draft_close(state: State, act: CloseDivision) -> CloseDivision | None:
    """The act with an empty box, if the division has a box."""
    return msgspec.structs.replace(act, box=EMPTY) if _has_open_box(state, act) else None


def count_box(
    state: State, act: CloseDivision, paper: Paper | None, ballots: Ballots
) -> CloseDivision:
    """The act with what the box holds, or with none if there is no box."""
    box = box_of(ballots(act.division)) if _has_open_box(state, act) else None
    return msgspec.structs.replace(act, box=box)


def settle_box(
    state: State, act: CloseDivision | VoidDivision, paper: Paper | None, writing: Writing
) -> None:
    """Settle the box of a division that takes no more ballots: nothing tells in what order they came."""
    if state.divisions[act.division].setup:
        writing.settle_box(act.division)


def check_setup_paper(state: State, act: PrepareBallot, paper: Paper | None) -> None:
    """Return if the election of an act is that of its paper and is one for the division, and no ballot is in it yet."""
    archive = _required(act.division, paper)
    check_setup(state.divisions[act.division], act.setup, archive)
    if archive.stage is not Stage.OPEN or archive.box.counted:
        raise Refused("ballot-among-setup", division=act.division)


def keep_setup(state: State, act: PrepareBallot, paper: Paper | None, writing: Writing) -> None:
    """Keep the setup of the ballot."""
    if paper is not None:
        writing.put_paper(setup_name(act.division), paper.pieces())


def fill_in_figures(
    state: State, act: DeclareSecretResult, paper: Paper | None, ballots: Ballots
) -> DeclareSecretResult:
    """The act with the figures of its paper, where `TO_BE_FILLED_IN` stands for them.

    Raises:
        Unverified: the paper is not that of its division.
    """
    division = _counted(state, act)
    if paper is None or division is None or act.figures != TO_BE_FILLED_IN:
        return act
    return msgspec.structs.replace(act, figures=figures_of(division, paper.seen))


def check_archive_paper(state: State, act: DeclareSecretResult, paper: Paper | None) -> None:
    """Return if the figures of an act are those of its paper, and that has the ballots of the box; or if there is no box."""
    division = _counted(state, act)
    if division is not None:
        check_result(division, act.archive, act.figures, _required(act.division, paper))


def keep_archive(
    state: State, act: DeclareSecretResult, paper: Paper | None, writing: Writing
) -> None:
    """Keep the archive of the ballots."""
    if paper is not None:
        writing.put_paper(archive_name(act.division), paper.pieces())


PAPERWORK: dict[type[Act], Paperwork] = {
    PrepareBallot: Paperwork(check=check_setup_paper, keep=keep_setup),
    CloseDivision: Paperwork(draft=draft_close, complete=count_box, keep=settle_box),
    VoidDivision: Paperwork(keep=settle_box),
    DeclareSecretResult: Paperwork(
        complete=fill_in_figures, check=check_archive_paper, keep=keep_archive
    ),
}
"""By act; one that is not here has neither box nor paper."""
_NONE = Paperwork()


def paperwork_of(act: Act) -> Paperwork:
    """The paperwork of an act."""
    return PAPERWORK.get(type(act), _NONE)


def _has_open_box(state: State, act: CloseDivision) -> bool:
    division = state.divisions.get(act.division)
    return division is not None and division.status == "open" and division.setup is not None


def _counted(state: State, act: DeclareSecretResult) -> Division | None:
    """The division of an act, if its box was counted and so an archive belongs to it."""
    division = state.divisions.get(act.division)
    return division if division is not None and division.box is not None else None


def _required(division: str, paper: Paper | None) -> Archive:
    if paper is None:
        raise Refused("archive-missing", division=division)
    return paper.seen
