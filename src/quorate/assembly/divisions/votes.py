"""Votes by name: cast, changed, entered at the desk, corrected; objections where a decision is made by consent.

A vote belongs to the line of the register of whoever is entitled to it, so nobody votes twice, in person and by proxy
together. Casting looks only into dictionaries, so that a thousand may vote at once. RONR (12th ed.) 45:8, 45:45–50.
"""

from typing import Literal

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.divisions.entitlement import (
    require_hand,
    require_instruction,
    require_line,
    require_no_latecomer,
)
from quorate.assembly.divisions.figures import BY_FIGURES, put_vote
from quorate.assembly.divisions.status import open_for_votes, require_open, require_period
from quorate.assembly.heads import is_present
from quorate.assembly.model.division import Choice, Division, Vote
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, may, orders_of, require_business, require_present
from quorate.assembly.state import State
from quorate.counting.rule import Consent

refusals(
    not_entitled_to_vote="person voter division why other",
    already_voted="voter division",
    not_voted_yet="voter division",
    register_frozen="voter division",
    represented="voter holder division",
    instructed="voter holder instruction",
    vote_stands="body",
    result_declared="division",
    by_consent="division",
    takes_votes="division",
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
    division = open_for_votes(state, act.division)
    require_no_latecomer(state, division, stamp.behalf or stamp.by)
    event = casting(division, act, stamp)
    require_sitting(state, division, stamp, stamp.by)
    return event


def casting(division: Division, act: CastVote, stamp: Stamp) -> VoteCast:
    """The vote of whoever is entitled to it, cast by the hand that may, once and while the division is open."""
    require_open(division)
    voter = stamp.behalf or stamp.by
    require_hand(division, voter, stamp.by, act.choice)
    if voter in division.votes:
        raise Refused("already-voted", voter=voter, division=division.id)
    require_voting(division, stamp)
    return VoteCast(act=act, voter=voter)


@evolves(VoteCast)
def vote_cast(state: State, event: VoteCast, stamp: Stamp) -> None:
    """The vote stands in its line."""
    division = state.divisions[event.act.division]
    put_vote(division, event.voter, _vote(event.voter, event.act.choice, stamp))


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
        raise Refused("vote-stands", body=division.body, clause=order)
    require_no_latecomer(state, division, stamp.behalf or stamp.by)
    event = changing(division, act, stamp)
    require_sitting(state, division, stamp, stamp.by)
    return event


def changing(division: Division, act: ChangeVote, stamp: Stamp) -> VoteChanged:
    """Another choice in the place of the one cast before, by the hand that may cast it."""
    require_open(division)
    voter = stamp.behalf or stamp.by
    require_hand(division, voter, stamp.by, act.choice)
    if voter not in division.votes:
        raise Refused("not-voted-yet", voter=voter, division=division.id)
    require_voting(division, stamp)
    return VoteChanged(act=act, voter=voter)


@evolves(VoteChanged)
def vote_changed(state: State, event: VoteChanged, stamp: Stamp) -> None:
    """The last choice counts."""
    division = state.divisions[event.act.division]
    put_vote(division, event.voter, _vote(event.voter, event.act.choice, stamp))


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
    _require_desk(state, division, stamp)
    require_voting(division, stamp)
    require_sitting(state, division, stamp)
    for voter in act.votes:
        require_no_latecomer(state, division, voter)
    return entering_roll_call(division, act, stamp)


def entering_roll_call(division: Division, act: EnterRollCall, stamp: Stamp) -> RollCallEntered:
    """Votes of those on the register, as instructed, each for the first time."""
    require_open(division)
    require_voting(division, stamp)
    for voter, choice in act.votes.items():
        require_instruction(require_line(division, voter, stamp.by), choice)
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
        put_vote(division, voter, plain_vote(choice, by, act.provenance))


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
    _require_correctable(division)
    _require_desk(state, division, stamp)
    require_no_latecomer(state, division, act.voter)
    return correcting(division, act, stamp)


def correcting(division: Division, act: CorrectVote, stamp: Stamp) -> VoteCorrected:
    """The vote of somebody on the register otherwise than it was, before the result."""
    _require_correctable(division)
    require_line(division, act.voter, stamp.by)
    vote = division.votes.get(act.voter)
    return VoteCorrected(act=act, before=vote.choice if vote else "none")


@evolves(VoteCorrected)
def vote_corrected(state: State, event: VoteCorrected, stamp: Stamp) -> None:
    """The vote is as corrected, or struck out."""
    act = event.act
    division = state.divisions[act.division]
    if act.choice == "none":
        put_vote(division, act.voter, None)
    else:
        by = division.register[act.voter].by
        put_vote(division, act.voter, plain_vote(act.choice, by, "desk"))


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
    division = _division_by_consent(state, act.division, stamp)
    event = objecting(division, act, stamp)
    require_sitting(state, division, stamp, stamp.by)
    return event


def objecting(division: Division, act: RecordObjection, stamp: Stamp) -> ObjectionRecorded:
    """An objection in the place of a vote."""
    return ObjectionRecorded(act=act, voter=_who_withholds_consent(division, stamp))


@evolves(ObjectionRecorded)
def objection_recorded(state: State, event: ObjectionRecorded, stamp: Stamp) -> None:
    """The objection stands."""
    division = state.divisions[event.act.division]
    division.objections[event.voter] = state.size


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
    division = _division_by_consent(state, act.division, stamp)
    event = standing_aside(division, act, stamp)
    require_sitting(state, division, stamp, stamp.by)
    return event


def standing_aside(division: Division, act: StandAside, stamp: Stamp) -> StandAsideRecorded:
    """Somebody who stands aside in the place of a vote."""
    return StandAsideRecorded(act=act, voter=_who_withholds_consent(division, stamp))


@evolves(StandAsideRecorded)
def stand_aside_recorded(state: State, event: StandAsideRecorded, stamp: Stamp) -> None:
    """It is known who stood aside."""
    division = state.divisions[event.act.division]
    division.stood_aside[event.voter] = state.size


def plain_vote(choice: Choice, by: str = "", provenance: Provenance = "electronic") -> Vote:
    """A vote; those cast in person are the same few objects however many there are."""
    if by:
        return Vote(choice, by, provenance)
    key = (choice, by, provenance)
    return _plain.get(key) or _plain.setdefault(key, Vote(choice, by, provenance))


def require_voting(division: Division, stamp: Stamp) -> None:
    """Return if votes by name may come in at this moment, as far as a division says so, else raise Refused."""
    require_names(division)
    if isinstance(division.rule, Consent):
        raise Refused("by-consent", division=division.id)
    require_period(division, stamp)


def require_names(division: Division) -> None:
    """Return if a division is taken by name, else raise Refused `wrong-method`."""
    if division.method in BY_FIGURES:
        raise Refused("wrong-method", division=division.id, method=division.method)


def require_sitting(state: State, division: Division, stamp: Stamp, hand: str = "") -> None:
    """Return if the meeting of a division sits and has not lost its quorum, or there is none, else raise Refused.

    The hand that casts a vote, if one is given, must not have left it.
    """
    if not division.meeting:
        return
    meeting = state.meetings[division.meeting]
    require_business(state, meeting, stamp.on)
    if hand and not is_present(meeting, hand):
        require_present(meeting, hand)


def _vote(voter: str, choice: Choice, stamp: Stamp) -> Vote:
    by = "" if stamp.by == voter else stamp.by
    return plain_vote(choice, by, "desk" if stamp.entered_by else "electronic")


def _require_desk(state: State, division: Division, stamp: Stamp) -> None:
    body = state.bodies[division.body]
    meeting = state.meetings.get(division.meeting)
    if stamp.by in division.tellers or (meeting is not None and meeting.chair == stamp.by):
        return
    who = (*KEEPERS, "teller")
    if not may(state, stamp.by, who, body, stamp.on):
        raise Refused("not-entitled", person=stamp.by, needs=who)


def _require_correctable(division: Division) -> None:
    if division.status not in ("open", "closed"):
        raise Refused("result-declared", division=division.id)
    require_names(division)


def _require_consent(division: Division) -> None:
    require_open(division)
    if not isinstance(division.rule, Consent):
        raise Refused("takes-votes", division=division.id)


def _division_by_consent(state: State, key: str, stamp: Stamp) -> Division:
    division = state.division(key)
    _require_consent(division)
    require_no_latecomer(state, division, stamp.behalf or stamp.by)
    return division


def _who_withholds_consent(division: Division, stamp: Stamp) -> str:
    _require_consent(division)
    voter = stamp.behalf or stamp.by
    require_hand(division, voter, stamp.by, "abstain")
    if voter in division.objections or voter in division.stood_aside:
        raise Refused("already-voted", voter=voter, division=division.id)
    require_period(division, stamp)
    return voter
