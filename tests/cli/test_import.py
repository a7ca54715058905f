"""`quorate import`."""

from tests.cli.terminal import AT, quorate


def test_a_table_that_is_in_order_is_applied(coop, tmp_path):
    table = tmp_path / "m.csv"
    table.write_text("name,handle\nGus,gus\nHal,hal\n")
    dry = quorate("import", table, "--dir", coop, "--at", AT, "--dry-run")
    assert "2 members would be admitted" in dry.out
    assert quorate("show", "member", "gus", "--dir", coop).code == 2
    assert "2 members admitted" in quorate("import", table, "--dir", coop, "--at", AT).out
    assert quorate("show", "member", "gus", "--dir", coop).code == 0


def test_a_table_with_an_error_is_shown_row_by_row_and_not_applied(coop, tmp_path):
    table = tmp_path / "m.csv"
    table.write_text("name,handle,body\nGus,gus,\nHal,bea,bord\n")
    said = quorate("import", table, "--dir", coop, "--at", AT)
    assert said.code == 2
    assert "of a member already" in said.out
    assert "did you mean" in said.out
    assert "nothing was applied" in said.err
    shown = quorate("import", table, "--dir", coop, "--at", AT, "--json")
    assert shown.code == 2
    assert shown.json()["applied"] is False
    assert [len(row["errors"]) for row in shown.json()["rows"]] == [0, 2]
    assert quorate("show", "member", "gus", "--dir", coop).code == 2


def test_a_table_that_a_rule_refuses_is_not_applied(coop, tmp_path):
    table = tmp_path / "m.csv"
    table.write_text("name,handle,body\nGus,gus,board\n")
    said = quorate("import", table, "--dir", coop, "--at", AT)
    assert said.code == 3
    assert f"{table}:2: all 5 seats of The Board are taken" in said.err
    assert quorate("show", "member", "gus", "--dir", coop).code == 2
