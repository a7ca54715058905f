"""The floor without script: forms, redirects, receipts; and what somebody does who means no good."""

import re

import pytest

from tests.web.conftest import Browser, Floor

FLOOR = "/m/agm/"


def token_of(page: str) -> str:
    return str(re.findall(r'name="token" value="([^"]+)"', page)[0])


def vote(browser: Browser, choice: str, **typed: str) -> str:
    page = browser.get(FLOOR).text
    given = {"division": "d-fund", "choice": choice, "token": token_of(page), "next": FLOOR}
    answer = browser.post("/acts/cast-vote/", **{**given, **typed})
    return browser.follow(answer).text if answer.status == 302 else answer.text


def test_who_has_not_signed_in_is_sent_to_do_so(floor: Floor) -> None:
    answer = floor.browser().get(FLOOR)
    assert (answer.status, answer.location) == (302, f"/sign-in/?next={FLOOR}")


def test_link_lets_in_once_and_only_by_its_button(floor: Floor) -> None:
    link = floor.link("gus")
    looks, comes, late = floor.browser(), floor.browser(), floor.browser()
    assert "Gus Pohl" in looks.get(link).text
    assert comes.get(link).status == 200
    assert late.get(link).status == 200
    assert comes.post(link).location == "/"
    assert late.post(link).status == 410
    assert late.get(link).status == 410
    assert "Gus Pohl" in comes.get("/").text


def test_member_votes_with_two_presses_and_finds_the_vote_on_the_record(floor: Floor) -> None:
    browser = floor.signed_in("dora")
    assert "A vote is open" in browser.get("/").text
    after = vote(browser, "for")
    assert "Your vote is on the record: <b>for</b>" in after
    [entry] = re.findall(r"/record/(\d+)/receipt/", after)
    receipt = browser.get(f"/record/{entry}/receipt/")
    assert receipt.headers["content-type"].startswith("text/plain")
    assert "example.org/lindenhof" in receipt.text
    assert "vote.cast" in browser.get(f"/record/{entry}/").text


def test_form_sent_twice_is_one_vote(floor: Floor) -> None:
    browser = floor.signed_in("emil")
    page = browser.get(FLOOR).text
    given = {"division": "d-fund", "choice": "against", "token": token_of(page), "next": FLOOR}
    first = browser.post("/acts/cast-vote/", **given)
    again = browser.post("/acts/cast-vote/", **given)
    assert (first.status, first.location) == (again.status, again.location)
    assert first.status == 302


def test_proxy_holder_votes_for_whom_they_represent(floor: Floor) -> None:
    browser = floor.signed_in("proxy")
    page = browser.get(FLOOR).text
    assert "You vote for <b>Ines Okafor</b>" in page
    [ines] = re.findall(r'name="behalf" value="([^"]+)"', page)
    assert "Ines Okafor’s vote is on the record: <b>abstain</b>" in vote(
        browser, "abstain", behalf=ines
    )


def test_refusal_is_said_in_words_and_nothing_is_recorded(floor: Floor) -> None:
    browser = floor.signed_in("olaf")
    page = browser.get(FLOOR).text
    assert "You have no vote in this division" in page
    browser.get("/acts/cast-vote/")
    answer = browser.post("/acts/cast-vote/", division="d-fund", choice="for", token="t" * 16)
    assert answer.status == 409
    assert "Not in order:" in answer.text
    assert "Olaf Obst" in answer.text


@pytest.mark.parametrize(
    ("act", "typed", "said"),
    [
        ("cast-vote", {"division": "d-fund"}, "Fill this in."),
        ("cast-vote", {"division": "d-fund", "choice": "maybe"}, "expected one of"),
        ("recess", {"meeting": "agm", "until": "soon"}, "expected"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_stays_typed(
    floor: Floor, act: str, typed: dict[str, str], said: str
) -> None:
    browser = floor.signed_in("flo")
    browser.get(f"/acts/{act}/")
    answer = browser.post(f"/acts/{act}/", token="t" * 16, **typed)
    assert answer.status == 422
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert all(value in answer.text for value in typed.values() if value != "maybe")


def test_no_form_is_taken_from_another_site_or_for_another_person(floor: Floor) -> None:
    browser = floor.signed_in("flo")
    browser.get(FLOOR)
    page, browser.page = browser.page, ""
    assert browser.post("/acts/cast-vote/", division="d-fund", choice="for").status == 403
    browser.page = page
    refused = browser.post(
        "/acts/cast-vote/", division="d-fund", choice="for", entered_for="@dora", token="t" * 16
    )
    assert refused.status == 403


def test_meeting_that_one_may_not_see_is_as_if_there_were_none(floor: Floor) -> None:
    assert floor.signed_in("flo").get("/m/elsewhere/").status == 404


def test_headers_let_nothing_run_that_is_not_ours(floor: Floor) -> None:
    headers = floor.browser().get("/sign-in/").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


def test_what_is_not_there_or_not_for_one_is_said_in_our_own_words(floor: Floor) -> None:
    browser = floor.signed_in("flo")
    assert "There is nothing here" in browser.get("/m/elsewhere/").text
    assert "This page is not for you" in browser.get("/m/agm/desk/").text
    browser.page = ""
    assert "This form is too old" in browser.post("/acts/cast-vote/", division="d-fund").text


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        ("prepare-ballot", {"division": "d-fund", "setup": "/etc/hostname.bel"}),
        (
            "declare-secret-result",
            {
                "division": "d-fund",
                "archive": "/etc/hostname.bel",
                "figures": "{votes_for: 1, votes_against: 0}",
            },
        ),
    ],
)
def test_no_form_opens_a_file_of_the_server(floor: Floor, act: str, typed: dict[str, str]) -> None:
    browser = floor.signed_in("bea")
    browser.get(f"/acts/{act}/")
    answer = browser.post(f"/acts/{act}/", token="t" * 16, **typed)
    assert answer.status == 422
    assert "an act without a file" in answer.text
