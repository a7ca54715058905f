"""The forms of a page as somebody without script meets them: what is in them, and what pressing a button sends."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.web.conftest import Answer, Browser


@dataclass
class Form:
    """A form: where it goes, what it sends by itself, and its buttons."""

    action: str
    method: str
    sends: dict[str, str] = field(default_factory=dict)
    ticks: list[tuple[str, str]] = field(default_factory=list)
    """Boxes and rounds that nobody has ticked: name and value."""
    buttons: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Name, value, class and words of each."""


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._button: list[str] | None = None
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get"))
            self.forms.append(self._open)
        if self._open is None:
            return
        if tag == "input" and given.get("type") in ("checkbox", "radio"):
            self._open.ticks.append((given["name"], given["value"]))
        elif tag == "input" and "name" in given:
            self._open.sends[given["name"]] = given.get("value", "")
        elif tag == "textarea":
            self._open.sends[given["name"]] = ""
        elif tag == "button":
            self._button = [given.get(name, "") for name in ("name", "value", "class")] + [""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        if tag == "button" and self._button and self._open:
            name, value, look, words = self._button
            self._open.buttons.append((name, value, look, " ".join(words.split())))
            self._button = None

    def handle_data(self, data: str) -> None:
        if self._button:
            self._button[3] += data


def forms_of(page: str) -> list[Form]:
    """The forms of a page."""
    reading = _Reading()
    reading.feed(page)
    return reading.forms


def press(browser: Browser, page: str, words: str, **typed: str | list[str]) -> Answer:
    """Press the first button of a page on which some words stand; `typed` is filled in before."""
    for form in forms_of(page):
        for name, value, _, said in form.buttons:
            if words in said:
                sends = {
                    key: text for key, text in form.sends.items() if key != "csrfmiddlewaretoken"
                }
                chosen = {name: value} if name else {}
                return browser.post(form.action, **{**sends, **typed, **chosen})
    raise AssertionError(f"no button says {words!r}")
