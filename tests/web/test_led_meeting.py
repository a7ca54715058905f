"""A meeting led to its end from the desk alone, and its minutes to their signature: by forms, without script."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.web.conftest import Browser, Floor, found, run_floor
from tests.web.forms import forms_of, press

DESK = "/m/agm/desk/"


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    """The co-operative as `things.yaml` leaves it."""
    yield from run_floor(found(tmp_path_factory.mktemp("led") / "house", "things.yaml"))


@pytest.fixture(scope="module")
def chair(floor: Floor) -> Browser:
    return floor.signed_in("bea")


@pytest.fixture(scope="module")
def secretary(floor: Floor) -> Browser:
    return floor.signed_in("cem")


def entry_of(page: str) -> str:
    [found_] = re.findall(r"/record/(\d+)/receipt/", page)
    return f"/record/{found_}/"


def filled(page: str) -> list[str]:
    """The words on the filled buttons of the next step."""
    step = page[page.index('id="next"') : page.index("</section>", page.index('id="next"'))]
    return [
        words for form in forms_of(step) for _, _, look, words in form.buttons if "first" in look
    ]


def test_meeting_is_led_from_the_desk_to_the_signature_of_its_minutes(
    chair: Browser, secretary: Browser
) -> None:
    """One journey, in this order."""
    what_nobody_opposes_is_taken_by_consent(chair)
    proxy_on_paper_is_entered_at_the_desk(chair)
    speaker_is_called_struck_off_and_put_on_the_list(chair)
    chair_comes_to_the_end_by_the_filled_button_alone(chair)
    minutes_are_drafted_corrected_approved_and_signed(chair, secretary)


def what_nobody_opposes_is_taken_by_consent(chair: Browser) -> None:
    page = chair.get(DESK).text
    [form] = [each for each in forms_of(page) if each.action == "/acts/take-by-consent/"]
    assert form.ticks == [("motions", "solar-a")]  # not the motion that it is pending on
    answer = press(chair, page, "Take them by consent", motions="solar-a")
    assert answer.status == 302
    assert "taken in" in chair.get("/motions/solar/").text


def proxy_on_paper_is_entered_at_the_desk(chair: Browser) -> None:
    chair.get("/acts/give-proxy/?meeting=agm&for=1")
    people = dict(re.findall(r'<option value="(p-[^"]+)">([^<]+)</option>', chair.page))
    ids = {name: key for key, name in people.items()}
    given = {
        "giver": ids["Ada Lint"],
        "holder": ids["Dora Feld"],
        "body": "members",
        "entered_for": ids["Ada Lint"],
        "known_by": "letter",
        "token": "p" * 16,
        "next": DESK,
    }
    after = chair.follow(chair.post("/acts/give-proxy/", **given))
    assert "Ada Lint <small" in after.text
    said = chair.get(entry_of(after.text)).text
    assert "letter" in said
    assert "entered_by" in said


def speaker_is_called_struck_off_and_put_on_the_list(chair: Browser) -> None:
    chair.get(f"/acts/request-floor/?meeting=agm&for=1&next={DESK}")
    people = {
        name: key for key, name in re.findall(r'<option value="(p-[^"]+)">([^<]+)<', chair.page)
    }
    for n, name in enumerate(("Emil Katz", "Flo Ruiz")):
        asked = {"meeting": "agm", "side": "for", "motion": "solar", "entered_for": people[name]}
        answer = chair.post("/acts/request-floor/", **asked, token=f"{n}" * 16, next=DESK)
        assert answer.status == 302, answer.text
    page = chair.get(DESK).text
    assert filled(page) == ["Give the floor to Emil Katz"]
    page = chair.follow(press(chair, page, "Give the floor to Emil Katz")).text
    assert filled(page) == ["Emil Katz has finished"]
    page = chair.follow(press(chair, page, "Strike off")).text
    assert "Flo Ruiz</b>" not in page[page.index('id="speakers"') :]
    page = chair.follow(press(chair, page, "Emil Katz has finished")).text
    assert filled(page) == ["Put the question"]


def chair_comes_to_the_end_by_the_filled_button_alone(chair: Browser) -> None:
    pressed = []
    for _ in range(20):
        words = filled(chair.get(DESK).text)
        if not words:
            break
        pressed += words
        assert len(words) == 1
        chair.follow(press(chair, chair.page, words[0]))
    assert pressed == [
        "Put the question",
        "Close the voting",
        "Declare it no decision",
        "Close it",
        "Open it",
        "Close it",
        "Adjourn the meeting",
    ] or pressed[:2] + pressed[-1:] == [
        "Put the question",
        "Close the voting",
        "Adjourn the meeting",
    ]


def minutes_are_drafted_corrected_approved_and_signed(chair: Browser, secretary: Browser) -> None:
    page = secretary.get(DESK).text
    assert filled(page) == ["Draft the minutes"]
    secretary.follow(press(secretary, page, "Draft the minutes"))
    [book] = re.findall(r'href="(/minutes/[^"]+/)"', secretary.get(DESK).text)
    page = secretary.get(book).text
    secretary.follow(press(secretary, page, "Add the correction", text="Gus Pohl was there."))
    assert "Gus Pohl was there." in chair.get(book).text
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M}"
    chair.get("/acts/convene-meeting/")
    notice = {"body": "members", "title": "The next one", "starts_at": now, "token": "c" * 16}
    assert chair.post("/acts/convene-meeting/", **notice).status == 302
    [meeting] = re.findall(r'href="(/m/[^"]+/)">The next one', chair.get("/calendar/").text)
    page = chair.get(f"{meeting}desk/").text
    people = re.findall(r'name="attendee" value="([^"]+)"', page)
    chair.follow(press(chair, page, "Let in all", attendee=people))
    page = chair.get(f"{meeting}desk/").text
    assert filled(page) == ["Call the meeting to order"], page
    chair.follow(press(chair, page, "Call the meeting to order"))
    page = chair.get(book).text
    page = chair.follow(press(chair, page, "Approved by The next one")).text
    assert "approved on" in page
    for who in (chair, secretary):
        if "Sign them" in who.get(book).text:
            who.follow(press(who, who.page, "Sign them"))
    assert "Signed by" in chair.get(book).text
