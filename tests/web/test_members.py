"""Members admitted from a list after the first start."""

import json
import re

from tests.web.conftest import Floor

PAGE = "/keeper/members/"


def names(floor: Floor) -> list[str]:
    shown = json.loads(floor.quorate("show", "member", "--json"))
    return [each["name"] for each in shown["members"]]


def test_list_is_shown_first_and_admitted_once(floor: Floor) -> None:
    clerk = floor.signed_in("ada")
    clerk.get(PAGE)
    table = "Nina New, nina@example.org\nbea moor"
    page = clerk.post(PAGE, to="look", table=table, body="members").text
    assert "2 members will be admitted" in page
    assert "the same name as a member" in page
    assert "Nina New" not in names(floor)
    refused = clerk.post(PAGE, to="do", table=table, body="members", token="t" * 16)
    assert refused.status == 422
    assert "Say so" in refused.text
    table += "\nOlga Once"
    for _ in range(2):
        clerk.get(PAGE)
        done = clerk.post(
            PAGE, to="do", table=table, body="members", different="yes", token="t" * 16
        )
        assert re.fullmatch(r"/keeper/invitations/\?done=\d+", done.location)
    assert names(floor).count("Nina New") == 1
    assert "nina@example.org" in clerk.get("/keeper/invitations/").text


def test_whoever_may_not_admit_is_told_by_which_rule_and_keeps_what_was_typed(floor: Floor) -> None:
    secretary = floor.signed_in("cem")
    secretary.get(PAGE)
    answer = secretary.post(PAGE, to="do", table="Otto Other", token="u" * 16)
    assert answer.status == 409
    assert "Not in order:" in answer.text
    assert "Otto Other" in answer.text
    assert "Otto Other" not in names(floor)


def test_table_with_an_error_admits_nobody(floor: Floor) -> None:
    clerk = floor.signed_in("ada")
    clerk.get(PAGE)
    before = names(floor)
    answer = clerk.post(
        PAGE, to="do", table="name,handle\nPaul,bea\nQuinn,quinn", body="members", token="v" * 16
    )
    assert answer.status == 422
    assert "of a member already" in answer.text
    clerk.get(PAGE)
    assert "shoe" in clerk.post(PAGE, to="do", table="name,shoe\nPaul,42").text
    assert names(floor) == before
