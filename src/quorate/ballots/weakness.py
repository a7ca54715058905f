"""What all checks let pass though it promises less than it might: said beside the report, and never in place of a failure."""

from collections.abc import Iterator
from enum import Enum

from quorate.ballots.chain import Stage
from quorate.ballots.election import Election
from quorate.ballots.survey import Survey
from quorate.ballots.trustee import Trustees


class Weakness(Enum):
    """One weakness; its value is its code."""

    OLD_THRESHOLD = "old-threshold"
    """A group of trustees made its key as tools before 2.5.1 do: no member signed on whose certificates it built. Whoever
    routed their messages can have shown each member others, with keys of its own among them, and know the group's key."""
    UNSHUFFLED = "unshuffled"
    """Ranked ballots were opened though nobody shuffled them: whose is whose can be seen."""
    FEW_SHUFFLES = "few-shuffles"
    """The shuffles have ended, and not every trustee made one: those who did can see together whose ranking is whose."""


def weaknesses_of(election: Election, trustees: Trustees, survey: Survey) -> tuple[Weakness, ...]:
    """The weaknesses of an election all of whose checks hold, as far as it is."""
    return tuple(_weaknesses(election, trustees, survey))


def _weaknesses(election: Election, trustees: Trustees, survey: Survey) -> Iterator[Weakness]:
    if any(each is not None and None in each.contexts for each in trustees.sharings):
        yield Weakness.OLD_THRESHOLD
    if election.is_ranked and survey.chain.state in (Stage.DECRYPTING, Stage.PUBLISHED):
        # Of one who shuffled twice it counts once.
        shufflers = {each.owner for each in survey.shuffles}
        if not shufflers and survey.decryptions:
            yield Weakness.UNSHUFFLED
        elif len(shufflers) < len(trustees.keys):
            yield Weakness.FEW_SHUFFLES
