"""Debian's Chromium, driven by Playwright, on a page of ours that is served from memory: it has no network."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from tests.booth.node import BUNDLE

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ORIGIN = "http://booth.test"
INTEGRITY = json.loads((BUNDLE.parent / "integrity.json").read_text(encoding="utf-8"))["booth.js"]
POLICY = "default-src 'none'; script-src 'self' 'nonce-map'"
"""No network, and no script but the two files and the map."""
PAGE = """<!doctype html><meta charset="utf-8"><title>Booth</title>
<script nonce="map" type="importmap">{"integrity": {"/booth.js": "INTEGRITY"}}</script>
<script type="module" src="/page.js"></script>"""
SCRIPT = """import * as booth from "/booth.js";
globalThis.bytesOf = (hex) => Uint8Array.from(hex.match(/../g), (each) => parseInt(each, 16));
globalThis.booth = booth;"""


class Booted:
    """A page with the bundle in it, and all that it asked for."""

    def __init__(self, page: Page, integrity: str = INTEGRITY) -> None:
        self.page = page
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self._integrity = integrity
        page.on("console", lambda each: self.complaints.append(each.text))
        page.on("pageerror", lambda each: self.complaints.append(str(each)))
        page.context.set_offline(offline=True)
        page.route("**/*", self._answer)
        page.goto(f"{ORIGIN}/")

    def run(self, script: str, *given: Any) -> Any:
        """What a function of the page says."""
        return self.page.evaluate(script, list(given))

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        self.asked.append(path)
        match path:
            case "/":
                body = PAGE.replace("INTEGRITY", self._integrity)
                headers = {"content-security-policy": POLICY, "content-type": "text/html"}
                route.fulfill(body=body, headers=headers)
            case "/page.js":
                route.fulfill(body=SCRIPT, content_type="text/javascript")
            case "/booth.js":
                route.fulfill(path=BUNDLE, content_type="text/javascript")
            case _:
                route.abort()


@contextmanager
def chromium() -> Iterator[Any]:
    """The browser; without it the test fails, and says what to install."""
    program = shutil.which("chromium") or pytest.fail(
        "there is no chromium here: apt-get install chromium"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()
