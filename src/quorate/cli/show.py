"""`quorate show`: meetings, motions, divisions, decisions, items, bodies, members, the calendar."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from quorate.canon.fault import Malformed
from quorate.cli.options import common, in_folder, seen_by
from quorate.cli.output import print_json, say
from quorate.cli.pages import meetings as meeting_pages
from quorate.cli.pages import registers
from quorate.cli.readers import eyes_on
from quorate.reading.reader import Eyes
from quorate.reading.view.business import dispositions, item_view, open_items
from quorate.reading.view.calendar import clashes, event_view, events, moved
from quorate.reading.view.divisions import division_view, divisions
from quorate.reading.view.meetings import meeting_view, meetings
from quorate.reading.view.motions import decision_view, decisions, motion_view, motions
from quorate.reading.view.people import bodies, body_view, member_view, members
from quorate.script.handles import Handles, near


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be shown: all of a kind, or one by its id."""

    plural: str
    all: Callable[[Eyes], list[Any]]
    page_of_all: Callable[[list[Any]], None]
    register: Callable[[Eyes], Mapping[str, Any]] | None = None
    one: Callable[[Eyes, Any], Any] | None = None
    page_of_one: Callable[[Any], None] | None = None
    sees: Callable[[Eyes, Any], bool] = lambda *_: True


def _of_body(eyes: Eyes, found: Any) -> bool:
    return eyes.sees(found.body, getattr(found, "meeting", ""))


KINDS = {
    "meeting": Kind(
        "meetings",
        meetings,
        meeting_pages.meetings,
        lambda eyes: eyes.state.meetings,
        meeting_view,
        meeting_pages.meeting,
        lambda eyes, found: eyes.sees(found.body, found.id),
    ),
    "motion": Kind(
        "motions",
        motions,
        meeting_pages.motions,
        lambda eyes: eyes.state.motions,
        motion_view,
        meeting_pages.motion,
        _of_body,
    ),
    "division": Kind(
        "divisions",
        divisions,
        meeting_pages.divisions,
        lambda eyes: eyes.state.divisions,
        lambda eyes, found: division_view(eyes, found, by_name=True),
        meeting_pages.division,
        _of_body,
    ),
    "decision": Kind(
        "decisions",
        decisions,
        meeting_pages.decisions,
        lambda eyes: eyes.state.decisions,
        decision_view,
        meeting_pages.decision,
        _of_body,
    ),
    "item": Kind(
        "items",
        open_items,
        registers.items,
        lambda eyes: eyes.state.open_items,
        item_view,
        registers.item,
        _of_body,
    ),
    "body": Kind(
        "bodies",
        bodies,
        registers.bodies,
        lambda eyes: eyes.state.bodies,
        body_view,
        registers.body,
    ),
    "member": Kind(
        "members",
        members,
        registers.members,
        lambda eyes: eyes.state.people,
        member_view,
        registers.member,
        lambda eyes, _: eyes.may_see("members"),
    ),
    "calendar": Kind(
        "calendar",
        events,
        registers.events,
        lambda eyes: eyes.state.calendar,
        event_view,
        registers.event,
        lambda eyes, found: any(each.id == found.id for each in events(eyes)),
    ),
    "moves": Kind("moved", moved, registers.moved),
    "clashes": Kind("clashes", clashes, registers.clashes),
    "dispositions": Kind("dispositions", dispositions, registers.dispositions),
}


@click.command(short_help="Show meetings, motions, divisions ...")
@click.argument("kind", type=click.Choice(list(KINDS)), metavar="KIND")
@click.argument("key", required=False, metavar="[ID]")
@in_folder
@seen_by
@common
def show(*, kind: str, key: str | None, folder: Path, reader: str, as_json: bool) -> None:
    """Show all of a KIND, or the one with that ID (a member also by handle).

    Kinds: meeting, motion, division, decision, item, body, member, calendar, moves, clashes, dispositions.
    """
    what = KINDS[kind]
    if key is None:
        found = eyes_on(folder, reader, what.all)
        if as_json:
            print_json({what.plural: found})
        elif found:
            what.page_of_all(found)
        else:
            say("Nothing to show.")
        return
    if what.one is None or what.page_of_one is None:
        raise Malformed(key, f"no id: `quorate show {kind}` shows all of them")
    one = eyes_on(folder, reader, lambda eyes: _one(what, kind, eyes, key))
    if as_json:
        print_json({kind: one})
    else:
        what.page_of_one(one)


def _one(what: Kind, kind: str, eyes: Eyes, key: str) -> Any:
    assert what.register is not None
    assert what.one is not None
    register = what.register(eyes)
    handles = Handles(eyes.state) if kind == "member" and eyes.may_see("members") else None
    key = (handles.find(key) if handles else None) or key
    if key not in register or not what.sees(eyes, register[key]):
        seen = [each for each, value in register.items() if what.sees(eyes, value)]
        hint = (
            near(key, [*seen, *(handles.known() if handles else ())])
            or f"`quorate show {kind}` lists them"
        )
        raise Malformed(key, f"the id of a {kind}", hint)
    return what.one(eyes, register[key])
