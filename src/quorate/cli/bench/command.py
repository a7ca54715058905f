"""`quorate bench`: how fast this machine keeps a record, as ratios measured in one run. No test rests on it."""

import tempfile
from pathlib import Path

import click

from quorate.cli.bench.fold import Scale, measure_fold
from quorate.cli.bench.sitting import measure_sittings
from quorate.cli.bench.votes import BY_CALLERS, Crowd, measure_votes
from quorate.cli.options import common
from quorate.cli.output import print_json, table


@click.command()
@click.option(
    "--store",
    "stores",
    multiple=True,
    metavar="URL",
    help="Where to vote: sqlite (the default) or postgresql://... without a password.",
)
@click.option("--voters", default=10_000, show_default=True, help="Members who vote at once.")
@click.option(
    "--at-once", default=64, show_default=True, help="How many wait for an answer at once."
)
@click.option(
    "--callers",
    multiple=True,
    type=click.Choice(list(BY_CALLERS)),
    help="What each of them waits in.  [default: both]",
)
@click.option(
    "--entries",
    default=1_000_000,
    show_default=True,
    help="Entries of the record that is folded and verified; 0 leaves that out.",
)
@click.option("--members", default=100_000, show_default=True, help="Members in that record.")
@click.option(
    "--people",
    "sizes",
    multiple=True,
    type=click.IntRange(20),
    default=(100, 1_000, 10_000, 100_000),
    help="How many are at the sittings whose acts and views are timed.  [default: 100 to 100,000]",
)
@click.option("--no-sittings", is_flag=True, help="Leave the sittings out.")
@common
def bench(
    *,
    stores: tuple[str, ...],
    voters: int,
    at_once: int,
    callers: tuple[str, ...],
    entries: int,
    members: int,
    sizes: tuple[int, ...],
    no_sittings: bool,
    as_json: bool,
) -> None:
    """Measure durable votes, the fold of a record, its verification, and sittings of up to 100,000, in a temporary folder.

    Every rate stands beside one of the same bytes written with no rules around them, in the same run: what is said of
    Quorate is the ratio; the rest is this machine.
    """
    results: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="quorate-bench-") as folder:
        votes = [
            measure_votes(url, Path(folder), voters, Crowd(each, at_once))
            for url in stores or ("sqlite",)
            for each in callers or BY_CALLERS
        ]
        results["votes"] = votes
        if not as_json:
            _show_votes(votes)
        if entries:
            fold = measure_fold(Path(folder), Scale(entries, members))
            results["fold"] = fold
            if not as_json:
                _show("Fold and verification", fold)
    if not no_sittings:
        results["sittings"] = sittings = measure_sittings(sizes)
        if not as_json:
            _show("What a sitting costs, in ms of processor, by how many are present", sittings)
    if as_json:
        print_json(results)


def _show_votes(votes: list[dict[str, object]]) -> None:
    """One column for each store: the names of what is measured are long."""
    names = list(votes[0])[1:]
    heads = ["", *(str(row["store"]) for row in votes)]
    table("Durable votes", heads, [[name, *(_cell(row[name]) for row in votes)] for name in names])


def _show(title: str, rows: list[dict[str, object]]) -> None:
    names = list(rows[0])
    table(title, names, [[_cell(row[name]) for name in names] for row in rows])


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
