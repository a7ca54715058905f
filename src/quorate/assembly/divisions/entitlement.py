"""Who may cast whose vote in a division, as its register has it: the line of the voter, and the hand for that line.

Everything but the question for latecomers is answered by the division alone, long after its meeting if need be.
"""

from quorate.assembly.divisions.register import may_vote_now
from quorate.assembly.heads import is_present
from quorate.assembly.model.division import Choice, Division, Entitled
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State


def require_no_latecomer(state: State, division: Division, voter: str) -> None:
    """Return unless a voter came after the register was frozen, else raise Refused `register-frozen`."""
    line = division.register.get(voter)
    if line is not None and may_vote_now(line):
        return
    if _why_barred(division, voter) or (line is None and _stands_for(division, voter)):
        return
    meeting = state.meetings.get(division.meeting)
    if meeting is not None and is_present(meeting, voter):
        raise Refused("register-frozen", voter=voter, division=division.id)


def require_hand(division: Division, voter: str, hand: str, choice: Choice) -> Entitled:
    """The line of a voter, if it is for that hand to cast, else Refused."""
    line = require_line(division, voter, hand)
    if hand == (line.by or voter):
        require_instruction(line, choice)
        return line
    if hand == voter:
        raise Refused("represented", voter=voter, holder=line.by, division=division.id)
    raise _not_entitled(division, voter, hand, "cast-by" if line.by else "in-person", line.by)


def require_line(division: Division, voter: str, hand: str) -> Entitled:
    """The line of a voter in the register, if their vote can be cast at all, else Refused."""
    line = division.register.get(voter)
    if line is not None and may_vote_now(line):
        return line
    if voter not in division.register and (seat := _stands_for(division, voter)):
        raise _not_entitled(division, voter, hand, "casts-for", seat)
    why = _why_barred(division, voter) or ("absent" if line else "not-on-register")
    raise _not_entitled(division, voter, hand, why)


def require_on_register(division: Division, person: str) -> None:
    """Return if somebody is on the register, else raise Refused `not-entitled-to-vote`."""
    if person not in division.register:
        raise _not_entitled(division, person, person, "not-on-register")


def require_instruction(line: Entitled, choice: Choice) -> None:
    """Return if a vote is what the giver of the proxy instructed, else raise Refused `instructed`."""
    if line.instruction and line.instruction != choice:
        raise Refused("instructed", voter=line.person, holder=line.by, instruction=line.instruction)


def _not_entitled(division: Division, voter: str, hand: str, why: str, other: str = "") -> Refused:
    return Refused(
        "not-entitled-to-vote",
        person=hand,
        voter=voter,
        division=division.id,
        why=why,
        other=other,
    )


def _why_barred(division: Division, person: str) -> str:
    """Why somebody had no vote when the register was frozen; empty if they were only not there."""
    return division.barred.get(person, "")


def _stands_for(division: Division, person: str) -> str:
    """Somebody whose vote a person casts, if there is one. Cost: a look at the register."""
    return next((line.person for line in division.register.values() if line.by == person), "")
