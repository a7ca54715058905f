"""Telling of divisions: who is entitled, how each voted, the figures, the result and its reason."""
# ruff: noqa: ARG001  # all tellings share one signature

from collections.abc import Iterable

from quorate.assembly.divisions import circular, counts, divisions, results, secret, votes
from quorate.assembly.divisions.figures import not_voted
from quorate.assembly.divisions.opening import Opening
from quorate.assembly.model.division import BarredReason, Box
from quorate.counting.outcome import Outcome
from quorate.counting.tally import Tally
from quorate.reading.words.names import plural
from quorate.reading.words.outcomes import words
from quorate.reading.words.sentence import sentence
from quorate.reading.words.subjects import Names

CHOICES = {"for": "for", "against": "against", "abstain": "abstaining"}
_SHOWN = 16  # digits of a hash: more than anybody could make another archive for
BARRED: dict[BarredReason, str] = {
    "guest": "a guest has no vote",
    "unseated": "no seat in the body on this day",
    "no-vote": "the seat has no vote",
    "suspended": "not in good standing",
    "recused": "recused from the charge",
    "seat-taken": "the member whose seat it is votes in person",
    "no-seat-to-fill": "the seat to be filled has no vote",
}
"""Why somebody present has no vote."""
RESULTS = {
    "adopted": "Adopted",
    "rejected": "Rejected",
    "tied": "Tied",
    "no-decision": "No decision, which is not a rejection",
}


@sentence.register
def _(event: divisions.DivisionOpened, names: Names) -> str:
    return _opened(names, event.opening)


@sentence.register
def _(event: circular.CircularVoteOpened, names: Names) -> str:
    closes = event.opening.closes_at
    until = f"; the vote in writing closes {names.moment(closes)}" if closes else ""
    return _opened(names, event.opening).removesuffix(".") + f"{until}."


@sentence.register
def _(event: divisions.DivisionDemanded, names: Names) -> str:
    return f"{names.by} demanded that {names.question(event.act.division)} be voted on by {event.act.method.replace('-', ' ')}; {_opened(names, event.opening)}"


@sentence.register
def _(event: divisions.RecountDemanded, names: Names) -> str:
    return f"{names.by} demanded a recount on {names.question(event.act.division)}."


def _opened(names: Names, opening: Opening) -> str:
    entitled = len(opening.register)
    reasons = dict.fromkeys(each.why for each in opening.barred)
    barred = "; ".join(_barred(names, opening, why) for why in reasons)
    left_out = f"; present without a vote: {barred}" if barred else ""
    there = "" if opening.method == "circular" else f" and {opening.present} present"
    return (
        f"the question was put on {names.titled(opening.motion)}: {plural(entitled, 'is', 'are')} "
        f"entitled{there}; needed: {words(opening.rule)}{left_out}."
    )


def _barred(names: Names, opening: Opening, why: BarredReason) -> str:
    who = [each.person for each in opening.barred if each.why == why]
    return f"{names.both(who) if len(who) <= 3 else f'{len(who)} others'} ({BARRED[why]})"


@sentence.register
def _(event: divisions.DivisionClosed, names: Names) -> str:
    return f"voting closed{_lost(event.unaccounted)}{_in_box(event.act.box)}."


def _in_box(box: Box | None) -> str:
    if box is None:
        return ""
    before = f", and {box.superseded} superseded by a later one" if box.superseded else ""
    return f": {plural(box.counted, 'ballot')} in the box{before}"


@sentence.register
def _(event: secret.BallotPrepared, names: Names) -> str:
    setup = event.act.setup
    return (
        f"{names.by} prepared the secret ballot on {names.question(event.act.division)}: "
        f"{plural(setup.issued, 'credential')} issued; the fingerprint of its election is {setup.fingerprint}."
    )


@sentence.register
def _(event: divisions.DivisionUnreconciled, names: Names) -> str:
    return f"the figures on {names.question(event.division)} do not add up{_lost(event.unaccounted)}; this stays open until it is explained."


@sentence.register
def _(event: divisions.DivisionVoided, names: Names) -> str:
    return f"{names.by} declared the division on {names.question(event.act.division)} void."


def _lost(unaccounted: int) -> str:
    if not unaccounted:
        return ""
    if unaccounted < 0:
        return f": {plural(-unaccounted, 'vote')} more than voters"
    return f": {plural(unaccounted, 'vote')} unaccounted for"


@sentence.register
def _(event: votes.VoteCast, names: Names) -> str:
    who = names.person(event.voter)
    by = f" (cast by {names.by})" if names.by != who else ""
    return (
        f"{who} voted {event.act.choice}{by}."
        if event.act.choice != "abstain"
        else f"{who} abstained{by}."
    )


@sentence.register
def _(event: votes.VoteChanged, names: Names) -> str:
    return f"{names.person(event.voter)} changed the vote to {CHOICES[event.act.choice]}."


@sentence.register
def _(event: votes.RollCallEntered, names: Names) -> str:
    voted = [
        key for key in names.state.divisions[event.act.division].register if key in event.act.votes
    ]
    sides = {side: [key for key in voted if event.act.votes[key] == side] for side in CHOICES}
    called = "; ".join(f"{CHOICES[side]}: {names.both(who)}" for side, who in sides.items() if who)
    how = "on paper" if event.act.provenance == "paper" else "by roll call"
    return f"votes entered {how}: {called}."


@sentence.register
def _(event: votes.VoteCorrected, names: Names) -> str:
    before, after = (CHOICES.get(each, "no vote") for each in (event.before, event.act.choice))
    return f"the vote of {names.person(event.act.voter)} was corrected from {before} to {after}."


@sentence.register
def _(event: votes.ObjectionRecorded, names: Names) -> str:
    return f"{names.person(event.voter)} objected to {names.question(event.act.division)}."


@sentence.register
def _(event: votes.StandAsideRecorded, names: Names) -> str:
    return f"{names.person(event.voter)} stood aside on {names.question(event.act.division)}."


@sentence.register
def _(event: counts.CountEntered, names: Names) -> str:
    count = event.act.count
    agrees = "" if event.agrees else "; the tellers differ"
    return f"{names.by} counted {count.votes_for} for, {count.votes_against} against, {count.abstentions} abstaining{agrees}."


@sentence.register
def _(event: counts.DifferenceExplained, names: Names) -> str:
    return f"{names.by} explained the difference in the figures on {names.question(event.act.division)}."


@sentence.register
def _(event: circular.CircularVoteEnded, names: Names) -> str:
    return f"the period of the vote in writing on {names.question(event.act.division)} was over, and the voting ended."


@sentence.register
def _(event: circular.MeetingDemanded, names: Names) -> str:
    return f"{names.by} demanded a meeting instead of a vote in writing on {names.question(event.act.division)}."


@sentence.register
def _(event: circular.CircularVoteCancelled, names: Names) -> str:
    return f"the vote in writing on {names.question(event.division)} is void: {names.both(event.demanded_by)} demanded a meeting."


@sentence.register
def _(event: results.CastingVoteGiven, names: Names) -> str:
    return (
        f"{names.by} gave the casting vote {event.act.choice} {names.question(event.act.division)}."
    )


@sentence.register
def _(event: results.LotDrawn, names: Names) -> str:
    return f"the lot fell {event.side} {names.question(event.act.division)}, drawn from {event.act.source}."


@sentence.register
def _(event: results.ResultDeclared, names: Names) -> str:
    silent = names.state.divisions[event.act.division]
    by_name = silent.method not in ("counted", "secret")
    missing = not_voted(silent) if by_name else ()
    return _declared(event.outcome, event.heads, names, missing, event.weight)


@sentence.register
def _(event: results.SecretResultDeclared, names: Names) -> str:
    said = _declared(event.outcome, event.heads, names, ())
    if not event.tallied:
        return said
    archive = event.act.archive[:_SHOWN]
    box = names.state.divisions[event.act.division].box
    more = f" ({box.superseded} more superseded by a later one)" if box and box.superseded else ""
    return (
        f"{said.removesuffix('.')}; counted from {plural(event.tallied, 'secret ballot')}{more}, "
        f"whose archive has a hash that begins with {archive}."
    )


def _declared(
    outcome: Outcome,
    heads: Tally,
    names: Names,
    missing: Iterable[str],
    weight: Tally | None = None,
) -> str:
    who = names.both(missing)
    silent = f"; {who or heads.not_voted} did not vote" if heads.not_voted else ""
    figures = f"{heads.for_} for, {heads.against} against, {heads.abstain} abstaining"
    if weight is not None and weight.entitled != heads.entitled:
        votes = f"{weight.for_} votes for, {weight.against} against, {weight.abstain} abstaining"
        figures = f"{votes} (in heads {figures})"
    spoiled = f", {heads.spoiled} spoiled" if heads.spoiled else ""
    return f"{RESULTS[outcome.result]}: {figures}{spoiled}{silent}{_lost(outcome.unaccounted).replace(': ', '; ')}."
