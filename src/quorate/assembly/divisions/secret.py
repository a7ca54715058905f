"""Secret divisions: the election that a division's ballots belong to is bound to it before the first can be cast.

From then on ballots go into a box at the desk, which is no part of the record: an entry for each would say who voted when.
The close brings what the box held, the result the archive. RONR (12th ed.) 45:18–36 (ballots).
"""

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.divisions.box import require_setup
from quorate.assembly.divisions.status import require_open
from quorate.assembly.model.division import Division, Setup
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, may
from quorate.assembly.state import State

refusals(
    ballot_prepared="division",
    ballot_not_prepared="division",
)


class PrepareBallot(Act, frozen=True):
    """Prepare the ballot of a secret division: bind the election in which it is cast, before anybody can cast one."""

    division: str
    setup: Setup


class BallotPrepared(Event, frozen=True):
    """Ballots can be cast, in this election and no other."""

    act: PrepareBallot


@decides(PrepareBallot)
def prepare_ballot(state: State, act: PrepareBallot, stamp: Stamp) -> BallotPrepared:
    """The one in the chair or those who keep the books, once, with one credential for each who can vote."""
    division = state.division(act.division)
    _require_secret(division)
    _require_preparer(state, division, stamp)
    return preparing(division, act, stamp)


def preparing(division: Division, act: PrepareBallot, stamp: Stamp) -> BallotPrepared:
    """The election of a secret division, its only one, with one credential for each who can vote."""
    _require_secret(division)
    if division.setup is not None:
        raise Refused("ballot-prepared", division=division.id)
    require_setup(division, act.setup)
    return BallotPrepared(act=act)


@evolves(BallotPrepared)
def ballot_prepared(state: State, event: BallotPrepared, stamp: Stamp) -> None:
    """The division has its election; nothing changes it any more."""
    state.divisions[event.act.division].setup = event.act.setup


def open_to_ballots(state: State, key: str) -> Division:
    """The division of that id if ballots can be cast in it, else Refused.

    They can while it is open, whether or not the meeting goes on: who casts one is not known, and so not their presence.
    """
    division = state.division(key)
    _require_secret(division)
    if division.setup is None:
        raise Refused("ballot-not-prepared", division=key)
    return division


def _require_secret(division: Division) -> None:
    require_open(division)
    if division.method != "secret":
        raise Refused("wrong-method", division=division.id, method=division.method)


def _require_preparer(state: State, division: Division, stamp: Stamp) -> None:
    meeting = state.meetings.get(division.meeting)
    if meeting is not None and meeting.chair == stamp.by:
        return
    if not may(state, stamp.by, KEEPERS, state.bodies[division.body], stamp.on):
        raise Refused("not-entitled", person=stamp.by, needs=KEEPERS)
