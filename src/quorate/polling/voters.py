"""The table of voters that a registrar has, as CSV: who they are, how much their ballots weigh, where letters go."""

import csv
import io
from typing import NamedTuple

from quorate.ballots.credential import require_countable
from quorate.canon.fault import Malformed
from quorate.script.handles import near
from quorate.script.members import SEPARATORS

CREDENTIAL = "credential"


class Voter(NamedTuple):
    """A row of the table."""

    cells: dict[str, str]
    weight: int


def read_voters(name: str, data: bytes, voter: str | None, weights: str | None) -> list[Voter]:
    """The voters of a table whose first row has the names of its columns. Everybody is there once.

    Raises:
        Malformed: it is not such a table; names the line.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Malformed(name, "text in UTF-8", 'save it as "CSV UTF-8"') from None
    separator = max(SEPARATORS, key=text.split("\n", 1)[0].count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        columns = _columns(name, next(table, []), voter, weights)
        rows = [
            (table.line_num, [cell.strip() for cell in cells])
            for cells in table
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        raise Malformed(f"{name}:{table.line_num}", f"a table in CSV ({error})") from None
    if not rows:
        raise Malformed(name, "at least one voter below the names of the columns")
    voters: list[Voter] = []
    line_of: dict[str, int] = {}
    for line, cells in rows:
        where = f"{name}:{line}"
        if len(cells) > len(columns):
            raise Malformed(where, "not more cells than there are columns")
        row = dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))
        who = row[voter or columns[0]]
        if not who:
            raise Malformed(where, f"somebody in the column {voter or columns[0]!r}")
        if who in line_of:
            raise Malformed(where, f"everybody once; this voter is in line {line_of[who]} already")
        line_of[who] = line
        voters.append(Voter(row, _weight(row[weights], where) if weights else 1))
    require_countable(sum(each.weight for each in voters), name)
    return voters


def _columns(name: str, head: list[str], voter: str | None, weights: str | None) -> list[str]:
    columns = [cell.strip() for cell in head]
    if not columns or not all(columns) or len(set(columns)) != len(columns):
        raise Malformed(f"{name}:1", "the names of the columns, each once")
    if CREDENTIAL in columns:
        raise Malformed(f"{name}:1", f"no column {CREDENTIAL!r}: that is the one to be made")
    for wanted in (voter, weights):
        if wanted is not None and wanted not in columns:
            hint = near(wanted, columns) or f"the columns are {', '.join(columns)}"
            raise Malformed(f"{name}:1", f"a column {wanted!r}", hint)
    return columns


def _weight(text: str, where: str) -> int:
    if text.isascii() and text.isdigit() and text[0] != "0" and len(text) < 1000:
        require_countable(int(text), where)
        return int(text)
    raise Malformed(where, f"a whole number from 1 as weight, not {text!r}")
