"""Lines, tables and cards in the width that there is: nothing is lost, nothing runs over."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.cli.layout import Line, facts_lines, paragraph, table_lines, width_of, wrapped
from tests.cli.terminal import quorate

HEADINGS = ("id", "motion", "for", "not voted")
ROWS = [
    ["d-1", "Heat the hall, as Dov proposes", "12", "1"],
    ["d-2", "屋根を直す", "3", ""],
]
TEXT = st.text("ab屋é -", max_size=40).map(str.strip)


def drawn(width: int, main: str = "motion", rows=ROWS, headings=HEADINGS) -> list[str]:
    return [line.text for line in table_lines(headings, rows, width, main)]


def test_table_has_its_numbers_at_the_right() -> None:
    assert drawn(80) == [
        "id   motion                          for  not voted",
        "d-1  Heat the hall, as Dov proposes   12          1",
        "d-2  屋根を直す                        3",
    ]


def test_table_that_is_too_wide_breaks_words_first_and_then_headings() -> None:
    assert drawn(44)[:3] == [
        "id   motion                   for  not voted",
        "d-1  Heat the hall, as Dov     12          1",
        "     proposes",
    ]
    assert drawn(34)[:3] == [
        "id   motion             for    not",
        "                             voted",
        "d-1  Heat the hall, as   12      1",
    ]


def test_table_whose_columns_do_not_fit_becomes_cards_that_begin_with_what_matters() -> None:
    assert list(table_lines(HEADINGS, ROWS, 28, "motion")) == [
        Line("Heat the hall, as Dov", strong=True),
        Line("proposes", strong=True),
        Line("  id: d-1 · for: 12"),
        Line("  not voted: 1"),
        Line("屋根を直す", strong=True),
        Line("  id: d-2 · for: 3"),
    ]


def test_card_of_a_row_without_what_matters_begins_with_a_dash() -> None:
    rows = [*ROWS, ["d-3", "", "7", ""]]
    assert drawn(28, rows=rows)[-2:] == ["–", "  id: d-3 · for: 7"]


def test_column_without_a_cell_is_left_out_and_a_table_without_headings_has_no_head() -> None:
    assert drawn(80, "", [["a", ""], ["b", ""]], ("", "none")) == ["a", "b"]
    assert drawn(80, "", [], ("x", "y")) == []
    assert drawn(80, "", [["", ""]], ("x", "y")) == []


@given(st.lists(st.lists(TEXT, min_size=4, max_size=4), max_size=5), st.integers(20, 90))
def test_no_line_is_too_wide_and_every_letter_is_there(rows, width) -> None:
    lines = drawn(width, "motion", rows)
    assert all(width_of(line) <= width for line in lines)
    assert all(line == line.rstrip() for line in lines)
    said = "".join(lines)
    for letter in "屋é":
        assert said.count(letter) == sum(cell.count(letter) for row in rows for cell in row)


@given(st.text("ab屋 \n", max_size=60), st.integers(2, 30))
def test_wrapped_text_is_the_text(text, width) -> None:
    lines = wrapped(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


def test_indented_text_stays_so() -> None:
    assert wrapped("  Heading of an agenda", 12) == ["  Heading of", "an agenda"]


def test_pieces_share_a_line_and_one_that_is_too_long_has_its_own() -> None:
    pieces = ["for: 6", "against: 15", "why: it was not what they wanted", "cast: 21"]
    assert paragraph(pieces, 20) == [
        "for: 6 · against: 15",
        "why: it was not",
        "  what they wanted",
        "cast: 21",
    ]


def test_facts_stand_beside_their_labels_or_under_them() -> None:
    facts = [("did not vote", "Member 25"), ("for", "6")]
    assert [a + b for a, b in facts_lines(facts, 40)] == [
        "did not vote  Member 25",
        "for           6",
    ]
    assert [a + b for a, b in facts_lines(facts, 24)] == [
        "did not vote",
        "  Member 25",
        "for",
        "  6",
    ]


@pytest.mark.parametrize("columns", ["20", "36", "50", "80", "120"])
def test_every_page_keeps_to_the_width_of_the_terminal(coop, columns) -> None:
    for kind in ("meeting", "division", "decision", "item", "member", "moves", "dispositions"):
        said = quorate("show", kind, "--dir", coop, COLUMNS=columns)
        assert max(map(width_of, said.out.splitlines())) <= int(columns), kind
    said = quorate("show", "division", "d-1", "--dir", coop, COLUMNS=columns)
    assert max(map(width_of, said.out.splitlines())) <= int(columns)
    assert "Flo" in said.out


def test_list_of_divisions_can_be_read_in_50_columns(coop) -> None:
    said = quorate("show", "division", "--dir", coop, COLUMNS="50").out
    assert said.splitlines()[:3] == [
        "Heat the hall, as Dov proposes",
        "  id: d-1 · for: 3 · against: 1 · abst.: 0",
        "  not voted: 1 · entitled: 5 · outcome: adopted",
    ]
