"""What a command prints: one JSON object, or tables and lines for people, 80 columns wide where nothing else is known.

Names and titles come from whoever wrote them: control characters are shown as `�`, so that no text can move the cursor
or colour the terminal, and nothing is read as markup.
"""

import logging
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click
import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

T = TypeVar("T")

_HIDING = {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"}
"""Bidirectional controls, which can make a line read otherwise than it was written."""
# C0 controls are escaped in any JSON; these are: delete and C1; marks, embeddings and isolates of direction; line and
# paragraph separators; the byte order mark; and tags, which are letters that nobody sees.
_UNSEEN = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
_FILLING = re.compile(r" +(?=(?:\x1b\[[0-9;]*m)*$)", re.MULTILINE)
"""Spaces at the end of a line, also within its colour."""
_WHOLE = 40
"""Characters of a word, such as an id or a day, that is not broken over lines."""


def plain(text: str) -> str:
    """The text with nothing in it that a terminal obeys, except new lines."""
    return "".join("�" if _obeyed(c) else c for c in text)


def print_json(value: Any) -> None:
    """Print one JSON object on standard output, indented, in UTF-8.

    Characters of control, of direction, and such as are not seen are written as escapes: the object is the same.
    """
    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    click.echo(_UNSEEN.sub(_escaped, text))


def say(line: str = "", *, err: bool = False) -> None:
    """Print a line on standard output, or that of errors, wrapped at words."""
    _print(Text(plain(line)), err=err)


def say_raw(line: str, *, err: bool = False) -> None:
    """Print a line on standard output, or that of errors, just as it is, for what is copied or piped."""
    click.echo(plain(line), err=err)


def warn(line: str) -> None:
    """Print a line on standard error."""
    _print(Text(plain(line)), err=True)


class Warnings(logging.Handler):
    """A handler of the warnings of the packages below: each is a line on standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print the line."""
        warn(record.getMessage())


def table(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; columns whose cells are all empty are left out."""
    cells = [[_cell(each) for each in row] for row in rows]
    shown = [i for i in range(len(headings)) if any(row[i] for row in cells)]
    drawn = Table(box=None, title=Text(plain(title)) if title else None, title_justify="left")
    drawn.title_style = "bold"
    drawn.pad_edge = False
    for i in shown:
        numeric = all(row[i].lstrip("-").isdigit() for row in cells if row[i])
        short = all(" " not in row[i] and len(row[i]) <= _WHOLE for row in cells)
        drawn.add_column(
            headings[i],
            justify="right" if numeric else "left",
            overflow="fold",
            no_wrap=short and not numeric,
        )
    for row in cells:
        drawn.add_row(*(Text(row[i]) for i in shown))
    _print(drawn)


def facts(pairs: Iterable[tuple[str, object]], *, err: bool = False) -> None:
    """Print labels and their values, one pair a line; a pair without a value is left out."""
    drawn = Table.grid(padding=(0, 2))
    drawn.add_column(style="dim", no_wrap=True)
    drawn.add_column(overflow="fold")
    for label, value in pairs:
        if cell := _cell(value):
            drawn.add_row(label, Text(cell))
    _print(drawn, err=err)


def part(
    title: str, items: Sequence[T], headings: Sequence[str], row: Callable[[T], Sequence[object]]
) -> None:
    """Print a part of a page as a table under its title; nothing if it is empty."""
    if items:
        say()
        table(title, headings, [row(each) for each in items])


def _escaped(match: re.Match[str]) -> str:
    """A character as JSON escapes it: by its one or two units of UTF-16."""
    units = match[0].encode("utf-16-be").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))


def _print(drawn: Text | Table, *, err: bool = False) -> None:
    """Print something as wide as the terminal, without the spaces that would fill its lines up."""
    console = Console(highlight=False, emoji=False, stderr=err)
    with console.capture() as captured:
        console.print(drawn)
    click.echo(_FILLING.sub("", captured.get()), nl=False, err=err)


def _cell(value: object) -> str:
    if value is None or value is msgspec.UNSET:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list | tuple):
        return ", ".join(_cell(each) for each in value)
    return plain(str(value))


def _obeyed(c: str) -> bool:
    return (unicodedata.category(c) == "Cc" and c != "\n") or c in _HIDING
