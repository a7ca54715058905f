"""Members from a table (CSV): every row is checked, and unless all are in order none becomes an act.

Columns, of which only `name` must be there: `name`, `handle`, `contact`, `body`, `weight`, `since`, `until`, `office`.
A row admits somebody; with a `body` it seats them there, with an `office` it puts them in that office of the body.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from quorate.assembly.model.organisation import PersonalName
from quorate.assembly.organisation.bodies import FillOffice
from quorate.assembly.organisation.membership import AdmitMember, SeatMember
from quorate.assembly.state import State
from quorate.canon.canonical import nfc
from quorate.canon.fault import Malformed
from quorate.canon.moment import parse_day
from quorate.desk.answer import Caller
from quorate.desk.port import Entropy
from quorate.script.acts import Step
from quorate.script.handles import check_handle, near
from quorate.script.ids import mint

COLUMNS = ("name", "handle", "contact", "body", "weight", "since", "until", "office")
SEPARATORS = (",", ";", "\t")
_whole = re.compile(r"\d{1,9}")


@dataclass(slots=True)
class Row:
    """One row of the table as it was read, and what is wrong with it."""

    line: int
    cells: dict[str, str]
    errors: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    """The acts that it comes to; none if it has errors."""


def read_members(
    name: str, data: bytes, state: State, entropy: Entropy, caller: Caller, *, body: str = ""
) -> list[Row]:
    """The rows of a table of members, each with its acts or with all that is wrong with it.

    Where a row names no body, it is the one given, if any.

    Raises:
        Malformed: it is no such table: not UTF-8, no column `name`, an unknown column, a quote that never ends.
    """
    text = _decoded(name, data)
    reading = _Reading(name, state, entropy, caller, body)
    return [reading.row(line, cells) for line, cells in _rows(name, text)]


def steps_of(rows: list[Row]) -> list[Step]:
    """The acts of all rows.

    Raises:
        Malformed: the first row that has errors; nothing of a table is applied unless all of it is in order.
    """
    for row in rows:
        if row.errors:
            raise Malformed(f"line {row.line}", row.errors[0])
    return [step for row in rows for step in row.steps]


def _decoded(name: str, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Malformed(f"{name}:1", "text in UTF-8, not UTF-16", 'save it as "CSV UTF-8"')
    try:
        return nfc(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Malformed(f"{name}:{line}", "text in UTF-8", 'save it as "CSV UTF-8"') from None


def _rows(name: str, text: str) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Line and cells of each row below the header; a cell beyond the header has no column."""
    head = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=head.count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        columns = _columns(name, next(table, []))
        before = table.line_num
        for cells in table:
            line, before = before + 1, table.line_num
            if any(cell.strip() for cell in cells):
                padded = columns + [""] * (len(cells) - len(columns))
                yield line, [(c, cell.strip()) for c, cell in zip(padded, cells, strict=False)]
    except csv.Error as error:
        raise Malformed(f"{name}:{table.line_num}", f"a table in CSV ({error})") from None


def _columns(name: str, head: list[str]) -> list[str]:
    columns = [cell.strip().lower() for cell in head]
    for column in columns:
        if column not in COLUMNS:
            hint = near(column, COLUMNS) or f"the columns are {', '.join(COLUMNS)}"
            raise Malformed(f"{name}:1", f"a known column, not {column!r}", hint)
        if columns.count(column) > 1:
            raise Malformed(f"{name}:1", f"one column {column!r}, not more")
    if "name" not in columns:
        raise Malformed(f"{name}:1", "a column `name`", f"the columns are {', '.join(COLUMNS)}")
    return columns


class _Reading:
    def __init__(
        self, name: str, state: State, entropy: Entropy, caller: Caller, body: str
    ) -> None:
        self._name = name
        self._body = body
        self._state = state
        self._calendar = state.house().calendar
        self._entropy = entropy
        self._caller = caller
        self._handles = {
            each.known.handle: "of a member already"
            for each in state.people.values()
            if each.known is not None and each.known.handle
        }
        self._offices: dict[str, int] = {}

    def row(self, line: int, cells: list[tuple[str, str]]) -> Row:
        """One row, checked in all its cells."""
        row = Row(line, {column: cell for column, cell in cells if column})
        if self._body and not row.cells.get("body"):
            row.cells["body"] = self._body
        if any(cell for column, cell in cells if not column):
            row.errors.append("more cells than the table has columns")
        if not row.cells.get("name"):
            row.errors.append("the name is missing")
        self._check_handle(row)
        self._check_body(row)
        weight = self._weight(row)
        since, until = self._day(row, "since"), self._day(row, "until")
        if since and until and until < since:
            row.errors.append(f"the term ends before it begins: {row.cells['until']}")
        if not row.errors:
            row.steps = [
                Step(name, act, self._caller, f"{self._name}:{line}")
                for name, act in self._acts(row.cells, weight, since, until)
            ]
        return row

    def _check_handle(self, row: Row) -> None:
        handle = row.cells.get("handle", "").removeprefix("@")
        if not handle:
            return
        row.cells["handle"] = handle
        try:
            check_handle(handle)
        except Malformed as error:
            row.errors.append(str(error))
        if handle in self._handles:
            row.errors.append(f"the handle {handle!r} is {self._handles[handle]}")
        self._handles.setdefault(handle, f"in line {row.line} already")

    def _check_body(self, row: Row) -> None:
        body, office = row.cells.get("body", ""), row.cells.get("office", "")
        bodies, offices = self._state.bodies, self._state.offices
        if body and body not in bodies:
            row.errors.append(_unknown("body", body, list(bodies)))
        if not body:
            row.errors += [
                f"{column} without a body"
                for column in ("weight", "since", "until", "office")
                if row.cells.get(column)
            ]
        elif office and (office not in offices or offices[office].body != body):
            ids = [each.id for each in offices.values() if each.body == body]
            row.errors.append(_unknown(f"office of {body}", office, ids))
        elif office and self._offices.setdefault(office, row.line) != row.line:
            row.errors.append(f"the office {office!r} is in line {self._offices[office]} already")

    def _weight(self, row: Row) -> int:
        weight = row.cells.get("weight") or "1"
        if not _whole.fullmatch(weight):
            row.errors.append(f"the weight is not a whole number: {weight!r}")
            return 1
        return int(weight)

    def _day(self, row: Row, column: str) -> date | None:
        text = row.cells.get(column)
        if not text:
            return None
        try:
            return parse_day(text, self._calendar).on
        except Malformed as error:
            row.errors.append(f"{column}: {error}")
            return None

    def _acts(
        self, cells: dict[str, str], weight: int, since: date | None, until: date | None
    ) -> Iterator[tuple[str, AdmitMember | SeatMember | FillOffice]]:
        person = mint("member", self._entropy)
        personal_name = PersonalName(name=cells["name"], handle=cells.get("handle", ""))
        yield (
            "admit-member",
            AdmitMember(member=person, person=personal_name, contact=cells.get("contact") or None),
        )
        if body := cells.get("body"):
            yield (
                "seat-member",
                SeatMember(body=body, member=person, weight=weight, since=since, until=until),
            )
        if office := cells.get("office"):
            yield "fill-office", FillOffice(office=office, holder=person, since=since, until=until)


def _unknown(what: str, word: str, choices: list[str]) -> str:
    hint = near(word, choices)
    return f"there is no {what} {word!r}" + (f" ({hint})" if hint else "")
