"""Telling of meetings: how they are convened, who is there, the chair, the agenda, the floor, points of order, reports."""
# ruff: noqa: ARG001  # all tellings share one signature

from quorate.assembly.calendar import rescheduling
from quorate.assembly.meetings import (
    admission,
    agenda,
    convening,
    credentials,
    floor,
    hosting,
    notice,
    points_of_order,
    proxies,
    quorum,
    reports,
    sitting,
)
from quorate.reading.words.names import listed, mid_sentence, plural
from quorate.reading.words.sentence import sentence
from quorate.reading.words.subjects import Names

_SIDES = {
    "for": "to speak for",
    "against": "to speak against",
    "neutral": "to speak on",
    "question": "to ask about",
    "point-of-order": "for a point of order on",
}


@sentence.register
def _(event: hosting.HostCharged, names: Names) -> str:
    return f"{names.by} charged {names.person(event.act.host)} to prepare {names.meeting(event.act.meeting)}."


@sentence.register
def _(event: hosting.HostingAccepted, names: Names) -> str:
    return f"{names.by} will prepare {names.meeting(event.act.meeting)}."


@sentence.register
def _(event: hosting.HostingEnded, names: Names) -> str:
    how = "declined" if event.how == "declined" else "relieved the host of the charge"
    return f"{names.by} {how} to prepare {names.meeting(event.act.meeting)}."


@sentence.register
def _(event: convening.MeetingConvened, names: Names) -> str:
    act = event.act
    kept = " in confidence" if act.in_confidence else ""
    place = _place(act)
    room = f", in a room for {act.capacity}" if act.capacity else ""
    short = f"; its notice is {plural(event.short_by, 'day')} too short" if event.short_by else ""
    starts = names.moment(act.starts_at)
    return f"{names.by} convened {names.the(act.body)}{kept} for {starts}: “{names.words(act.title)}”{place}{room}{short}."


@sentence.register
def _(event: convening.MeetingCancelled, names: Names) -> str:
    return f"{names.by} called {names.meeting(event.act.meeting)} off."


@sentence.register
def _(event: convening.VenueMoved, names: Names) -> str:
    act = event.act
    where = _place(act).removeprefix(",") or " to another place"
    return f"{names.by} moved {names.meeting(act.meeting)}{where}."


def _place(act: convening.ConveneMeeting | convening.MoveVenue) -> str:
    where = mid_sentence(act.venue or act.place)
    return (f", at {where}" if where else "") + (f", in {act.city}" if act.city else "")


@sentence.register
def _(event: rescheduling.MeetingMoved, names: Names) -> str:
    act = event.act
    short = f"; its notice is {plural(event.short_by, 'day')} too short" if event.short_by else ""
    before, after = names.on_day(event.before), names.moment(act.starts_at)
    return f"{names.by} moved {names.meeting(act.meeting)} from {before} to {after}{short}."


@sentence.register
def _(event: notice.NoticeAmended, names: Names) -> str:
    return f"{names.by} amended the notice of {names.meeting(event.act.meeting)}."


@sentence.register
def _(event: notice.NoticeWaived, names: Names) -> str:
    rests = f" by {names.decision(event.act.decision)}" if event.act.decision else ""
    return f"the short notice of {names.meeting(event.act.meeting)} was waived{rests}."


@sentence.register
def _(event: admission.GuestInvited, names: Names) -> str:
    return (
        f"{names.by} invited {names.person(event.act.guest)} to {names.meeting(event.act.meeting)}."
    )


@sentence.register
def _(event: admission.AttendeeAdmitted, names: Names) -> str:
    act = event.act
    how = {
        "member": "",
        "substitute": f" in place of {names.person(act.seat)}",
        "guest": " as a guest",
    }[act.capacity]
    return f"{names.person(act.attendee)} came in{how}{', under an alias' if act.alias else ''}."


@sentence.register
def _(event: admission.RoomOverfilled, names: Names) -> str:
    return f"too few chairs: {event.present} are present and the room holds {event.capacity}."


@sentence.register
def _(event: admission.LeavingRecorded, names: Names) -> str:
    return f"{names.person(event.act.attendee)} left."


@sentence.register
def _(event: admission.AliasLifted, names: Names) -> str:
    return f"{names.bare(event.act.attendee)} goes by no alias any more."


@sentence.register
def _(event: credentials.CredentialsChallenged, names: Names) -> str:
    return f"{names.by} challenged the credentials of {names.person(event.act.attendee)}."


@sentence.register
def _(event: credentials.CredentialsRuled, names: Names) -> str:
    how = "rejected" if event.act.sustained else "accepted"
    return f"the credentials of {names.person(event.act.attendee)} were {how}."


@sentence.register
def _(event: proxies.ProxyGiven, names: Names) -> str:
    act = event.act
    where = f" at {names.meeting(act.meeting)}" if act.meeting else f" in {names.the(act.body)}"
    what = f" on {listed(map(names.titled, act.motions))}" if act.motions else ""
    how = f", to vote {act.instruction}" if act.instruction in ("for", "against") else ""
    how = ", to abstain" if act.instruction == "abstain" else how
    return f"{names.person(act.giver)} gave {names.person(act.holder)} a proxy{where}{what}{how}."


@sentence.register
def _(event: proxies.ProxyRevoked, names: Names) -> str:
    proxy = names.state.proxies[event.act.proxy]
    return f"the proxy of {names.person(proxy.giver)} with {names.person(proxy.holder)} holds no longer."


@sentence.register
def _(event: quorum.QuorumReached, names: Names) -> str:
    return f"quorum reached: {event.present} present of {event.needed} needed."


@sentence.register
def _(event: quorum.QuorumLost, names: Names) -> str:
    return f"quorum lost: {event.present} present of {event.needed} needed."


@sentence.register
def _(event: sitting.MeetingOpened, names: Names) -> str:
    return f"{names.meeting(event.act.meeting)} was called to order, {names.person(event.chair)} in the chair."


@sentence.register
def _(event: sitting.ChairTaken, names: Names) -> str:
    return f"{names.person(event.act.chair)} took the chair from {names.person(event.before)}."


@sentence.register
def _(event: sitting.MeetingRecessed, names: Names) -> str:
    until = f" until {names.moment(event.act.until)}" if event.act.until else ""
    return f"the meeting went into recess{until}."


@sentence.register
def _(event: sitting.MeetingResumed, names: Names) -> str:
    return "the meeting went on."


@sentence.register
def _(event: sitting.MeetingAdjourned, names: Names) -> str:
    return f"{names.meeting(event.act.meeting)} was adjourned; its minutes are due."


@sentence.register
def _(event: sitting.BusinessLeftOpen, names: Names) -> str:
    return f"left open: {'; '.join(map(names.item, event.items))}."


@sentence.register
def _(event: agenda.ItemPlaced, names: Names) -> str:
    return f"{names.by} put {names.heading(event.act.meeting, event.act.item)} on the agenda."


@sentence.register
def _(event: agenda.ItemReordered, names: Names) -> str:
    act = event.act
    where = (
        f"before {names.heading(act.meeting, act.before)}"
        if act.before
        else "to the end of the agenda"
    )
    return f"{names.by} moved {names.heading(act.meeting, act.item)} {where}."


@sentence.register
def _(event: agenda.ItemOpened, names: Names) -> str:
    return f"the meeting came to {names.heading(event.act.meeting, event.act.item)}."


@sentence.register
def _(event: agenda.ItemClosed, names: Names) -> str:
    return f"the meeting left {names.heading(event.act.meeting, event.act.item)}."


@sentence.register
def _(event: agenda.ItemLeftUnresolved, names: Names) -> str:
    left = "; ".join(names.item(key) for key in event.left)
    return f"open under {names.heading(event.meeting, event.item)}: {left}."


@sentence.register
def _(event: agenda.ConsentTaken, names: Names) -> str:
    return f"adopted by consent: {listed(map(names.titled, event.act.motions))}."


@sentence.register
def _(event: agenda.ConsentRemoved, names: Names) -> str:
    return f"{names.by} asked for a vote on {names.titled(event.act.motion)}."


@sentence.register
def _(event: floor.FloorRequested, names: Names) -> str:
    about = (
        f", {_SIDES[event.act.side]} {names.titled(event.act.motion)}" if event.act.motion else ""
    )
    return f"{names.by} asked for the floor{about}."


@sentence.register
def _(event: floor.FloorGranted, names: Names) -> str:
    turn = names.state.meetings[event.act.meeting].turns[event.act.turn]
    return f"{names.person(turn.person)} had the floor."


@sentence.register
def _(event: floor.FloorYielded, names: Names) -> str:
    return f"{event.over_seconds} seconds over the time." if event.over_seconds else ""


@sentence.register
def _(event: floor.TimeCalled, names: Names) -> str:
    turn = names.state.meetings[event.act.meeting].turns[event.act.turn]
    return f"the time of {names.person(turn.person)} was up."


@sentence.register
def _(event: floor.SpeechRecorded, names: Names) -> str:
    turn = names.state.meetings[event.act.meeting].turns[event.act.turn]
    side = f" {turn.side}" if turn.side in ("for", "against") else " on"
    about = f"{side} {names.titled(turn.motion)}" if turn.motion else ""
    return f"{names.person(turn.person)} spoke{about}."


@sentence.register
def _(event: points_of_order.PointOfOrderRaised, names: Names) -> str:
    about = f" on {names.titled(event.act.about)}" if event.act.about else ""
    return f"{names.by} raised a point of order{about}."


@sentence.register
def _(event: points_of_order.PointRuled, names: Names) -> str:
    how = "well taken" if event.act.well_taken else "not well taken"
    return f"{names.by} ruled the point of order {how}."


@sentence.register
def _(event: points_of_order.RulingAppealed, names: Names) -> str:
    return f"{names.by} appealed from the ruling, seconded by {names.person(event.act.seconder)}."


@sentence.register
def _(event: points_of_order.AppealDecided, names: Names) -> str:
    how = "stands" if event.sustained else "is reversed"
    return f"the ruling {how}: {event.act.votes_for} for it, {event.act.votes_against} against."


@sentence.register
def _(event: points_of_order.AppealWithdrawn, names: Names) -> str:
    return "the appeal was withdrawn; the ruling stands."


@sentence.register
def _(event: reports.ReportCalled, names: Names) -> str:
    act = event.act
    due = names.when(event.due)
    return f"{names.by} called for a report on {names.whom(act.source)} from {names.whom(act.owner)}{due}."


@sentence.register
def _(event: reports.CallWithdrawn, names: Names) -> str:
    return f"a report on {names.whom(event.act.source)} is no longer due."


@sentence.register
def _(event: reports.ReportGiven, names: Names) -> str:
    act = event.act
    figures = ", ".join(f"{what} {number}" for what, number in act.counts.items())
    level = f"{act.level}, {names.words(act.condition)}" if act.condition else act.level
    return f"{names.by} reported on {names.whom(act.source)}: {level}{f' ({figures})' if figures else ''}."


@sentence.register
def _(event: reports.ReportNoted, names: Names) -> str:
    return f"noted: {names.report(event.act.report)}."
