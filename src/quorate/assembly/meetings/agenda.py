"""The agenda: headings are placed, put in order, opened and closed; what nobody opposes is taken by consent.

RONR (12th ed.) 41 (order of business), 41:32 (consent calendar).
"""

from collections.abc import Iterator

from quorate.assembly.act import Act, Event, Stamp, decides, evolves, follows
from quorate.assembly.meetings.convening import require_status
from quorate.assembly.meetings.sitting import in_chair, require_quorum
from quorate.assembly.model.meeting import AgendaItem, Meeting
from quorate.assembly.model.motion import Motion
from quorate.assembly.motions.decided import MotionDecided
from quorate.assembly.motions.pending import adherents
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import (
    KEEPERS,
    require,
    require_business,
    require_chair,
    require_present,
    require_seat,
)
from quorate.assembly.state import State, found, new

LIVE = ("moved", "pending", "put")
"""The statuses of a motion that is before its meeting and undecided."""

refusals(
    before_itself="item",
    item_still_open="open meeting",
    item_unresolved="item items",
    consent_objected="motion",
    not_by_consent="kind",
    adhered_to="motion pending",
    named_twice="id",
    nothing_to_take="",
    not_before_meeting="motion meeting",
)


class PlaceItem(Act, frozen=True):
    """Put a heading on the agenda of a meeting."""

    meeting: str
    item: str
    title: str
    parent: str = ""
    minutes: int | None = None
    """Planned length."""
    before: str = ""
    """The heading before which it stands; empty: last."""


class ItemPlaced(Event, frozen=True):
    """A heading is on the agenda."""

    act: PlaceItem


@decides(PlaceItem, opens="item")
def place_item(state: State, act: PlaceItem, stamp: Stamp) -> ItemPlaced:
    """Those who keep the body's books may before the meeting, and the one in the chair."""
    meeting = _arrangeable(state, act.meeting, stamp)
    new(meeting.agenda, "agenda-item", act.item)
    for neighbour in (act.parent, act.before):
        if neighbour:
            found(meeting.agenda, "agenda-item", neighbour)
    return ItemPlaced(act=act)


@evolves(ItemPlaced)
def item_placed(state: State, event: ItemPlaced, stamp: Stamp) -> None:
    """The heading stands in its place."""
    act = event.act
    heading = AgendaItem(id=act.item, title=act.title, parent=act.parent, minutes=act.minutes)
    _insert(state.meetings[act.meeting], heading, act.before)


class ReorderItem(Act, frozen=True):
    """Move a heading of the agenda."""

    meeting: str
    item: str
    before: str = ""
    """The heading before which it stands; empty: last."""


class ItemReordered(Event, frozen=True):
    """A heading stands elsewhere."""

    act: ReorderItem


@decides(ReorderItem)
def reorder_item(state: State, act: ReorderItem, stamp: Stamp) -> ItemReordered:
    """Those who keep the body's books may before the meeting, and the one in the chair."""
    meeting = _arrangeable(state, act.meeting, stamp)
    found(meeting.agenda, "agenda-item", act.item)
    if act.before:
        found(meeting.agenda, "agenda-item", act.before)
    if act.before == act.item:
        raise Refused("before-itself", item=act.item)
    return ItemReordered(act=act)


@evolves(ItemReordered)
def item_reordered(state: State, event: ItemReordered, stamp: Stamp) -> None:
    """The heading stands elsewhere, as it was."""
    meeting = state.meetings[event.act.meeting]
    _insert(meeting, meeting.agenda.pop(event.act.item), event.act.before)


class OpenItem(Act, frozen=True):
    """Come to a heading of the agenda."""

    meeting: str
    item: str


class ItemOpened(Event, frozen=True):
    """The meeting is at a heading."""

    act: OpenItem


@decides(OpenItem)
def open_heading(state: State, act: OpenItem, stamp: Stamp) -> ItemOpened:
    """The chair comes to one heading at a time; those above it in the tree stay open."""
    meeting = _business(state, act.meeting, stamp)
    heading = found(meeting.agenda, "agenda-item", act.item)
    _require_heading(heading, "planned")
    ancestors = _ancestors(meeting, heading)
    for other in meeting.agenda.values():
        if other.status == "open" and other.id not in ancestors:
            raise Refused("item-still-open", open=other.id, meeting=meeting.id)
    return ItemOpened(act=act)


@evolves(ItemOpened)
def item_opened(state: State, event: ItemOpened, stamp: Stamp) -> None:
    """The heading is open."""
    state.meetings[event.act.meeting].agenda[event.act.item].status = "open"


class CloseItem(Act, frozen=True):
    """Leave a heading of the agenda."""

    meeting: str
    item: str
    confirm: bool = False
    """Close it though something under it is open, which then carries over."""


class ItemClosed(Event, frozen=True):
    """The meeting has left a heading."""

    act: CloseItem
    left: tuple[str, ...] = ()
    """What is open under it: motions as `motion:...`, headings as `item:...`."""


@decides(CloseItem)
def close_heading(state: State, act: CloseItem, stamp: Stamp) -> ItemClosed:
    """Refused while something under it is open, unless that is confirmed. Cost: a look at each motion."""
    meeting = _business(state, act.meeting, stamp)
    heading = found(meeting.agenda, "agenda-item", act.item)
    _require_heading(heading, "open")
    left = tuple(_open_under(state, meeting, heading.id))
    if left and not act.confirm:
        raise Refused("item-unresolved", item=heading.id, items=left)
    return ItemClosed(act=act, left=left)


@evolves(ItemClosed)
def item_closed(state: State, event: ItemClosed, stamp: Stamp) -> None:
    """The heading is closed, or carried over when something under it is open."""
    heading = state.meetings[event.act.meeting].agenda[event.act.item]
    heading.status = "carried-over" if event.left else "closed"


@follows(ItemClosed)
def leaves_unresolved(state: State, event: ItemClosed, stamp: Stamp) -> Iterator[Event]:
    """What was confirmed as open is named."""
    if event.left:
        act = event.act
        yield ItemLeftUnresolved(meeting=act.meeting, item=act.item, left=event.left)


class ItemLeftUnresolved(Event, frozen=True):
    """A heading was closed though something under it is open."""

    meeting: str
    item: str
    left: tuple[str, ...]


@evolves(ItemLeftUnresolved)
def item_left_unresolved(state: State, event: ItemLeftUnresolved, stamp: Stamp) -> None:
    """Nothing changes: motions stay on the list of open business, and headings below carry over at the meeting's end."""


class RemoveFromConsent(Act, frozen=True):
    """Object to a motion's being taken by consent; one member is enough, and no reason is needed."""

    meeting: str
    motion: str


class ConsentRemoved(Event, frozen=True):
    """A motion needs a vote."""

    act: RemoveFromConsent


@decides(RemoveFromConsent)
def remove_from_consent(state: State, act: RemoveFromConsent, stamp: Stamp) -> ConsentRemoved:
    """Any member present may, before consent is asked."""
    meeting = state.meeting(act.meeting)
    require_status(meeting, "convened", "sitting", "recess")
    require_present(meeting, stamp.by)
    require_seat(state, stamp.by, state.bodies[meeting.body], stamp.on)
    _undecided(state, meeting, act.motion)
    if act.motion in meeting.kept_from_consent:
        raise Refused("consent-objected", motion=act.motion)
    return ConsentRemoved(act=act)


@evolves(ConsentRemoved)
def consent_removed(state: State, event: ConsentRemoved, stamp: Stamp) -> None:
    """The motion cannot be taken by consent at this meeting."""
    state.meetings[event.act.meeting].kept_from_consent.append(event.act.motion)


class TakeByConsent(Act, frozen=True):
    """Adopt motions that nobody opposes, together and without a vote."""

    meeting: str
    motions: tuple[str, ...]


class ConsentTaken(Event, frozen=True):
    """Motions were adopted by consent."""

    act: TakeByConsent


@decides(TakeByConsent)
def take_by_consent(state: State, act: TakeByConsent, stamp: Stamp) -> ConsentTaken:
    """The chair declares it, with a quorum; refused for a motion to which anybody objected."""
    meeting = _business(state, act.meeting, stamp)
    require_quorum(state, meeting, stamp)
    if not act.motions:
        raise Refused("nothing-to-take")
    for n, key in enumerate(act.motions):
        if key in act.motions[:n]:
            raise Refused("named-twice", id=key)
        motion = _undecided(state, meeting, key)
        if key in meeting.kept_from_consent:
            raise Refused("consent-objected", motion=key)
        if motion.kind == "discipline":
            raise Refused("not-by-consent", kind=motion.kind)
        if adhering := adherents(state, motion):
            raise Refused("adhered-to", motion=key, pending=adhering[-1].id)
    return ConsentTaken(act=act)


@evolves(ConsentTaken)
def consent_taken(state: State, event: ConsentTaken, stamp: Stamp) -> None:
    """Nothing changes yet: that each motion was decided follows by itself."""


@follows(ConsentTaken)
def consent_adopts(state: State, event: ConsentTaken, stamp: Stamp) -> Iterator[Event]:
    """Each motion is adopted, without a division."""
    for motion in event.act.motions:
        yield MotionDecided(motion=motion, result="adopted")


def _arrangeable(state: State, key: str, stamp: Stamp) -> Meeting:
    """The meeting, if the one who acts may arrange its agenda now."""
    meeting = state.meeting(key)
    require_status(meeting, "convened", "sitting")
    if meeting.status == "sitting":
        require_chair(meeting, stamp.by)
        require_business(state, meeting, stamp.on)
    elif not in_chair(state, key, stamp.by):
        require(state, stamp, KEEPERS, state.bodies[meeting.body])
    return meeting


def _business(state: State, key: str, stamp: Stamp) -> Meeting:
    """The meeting, if it may do business now and the one who acts is in its chair."""
    meeting = state.meeting(key)
    require_business(state, meeting, stamp.on)
    require_chair(meeting, stamp.by)
    return meeting


def _undecided(state: State, meeting: Meeting, key: str) -> Motion:
    """The motion, if it is before the meeting and not being voted on, else Refused."""
    motion = state.motion(key)
    if motion.meeting != meeting.id:
        raise Refused("not-before-meeting", motion=key, meeting=meeting.id)
    if motion.status not in ("moved", "pending"):
        raise Refused(
            "not-open", what="motion", id=key, status=motion.status, statuses=("moved", "pending")
        )
    return motion


def _insert(meeting: Meeting, heading: AgendaItem, before: str) -> None:
    """Put a heading before another, or last."""
    order = list(meeting.agenda)
    order.insert(order.index(before) if before else len(order), heading.id)
    meeting.agenda[heading.id] = heading
    meeting.agenda = {key: meeting.agenda[key] for key in order}


def _ancestors(meeting: Meeting, heading: AgendaItem) -> set[str]:
    """The ids of the headings above one in the tree."""
    ancestors: set[str] = set()
    while heading.parent:
        ancestors.add(heading.parent)
        heading = meeting.agenda[heading.parent]
    return ancestors


def _open_under(state: State, meeting: Meeting, item: str) -> Iterator[str]:
    """What is undecided under a heading: its motions, and the headings below that are not closed."""
    for motion in state.motions.values():
        if motion.on_item == item and motion.meeting == meeting.id and motion.status in LIVE:
            yield f"motion:{motion.id}"
    for heading in meeting.agenda.values():
        if heading.parent == item and heading.status in ("planned", "open"):
            yield f"item:{heading.id}"


def _require_heading(heading: AgendaItem, status: str) -> None:
    if heading.status != status:
        raise Refused(
            "not-open", what="agenda-item", id=heading.id, status=heading.status, statuses=status
        )
