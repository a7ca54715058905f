"""Members from a table: every row is checked, and none is applied unless all are in order."""

import pytest

from quorate.assembly.organisation.bodies import FillOffice
from quorate.assembly.organisation.membership import AdmitMember, SeatMember
from quorate.canon.fault import Malformed
from quorate.desk.answer import Caller
from quorate.script.members import Row, read_members, steps_of
from quorate.script.rehearsal import rehearse
from tests.cast import CLERK, NOON, committee
from tests.desk.office import SystemEntropy


def rows(data: str | bytes) -> list[Row]:
    """The rows of a table, read where the cast sits."""
    raw = data.encode() if isinstance(data, str) else data
    return read_members("m.csv", raw, committee().state, SystemEntropy(), Caller(by=CLERK))


def errors(data: str) -> list[list[str]]:
    """The errors of each row."""
    return [row.errors for row in rows(data)]


def test_a_row_admits_seats_and_fills_an_office():
    (row,) = rows(
        "name,handle,contact,body,weight,since,until,office\n"
        "Ada,ada,ada@example.org,committee,3,2026-03-01,2027-03-01,committee.chair\n"
    )
    admit, seat, fill = (step.act for step in row.steps)
    assert isinstance(admit, AdmitMember)
    assert isinstance(seat, SeatMember)
    assert isinstance(fill, FillOffice)
    assert (admit.person.name, admit.person.handle, admit.contact) == (
        "Ada",
        "ada",
        "ada@example.org",
    )
    assert (seat.member, seat.weight, str(seat.since)) == (admit.member, 3, "2026-03-01")
    assert fill.holder == admit.member
    assert row.steps[0].where == "m.csv:2"


def test_a_table_that_is_in_order_is_carried_out_whole():
    world = committee()
    table = "Name;Body\r\nAda;committee\r\n\r\n\u201eBea\u201c;\r\n".encode("utf-8-sig")
    read = read_members("m.csv", table, world.state, SystemEntropy(), Caller(by=CLERK))
    assert [row.line for row in read] == [2, 4]
    after = rehearse(world.state.copy(), steps_of(read), NOON)
    assert len(after.people) == len(world.state.people) + 2


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("name,handle\n,ada", "the name is missing"),
        ("name,handle\nAda,clerk", "of a member already"),
        ("name,handle\nAda,Not A Handle", "a handle"),
        ("name,body\nAda,comittee", "did you mean committee?"),
        ("name,body,office\nAda,committee,committee.treasurer", "there is no office of committee"),
        ("name,body,office\nAda,committee,chair", "there is no office"),
        ("name,body,weight\nAda,committee,1.5", "not a whole number: '1.5'"),
        ("name,body,weight\nAda,committee,-1", "not a whole number"),
        ("name,body,since\nAda,committee,1.3.2026", "YYYY-MM-DD"),
        ("name,body,until\nAda,committee,2026-02-30", "existing day"),
        ("name,body,since,until\nAda,committee,2026-03-02,2026-03-01", "ends before it begins"),
        ("name,weight\nAda,2", "weight without a body"),
        ("name\nAda,more", "more cells"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(table, said):
    (found,) = errors(table)
    assert len(found) == 1
    assert said in found[0]


def test_a_row_is_told_all_its_errors_and_its_neighbours_theirs():
    found = errors("name,handle,body,weight\nAda,x,nowhere,many\nBea,x,,\nCem,y,,\n")
    assert [len(each) for each in found] == [2, 1, 0]
    assert "in line 2 already" in found[1][0]


def test_two_rows_cannot_fill_one_office():
    _, second = errors(
        "name,body,office\nAda,committee,committee.chair\nBea,committee,committee.chair"
    )
    assert "in line 2 already" in second[0]


def test_no_row_becomes_an_act_while_one_has_an_error():
    read = rows("name,handle\nAda,ada\n,bea\n")
    assert read[0].steps
    with pytest.raises(Malformed, match="line 3"):
        steps_of(read)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (b"", "a column `name`"),
        (b"handle\nada", "a column `name`"),
        (b"name,nmae\n", "a known column, not 'nmae'"),
        (b"name,name\n", "one column 'name'"),
        (b"name\nAda\n\xffBea", "m.csv:3: expected text in UTF-8"),
        ("name\nAda".encode("utf-16"), "not UTF-16"),
        (b'name\n"Ada', "a table in CSV"),
    ],
)
def test_what_is_no_table_of_members_is_refused_whole(table, said):
    with pytest.raises(Malformed) as caught:
        rows(table)
    assert said in str(caught.value)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_and_names_are_normalised(separator):
    (row,) = rows(f'name{separator}handle\n"Zoe\u0308, M. {separator}"{separator}@zoe\n')
    assert row.cells == {"name": f"Zo\u00eb, M. {separator}".strip(), "handle": "zoe"}
