"""The server is killed in the middle of a vote: every vote that was acknowledged is on the record, and the others once more."""

import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from quorate.cli import main
from quorate.web.house import House
from tests.web.conftest import Browser, Floor, run_floor
from tests.web.streams import act

VOTERS = 40
ORDERS = """- do: adopt-standing-orders
  body: members
  orders: {preset: housing-co-operative, changes: {notice: {days: 0}, quorum: {number: 2}}}"""
ENOUGH = 12
"""Acknowledged votes after which the server is killed."""


def make_house(folder: Path) -> None:
    now = datetime.now(UTC) - timedelta(minutes=1)
    acts = [
        "- {do: establish-body, body: members, name: The general meeting}",
        "- {do: create-office, office: chair, body: members, role: chair, name: Chair}",
        ORDERS,
    ]
    for n in range(VOTERS):
        acts.append(f"- {{do: admit-member, person: {{name: Member {n}, handle: m{n}}}}}")
        acts.append(f'- {{do: seat-member, body: members, member: "@m{n}"}}')
    acts.append('- {do: fill-office, office: chair, holder: "@m0"}')
    acts.append(
        "- {do: convene-meeting, by: m0, meeting: agm, body: members, title: Annual general meeting, "
        f'starts_at: "{now:%Y-%m-%d %H:%M}", day: {now:%Y-%m-%d}}}'
    )
    acts += [
        f'- {{do: admit-to-meeting, by: m0, meeting: agm, attendee: "@m{n}"}}'
        for n in range(VOTERS)
    ]
    acts += [
        "- {do: call-to-order, by: m0, meeting: agm}",
        "- {do: move-motion, by: m1, motion: m, kind: main, meeting: agm, title: A question}",
        "- {do: second-motion, by: m2, motion: m}",
        "- {do: open-division, by: m0, division: d, motion: m, method: roll-call}",
    ]
    script = folder.with_name("acts.yaml")
    script.write_text("\n".join(["by: ada", "acts:", *acts]))
    runner = CliRunner(env={"QUORATE_DIR": str(folder)})
    clerk = ["--clerk", "Ada Lint", "--handle", "ada", "--origin", "example.org/killed"]
    for args in (["init", "--name", "Killed", *clerk], ["act", str(script)]):
        result = runner.invoke(main, args, catch_exceptions=False)
        assert result.exit_code == 0, result.output


def sign_in_all(floor: Floor) -> dict[str, Browser]:
    """By handle: a browser in which they are signed in."""
    handles = [f"m{n}" for n in range(VOTERS)]
    env = {**os.environ, "QUORATE_DIR": str(floor.folder)}
    command = [sys.executable, "-m", "quorate.cli", "invite", *handles, "--json"]
    out = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
    browsers = {}
    for each in json.loads(out)["links"]:
        link = str(each["link"])
        browsers[str(each["handle"])] = browser = floor.browser()
        path = link[link.index("/sign-in/") :]
        assert browser.get(path).status == 200
        assert browser.post(path).status == 302
    return browsers


def vote(browser: Browser, handle: str) -> int:
    """The entry that is acknowledged; -1 if none was."""
    given = {"token": f"the-one-vote-of-{handle}", "division": "d", "choice": "for"}
    try:
        answer = act(browser, "cast-vote", **given)
    except OSError:
        return -1
    return int(json.loads(answer.text)["entry"]) if answer.status == 200 else -1


@pytest.mark.slow
def test_acknowledged_votes_outlive_a_killed_server(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    make_house(folder)
    acknowledged: dict[str, int] = {}
    with closing(run_floor(folder)) as running:
        floor = next(running)
        browsers = sign_in_all(floor)
        lock = threading.Lock()

        def cast(handle: str) -> None:
            entry = vote(browsers[handle], handle)
            with lock:
                if entry >= 0:
                    acknowledged[handle] = entry
                if len(acknowledged) == ENOUGH:
                    floor.process.kill()

        with ThreadPoolExecutor(6) as crowd:
            list(crowd.map(cast, browsers))
        floor.process.wait()
    assert ENOUGH <= len(acknowledged) < VOTERS
    recorded = votes_on_record(folder)
    assert {handle: recorded.get(handle) for handle in acknowledged} == acknowledged

    with closing(run_floor(folder)) as running:
        floor = next(running)
        for handle, browser in browsers.items():
            browser.port = floor.port
            entry = vote(browser, handle)
            assert entry == acknowledged.get(handle, entry)
            acknowledged[handle] = entry
    assert votes_on_record(folder) == acknowledged
    assert len(set(acknowledged.values())) == VOTERS


def votes_on_record(folder: Path) -> dict[str, int]:
    """By handle: the entry of their vote."""
    with House(folder, reading=True) as house:
        desk = house.desk()
        handles = desk.read(
            lambda state: {key: each.known.handle for key, each in state.people.items()}
        )
        votes = desk.read(lambda state: list(state.divisions["d"].votes))
        size = desk.read(lambda state: state.size)
        found = {}
        for seq in range(size):
            if desk.kinds(seq, seq + 1) == {"vote.cast"}:
                [said] = [part.data for part in desk.parts(seq)[1] if part.name == "act"]
                found[handles[json.loads(said)["by"]]] = seq
        assert {handles[each] for each in votes} == set(found)
    return found
