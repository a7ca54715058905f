"""The figures of a division in heads and in weight, who did not vote, and what it comes to under its rule.

Everything is reckoned from the division alone: its frozen register, its votes or its tellers' figures. The steps of
`outcome_of`; the code repeats their numbers:
1. the quorum, and the floor of participation of a circular vote, are measured in heads: missed, there is no decision;
2. where every vote weighs the same and all who can vote are present, heads are all there is, and decide;
3. else the votes decide by their weight, the quorum being settled.
"""

from collections.abc import Iterable
from itertools import filterfalse
from typing import Literal

import msgspec

from quorate.assembly.divisions.register import able_of, may_vote_now, sums_of
from quorate.assembly.model.division import Choice, Count, Division, Sums, Vote
from quorate.counting.outcome import Outcome, decide
from quorate.counting.rule import (
    Compound,
    Consent,
    Floor,
    FloorMeasure,
    Majority,
    Number,
    Ratio,
    Rule,
    Single,
    Tie,
    Unanimity,
    can_tie,
)
from quorate.counting.tally import Tally, reconcile
from quorate.counting.threshold import requirements_of

CHOICES: tuple[Choice, ...] = ("for", "against", "abstain")
Side = Literal["for", "against"]
BY_FIGURES = ("counted", "secret")
"""The methods whose result is figures, not names."""
GROUPS = {"heads", "weight"}
"""The groups that a compound rule may have in a division: the same people by heads and by weight."""


def tally_of(division: Division, by: Literal["weight", "heads"] = "weight") -> Tally:
    """The figures of a division as they stand, in weight or in heads."""
    lines, entitled = division.entitled.heads, _by(by, division.entitled)
    present = None if division.method == "circular" else _by(by, division.able)
    seats = None
    # A seat without a line, being vacant or its member recused, weighs one. Fewer seats than lines (0 where the body has
    # no number) say nothing, and must stay unknown, so that a rule on seats is refused and not measured on them.
    if division.seats >= lines:
        seats = entitled + division.seats - lines
    cast = _figures(division) if division.method in BY_FIGURES else _names(division, by)
    return Tally(
        for_=cast.votes_for,
        against=cast.votes_against,
        abstain=cast.abstentions,
        spoiled=cast.spoiled,
        not_voted=cast.not_voted,
        entitled=entitled,
        present=present,
        seats=seats,
        objections=len(division.objections),
        stand_asides=len(division.stood_aside),
    )


def put_vote(division: Division, voter: str, vote: Vote | None) -> None:
    """Let a vote stand in its line in the place of what stood there, or none; called while an event changes the state."""
    votes, weight = division.votes, division.register[voter].weight
    if former := votes.get(voter):
        sums = division.cast[former.choice]
        sums.heads -= 1
        sums.weight -= weight
    if vote is None:
        votes.pop(voter, None)
        return
    votes[voter] = vote
    sums = division.cast.get(vote.choice) or division.cast.setdefault(vote.choice, Sums())
    sums.heads += 1
    sums.weight += weight


def recounted(division: Division) -> Division:
    """The division with its sums reckoned from its register and its votes, not kept. Cost: a look at each line and vote."""
    lines = division.register
    cast: dict[Choice, Sums] = {}
    for choice in CHOICES:
        voters = [person for person, vote in division.votes.items() if vote.choice == choice]
        if voters:
            cast[choice] = sums_of(lines[person] for person in voters)
    return msgspec.structs.replace(
        division,
        entitled=sums_of(lines.values()),
        able=able_of(lines.values()),
        cast=cast,
    )


def not_voted(division: Division) -> list[str]:
    """Those on the register for whom no vote is known by name, the absent among them, in the order of the register.

    Cost: a look at each line of the register, unless all have voted.
    """
    if not not_voted_count(division):
        return []
    left: Iterable[str] = division.register
    for answered in (division.votes, division.objections, division.stood_aside):
        if answered:
            left = filterfalse(answered.__contains__, left)
    return list(left)


def not_voted_count(division: Division) -> int:
    """How many that are; at no cost."""
    answered = len(division.votes) + len(division.objections) + len(division.stood_aside)
    return division.entitled.heads - answered


def silent(division: Division) -> list[str]:
    """Those who could have voted, being there or represented, and did not."""
    register = division.register
    return [person for person in not_voted(division) if may_vote_now(register[person])]


def unaccounted(division: Division) -> int:
    """Entitled heads that no figure accounts for; negative when more votes were found than voters."""
    return reconcile(tally_of(division, "heads"))


def agreed(division: Division) -> bool:
    """Whether all the tellers who have entered figures have the same."""
    return len(set(map(msgspec.structs.astuple, division.counts.values()))) <= 1


def outcome_of(
    division: Division, *, casting_vote: Side | None = None, lot: Side | None = None
) -> Outcome:
    """What the division comes to; the same for everyone who has its register and its votes.

    Raises:
        Malformed: the rule is measured on something that is not known of this division.
    """
    rule, tally, can_be_tied = _basis(division)
    if can_be_tied:
        return decide(rule, tally, casting_vote=casting_vote, lot=lot)
    return decide(rule, tally)


def basis_of(division: Division) -> tuple[Rule, Tally | dict[str, Tally]]:
    """The rule and the tally on which the outcome of a division rests; a tally for each group of a compound rule."""
    return _basis(division)[:2]


def _basis(division: Division) -> tuple[Rule, Tally | dict[str, Tally], bool]:
    heads, weight = tally_of(division, "heads"), tally_of(division)
    rule = division.rule
    counted = msgspec.structs.replace(heads, present=_for_quorum(division, heads))
    if isinstance(rule, Compound):
        return rule, {"heads": counted, "weight": weight}, False
    if isinstance(rule, Consent):
        return rule, counted, False
    if _is_quorum_missed(rule, division, counted):
        return rule, counted, False  # step 1
    # Not `heads == weight` alone: the recused present count towards the quorum (RONR 12th ed. 40) and are not in
    # `heads`, so that a quorum met in step 1 would be missed here.
    if heads == weight == counted:
        return rule, heads, True  # step 2
    return _without_quorum(rule, division), weight, True  # step 3


def as_put(
    rule: Rule, *, needed: int, circular: bool = False, tie: Literal["none", "free", "status-quo"]
) -> Rule:
    """The rule of the standing orders as it is put: with the quorum needed, and the chair's casting vote if there is one.

    A rule that has a quorum or a tie rule of its own keeps it.
    """
    if isinstance(rule, Compound):
        parts = {
            name: _with_quorum(part, needed, circular=circular) if name == "heads" else part
            for name, part in rule.parts.items()
        }
        return Compound(parts=parts)
    if isinstance(rule, Majority):
        rule = _with_casting_vote(rule, tie)
    return _with_quorum(rule, needed, circular=circular)


def _with_quorum(rule: Single, needed: int, *, circular: bool) -> Single:
    if needed < 1:
        return rule
    if circular:
        return (
            rule
            if isinstance(rule, Consent)
            else _replace(rule, floors=(*rule.floors, _floor(needed)))
        )
    return rule if rule.quorum is not None else _replace(rule, quorum=Number(at_least=needed))


def _floor(needed: int) -> Floor:
    return Floor(measure=FloorMeasure.PARTICIPATION, least=Number(at_least=needed))


def _replace(rule: Single, **changes: object) -> Single:
    replaced: Single = msgspec.structs.replace(rule, **changes)
    return replaced


def _with_casting_vote(rule: Majority, tie: str) -> Majority:
    # Only where equal votes are a tie (RONR 12th ed. 44:12): under two thirds they are short of it, and nothing to break.
    if rule.tie is not Tie.FAILS or tie == "none" or not can_tie(rule):
        return rule
    # Bound to the status quo it is Speaker Denison's rule (Erskine May): known beforehand, and never asked of the chair.
    bound = Tie.CASTING_VOTE if tie == "free" else Tie.CASTING_VOTE_STATUS_QUO
    return msgspec.structs.replace(rule, tie=bound)


def _without_quorum(rule: Majority | Unanimity | Ratio, division: Division) -> Single:
    if division.method != "circular":
        return _replace(rule, quorum=None)
    # Only the floor that `as_put` has added, which is the last: one of the orders' own is measured in weight.
    added = (
        rule.floors[-1:] == (_floor(division.quorum_needed),) if division.quorum_needed else False
    )
    return _replace(rule, floors=rule.floors[:-1]) if added else rule


def _is_quorum_missed(rule: Majority | Unanimity | Ratio, division: Division, heads: Tally) -> bool:
    if rule == _without_quorum(rule, division):
        return False
    required = requirements_of(rule, heads)
    # The quorum stands first; the floor that a circular vote has in its place was added last.
    return not required[-1 if division.method == "circular" else 0].is_met


def _for_quorum(division: Division, heads: Tally) -> int | None:
    # The recused count towards the quorum, but a tally cannot have more present than entitled.
    if division.method == "circular":
        return None
    return min(division.present, heads.entitled)


def _by(by: Literal["weight", "heads"], sums: Sums | None) -> int:
    if sums is None:
        return 0
    return sums.weight if by == "weight" else sums.heads


def _names(division: Division, by: Literal["weight", "heads"]) -> Count:
    """The figures of the votes by name; who did not vote is what is left of the register."""
    cast = division.cast
    votes_for, against, abstain = (_by(by, cast.get(choice)) for choice in CHOICES)
    missing = _by(by, division.entitled) - votes_for - against - abstain
    return Count(votes_for, against, abstain, missing)


def _figures(division: Division) -> Count:
    """The figures that were entered; tellers count the room, so the absent are added to those who did not vote."""
    # Any teller's, as none is closed while they differ; those of a secret ballot account for the absent themselves.
    count = next(iter(division.counts.values()), Count(0, 0))
    if division.method != "counted":
        return count
    absent = division.entitled.heads - division.able.heads
    return msgspec.structs.replace(count, not_voted=count.not_voted + absent)
