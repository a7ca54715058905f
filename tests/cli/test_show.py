"""`quorate show` and `quorate open`."""

import pytest

from quorate.cli.options import span_of
from quorate.cli.show import KINDS
from quorate.reading.page import Span
from tests.cli.terminal import quorate

IDS = {
    "meeting": "m-1",
    "motion": "heat",
    "division": "d-1",
    "decision": "heat",
    "item": "resignation:r-1",
    "body": "board",
    "member": "bea",
    "calendar": "fair",
}


def test_a_division_reconciles_and_names_who_did_not_vote(coop):
    one = quorate("show", "division", "d-1", "--dir", coop, "--json").json()["division"]
    figures = [one[key] for key in ("for", "against", "abstain", "cast", "entitled")]
    assert figures == [3, 1, 0, 4, 5]
    assert (one["not_voted"]["items"], one["unaccounted"]) == (["Flo"], 0)
    assert (one["motion"], one["mover"]) == ("Heat the hall, as Dov proposes", "Dov")
    assert one["outcome"] == "adopted"
    assert one["reason"].startswith("adopted: 3 for and 1 against")
    assert [each["vote"] for each in one["votes"]["items"]] == [
        "for",
        "for",
        "for",
        "against",
        None,
    ]
    page = quorate("show", "division", "d-1", "--dir", coop).out
    assert "did not vote  1: Flo" in page


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_is_shown_in_80_columns_and_as_json(coop, kind):
    said = quorate("show", kind, "--dir", coop)
    assert said.code == 0
    assert said.out
    assert max(len(line) for line in said.out.splitlines()) <= 80
    listed = quorate("show", kind, "--dir", coop, "--json").json()
    assert list(listed) == [KINDS[kind].plural, "first", "total"]
    assert listed["total"] == len(listed[KINDS[kind].plural])


@pytest.mark.parametrize(("kind", "key"), IDS.items())
def test_one_of_each_kind_is_shown_by_its_id(coop, kind, key):
    page = quorate("show", kind, key, "--dir", coop)
    assert (page.code, page.err) == (0, "")
    assert max(len(line) for line in page.out.splitlines()) <= 80
    one = quorate("show", kind, key, "--dir", coop, "--json").json()[kind]
    assert one["id"]


@pytest.mark.parametrize(("kind", "key"), IDS.items())
def test_an_unknown_id_is_answered_with_what_comes_near(coop, kind, key):
    said = quorate("show", kind, f"{key}x", "--dir", coop)
    assert said.code == 2
    assert f"did you mean {key}" in said.err
    far = quorate("show", kind, "zzzzzz", "--dir", coop)
    assert f"hint: `quorate show {kind}` lists them" in far.err


def test_a_kind_without_ids_takes_none(coop):
    assert quorate("show", "moves", "fair", "--dir", coop).code == 2


def test_open_business_lists_what_has_no_disposition_oldest_first(coop):
    said = quorate("open", "--dir", coop, "--json").json()
    items = said["open_business"]
    assert [each["kind"] for each in items] == ["duty", "detail", "resignation"]
    eve = items[-1]
    assert eve["subject"].startswith("resignation of Eve")
    assert (eve["owner"], eve["due_on"]) == ("The Board", None)
    assert (items[0]["due_on"], items[0]["owner"]) == ("2027-06-05", "Chair of The Board")
    assert "Nothing is open" not in quorate("open", "--dir", coop).out


def test_what_is_overdue_on_a_day_comes_first(coop):
    late = ("open", "--dir", coop, "--as-of", "2027-05-20")
    items = quorate(*late, "--json").json()["open_business"]
    assert [(each["kind"], each["overdue"]) for each in items] == [
        ("detail", True),
        ("duty", False),
        ("resignation", False),
    ]
    assert "overdue" in quorate(*late).out


def test_open_business_of_a_body_asks_for_one_that_there_is(coop):
    assert quorate("open", "--dir", coop, "--body", "board").code == 0
    said = quorate("open", "--dir", coop, "--body", "bord")
    assert (said.code, "did you mean board" in said.err) == (2, True)
    assert quorate("open", "--dir", coop, "--as-of", "soon").code == 2


def test_moves_say_what_moved_with_the_event(coop):
    moved = quorate("show", "moves", "--dir", coop, "--json").json()["moved"]
    assert [(each["days"], each["effect"]) for each in moved] == [
        (7, "moves"),
        (7, "follows"),
        (7, "follows"),
    ]
    assert (moved[0]["what"], moved[0]["from"], moved[0]["to"]) == (
        "The summer fair",
        "2027-06-05",
        "2027-06-12",
    )


def test_the_public_and_strangers_see_nothing_that_is_for_members(coop):
    for kind in ("meeting", "motion", "division", "decision", "member", "dispositions"):
        said = quorate("show", kind, "--dir", coop, "--as", "public", "--json").json()
        assert said == {KINDS[kind].plural: [], "first": 0, "total": 0}, kind
    assert quorate("show", "division", "d-1", "--dir", coop, "--as", "public").code == 2
    assert quorate("show", "member", "bea", "--dir", coop, "--as", "public").code == 2
    said = quorate("show", "division", "--dir", coop, "--as", "flo", "--json").json()
    assert len(said["divisions"]) == 1
    assert quorate("open", "--dir", coop, "--as", "nobody").code == 2


def test_part_of_a_list_says_how_many_more_there_are(coop):
    some = ("show", "member", "--dir", coop, "--first", 1, "--count", 2)
    said = quorate(*some).out.splitlines()
    assert len(said) == 4
    assert said[-1] == "… and 3 more: --first 3, or --json for all"
    listed = quorate(*some, "--json").json()
    everybody = quorate("show", "member", "--dir", coop, "--json").json()
    assert listed["members"] == everybody["members"][1:3]
    assert (listed["first"], listed["total"], everybody["total"]) == (1, 6, 6)
    assert "more" not in quorate("show", "member", "--dir", coop, "--first", 5).out
    assert quorate("show", "member", "--dir", coop, "--first", -1).code == 2


def test_part_of_one_thing_says_how_many_more_there_are(coop):
    some = ("show", "division", "d-1", "--dir", coop, "--count", 2)
    said = quorate(*some).out
    assert "… and 3 more: --first 2, or --json for all" in said
    one = quorate(*some, "--json").json()["division"]
    assert (len(one["votes"]["items"]), one["votes"]["total"]) == (2, 5)
    said = quorate("open", "--dir", coop, "--count", 1)
    assert "… and 2 more: --first 1, or --json for all" in said.out
    listed = quorate("open", "--dir", coop, "--count", 1, "--json").json()
    assert (len(listed["open_business"]), listed["first"], listed["total"]) == (1, 0, 3)


def test_list_past_its_end_says_how_long_it_is(coop):
    said = quorate("show", "member", "--dir", coop, "--first", 6)
    assert (said.code, said.out) == (0, "There are 6 in all.\n")


def test_terminal_is_shown_a_few_screens_and_a_pipe_everything(coop, monkeypatch):
    monkeypatch.setattr("quorate.cli.options.SCREENS", 2)
    assert len(quorate("show", "member", "--dir", coop).out.splitlines()) == 7
    assert span_of(0, None, as_json=False) == Span(0, None)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert span_of(0, None, as_json=False) == Span(0, 2)
    assert span_of(0, None, as_json=True) == Span(0, None)
    assert span_of(3, 9, as_json=False) == Span(3, 9)
