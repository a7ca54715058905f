"""The projector: a key opens it, and nothing else; it shows what its audience may read, and no vote before the close."""

import re
import sqlite3

import pytest

from tests.web.conftest import Browser, Floor, found, run_floor
from tests.web.forms import press

KEYS = "/m/agm/desk/hall/"


@pytest.fixture(scope="module")
def chair(floor: Floor) -> Browser:
    return floor.signed_in("bea")


def make(browser: Browser, audience: str) -> str:
    """The path of the projector that somebody opens at the desk."""
    page = press(browser, browser.get(KEYS).text, "Make the address", audience=audience).text
    [path] = re.findall(r'readonly value="http://[^/]+(/m/agm/hall/[^"]+)"', page)
    return str(path)


def test_hall_opens_by_its_key_alone_without_signing_in(floor: Floor, chair: Browser) -> None:
    answer = floor.browser().get(make(chair, "members"))
    assert answer.status == 200
    assert 'http-equiv="refresh" content="5"' in answer.text
    assert all(f'id="{region}"' in answer.text for region in ("stage", "panel", "speakers"))
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "no-store" in answer.headers["cache-control"]
    assert floor.browser().get("/m/agm/hall/AAAAAAAAAAAAAAAAAAAAAA/").status == 404


def test_new_key_ends_the_one_before_and_revoking_ends_it(floor: Floor, chair: Browser) -> None:
    first, second = make(chair, "members"), make(chair, "members")
    assert floor.browser().get(first).status == 404
    assert floor.browser().get(second).status == 200
    assert floor.browser().get(second.replace("/agm/", "/other/")).status == 404
    press(chair, chair.get(KEYS).text, "Revoke its address", revoke="yes")
    assert floor.browser().get(second).status == 404


def test_only_a_digest_is_kept_and_no_page_tells_the_key(floor: Floor, chair: Browser) -> None:
    path = make(chair, "members")
    secret = path.split("/")[-2]
    assert secret not in chair.get(KEYS).text
    assert secret not in floor.browser().get(path).text
    with sqlite3.connect(f"file:{floor.folder}/floor.sqlite?mode=ro", uri=True) as kept:
        rows = list(kept.execute("SELECT * FROM hall_hallkey"))
    assert rows
    assert secret not in str(rows)


def test_open_vote_shows_how_many_are_in_and_not_how_they_voted(
    floor: Floor, chair: Browser
) -> None:
    path = make(chair, "members")
    chair.get("/m/agm/")
    voted = chair.post("/acts/cast-vote/", division="d-fund", choice="against", token="h" * 16)
    assert voted.status == 302
    page = floor.browser().get(path).text
    assert "A hardship fund" in page
    assert "<b>1</b> of 9 votes are in" in page
    assert 'class="against"' not in page
    assert "Against" not in page


def test_public_hall_of_what_is_for_members_shows_nothing_of_it(
    floor: Floor, chair: Browser
) -> None:
    page = floor.browser().get(make(chair, "public")).text
    assert "hardship" not in page
    assert "Annual general meeting" not in page
    assert "Nothing is shown here" in page


def test_hall_is_public_by_default_while_guests_are_there(chair: Browser) -> None:
    page = chair.get(KEYS).text
    assert re.search(r'value="public" checked', page)
    assert not re.search(r'value="body" checked', page)


def test_result_of_an_amendment_is_shown_until_the_next_thing_happens(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Though the motion that it amends is pending again at once."""
    for floor in run_floor(found(tmp_path_factory.mktemp("hall") / "house", "things.yaml")):
        chair = floor.signed_in("bea")
        path = make(chair, "members")
        assert "One twentieth" in floor.browser().get(path).text
        for words in ("Put the question", "Close the voting", "Declare it"):
            chair.follow(press(chair, chair.get("/m/agm/desk/").text, words))
        page = floor.browser().get(path).text
        assert "One twentieth" in page
        assert "Rejected" in page
        chair.follow(press(chair, chair.get("/m/agm/desk/").text, "Put the question"))
        page = floor.browser().get(path).text
        assert "Solar panels" in page
        assert "The vote is open" in page
        for words in ("Close the voting", "Declare it"):
            chair.follow(press(chair, chair.get("/m/agm/desk/").text, words))
        chair.get("/m/agm/desk/")
        assert chair.post("/acts/adjourn/", meeting="agm", token="a" * 16).status == 302
        page = floor.browser().get(path).text
        assert "The meeting is over" in page
        assert "Solar panels" not in page


def test_speaker_and_result_are_shown_once_there_are_some(floor: Floor, chair: Browser) -> None:
    path = make(chair, "members")
    chair.get("/m/agm/")  # the vote, unless it was cast in a test above
    chair.post("/acts/cast-vote/", division="d-fund", choice="against", token="h" * 16)
    for words in ("Close the voting", "Declare it"):
        chair.follow(press(chair, chair.get("/m/agm/desk/").text, words))
    page = floor.browser().get(path).text
    assert "Rejected" in page
    assert "0 + 1 + 0 + 8 = 9" in page
    assert "Nothing is missing" in page
    assert page.count('<polygon class="against"') == 1
    assert page.count('<circle class="waiting"') == 8
    dora = floor.signed_in("dora")
    dora.follow(press(dora, dora.get("/m/agm/").text, "Ask to speak"))
    chair.follow(press(chair, chair.get("/m/agm/desk/").text, "Give the floor to Dora Feld"))
    page = floor.browser().get(path).text
    assert "<b>Dora Feld</b> has the floor" in page


def test_teller_makes_no_key(floor: Floor) -> None:
    assert floor.signed_in("tess").get(KEYS).status == 403
