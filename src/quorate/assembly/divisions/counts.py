"""Tellers' figures: each teller enters what they counted, differences are shown, and who corrects enters again.

RONR (12th ed.) 45:37 (tellers' report), 4:53 (counted vote).
"""

import msgspec

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.divisions.figures import agreed
from quorate.assembly.divisions.status import require_open
from quorate.assembly.divisions.votes import require_sitting
from quorate.assembly.items import dispose, is_open
from quorate.assembly.model.division import Count, Division
from quorate.assembly.model.orders import Order
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, may
from quorate.assembly.state import State

MOST = 10**11
"""No room has more people, and no sum of figures of that size is too large to be written."""

refusals(
    not_a_teller="person division",
    figures_unclear="",
    no_difference="division",
)


class EnterCount(Act, frozen=True):
    """Enter the figures of a counted division, or correct one's own."""

    division: str
    count: Count


class CountEntered(Event, frozen=True):
    """A teller's figures are in."""

    act: EnterCount
    agrees: bool = True
    """Whether they are the figures of every other teller so far."""


@decides(EnterCount)
def enter_count(state: State, act: EnterCount, stamp: Stamp) -> CountEntered:
    """A teller of the division, until it is closed."""
    division = state.division(act.division)
    event = entering_count(division, act, stamp)
    require_sitting(state, division, stamp)
    return event


def entering_count(division: Division, act: EnterCount, stamp: Stamp) -> CountEntered:
    """The figures of one of its tellers, which agree with those of the others or do not."""
    require_open(division)
    if division.method != "counted":
        raise Refused("wrong-method", division=division.id, method=division.method)
    if stamp.by not in division.tellers:
        raise Refused("not-a-teller", person=stamp.by, division=division.id)
    require_figures(act.count)
    others = [count for teller, count in division.counts.items() if teller != stamp.by]
    return CountEntered(act=act, agrees=all(count == act.count for count in others))


@evolves(CountEntered)
def count_entered(state: State, event: CountEntered, stamp: Stamp) -> None:
    """The teller's last figures count."""
    state.divisions[event.act.division].counts[stamp.by] = event.act.count


class ExplainDifference(Act, frozen=True):
    """Explain why the figures of a division do not account for everyone entitled."""

    division: str
    text: str | None = None


class DifferenceExplained(Event, frozen=True):
    """A difference is explained; the figures stay as they are."""

    act: ExplainDifference


@decides(ExplainDifference)
def explain_difference(state: State, act: ExplainDifference, stamp: Stamp) -> DifferenceExplained:
    """The tellers, the one in the chair, or those who keep the books."""
    division = state.division(act.division)
    if not is_open(state, "difference", division.id):
        raise Refused("no-difference", division=division.id)
    meeting = state.meetings.get(division.meeting)
    in_it = stamp.by in division.tellers or (meeting is not None and meeting.chair == stamp.by)
    if not in_it and not may(state, stamp.by, KEEPERS, state.bodies[division.body], stamp.on):
        raise Refused(
            "not-entitled",
            person=stamp.by,
            needs=("teller", *KEEPERS),
        )
    return DifferenceExplained(act=act)


@evolves(DifferenceExplained)
def difference_explained(state: State, event: DifferenceExplained, stamp: Stamp) -> None:
    """The difference is off the list; it stands in the result for good."""
    division = state.divisions[event.act.division]
    division.explained = True
    dispose(state, stamp, "difference", division.id, "explained")


def require_counts(division: Division, needed: int = 1, clause: Order | None = None) -> None:
    """Return if the tellers needed have entered figures, all of them the same, else raise Refused.

    How many are needed is for the standing orders; a division that does not know them needs one.
    """
    had = len(division.counts)
    if had < needed:
        raise Refused("counts-missing", division=division.id, had=had, needed=needed, clause=clause)
    if not agreed(division):
        figures = dict(division.counts)
        raise Refused("tellers-differ", division=division.id, figures=figures, clause=clause)


def require_figures(count: Count) -> None:
    """Return if no figure is below 0 or more than there are people, else raise Refused `figures-unclear`."""
    if any(not 0 <= figure <= MOST for figure in msgspec.structs.astuple(count)):
        raise Refused("figures-unclear")
