"""Votes by name: cast, changed, entered at the desk, corrected; objections where a decision is made by consent.

A vote belongs to the line of the register of whoever is entitled to it, so nobody votes twice, in person and by proxy
together. Casting looks only into dictionaries, so that a thousand may vote at once. RONR (12th ed.) 45:8, 45:45–50.
"""

from typing import Literal

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.divisions.figures import BY_FIGURES
from quorate.assembly.divisions.status import open_for_votes
from quorate.assembly.model.division import Choice, Division, Entitled, Vote
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import (
    KEEPERS,
    is_present,
    may,
    orders_of,
    require_business,
    require_present,
)
from quorate.assembly.state import State
from quorate.counting.rule import Consent

refusals(
    not_entitled_to_vote="{person} cannot cast the vote of {voter} in division {division}: {why}",
    already_voted="the vote of {voter} in division {division} was cast already",
    not_voted_yet="the vote of {voter} in division {division} was not cast yet",
    register_frozen="{voter} was not present when the register of division {division} was frozen",
    represented="{voter} is represented by {by} in division {division}, who casts the vote",
    instructed="{voter} instructed {by} to vote {instruction}",
    vote_stands="a vote once cast in {body} stands",
    result_declared="the result of division {division} was declared",
    by_consent="division {division} is by consent: one objects, stands aside or says nothing",
    takes_votes="division {division} is by votes, not by consent",
)

Provenance = Literal["electronic", "desk", "paper"]
_plain: dict[tuple[Choice, str, Provenance], Vote] = {}


class CastVote(Act, frozen=True, gc=False):
    """Cast a vote: one's own, or with `behalf` that of whom one represents."""

    division: str
    choice: Choice


class VoteCast(Event, frozen=True, gc=False):
    """A vote is in."""

    act: CastVote
    voter: str
    """Who is entitled to it."""


@decides(CastVote)
def cast_vote(state: State, act: CastVote, stamp: Stamp) -> VoteCast:
    """Anyone on the register who was there when it was frozen, or who represents them, and has not left since.

    Cost: a few look-ups.
    """
    division = state.divisions.get(act.division)
    if division is None or division.status != "open":
        division = open_for_votes(state, act.division)
    voter = stamp.behalf or stamp.by
    line = division.register.get(voter)
    if line is None or line.by or line.why == "absent" or voter != stamp.by:
        require_hand(state, division, voter, stamp.by, act.choice)
    if voter in division.votes:
        raise Refused("already-voted", voter=voter, division=division.id)
    require_voting(state, division, stamp, stamp.by)
    return VoteCast(act=act, voter=voter)


@evolves(VoteCast)
def vote_cast(state: State, event: VoteCast, stamp: Stamp) -> None:
    """The vote stands in its line."""
    division = state.divisions[event.act.division]
    division.votes[event.voter] = _vote(event.voter, event.act.choice, stamp)


class ChangeVote(Act, frozen=True):
    """Vote otherwise than before, while the division is open."""

    division: str
    choice: Choice


class VoteChanged(Event, frozen=True):
    """A vote was changed."""

    act: ChangeVote
    voter: str


@decides(ChangeVote)
def change_vote(state: State, act: ChangeVote, stamp: Stamp) -> VoteChanged:
    """Whoever may cast it, while the division is open and if the standing orders allow it."""
    division = open_for_votes(state, act.division)
    order = orders_of(state.bodies[division.body]).voting
    if not order.change_until_close:
        raise Refused("vote-stands", body=division.body, clause=order.cite())
    voter = stamp.behalf or stamp.by
    require_hand(state, division, voter, stamp.by, act.choice)
    if voter not in division.votes:
        raise Refused("not-voted-yet", voter=voter, division=division.id)
    require_voting(state, division, stamp, stamp.by)
    return VoteChanged(act=act, voter=voter)


@evolves(VoteChanged)
def vote_changed(state: State, event: VoteChanged, stamp: Stamp) -> None:
    """The last choice counts."""
    division = state.divisions[event.act.division]
    division.votes[event.voter] = _vote(event.voter, event.act.choice, stamp)


class EnterRollCall(Act, frozen=True):
    """Enter the answers to a roll call, or the papers handed in, at the desk."""

    division: str
    votes: dict[str, Choice]
    """By the person entitled."""
    provenance: Literal["desk", "paper"] = "desk"


class RollCallEntered(Event, frozen=True):
    """Votes came in through the desk."""

    act: EnterRollCall


@decides(EnterRollCall)
def enter_roll_call(state: State, act: EnterRollCall, stamp: Stamp) -> RollCallEntered:
    """Those who keep the books, the one in the chair, and tellers; all of it or nothing."""
    division = open_for_votes(state, act.division)
    _require_desk(state, division, stamp, "enter votes")
    require_voting(state, division, stamp)
    for voter, choice in act.votes.items():
        line = require_line(state, division, voter, stamp.by)
        require_instruction(line, choice)
        if voter in division.votes:
            raise Refused("already-voted", voter=voter, division=division.id)
    return RollCallEntered(act=act)


@evolves(RollCallEntered)
def roll_call_entered(state: State, event: RollCallEntered, stamp: Stamp) -> None:
    """Each vote stands in its line, and says that it came through the desk."""
    act = event.act
    division = state.divisions[act.division]
    for voter, choice in act.votes.items():
        by = division.register[voter].by
        division.votes[voter] = plain_vote(choice, by, act.provenance)


class CorrectVote(Act, frozen=True):
    """Correct how a vote was taken down, before the result is declared; `none` strikes it out."""

    division: str
    voter: str
    choice: Choice | Literal["none"]
    reason: str | None = None


class VoteCorrected(Event, frozen=True):
    """A vote was corrected; what it was before stays on record."""

    act: CorrectVote
    before: Choice | Literal["none"]


@decides(CorrectVote)
def correct_vote(state: State, act: CorrectVote, stamp: Stamp) -> VoteCorrected:
    """The same as may enter a roll call, until the result is declared."""
    division = state.division(act.division)
    if division.status not in ("open", "closed"):
        raise Refused("result-declared", division=division.id)
    require_names(division)
    _require_desk(state, division, stamp, "correct a vote")
    require_line(state, division, act.voter, stamp.by)
    held = division.votes.get(act.voter)
    return VoteCorrected(act=act, before=held.choice if held else "none")


@evolves(VoteCorrected)
def vote_corrected(state: State, event: VoteCorrected, stamp: Stamp) -> None:
    """The vote is as corrected, or struck out."""
    act = event.act
    division = state.divisions[act.division]
    if act.choice == "none":
        division.votes.pop(act.voter, None)
    else:
        by = division.register[act.voter].by
        division.votes[act.voter] = plain_vote(act.choice, by, "desk")


class RecordObjection(Act, frozen=True):
    """Object to a decision by consent."""

    division: str
    reason: str | None = None


class ObjectionRecorded(Event, frozen=True):
    """There is an objection."""

    act: RecordObjection
    voter: str


@decides(RecordObjection)
def record_objection(state: State, act: RecordObjection, stamp: Stamp) -> ObjectionRecorded:
    """Anyone who could vote, once."""
    return ObjectionRecorded(act=act, voter=_require_consenting(state, act.division, stamp))


@evolves(ObjectionRecorded)
def objection_recorded(state: State, event: ObjectionRecorded, stamp: Stamp) -> None:
    """The objection stands."""
    division = state.divisions[event.act.division]
    division.objections = (*division.objections, event.voter)


class StandAside(Act, frozen=True):
    """Stand aside from a decision by consent without preventing it."""

    division: str
    reason: str | None = None


class StandAsideRecorded(Event, frozen=True):
    """Somebody stands aside."""

    act: StandAside
    voter: str


@decides(StandAside)
def stand_aside(state: State, act: StandAside, stamp: Stamp) -> StandAsideRecorded:
    """Anyone who could vote, once."""
    return StandAsideRecorded(act=act, voter=_require_consenting(state, act.division, stamp))


@evolves(StandAsideRecorded)
def stand_aside_recorded(state: State, event: StandAsideRecorded, stamp: Stamp) -> None:
    """It is known who stood aside."""
    division = state.divisions[event.act.division]
    division.stood_aside = (*division.stood_aside, event.voter)


def plain_vote(choice: Choice, by: str = "", provenance: Provenance = "electronic") -> Vote:
    """A vote; those cast in person are the same few objects however many there are."""
    if by:
        return Vote(choice, by, provenance)
    key = (choice, by, provenance)
    return _plain.get(key) or _plain.setdefault(key, Vote(choice, by, provenance))


def require_voting(state: State, division: Division, stamp: Stamp, hand: str = "") -> None:
    """Return if votes by name may come in at this moment, else raise Refused."""
    if division.method in BY_FIGURES:
        require_names(division)
    if isinstance(division.rule, Consent):
        raise Refused("by-consent", division=division.id)
    require_time(state, division, stamp, hand)


def require_names(division: Division) -> None:
    """Return if a division is taken by name, else raise Refused `wrong-method`."""
    if division.method in BY_FIGURES:
        raise Refused("wrong-method", division=division.id, method=division.method)


def require_time(state: State, division: Division, stamp: Stamp, hand: str = "") -> None:
    """Return if the meeting sits and has not lost its quorum, or the period of a circular vote runs, else refuse.

    At a meeting the hand that casts a vote, if one is given, must not have left.
    """
    if not division.meeting:
        if division.closes_at is not None and stamp.at >= division.closes_at:
            raise Refused("division-closed", division=division.id, status="past its period")
        return
    meeting = state.meetings[division.meeting]
    # Whether there is a quorum is not counted anew for each vote: the meeting knows when it reached and lost it, but
    # not that terms have ended overnight, so from the day after the opening it is.
    held = meeting.had_quorum and stamp.on == division.opened_on
    if meeting.status != "sitting" or not held:
        require_business(state, meeting, stamp.on)
    if hand and not is_present(meeting, hand):
        require_present(meeting, hand)


def require_hand(
    state: State, division: Division, voter: str, hand: str, choice: Choice
) -> Entitled:
    """The line of a voter, if it is for that hand to cast, else Refused."""
    line = require_line(state, division, voter, hand)
    if hand == (line.by or voter):
        require_instruction(line, choice)
        return line
    if hand == voter:
        raise Refused("represented", voter=voter, by=line.by, division=division.id)
    why = f"{line.by} does" if line.by else "it is cast in person"
    raise Refused("not-entitled-to-vote", person=hand, voter=voter, division=division.id, why=why)


def require_line(state: State, division: Division, voter: str, hand: str) -> Entitled:
    """The line of a voter in the register, if their vote can be cast at all, else Refused."""
    line = division.register.get(voter)
    if line is not None and line.why != "absent":
        return line
    meeting = state.meetings.get(division.meeting)
    barred = next((each.why for each in division.barred if each.person == voter), "")
    if line is None and (seat := _stands_for(division, voter)):
        barred = f"they cast the vote of {seat}, and have none of their own"
    if not barred and meeting is not None and is_present(meeting, voter):
        raise Refused("register-frozen", voter=voter, division=division.id)
    why = barred or ("absent when it was opened" if line else "not on the register")
    raise Refused("not-entitled-to-vote", person=hand, voter=voter, division=division.id, why=why)


def require_instruction(line: Entitled, choice: Choice) -> None:
    """Return if a vote is what the giver of the proxy instructed, else raise Refused `instructed`."""
    if line.instruction and line.instruction != choice:
        raise Refused("instructed", voter=line.person, by=line.by, instruction=line.instruction)


def _stands_for(division: Division, person: str) -> str:
    """Somebody whose vote a person casts, if there is one. Cost: a look at the register."""
    return next((line.person for line in division.register.values() if line.by == person), "")


def _vote(voter: str, choice: Choice, stamp: Stamp) -> Vote:
    by = "" if stamp.by == voter else stamp.by
    return plain_vote(choice, by, "desk" if stamp.entered_by else "electronic")


def _require_desk(state: State, division: Division, stamp: Stamp, do: str) -> None:
    body = state.bodies[division.body]
    meeting = state.meetings.get(division.meeting)
    if stamp.by in division.tellers or (meeting is not None and meeting.chair == stamp.by):
        return
    who = (*KEEPERS, "teller")
    if not may(state, stamp.by, who, body, stamp.on):
        raise Refused("not-entitled", person=stamp.by, do=do, needs=" or ".join(who))


def _require_consenting(state: State, key: str, stamp: Stamp) -> str:
    division = open_for_votes(state, key)
    if not isinstance(division.rule, Consent):
        raise Refused("takes-votes", division=key)
    voter = stamp.behalf or stamp.by
    require_hand(state, division, voter, stamp.by, "abstain")
    if voter in division.objections or voter in division.stood_aside:
        raise Refused("already-voted", voter=voter, division=key)
    require_time(state, division, stamp, stamp.by)
    return voter
