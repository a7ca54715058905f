"""Open business, and what became of business that is open no longer."""

from datetime import date

from msgspec import UNSET, Struct

from quorate.assembly.items import due_on, is_overdue, open_business
from quorate.assembly.model.item import Item
from quorate.reading.reader import Eyes, Iso


class ItemView(Struct, frozen=True, kw_only=True):
    """Something that waits for an act."""

    id: str
    kind: str
    """`motion`, `duty`, `detail`, `resignation`, `charge`, `request` ..."""
    subject: str
    """What it is, in words."""
    subject_id: str
    body: str
    body_id: str
    owner: str
    """Whoever has the next step."""
    owner_id: str
    opened_on: str | None
    opened_on_iso: Iso = UNSET
    opened_by_entry: int
    """The number of the entry that opened it."""
    due_on: str | None
    """The day by which, if there is one."""
    due_on_iso: Iso = UNSET
    overdue: bool
    next: str
    """The next step."""


class DispositionView(Struct, frozen=True, kw_only=True):
    """How something left open business, and by which entry of the record."""

    kind: str
    """`motion`, `duty`, `detail`, `resignation`, `charge`, `request` ..."""
    subject: str
    """What it is, in words."""
    subject_id: str
    body: str
    body_id: str
    opened_on: str | None
    opened_on_iso: Iso = UNSET
    how: str
    """How it left the list: `adopted`, `declined`, `fixed` ..."""
    on: str | None
    on_iso: Iso = UNSET
    entry: int
    """The number of the entry that disposed of it."""


def open_items(eyes: Eyes, as_of: date | None = None, body: str = "") -> list[ItemView]:
    """What is open on a day (else on the day they look), overdue first, then the oldest; of one body if it is named."""
    day = as_of or eyes.on
    return [
        item_view(eyes, item, day)
        for item in open_business(eyes.state, day)
        if body in ("", item.body) and eyes.sees(item.body, _meeting_of(eyes, item))
    ]


def item_view(eyes: Eyes, item: Item, as_of: date | None = None) -> ItemView:
    """One item that is open."""
    due = due_on(eyes.state, item)
    return ItemView(
        id=item.id,
        kind=item.kind,
        subject=eyes.words(item.title),
        subject_id=item.subject,
        body=eyes.body(item.body),
        body_id=item.body,
        owner=eyes.refer(item.owner),
        owner_id=item.owner,
        opened_on=eyes.day(item.opened_on),
        opened_on_iso=eyes.iso(item.opened_on),
        opened_by_entry=item.opened_seq,
        due_on=eyes.day(due),
        due_on_iso=eyes.iso(due),
        overdue=is_overdue(eyes.state, item, as_of or eyes.on),
        next=eyes.words(item.next),
    )


def dispositions(eyes: Eyes, body: str = "") -> list[DispositionView]:
    """All that has left open business, in the order in which it did."""
    gone = eyes.state.disposed_items.values()
    return [
        disposition_view(eyes, item)
        for item in gone
        if body in ("", item.body) and eyes.sees(item.body, _meeting_of(eyes, item))
    ]


def disposition_view(eyes: Eyes, item: Item) -> DispositionView:
    """One item that is disposed of."""
    disposal = item.disposal
    assert disposal is not None, item.id
    return DispositionView(
        kind=item.kind,
        subject=eyes.words(item.title),
        subject_id=item.subject,
        body=eyes.body(item.body),
        body_id=item.body,
        opened_on=eyes.day(item.opened_on),
        opened_on_iso=eyes.iso(item.opened_on),
        how=disposal.how,
        on=eyes.day(disposal.on),
        on_iso=eyes.iso(disposal.on),
        entry=disposal.seq,
    )


def item_words(eyes: Eyes, key: str) -> str:
    """The title of an item, open or disposed of, by its id. Cost: one look at each disposed item."""
    gone = eyes.state.disposed_items.values()
    item = eyes.state.open_items.get(key) or next((each for each in gone if each.id == key), None)
    return eyes.words(item.title) if item else key


def _meeting_of(eyes: Eyes, item: Item) -> str:
    """The meeting to which the subject of an item belongs, where it belongs to one."""
    for register in (eyes.state.motions, eyes.state.divisions):
        found = register.get(item.subject)
        if found is not None:
            return str(found.meeting)
    return item.subject if item.subject in eyes.state.meetings else ""
