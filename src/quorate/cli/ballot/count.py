"""`quorate ballot tally` and `shuffle`: from the close of the box to what the trustees decrypt."""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import click

from quorate.assembly.refusal import Refused
from quorate.ballots import native
from quorate.ballots.ballots_check import CHUNK, Report, check_ballots
from quorate.ballots.chain import Stage
from quorate.ballots.shuffle import check_shuffle, make_shuffle
from quorate.ballots.tally import (
    Tally,
    ranked_lists,
    read_tally,
    with_ranked,
    write_tally,
)
from quorate.canon.fault import Malformed
from quorate.cli.ballot.options import a_file, of_election
from quorate.cli.ballot.status import report
from quorate.cli.options import common
from quorate.cli.output import warn
from quorate.cli.progress import progress
from quorate.polling.box import OpenPollBox, PollBox, find_archive, open_box
from quorate.polling.files import read_file, write_public
from quorate.polling.folder import trustee_number


@click.command()
@of_election
@click.option("--close", is_flag=True, help="End the vote, for good.")
@click.option("--few", is_flag=True, help="End it though fewer ballots count than the minimum.")
@common
def tally(*, folder: Path, close: bool, few: bool, as_json: bool) -> None:
    """Close the box, check every ballot, and add them up while they are encrypted.

    A closed box takes no more ballots, and below the minimum that the election says trustees do not open it: then it is
    closed only with --few.
    """
    with open_box(find_archive(folder)) as box:
        # Before anything is closed: with a list that cannot be read there would be no tally.
        _ = box.credentials
        if box.stage is Stage.OPEN:
            _require_meant(box, close=close, few=few)
            box.append(lambda writer: writer.end_ballots())
        box.require(Stage.CLOSED, "tally")
        added, weight = _add_up(box)
        box.append(lambda writer: writer.tally(write_tally(added), len(box.survey.last), weight))
    if box.is_below_minimum:
        warn(f"Ballots that count are {box.counted}, and not {box.minimum} or more:")
        warn("no trustee opens them but with --few.")
    message = (
        "The box is closed, and the ballots are added up, still encrypted."
        f" In the box: {len(box.survey.slips)}; counted: {box.counted}; superseded: {box.superseded};"
        f" minimum: {box.minimum}."
    )
    _report(folder, message, box, as_json=as_json)


@click.command()
@click.argument("name", required=False, metavar="[TRUSTEE]")
@of_election
@click.option("--out", type=a_file, metavar="FILE", help="Only write the shuffle to FILE.")
@click.option("--part", type=a_file, metavar="FILE", help="Add what TRUSTEE made elsewhere.")
@click.option("--end", is_flag=True, help="Go on without those who have not shuffled.")
@common
def shuffle(
    *,
    name: str | None,
    folder: Path,
    out: Path | None,
    part: Path | None,
    end: bool,
    as_json: bool,
) -> None:
    """Put the ranked ballots into an order that only this machine knows and forgets, with a proof that they are the same.

    Each trustee does it in turn, on a machine of their own: while one of them is honest, no ranking can be traced.
    """
    if (name is None) is not end or [out is None, part is None, not end].count(False) > 1:
        raise Malformed("", "the name of a trustee, and --out or --part if you like; or --end")
    with open_box(find_archive(folder)) as box:
        box.require(Stage.SHUFFLING, "shuffle")
        if name is None:
            if not box.survey.shuffles:
                raise Refused("not-shuffled")
            box.append(lambda writer: writer.end_shuffles())
            message = "The shuffles are over."
        else:
            message = _shuffle(box, trustee_number(box.trustees.names, name), out, part)
    _report(folder, message, box, as_json=as_json)


def executor_for(group: str, ballots: int) -> ProcessPoolExecutor | nullcontext[None]:
    """Processes, if there are many ballots, else none; warns if the work could be done faster."""
    if ballots > CHUNK and group == native.NativeEd25519.name and not native.is_here:
        warn("The native extension is not here; it would check these ballots several times faster.")
    return ProcessPoolExecutor() if ballots > CHUNK else nullcontext()


def told(tell: Callable[[int, int], None] | None) -> Report | None:
    """A report to a progress bar on how many ballots have been checked; None without a bar."""
    return None if tell is None else lambda passed: tell(passed.checked, passed.total)


def _report(folder: Path, message: str, box: PollBox, *, as_json: bool) -> None:
    """Print what was done and, where trustees decrypt next, the tally head by which they know what."""
    head = box.survey.chain.tally_head
    if head:
        message += " Announce this tally head to all trustees, by another way than with the folder:"
    report(folder, message, as_json=as_json, copied=head)


def _require_meant(box: PollBox, *, close: bool, few: bool) -> None:
    """Return if an open box is to be closed as it is, else raise Refused: nothing can open it again."""
    if not close:
        raise Refused(
            "still-open", counted=box.counted, superseded=box.superseded, minimum=box.minimum
        )
    if box.is_below_minimum and not few:
        raise Refused("too-few-to-close", counted=box.counted, minimum=box.minimum)


def _add_up(box: OpenPollBox) -> tuple[Tally, int]:
    """The tally of all ballots that count, and their weight; every ballot is checked."""
    survey = box.survey
    with (
        executor_for(box.election.group.name, len(survey.slips)) as executor,
        progress("checking ballots") as tell,
    ):
        added = check_ballots(
            box.election,
            box.credentials,
            survey,
            box.stream,
            executor=executor,
            report=told(tell),
        )
    return added, sum(box.credentials[each].weight for each in survey.last)


def _shuffle(box: OpenPollBox, owner: int, out: Path | None, part: Path | None) -> str:
    shuffles = box.survey.shuffles
    if owner in {each.owner for each in shuffles}:
        raise Refused("done-already", trustee=box.trustee(owner), asked_of="shuffled")
    before = ranked_lists(box.election, shuffled_tally(box))
    if part is None:
        data = make_shuffle(box.election, before, os.urandom)
    else:
        data = read_file(part)
        check_shuffle(box.election, before, data, len(shuffles) + 1)
    if out is not None:
        write_public(out, data)
        return f"{box.trustee(owner)} has shuffled into {out}, which is not in the archive yet."
    box.append(lambda writer: writer.shuffle(owner, data))
    if len({owner, *(each.owner for each in shuffles)}) < len(box.trustees.keys):
        return f"{box.trustee(owner)} has shuffled."
    box.append(lambda writer: writer.end_shuffles())
    return f"{box.trustee(owner)} has shuffled, the last of all."


def shuffled_tally(box: PollBox) -> Tally:
    """The tally, its ranked lists as the last shuffle left them; every shuffle is checked."""
    assert box.survey.tallied is not None
    added = read_tally(box.election, box.survey.tallied.tally)
    lists = ranked_lists(box.election, added)
    for number, each in enumerate(box.survey.shuffles, 1):
        lists = check_shuffle(box.election, lists, each.data, number)
    return with_ranked(box.election, added, lists)
