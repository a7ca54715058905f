"""Minutes of a meeting: drafted after it, corrected, approved by a later meeting of its body, signed.

RONR (12th ed.) 48 (minutes, their reading and approval). What they say is written from the record elsewhere; here is
only who did what with them. They are open business from the adjournment until they are approved and signed by all whom
the standing orders name.
"""

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.affairs.breaches import require_of_body
from quorate.assembly.items import advance, dispose, set_due
from quorate.assembly.model.keeping import Correction, MinuteBook
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import may, orders_of, require, require_business, require_chair
from quorate.assembly.state import State, found, new

refusals(
    not_yet_adjourned="meeting status",
    minutes_drafted="meeting minutes",
    minutes_approved="minutes on",
    not_yet_approved="minutes",
    not_a_later_meeting="meeting minuted",
    not_a_signatory="minutes signed_by",
    signed_already="minutes signed_by",
)


class DraftMinutes(Act, frozen=True):
    """Draft the minutes of a meeting from the record."""

    minutes: str
    meeting: str


class MinutesDrafted(Event, frozen=True):
    """There is a draft, of what the record held by then."""

    act: DraftMinutes


@decides(DraftMinutes, opens="minutes")
def draft_minutes(state: State, act: DraftMinutes, stamp: Stamp) -> MinutesDrafted:
    """Whom the orders name, or the clerk; refused before the meeting has adjourned."""
    new(state.minutes, "minutes", act.minutes)
    meeting = state.meeting(act.meeting)
    body = state.body(meeting.body)
    order = orders_of(body).minutes
    if meeting.status != "adjourned":
        raise Refused("not-yet-adjourned", meeting=meeting.id, status=meeting.status)
    if meeting.minutes:
        raise Refused("minutes-drafted", meeting=meeting.id, minutes=meeting.minutes)
    require(state, stamp, (order.drafted_by, "clerk"), body, order)
    return MinutesDrafted(act=act)


@evolves(MinutesDrafted)
def minutes_drafted(state: State, event: MinutesDrafted, stamp: Stamp) -> None:
    """The draft waits for the next meeting of the body."""
    act = event.act
    meeting = state.meetings[act.meeting]
    meeting.minutes = act.minutes
    state.minutes[act.minutes] = MinuteBook(
        id=act.minutes,
        meeting=act.meeting,
        body=meeting.body,
        drafted_by=stamp.by,
        drafted_on=stamp.on,
        upto=state.size,
    )
    advance(state, "minutes", act.meeting, "approve-minutes", owner=f"body:{meeting.body}")
    set_due(state, "minutes", act.meeting, None)


class CorrectMinutes(Act, frozen=True):
    """Correct draft minutes."""

    minutes: str
    text: str | None = None


class MinutesCorrected(Event, frozen=True):
    """The draft has a correction more."""

    act: CorrectMinutes


@decides(CorrectMinutes)
def correct_minutes(state: State, act: CorrectMinutes, stamp: Stamp) -> MinutesCorrected:
    """A member of the body, whoever drafts its minutes, or the clerk; refused when they are approved."""
    book = unapproved(state, act.minutes)
    body = state.body(book.body)
    order = orders_of(body).minutes
    require(state, stamp, ("member", order.drafted_by, "clerk"), body, order)
    return MinutesCorrected(act=act)


@evolves(MinutesCorrected)
def minutes_corrected(state: State, event: MinutesCorrected, stamp: Stamp) -> None:
    """The correction stands with the draft."""
    book = state.minutes[event.act.minutes]
    correction = Correction(by=stamp.by, on=stamp.on, text=event.act.text)
    book.corrections = (*book.corrections, correction)


class ApproveMinutes(Act, frozen=True):
    """Declare, from the chair, that a meeting approves the minutes of an earlier one."""

    minutes: str
    meeting: str
    """The meeting that approves them."""


class MinutesApproved(Event, frozen=True):
    """The minutes are approved as corrected."""

    act: ApproveMinutes
    unsigned: tuple[str, ...]
    """Who has to sign them, as the standing orders of the day name them."""


@decides(ApproveMinutes)
def approve_minutes(state: State, act: ApproveMinutes, stamp: Stamp) -> MinutesApproved:
    """The one in the chair of a later meeting of the same body, while it sits."""
    book = unapproved(state, act.minutes)
    meeting = state.meeting(act.meeting)
    require_of_body("meeting", meeting.id, meeting.body, book.body)
    require_later(state.meetings[book.meeting], meeting)
    require_business(state, meeting, stamp.on)
    require_chair(meeting, stamp.by)
    unsigned = orders_of(state.body(book.body)).minutes.signed_by
    return MinutesApproved(act=act, unsigned=unsigned)


@evolves(MinutesApproved)
def minutes_approved(state: State, event: MinutesApproved, stamp: Stamp) -> None:
    """They are off the list if nobody has to sign them, and wait for the signatures otherwise."""
    book = state.minutes[event.act.minutes]
    book.approved_by = event.act.meeting
    book.approved_on = stamp.on
    book.unsigned = event.unsigned
    _close_if_done(state, stamp, book)


class SignMinutes(Act, frozen=True):
    """Sign approved minutes."""

    minutes: str


class MinutesSigned(Event, frozen=True):
    """The minutes have a signature more; one person may sign in more than one capacity."""

    act: SignMinutes
    capacities: tuple[str, ...]


@decides(SignMinutes)
def sign_minutes(state: State, act: SignMinutes, stamp: Stamp) -> MinutesSigned:
    """Whoever the orders name; who was in the chair of the meeting, or of the one that approved, signs as chair too."""
    book = found(state.minutes, "minutes", act.minutes)
    if book.approved_on is None:
        raise Refused("not-yet-approved", minutes=book.id)
    order = orders_of(state.body(book.body)).minutes
    signatories = (*book.signed_by, *book.unsigned)
    capacities = tuple(who for who in signatories if signs_as(state, book, stamp, who))
    if not capacities:
        raise Refused(
            "not-a-signatory",
            minutes=book.id,
            signed_by=tuple(signatories),
            clause=order,
        )
    unsigned = tuple(who for who in capacities if who in book.unsigned)
    if not unsigned:
        raise Refused("signed-already", minutes=book.id, signed_by=tuple(capacities))
    return MinutesSigned(act=act, capacities=unsigned)


@evolves(MinutesSigned)
def minutes_signed(state: State, event: MinutesSigned, stamp: Stamp) -> None:
    """With the last signature they are off the list."""
    book = state.minutes[event.act.minutes]
    book.signed_by |= dict.fromkeys(event.capacities, stamp.by)
    book.unsigned = tuple(who for who in book.unsigned if who not in event.capacities)
    _close_if_done(state, stamp, book)


def _close_if_done(state: State, stamp: Stamp, book: MinuteBook) -> None:
    if book.unsigned:
        advance(state, "minutes", book.meeting, "sign-minutes")
    else:
        how = "approved-and-signed" if book.signed_by else "approved"
        dispose(state, stamp, "minutes", book.meeting, how)


def signs_as(state: State, book: MinuteBook, stamp: Stamp, who: str) -> bool:
    """Whether the one who acts may sign minutes in a capacity that the standing orders name."""
    chairs = (state.meetings[book.meeting].chair, state.meetings[book.approved_by].chair)
    if who == "chair" and stamp.by in chairs:
        return True
    return may(state, stamp.by, (who,), state.body(book.body), stamp.on)


def unapproved(state: State, key: str) -> MinuteBook:
    """The minutes of that id while they are a draft, else Refused `unknown` or `minutes-approved`."""
    book = found(state.minutes, "minutes", key)
    if book.approved_on is not None:
        raise Refused("minutes-approved", minutes=key, on=book.approved_on)
    return book


def require_later(minuted: Meeting, meeting: Meeting) -> None:
    """Return if a meeting was called to order after the one minuted had adjourned, else raise Refused."""
    adjourned_at = minuted.adjourned_at
    if meeting.called_at is None or adjourned_at is None or meeting.called_at < adjourned_at:
        raise Refused("not-a-later-meeting", meeting=meeting.id, minuted=minuted.id)
