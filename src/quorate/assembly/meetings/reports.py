"""Reports and soundings: called for, given, and noted. They are recorded as they were given, and not yet analysed.

What a report says of a district or unit has a source, a level on the organisation's own scale, the condition on which it
holds, and the day it speaks of. It is no vote and decides nothing. RONR (12th ed.) 51.
"""

import msgspec

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.bearers import acts_for, require_reference
from quorate.assembly.days import settle
from quorate.assembly.items import dispose, is_open, item_id, open_item
from quorate.assembly.meetings.floor import require_may_speak
from quorate.assembly.model.calendar import Point
from quorate.assembly.model.meeting import Report
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import (
    KEEPERS,
    existing_body,
    require,
    require_business,
    require_chair,
    seat_of,
)
from quorate.assembly.state import State, found, new
from quorate.canon.moment import Day

refusals(
    not_a_reporter="person source body",
    already_called="source body",
    not_called="source body",
    already_noted="report",
    count_negative="figure count",
    given_elsewhere="report owner body",
    body_unclear="",
)


class CallForReport(Act, frozen=True):
    """Ask somebody to report on a source."""

    body: str
    source: str
    """The district, unit or body to be reported on."""
    owner: str
    """A reference: who is to report."""
    due: Point | None = None


class ReportCalled(Event, frozen=True):
    """A report is due."""

    act: CallForReport
    due: Point | None = None


@decides(CallForReport)
def call_for_report(state: State, act: CallForReport, stamp: Stamp) -> ReportCalled:
    """Those who keep the body's books call for reports, one at a time on each source."""
    require(state, stamp, KEEPERS, existing_body(state, act.body))
    require_reference(state, act.owner)
    if is_open(state, "report", _subject(act.body, act.source)):
        raise Refused("already-called", source=act.source, body=act.body)
    return ReportCalled(act=act, due=settle(state, act.due))


@evolves(ReportCalled)
def report_called(state: State, event: ReportCalled, stamp: Stamp) -> None:
    """The report is open business of who is to give it."""
    act = event.act
    open_item(
        state,
        stamp,
        "report",
        _subject(act.body, act.source),
        body=act.body,
        owner=act.owner,
        next_step="give-report",
        due=event.due,
    )


class WithdrawCall(Act, frozen=True):
    """Withdraw a call for a report."""

    body: str
    source: str


class CallWithdrawn(Event, frozen=True):
    """A report is no longer due."""

    act: WithdrawCall


@decides(WithdrawCall)
def withdraw_call(state: State, act: WithdrawCall, stamp: Stamp) -> CallWithdrawn:
    """Those who keep the body's books withdraw a call."""
    require(state, stamp, KEEPERS, state.body(act.body))
    if not is_open(state, "report", _subject(act.body, act.source)):
        raise Refused("not-called", source=act.source, body=act.body)
    return CallWithdrawn(act=act)


@evolves(CallWithdrawn)
def call_withdrawn(state: State, event: CallWithdrawn, stamp: Stamp) -> None:
    """The report is no longer waited for."""
    act = event.act
    dispose(state, stamp, "report", _subject(act.body, act.source), "withdrawn")


class GiveReport(Act, frozen=True):
    """Report on a source, at a meeting or to a body between meetings."""

    report: str
    source: str
    level: str
    """On the organisation's own scale."""
    meeting: str = ""
    body: str = ""
    """Only between meetings."""
    condition: str = ""
    """On what it depends."""
    dated: Day | None = None
    """The day it speaks of, if not that of the act."""
    counts: dict[str, int] = msgspec.field(default_factory=dict)
    """Figures given with it, such as how many of how many."""
    text: str | None = None


class ReportGiven(Event, frozen=True):
    """A report is on the record; it answers the call for it, if there was one."""

    act: GiveReport
    body: str


@decides(GiveReport, opens="report")
def give_report(state: State, act: GiveReport, stamp: Stamp) -> ReportGiven:
    """A member of the body, who was called on, or one of the body that is reported on; at a meeting, if they may speak."""
    new(state.reports, "report", act.report)
    body = _require_forum(state, act, stamp)
    _require_reporter(state, body, act.source, stamp)
    for figure, count in act.counts.items():
        if count < 0:
            raise Refused("count-negative", figure=figure, count=count)
    return ReportGiven(act=act, body=body)


@evolves(ReportGiven)
def report_given(state: State, event: ReportGiven, stamp: Stamp) -> None:
    """The report is kept as it was given, and the call for it is answered."""
    act = event.act
    state.reports[act.report] = Report(
        id=act.report,
        reporter=stamp.by,
        source=act.source,
        level=act.level,
        condition=act.condition,
        dated=act.dated,
        body=event.body,
        meeting=act.meeting,
        given_at=stamp.at,
        counts=dict(act.counts),
        text=act.text,
    )
    if act.meeting:
        state.meetings[act.meeting].reports.append(act.report)
    if is_open(state, "report", _subject(event.body, act.source)):
        dispose(state, stamp, "report", _subject(event.body, act.source), "given")


def _require_forum(state: State, act: GiveReport, stamp: Stamp) -> str:
    """The body that is reported to; refused at a meeting where the reporter may not speak now."""
    if (act.meeting == "") == (act.body == ""):
        raise Refused("body-unclear")
    if not act.meeting:
        return act.body
    meeting = state.meeting(act.meeting)
    require_business(state, meeting, stamp.on)
    require_may_speak(state, meeting, stamp.by)
    return meeting.body


class TakeNote(Act, frozen=True):
    """Take note of a report, as the meeting."""

    meeting: str
    report: str


class ReportNoted(Event, frozen=True):
    """A meeting took note of a report."""

    act: TakeNote


@decides(TakeNote)
def take_note(state: State, act: TakeNote, stamp: Stamp) -> ReportNoted:
    """The chair declares that the meeting takes note of a report to its body, at whatever meeting it was given."""
    meeting = state.meeting(act.meeting)
    require_business(state, meeting, stamp.on)
    require_chair(meeting, stamp.by)
    report = found(state.reports, "report", act.report)
    if report.body != meeting.body:
        raise Refused("given-elsewhere", report=report.id, owner=report.body, body=meeting.body)
    if report.noted:
        raise Refused("already-noted", report=report.id)
    return ReportNoted(act=act)


@evolves(ReportNoted)
def report_noted(state: State, event: ReportNoted, stamp: Stamp) -> None:
    """The report is noted."""
    state.reports[event.act.report].noted = True


def _require_reporter(state: State, key: str, source: str, stamp: Stamp) -> None:
    body = existing_body(state, key)
    call = state.open_items.get(item_id("report", _subject(key, source)))
    if call is not None and acts_for(state, stamp.by, call.owner, stamp.on):
        return
    for seated_in in (body, state.bodies.get(source)):
        if seated_in is not None and seat_of(state, seated_in, stamp.by, stamp.on) is not None:
            return
    raise Refused("not-a-reporter", person=stamp.by, source=source, body=key)


def _subject(body: str, source: str) -> str:
    return f"{body}/{source}"
