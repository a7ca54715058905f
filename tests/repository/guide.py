"""The guide as a play: the files that its pages show, and the commands, with what they are said to print."""

import re
import shlex
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

GUIDE = Path(__file__).parents[2] / "docs/guide"
ZONE = ZoneInfo("Europe/Amsterdam")
"""Of the organisation on the pages."""
_block = re.compile(r"^```(\w+)\n(.*?)^```$|^<!-- clock: (.*?) -->$", re.MULTILINE | re.DOTALL)


@dataclass
class Command:
    """One line after a `$`, and the lines shown below it."""

    words: list[str]
    shown: list[str] = field(default_factory=list)


@dataclass
class File:
    """A block that begins with its name in a comment."""

    name: str
    text: str


Step = Command | File | datetime


def read_page(name: str) -> list[Step]:
    """What a page of the guide does, in order; a datetime sets the clock."""
    steps: list[Step] = []
    for kind, body, clock in _block.findall((GUIDE / name).read_text(encoding="utf-8")):
        if clock:
            local = datetime.strptime(clock, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
            steps.append(local.astimezone(UTC))
        elif kind == "console":
            steps += _commands(body)
        else:
            first, _, rest = body.partition("\n")
            steps.append(File(first.removeprefix("# "), rest))
    return steps


def fits(shown: list[str], printed: str) -> bool:
    """Whether lines of a page are what was printed; `…` stands for any text, alone on a line for any lines."""
    parts = []
    for line in shown:
        if line.strip() == "…":
            parts.append(r"(?:.*\n)*?")
        else:
            words = [".*".join(re.escape(bit) for bit in word.split("…")) for word in line.split()]
            parts.append(r"\s*" + r"\s+".join(words) + r"\s*\n")
    return re.fullmatch("".join(parts), printed) is not None


def _commands(body: str) -> list[Command]:
    commands: list[Command] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            commands.append(Command(shlex.split(line[2:])))
        else:
            commands[-1].shown.append(line)
    return commands
