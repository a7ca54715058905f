"""`make bench-floor`: a hall of people with browsers, on loopback, beside the server; prints what they saw and what it cost.

For each number of people a house is made in a temporary folder, served by `quorate serve`, and met in by `bench/floor/src`.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import click
from click.testing import CliRunner

from quorate.assembly.act import Act
from quorate.assembly.meetings.admission import AdmitToMeeting
from quorate.assembly.meetings.sitting import CallToOrder
from quorate.assembly.model.organisation import PersonalName
from quorate.assembly.organisation.bodies import FillOffice
from quorate.assembly.organisation.membership import AdmitMember, SeatMember
from quorate.cli import main
from quorate.desk.answer import Caller
from quorate.web.house import House
from quorate.web.serve import prepare
from quorate.web.settings import Serving

HERE = Path(__file__).parents[1] / "bench" / "floor"
_address = re.compile(r"http://([\d.]+:\d+)")


def make_house(folder: Path, people: int) -> list[str]:
    """Make the house with so many members, all at its meeting; returns their ids, the chair's first."""
    now = datetime.now(UTC) - timedelta(minutes=1)
    text = (HERE / "hall.yaml").read_text(encoding="utf-8")
    acts = folder.with_name("hall.yaml")
    acts.write_text(
        text.replace("NOW", f"{now:%Y-%m-%d %H:%M}").replace("TODAY", f"{now:%Y-%m-%d}")
    )
    runner = CliRunner(env={"QUORATE_DIR": str(folder)})
    clerk = ["--clerk", "Ada Lint", "--handle", "ada", "--origin", "example.org/hall"]
    for args in (["init", "--name", "Hall", *clerk], ["act", str(acts)]):
        result = runner.invoke(main, args, catch_exceptions=False)
        assert result.exit_code == 0, result.output
    members = [f"p-hall{n:06}" for n in range(people)]
    with House(folder) as house:
        ada = house.read(lambda state: state.house().clerk)
        _all(house, ada, (_admission(n, each) for n, each in enumerate(members)))
        _all(house, ada, (SeatMember(body="members", member=each) for each in members))
        _all(house, ada, [FillOffice(office="chair", holder=members[0])])
        coming = (AdmitToMeeting(meeting="agm", attendee=each) for each in members)
        _all(house, members[0], coming)
        _all(house, members[0], [CallToOrder(meeting="agm")])
    return members


def _admission(n: int, member: str) -> AdmitMember:
    return AdmitMember(member=member, person=PersonalName(name=f"Member {n}", handle=f"m{n}"))


def _all(house: House, by: str, acts: Iterable[Act]) -> None:
    desk, waiting = house.desk(), []
    for each in acts:
        waiting.append(desk.submit(each, Caller(by=by, known_by="login")))
        if len(waiting) == 500:
            for one in waiting:
                one.wait()
            waiting.clear()
    for one in waiting:
        one.wait()


def sign_in(folder: Path, members: list[str], clients: Path) -> None:
    """Sign everybody in, and write for each the id and the cookie."""
    with House(folder, reading=True) as house:
        prepare(house, Serving(("127.0.0.1",), secure=False))
        auth = import_module("django.contrib.auth")
        store = import_module("django.contrib.sessions.backends.db").SessionStore
        accounts = import_module("quorate.web.accounts.models").Account.objects
        transaction = import_module("django.db.transaction")
        lines = []
        with transaction.atomic():
            for each in members:
                account, session = accounts.of(each), store()
                session[auth.SESSION_KEY] = str(account.pk)
                session[auth.BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
                session[auth.HASH_SESSION_KEY] = account.get_session_auth_hash()
                session.create()
                lines.append(f"{each}\tquorate-session={session.session_key}")
    clients.touch(mode=0o600)
    clients.write_text("\n".join(lines) + "\n")


def measure(people: int, window: float, reconnect: float, hall: str) -> None:
    """Print what so many people see and what the server uses."""
    with tempfile.TemporaryDirectory() as name:
        folder, clients = Path(name) / "house", Path(name) / "clients.tsv"
        members = make_house(folder, people)
        made = f"sign_in(Path({str(folder)!r}), {members!r}, Path({str(clients)!r}))"
        script = f"import runpy; globals().update(runpy.run_path({__file__!r})); from pathlib import Path; {made}"
        subprocess.run([sys.executable, "-"], input=script, text=True, check=True)
        command = [
            sys.executable,
            "-m",
            "quorate.cli",
            "serve",
            "--dir",
            str(folder),
            "--port",
            "0",
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                found = _address.search(server.stdout.readline())
                assert found is not None
                click.echo(f"-- {people} people, load {os.getloadavg()[0]:.1f}")
                given = ["--addr", found[1], "--n", str(people), "--clients", str(clients)]
                given += ["--window", str(window), "--reconnect", str(reconnect)]
                subprocess.run([hall, *given, "--pid", str(server.pid)], check=True)
                click.echo(f"-- load {os.getloadavg()[0]:.1f}")
            finally:
                server.terminate()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", nargs="*", type=int, default=[2000])
    parser.add_argument("--window", type=float, default=30, help="seconds in which all vote")
    parser.add_argument("--reconnect", type=float, default=20, help="seconds in which all return")
    asked = parser.parse_args()
    built = subprocess.run([HERE / "build.sh"], stdout=subprocess.PIPE, text=True, check=True)
    for each in asked.people:
        measure(each, asked.window, asked.reconnect, built.stdout.strip())
