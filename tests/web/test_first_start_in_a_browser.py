"""The first start in Chromium, on a phone of 360 px, as a secretary goes through it; and passkeys, with a virtual device."""

from pathlib import Path

from playwright.sync_api import Page

from tests.web.chromium import chromium, complaints, too_wide
from tests.web.conftest import Floor
from tests.web.founding import unfounded

PHONE = {"width": 360, "height": 740}


def go_on(page: Page) -> None:
    assert not too_wide(page), page.url
    page.get_by_role("button", name="Go on").click()


def test_secretary_gets_through_on_a_phone(tmp_path: Path) -> None:
    with unfounded(tmp_path / "new") as floor, chromium() as browser:
        page = browser.new_context(viewport=PHONE).new_page()
        said = complaints(page)
        page.goto(f"http://{floor.floor.host}:{floor.floor.port}{floor.path}")
        page.get_by_role("button", name="Begin in this browser").click()
        page.get_by_label("What is it called?").fill("Lindenhof")
        go_on(page)
        page.get_by_label("A housing co-operative").check()
        option = page.locator(".option").nth(1)
        option.get_by_text("rules, word for word").click()
        assert option.get_by_text("4.3").is_visible()
        go_on(page)
        page.get_by_label("Your name").fill("Ada Lint")
        page.get_by_role("button", name="Back").click()
        go_on(page)
        assert page.get_by_label("Your name").input_value() == "Ada Lint"
        page.get_by_label("Your name").press("Enter")
        page.get_by_label("Members", exact=True).fill(
            "Bea Moor, bea@example.org\nbea moor\nCem Aksoy"
        )
        page.get_by_role("button", name="Show what will happen").click()
        assert page.get_by_text("the same name as line 1").is_visible()
        page.get_by_label("These are different people").check()
        go_on(page)
        page.get_by_label("Chair").select_option("Cem Aksoy")
        go_on(page)
        assert page.get_by_text("3 members are admitted").is_visible()
        assert not too_wide(page)
        page.get_by_role("button", name="Found it").click()
        page.wait_for_url("**/keeper/invitations/**")
        page.get_by_role("button", name="Show links here").click()
        assert page.get_by_text("Shown once.").is_visible()
        assert not too_wide(page)
        assert said == []


def test_passkey_is_added_and_lets_in(floor: Floor) -> None:
    base = f"http://localhost:{floor.port}"  # a passkey is for a name, and a number is none
    with chromium() as browser:
        context = browser.new_context(viewport=PHONE)
        page = context.new_page()
        said = complaints(page)
        device = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
        options |= {"hasUserVerification": True, "isUserVerified": True}
        device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        page.goto(base + floor.link("flo"))
        page.get_by_role("button", name="Come in").click()
        page.goto(f"{base}/account/passkeys/add/")
        page.get_by_label("Name").fill("My phone")
        page.get_by_role("button", name="Add it").click()
        page.wait_for_url(lambda url: not url.endswith("/add/"))
        page.goto(f"{base}/account/passkeys/")
        assert page.get_by_text("My phone").is_visible()
        page.goto(f"{base}/sign-out/")
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/sign-in/")
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url(f"{base}/")
        assert page.get_by_text("Flo Ruiz").is_visible()
        assert said == []
    # A passkey is a way of coming in, and no second factor: a link lets the same person in on another device.
    assert "Flo Ruiz" in floor.signed_in("flo").get("/").text
