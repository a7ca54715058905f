"""Pages for everybody: axe-core finds nothing, nothing scrolls sideways, and no page asks for what its policy forbids."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.booth.chromium import chromium
from tests.repository.tree import ROOT
from tests.web.conftest import Floor, found, run_floor
from tests.web.forms import press

AXE = ROOT / "booth/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = ((360, "light"), (1440, "dark"))
"""Width and theme: each of both once, as colours do not depend on the width."""
OF_CHAIR = (
    "/m/agm/desk/",
    "/m/agm/desk/?search=o",
    "/m/agm/desk/hall/",
    "/acts/",
    "/acts/move-motion/?meeting=agm",
    "/acts/convene-meeting/",
    "/acts/rule-on-point/",
    "/acts/admit-member/",
    "/divisions/d-fund/",
    "/motions/solar/",
    "/m/agm/item/money/",
    "/decisions/fund/",
    "/bodies/",
    "/bodies/members/",
    "/people/",
    "/calendar/",
    "/calendar/move/fair/?to=soon",
    "/m/agm/minutes/",
)


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    """The co-operative as `things.yaml` leaves it."""
    yield from run_floor(found(tmp_path_factory.mktemp("access") / "house", "things.yaml"))


@pytest.fixture(scope="module")
def looks(floor: Floor) -> Iterator[dict[str, Any]]:
    """A page of the browser for each look, in which the chair has come in; by its theme."""
    with chromium() as browser:
        pages = {}
        for width, theme in LOOKS:
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=theme
            )
            page = context.new_page()
            page.goto(f"http://{floor.host}:{floor.port}{floor.link('bea')}")
            page.get_by_role("button", name="Come in").click()
            pages[theme] = page
        yield pages


def violations(page: Any) -> list[str]:
    """What axe-core says against a page, with the first place."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": {"type": "tag", "values": RULES}}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{each['id']}: {each['help']}: {each['nodes'][0]['target']} {each['nodes'][0]['html'][:160]}"
        for each in result["violations"]
    ]


def open_and_check(floor: Floor, page: Any, path: str) -> list[str]:
    said: list[str] = []

    def hear(message: Any) -> None:
        said.append(message.text)

    page.on("console", hear)
    page.goto(f"http://{floor.host}:{floor.port}{path}")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    whole = page.evaluate("document.documentElement.scrollHeight")
    size = page.viewport_size
    page.set_viewport_size(
        {"width": size["width"], "height": whole}
    )  # else the tabs lie over what is under them
    wide = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    complaints = violations(page)
    page.set_viewport_size(size)
    page.remove_listener("console", hear)
    refused = [each for each in said if "status of 422" not in each]
    return [*complaints, *refused, *(["it scrolls sideways"] if wide else [])]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", OF_CHAIR)
def test_page_is_for_everybody(floor: Floor, looks: dict[str, Any], path: str, theme: str) -> None:
    assert open_and_check(floor, looks[theme], path) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_projector_is_for_everybody(floor: Floor, looks: dict[str, Any], theme: str) -> None:
    page = looks[theme]
    page.goto(f"http://{floor.host}:{floor.port}/m/agm/desk/hall/")
    page.get_by_label("Members:").check()
    page.get_by_role("button", name="Make the address").click()
    address = page.input_value("#address")
    path = address[address.index("/m/") :]
    assert open_and_check(floor, page, path) == []


def test_projector_follows_without_being_opened_again(floor: Floor, looks: dict[str, Any]) -> None:
    page = looks["light"]
    page.goto(f"http://{floor.host}:{floor.port}/m/agm/desk/hall/")
    page.get_by_label("Members:").check()
    page.get_by_role("button", name="Make the address").click()
    page.goto(page.input_value("#address"))
    page.evaluate("document.body.dataset.same = 'yes'")
    bea = floor.signed_in("bea")
    press(bea, bea.get("/m/agm/desk/").text, "Put the question")
    page.wait_for_selector("#stage :text('The vote is open')")
    assert page.evaluate("document.body.dataset.same") == "yes"
    assert open_and_check(floor, looks["dark"], "/m/agm/desk/") == []
    press(bea, bea.get("/m/agm/desk/hall/").text, "Revoke its address", revoke="yes")
    page.wait_for_selector("#stage", state="detached")


def test_keys_go_to_their_buttons_and_press_none(floor: Floor, looks: dict[str, Any]) -> None:
    page = looks["light"]
    page.goto(f"http://{floor.host}:{floor.port}/m/agm/desk/")
    page.get_by_role("button", name="Switch keys on").click()
    before = page.url
    button = page.locator("[data-key]").first
    page.keyboard.press(button.get_attribute("data-key"))
    assert button.evaluate("each => each === document.activeElement")
    assert page.url == before
    page.get_by_role("button", name="Switch them off").click()


def test_axe_is_in_no_page_of_ours() -> None:
    for path in (Path(ROOT) / "src/quorate/web").rglob("*"):
        assert "axe" not in path.name
