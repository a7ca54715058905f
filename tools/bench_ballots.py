"""`make bench-ballots`: secret ballots made and verified by us, and verified by belenios-tool, on the same archives in one run.

Every verification is timed as a process of its own, from its start to its end, for us as for the tool. We check every proof
of every ballot. What `election verify` of the tool checks differs by version; from 3.0 on `election verify-ballot` is timed
as well, on some of the ballots, each in a process of its own.
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from os import urandom
from pathlib import Path

import click

LIBSODIUM = "--libsodium"
if LIBSODIUM in sys.argv:
    sys.modules["quorate_native"] = None  # type: ignore[assignment]  # as if it were not installed

from bench_archive import PICKED, build_archive, open_election  # noqa: E402

from quorate.ballots.archive import read_records  # noqa: E402
from quorate.ballots.ballot import make_ballot  # noqa: E402
from quorate.ballots.credential import draw_credential  # noqa: E402
from quorate.ballots.election import read_election  # noqa: E402
from quorate.ballots.native import is_here  # noqa: E402
from quorate.ballots.steps import BallotCast, read_steps  # noqa: E402
from quorate.ballots.verify import verify as verify_archive  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
FIELD, CURVE = "BELENIOS-2048", "Ed25519"
SAMPLE = 20
"""Ballots that `verify-ballot` is timed on."""
MADE = 200
"""Ballots that are made for a time."""
LARGE = (10_000, 100_000)


@click.group()
def main() -> None:
    """Secret ballots: how fast they are made and verified."""


@main.command()
@click.option("--ballots", default=500, show_default=True)
@click.option("--processes", default=2, show_default=True)
@click.option("--large", is_flag=True, help="Also 10,000 and 100,000 ballots, without the tool.")
def table(ballots: int, processes: int, large: bool) -> None:  # noqa: FBT001 — click
    """Make archives, verify them in every way that is here, and print how the times compare."""
    with tempfile.TemporaryDirectory() as folder:
        for group in (CURVE, FIELD):
            at = Path(folder) / group
            archive = build_archive(at, group, ballots, processes)
            show_verifying(archive, group, ballots, processes)
        show_making()
        for count in LARGE if large else ():
            archive = build_archive(Path(folder) / str(count), CURVE, count, processes)
            show_large(archive, count, processes)


@main.command()
@click.argument("archive", type=Path)
@click.option("--processes", default=2)
@click.option(LIBSODIUM, is_flag=True, help="As if the native extension were not installed.")
def verify(archive: Path, processes: int, libsodium: bool) -> None:  # noqa: ARG001, FBT001 — read at the top
    """Verify an archive: JSON of how many ballots count, and of the memory that this process and a child took."""
    with archive.open("rb") as stream:
        if processes == 1:
            verified = verify_archive(stream)
        else:
            with ProcessPoolExecutor(processes) as executor:
                verified = verify_archive(stream, executor=executor)
    users = {"mebibytes": resource.RUSAGE_SELF, "of_a_child": resource.RUSAGE_CHILDREN}
    memory = {name: resource.getrusage(each).ru_maxrss / 1024 for name, each in users.items()}
    click.echo(json.dumps({"counted": verified.counted} | memory))


@main.command()
@click.argument("group")
@click.option(LIBSODIUM, is_flag=True, help="As if the native extension were not installed.")
def make(group: str, libsodium: bool) -> None:  # noqa: ARG001, FBT001 — read at the top
    """Make ballots one after the other: JSON of the milliseconds for each."""
    private = draw_credential(urandom)
    election = read_election(open_election(group, (private,))[0])
    make_ballot(election, private, [PICKED[0]], urandom)
    begun = time.perf_counter()
    for i in range(MADE):
        make_ballot(election, private, [PICKED[i % len(PICKED)]], urandom)
    click.echo(json.dumps({"milliseconds": (time.perf_counter() - begun) / MADE * 1000}))


def show_verifying(archive: Path, group: str, ballots: int, processes: int) -> None:
    """The table of one archive: seconds, and how many times faster than the first row we are."""
    click.echo(f"\n{ballots} ballots in {group}, {processes} processes:\n")
    click.echo("| | seconds | times as fast as the tool |\n| --- | --- | --- |")
    if group == CURVE and not is_here:
        click.echo("| ours, native | the extension is not built here | |")
    witness = find_witness(group)
    slowest = show_tool(witness, archive, ballots) if witness else None
    for name, arguments in ways(group, processes):
        took, said = timed([sys.executable, __file__, "verify", archive, *arguments])
        assert json.loads(said)["counted"] == ballots
        ratio = f"{slowest / took:.1f}" if slowest else ""
        click.echo(f"| ours, {name} | {took:.2f} | {ratio} |")


def ways(group: str, processes: int) -> list[tuple[str, list[str]]]:
    """In which we can verify here, by name, with the arguments of `verify`."""
    shared = ["--processes", str(processes)]
    if group != CURVE:
        return [(f"{processes} processes", shared)]
    sodium = [(f"libsodium, {processes} processes", [*shared, LIBSODIUM])]
    if not is_here:
        return sodium
    threads = ("native, threads of one process", ["--processes", "1"])
    return [(f"native, {processes} processes", shared), threads, *sodium]


def show_tool(witness: Path, archive: Path, ballots: int) -> float:
    """The rows of the tool; the seconds of its `election verify`."""
    version = timed([witness, "--version"])[1].split()[0]
    at = ("--dir", archive.parent)
    whole = timed([witness, "election", "verify", *at])[0]
    click.echo(f"| tool {version}, election verify | {whole:.2f} | 1 |")
    if int(version.split(".")[0]) >= 3:
        rest = timed([witness, "election", "verify", *at, "--skip-ballot-check"])[0]
        click.echo(f"| the same with --skip-ballot-check | {rest:.2f} | |")
        each, start = ballot_time(witness, archive), timed([witness, "--version"])[0]
        click.echo(f"| its verify-ballot, one ballot (start alone: {start:.3f}) | {each:.3f} | |")
        click.echo(f"| its verify-ballot, {ballots} ballots (reckoned) | {each * ballots:.1f} | |")
    return whole


def ballot_time(witness: Path, archive: Path) -> float:
    """The seconds of `verify-ballot`, on average over some ballots of an archive."""
    setup = archive.parent / "setup"
    with archive.open("rb") as stream:
        steps = (each for each in read_steps(read_records(stream)) if isinstance(each, BallotCast))
        ballots = [each.data for each, _ in zip(steps, range(SAMPLE), strict=False)]
    took = 0.0
    for ballot in ballots:
        (setup / "ballot.json").write_bytes(ballot)
        given = ("--dir", setup, "--ballot", setup / "ballot.json")
        took += timed([witness, "election", "verify-ballot", *given])[0]
    return took / len(ballots)


def find_witness(group: str) -> Path | None:
    """The tool to compare with: on Ed25519 the newest that is unpacked, in fields the one that is installed."""
    unpacked = [ROOT / "build/witness" / suite / "belenios-tool" for suite in ("sid", "trixie")]
    installed = [Path(each) for each in [shutil.which("belenios-tool")] if each]
    found = [each for each in (unpacked if group == CURVE else installed) if each.exists()]
    return found[0] if found else None


def show_making() -> None:
    """The table of making ballots."""
    click.echo("\nMaking a ballot, one after the other in one process:\n")
    click.echo("| | milliseconds |\n| --- | --- |")
    native = [("native", [CURVE])] if is_here else []
    for name, arguments in [*native, ("libsodium", [CURVE, LIBSODIUM]), (FIELD, [FIELD])]:
        _, said = timed([sys.executable, __file__, "make", *arguments])
        click.echo(f"| {name} | {json.loads(said)['milliseconds']:.2f} |")


def show_large(archive: Path, ballots: int, processes: int) -> None:
    """A line for an archive: whether time is linear in ballots, and how much memory it took."""
    took, said = timed([sys.executable, __file__, "verify", archive, "--processes", str(processes)])
    memory = json.loads(said)
    click.echo(
        f"\n{ballots} ballots verified in {took:.1f} s, {took / ballots * 1e6:.0f} µs a ballot, "
        f"{memory['mebibytes']:.0f} MiB and {memory['of_a_child']:.0f} MiB in each process"
    )


def timed(command: list[object]) -> tuple[float, str]:
    """The seconds that a command took from start to end, and what it printed."""
    begun = time.perf_counter()
    done = subprocess.run([*map(str, command)], check=True, capture_output=True, text=True)
    return time.perf_counter() - begun, done.stdout


if __name__ == "__main__":
    main()
