"""Secret ballots of a house at random: elections that fit their division, boxes that fit the election, figures that fit the box."""

from typing import Any

import msgspec

from quorate.assembly.model.division import Box, Count
from tests.assembly.chamber import setup_of


def prepared(chooser: Any, given: dict[str, Any]) -> dict[str, Any]:
    """A credential for each who can vote."""
    division = chooser.state.divisions.get(given["division"])
    return given if division is None else given | {"setup": setup_of(division)}


def closed(chooser: Any, given: dict[str, Any]) -> dict[str, Any]:
    """A box with the ballots of some, where there is one."""
    division = chooser.state.divisions.get(given["division"])
    if division is None or division.setup is None:
        return {key: value for key, value in given.items() if key != "box"}
    counted = chooser.chance.randint(0, division.setup.issued)
    superseded = chooser.chance.randint(0, counted)
    return given | {"box": Box(counted=counted, superseded=superseded, contents="0f" * 32)}


def declared(chooser: Any, given: dict[str, Any]) -> dict[str, Any]:
    """The figures of the ballots in the box."""
    division = chooser.state.divisions.get(given["division"])
    if division is None or division.box is None:
        return given
    counted = division.box.counted
    votes_for = chooser.chance.randint(0, counted)
    figures = Count(votes_for, counted - votes_for, 0, len(division.register) - counted)
    wrong = msgspec.structs.replace(figures, spoiled=1)
    chosen = chooser.chance.choice((figures, figures, figures, wrong))
    return given | {"figures": chosen, "archive": "ab" * 32}
