"""What lapses with a decision: the duties and details that it laid, once it is rescinded or their clause is superseded.

The decision that rescinds or supersedes is the act that takes them off the list of open business.
"""

from collections.abc import Iterator

from quorate.assembly.act import Event, Stamp, evolves, follows
from quorate.assembly.decisions.decisions import ClauseSuperseded, DecisionRescinded
from quorate.assembly.decisions.duties import kind_of_duty
from quorate.assembly.items import dispose, is_open
from quorate.assembly.state import State


class DutyLapsed(Event, frozen=True):
    """A duty or detail binds nobody any more; follows by itself."""

    duty: str
    because: str
    """What rescinded the decision, or the `decision/n` that superseded the clause."""


@follows(DecisionRescinded)
def lapsed_with_decision(
    state: State, event: DecisionRescinded, stamp: Stamp
) -> Iterator[DutyLapsed]:
    """All that the decision laid and that is still open."""
    yield from _lapsed(state, event.decision, None, event.by)


@follows(ClauseSuperseded)
def lapsed_with_clause(state: State, event: ClauseSuperseded, stamp: Stamp) -> Iterator[DutyLapsed]:
    """All that the clause laid and that is still open."""
    decision, _, n = event.clause.rpartition("/")
    yield from _lapsed(state, decision, int(n), event.by)


@evolves(DutyLapsed)
def duty_lapsed(state: State, event: DutyLapsed, stamp: Stamp) -> None:
    """The duty or detail is off the list."""
    dispose(state, stamp, kind_of_duty(state.duties[event.duty]), event.duty, "lapsed")


def _lapsed(state: State, decision: str, clause: int | None, because: str) -> Iterator[DutyLapsed]:
    for duty in state.duties.values():
        laid = duty.decision == decision and clause in (None, duty.clause)
        if laid and is_open(state, kind_of_duty(duty), duty.id):
            yield DutyLapsed(duty=duty.id, because=because)
