"""Tellers' figures: each teller enters what they counted, differences are shown, and who corrects enters again.

RONR (12th ed.) 45:37 (tellers' report), 4:53 (counted vote).
"""

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.divisions.status import open_for_votes
from quorate.assembly.divisions.votes import require_time
from quorate.assembly.items import dispose, is_open
from quorate.assembly.model.division import Count
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, may
from quorate.assembly.state import State

refusals(
    not_a_teller="{person} is not a teller of division {division}",
    figures_unclear="a figure is a number of 0 or more",
    no_difference="division {division} has no difference to explain",
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
    division = open_for_votes(state, act.division)
    if division.method != "counted":
        raise Refused("wrong-method", division=division.id, method=division.method)
    if stamp.by not in division.tellers:
        raise Refused("not-a-teller", person=stamp.by, division=division.id)
    require_figures(act.count)
    require_time(state, division, stamp)
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
            do="explain a difference",
            needs="a teller or " + " or ".join(KEEPERS),
        )
    return DifferenceExplained(act=act)


@evolves(DifferenceExplained)
def difference_explained(state: State, event: DifferenceExplained, stamp: Stamp) -> None:
    """The difference is off the list; it stands in the result for good."""
    division = state.divisions[event.act.division]
    division.explained = True
    dispose(state, stamp, "difference", division.id, "explained")


def require_figures(count: Count) -> None:
    """Return if no figure is below 0, else raise Refused `figures-unclear`."""
    if (
        min(count.votes_for, count.votes_against, count.abstentions, count.not_voted, count.spoiled)
        < 0
    ):
        raise Refused("figures-unclear")
