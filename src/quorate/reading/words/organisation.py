"""Telling of the organisation, its bodies and offices, members and seats, standing orders, and the record itself."""
# ruff: noqa: ARG001  # all tellings share one signature

from quorate.assembly.keeping import clock, erasures, holds, keys
from quorate.assembly.organisation import bodies, membership, standing_orders
from quorate.reading.words.names import listed, plural
from quorate.reading.words.sentence import sentence
from quorate.reading.words.subjects import Names

_GROUNDS = {
    "personal-data": "as personal data",
    "court-order": "by order of a court",
    "kept-long-enough": "because they were kept long enough",
    "entered-by-mistake": "because they were entered by mistake",
}
_DEPARTED = {"left": "has left", "expelled": "was expelled", "died": "has died"}


@sentence.register
def _(event: bodies.OrganisationFounded, names: Names) -> str:
    timing = ", and each act says when it happened" if event.act.clock == "told" else ""
    return f"the record of {event.act.name} was opened; {names.person(event.act.clerk)} keeps it{timing}."


@sentence.register
def _(event: bodies.BodyEstablished, names: Names) -> str:
    act = event.act
    under = f", under {names.the(act.parent)}" if act.parent else ""
    seats = f", with {plural(act.seats, 'seat')}" if act.seats else ""
    remit = f" ({act.remit})" if act.remit else ""
    return f"{'known' if act.outside else 'set up'}: {names.the(act.body)}{under}{seats}{remit}."


@sentence.register
def _(event: bodies.BodyDissolved, names: Names) -> str:
    return f"{names.the(event.act.body)} was dissolved."


@sentence.register
def _(event: bodies.OfficeCreated, names: Names) -> str:
    return f"{names.the(event.act.body)} has an office: {event.act.name}."


@sentence.register
def _(event: bodies.OfficeFilled, names: Names) -> str:
    until = f" until {names.on_day(event.act.until)}" if event.act.until else ""
    since = f" from {names.on_day(event.since)}" if event.since != names.on else ""
    office = names.whom(f"office:{event.act.office}")
    return f"{names.person(event.act.holder)} became {office}{since}{until}."


@sentence.register
def _(event: bodies.OfficeVacated, names: Names) -> str:
    return f"{names.person(event.holder)} is no longer {names.whom(f'office:{event.act.office}')}."


@sentence.register
def _(event: membership.MemberAdmitted, names: Names) -> str:
    return f"{names.person(event.act.member)} became a member."


@sentence.register
def _(event: membership.MemberSuspended, names: Names) -> str:
    act = event.act
    until = f" until {names.on_day(act.until)}" if act.until else ""
    rests = f", by {names.decision(act.decision)}" if act.decision else ""
    return f"{names.person(act.member)} was suspended{until}{rests}."


@sentence.register
def _(event: membership.MemberReinstated, names: Names) -> str:
    return f"{names.person(event.act.member)} is a member in good standing again."


@sentence.register
def _(event: membership.DepartureRecorded, names: Names) -> str:
    rests = f", by {names.decision(event.act.decision)}" if event.act.decision else ""
    return f"{names.person(event.act.member)} {_DEPARTED[event.act.how]}{rests}."


@sentence.register
def _(event: membership.MemberSeated, names: Names) -> str:
    act = event.act
    weight = "" if act.weight == 1 else f", with {plural(act.weight, 'vote')}"
    since = f" from {names.on_day(event.since)}" if event.since != names.on else ""
    until = f" until {names.on_day(event.until)}" if event.until else ""
    return f"{names.person(act.member)} took a seat in {names.the(act.body)}{since}{until}{weight}."


@sentence.register
def _(event: membership.MemberUnseated, names: Names) -> str:
    rests = f", by {names.decision(event.act.decision)}" if event.act.decision else ""
    return f"{names.person(event.act.member)} lost the seat in {names.the(event.act.body)}{rests}."


@sentence.register
def _(event: membership.SubstituteNamed, names: Names) -> str:
    act = event.act
    if not act.substitute:
        return f"{names.person(act.member)} has no substitute in {names.the(act.body)} any more."
    return f"{names.person(act.substitute)} stands in for {names.person(act.member)} in {names.the(act.body)}."


@sentence.register
def _(event: standing_orders.StandingOrdersAdopted, names: Names) -> str:
    act = event.act
    rests = f" by {names.decision(act.decision)}" if act.decision else ""
    preset = (
        f", starting from those of a {spoken_preset(act.orders.preset)}"
        if act.orders.preset
        else ""
    )
    return f"{names.the(act.body)} adopted standing orders{rests}{preset}."


@sentence.register
def _(event: standing_orders.StandingOrderAmended, names: Names) -> str:
    act = event.act
    rule = act.rule.replace("_", " ")
    return f"by {names.decision(act.decision)}, the standing order of {names.the(act.body)} on {rule} reads otherwise."


@sentence.register
def _(event: erasures.PartErased, names: Names) -> str:
    what = listed(event.act.parts)
    return f"{names.by} erased the {what} of entry {event.act.seq}, {_GROUNDS[event.act.ground]}; the proofs still hold."


@sentence.register
def _(event: holds.HoldPlaced, names: Names) -> str:
    return f"{names.by} placed {names.hold(event.act.hold).replace('the hold', 'a hold', 1)}: nothing may be erased there."


@sentence.register
def _(event: holds.HoldLifted, names: Names) -> str:
    return f"{names.by} lifted {names.hold(event.act.hold)}."


@sentence.register
def _(event: keys.KeyRotated, names: Names) -> str:
    return "from here on the record is signed with another key."


@sentence.register
def _(event: clock.ClockJumpNoted, names: Names) -> str:
    before, after = names.moment(event.act.before), names.moment(event.act.after)
    return f"the clock went back from {before} to {after}; entries keep their order."


@sentence.register
def _(event: clock.ClockCorrected, names: Names) -> str:
    reason = f": {event.act.reason}" if event.act.reason else ""
    return f"{names.by} corrected the clock, which had run ahead to {names.moment(event.ahead)}{reason}."


def spoken_preset(preset: str) -> str:
    """The name of a preset as words."""
    return preset.replace("-", " ")
