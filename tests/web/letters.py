"""The letters that a floor without a mail server has put into files."""

import re
import time
from email import message_from_string
from email.message import Message
from pathlib import Path

PATIENCE = 30
"""Seconds after which a letter that has not come is a fault; it comes within a fraction of one."""


def letters_to(folder: Path, address: str, at_least: int = 1) -> list[Message]:
    """The letters to an address, oldest first, once there are so many."""
    for _ in range(PATIENCE * 20):
        found = [each for each in all_letters(folder) if each["To"] == address]
        if len(found) >= at_least:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{len(found)} letters, not {at_least}")


def all_letters(folder: Path) -> list[Message]:
    """All letters, oldest first."""
    files = sorted((folder / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
    texts = [part for path in files for part in re.split(r"\n-{79}\n", path.read_text())]
    return [message_from_string(text.lstrip("\n")) for text in texts if "To: " in text]


def code_in(letter: Message) -> str:
    """The code that stands by itself in a letter."""
    [code] = re.findall(r"^    (\S+)$", str(letter.get_payload()), re.MULTILINE)
    return str(code)
