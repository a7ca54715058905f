"""Options that several commands have, spelled and explained alike."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from quorate.reading.page import Span

Command = Callable[..., Any]
READERS = ("all", "members", "public")
"""For whom an export can be made, beside a single person."""

in_folder = click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    envvar="QUORATE_DIR",
    help="The organisation's folder (or QUORATE_DIR).  [default: this one]",
)
seen_by = click.option(
    "--as",
    "seen_by",
    default="desk",
    metavar="WHO",
    help="Show only what WHO may see: a member's handle or id, or `public`.",
)
SCREENS = 200
"""Lines of a list that are shown at a terminal, where nobody asks for more: a few screens full."""
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
_debug = click.option("--debug", is_flag=True, expose_value=False, help="Show the stack of errors.")


def common(command: Command) -> Command:
    """The command with the options that every command has."""
    return _json(_debug(command))


confirm_time = click.option(
    "--confirm-time",
    is_flag=True,
    help="The time is right, although more than a year after the last entry.",
)


def spanned(command: Command) -> Command:
    """The command with options for a part of a long list."""
    number = click.IntRange(0, 1_000_000_000)
    first = click.option(
        "--first",
        type=number,
        default=0,
        metavar="N",
        help="Of a long list begin with the one after N others.  [default: 0]",
    )
    count = click.option(
        "--count",
        type=number,
        metavar="N",
        help=f"Show so many at most.  [default: {SCREENS} at a terminal, else all]",
    )
    return first(count(command))


def span_of(first: int, count: int | None, *, as_json: bool) -> Span:
    """The part of long lists that is shown: what the options say, else as much as can be read at a terminal."""
    if count is None and not as_json and sys.stdout.isatty():
        count = SCREENS
    return Span(first, count)


def stamped(command: Command) -> Command:
    """The command with options for who acts, for whom, how they were known, and when."""
    for option in reversed(
        (
            click.option("--by", metavar="WHO", help="Who acts.  [default: the clerk]"),
            click.option("--behalf", metavar="WHO", help="For whom, if for another."),
            click.option("--known-by", metavar="HOW", help="How they were known, such as `sight`."),
            click.option("--entered-by", metavar="WHO", help="Who enters it, if another does."),
            click.option("--at", metavar="TIME", help="When, where the clock is told."),
            confirm_time,
            click.option(
                "--token",
                metavar="TOKEN",
                help="Drawn at random for this once, so that trying again does not do it again.",
            ),
        )
    ):
        command = option(command)
    return command
