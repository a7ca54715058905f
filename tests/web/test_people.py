"""Lists of members as people have them, read as the table that admits them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.script.members import Row
from quorate.web.founding.people import as_table, check_contacts, doubles
from quorate.web.founding.plan import usual_origin


def rows(text: str) -> list[tuple[str, str]]:
    table = as_table(text)
    return [(each["name"], each["contact"]) for each in csv.DictReader(io.StringIO(table.text))]


@pytest.mark.parametrize(
    ("line", "name", "contact"),
    [
        ("Bea Moor", "Bea Moor", ""),
        ("Bea Moor <bea@example.org>", "Bea Moor", "bea@example.org"),
        ('"Moor, Bea" <bea@example.org>', "Moor, Bea", "bea@example.org"),
        ("Bea Moor, bea@example.org", "Bea Moor", "bea@example.org"),
        ("Bea Moor;bea@example.org", "Bea Moor", "bea@example.org"),
        ("Bea Moor\tbea@example.org", "Bea Moor", "bea@example.org"),
        ("Bea Moor, 030 12345", "Bea Moor", "030 12345"),
        ("=SUM(A1)", "=SUM(A1)", ""),
    ],
)
def test_line_of_a_list_has_a_name_and_where_to_reach_them(
    line: str, name: str, contact: str
) -> None:
    assert rows(f"Ada\r\n{line}\r\n")[1] == (name, contact)


plain = st.text(
    st.characters(categories=["L", "Nd", "Zs", "P"], exclude_characters=',;\t<>"'), min_size=1
)


@given(st.lists(plain.map(str.strip).filter(bool).filter(lambda name: name.lower() != "name")))
def test_each_line_of_a_list_is_one_person_under_its_name(names: list[str]) -> None:
    read = [name for name, _ in rows("\n".join(names)) if name]
    assert read == names


def test_headings_of_spreadsheets_are_understood_and_what_is_below_stays() -> None:
    table = as_table("Full Name;E-Mail;Votes\n'Bea; x';b@example.org;2")
    assert table.text == "name;contact;weight\n'Bea; x';b@example.org;2"
    assert table.ahead == 0


def test_last_name_first_is_not_taken_for_a_name_and_a_contact() -> None:
    row = Row(1, {"name": "Moor", "contact": "Bea"})
    check_contacts([row, Row(2, {"name": "Cem", "contact": "12"})])
    assert "not 'Bea'" in row.errors[0]


def test_doubles_are_found_by_name_and_by_contact_however_written() -> None:
    found = doubles(
        [
            Row(1, {"name": "Bea  Moor", "contact": "B@example.org"}),
            Row(2, {"name": "bea moor"}),
            Row(3, {"name": "Cem", "contact": "b@EXAMPLE.org"}),
            Row(4, {"name": "ＡＤＡ"}),
            Row(5, {"name": "Dora"}),
        ],
        {"Ada": "the clerk"},
    )
    assert found == {
        2: "the same name as line 1",
        3: "the same contact as line 1",
        4: "the same name as the clerk",
    }


@pytest.mark.parametrize(
    ("name", "host", "origin"),
    [
        ("Lindenhof", "floor.example.org", "floor.example.org/lindenhof"),
        ("Bürger & Co.", "127.0.0.1", "burger-co-2026"),
        ("合作社", "localhost", "record-2026"),
    ],
)
def test_log_has_a_sensible_name(name: str, host: str, origin: str) -> None:
    assert usual_origin(name, host, 2026) == origin
