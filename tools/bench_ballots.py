"""`make bench-ballots`: secret ballots made and verified by us, and verified by belenios-tool, on the same archives in one run.

Every verification is timed as a process of its own, from its start to its end, for us as for the tool. We check every proof
of every ballot. From 3.0 on the tool's `election verify-ballot` is timed as well, on some of the ballots, each in a
process of its own.
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
from typing import NamedTuple

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


class Timed(NamedTuple):
    """A command that ran to its end."""

    seconds: float
    of_processors: float
    """Seconds of all cores: what it costs whatever else runs beside it."""
    said: str


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
    """The table of one archive: what each way took, and how many times as fast as the tool it is."""
    click.echo(f"\n{ballots} ballots in {group}:\n")
    click.echo(
        "| | seconds | of processors | times as fast as the tool |\n| --- | --- | --- | --- |"
    )
    witness = find_witness(group)
    tool = show_tool(witness, archive, ballots) if witness else None
    if group == CURVE and not is_here:
        click.echo("| ours, native | the extension is not built here | | |")
    for name, arguments in ways(group, processes):
        took = timed([sys.executable, __file__, "verify", archive, *arguments])
        assert json.loads(took.said)["counted"] == ballots
        _row(f"ours, {name}", took, f"{tool.seconds / took.seconds:.1f}" if tool else "")
    empty = archive.parent / "setup" / archive.name
    _row("ours, no ballots", timed([sys.executable, __file__, "verify", empty]))


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


def show_tool(witness: Path, archive: Path, ballots: int) -> Timed:
    """The rows of the tool; what its `election verify` took."""
    version = timed([witness, "--version"]).said.split()[0]
    command = [witness, "election", "verify", "--dir", archive.parent]
    whole = timed(command)
    _row(f"tool {version}, election verify", whole, "1")
    if int(version.split(".")[0]) >= 3:
        _row("the same with --skip-ballot-check", timed([*command, "--skip-ballot-check"]))
        each = ballot_time(witness, archive)
        click.echo(f"| its verify-ballot, {ballots} times (reckoned) | {each * ballots:.1f} | | |")
        click.echo(f"| its verify-ballot, one ballot | {each:.3f} | | |")
        click.echo(f"| its start | {timed([witness, '--version']).seconds:.3f} | | |")
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
        took += timed([witness, "election", "verify-ballot", *given]).seconds
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
        said = json.loads(timed([sys.executable, __file__, "make", *arguments]).said)
        click.echo(f"| {name} | {said['milliseconds']:.2f} |")


def show_large(archive: Path, ballots: int, processes: int) -> None:
    """A line for an archive: whether time is linear in ballots, and how much memory it took."""
    command = [sys.executable, __file__, "verify", archive, "--processes", processes]
    took = timed(command)
    memory = json.loads(took.said)
    click.echo(
        f"\n{ballots} ballots verified in {took.seconds:.1f} s, "
        f"{took.seconds / ballots * 1e6:.0f} µs a ballot, "
        f"{memory['mebibytes']:.0f} MiB and {memory['of_a_child']:.0f} MiB in each process"
    )


def timed(command: list[object]) -> Timed:
    """What a command took from start to end, with its children, and what it printed."""
    begun, used = time.perf_counter(), _processor_time()
    done = subprocess.run([*map(str, command)], check=True, capture_output=True, text=True)
    return Timed(time.perf_counter() - begun, _processor_time() - used, done.stdout)


def _processor_time() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _row(name: str, took: Timed, ratio: str = "") -> None:
    click.echo(f"| {name} | {took.seconds:.2f} | {took.of_processors:.2f} | {ratio} |")


if __name__ == "__main__":
    main()
