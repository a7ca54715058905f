"""`quorate ballot tally`, `shuffle`, `decrypt` and `result`: from the close of the box to the numbers.

Before a trustee's key is used, the archive is verified up to there: nothing else keeps a key from opening what is no tally.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click
import msgspec

from quorate.ballots.ballots_check import CHUNK, Report, check_ballots
from quorate.ballots.chain import State
from quorate.ballots.decryption import (
    check_decryption,
    combine_factors,
    decrypt_partially,
    missing_trustees,
)
from quorate.ballots.question import Question
from quorate.ballots.result import open_tally, read_result, write_result
from quorate.ballots.shuffle import check_shuffle, make_shuffle
from quorate.ballots.tally import (
    Tally,
    ranked_lists,
    read_tally,
    with_ranked,
    write_tally,
)
from quorate.ballots.verify import verify
from quorate.canon.fault import Malformed
from quorate.cli.ballot_box import Box, NotNow, OpenBox, find_archive, open_box, read_box
from quorate.cli.ballot_files import read_secret
from quorate.cli.ballot_folder import trustee_number
from quorate.cli.ballot_options import a_file, of_election
from quorate.cli.ballot_questions import title
from quorate.cli.ballot_status import report, show_next, view_of
from quorate.cli.ballot_trustee import read_key_file
from quorate.cli.options import common
from quorate.cli.output import print_json, say, table
from quorate.cli.progress import progress

MOST_RANKINGS = 20
"""Different rankings that are shown; the archive and `--json` have them all."""


class QuestionResult(msgspec.Struct):
    """What a question came to."""

    question: str
    answers: list[str]
    votes: list[int]
    """For each answer its votes, by weight; empty where answers are ranked."""
    blank: int | None
    """Blank votes; null where none are offered."""
    rankings: list[list[int]]
    """Where answers are ranked: of each ballot the numbers given to the answers, in an order that says nothing."""


@click.command(short_help="Close the box and add the ballots up, encrypted.")
@of_election
@click.option("--close", is_flag=True, help="End the vote, for good.")
@common
def tally(*, folder: Path, close: bool, as_json: bool) -> None:
    """Close the box, check every ballot, and add them up while they are encrypted."""
    with open_box(find_archive(folder)) as box:
        if box.state is State.OPEN:
            if not close:
                hint = "`--close` ends it for good"
                raise NotNow(
                    "still-open", f"the box is open, with {len(box.survey.slips)} ballots", hint
                )
            box.append(lambda writer: writer.end_ballots())
        box.require(State.CLOSED, "no tally can be made")
        added, weight = _add_up(box)
        box.append(lambda writer: writer.tally(write_tally(added), len(box.survey.last), weight))
    counted, cast = len(box.survey.last), len(box.survey.slips)
    said = f"The box is closed: {cast} ballots, of which {counted} count. They are added up, and still encrypted."
    report(folder, said, as_json=as_json)


@click.command(short_help="A trustee shuffles ranked ballots.")
@click.argument("name", required=False, metavar="[TRUSTEE]")
@of_election
@click.option("--end", is_flag=True, help="Go on without those who have not shuffled.")
@common
def shuffle(*, name: str | None, folder: Path, end: bool, as_json: bool) -> None:
    """Put the ranked ballots into an order that only this machine knows and forgets, with a proof that they are the same.

    Each trustee does it in turn, on a machine of their own: while one of them is honest, no ranking can be traced.
    """
    if (name is None) is not end:
        raise Malformed("", "the name of a trustee, or --end")
    with open_box(find_archive(folder)) as box:
        box.require(State.SHUFFLING, "nothing can be shuffled")
        if name is None:
            if not box.survey.shuffles:
                raise NotNow("not-shuffled", "nobody has shuffled: each ranking could be traced")
            box.append(lambda writer: writer.end_shuffles())
            said = "The shuffles are over."
        else:
            said = _shuffle(box, trustee_number(box.trustees.names, name))
    report(folder, said, as_json=as_json)


@click.command(short_help="A trustee decrypts the tally, in part.")
@of_election
@click.option(
    "--key", "file", type=a_file, required=True, metavar="FILE", help="The trustee's own key file."
)
@common
def decrypt(*, folder: Path, file: Path, as_json: bool) -> None:
    """Decrypt the tally with a trustee's key, as far as one trustee can. The archive is verified before the key is used."""
    archive = find_archive(folder)
    with open_box(archive) as box:
        box.require(State.DECRYPTING, "nothing can be decrypted")
        owner, key = _owner(box, file)
        if owner in {each.owner for each in box.survey.decryptions}:
            raise NotNow("done-already", f"{box.trustee(owner)} has decrypted already")
        _verify(box)
        opened = _shuffled(box)
        data = decrypt_partially(box.election, opened, key, os.urandom)
        check_decryption(box.election, opened, box.trustees.keys[owner - 1], owner, data)
        box.append(lambda writer: writer.decryption(owner, data))
    said = f"{box.trustee(owner)} has decrypted; the archive was verified before."
    report(folder, said, as_json=as_json)


@click.command(short_help="Put the trustees' parts together: the result.")
@of_election
@common
def result(*, folder: Path, as_json: bool) -> None:
    """Put the parts of enough trustees together and publish the result; or show it, once it is there."""
    archive = find_archive(folder)
    if read_box(archive).state is not State.PUBLISHED:
        _publish(archive)
    box = read_box(archive)
    shown = results_of(box)
    if as_json:
        print_json({"result": shown, "archive": str(archive)})
        return
    show_results(shown)
    show_next(view_of(folder))


def results_of(box: Box) -> list[QuestionResult]:
    """The result of an election, for each question."""
    assert box.survey.published is not None
    counts = read_result(box.election, box.survey.published.result)
    return question_results(box.election.questions, counts)


def question_results(
    questions: Sequence[Any], counts: Sequence[Sequence[Any]]
) -> list[QuestionResult]:
    """Counts beside what they are of."""
    return [
        QuestionResult(
            question=title(asked),
            answers=list(asked.answers),
            votes=list(said[asked.blank :]) if isinstance(asked, Question) else [],
            blank=said[0] if isinstance(asked, Question) and asked.blank else None,
            rankings=[] if isinstance(asked, Question) else [list(each) for each in said],
        )
        for asked, said in zip(questions, counts, strict=True)
    ]


def show_results(shown: Sequence[QuestionResult]) -> None:
    """Print results for people."""
    for i, each in enumerate(shown):
        if i:
            say()
        say(each.question)
        if each.votes:
            rows: list[tuple[object, object]] = list(zip(each.answers, each.votes, strict=True))
            if each.blank is not None:
                rows.append(("(blank)", each.blank))
            table("", ("answer", "votes"), rows)
        else:
            _show_rankings(each)


def executor_for(ballots: int) -> ProcessPoolExecutor | nullcontext[None]:
    """Processes, where there is work for more than one."""
    return ProcessPoolExecutor() if ballots > CHUNK else nullcontext()


def told(tell: Callable[[int, int], None] | None) -> Report | None:
    """What tells a progress bar how many ballots have been checked."""
    return None if tell is None else lambda passed: tell(passed.checked, passed.total)


def _add_up(box: OpenBox) -> tuple[Tally, int]:
    """The tally of all ballots that count, and their weight; every ballot is checked."""
    found = box.survey
    with executor_for(len(found.slips)) as executor, progress("checking ballots") as tell:
        added = check_ballots(
            box.election,
            box.credentials,
            found,
            box.stream,
            executor=executor,
            report=told(tell),
        )
    return added, sum(box.credentials[each].weight for each in found.last)


def _shuffle(box: OpenBox, owner: int) -> str:
    shuffles = box.survey.shuffles
    if owner in {each.owner for each in shuffles}:
        raise NotNow("done-already", f"{box.trustee(owner)} has shuffled already")
    data = make_shuffle(box.election, ranked_lists(box.election, _shuffled(box)), os.urandom)
    box.append(lambda writer: writer.shuffle(owner, data))
    if len({owner, *(each.owner for each in shuffles)}) < len(box.trustees.keys):
        return f"{box.trustee(owner)} has shuffled."
    box.append(lambda writer: writer.end_shuffles())
    return f"{box.trustee(owner)} has shuffled, the last of all."


def _shuffled(box: Box) -> Tally:
    """The tally, its ranked lists as the last shuffle left them; every shuffle is checked."""
    assert box.survey.tallied is not None
    added = read_tally(box.election, box.survey.tallied.tally)
    lists = ranked_lists(box.election, added)
    for number, each in enumerate(box.survey.shuffles, 1):
        lists = check_shuffle(box.election, lists, each.data, number)
    return with_ranked(box.election, added, lists)


def _owner(box: Box, file: Path) -> tuple[int, int]:
    """Whose key is in a file, and the key."""
    group = box.election.group
    read_secret(file)
    key = read_key_file(group, file)
    public = group.text(group.power(group.generator, key))
    if public not in box.trustees.key_texts:
        raise Malformed(str(file), "the key file of a trustee of this election")
    return box.trustees.key_texts.index(public) + 1, key


def _verify(box: OpenBox) -> None:
    with executor_for(len(box.survey.slips)) as executor, progress("verifying") as tell:
        verify(box.stream, executor=executor, report=told(tell))


def _publish(archive: Path) -> None:
    with open_box(archive) as box:
        box.require(State.DECRYPTING, "there can be no result")
        owners = [each.owner for each in box.survey.decryptions]
        if wanted := missing_trustees(box.trustees, owners):
            raise NotNow(
                "too-few-trustees",
                "; ".join(_wanted(box, silent, count) for silent, count in wanted.items()),
                "nothing is lost: `quorate ballot decrypt` when they are here, and then this again",
            )
        assert box.survey.tallied is not None
        opened = _shuffled(box)
        given = {
            each.owner: check_decryption(
                box.election, opened, box.trustees.keys[each.owner - 1], each.owner, each.data
            )
            for each in box.survey.decryptions
        }
        factors = combine_factors(box.election, box.trustees, given, [*map(len, opened)])
        counts = open_tally(box.election, opened, factors, box.survey.tallied.weight)
        box.append(lambda writer: writer.result(write_result(counts)))


def _wanted(box: Box, silent: Sequence[int], count: int) -> str:
    names = ", ".join(box.trustee(each) for each in silent)
    if len(silent) == 1:
        return f"{names} has not decrypted yet"
    return f"too few trustees have decrypted; {count} more of these are needed: {names}"


def _show_rankings(shown: QuestionResult) -> None:
    tallied: dict[str, int] = {}
    for each in shown.rankings:
        ranked = sorted((n, answer) for n, answer in zip(each, shown.answers, strict=True) if n)
        words = ", ".join(f"{n} {answer}" for n, answer in ranked) or "(nothing ranked)"
        tallied[words] = tallied.get(words, 0) + 1
    rows = sorted(tallied.items(), key=lambda row: (-row[1], row[0]))
    table("", ("ranking", "ballots"), rows[:MOST_RANKINGS])
    if len(rows) > MOST_RANKINGS:
        say(f"and {len(rows) - MOST_RANKINGS} other rankings, in the archive")
