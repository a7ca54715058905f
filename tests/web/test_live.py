"""The floor as it happens: who is there sees what changes, nothing is lost on the way, and nobody sees more than is theirs."""

import secrets
import signal

import pytest

from tests.web.conftest import Browser, Floor
from tests.web.streams import REGIONS, Screen, act, open_stream


def token() -> str:
    return secrets.token_urlsafe(12)


def place(chair: Browser, title: str) -> None:
    """A heading is put on the agenda."""
    done = act(chair, "place-item", token=token(), meeting="agm", title=title)
    assert done.status == 200, done.text


@pytest.fixture(scope="module")
def chair(floor: Floor) -> Browser:
    return floor.signed_in("bea")


def fresh(browser: Browser) -> Screen:
    """A stream of somebody who has nothing yet, once it has said all."""
    screen = open_stream(browser)
    screen.until(event="you")
    return screen


def test_stream_begins_with_all_regions_and_what_is_ones_own(floor: Floor) -> None:
    screen = fresh(floor.signed_in("dora"))
    assert screen.status == 200
    assert b"text/event-stream" in screen.head
    assert b"x-accel-buffering: no" in screen.head.lower()
    assert {*REGIONS, "you"} == {*screen.regions}
    assert "d-fund:open" in screen.regions["panel"]
    assert "cast-vote" in screen.regions["you"]
    assert screen.raw.split(b"\r\n")[1].startswith(b"retry: ")  # then a comment, at once
    assert b"\n\n:\n\n" in screen.raw


def test_size_stands_with_the_last_frame_only_of_those_sent_together(floor: Floor) -> None:
    screen = fresh(floor.signed_in("dora"))
    given = [each.id for each in screen.seen if each.event in REGIONS]
    assert given[:-1] == [None] * (len(REGIONS) - 1)
    assert given[-1] is not None


def test_vote_ticks_as_figures_on_every_screen_and_comes_back_to_its_voter(floor: Floor) -> None:
    voter, other = floor.signed_in("dora"), floor.signed_in("olaf")
    mine, theirs = fresh(voter), fresh(other)
    done = act(voter, "cast-vote", token=token(), division="d-fund", choice="for")
    assert done.status == 200, done.text
    assert '"for",1' in theirs.until(event="tally").data
    assert "Your vote is on the record: <b>for</b>" in mine.until("on the record").data
    assert "panel" not in {each.event for each in theirs.seen[len(REGIONS) + 1 :]}
    assert "Dora" not in theirs.raw.decode()


def test_whoever_comes_after_a_tick_sees_its_figures(floor: Floor) -> None:
    one, other = floor.signed_in("emil"), floor.signed_in("flo")
    screen = fresh(other)
    assert act(one, "cast-vote", token=token(), division="d-fund", choice="against").status == 200
    screen.until('"against",1', event="tally")
    assert "<b>1</b> against" in fresh(other).regions["panel"]


def test_nothing_is_lost_when_all_are_cut_and_come_back(floor: Floor, chair: Browser) -> None:
    people = [floor.signed_in(who) for who in ("dora", "emil", "flo", "cem", "olaf", "proxy")]
    screens = [fresh(each) for each in people]
    for each in screens:
        each.close()
    place(chair, "While all were away")
    for browser, before in zip(people, screens, strict=True):
        back = open_stream(browser, last=before.last)
        back.until("While all were away", event="agenda")  # at once, or with the next look
        whole = fresh(browser)
        shared = {**before.regions, **back.regions}
        assert {name: shared[name] for name in REGIONS} == {
            name: whole.regions[name] for name in REGIONS
        }
        assert back.last == whole.last


def test_who_has_all_is_sent_nothing_but_their_own(floor: Floor) -> None:
    browser = floor.signed_in("dora")
    last = fresh(browser).last
    back = open_stream(browser, last=last)
    assert back.until().event == "you"
    ahead = open_stream(browser, last=last + 10_000)  # of another record, or of nobody
    ahead.until(event="you")
    assert {*REGIONS} < {*ahead.regions}


def test_page_shows_what_the_stream_sends(floor: Floor) -> None:
    browser = floor.signed_in("flo")
    screen, page = fresh(browser), browser.get("/m/agm/").text
    for name in REGIONS:
        assert screen.regions[name].strip() in page
    assert f'data-seen="{screen.last}"' in page


def test_what_another_process_records_is_seen(floor: Floor) -> None:
    screen = fresh(floor.signed_in("flo"))
    given = ("meeting=agm", "item=i-cli", "title=From the command line")
    sets = [part for each in given for part in ("--set", each)]
    floor.quorate("act", "place-item", "--by", "bea", *sets)
    assert "From the command line" in screen.until("From the command line").data


def test_polling_has_the_same_frames(floor: Floor) -> None:
    browser = floor.signed_in("flo")
    screen = fresh(browser)
    whole = browser.get("/live/agm/since/0")
    assert (whole.status, whole.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert all(f"event: {name}\n" in whole.text for name in (*REGIONS, "you"))
    now = browser.get(f"/live/agm/since/{screen.last}")
    assert now.text.startswith("event: you\n")


def test_sign_out_ends_the_streams_of_that_session_and_no_other(floor: Floor) -> None:
    here, there = floor.signed_in("gus"), floor.signed_in("gus")
    goes, stays = fresh(here), fresh(there)
    here.get("/more/")
    assert here.post("/sign-out/").status == 302
    assert "you" not in {each.event for each in goes.until_end()}
    assert open_stream(here).status == 401
    assert act(here, "admit-to-meeting", token=token(), meeting="agm").status == 401
    assert (
        act(there, "admit-to-meeting", token=token(), meeting="agm", attendee="@gus").status == 200
    )
    stays.until(event="hall")


def test_oldest_of_too_many_streams_of_a_session_ends(floor: Floor) -> None:
    browser = floor.signed_in("cem")
    first, *others = [fresh(browser) for _ in range(7)]
    first.until_end()
    assert open_stream(browser).status == 200
    others[0].until_end()
    assert not others[-1].ended


def test_who_departs_is_cut_off_and_does_not_come_back(floor: Floor, chair: Browser) -> None:
    browser = floor.signed_in("ines")
    screen = fresh(browser)
    floor.quorate("act", "record-departure", "--by", "ada", "--set", "member=@ines")
    place(chair, "After she had gone")
    assert not any("After she had gone" in each.data for each in screen.until_end())
    assert open_stream(browser).status == 404
    assert browser.get("/live/agm/since/0").status == 404


@pytest.mark.parametrize(
    ("meeting", "headers", "status"),
    [
        ("elsewhere", {}, 404),
        ("agm/more", {}, 404),
        ("agm", {"Sec_Fetch_Site": "cross-site"}, 403),
        ("agm", {"Origin": "https://elsewhere.example"}, 403),
        ("agm", {"Host": "elsewhere.example"}, 403),
        ("agm", {"Cookie": "quorate-session=made-up"}, 401),
    ],
)
def test_stream_is_for_our_own_pages_and_who_is_signed_in(
    floor: Floor, meeting: str, headers: dict[str, str], status: int
) -> None:
    assert open_stream(floor.signed_in("flo"), meeting, **headers).status == status


def test_server_says_bye_before_it_ends(floor: Floor) -> None:
    screen = fresh(floor.signed_in("flo"))
    floor.process.terminate()
    assert screen.until_end()[-1].event == "bye"
    assert floor.process.wait(30) in (0, -signal.SIGTERM)
