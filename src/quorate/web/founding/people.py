"""A list of members as people have it: pasted, one on a line, or a table from a spreadsheet; and what is doubtful in it."""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quorate.outbox.letter import is_address
from quorate.script.members import COLUMNS, SEPARATORS, Row

ALIASES = {
    "full name": "name",
    "member": "name",
    "email": "contact",
    "e-mail": "contact",
    "mail": "contact",
    "address": "contact",
    "phone": "contact",
    "short name": "handle",
    "votes": "weight",
    "shares": "weight",
}
"""Headings that spreadsheets have, and the column that is meant."""
_bracketed = re.compile(r"(?P<name>[^<>]+?)\s*<(?P<mail>[^<>\s]+)>")
_separator = re.compile(r"[,;\t]")


class Table(NamedTuple):
    """A table that `read_members` reads, and by how many its numbers of lines are ahead of those of what was pasted."""

    text: str
    ahead: int


def as_table(text: str) -> Table:
    """A list as a table: what begins with a line of headings is one already, else each line has a name.

    After the name may come where to reach them: `Bea Moor <bea@example.org>`, or `Bea Moor, bea@example.org`.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    headings = [_heading(each) for each in _separator.split(first)]
    if "name" in headings and all(each in COLUMNS for each in headings):
        mark = next((each for each in SEPARATORS if each in first), ",")
        return Table(f"{mark.join(headings)}\n{rest}", 0)
    made = io.StringIO()
    write = csv.writer(made, lineterminator="\n").writerow
    write(("name", "contact"))
    for line in text.split("\n"):
        write(_person(line.strip()))  # an empty one too: it keeps its number
    return Table(made.getvalue(), 1)


def check_contacts(rows: Sequence[Row]) -> None:
    """Have each row say what is wrong with its contact: without this, of `Moor, Bea` the name would be Moor."""
    for row in rows:
        contact = row.cells.get("contact", "")
        if contact and not is_address(contact) and not any(c.isdigit() for c in contact):
            row.errors.append(
                f"after the name comes an address for mail or a number, not {contact!r}; "
                "a table with other columns begins with a line that names them: name, contact, handle, weight"
            )


def doubles(rows: Sequence[Row], known: Mapping[str, str]) -> dict[int, str]:
    """By line: what makes one think that this row is somebody who is there already. It is no error: two people may share a name.

    `known` has who is there by name, in words.
    """
    names = {_plain(name): words for name, words in known.items()}
    contacts: dict[str, str] = {}
    found: dict[int, str] = {}
    for row in rows:
        for key, seen in (
            (row.cells.get("name", ""), names),
            (row.cells.get("contact", ""), contacts),
        ):
            plain = _plain(key)
            if plain and plain in seen:
                same = "name" if seen is names else "contact"
                found.setdefault(row.line, f"the same {same} as {seen[plain]}")
            elif plain:
                seen[plain] = f"line {row.line}"
    return found


def _heading(text: str) -> str:
    plain = " ".join(text.strip().strip('"').lower().split())
    return ALIASES.get(plain, plain)


def _person(line: str) -> tuple[str, str]:
    if found := _bracketed.fullmatch(line):
        return found["name"].strip().strip('"'), found["mail"]
    name, *rest = (part.strip() for part in _separator.split(line))
    return name, " ".join(each for each in rest if each)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
