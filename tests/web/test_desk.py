"""The desk without script: the next step, votes for those without a device, many let in at once, tellers, and who may not.

The tests of a module share a meeting: each may come after those above it, or alone.
"""

import re

import pytest

from tests.web.conftest import Browser, Floor
from tests.web.forms import forms_of, press

DESK = "/m/agm/desk/"


@pytest.fixture(scope="module")
def chair(floor: Floor) -> Browser:
    return floor.signed_in("bea")


def shown(browser: Browser) -> str:
    answer = browser.get(DESK)
    assert answer.status == 200, answer.text
    return answer.text


def question(page: str) -> str:
    return str(re.findall(r'<h1 id="nx">(.*?)</h1>', page)[0])


def waiting(page: str) -> dict[str, str]:
    """By name: why there is no vote."""
    found = re.findall(r'class="two"><span>([^<]+) <small class="quiet">· ([^<]+)</small>', page)
    return {name: why.strip() for name, why in found}


def follow(browser: Browser, words: str, **typed: str) -> str:
    return browser.follow(press(browser, shown(browser), words, **typed)).text


def test_desk_says_who_has_not_voted_and_why(floor: Floor, chair: Browser) -> None:
    floor.signed_in("dora")
    page = shown(chair)
    assert question(page) == "Close the voting?"
    assert waiting(page)["Bea Moor"] == "silent"
    assert waiting(page)["Dora Feld"] == "silent"
    assert waiting(page)["Flo Ruiz"] == "no device"
    assert waiting(page)["Ines Okafor"] == "Pia Roth votes for them, no device"
    assert waiting(page)["Ada Lint"] == "neither there nor represented"


def test_voter_is_searched_by_name(chair: Browser) -> None:
    assert set(waiting(chair.get(f"{DESK}?voter=okafor").text)) == {"Ines Okafor"}
    assert "Nobody of that name has still to vote" in chair.get(f"{DESK}?voter=zz").text


def test_vote_entered_at_the_desk_says_so_on_the_record(floor: Floor, chair: Browser) -> None:
    for form in forms_of(shown(chair)):
        if form.action == "/acts/cast-vote/" and "behalf" in form.sends:
            given = {key: text for key, text in form.sends.items() if key != "csrfmiddlewaretoken"}
            after = chair.follow(chair.post(form.action, **given, choice="against"))
            break
    assert "Ines Okafor" not in waiting(after.text)
    [entry] = re.findall(r"/record/(\d+)/receipt/", after.text)
    said = chair.get(f"/record/{entry}/").text
    assert "entered_by" in said
    assert "sight" in said


def test_names_are_called_and_all_answers_entered_at_once(chair: Browser) -> None:
    page = shown(chair)
    names = dict(_ids(page))
    typed = {f"votes.{names['Flo Ruiz']}": "for", f"votes.{names['Emil Katz']}": "abstain"}
    after = follow(chair, "Enter the answers", **typed)
    assert not {"Flo Ruiz", "Emil Katz"} & waiting(after).keys()
    again = press(chair, shown(chair), "Enter the answers", **typed)
    assert again.status == 409
    assert "Not in order" in again.text


def _ids(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'name="votes\.([^"]+)" value="for"', page)
    legends = re.findall(r"<legend>([^<]+)</legend>", page)
    return list(zip(legends, found, strict=True))


def test_many_are_let_in_at_once_or_nobody(chair: Browser) -> None:
    assert "Nobody of that name is missing" in chair.get(f"{DESK}?search=katz").text
    people = those_away(shown(chair))
    assert len(people) == 3
    some = [people["Ada Lint"], people["Gus Pohl"]]
    refused = press(chair, shown(chair), "Let in all", attendee=[*some, "p-nobody"])
    assert refused.status == 409
    assert "Nothing was recorded" in refused.text
    assert those_away(shown(chair)) == people
    after = chair.follow(press(chair, shown(chair), "Let in all", attendee=some))
    assert those_away(after.text) == {"Ines Okafor": people["Ines Okafor"]}


def those_away(page: str) -> dict[str, str]:
    """By name: the id of each who can be let in."""
    found = re.findall(r'name="attendee" value="([^"]+)"> ([^<]+?) ?(?:<small|</label)', page)
    return {name: key for key, name in found}


def test_secretary_leads_for_the_chair_and_the_record_says_so(floor: Floor) -> None:
    secretary = floor.signed_in("cem")
    page = shown(secretary)
    assert "You enter it at the desk for Bea Moor" in page
    after = secretary.follow(press(secretary, page, "Close the voting"))
    assert question(after.text).startswith("Declare “A hardship fund”")
    [entry] = re.findall(r"/record/(\d+)/receipt/", after.text)
    assert "entered_by" in secretary.get(f"/record/{entry}/").text


def test_result_is_declared_and_counted_votes_show_their_difference(
    floor: Floor, chair: Browser
) -> None:
    if "Close the voting" in shown(chair):
        follow(chair, "Close the voting")
    follow(chair, "Declare it")
    chair.get("/acts/move-motion/?meeting=agm")
    moved = {"meeting": "agm", "kind": "main", "title": "Solar panels", "token": "m" * 16}
    assert chair.post("/acts/move-motion/", **moved).status == 302
    page = shown(chair)
    assert question(page) == "Is there a second for “Solar panels”?"
    [motion] = re.findall(r"/acts/second-motion/\?motion=([^&]+)&", page)
    form = chair.get(f"/acts/second-motion/?motion={motion}&for=1").text
    assert "For somebody else, at the desk" in form
    second = {"motion": motion, "entered_for": "@dora", "known_by": "sight", "token": "s" * 16}
    assert chair.post("/acts/second-motion/", **second).status == 302
    opened = {"motion": motion, "method": "counted", "tellers": "@tess\n@cem", "token": "o" * 16}
    assert chair.post("/acts/open-division/", **opened).status == 302
    for who, votes in (("tess", "5"), ("cem", "6")):
        teller = floor.signed_in(who)
        counted = {"count.votes_for": votes, "count.votes_against": "2", "count.not_voted": "1"}
        after = teller.follow(press(teller, shown(teller), "Hand in the figures", **counted))
    assert "for: 5 against 6, 1 apart" in after.text
    words = [said for form in forms_of(shown(chair)) for _, _, _, said in form.buttons]
    assert "Close the voting" not in words


def test_who_sits_at_another_desk_may_neither_lead_nor_enter(floor: Floor) -> None:
    gus = floor.signed_in("gus")  # the chair of the youth group
    assert gus.get(DESK).status == 403
    gus.get("/acts/move-motion/")
    given = {
        "meeting": "agm",
        "kind": "main",
        "title": "X",
        "entered_for": "@dora",
        "token": "g" * 16,
    }
    assert gus.post("/acts/move-motion/", **given).status == 403
    assert gus.get("/m/elsewhere/desk/").status == 404


def entered(browser: Browser, act: str, who: str, **typed: str) -> int:
    """What comes of an act that somebody enters for another."""
    browser.get(f"/acts/{act}/")
    token = f"{act}-{who.strip('@')}-{len(browser.cookies)}".ljust(20, "x")
    return browser.post(f"/acts/{act}/", entered_for=who, token=token, **typed).status


def test_each_enters_for_others_no_more_than_is_theirs_to_enter(floor: Floor) -> None:
    teller, secretary, clerk = (floor.signed_in(who) for who in ("tess", "cem", "ada"))
    assert entered(teller, "cast-vote", "@dora", division="d-fund", choice="for") in (302, 409)
    assert entered(teller, "adjourn", "@bea", meeting="agm") == 403
    assert entered(teller, "raise-point-of-order", "@dora", meeting="agm", text="-") == 403
    assert entered(secretary, "raise-point-of-order", "@dora", meeting="agm", text="-") == 302
    assert entered(secretary, "record-departure", "@ada", member="@flo") == 403
    assert entered(secretary, "establish-body", "@ada", body="x", name="X") == 403
    assert entered(clerk, "raise-point-of-order", "@flo", meeting="agm", text="-") == 302


def test_secretary_of_one_body_opens_no_page_of_another_desk(floor: Floor) -> None:
    """Gus is in the chair of the youth group, and so has the role that the page asks for, elsewhere."""
    assert floor.signed_in("gus").get("/m/agm/desk/hall/").status == 403


def test_keys_are_off_until_switched_on(chair: Browser) -> None:
    assert "data-key" not in shown(chair)
    on = follow(chair, "Switch keys on")
    assert 'src="/static/desk.js"' in on
    assert "data-key" not in follow(chair, "Switch them off")
