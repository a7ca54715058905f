"""Open business: how items are opened, waited for and disposed of. Every subject that opens something does it here.

An item falls back to its body when the person who owns it departs; nothing leaves the list but by `dispose`.
"""

from datetime import date

from quorate.assembly.act import Stamp
from quorate.assembly.days import day_of_point
from quorate.assembly.model.calendar import Point
from quorate.assembly.model.item import Disposal, Item, ItemKind, NextStep
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
    body: str,
    owner: str,
    next_step: NextStep,
    due: Point | None = None,
    facts: dict[str, str] | None = None,
) -> None:
    """Put something on the list of open business; called while an event changes the state."""
    key = item_id(kind, subject)
    assert key not in state.open_items, key
    state.open_items[key] = Item(
        id=key,
        kind=kind,
        subject=subject,
        body=body,
        owner=owner,
        opened_on=stamp.on,
        opened_seq=state.size,
        next=next_step,
        facts=facts or {},
        due=due,
    )


def is_open(state: State, kind: ItemKind, subject: str) -> bool:
    """Whether the item of that kind and subject is on the list."""
    return item_id(kind, subject) in state.open_items


def dispose(
    state: State, stamp: Stamp, kind: ItemKind, subject: str, how: str, *, because: str = ""
) -> None:
    """Take an item off the list by the event now changing the state. An item that is not open is a broken invariant."""
    key = item_id(kind, subject)
    item = state.open_items.pop(key)
    assert item.disposal is None, key
    item.disposal = Disposal(how=how, on=stamp.on, seq=state.size, because=because)
    # A subject may be opened anew (a motion postponed and taken up): each life keeps its own disposal.
    state.disposed_items[f"{key}@{item.opened_seq}"] = item


def advance(
    state: State,
    kind: ItemKind,
    subject: str,
    step: NextStep,
    *,
    owner: str = "",
    facts: dict[str, str] | None = None,
) -> None:
    """Give an open item its next step, and another owner if one is named, while an event changes the state."""
    item = state.open_items[item_id(kind, subject)]
    # What the step before was told says nothing of the next one, and whoever left the item did not leave this step.
    item.next, item.facts, item.left_by = step, facts or {}, ""
    item.owner = owner or item.owner


def set_due(state: State, kind: ItemKind, subject: str, due: Point | None) -> None:
    """Give an open item another day by which its next step is due, or none."""
    state.open_items[item_id(kind, subject)].due = due


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
            item.left_by = person
