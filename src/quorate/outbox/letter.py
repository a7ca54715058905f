"""A letter: to whom, about what, and its text; what stands in its head is one line."""

import re
from dataclasses import dataclass

from quorate.canon.fault import Malformed
from quorate.canon.line import check_line

LONGEST = 254
"""Characters of an address (RFC 5321, 4.5.3.1.3: a path has 256 octets, two of which are brackets)."""
_address = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\.]{2,}")


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be sent to one address."""

    to: str
    subject: str
    text: str
    about: str = ""
    """The id of the person whom it goes to, for whoever looks after the mail; empty if it is for nobody on the record."""
    urgent: bool = False
    """Whether it goes before those that wait already, as a code does that soon ends."""


def check_letter(letter: Letter) -> Letter:
    """The letter itself, if its head can be written.

    Raises:
        Malformed: no address for mail, or a subject of more lines than one; the text is not quoted.
    """
    check_address(letter.to)
    check_line(letter.subject, "the subject of a letter")
    return letter


def check_address(text: str) -> str:
    """The address itself, if it is one.

    Raises:
        Malformed: it is none.
    """
    if not is_address(text):
        raise Malformed("an address for mail", "one such as ada@example.org")
    return text


def is_address(text: str) -> bool:
    """Whether a text looks like an address for mail; whether there is such a mailbox, only a letter finds out."""
    return len(text) <= LONGEST and _address.fullmatch(text) is not None
