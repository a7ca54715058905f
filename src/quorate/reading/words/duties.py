"""Telling of duties and details: who is charged with what, what was fixed, and what lapsed."""

from quorate.assembly.decisions import details, duties, lapses
from quorate.reading.words.names import spoken
from quorate.reading.words.sentence import sentence
from quorate.reading.words.subjects import Names

_DONE = {"done": "done", "impossible": "found impossible", "released": "released"}


@sentence.register
def _(event: duties.DutyLaid, names: Names) -> str:
    due = names.when(event.due)
    return f"by clause {event.clause}, {names.whom(event.bearer)} has to {spoken(event.what)}{due}."


@sentence.register
def _(event: duties.DutyCharged, names: Names) -> str:
    act = event.act
    return f"{names.by} charged {names.whom(act.bearer)} with “{spoken(act.what)}”{names.when(event.due)}."


@sentence.register
def _(event: duties.DutyAccepted, names: Names) -> str:
    return f"{names.by} accepted {names.duty(event.act.duty)}."


@sentence.register
def _(event: duties.ProgressReported, names: Names) -> str:
    return f"{names.by} reported progress on {names.duty(event.act.duty)}."


@sentence.register
def _(event: duties.DutyDischarged, names: Names) -> str:
    return f"{_DONE[event.act.how]}: {names.duty(event.act.duty)}."


@sentence.register
def _(event: duties.DutyExtended, names: Names) -> str:
    return f"{names.duty(event.act.duty)} is now due{names.when(event.due)}."


@sentence.register
def _(event: details.DetailDeferred, names: Names) -> str:
    what = spoken(names.state.duties[event.detail].what) or "what was decided"
    left = f"the {spoken(event.slot)} of “{what}” is left to {names.whom(event.owner)}"
    return f"by clause {event.clause}, {left}{names.when(event.due, 'and due by ')}."


@sentence.register
def _(event: details.DetailFixed, names: Names) -> str:
    fixed = names.on_day(event.act.day) if event.act.day is not None else event.act.value
    return f"fixed by {names.by}: {names.duty(event.act.detail)}: {fixed}."


@sentence.register
def _(event: lapses.DutyLapsed, names: Names) -> str:
    why = names.clause(event.because) if "/" in event.because else names.decision(event.because)
    return f"{names.duty(event.duty)} binds nobody any more, because of {why}."
