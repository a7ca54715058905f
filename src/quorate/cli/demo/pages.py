"""What the demo prints: the story day by day, divisions with their bars, what is open, and the verification."""

import shlex
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import click

from quorate.audit.check import MEANING, Check
from quorate.cli.demo.play import EXAMPLES, Played, RefusedAct
from quorate.cli.output import plain
from quorate.reading.view.divisions import DivisionView, Figures, VoteView
from quorate.reading.words.effects import note_of
from quorate.reading.words.names import capitalised, plural, with_full_stop
from quorate.reading.words.story import Line

WIDEST = 100
"""Longer lines are hard to read."""
BAR = 16
"""Cells that the longest bar of a division takes."""
NAME = "quorate"
"""What the command is called."""


def show_demo(played: Played) -> None:
    """The whole demo, for a terminal."""
    _head(played.organisation)
    _say(
        f"The acts of {played.example}, carried out at the same desk as anybody's, made "
        f"{plural(played.verified.entries, 'entry', 'entries')} in a record. This is what they say."
    )
    _story(played)
    _open(played)
    _moved(played)
    _clashes(played)
    _not_analysed(played)
    _verified(played)
    _next(played)


def _story(played: Played) -> None:
    divisions = {each.id: each for each in played.divisions}
    waiting = list(played.refused)
    for on, day in groupby(played.lines, attrgetter("on")):
        _head(played.names.on_day(on))
        heading = ""
        for sitting, lines in groupby(day, attrgetter("sitting")):
            if sitting not in ("", heading):
                _meeting(played, sitting)
                heading = sitting
            _lines(played, lines, divisions, waiting, 2 if sitting else 0)
    for refused in waiting:
        _refused(refused, 0)


def _meeting(played: Played, sitting: str) -> None:
    meeting = played.names.state.meetings[sitting]
    title = played.names.words(meeting.title)
    body = played.names.body(meeting.body)
    click.echo()
    click.secho(plain(title if body in title else f"{title} ({body})"), bold=True)


def _lines(
    played: Played,
    lines: Iterable[Line],
    divisions: dict[str, DivisionView],
    waiting: list[RefusedAct],
    indent: int,
) -> None:
    hour = ""
    for line in lines:
        while waiting and waiting[0].at_entry <= line.seq:
            _refused(waiting.pop(0), indent)
        now = played.names.at_hour(line.at)
        deeper = indent + (2 if line.follows else 0)
        label = "" if now == hour or line.follows else now
        hour = now
        _say(line.text, f"{' ' * indent}{label:<5}  {' ' * (deeper - indent)}")
        for words in line.words.splitlines():
            _say(f"“{words}”", " " * (indent + 9), dim=True)
        if line.division:
            _division(divisions[line.division], indent + 7)


def _division(division: DivisionView, indent: int) -> None:
    """The figures with bars, and whose votes they are where votes have names."""
    weight = division.weight if isinstance(division.weight, Figures) else None
    figures = weight or division
    silent = weight.not_voted if weight else division.not_voted_count
    sides = (
        ("for", figures.votes_for, "for"),
        ("against", figures.against, "against"),
        ("abstaining", figures.abstain, "abstain"),
        ("spoiled", division.spoiled, ""),
        ("not voted", silent, None),
        ("unaccounted", division.unaccounted, ""),
    )
    most = max([number for _, number, _ in sides] + [1])
    votes = division.votes.items if division.votes else []
    for label, number, side in sides:
        if number or side in ("for", "against"):
            names = [_named(each) for each in votes if each.vote == side]
            bar = "█" * max(round(BAR * number / most), 1 if number > 0 else 0)
            head = f"{' ' * indent}{label:<11} {number:>4}  {bar:<{BAR}}  "
            click.echo(plain((head + _few(names, _width() - len(head))).rstrip()))
    _say(capitalised(with_full_stop(division.reason or "")), " " * indent, dim=True)


def _named(vote: VoteView) -> str:
    return vote.name if vote.weight == 1 else f"{vote.name} ({vote.weight})"


def _few(names: list[str], room: int) -> str:
    """As many names as fit into a number of characters, and how many more there are."""
    for shown in range(len(names), 0, -1):
        left = len(names) - shown
        line = ", ".join(names[:shown]) + (f" and {left} more" if left else "")
        if len(line) <= room:
            return line
    return ""


def _refused(refused: RefusedAct, indent: int) -> None:
    _say(
        f"Refused, {refused.code}: {refused.by} asked to {refused.act.replace('-', ' ')}: {with_full_stop(refused.message)}",
        f"{' ' * indent}  ✗    ",
    )
    if refused.clause:
        _say(refused.clause, " " * (indent + 7), dim=True)


def _open(played: Played) -> None:
    names = played.names
    _head(f"Open business on {names.on_day(names.on)}: {len(played.open_business)}")
    for view in played.open_business:
        item = names.state.open_items[view.id]
        due = names.when(item.due, "")
        late = f" {'Overdue since' if view.overdue else 'Due'}{with_full_stop(due)}" if due else ""
        _say(capitalised(with_full_stop(names.matter(item))), "  ! " if view.overdue else "  · ")
        since = f"Since {names.on_day(item.opened_on)}, with {names.whom(item.owner)}"
        _say(f"{since}: {with_full_stop(view.next)}{late}", "    ", dim=True)


def _moved(played: Played) -> None:
    names = played.names
    for move in names.state.moves:
        before = f" from {names.on_day(move.before)}" if move.before else ""
        days = (move.after.on - move.before.on).days if move.before else 0
        _head(f"What moved with “{names.event(move.event)}”: {len(move.effects)}")
        _say(f"It was moved{before} to {names.on_day(move.after)}: {_by(days)}.")
        for each in move.effects:
            span = f", {names.on_day(each.before)} to {names.on_day(each.after)}"
            span = span if each.before and each.after else ""
            effect = each.effect.replace("-", " ") + (f", {_by(each.days)}" if each.days else "")
            note = f" ({why})" if (why := note_of(names, each)) else ""
            _say(f"{capitalised(names.effect(each.what))}{span}: {effect}{note}.", "  · ")


def _by(days: int) -> str:
    return f"{plural(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def _clashes(played: Played) -> None:
    clashes = [each for each in played.names.state.clashes.values() if not each.lapsed]
    if clashes:
        _head(f"What clashes: {len(clashes)}")
    for each in clashes:
        answer = f" Answered: {each.answered}." if each.answered else " Nobody has answered it."
        on = played.names.on_day(each.on)
        why = ", ".join(played.names.reasons(each))
        _say(
            f"{on}, {each.severity}: {played.names.clash(each.id)}: {with_full_stop(why)}{answer}",
            "  · ",
        )


def _not_analysed(played: Played) -> None:
    if played.recorded_not_analysed:
        _head("Recorded, and not yet analysed by this version")
    for each in played.recorded_not_analysed:
        _say(f"{each.count} {each.what}: {each.why}.", "  · ")


def _verified(played: Played) -> None:
    verified = played.verified
    _head("The record, exported and checked from its first entry to its last")
    for check in Check:
        _say(f"{check.value}: {MEANING[check]}", "  ✓ ")
    click.echo(f"\n    {plural(verified.entries, 'entry', 'entries')}; the root of their tree is")
    click.echo(f"    {verified.root.hex()}")


def _next(played: Played) -> None:
    program = _program()
    folder = shlex.quote(str(played.folder))
    meeting = next(iter(played.names.state.meetings), "")
    _head("What to try next")
    for command in (
        f"show division --dir {folder}",
        f"minutes {meeting} --dir {folder}",
        f"verify {folder}/export --key {folder}/log.vkey",
        *(f"demo --example {name}" for name in EXAMPLES if name != played.example),
    ):
        click.echo(plain(f"  {program} {command}"))


def _program() -> str:
    """How we are started from here: by our name if a shell finds us by it, else by the path that was used."""
    started = Path(sys.argv[0])
    found = shutil.which(NAME)
    if started.name != NAME or (found is not None and started.resolve() == Path(found).resolve()):
        return NAME
    return shlex.quote(str(started))


def _head(text: str) -> None:
    click.echo()
    click.secho(plain(text), bold=True)
    click.echo("─" * min(len(text), _width()))


def _say(text: str, lead: str = "", *, dim: bool = False) -> None:
    """A paragraph; its first line begins with the lead, and the others stand under its text."""
    for line in _wrapped(plain(text), lead):
        click.secho(line, dim=dim)


def _wrapped(text: str, lead: str) -> Iterator[str]:
    lines = textwrap.wrap(
        text, max(_width() - len(lead), 20), break_long_words=False, break_on_hyphens=False
    )
    for i, line in enumerate(lines):
        yield (lead if i == 0 else " " * len(lead)) + line


def _width() -> int:
    return min(shutil.get_terminal_size((80, 24)).columns, WIDEST)
