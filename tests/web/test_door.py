"""The door for acts in JSON: every answer that it gives, and what it keeps out."""

import json
import secrets
from typing import Any

import pytest

from quorate.web.acts.rate import A_SECOND, AT_A_STRETCH, Rate
from tests.web.conftest import Answer, Browser, Floor
from tests.web.streams import act, post_json


def token() -> str:
    return secrets.token_urlsafe(12)


def said(answer: Answer) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/json"
    assert "no-store" in answer.headers["cache-control"]
    found: dict[str, Any] = json.loads(answer.text)
    return found


@pytest.fixture(scope="module")
def flo(floor: Floor) -> Browser:
    return floor.signed_in("flo")


def test_vote_is_answered_with_its_entry_and_again_with_the_same(floor: Floor) -> None:
    dora = floor.signed_in("dora")
    vote = {"token": token(), "division": "d-fund", "choice": "for"}
    first, again = act(dora, "cast-vote", **vote), act(dora, "cast-vote", **vote)
    assert (first.status, again.status) == (200, 200)
    assert said(first)["entry"] == said(again)["entry"] < said(first)["size"]
    assert (said(first)["again"], said(again)["again"]) == (False, True)
    receipt = dora.get(f"/record/{said(first)['entry']}/receipt/")
    assert "example.org/lindenhof" in receipt.text


def test_refusal_is_in_words_with_its_code(floor: Floor) -> None:
    olaf = floor.signed_in("olaf")
    answer = act(olaf, "cast-vote", token=token(), division="d-fund", choice="for")
    assert answer.status == 409
    assert said(answer)["code"] == "not-entitled-to-vote"
    assert "Olaf Obst" in said(answer)["refused"]


def test_act_for_another_is_theirs_whom_it_is_for(floor: Floor) -> None:
    proxy = floor.signed_in("proxy")
    vote = {"division": "d-fund", "choice": "abstain", "behalf": "@ines"}
    assert act(proxy, "cast-vote", token=token(), **vote).status == 200
    ines = floor.signed_in("ines").get("/m/agm/").text
    assert "Your vote is on the record: <b>abstain</b>" in ines


def test_act_that_opens_something_is_given_an_id(floor: Floor, flo: Browser) -> None:
    answer = act(
        flo, "raise-point-of-order", token=token(), meeting="agm", text="The door is open."
    )
    assert answer.status == 200, answer.text


def test_vote_of_another_is_entered_by_who_keeps_the_meeting_only(
    floor: Floor, flo: Browser
) -> None:
    vote = {"division": "d-fund", "choice": "for", "entered_for": "@gus"}
    assert act(flo, "cast-vote", token=token(), **vote).status == 403
    answer = act(floor.signed_in("cem"), "cast-vote", token=token(), **vote)
    assert answer.status in (200, 409)


def test_who_is_no_member_any_more_does_nothing(floor: Floor) -> None:
    xeno = floor.signed_in("xeno")
    answer = act(xeno, "request-floor", token=token(), meeting="agm", side="for", motion="fund")
    assert answer.status == 403


@pytest.mark.parametrize(
    ("name", "fields", "field"),
    [
        ("cast-vote", {"division": "d-fund"}, "choice"),
        ("cast-vote", {"division": "d-fund", "choice": "maybe"}, "choice"),
        ("recess", {"meeting": "agm", "until": "soon"}, "until"),
    ],
)
def test_what_cannot_be_read_is_said_by_field(
    flo: Browser, name: str, fields: dict[str, str], field: str
) -> None:
    answer = act(flo, name, token=token(), **fields)
    assert answer.status == 422
    assert set(said(answer)["errors"]) == {field}


@pytest.mark.parametrize(
    ("path", "body", "headers", "status"),
    [
        ("/acts/cast-vote", "no JSON", {}, 400),
        ("/acts/cast-vote", "[]", {}, 400),
        ("/acts/cast-vote", "{}", {}, 422),
        ("/acts/cast-vote", '{"token":"t","choice":{"a":1}}', {}, 422),
        ("/acts/cast-vote", '{"token":"' + "t" * 70_000 + '"}', {}, 413),
        ("/acts/no-such-act", "{}", {}, 404),
        ("/acts/cast-vote", "{}", {"Origin": "https://elsewhere.example"}, 403),
        ("/acts/cast-vote", "{}", {"Origin": ""}, 403),
        ("/acts/cast-vote", "{}", {"Sec_Fetch_Site": "cross-site"}, 403),
        ("/acts/cast-vote", "{}", {"Sec_Fetch_Site": "same-site"}, 403),
        ("/acts/cast-vote", "{}", {"Cookie": ""}, 401),
        ("/acts/cast-vote", "{}", {"Cookie": "quorate-session=made-up"}, 401),
    ],
)
def test_door_keeps_out(
    flo: Browser, path: str, body: str, headers: dict[str, str], status: int
) -> None:
    assert post_json(flo, path, body, **headers).status == status


def test_form_at_the_same_address_is_still_taken(floor: Floor) -> None:
    emil = floor.signed_in("emil")
    emil.get("/m/agm/")
    vote = {"division": "d-fund", "choice": "for", "token": token(), "next": "/m/agm/"}
    assert emil.post("/acts/cast-vote/", **vote).status == 302


def test_account_that_asks_too_much_waits(floor: Floor) -> None:
    gus = floor.signed_in("gus")
    answers = [
        act(gus, "cast-vote", token=token(), division="none", choice="for") for _ in range(80)
    ]
    late = next(each for each in answers if each.status == 429)
    assert late.headers["retry-after"] == "5"
    assert floor.signed_in("tess").get("/m/agm/").status == 200


def test_rate_gives_back_with_time_and_to_each_account_its_own() -> None:
    rate = Rate()
    assert [rate.take("a", 0.0) for _ in range(AT_A_STRETCH)] == [True] * AT_A_STRETCH
    assert not rate.take("a", 0.0)
    assert rate.take("b", 0.0)
    assert not rate.take("a", 0.5 / A_SECOND)
    assert rate.take("a", 1.5 / A_SECOND)
    assert sum(rate.take("a", 1e6) for _ in range(99)) == AT_A_STRETCH
