"""What a command prints: one JSON object, or tables and lines for people, 80 columns wide where nothing else is known.

Names and titles come from whoever wrote them: control characters are shown as `�`, so that no text can move the cursor
or colour the terminal, and nothing is read as markup.
"""

import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click
import msgspec

from quorate.cli.layout import Line, facts_lines, table_lines, wrapped
from quorate.reading.page import Page

T = TypeVar("T")

# C0 controls are escaped in any JSON; these are: delete and C1; marks, embeddings and isolates of direction; line and
# paragraph separators; the byte order mark; and tags, which are letters that nobody sees.
_UNSEEN = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
_OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Controls, but the new line; and bidirectional ones, which can make a line read otherwise than it was written."""
NARROWEST = 20
"""Lines are not made shorter than this, however narrow a terminal says that it is."""


def plain(text: str) -> str:
    """The text with nothing in it that a terminal obeys, except new lines."""
    return _OBEYED.sub("�", text)


def print_json(value: Any) -> None:
    """Print one JSON object on standard output, indented, in UTF-8.

    Characters of control, of direction, and such as are not seen are written as escapes: the object is the same.
    """
    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    click.echo(_UNSEEN.sub(_escaped, text))


def say(line: str = "", *, err: bool = False) -> None:
    """Print a line on standard output, or that of errors, wrapped at words."""
    click.echo("\n".join(wrapped(plain(line), columns(err=err))), err=err)


def say_raw(line: str, *, err: bool = False) -> None:
    """Print a line on standard output, or that of errors, just as it is, for what is copied or piped."""
    click.echo(plain(line), err=err)


def warn(line: str) -> None:
    """Print a line on standard error."""
    say(line, err=True)


class Warnings(logging.Handler):
    """A handler of the warnings of the packages below: each is a line on standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print the line."""
        warn(record.getMessage())


def columns(*, err: bool = False) -> int:
    """How many columns wide the lines on standard output are, or on that of errors; 80 where nothing is known of it."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given):
        return max(int(given), NARROWEST)
    streams = (sys.__stderr__, sys.__stdout__) if err else (sys.__stdout__, sys.__stderr__)
    for stream in (*streams, sys.__stdin__):
        try:
            found = os.get_terminal_size(stream.fileno()).columns if stream else 0
        except (OSError, ValueError):
            continue  # it is no terminal, or closed
        if found:
            return max(found, NARROWEST)
    return 80


def table(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[object]], *, main: str = ""
) -> None:
    """Print a table; columns whose cells are all empty are left out.

    Where the terminal is too narrow for it, each row is a card that begins with the cell under the heading `main`.
    """
    cells = [[_cell(each) for each in row] for row in rows]
    lines = [Line(plain(title), strong=True)] if title else []
    lines += table_lines(headings, cells, columns(), main)
    if lines:
        shown = (click.style(each.text, bold=True) if each.strong else each.text for each in lines)
        click.echo("\n".join(shown))


def facts(pairs: Iterable[tuple[str, object]], *, err: bool = False) -> None:
    """Print labels and their values, one pair a line; a pair without a value is left out."""
    known = [(label, cell) for label, value in pairs if (cell := _cell(value))]
    for label, line in facts_lines(known, columns(err=err)):
        click.echo((click.style(label, dim=True) + line).rstrip(), err=err)


def part(
    title: str,
    items: Sequence[T] | Page[T],
    headings: Sequence[str],
    row: Callable[[T], Sequence[object]],
    *,
    main: str = "",
) -> None:
    """Print a part of a page as a table under its title; nothing if it is empty."""
    shown = items.items if isinstance(items, Page) else items
    if shown:
        say()
        table(title, headings, [row(each) for each in shown], main=main)
    if isinstance(items, Page):
        more(items)


def listing(page: Page[T], draw: Callable[[list[T]], None], nothing: str) -> None:
    """Print a part of a list as it is drawn; `nothing` if the list is empty."""
    if page.items:
        draw(page.items)
        more(page)
    else:
        say(f"There are {page.total:,} in all." if page.total else nothing)


def place_of(page: Page[Any]) -> dict[str, Any]:
    """Where in its list a page stands, beside its items in JSON."""
    return {"first": page.first, "total": page.total}


def more(page: Page[Any]) -> None:
    """Print how many of a list come after those shown, if any do, and how to see them."""
    if page.more:
        following = page.first + len(page.items)
        say(f"… and {page.more:,} more: --first {following}, or --json for all")


def _escaped(match: re.Match[str]) -> str:
    """A character as JSON escapes it: by its one or two units of UTF-16."""
    units = match[0].encode("utf-16-be").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))


def _cell(value: object) -> str:
    if value is None or value is msgspec.UNSET:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list | tuple):
        return ", ".join(_cell(each) for each in value)
    return plain(str(value))
