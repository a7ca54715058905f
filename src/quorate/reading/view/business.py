"""Open business, and what became of business that is open no longer."""

from collections.abc import Collection
from datetime import date

from msgspec import UNSET, Struct

from quorate.assembly.items import due_on, is_overdue, open_business
from quorate.assembly.model.item import Item
from quorate.reading.page import ALL, Page, Span, page_of
from quorate.reading.reader import Iso, Reader
from quorate.reading.words.items import disposal, next_step, title
from quorate.reading.words.subjects import Names


class ItemView(Struct, frozen=True, kw_only=True):
    """An item of open business: it waits for an act."""

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
    """The disposition of an item: how it left open business, and by which entry of the record."""

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


def open_items(
    reader: Reader, as_of: date | None = None, body: str = "", span: Span = ALL
) -> Page[ItemView]:
    """The items open on a day (by default the reader's), overdue first, then the oldest; of one body if it is named."""
    day, names = as_of or reader.on, Names.of(reader)
    seen = _seen(reader, open_business(reader.state, day), body)
    return page_of(seen, span, lambda item: item_view(names, item, day))


def item_view(reader: Reader, item: Item, as_of: date | None = None) -> ItemView:
    """One item that is open."""
    names = Names.of(reader)
    due = due_on(reader.state, item)
    return ItemView(
        id=item.id,
        kind=item.kind,
        subject=title(names, item),
        subject_id=item.subject,
        body=reader.body(item.body),
        body_id=item.body,
        owner=reader.refer(item.owner),
        owner_id=item.owner,
        opened_on=reader.day(item.opened_on),
        opened_on_iso=reader.iso(item.opened_on),
        opened_by_entry=item.opened_seq,
        due_on=reader.day(due),
        due_on_iso=reader.iso(due),
        overdue=is_overdue(reader.state, item, as_of or reader.on),
        next=next_step(names, item),
    )


def dispositions(reader: Reader, body: str = "", span: Span = ALL) -> Page[DispositionView]:
    """The dispositions of all items that have left open business, in the order in which they did."""
    names = Names.of(reader)
    seen = _seen(reader, reader.state.disposed_items.values(), body)
    return page_of(seen, span, lambda item: disposition_view(names, item))


def disposition_view(reader: Reader, item: Item) -> DispositionView:
    """One item that is disposed of."""
    names, disposed = Names.of(reader), item.disposal
    assert disposed is not None, item.id
    return DispositionView(
        kind=item.kind,
        subject=title(names, item),
        subject_id=item.subject,
        body=reader.body(item.body),
        body_id=item.body,
        opened_on=reader.day(item.opened_on),
        opened_on_iso=reader.iso(item.opened_on),
        how=disposal(names, item),
        on=reader.day(disposed.on),
        on_iso=reader.iso(disposed.on),
        entry=disposed.seq,
    )


def _seen(reader: Reader, items: Collection[Item], body: str) -> Collection[Item]:
    """Of some items those that a reader may see; of one body if it is named."""
    if not body and reader.who == "desk":
        return items
    return [item for item in items if body in ("", item.body) and sees_item(reader, item)]


def sees_item(reader: Reader, item: Item) -> bool:
    """Whether a reader may see an item: its body, and the meeting that its subject is of."""
    return reader.sees(item.body, _meeting_of(reader, item))


def _meeting_of(reader: Reader, item: Item) -> str:
    """The meeting to which the subject of an item belongs, where it belongs to one."""
    for register in (reader.state.motions, reader.state.divisions):
        thing = register.get(item.subject)
        if thing is not None:
            return str(thing.meeting)
    return item.subject if item.subject in reader.state.meetings else ""
