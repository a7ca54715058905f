"""Have paper printed: what is to be on it goes to another process, which gives back the PDF."""

import subprocess
import sys
from typing import Literal

import msgspec

from quorate.canon.fault import Unavailable


class Card(msgspec.Struct, frozen=True):
    """An invitation on paper."""

    name: str
    link: str


class Line(msgspec.Struct, frozen=True):
    """A line of a sign-in sheet."""

    name: str
    note: str = ""
    """Such as the weight of the vote, or who represents them."""


class Printout(msgspec.Struct, frozen=True):
    """What is to be printed."""

    kind: Literal["cards", "sheet"]
    house: str
    title: str
    until: str = ""
    """The last day on which links work."""
    cards: tuple[Card, ...] = ()
    lines: tuple[Line, ...] = ()


def print_paper(paper: Printout) -> bytes:
    """The PDF. About 10 ms for each card, in another process; links go to it by a pipe, never by its arguments.

    Raises:
        Unavailable: it cannot be made, as where Pango is missing.
    """
    command = [sys.executable, "-m", "quorate.web.paper"]
    made = subprocess.run(  # noqa: S603  # our own program, without arguments from outside
        command, input=msgspec.json.encode(paper), capture_output=True, check=False
    )
    if made.returncode or not made.stdout.startswith(b"%PDF-"):
        raise Unavailable(
            "no PDF can be made here", "is Pango installed? `quorate minutes` needs it too"
        )
    return made.stdout
