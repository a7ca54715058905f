"""Nothing of a body's own business reaches anybody outside it: no page, header, title, frame or log has a marker in it.

A marker stands in every part of what the board does. Each of the cast opens every page and every stream there is, and tries
acts on what is the board's. Those on the board do find the markers, so that the search can fail.
"""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, count
from pathlib import Path

import pytest
from click.testing import CliRunner

from quorate.cli import main
from tests.web.conftest import Browser, Floor, run_floor
from tests.web.streams import Screen, act, open_stream

INSIDE = ("bea", "cem", "ada")
"""The board, and the clerk, who keeps the record."""
OUTSIDE = ("dora", "tess", "proxy", "olaf", "xeno", "")
MARKERS = ("meeting", "heading", "motion", "text")
PAGES = (
    "/",
    "/floor/",
    "/m/agm/",
    "/m/m-board/",
    "/open/",
    "/decisions/",
    "/more/",
    "/acts/",
    "/acts/move-motion/",
    "/acts/second-motion/",
    "/acts/cast-vote/?division=d-secret",
    "/acts/close-division/",
    "/acts/rule-on-point/",
    "/acts/place-item/?meeting=m-board",
    "/live/m-board",
    "/live/m-board/since/0",
    "/live/agm/since/0",
    "/m/no-such-meeting/",
)


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    folder = tmp_path_factory.mktemp("leaks") / "house"
    runner = CliRunner(env={"QUORATE_DIR": str(folder)})
    now = datetime.now(UTC) - timedelta(minutes=1)
    clerk = ["--clerk", "Ada Lint", "--handle", "ada", "--origin", "example.org/lindenhof"]
    steps = [["init", "--name", "Lindenhof", *clerk]]
    for name in ("meeting.yaml", "confidential.yaml"):
        text = (Path(__file__).parent / name).read_text(encoding="utf-8")
        acts = folder.with_name(name)
        acts.write_text(
            text.replace("NOW", f"{now:%Y-%m-%d %H:%M}").replace("TODAY", f"{now:%Y-%m-%d}")
        )
        steps.append(["act", str(acts)])
    for args in steps:
        result = runner.invoke(main, args, catch_exceptions=False)
        assert result.exit_code == 0, result.output
    yield from run_floor(folder, log=folder.with_name("log"))


def browser_of(floor: Floor, who: str) -> Browser:
    return floor.signed_in(who) if who else floor.browser()


def everything(floor: Floor, browser: Browser) -> str:
    """All that the pages say to somebody, with their headers, and all that the doors answer."""
    said = []
    for path in chain(PAGES, (f"/record/{seq}/" for seq in count())):
        if path.startswith("/live/m-board") and "since" not in path:
            screen = open_stream(browser, "m-board")
            if screen.status == 200:
                screen.until(event="you")
            said.append(screen.head.decode() + screen.raw.decode())
            continue
        answer = browser.get(path)
        said.append(f"{answer.headers}\n{answer.text}")
        if path.startswith("/record/") and answer.status != 200:
            break  # there are no more of them, or none for whoever has not signed in
    browser.get("/sign-in/")
    for name, fields in ACTS:
        answer = act(browser, name, token=secrets.token_urlsafe(12), **fields)
        said.append(f"{answer.headers}\n{answer.text}")
    return "\n".join(said)


ACTS = (
    ("cast-vote", {"division": "d-secret", "choice": "nothing"}),
    ("second-motion", {"motion": "secret"}),
    ("withdraw-motion", {"motion": "secret"}),
    ("request-floor", {"meeting": "m-board", "side": "for", "motion": "secret"}),
)


@pytest.mark.parametrize("who", OUTSIDE)
def test_nothing_of_the_board_reaches_who_is_outside(floor: Floor, who: str) -> None:
    assert "MARKER" not in everything(floor, browser_of(floor, who))


@pytest.mark.parametrize("who", INSIDE)
def test_those_inside_find_the_markers(floor: Floor, who: str) -> None:
    said = everything(floor, browser_of(floor, who))
    assert [each for each in MARKERS if f"MARKER-{each}" not in said] == []


def test_stream_outside_does_not_even_tick(floor: Floor) -> None:
    outside = {who: browser_of(floor, who) for who in ("dora", "olaf", "proxy")}
    screens = {who: _begun(open_stream(each)) for who, each in outside.items()}
    cem, bea = floor.signed_in("cem"), floor.signed_in("bea")
    board = _begun(open_stream(cem, "m-board"))
    vote = {"division": "d-secret", "choice": "for", "token": secrets.token_urlsafe(12)}
    assert act(cem, "cast-vote", **vote).status == 200
    board.until("d-secret", event="tally")
    heading = {"meeting": "m-board", "title": "MARKER-heading-2"}
    assert act(bea, "place-item", token=secrets.token_urlsafe(12), **heading).status == 200
    board.until("MARKER-heading-2", event="agenda")
    public = {"meeting": "agm", "title": "For all"}
    assert act(bea, "place-item", token=secrets.token_urlsafe(12), **public).status == 200
    for screen in screens.values():
        before = len(screen.seen)
        screen.until("For all", event="agenda")
        assert [each.event for each in screen.seen[before:]] == ["agenda"]
        assert "MARKER" not in screen.raw.decode()


def test_who_leaves_the_board_is_sent_nothing_more_of_it(floor: Floor) -> None:
    cem, bea = floor.signed_in("cem"), floor.signed_in("bea")
    gone, stays = _begun(open_stream(cem, "m-board")), _begun(open_stream(bea, "m-board"))
    floor.quorate("act", "unseat-member", "--by", "ada", *_sets(body="board", member="@cem"))
    heading = {"meeting": "m-board", "title": "MARKER-after"}
    assert act(bea, "place-item", token=secrets.token_urlsafe(12), **heading).status == 200
    stays.until("MARKER-after")
    gone.until_end()
    assert "MARKER-after" not in gone.raw.decode()
    assert open_stream(cem, "m-board").status == 404
    assert open_stream(cem, "agm").status == 200


def test_log_holds_nothing_of_anybody(floor: Floor) -> None:
    log = floor.folder.with_name("log").read_text()
    assert "MARKER" not in log
    assert "sign-in/" not in log
    assert "quorate-session" not in log


def _begun(screen: Screen) -> Screen:
    screen.until(event="you")
    return screen


def _sets(**fields: str) -> list[str]:
    return [part for key, value in fields.items() for part in ("--set", f"{key}={value}")]
