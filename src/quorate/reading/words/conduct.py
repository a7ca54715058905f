"""Telling of resignations, charges, the measures taken on them, and appeals."""

from quorate.assembly.affairs import appeals, charges, discipline, resignations
from quorate.reading.words.sentence import sentence
from quorate.reading.words.subjects import Names

_HEARD = {
    "present": "was heard",
    "declined": "declined to be heard",
    "absent": "stayed away from the hearing",
}
_MEASURES = {
    "censure": "to censure {who}",
    "suspend": "to suspend {who}{until}",
    "remove": "to remove {who} from {place}",
    "expel": "to expel {who}",
    "none": "to take no measure against {who}",
}
_TAKEN = {
    "censure": "{who} is censured",
    "suspend": "{who} is suspended",
    "remove": "{who} is removed from {place}",
    "expel": "{who} is expelled",
    "none": "no measure is taken against {who}",
}


@sentence.register
def _(event: resignations.ResignationTendered, names: Names) -> str:
    act = event.act
    to = f" to {names.the(act.to)}" if act.to and act.to != act.body else ""
    return f"{names.by} tendered a resignation {names.place(act.office, act.body)}{to}."


@sentence.register
def _(event: resignations.ResignationObjected, names: Names) -> str:
    return f"{names.by} objected to {names.resignation(event.act.resignation)}."


@sentence.register
def _(event: resignations.ResignationWithdrawn, names: Names) -> str:
    return f"withdrawn: {names.resignation(event.act.resignation)}."


@sentence.register
def _(event: resignations.ResignationEffected, names: Names) -> str:
    return f"{names.resignation(event.resignation)} took effect at once, by the standing orders."


@sentence.register
def _(event: resignations.ResignationAccepted, names: Names) -> str:
    return f"accepted: {names.resignation(event.resignation)}."


@sentence.register
def _(event: resignations.ResignationDeclined, names: Names) -> str:
    return f"not accepted: {names.resignation(event.resignation)}."


@sentence.register
def _(event: resignations.AcceptanceAnnounced, names: Names) -> str:
    return f"{names.by} announced without a division that {names.resignation(event.act.resignation)} is accepted."


@sentence.register
def _(event: resignations.NonAcceptanceAnnounced, names: Names) -> str:
    return f"{names.by} announced without a division that {names.resignation(event.act.resignation)} is not accepted."


@sentence.register
def _(event: charges.ChargeBrought, names: Names) -> str:
    act = event.act
    grounds = f": {', '.join(act.grounds)}" if act.grounds else ""
    return f"{names.by} brought a charge against {names.person(act.accused)} before {names.the(act.body)}{grounds}."


@sentence.register
def _(event: charges.AccusedNotified, names: Names) -> str:
    return f"{names.person(names.state.charges[event.act.charge].accused)} was told of the charge."


@sentence.register
def _(event: charges.AccusedHeard, names: Names) -> str:
    accused = names.state.charges[event.act.charge].accused
    return f"{names.person(accused)} {_HEARD[event.act.how]} on the charge."


@sentence.register
def _(event: charges.ChargeWithdrawn, names: Names) -> str:
    return f"{names.by} withdrew {names.charge(event.act.charge)}."


@sentence.register
def _(event: charges.MemberRecused, names: Names) -> str:
    return f"{names.by} takes no part in the vote on {names.charge(event.act.charge)}."


@sentence.register
def _(event: discipline.DisciplineMoved, names: Names) -> str:
    act = event.act
    return f"{names.titled(act.motion)} proposes {_measure(names, act.charge, act.motion, _MEASURES[act.measure])}."


@sentence.register
def _(event: discipline.MeasureTaken, names: Names) -> str:
    return f"{_measure(names, event.charge, event.motion, _TAKEN[event.measure])}, by {names.decision(event.motion)}."


@sentence.register
def _(event: discipline.MeasureRejected, names: Names) -> str:
    return f"{names.charge(event.charge)} ends without a measure."


def _measure(names: Names, key: str, motion: str, template: str) -> str:
    charge = names.state.charges[key]
    proposal = charge.motions[motion]
    until = f" until {names.on_day(proposal.until)}" if proposal.until else ""
    place = names.whom(f"office:{proposal.office}") if proposal.office else names.the(charge.body)
    return template.format(who=names.person(charge.accused), until=until, place=place)


@sentence.register
def _(event: appeals.MeasureAppealed, names: Names) -> str:
    accused = names.person(names.state.charges[event.act.charge].accused)
    return f"{accused} appealed from the measure to {names.the(event.to)}."


@sentence.register
def _(event: appeals.MeasureAppealDecided, names: Names) -> str:
    how = "stands" if event.act.how == "upheld" else "is quashed"
    return f"the measure on {names.charge(event.act.charge)} {how}, by {names.decision(event.act.decision)}."
