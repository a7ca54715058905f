"""Open business: how items are opened, waited for and disposed of. Every subject that opens something does it here.

An item falls back to its body when the person who owns it departs; nothing leaves the list but by `dispose`.
"""

from datetime import date

from quorate.assembly.act import Stamp
from quorate.assembly.days import day_of_point
from quorate.assembly.model.calendar import Point
from quorate.assembly.model.item import Disposal, Item, ItemKind
from quorate.assembly.state import State


def item_id(kind: ItemKind, subject: str) -> str:
    """The id of the item of a kind that a subject has."""
    return f"{kind}:{subject}"


def open_item(
    state: State,
    stamp: Stamp,
    kind: ItemKind,
    subject: str,
    *,
    title: str,
    body: str,
    owner: str,
    next_step: str,
    due: Point | None = None,
) -> None:
    """Put something on the list of open business; called while an event changes the state."""
    key = item_id(kind, subject)
    assert key not in state.open_items, key
    state.open_items[key] = Item(
        id=key,
        kind=kind,
        subject=subject,
        title=title,
        body=body,
        owner=owner,
        opened_on=stamp.on,
        opened_seq=state.size,
        next=next_step,
        due=due,
    )


def is_open(state: State, kind: ItemKind, subject: str) -> bool:
    """Whether the item of that kind and subject is on the list."""
    return item_id(kind, subject) in state.open_items


def dispose(state: State, stamp: Stamp, kind: ItemKind, subject: str, how: str) -> None:
    """Take an item off the list by the event now changing the state. An item that is not open is a broken invariant."""
    key = item_id(kind, subject)
    item = state.open_items.pop(key)
    assert item.disposal is None, key
    item.disposal = Disposal(how=how, on=stamp.on, seq=state.size)
    # A subject may be opened anew (a motion postponed and taken up): each life keeps its own disposal.
    state.disposed_items[f"{key}@{item.opened_seq}"] = item


def update(state: State, kind: ItemKind, subject: str, **changes: object) -> None:
    """Change the next step, owner or due day of an open item while an event changes the state."""
    item = state.open_items[item_id(kind, subject)]
    for name, value in changes.items():
        assert name in ("next", "owner", "due", "title"), name
        setattr(item, name, value)


def due_on(state: State, item: Item) -> date | None:
    """The day by which an item's next step is due, if it has one and it is known."""
    return None if item.due is None else day_of_point(state, item.due)


def is_overdue(state: State, item: Item, as_of: date) -> bool:
    """Whether the day due lies before the day asked about."""
    due = due_on(state, item)
    return due is not None and due < as_of


def open_business(state: State, as_of: date) -> list[Item]:
    """All that has no disposition yet: what is overdue first, then the oldest. Cost: a sort of the open items."""
    return sorted(
        state.open_items.values(),
        key=lambda item: (not is_overdue(state, item, as_of), item.opened_on, item.opened_seq),
    )


def fall_back(state: State, person: str) -> None:
    """Hand the open items of somebody who departs to the body of each; nobody's departure closes business."""
    for item in state.open_items.values():
        if item.owner == f"person:{person}":
            item.owner = f"body:{item.body}"
            item.next = f"{item.next} (left by {{{person}}}, who departed)"
