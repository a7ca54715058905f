"""Telling of letters and the demands in them, and of dispatches."""

from quorate.assembly.affairs import correspondence, dispatches
from quorate.reading.words.names import listed
from quorate.reading.words.sentence import sentence
from quorate.reading.words.subjects import Names

_ANSWERS = {"accepted": "accepted", "not-accepted": "not accepted", "noted": "noted"}


@sentence.register
def _(event: correspondence.CommunicationReceived, names: Names) -> str:
    act = event.act
    wants = listed(f"“{names.words(each)}”" for each in act.demands)
    demands = f", demanding {wants}" if wants else ""
    return f"{names.whom(act.sender)} wrote to {names.whom(act.to)}{demands}."


@sentence.register
def _(event: correspondence.DemandPut, names: Names) -> str:
    act = event.act
    return f"the demand {names.demand(act.communication, act.n)} is before the body as {names.titled(act.motion)}."


@sentence.register
def _(event: correspondence.DemandDecided, names: Names) -> str:
    return f"{_ANSWERS[event.how]}: the demand {names.demand(event.communication, event.n)} in {names.letter(event.communication)}."


@sentence.register
def _(event: correspondence.CommunicationAnswered, names: Names) -> str:
    act = event.act
    rests = f", by {names.decision(act.decision)}" if act.decision else ""
    return f"{_ANSWERS[act.how]}{rests}: the demand {names.demand(act.communication, act.n)} in {names.letter(act.communication)}."


@sentence.register
def _(event: dispatches.DispatchSent, names: Names) -> str:
    act = event.act
    sender = names.the(act.body) if act.body else names.by
    return f"{sender} sent {names.person(act.messenger)} with a message to {names.whom(act.to)}{names.when(event.due, 'to be answered by ')}."


@sentence.register
def _(event: dispatches.DispatchDelivered, names: Names) -> str:
    return f"delivered: {names.dispatch(event.act.dispatch)}."


@sentence.register
def _(event: dispatches.DispatchAcknowledged, names: Names) -> str:
    return f"acknowledged by {names.by}: {names.dispatch(event.act.dispatch)}."


@sentence.register
def _(event: dispatches.DispatchReturned, names: Names) -> str:
    return f"not delivered: {names.dispatch(event.act.dispatch)}."


@sentence.register
def _(event: dispatches.DispatchResent, names: Names) -> str:
    return f"sent again: {names.dispatch(event.act.dispatch)}{names.when(event.due, 'to be answered by ')}."


@sentence.register
def _(event: dispatches.DispatchAbandoned, names: Names) -> str:
    return f"no answer is awaited any more: {names.dispatch(event.act.dispatch)}."
