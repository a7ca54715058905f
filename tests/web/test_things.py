"""The pages of things: what they show, what can be done there, and what is not told to those outside."""

import re
from collections.abc import Iterator

import pytest

from tests.web.conftest import Browser, Floor, found, run_floor
from tests.web.forms import press


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    """The co-operative after its first vote, and a body that has met in confidence; see `things.yaml`."""
    yield from run_floor(found(tmp_path_factory.mktemp("things") / "house", "things.yaml"))


@pytest.fixture(scope="module")
def dora(floor: Floor) -> Browser:
    return floor.signed_in("dora")


def shown(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status == 200, (path, answer.status)
    return answer.text


def test_division_says_its_result_first_and_adds_up(dora: Browser) -> None:
    page = shown(dora, "/divisions/d-fund/")
    assert page.index('class="verdict for">Adopted') < page.index('class="hemicycle"')
    assert page.count('<circle class="for"') == 4
    assert page.count('<circle class="waiting"') == 3
    assert "It adds up to 9 entitled. Nothing is missing." in page
    rows = dict(re.findall(r'<th scope="row">([^<]+)</th><td><span class="\w+ ?(\w*)">', page))
    assert rows["Dora Feld"] == "for"
    assert rows["Emil Katz"] == "against"


def test_receipt_of_ones_own_vote_is_found(dora: Browser, floor: Floor) -> None:
    answer = dora.get("/divisions/d-fund/receipt/")
    assert answer.status == 302
    assert "example.org/lindenhof" in dora.get(answer.location).text
    assert floor.signed_in("olaf").get("/divisions/d-fund/receipt/").status == 404


def test_motion_has_lines_and_amendments_as_differences(dora: Browser) -> None:
    page = shown(dora, "/motions/solar/")
    assert '<ol class="motion"' in page
    assert "<del>tenth</del><ins>twentieth</ins>" in page
    assert "<del>must</del><ins>may</ins>" in page
    assert "<ins>The general meeting must report twice.</ins>" in page


def test_mover_accepts_an_amendment_and_nobody_else_is_offered_to(
    floor: Floor, dora: Browser
) -> None:
    assert "Accept it into my motion" not in shown(floor.signed_in("emil"), "/motions/solar/")
    after = dora.follow(press(dora, shown(dora, "/motions/solar/"), "Accept it into my motion"))
    assert "taken in" in after.text
    assert re.search(r'<li value="2">The general meeting must report twice\.', after.text)


def test_item_lists_what_was_moved_under_it(dora: Browser) -> None:
    page = shown(dora, "/m/agm/item/money/")
    assert 'href="/motions/fund/"' in page
    assert 'href="/motions/solar/"' in page
    assert dora.get("/m/agm/item/nothing/").status == 404


def test_decision_has_its_clauses_and_who_is_charged(dora: Browser) -> None:
    assert 'href="/decisions/fund/"' in shown(dora, "/decisions/")
    page = shown(dora, "/decisions/fund/")
    assert '<li value="1">The general meeting must set up fund.' in page
    assert "in force" in page


def test_people_are_found_by_parts_of_their_names(dora: Browser) -> None:
    page = shown(dora, "/people/?search=okaf")
    [person] = re.findall(r'href="(/people/[^"/]+/)"', page)
    assert "Ines Okafor" in shown(dora, person)
    assert "Nobody of that name" in shown(dora, "/people/?search=zzz")
    assert "Bea Moor" in shown(dora, "/bodies/members/")


def test_calendar_shows_what_would_move_and_says_how_a_day_is_written(dora: Browser) -> None:
    assert "Summer fair" in shown(dora, "/calendar/")
    page = shown(dora, "/calendar/move/fair/?to=2027-07-01")
    assert "Cleaning after the fair" in page
    assert "2027-06-21 → 2027-07-02" in page
    wrong = dora.get("/calendar/move/fair/?to=soon")
    assert wrong.status == 422
    assert 'value="soon"' in wrong.text
    assert "YYYY-MM-DD" in wrong.text


def test_minutes_are_drafted_corrected_and_signed_by_forms(floor: Floor, dora: Browser) -> None:
    assert "as they come" in shown(dora, "/m/agm/minutes/")
    gus = floor.signed_in("gus")
    ada = floor.signed_in("ada")
    page = shown(gus, "/m/secret-sitting/minutes/")
    assert "Marker-Text" in page
    assert "Draft the minutes" not in shown(dora, "/m/agm/minutes/")
    who = ada if "Draft the minutes" in ada.get("/m/secret-sitting/minutes/").text else gus
    drafted = who.follow(press(who, who.page, "Draft the minutes"))
    assert "draft" in drafted.text
    book = re.findall(
        r'name="minutes" value="([^"]+)"', who.get("/m/secret-sitting/minutes/").text
    )[0]
    page = shown(gus, f"/minutes/{book}/")
    after = gus.follow(press(gus, page, "Add the correction", text="Olaf came late."))
    assert "Olaf came late." in after.text


EVERY_PAGE = (
    "/",
    "/decisions/",
    "/open/",
    "/calendar/",
    "/bodies/",
    "/bodies/youth/",
    "/people/",
    "/m/agm/",
    "/m/agm/minutes/",
    "/acts/move-motion/",
    "/acts/second-motion/",
    "/acts/cast-vote/",
    "/acts/record-dissent/",
)
ONLY_THEIRS = (
    "/m/secret-sitting/",
    "/m/secret-sitting/desk/",
    "/m/secret-sitting/minutes/",
    "/m/secret-sitting/item/marker-item/",
    "/motions/hush/",
    "/divisions/d-hush/",
    "/divisions/d-hush/receipt/",
    "/decisions/hush/",
)


@pytest.mark.parametrize("who", ["bea", "dora", "tess", "proxy"])
def test_what_is_in_confidence_is_on_no_page_of_those_outside(floor: Floor, who: str) -> None:
    browser = floor.signed_in(who)
    pages = [*EVERY_PAGE, *(["/m/agm/desk/"] if who in ("bea", "tess") else [])]
    for path in pages:
        assert "Marker-" not in shown(browser, path), path
        assert "hush" not in browser.page, path
        assert "secret-sitting" not in browser.page, path
    for path in ONLY_THEIRS:
        answer = browser.get(path)
        assert answer.status in (403, 404), path
        assert "Marker-" not in answer.text, path


def test_those_inside_see_it(floor: Floor) -> None:
    gus = floor.signed_in("gus")
    assert "Marker-Motion" in shown(gus, "/motions/hush/")
    assert "Marker-Motion" in shown(gus, "/divisions/d-hush/")
    assert "Marker-Item" in shown(gus, "/m/secret-sitting/item/marker-item/")
