"""Text set into lines of a width, in cells of a terminal: paragraphs, tables, and cards where a table is too wide.

Nothing is cut off and no column is left out: where the columns of a table do not fit, each row becomes a card, which begins
with the cell that matters most and has the others below it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

GAP = "  "
"""Between two columns."""
READABLE = 16
"""Cells below which a column of words is not made narrower: a table that would need it becomes cards."""
WHOLE = 48
"""Cells of a word, such as an id or a day, that is not broken over the lines of a column."""
_INDENT = "  "
_BETWEEN = " · "
_words = re.compile(r"\s*\S+\s*")


class Line(NamedTuple):
    """A line, and whether it stands out, as headings do."""

    text: str
    strong: bool = False


class _Column(NamedTuple):
    """How wide a column can be, in cells of the terminal."""

    number: int
    """Its place in the rows."""
    widest: int
    """The width of its widest cell."""
    least: int
    """Below this its cells are not made narrower."""
    heading: int
    """The width of its heading."""
    heading_word: int
    """The width of the longest word of its heading."""
    numeric: bool


def width_of(text: str) -> int:
    """How many cells of a terminal a line takes."""
    return len(text) if text.isascii() else cell_len(text)


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, none wider than `width`, broken at spaces where that can be."""
    lines: list[str] = []
    for line in text.split("\n"):
        if width_of(line) <= width:
            lines.append(line.rstrip())
        else:
            lines.extend(_broken(line, width))
    return lines


def paragraph(pieces: Iterable[str], width: int) -> list[str]:
    """Pieces one behind the other, as many on a line as fit; one that is wider than a line has lines of its own."""
    lines: list[str] = []
    open_line = False
    for piece in pieces:
        joined = f"{lines[-1]}{_BETWEEN}{piece}" if open_line else piece
        if open_line and width_of(joined) <= width:
            lines[-1] = joined
            continue
        open_line = width_of(piece) <= width
        first, *more = [piece] if open_line else wrapped(piece, width - len(_INDENT))
        lines += [first, *(_INDENT + line for line in more)]
    return lines


def facts_lines(pairs: Sequence[tuple[str, str]], width: int) -> Iterator[tuple[str, str]]:
    """Labels with their values, as two parts of each line; what a value needs beyond its first line stands under it."""
    left = _widest(label for label, _ in pairs) + len(GAP)
    if width - left < READABLE:
        left = len(_INDENT)
    for label, value in pairs:
        lines = wrapped(value, max(width - left, 1))
        if width_of(label) > left - len(GAP):
            yield label, ""
        else:
            yield _padded(label, left), lines.pop(0)
        for line in lines:
            yield " " * left, line


def table_lines(
    headings: Sequence[str], rows: Sequence[Sequence[str]], width: int, main: str = ""
) -> Iterator[Line]:
    """A table, or cards where its columns do not fit into the width; columns whose cells are all empty are left out.

    `main` is the heading of the cell with which a card begins; by default the first. Cost: about 10 µs a row.
    """
    columns = [each for i in range(len(headings)) if (each := _column(headings[i], rows, i)).widest]
    widths = _widths(columns, width)
    if widths is None:
        return _cards(headings, rows, columns, width, main)
    return _drawn(headings, rows, columns, widths)


def _column(heading: str, rows: Sequence[Sequence[str]], number: int) -> _Column:
    cells = {row[number] for row in rows} - {""}
    lines = {line for cell in cells for line in cell.split("\n")}
    widest = _widest(lines)
    numeric = all(cell.lstrip("+-").isdigit() for cell in cells)
    word = min(_widest({word for line in lines for word in line.split()}), WHOLE)
    least = widest if numeric else min(widest, max(word, READABLE))
    return _Column(number, widest, least, width_of(heading), _widest(heading.split()), numeric)


def _widest(texts: Iterable[str]) -> int:
    return max(map(width_of, texts), default=0)


def _widths(columns: Sequence[_Column], width: int) -> list[int] | None:
    """The width of each column, the widest of words being narrowed alike until all fit; None if they do not."""
    room = width - len(GAP) * (len(columns) - 1)
    natural = [max(each.widest, each.heading) for each in columns]
    if sum(natural) <= room:
        return natural
    whole = [max(each.least, each.heading) for each in columns]
    broken = [max(each.least, each.heading_word) for each in columns]
    for least in (whole, broken):
        if sum(least) <= room:
            return _narrowed(_most(columns, least), least, room)
    return None


def _most(columns: Sequence[_Column], least: Sequence[int]) -> list[int]:
    """How wide each column would be if it could; one whose cells are not broken is as wide as it must be."""
    return [max(each.widest, low) for each, low in zip(columns, least, strict=True)]


def _narrowed(most: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Widths that come to `room`: of what can be narrowed the widest first."""
    low, high = 0, max(most)
    while low < high:  # the widest that any may be
        level = (low + high + 1) // 2
        if sum(_between(level, *each) for each in zip(least, most, strict=True)) <= room:
            low = level
        else:
            high = level - 1
    widths = [_between(low, *each) for each in zip(least, most, strict=True)]
    for i, most_of_it in enumerate(most):  # the level is whole, and may leave a little
        if widths[i] == low < most_of_it and sum(widths) < room:
            widths[i] += 1
    return widths


def _between(level: int, least: int, most: int) -> int:
    return max(least, min(level, most))


def _drawn(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    columns: Sequence[_Column],
    widths: Sequence[int],
) -> Iterator[Line]:
    if any(headings[each.number] for each in columns):
        for text in _row(headings, columns, widths):
            yield Line(text, strong=True)
    for row in rows:
        for text in _row(row, columns, widths):
            yield Line(text)


def _row(row: Sequence[str], columns: Sequence[_Column], widths: Sequence[int]) -> Iterator[str]:
    cells = [wrapped(row[each.number], wide) for each, wide in zip(columns, widths, strict=True)]
    for i in range(max(map(len, cells), default=0)):
        yield GAP.join(
            _padded(lines[i] if i < len(lines) else "", wide, right=each.numeric)
            for lines, each, wide in zip(cells, columns, widths, strict=True)
        ).rstrip()


def _cards(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    columns: Sequence[_Column],
    width: int,
    main: str,
) -> Iterator[Line]:
    first = headings.index(main) if main else columns[0].number
    others = [each.number for each in columns if each.number != first]
    for row in rows:
        for line in wrapped(row[first] or "–", width):
            yield Line(line, strong=True)
        pairs = [_pair(headings[i], row[i]) for i in others if row[i]]
        for line in paragraph(pairs, width - len(_INDENT)):
            yield Line(_INDENT + line)


def _pair(heading: str, cell: str) -> str:
    cell = ", ".join(cell.split("\n"))
    return f"{heading}: {cell}" if heading else cell


def _broken(line: str, width: int) -> Iterator[str]:
    """The lines that a line makes which is too wide."""
    current = ""
    for word in _words.findall(line):
        if current and width_of(current) + width_of(word.rstrip()) > width:
            yield current.rstrip()
            current = ""
        rest = current + word
        while width_of(rest.rstrip()) > width:  # only a word by itself can be
            head = _fitting(rest, width)
            yield rest[:head].rstrip()
            rest = rest[head:]
        current = rest
    yield current.rstrip()


def _fitting(word: str, width: int) -> int:
    """How many characters of a word fit into a width; at least one."""
    taken = 0
    for i, c in enumerate(word):
        taken += width_of(c)
        if taken > width:
            return max(i, 1)
    return len(word)


def _padded(text: str, width: int, *, right: bool = False) -> str:
    filling = " " * (width - width_of(text))
    return filling + text if right else text + filling
