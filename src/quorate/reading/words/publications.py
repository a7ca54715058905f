"""Telling of dissent, of what was asked to be printed and what was, of breaches of confidence, and of minutes."""

from quorate.assembly.affairs import breaches, dissent, publications
from quorate.assembly.keeping import minutes
from quorate.reading.words.names import capitalised, listed
from quorate.reading.words.sentence import sentence
from quorate.reading.words.subjects import Names

_BREACH = {
    "no-breach": "no breach of confidence",
    "authorised": "the publication was authorised",
    "breach-noted": "confidence was broken, and that is noted",
    "charge-brought": "confidence was broken, and a charge is brought",
}


@sentence.register
def _(event: dissent.DissentRecorded, names: Names) -> str:
    act = event.act
    organ = f", to be printed by {names.whom(event.organ)}" if event.organ else ""
    return f"{names.both(act.signatories)} dissented from {names.decision(act.decision)}{organ}."


@sentence.register
def _(event: dissent.DissentJoined, names: Names) -> str:
    return f"{names.by} joined the dissent from {_dissented(names, event.act.dissent)}."


@sentence.register
def _(event: dissent.DissentWithdrawn, names: Names) -> str:
    return f"{names.by} no longer dissents from {_dissented(names, event.act.dissent)}."


def _dissented(names: Names, key: str) -> str:
    return names.decision(names.state.dissents[key].decision)


@sentence.register
def _(event: publications.PublicationRequested, names: Names) -> str:
    act = event.act
    what = names.dissent(act.dissent) if act.dissent else "something of theirs"
    return f"{names.both(event.requesters)} asked {names.the(act.organ)} to publish {what}."


@sentence.register
def _(event: publications.PublicationGranted, names: Names) -> str:
    return f"granted: {names.request(event.act.request)}."


@sentence.register
def _(event: publications.PublicationRefused, names: Names) -> str:
    return f"refused: {names.request(event.act.request)}."


@sentence.register
def _(event: publications.PublicationRecorded, names: Names) -> str:
    act = event.act
    day = f" on {names.on_day(act.on)}" if act.on.on != names.on else ""
    prints = f", printing {names.dissent(event.dissent)}" if event.dissent else ""
    return f"{names.both(act.persons) or 'somebody'} published in {act.where}{day}{prints}."


@sentence.register
def _(event: publications.PublicationAnnotated, names: Names) -> str:
    return f"{names.the(event.act.body)} added a note of its own to {names.publication(event.act.publication)}."


@sentence.register
def _(event: breaches.PublicationLinked, names: Names) -> str:
    return (
        f"{names.publication(event.act.publication)} touches {names.decision(event.act.decision)}."
    )


@sentence.register
def _(event: breaches.BreachQuestionRaised, names: Names) -> str:
    return f"was the confidence of {names.decision(event.decision)} broken by {names.publication(event.publication)}? {capitalised(names.the(event.body))} is to answer."


@sentence.register
def _(event: breaches.BreachAnswered, names: Names) -> str:
    return f"on {names.publication(event.act.publication)} and {names.decision(event.act.decision)}: {_BREACH[event.act.how]}."


@sentence.register
def _(event: minutes.MinutesDrafted, names: Names) -> str:
    return f"{names.by} drafted {names.minutes(event.act.minutes)} from the record."


@sentence.register
def _(event: minutes.MinutesCorrected, names: Names) -> str:
    return f"{names.by} corrected {names.minutes(event.act.minutes)}."


@sentence.register
def _(event: minutes.MinutesApproved, names: Names) -> str:
    left = f"; still to be signed by the {listed(event.unsigned)}" if event.unsigned else ""
    return f"approved: {names.minutes(event.act.minutes)}{left}."


@sentence.register
def _(event: minutes.MinutesSigned, names: Names) -> str:
    return f"{names.by} signed {names.minutes(event.act.minutes)} as {listed(event.capacities)}."
