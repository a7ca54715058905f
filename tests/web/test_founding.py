"""The first start: from an empty folder to an organisation with members, by forms; and whom it keeps out."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.conftest import Browser
from tests.web.founding import Unfounded, typed, unfounded


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Unfounded]:
    with unfounded(tmp_path / "new") as floor:
        yield floor


LIST = "Bea Moor, bea@example.org\nCem Aksoy <cem@example.org>\n\nDora Feld\n"


def fill_in(browser: Browser, table: str = LIST) -> None:
    typed(
        browser,
        "organisation",
        name="Lindenhof",
        zone="Europe/Berlin",
        calendar="gregorian",
        origin="",
    )
    typed(browser, "orders", preset="union-branch")
    typed(browser, "clerk", clerk="Ada Lint", email="ada@example.org", handle="ada")
    assert typed(browser, "members", table=table).location == "/found/step/body/"
    answer = typed(browser, "body", body="Branch meeting", sits="yes", chair="1", secretary="2")
    assert answer.location == "/found/step/check/"


def test_organisation_is_founded_in_one_transaction_and_the_clerk_is_in(fresh: Unfounded) -> None:
    browser = fresh.begun()
    fill_in(browser)
    page = browser.get("/found/step/check/").text
    assert all(
        word in page
        for word in (
            "Lindenhof",
            "Europe/Berlin",
            "3 members",
            "Ada Lint",
            "log is called <code>lindenhof-20",
            "Chair: Bea Moor",
            "Secretary: Cem Aksoy",
            "floor.toml",
        )
    )
    assert not (fresh.floor.folder / "quorate.json").exists()
    done = browser.post("/found/step/check/", to="next")
    assert done.location == "/keeper/invitations/?founded=1"
    assert "Ada Lint" in browser.get("/account/").text
    people = json.loads(fresh.floor.quorate("show", "member", "--json"))["members"]
    assert sorted(each["name"] for each in people) == [
        "Ada Lint",
        "Bea Moor",
        "Cem Aksoy",
        "Dora Feld",
    ]
    assert browser.get("/found/step/check/").location == "/"
    assert browser.get(fresh.path).location == "/"


def test_nobody_founds_without_the_key_and_the_key_is_used_once(fresh: Unfounded) -> None:
    stranger, late = fresh.floor.browser(), fresh.floor.browser()
    for path in (
        "/",
        "/sign-in/",
        "/m/x/",
        "/found/",
        "/found/step/organisation/",
        "/found/no-such-key/",
        "/account/",
    ):
        answer = stranger.get(path)
        assert answer.status == 403, path
        assert "no organisation here yet" in answer.text
    assert late.get(fresh.path).status == 200  # to look, as a mail program does, uses nothing up
    browser = fresh.begun()
    assert late.post(fresh.path).status == 403
    assert late.get(fresh.path).status == 403
    late.page = browser.page
    assert late.post("/found/step/organisation/", name="Mine", to="next").status == 403
    assert late.post("/found/demo/").status in (302, 403)
    assert not (fresh.floor.folder / "quorate.json").exists()
    assert fresh.path.split("/")[2] not in browser.get("/found/step/organisation/").text


def test_going_back_keeps_what_was_typed_even_if_it_is_wrong(fresh: Unfounded) -> None:
    browser = fresh.begun()
    wrong = typed(
        browser, "organisation", name="", zone="Atlantis", origin="a b", calendar="gregorian"
    )
    assert wrong.status == 422
    assert wrong.text.count('aria-invalid="true"') == 3
    assert 'value="a b"' in wrong.text
    typed(
        browser,
        "organisation",
        name="<b>Linden & hof</b>",
        zone="UTC",
        origin="",
        calendar="julian",
    )
    back = typed(browser, "clerk", to="back", clerk="Ada", email="no address")
    assert back.location == "/found/step/orders/"
    page = browser.get("/found/step/clerk/").text
    assert 'value="no address"' in page
    assert "&lt;b&gt;Linden &amp; hof&lt;/b&gt;" in browser.get("/found/step/organisation/").text
    assert typed(browser, "clerk", clerk="Ada", email="no address").status == 422
    assert browser.get("/found/step/check/").location == "/found/step/clerk/?wrong=1"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("Moor, Bea\nCem", "Line 1: after the name"),
        ("name;handle\nBea;bea\nCem;bea", "line 2 already"),
        ("name,weight\nBea,many", "whole number"),
        ("name,shoe\nBea,42", "Bea,42"),
        ("Name,E-Mail,body\nBea,b@example.org,board", "no body"),
        ('name\n"Bea', "CSV"),
        ("name,handle\n,bea", "name is missing"),
    ],
)
def test_table_with_an_error_says_where_and_loses_nothing(
    tmp_path_factory: pytest.TempPathFactory, wizard: Browser, table: str, said: str
) -> None:
    answer = typed(wizard, "members", table=table)
    assert answer.status == 422
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert wizard.get("/found/step/members/").text.count(
        table.split("\n")[1].split(",", maxsplit=1)[0].split(";", maxsplit=1)[0]
    )


@pytest.fixture(scope="module")
def wizard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with unfounded(tmp_path_factory.mktemp("wizard") / "new") as floor:
        browser = floor.begun()
        typed(
            browser, "organisation", name="Lindenhof", zone="UTC", calendar="gregorian", origin=""
        )
        typed(browser, "clerk", clerk="Ada Lint", email="", handle="")
        yield browser


def test_doubles_are_shown_and_admitted_only_if_somebody_says_so(wizard: Browser) -> None:
    twice = "Bea Moor, b@example.org\nbea  moor\nADA LINT\nCem, B@example.org"
    page = typed(wizard, "members", to="look", table=twice).text
    assert "the same name as line 1" in page
    assert "the same name as the clerk" in page
    assert "the same contact as line 1" in page
    assert typed(wizard, "members", table=twice).status == 422
    assert typed(wizard, "members", table=twice, different="yes").location == "/found/step/body/"


def test_table_of_a_spreadsheet_is_taken_as_a_file(wizard: Browser) -> None:
    wizard.get("/found/step/members/")
    answer = wizard.send_file(
        "/found/step/members/",
        "file",
        "Full name;E-Mail;Votes\nZoë Weiß;z@example.org;3\n".encode("cp1252"),
        to="look",
    )
    assert answer.status == 200
    assert re.search(r"<td>Zoë Weiß</td><td>z@example.org</td><td>3</td>", answer.text)


def test_demo_is_a_meeting_that_sits_with_a_link_for_everybody(fresh: Unfounded) -> None:
    browser = fresh.begun()
    browser.get("/found/step/organisation/")
    page = browser.post("/found/demo/").text
    links = re.findall(r'href="http://[^/]+(/sign-in/[^"]+)">Come in as ([^<]+)<', page)
    assert len(links) == 11
    [gwen] = [link for link, name in links if name == "Gwen Gorse"]
    guest = fresh.floor.browser()
    guest.get(gwen)
    assert guest.post(gwen).location == "/"
    assert "A vote is open" in guest.get("/").text
    assert "You vote for <b>Iris Ivy</b>" in guest.get("/m/general/").text
