"""Ways of coming in: by code, password, second factor and link; devices; and what nobody learns who does not belong."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest

from tests.web.conftest import Answer, Browser, Floor
from tests.web.letters import all_letters, code_in, letters_to


def confirm_address(floor: Floor, browser: Browser, address: str) -> None:
    """Give an address in one's account, and type the code that is sent to it."""
    browser.get("/account/mail/")
    answer = browser.post("/account/mail/", email=address, action_add="")
    assert browser.follow(answer).status == 200
    code = code_in(letters_to(floor.folder, address)[-1])
    assert browser.post("/account/mail/confirm/", code=code).status == 302
    assert address in browser.get("/account/").text


def ask_for_code(browser: Browser, address: str) -> Answer:
    """Ask for a code; what comes after."""
    browser.get("/sign-in/")
    return browser.follow(browser.post("/sign-in/code/", email=address))


def totp(secret: str, at: float) -> str:
    """The six digits of a secret at a time (RFC 6238)."""
    mac = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(at) // 30), hashlib.sha1)
    (number,) = struct.unpack(">I", mac[mac[-1] & 15 :][:4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


def come_by_link(floor: Floor, who: str) -> tuple[Browser, Answer]:
    browser, link = floor.browser(), floor.link(who)
    browser.get(link)
    return browser, browser.post(link)


def test_who_has_confirmed_an_address_comes_in_by_a_code(floor: Floor) -> None:
    confirm_address(floor, floor.signed_in("gus"), "gus@example.org")
    browser = floor.browser()
    assert "Enter the code" in ask_for_code(browser, "gus@example.org").text
    letter = letters_to(floor.folder, "gus@example.org", 2)[-1]
    wrong = browser.post("/sign-in/code/confirm/", code="000000")
    assert wrong.status == 200
    assert "Gus Pohl" not in wrong.text
    assert browser.post("/sign-in/code/confirm/", code=code_in(letter)).location == "/"
    assert "Gus Pohl" in browser.get("/").text


def test_page_says_nothing_of_whose_addresses_are_known(floor: Floor) -> None:
    confirm_address(floor, floor.signed_in("dora"), "dora@example.org")
    known, unknown = (
        ask_for_code(floor.browser(), each).text
        for each in ("dora@example.org", "doro@example.org")
    )
    without = re.compile(r'value="[^"]{64}"')
    same = [
        without.sub("", page.replace(address, "somebody"))
        for page, address in ((known, "dora@example.org"), (unknown, "doro@example.org"))
    ]
    assert same[0] == same[1]
    letters_to(floor.folder, "dora@example.org", 2)
    assert not [each for each in all_letters(floor.folder) if each["To"] == "doro@example.org"]


def test_nobody_signs_up(floor: Floor) -> None:
    browser = floor.browser()
    browser.get("/sign-in/")
    assert "By invitation only" in browser.get("/sign-in/closed/").text
    browser.get("/sign-in/")
    answer = browser.post("/sign-in/closed/", email="eve@example.org")
    assert answer.status == 200
    assert "By invitation only" in answer.text
    assert "wrong" not in browser.get("/account/").text
    assert browser.get("/account/").status == 302


def test_password_is_there_for_whoever_wants_one(floor: Floor) -> None:
    browser = floor.signed_in("emil")
    confirm_address(floor, browser, "emil@example.org")
    browser.get("/account/password/set/")
    again = browser.post("/account/password/set/", password1="short", password2="short")
    if again.status == 302:  # asked first whether it is them, by a code
        browser.follow(again)
        browser.post("/sign-in/again/code/")
        browser.get("/sign-in/again/code/confirm/")
        code = code_in(letters_to(floor.folder, "emil@example.org", 2)[-1])
        browser.post("/sign-in/again/code/confirm/", code=code)
        browser.get("/account/password/set/")
        again = browser.post("/account/password/set/", password1="short", password2="short")
    assert "at least 12 characters" in again.text
    word = "a long word for Emil"
    assert browser.post("/account/password/set/", password1=word, password2=word).status == 302
    other = floor.browser()
    other.get("/sign-in/")
    assert other.post("/sign-in/", login="emil@example.org", password=word).location == "/"
    for attempt in range(6):
        tries = floor.browser()
        tries.get("/sign-in/")
        wrong = tries.post("/sign-in/", login="emil@example.org", password=f"wrong {attempt}")
    assert "Too many" in wrong.text
    tries.get("/sign-in/")
    elsewhere = tries.post("/sign-in/", login="flo@example.org", password="wrong")
    assert (
        "Too many" not in elsewhere.text
    )  # a hall has one address: each account is counted by itself


def test_second_factor_is_asked_for_after_a_link_too(floor: Floor) -> None:
    browser = floor.signed_in("tess")
    page = browser.get("/account/second/").text
    [secret] = re.findall(r'class="secret">(\w+)<', page)
    assert browser.post("/account/second/", code=totp(secret, time.time())).status == 302
    codes = browser.get("/account/second/codes/").text
    recovery = re.findall(r"\b[0-9a-f]{8}\b", codes)
    assert len(recovery) >= 8
    late, answer = come_by_link(floor, "tess")
    assert answer.location == "/sign-in/second/"
    assert late.get("/").status == 302
    assert "six digits" in late.get("/sign-in/second/").text
    assert late.post("/sign-in/second/", code="nonsense").status == 200
    assert late.get("/").status == 302
    late.get("/sign-in/second/")
    assert late.post("/sign-in/second/", code=recovery[0]).location == "/"
    assert "Tess Vaart" in late.get("/").text
    once, _ = come_by_link(floor, "tess")
    once.get("/sign-in/second/")
    assert once.post("/sign-in/second/", code=recovery[0]).status == 200


def test_device_that_is_signed_out_is_out_at_once(floor: Floor) -> None:
    here, there, other = (floor.signed_in(who) for who in ("ines", "ines", "bea"))
    page = here.get("/account/devices/").text
    keys = re.findall(r'name="device" value="(\d+)"', page)
    assert keys
    other.get("/more/")
    assert other.post("/account/devices/", device=keys[0]).status == 404
    assert there.get("/").status == 200
    for key in keys:
        here.get("/account/devices/")
        here.post("/account/devices/", device=key)
    assert there.get("/").status == 302
    assert here.get("/").status == 200


def test_links_made_for_somebody_are_shown_to_them(floor: Floor) -> None:
    link = floor.link("olaf")
    page = floor.signed_in("olaf").get("/account/").text
    assert page.count("not used") == 1
    assert link.split("/")[2] not in page


@pytest.mark.parametrize(
    "path", ["/account/", "/account/devices/", "/account/mail/", "/account/second/"]
)
def test_account_is_for_whoever_is_signed_in(floor: Floor, path: str) -> None:
    answer = floor.browser().get(path)
    assert answer.status == 302
    assert answer.location.startswith("/sign-in/")
