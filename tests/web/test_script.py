"""The floor in a real browser: what happens is shown by itself, and a vote is sent whatever becomes of the network."""

import re
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Route, expect

from tests.booth.chromium import chromium
from tests.web.conftest import Browser, Floor
from tests.web.streams import act

FLOOR = "/m/agm/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


class Seen:
    """Somebody's browser, signed in, and all that it complained of and asked for."""

    def __init__(self, context: BrowserContext, floor: Floor, who: str) -> None:
        self.context, self.base = context, f"http://{floor.host}:{floor.port}"
        self.complaints: list[str] = []
        self.asked: list[str] = []
        signed = floor.signed_in(who)
        context.add_cookies(
            [
                {"name": key, "value": value, "url": self.base}
                for key, value in signed.cookies.items()
            ]
        )

    def _note(self, message: ConsoleMessage) -> None:
        if not message.location["url"].endswith("/favicon.ico"):
            self.complaints.append(message.text)

    def open(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._note)
        page.on("pageerror", lambda each: self.complaints.append(str(each)))
        page.on("request", lambda each: self.asked.append(each.url.removeprefix(self.base)))
        page.goto(self.base + FLOOR)
        return page


@pytest.fixture
def people(browser: Any, floor: Floor) -> Iterator[Any]:
    contexts = []

    def someone(who: str, **settings: Any) -> Seen:
        contexts.append(browser.new_context(**settings))
        return Seen(contexts[-1], floor, who)

    yield someone
    for each in contexts:
        each.close()


@pytest.fixture(scope="module")
def chair(floor: Floor) -> Browser:
    return floor.signed_in("bea")


def place(chair: Browser, title: str) -> None:
    fields = {"token": secrets.token_urlsafe(12), "meeting": "agm", "title": title}
    assert act(chair, "place-item", **fields).status == 200


def is_live(page: Page) -> None:
    expect(page.locator("#connection")).to_have_text("Live", timeout=30_000)


def entry_in(page: Page) -> int:
    heading = page.locator(".receipt h2")
    expect(heading).to_contain_text("On the record, as entry", timeout=30_000)
    return int(re.findall(r"entry (\d+)", heading.first.inner_text())[0])


def test_what_happens_shows_without_loading_the_page_anew(people: Any, chair: Browser) -> None:
    seen = people("flo")
    page = seen.open()
    is_live(page)
    place(chair, "Shown by itself")
    expect(page.locator("[data-region=agenda]")).to_contain_text("Shown by itself")
    assert seen.asked.count(FLOOR) == 1
    assert seen.complaints == []


def test_vote_is_confirmed_by_its_answer_and_the_figures_tick(people: Any) -> None:
    seen, other = people("dora"), people("olaf")
    page, watching = seen.open(), other.open()
    is_live(page)
    is_live(watching)
    page.locator("button.choice.for").click()
    entry = entry_in(page)
    expect(page.locator(".receipt h2")).to_have_text(
        f"“A hardship fund” · For: On the record, as entry {entry}"
    )
    expect(watching.locator("[data-division=d-fund] .sum")).to_contain_text("1 for")
    expect(watching.locator("[data-division=d-fund] svg.bar rect.for").first).to_be_attached()
    expect(page.locator("[data-region=mine]")).to_contain_text("Your vote is on the record: for")
    expect(page.locator("[data-region=mine] form[action='/acts/change-vote/']")).to_be_visible()
    assert page.locator(f".receipt a[href='/record/{entry}/receipt/']").count() == 1
    assert seen.asked.count(FLOOR) == 1
    assert seen.complaints == other.complaints == []


def test_vote_without_network_waits_and_is_never_shown_as_done(people: Any, floor: Floor) -> None:
    seen = people("emil")
    page = seen.open()
    is_live(page)
    seen.context.set_offline(True)
    page.locator("button.choice.against").click()
    expect(page.locator("#unsent")).to_contain_text("waiting to be sent")
    expect(page.locator(".receipt")).to_have_count(0)
    expect(page.locator("#connection")).to_contain_text("Offline")
    assert "Your vote is on the record" not in floor.signed_in("emil").get(FLOOR).text
    seen.context.set_offline(False)
    entry_in(page)
    expect(page.locator("#unsent")).to_be_hidden()
    assert "<b>against</b>" in floor.signed_in("emil").get(FLOOR).text


def test_vote_that_waits_outlives_its_page(people: Any, floor: Floor) -> None:
    seen = people("cem")
    page = seen.open()
    is_live(page)
    page.route("**/acts/**", lambda route: route.abort())
    page.locator("button.choice.abstain").click()
    expect(page.locator("#unsent")).to_contain_text("waiting to be sent")
    page.close()
    again = seen.open()
    entry_in(again)
    assert "<b>abstain</b>" in floor.signed_in("cem").get(FLOOR).text


def test_vote_whose_answer_was_lost_is_sent_again_and_recorded_once(people: Any) -> None:
    seen = people("tess")
    page = seen.open()
    is_live(page)
    answers: list[Any] = []

    def lose_the_first(route: Route) -> None:
        answer = route.fetch()
        answers.append(answer.json())
        if len(answers) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/acts/**", lose_the_first)
    page.locator("button.choice.for").click()
    entry = entry_in(page)
    assert [each["entry"] for each in answers] == [entry, entry]
    assert [each["again"] for each in answers] == [False, True]


def test_refusal_is_said_in_words_and_stays(people: Any, chair: Browser) -> None:
    seen = people("flo")
    page = seen.open()
    is_live(page)
    page.locator("[data-region=mine] form input[name=division]").first.evaluate(
        "each => { each.value = 'none' }"
    )
    page.locator("button.choice.for").first.click()
    expect(page.locator("[role=alert]")).to_contain_text("Not in order: there is no division none")
    expect(page.locator(".receipt")).to_have_count(0)


def test_frozen_tab_shows_what_happened_when_it_wakes(people: Any, chair: Browser) -> None:
    seen = people("flo")
    page = seen.open()
    is_live(page)
    tools = seen.context.new_cdp_session(page)
    tools.send("Page.setWebLifecycleState", {"state": "frozen"})
    place(chair, "While it was frozen")
    tools.send("Page.setWebLifecycleState", {"state": "active"})
    expect(page.locator("[data-region=agenda]")).to_contain_text("While it was frozen")
    is_live(page)


def test_two_tabs_of_one_browser_share_a_stream(people: Any, chair: Browser) -> None:
    seen = people("flo")
    one = seen.open()
    is_live(one)
    two = seen.open()
    place(chair, "In both tabs")
    for page in (one, two):
        expect(page.locator("[data-region=agenda]")).to_contain_text("In both tabs")
        is_live(page)
    assert seen.asked.count("/live/agm") == 1


def test_tab_takes_over_when_the_one_that_reads_is_closed(people: Any, chair: Browser) -> None:
    seen = people("flo")
    one = seen.open()
    is_live(one)
    two = seen.open()
    is_live(two)
    one.close()
    place(chair, "After the first was closed")
    expect(two.locator("[data-region=agenda]")).to_contain_text("After the first was closed")


def test_stream_that_is_held_back_gives_way_to_polling_and_says_so(
    people: Any, chair: Browser
) -> None:
    seen = people("flo")
    seen.context.route("**/live/agm", lambda route: None)  # as a proxy does that waits for the end
    page = seen.open()
    expect(page.locator("#connection")).to_contain_text("Delayed", timeout=30_000)
    place(chair, "By polling")
    expect(page.locator("[data-region=agenda]")).to_contain_text("By polling", timeout=30_000)


def test_focus_stays_where_it_was_when_a_region_is_replaced(people: Any, floor: Floor) -> None:
    seen = people("gus")
    page = seen.open()
    is_live(page)
    page.locator("[data-region=mine] button", has_text="I am here").click()
    entry_in(page)
    page.locator("[data-region=ways] button", has_text="Leave").focus()
    speak = {"meeting": "agm", "motion": "fund", "side": "for", "token": secrets.token_urlsafe(12)}
    assert act(floor.signed_in("gus"), "request-floor", **speak).status in (200, 409)
    place(floor.signed_in("bea"), "Something else")
    expect(page.locator("[data-region=agenda]")).to_contain_text("Something else")
    expect(page.locator("[data-region=ways] button", has_text="Leave")).to_be_focused()


def test_floor_works_without_script(people: Any) -> None:
    seen = people("flo", java_script_enabled=False)
    page = seen.open()
    expect(page.locator("a", has_text="Show the latest")).to_be_visible()
    expect(page.locator("#connection")).to_be_hidden()
    page.locator("button.choice.for").first.click()
    expect(page.locator("[role=status]", has_text="It is on the record")).to_be_visible()
    expect(page.locator("[data-region=mine]")).to_contain_text("Your vote is on the record: for")
    assert seen.complaints == []


def test_who_departs_is_shown_nothing_more(people: Any, floor: Floor) -> None:
    seen = people("proxy")
    page = seen.open()
    is_live(page)
    floor.quorate("act", "record-departure", "--by", "ada", "--set", "member=@proxy")
    expect(page.locator("[data-region=panel]")).to_have_count(0)
