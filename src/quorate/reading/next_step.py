"""What comes next at a meeting: the rules are asked of the acts that come into question, in the order in which meetings go.

No rule is repeated here. What is in order is offered; of what is not, the refusal is told, which says what is waited for.
"""

from collections.abc import Callable
from datetime import datetime

from quorate.assembly.divisions.divisions import CloseDivision, OpenDivision
from quorate.assembly.divisions.figures import silent
from quorate.assembly.divisions.results import (
    DeclareResult,
    DrawLot,
    GiveCastingVote,
    current_outcome,
)
from quorate.assembly.keeping.minutes import DraftMinutes
from quorate.assembly.meetings.agenda import CloseItem, OpenItem
from quorate.assembly.meetings.floor import CallTime, GrantFloor, YieldFloor
from quorate.assembly.meetings.sitting import Adjourn, CallToOrder, Resume, TakeChair
from quorate.assembly.model.division import Division
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.roll import quorum_needed, quorum_present
from quorate.reading.asking import NEW
from quorate.reading.leading import Leading, NextStep
from quorate.reading.reader import Reader
from quorate.reading.words.names import capitalised, listed, plural
from quorate.reading.words.outcomes import RESULTS, reason_of

A_SEED = "00" * 16
"""A seed on trial, to ask whether a lot may be drawn; none is drawn by it."""
NAMED = 6
"""Of those who are silent, so many are named."""


def next_step(
    reader: Reader, meeting: Meeting, person: str, now: datetime, *, enters: bool = False
) -> NextStep:
    """The next step for somebody at the desk of a meeting.

    With `enters` they may enter the acts of whoever is in the chair, which are then offered too. Cost: a look at each
    motion and division of the organisation, and a few acts on trial.
    """
    leading = Leading(reader, meeting, person, now, enters=enters)
    for each in _STEPS[meeting.status]:
        step = each(leading)
        if step is not None:
            return step
    return NextStep("over", "Nothing is to be done here.", "")


_Step = Callable[[Leading], NextStep | None]


def _to_order(led: Leading) -> NextStep:
    meeting, state = led.meeting, led.state
    body = state.bodies[meeting.body]
    act = CallToOrder(meeting=meeting.id, chair=led.chair)
    reason = "The quorum is not known: the body has no standing orders."
    if body.orders is not None:
        needed = quorum_needed(state, body, body.orders.quorum, led.reader.on)
        there = quorum_present(state, meeting, led.reader.on)
        reason = f"{there} who count towards the quorum are there; {needed} are needed."
    step = led.step(act, "Call the meeting to order?", reason, "Call the meeting to order", "O")
    return step if step.buttons else step._replace(question="Not yet to order", at="hall")


def _resumed(led: Leading) -> NextStep:
    return led.step(
        Resume(meeting=led.meeting.id),
        "Go on with the meeting?",
        "It stands in recess.",
        "Go on",
        "R",
    )


def _chair(led: Leading) -> NextStep | None:
    if led.meeting.chair:
        return None
    people = dict.fromkeys((led.asked_first, led.chair))
    found = (
        led.button(
            TakeChair(meeting=led.meeting.id, chair=person),
            f"Put {led.reader.person(person)} in the chair",
            "T",
        )
        for person in people
        if person
    )
    buttons = tuple(button for button in found if button)
    if not buttons:
        return None
    return NextStep(
        "take-chair", "Who takes the chair?", "Nobody presides at this moment.", buttons
    )


def _point(led: Leading) -> NextStep | None:
    for each in led.meeting.points.values():
        who = led.reader.person(each.person)
        if not each.ruling:
            reason = f"{who} raised it; business waits for the ruling of the chair."
            return NextStep("rule-on-point", "Rule on the point of order?", reason, at="points")
        if each.appealed_by and each.sustained is None:
            reason = f"{led.reader.person(each.appealed_by)} appeals; the question is whether the ruling stands."
            return NextStep("decide-appeal", "Take the vote on the appeal?", reason, at="points")
    return None


def _open_division(led: Leading) -> NextStep | None:
    for each in led.divisions("open"):
        if each.method == "counted":
            missing = [led.reader.person(who) for who in each.tellers if who not in each.counts]
            if missing:
                return NextStep(
                    "wait-enter-count",
                    "The tellers count",
                    f"Figures are still to come from {listed(missing)}.",
                    at="tellers",
                )
        step = led.step(
            CloseDivision(division=each.id),
            "Close the voting?",
            _turnout(led, each),
            "Close the voting",
            "C",
            "Closing is final; what turns out wrong is corrected by a further act.",
        )
        return step if step.buttons or each.method != "counted" else step._replace(at="tellers")
    return None


def _turnout(led: Leading, division: Division) -> str:
    if division.method == "counted":
        return "The tellers have the same figures."
    if division.method == "secret":
        return "Who has cast a ballot is not known here."
    entitled, cast = division.entitled.heads, len(division.votes)
    left = silent(division)
    said = f"{cast} of {plural(entitled, 'entitled vote')} {'is' if cast == 1 else 'are'} in."
    if not left:
        return f"{said} Nobody who could vote is still silent."
    people = [led.reader.person(each) for each in left[:NAMED]]
    if len(left) > NAMED:
        people.append(f"{len(left) - NAMED} more")
    return f"{said} Still silent: {listed(people)}."


def _closed_division(led: Leading) -> NextStep | None:
    for each in led.divisions("closed"):
        if each.method == "secret" and not each.counts:
            return NextStep(
                "wait-declare-secret-result",
                "The ballots are opened",
                "The tellers decrypt and hand in the figures with their archive.",
            )
        for_, against = (
            GiveCastingVote(division=each.id, choice="for"),
            GiveCastingVote(division=each.id, choice="against"),
        )
        casting = [
            led.button(for_, "The chair votes for", "F"),
            led.button(against, "The chair votes against", "G"),
        ]
        if offered := tuple(button for button in casting if button):
            return NextStep(
                "give-casting-vote", "Give the casting vote?", "The votes are equal.", offered
            )
        lot = DrawLot(division=each.id, seed=A_SEED)
        if led.button(lot, "", ""):
            form = DrawLot(division=each.id, seed="")
            why = "The votes are equal, and the standing orders leave it to a lot."
            return NextStep("draw-lot", "Draw the lot?", why, form=form)
        outcome = current_outcome(each)
        result = RESULTS[outcome.result]
        return led.step(
            DeclareResult(division=each.id),
            f"Declare {led.names.question(each.id)} {result}?",
            reason_of(each, outcome),
            f"Declare it {result}",
            "D",
        )
    return None


def _speaker(led: Leading) -> NextStep | None:
    turn = led.meeting.turns.get(led.meeting.speaking)
    if turn is None:
        return None
    who = led.reader.person(turn.person)
    if called := led.button(CallTime(meeting=led.meeting.id, turn=turn.id), "Call time", "T"):
        reason = f"It was up at {led.names.at_hour(turn.until)}." if turn.until else ""
        return NextStep("call-time", f"The time of {who} is up. Call it?", reason, (called,))
    limit = f" until {led.names.at_hour(turn.until)}" if turn.until else ""
    return led.step(
        YieldFloor(meeting=led.meeting.id, turn=turn.id),
        f"Has {who} finished?",
        f"{who} has the floor{limit}.",
        f"{who} has finished",
        "Y",
    )


def _waiting_speaker(led: Leading) -> NextStep | None:
    waiting = [each for each in led.meeting.turns.values() if _waits(each)]
    for each in waiting:
        who = led.reader.person(each.person)
        act = GrantFloor(meeting=led.meeting.id, turn=each.id)
        if button := led.button(act, f"Give the floor to {who}", "F"):
            others = len(waiting) - 1
            reason = (
                f"{plural(others, 'other')} wait{'s' if others == 1 else ''} after them."
                if others
                else "Nobody else waits."
            )
            return NextStep("grant-floor", f"Give the floor to {who}?", reason, (button,))
    return None


def _waits(turn: object) -> bool:
    return getattr(turn, "granted_at", None) is None and getattr(turn, "yielded_at", None) is None


def _question(led: Leading) -> NextStep | None:
    pending = led.meeting.pending
    acts = [OpenDivision(division=NEW, motion=key) for key in reversed(pending)]
    for act in acts:
        if button := led.button(act, "Put the question", "P"):
            reason = "Nobody waits for the floor. The register is frozen when the vote is opened."
            question = f"Put the question on {led.names.titled(act.motion)}?"
            return NextStep("open-division", question, reason, (button,))
    if acts:
        return NextStep(
            "wait-open-division",
            f"{capitalised(led.names.titled(acts[0].motion))} is before the meeting",
            led.refusal(acts[0]),
        )
    return None


def _second(led: Leading) -> NextStep | None:
    for each in led.state.motions.values():
        if each.meeting == led.meeting.id and each.status == "moved":
            return NextStep(
                "second-motion",
                f"Is there a second for {led.names.titled(each.id)}?",
                f"{led.reader.person(each.mover)} moved it.",
                at="seconds",
            )
    return None


def _agenda(led: Leading) -> NextStep | None:
    meeting = led.meeting
    headings = [each for each in meeting.agenda.values() if each.status in ("planned", "open")]
    for each in headings:
        act = OpenItem(meeting=meeting.id, item=each.id)
        if each.status == "planned" and (button := led.button(act, "Open it", "I")):
            title = led.reader.words(each.title)
            return NextStep(
                "open-item", f"Come to “{title}”?", "It is next on the agenda.", (button,)
            )
    for each in reversed(headings):
        if each.status == "open":
            title = led.reader.words(each.title)
            return led.step(
                CloseItem(meeting=meeting.id, item=each.id),
                f"Close “{title}”?",
                "Nothing under it is open.",
                "Close it",
                "I",
            )
    return None


def _end(led: Leading) -> NextStep:
    agenda = led.meeting.agenda
    reason = "The agenda is done." if agenda else "Nothing is before the meeting."
    return led.step(
        Adjourn(meeting=led.meeting.id),
        "Adjourn the meeting?",
        reason,
        "Adjourn the meeting",
        "A",
        "What is open stays on the list of open business, and the minutes fall due.",
    )


def _minutes(led: Leading) -> NextStep | None:
    if led.meeting.minutes:
        return NextStep("minutes", "The minutes are drafted", "", at="minutes")
    return led.step(
        DraftMinutes(minutes=NEW, meeting=led.meeting.id),
        "Draft the minutes?",
        "The meeting is over. They are drafted from the record.",
        "Draft the minutes",
        "M",
    )


_STEPS: dict[str, tuple[_Step, ...]] = {
    "convened": (_to_order,),
    "recess": (_resumed,),
    "sitting": (
        _chair,
        _point,
        _open_division,
        _closed_division,
        _speaker,
        _waiting_speaker,
        _question,
        _second,
        _agenda,
        _end,
    ),
    "adjourned": (_minutes,),
    "called-off": (),
}
"""By status of a meeting: what is looked for, in this order."""
