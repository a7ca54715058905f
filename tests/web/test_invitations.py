"""Invitations: on a page, on paper, by mail; by whom they may be made; and mail that survives a killed server."""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from quorate.cli import main
from tests.web.conftest import Browser, Floor, run_floor
from tests.web.letters import letters_to
from tests.web.smtp import Sink

PAGE = "/keeper/invitations/"


def ids(browser: Browser) -> dict[str, str]:
    """By name: the id of each member that the page lists."""
    page = browser.get(PAGE).text
    found = re.findall(r'name="member" value="([^"]+)"><label [^>]+>([^<]+)<', page)
    return {name: key for key, name in found}


def test_links_are_shown_once_with_a_code_and_let_their_person_in(floor: Floor) -> None:
    keeper = floor.signed_in("cem")
    member = ids(keeper)["Dora Feld"]
    page = keeper.post(PAGE, who="ticked", make="page", member=member)
    assert page.headers["cache-control"].count("no-store")
    assert page.text.count("<svg") >= 1
    [link] = re.findall(r"<code>http://[^/]+(/sign-in/[^<]+)</code>", page.text)
    assert link not in keeper.get(PAGE).text
    guest = floor.browser()
    guest.get(link)
    assert guest.post(link).location == "/"
    assert re.search(r"by Cem Aksoy</span><small class=\"quiet\">used", guest.get("/account/").text)


def test_cards_and_sheets_are_pdf(floor: Floor) -> None:
    keeper = floor.signed_in("ada")
    member = ids(keeper)["Flo Ruiz"]
    cards = keeper.post_bytes(PAGE, who="ticked", make="paper", member=member)
    assert cards.startswith(b"%PDF-")
    keeper.get(PAGE)
    sheet = keeper.get_bytes("/keeper/sheet/agm/")
    assert sheet.startswith(b"%PDF-")
    assert keeper.get("/keeper/sheet/none/").status == 404


def test_only_clerk_and_secretary_of_the_whole_make_links_and_for_the_clerk_only_the_clerk(
    floor: Floor,
) -> None:
    for who in ("bea", "tess", "flo", "olaf"):
        browser = floor.signed_in(who)
        assert browser.get(PAGE).status == 403
        browser.get("/more/")
        assert browser.post(PAGE, who="all", make="page").status == 403
    keeper = floor.signed_in("cem")
    clerk = ids(floor.signed_in("ada"))["Ada Lint"]
    keeper.get(PAGE)
    assert keeper.post(PAGE, who="ticked", make="page", member=clerk).status == 422
    assert keeper.post(PAGE, who="ticked", make="page", member="p-nobody").status == 422


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a house of forty members with addresses, one of whom nobody can write to."""
    folder = tmp_path_factory.mktemp("large") / "house"
    runner = CliRunner(env={"QUORATE_DIR": str(folder)})
    table = folder.with_name("members.csv")
    rows = [f"Member {n},m-{n},m{n}@example.org" for n in range(38)]
    rows += ["No Body,nobody,nobody@example.org", "By Number,number,030 1234"]
    table.write_text("name,handle,contact\n" + "\n".join(rows) + "\n")
    for args in (
        [
            "init",
            "--name",
            "Lindenhof",
            "--clerk",
            "Ada",
            "--handle",
            "ada",
            "--origin",
            "example.org/l",
        ],
        ["act", "establish-body", "--set", "body=board", "--set", "name=Board"],
        [
            "act",
            "establish-body",
            "--set",
            "body=sub",
            "--set",
            "name=Sub",
            "--set",
            "parent=board",
        ],
        ["import", str(table)],
        [
            "act",
            "create-office",
            "--set",
            "office=sub-sec",
            "--set",
            "body=sub",
            "--set",
            "role=secretary",
            "--set",
            "name=Secretary",
        ],
        ["act", "fill-office", "--set", "office=sub-sec", "--set", 'holder="@m-0"'],
    ):
        result = runner.invoke(main, args, catch_exceptions=False)
        assert result.exit_code == 0, result.output
    return folder


def test_links_made_before_the_first_start_still_let_in(large: Path) -> None:
    env = {**os.environ, "QUORATE_DIR": str(large)}
    command = [sys.executable, "-m", "quorate.cli", "invite", "m-30", "--json"]
    out = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
    [link] = re.findall(r'(/sign-in/[^"]+)"', out)
    for floor in run_floor(large):
        assert floor.browser().get(link).status == 200


def test_secretary_of_a_committee_does_not_let_people_in(large: Path) -> None:
    for floor in run_floor(large):
        assert floor.signed_in("m-0").get(PAGE).status == 403


def test_address_to_which_an_invitation_was_sent_is_confirmed_by_its_use(large: Path) -> None:
    for floor in run_floor(large):
        keeper = floor.signed_in("ada")
        member = ids(keeper)["Member 7"]
        assert "m7@example.org" in keeper.get(PAGE).text
        sent = keeper.post(PAGE, who="ticked", make="mail", member=member)
        assert sent.location.endswith("sent=1&without=0")
        text = str(letters_to(large, "m7@example.org")[0].get_payload())
        [link] = re.findall(r"http://[^/]+(/sign-in/\S+)", text)
        guest = floor.browser()
        guest.get(link)
        guest.post(link)
        assert "m7@example.org" in guest.get("/account/").text


def server_of(large: Path, sink: Sink) -> Iterator[Floor]:
    config = large / "floor.toml"
    config.touch(mode=0o600)
    config.write_text(sink.config)
    return run_floor(large)


def test_mail_survives_a_server_killed_in_the_middle_and_none_goes_out_twice_at_once(
    large: Path,
) -> None:
    with Sink() as sink:
        for floor in server_of(large, sink):
            keeper = floor.signed_in("ada")
            keeper.get(PAGE)
            answer = keeper.post(PAGE, who="waiting", make="mail")
            [(sent, without)] = re.findall(r"sent=(\d+)&without=(\d+)", answer.location)
            assert int(sent) >= 36
            assert int(without) == 1  # where there is a number instead of an address
            for _ in range(10):
                assert sink.got.acquire(timeout=60)
            sink.gate.clear()
            assert sink.got.acquire(timeout=60)  # one is on its way, and never acknowledged
            floor.process.kill()
            floor.process.wait()
            sink.gate.set()
        before = len(sink.letters)
        for floor in server_of(large, sink):
            keeper = floor.signed_in("ada")
            for _ in range(600):
                page = keeper.get(PAGE).text
                if ">0 waiting" in page:
                    break
                time.sleep(0.05)
            assert "No Body" in page
            assert "the mail server refuses the address (550)" in page
            assert "given up" in page
            assert "nobody@example.org (" not in page
        counts = Counter(each["Message-ID"] for each in sink.letters)
        assert len(counts) == int(sent) - 1
        assert before < len(sink.letters)
        assert sum(counts.values()) <= len(counts) + 1  # the one that was never acknowledged
        assert max(counts.values()) <= 2
        assert sink.most_at_once == 1
