"""`quorate show` and `quorate open`."""

import pytest

from quorate.cli.show import KINDS
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
    assert (one["not_voted"], one["unaccounted"]) == (["Flo"], 0)
    assert (one["motion"], one["mover"]) == ("Heat the hall, as Dov proposes", "Dov")
    assert one["outcome"] == "adopted"
    assert one["reason"].startswith("adopted: 3 for and 1 against")
    assert [each["vote"] for each in one["votes"]] == ["for", "for", "for", "against", None]
    page = quorate("show", "division", "d-1", "--dir", coop).out
    assert "did not vote  1: Flo" in page


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_is_shown_in_80_columns_and_as_json(coop, kind):
    said = quorate("show", kind, "--dir", coop)
    assert said.code == 0
    assert said.out
    assert max(len(line) for line in said.out.splitlines()) <= 80
    listed = quorate("show", kind, "--dir", coop, "--json").json()
    assert list(listed) == [KINDS[kind].plural]


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
        assert said == {KINDS[kind].plural: []}, kind
    assert quorate("show", "division", "d-1", "--dir", coop, "--as", "public").code == 2
    assert quorate("show", "member", "bea", "--dir", coop, "--as", "public").code == 2
    said = quorate("show", "division", "--dir", coop, "--as", "flo", "--json").json()
    assert len(said["divisions"]) == 1
    assert quorate("open", "--dir", coop, "--as", "nobody").code == 2
