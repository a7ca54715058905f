"""Credentials: a member challenges somebody's right to be there as they were admitted, and the chair rules on it.

The challenged person counts until the ruling; the challenge is open business until then, beyond the meeting's end too.
"""

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.heads import is_present
from quorate.assembly.items import dispose, open_item
from quorate.assembly.meetings.admission import leave
from quorate.assembly.meetings.sitting import in_chair
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, may, require_present, require_seat
from quorate.assembly.state import State

refusals(
    already_challenged="person meeting",
    not_challenged="person meeting",
    rules_on_oneself="person",
)


class ChallengeCredentials(Act, frozen=True):
    """Challenge somebody's right to be at a meeting in the capacity in which they were admitted."""

    meeting: str
    attendee: str
    reason: str | None = None


class CredentialsChallenged(Event, frozen=True):
    """Somebody's credentials wait for a ruling."""

    act: ChallengeCredentials


@decides(ChallengeCredentials)
def challenge_credentials(
    state: State, act: ChallengeCredentials, stamp: Stamp
) -> CredentialsChallenged:
    """Any member present may, of anybody present."""
    meeting = state.meeting(act.meeting)
    require_present(meeting, stamp.by)
    require_present(meeting, act.attendee)
    require_seat(state, stamp.by, state.bodies[meeting.body], stamp.on)
    if meeting.presences[act.attendee].challenged:
        raise Refused("already-challenged", person=act.attendee, meeting=meeting.id)
    return CredentialsChallenged(act=act)


@evolves(CredentialsChallenged)
def credentials_challenged(state: State, event: CredentialsChallenged, stamp: Stamp) -> None:
    """The challenge is open business of the body."""
    act = event.act
    meeting = state.meetings[act.meeting]
    meeting.presences[act.attendee].challenged = True
    open_item(
        state,
        stamp,
        "challenge",
        _subject(meeting, act.attendee),
        body=meeting.body,
        owner=f"body:{meeting.body}",
        next_step="rule-on-credentials",
    )


class RuleOnCredentials(Act, frozen=True):
    """Rule on a challenge."""

    meeting: str
    attendee: str
    sustained: bool
    """Whether the challenge is right, so that the credentials are rejected."""
    reason: str | None = None


class CredentialsRuled(Event, frozen=True):
    """The challenge is disposed of."""

    act: RuleOnCredentials


@decides(RuleOnCredentials)
def rule_on_credentials(state: State, act: RuleOnCredentials, stamp: Stamp) -> CredentialsRuled:
    """The one in the chair rules, or those who keep the body's books; nobody on themself."""
    meeting = state.meeting(act.meeting)
    presence = meeting.presences.get(act.attendee)
    if presence is None or not presence.challenged:
        raise Refused("not-challenged", person=act.attendee, meeting=meeting.id)
    if stamp.by == act.attendee:
        raise Refused("rules-on-oneself", person=stamp.by)
    body = state.bodies[meeting.body]
    if not in_chair(state, meeting.id, stamp.by) and not may(
        state, stamp.by, KEEPERS, body, stamp.on
    ):
        raise Refused("not-entitled", person=stamp.by, needs=KEEPERS)
    return CredentialsRuled(act=act)


@evolves(CredentialsRuled)
def credentials_ruled(state: State, event: CredentialsRuled, stamp: Stamp) -> None:
    """Rejected credentials end the presence; good ones are challenged no longer."""
    act = event.act
    meeting = state.meetings[act.meeting]
    presence = meeting.presences[act.attendee]
    presence.challenged = False
    presence.rejected = act.sustained
    if act.sustained and is_present(meeting, act.attendee):
        leave(state, meeting, act.attendee, stamp)
    how = "sustained" if act.sustained else "dismissed"
    dispose(state, stamp, "challenge", _subject(meeting, act.attendee), how)


def _subject(meeting: Meeting, attendee: str) -> str:
    return f"{meeting.id}/{attendee}"
