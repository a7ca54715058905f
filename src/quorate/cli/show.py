"""`quorate show`: meetings, motions, divisions, decisions, items, bodies, members, the calendar."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from quorate.assembly.state import register_of
from quorate.canon.fault import Malformed
from quorate.cli.options import common, in_folder, seen_by, span_of, spanned
from quorate.cli.output import listing, place_of, print_json
from quorate.cli.pages import meetings as meeting_pages
from quorate.cli.pages import registers
from quorate.cli.readers import read_as
from quorate.reading.page import Page, Span
from quorate.reading.reader import Reader
from quorate.reading.view.business import dispositions, item_view, open_items
from quorate.reading.view.calendar import clashes, event_view, events, moved, sees_event
from quorate.reading.view.divisions import division_view, divisions
from quorate.reading.view.meetings import meeting_view, meetings
from quorate.reading.view.motions import decision_view, decisions, motion_view, motions
from quorate.reading.view.people import bodies, body_view, member_view, members
from quorate.script.handles import Handles, near


@dataclass(frozen=True, slots=True)
class Shown:
    """A kind of thing that can be shown: all of them, or one by its id."""

    plural: str
    all: Callable[[Reader, Span], Page[Any]]
    page_of_all: Callable[[list[Any]], None]
    thing: str = ""
    """The thing in whose register one of them is found by its id; empty if none can be shown by itself."""
    one: Callable[[Reader, Any, Span], Any] | None = None
    """One of them; of its own long lists what stands in the span."""
    page_of_one: Callable[[Any], None] | None = None
    sees: Callable[[Reader, Any], bool] = lambda *_: True


def _of_body(reader: Reader, thing: Any) -> bool:
    return reader.sees(thing.body, getattr(thing, "meeting", ""))


KINDS = {
    "meeting": Shown(
        "meetings",
        lambda reader, span: meetings(reader, span=span),
        meeting_pages.meetings,
        "meeting",
        meeting_view,
        meeting_pages.meeting,
        lambda reader, meeting: reader.sees(meeting.body, meeting.id),
    ),
    "motion": Shown(
        "motions",
        lambda reader, span: motions(reader, span=span),
        meeting_pages.motions,
        "motion",
        lambda reader, thing, _: motion_view(reader, thing),
        meeting_pages.motion,
        _of_body,
    ),
    "division": Shown(
        "divisions",
        lambda reader, span: divisions(reader, span=span),
        meeting_pages.divisions,
        "division",
        division_view,
        meeting_pages.division,
        _of_body,
    ),
    "decision": Shown(
        "decisions",
        lambda reader, span: decisions(reader, span=span),
        meeting_pages.decisions,
        "decision",
        lambda reader, thing, _: decision_view(reader, thing),
        meeting_pages.decision,
        _of_body,
    ),
    "item": Shown(
        "items",
        lambda reader, span: open_items(reader, span=span),
        registers.items,
        "item",
        lambda reader, thing, _: item_view(reader, thing),
        registers.item,
        _of_body,
    ),
    "body": Shown(
        "bodies",
        bodies,
        registers.bodies,
        "body",
        body_view,
        registers.body,
    ),
    "member": Shown(
        "members",
        members,
        registers.members,
        "person",
        lambda reader, thing, _: member_view(reader, thing),
        registers.member,
        lambda reader, _: reader.may_see("members"),
    ),
    "calendar": Shown(
        "calendar",
        events,
        registers.events,
        "event",
        lambda reader, thing, _: event_view(reader, thing),
        registers.event,
        sees_event,
    ),
    "moves": Shown("moved", moved, registers.moved),
    "clashes": Shown("clashes", clashes, registers.clashes),
    "dispositions": Shown(
        "dispositions",
        lambda reader, span: dispositions(reader, span=span),
        registers.dispositions,
    ),
}


@click.command()
@click.argument("kind", type=click.Choice(list(KINDS)), metavar="KIND")
@click.argument("key", required=False, metavar="[ID]")
@spanned
@in_folder
@seen_by
@common
def show(
    *,
    kind: str,
    key: str | None,
    first: int,
    count: int | None,
    folder: Path,
    seen_by: str,
    as_json: bool,
) -> None:
    """Show all of a KIND, or the one with that ID (a member also by handle).

    Kinds: meeting, motion, division, decision, item, body, member, calendar, moves, clashes, dispositions.
    """
    what, span = KINDS[kind], span_of(first, count, as_json=as_json)
    if key is None:
        page = read_as(folder, seen_by, lambda reader: what.all(reader, span))
        if as_json:
            print_json({what.plural: page.items} | place_of(page))
        else:
            listing(page, what.page_of_all, "Nothing to show.")
        return
    if what.one is None or what.page_of_one is None:
        raise Malformed(key, f"no id: `quorate show {kind}` shows all of them")
    view = read_as(folder, seen_by, lambda reader: _one(what, kind, reader, key, span))
    if as_json:
        print_json({kind: view})
    else:
        what.page_of_one(view)


def _one(what: Shown, kind: str, reader: Reader, key: str, span: Span) -> Any:
    assert what.one is not None
    register = register_of(reader.state, what.thing)
    handles = Handles(reader.state) if kind == "member" and reader.may_see("members") else None
    key = (handles.find(key) if handles else None) or key
    if key not in register or not what.sees(reader, register[key]):
        visible = [each for each, value in register.items() if what.sees(reader, value)]
        hint = (
            near(key, [*visible, *(handles.known() if handles else ())])
            or f"`quorate show {kind}` lists them"
        )
        article = "an" if kind[0] in "aeiou" else "a"
        raise Malformed(key, f"the id of {article} {kind}", hint)
    return what.one(reader, register[key], span)
