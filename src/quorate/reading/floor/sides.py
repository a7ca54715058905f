"""The votes of a division by side, each with what it weighs: for pictures, which need no names."""

from quorate.assembly.divisions.figures import BY_FIGURES, not_voted, tally_of
from quorate.assembly.model.division import Division


def sides_of(division: Division) -> dict[str, list[int]]:
    """By side (`for`, `against`, `abstain`, `waiting`, `alarm`): the weights of its votes, in the order of the register.

    `waiting` has not voted; `alarm` is what no figure accounts for. Cost: a look at each line of the register.
    """
    if division.method in BY_FIGURES:
        return _by_figures(division)
    sides: dict[str, list[int]] = {"for": [], "against": [], "abstain": []}
    for person, vote in division.votes.items():
        sides[vote.choice].append(division.register[person].weight)
    sides["waiting"] = [division.register[person].weight for person in not_voted(division)]
    return sides


def _by_figures(division: Division) -> dict[str, list[int]]:
    heads = tally_of(division, "heads")
    if not division.counts:  # nothing is known of the votes, or will be before the figures are in
        return {"waiting": [1] * heads.entitled}
    return {
        "for": [1] * heads.for_,
        "against": [1] * heads.against,
        "abstain": [1] * (heads.abstain + heads.spoiled),
        "waiting": [1] * heads.not_voted,
        "alarm": [1] * max(division.unaccounted, 0),
    }
