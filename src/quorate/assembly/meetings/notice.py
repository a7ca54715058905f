"""Notice: amending that of a meeting not yet begun, and curing one that was too short.

RONR (12th ed.) 9:2–5; what lacked notice may be ratified (10:54–57).
"""

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.heads import voters
from quorate.assembly.items import dispose, is_open
from quorate.assembly.meetings.convening import require_arranger, require_status
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import orders_of, quorum_needed, quorum_present
from quorate.assembly.state import State

refusals(
    nothing_to_waive="meeting",
    decision_of_another_body="decision body",
)


class AmendNotice(Act, frozen=True):
    """Amend the notice of a meeting that has not begun; what is not given stays as it is."""

    meeting: str
    title: str | None = None
    capacity: int | None = None
    notice: str | None = None


class NoticeAmended(Event, frozen=True):
    """The notice of a meeting was amended."""

    act: AmendNotice


@decides(AmendNotice)
def amend_notice(state: State, act: AmendNotice, stamp: Stamp) -> NoticeAmended:
    """Those who may convene, the chair, the secretary and the clerk may, until the meeting begins."""
    meeting = state.meeting(act.meeting)
    require_arranger(state, stamp, meeting, hosts=False)
    require_status(meeting, "convened")
    return NoticeAmended(act=act)


@evolves(NoticeAmended)
def notice_amended(state: State, event: NoticeAmended, stamp: Stamp) -> None:
    """What the amendment names is changed, on the calendar too."""
    act = event.act
    meeting = state.meetings[act.meeting]
    if act.title is not None:
        meeting.title = state.calendar[act.meeting].title = act.title
    if act.capacity is not None:
        meeting.capacity = act.capacity


class WaiveNotice(Act, frozen=True):
    """Waive or ratify the short notice of a meeting."""

    meeting: str
    decision: str = ""
    """The decision of the body that ratified it; empty: the meeting itself waives it."""


class NoticeWaived(Event, frozen=True):
    """The short notice of a meeting is cured."""

    act: WaiveNotice


@decides(WaiveNotice)
def waive_notice(state: State, act: WaiveNotice, stamp: Stamp) -> NoticeWaived:
    """The meeting may once it sits with a quorum, or before if every voting member is there; the body may by decision."""
    meeting = state.meeting(act.meeting)
    if not is_open(state, "short-notice", meeting.id):
        raise Refused("nothing-to-waive", meeting=meeting.id)
    require_arranger(state, stamp, meeting, hosts=False)
    if act.decision:
        decision = state.decision(act.decision)
        if decision.body != meeting.body or decision.rescinded_by:
            raise Refused("decision-of-another-body", decision=decision.id, body=meeting.body)
        return NoticeWaived(act=act)
    _require_enough(state, meeting, stamp)
    return NoticeWaived(act=act)


@evolves(NoticeWaived)
def notice_waived(state: State, event: NoticeWaived, stamp: Stamp) -> None:
    """The notice no longer taints the meeting; by how much it was short stays known."""
    state.meetings[event.act.meeting].notice_waived = True
    how = "ratified" if event.act.decision else "waived"
    dispose(state, stamp, "short-notice", event.act.meeting, how)


def _require_enough(state: State, meeting: Meeting, stamp: Stamp) -> None:
    """Return if those present may waive: a quorum once the meeting sits, and before that every voting member."""
    body = state.bodies[meeting.body]
    rule = orders_of(body).quorum
    if meeting.status == "sitting":
        needed = quorum_needed(state, body, rule, stamp.on)
    else:
        require_status(meeting, "convened", "sitting")
        needed = len(voters(state, body, stamp.on))
    present = quorum_present(state, meeting, stamp.on)
    if present < needed:
        raise Refused("no-quorum", present=present, needed=needed, clause=rule)
