"""`quorate ballot stats`: how many, how large, how heavy, and how long it takes on this machine."""

import os
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import click
import msgspec

from quorate.ballots.ballot import check_ballot
from quorate.ballots.check import UnverifiedElection
from quorate.ballots.native import NativeEd25519
from quorate.canon.fault import Malformed
from quorate.cli.ballot.options import a_file
from quorate.cli.ballot.status import said_state
from quorate.cli.options import common
from quorate.cli.output import facts, print_json, say, table
from quorate.polling.box import PollBox, read_box

SAMPLE = 10
"""Ballots that are checked to see how long one takes."""


class WeightLine(msgspec.Struct):
    """The credentials of one weight."""

    weight: int
    credentials: int
    voted: int


class StatsView(msgspec.Struct):
    """Numbers of an archive; nothing is verified by them."""

    uuid: str
    name: str
    group: str
    state: str
    """As in `quorate ballot status`."""
    archive_bytes: int
    ballots_bytes: int
    """Of all ballots together."""
    largest_ballot_bytes: int
    credentials: int
    ballots: int
    """In the box, those included that were replaced."""
    voters: int
    """Credentials with which a ballot was cast."""
    not_voted: int
    voted_again: int
    """Credentials with which more than one ballot was cast."""
    weight: int
    """Of all credentials, in all."""
    weight_voted: int
    weights: list[WeightLine]
    shuffles: int
    decryptions: int
    native: bool
    """Whether the native extension does the arithmetic here."""
    read_seconds: float
    """How long it took to read the archive and its credentials."""
    ballot_check_ms: float | None
    """How long checking one ballot takes here, by a sample; null where there is none that holds."""
    verify_seconds: float | None
    """How long verifying all ballots would take about, on all cores of this machine."""


@click.command()
@click.argument("file", type=a_file, metavar="FILE.bel")
@common
def stats(*, file: Path, as_json: bool) -> None:
    """Say how many ballots an archive has, how large and how heavy they are, and how long checking takes here.

    Nothing is verified by this.
    """
    began = time.perf_counter()
    box = read_box(file)
    _ = box.credentials
    view = _view(box, time.perf_counter() - began)
    if as_json:
        print_json({"stats": view})
        return
    _say(view)


def _view(box: PollBox, read_seconds: float) -> StatsView:
    survey, credentials = box.survey, box.credentials
    cast = Counter(each.credential for each in survey.slips)
    total = Counter(each.weight for each in credentials.values())
    voted = Counter(credentials[each].weight for each in survey.last if each in credentials)
    each_ms = _check_ms(box)
    count = len(survey.slips)
    return StatsView(
        uuid=box.election.uuid,
        name=box.election.name,
        group=box.election.group.name,
        state=box.stage.name.lower(),
        archive_bytes=box.path.stat().st_size,
        ballots_bytes=sum(each.size for each in survey.slips),
        largest_ballot_bytes=max((each.size for each in survey.slips), default=0),
        credentials=len(credentials),
        ballots=count,
        voters=len(survey.last),
        not_voted=len(credentials) - len(survey.last),
        voted_again=sum(times > 1 for times in cast.values()),
        weight=sum(each.weight for each in credentials.values()),
        weight_voted=sum(weight * times for weight, times in voted.items()),
        weights=[WeightLine(each, total[each], voted[each]) for each in sorted(total)],
        shuffles=len(survey.shuffles),
        decryptions=len(survey.decryptions),
        native=isinstance(box.election.group, NativeEd25519),
        read_seconds=round(read_seconds, 3),
        ballot_check_ms=each_ms,
        verify_seconds=_estimate(each_ms, count),
    )


def _check_ms(box: PollBox) -> float | None:
    """Milliseconds for one ballot: the quickest of a few, spread over the box, so that a busy moment counts less."""
    slips = box.survey.slips
    timings = []
    with box.path.open("rb") as stream:
        for slip in slips[:: max(1, len(slips) // SAMPLE)][:SAMPLE]:
            stream.seek(slip.at)
            data = stream.read(slip.size)
            began = time.perf_counter()
            with suppress(Malformed, UnverifiedElection):
                check_ballot(box.election, box.credentials, data)
                timings.append(1000 * (time.perf_counter() - began))
    return round(min(timings), 2) if timings else None


def _estimate(each_ms: float | None, count: int) -> float | None:
    return None if each_ms is None else round(each_ms * count / 1000 / (os.cpu_count() or 1), 1)


def _say(view: StatsView) -> None:
    say(view.name)
    facts(
        [
            ("election", view.uuid),
            ("group", view.group),
            ("state", said_state(view.state)),
            ("archive", f"{view.archive_bytes:,} bytes"),
            ("credentials", f"{view.credentials} = {view.voters} voted + {view.not_voted} did not"),
            ("ballots", f"{view.ballots}; {view.voted_again} voted more than once"),
            ("ballot sizes", _sizes(view)),
            ("shuffles", view.shuffles or ""),
            ("decryptions", view.decryptions or ""),
            ("reading", f"{view.read_seconds:.2f} s"),
            ("checking", _timing(view)),
        ]
    )
    if [each.weight for each in view.weights] != [1]:
        say()
        table(
            f"Weights ({view.weight_voted} of {view.weight} voted)",
            ("weight", "credentials", "voted"),
            [(each.weight, each.credentials, each.voted) for each in view.weights],
        )


def _sizes(view: StatsView) -> str:
    if not view.ballots:
        return ""
    mean = view.ballots_bytes // view.ballots
    return f"{mean:,} bytes on average, {view.largest_ballot_bytes:,} at most"


def _timing(view: StatsView) -> str:
    if view.ballot_check_ms is None:
        return ""
    how = ", by the native extension" if view.native else ""
    return f"{view.ballot_check_ms} ms for a ballot, about {view.verify_seconds} s for all{how}"
