"""`quorate ballot result`: the parts of enough trustees are put together, and the numbers shown."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from quorate.assembly.refusal import Refused
from quorate.ballots.chain import Stage
from quorate.ballots.decryption import check_decryption, combine_factors, missing_trustees
from quorate.ballots.question import Question
from quorate.ballots.result import open_tally, read_result, write_result
from quorate.cli.ballot.count import shuffled_tally
from quorate.cli.ballot.options import of_election
from quorate.cli.ballot.status import below_minimum, show_next, view_of, warn_of, warn_of_few
from quorate.cli.options import common
from quorate.cli.output import print_json, say, table
from quorate.polling.box import PollBox, find_archive, open_box, read_box
from quorate.polling.questions import title

MOST_RANKINGS = 20
"""Different rankings that are shown; the archive and `--json` have them all."""


class QuestionResult(msgspec.Struct):
    """The result of a question."""

    question: str
    answers: list[str]
    votes: list[int]
    """For each answer its votes, by weight; empty where answers are ranked."""
    blank: int | None
    """Blank votes; null where none are offered."""
    rankings: list[list[int]]
    """Where answers are ranked: of each ballot the numbers given to the answers, in an order that says nothing."""


@click.command()
@of_election
@common
def result(*, folder: Path, as_json: bool) -> None:
    """Put the parts of enough trustees together and publish the result; or show it, once it is there."""
    archive = find_archive(folder)
    if read_box(archive).stage is not Stage.PUBLISHED:
        _publish(archive)
    box = read_box(archive)
    results = results_of(box)
    if as_json:
        few, warnings = below_minimum(box), view_of(folder).warnings
        print_json(
            {
                "result": results,
                "archive": str(archive),
                "below_minimum": few,
                "warnings": warnings,
            }
        )
        return
    show_results(results)
    if below_minimum(box):
        warn_of_few(box.counted, box.minimum)
    view = view_of(folder)
    show_next(view)
    warn_of(view.warnings)


def results_of(box: PollBox) -> list[QuestionResult]:
    """The result of an election, for each question."""
    assert box.survey.published is not None
    counts = read_result(box.election, box.survey.published.result)
    return question_results(box.election.questions, counts)


def question_results(
    questions: Sequence[Any], counts: Sequence[Sequence[Any]]
) -> list[QuestionResult]:
    """The result of each question, from its counts."""
    return [
        QuestionResult(
            question=title(asked),
            answers=list(asked.answers),
            votes=list(count[asked.blank :]) if isinstance(asked, Question) else [],
            blank=count[0] if isinstance(asked, Question) and asked.blank else None,
            rankings=[] if isinstance(asked, Question) else [list(each) for each in count],
        )
        for asked, count in zip(questions, counts, strict=True)
    ]


def show_results(results: Sequence[QuestionResult]) -> None:
    """Print results for people."""
    for i, each in enumerate(results):
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


def _publish(archive: Path) -> None:
    with open_box(archive) as box:
        box.require(Stage.DECRYPTING, "result")
        owners = [each.owner for each in box.survey.decryptions]
        if missing := missing_trustees(box.trustees, owners):
            silent = [box.trustee(each) for group in missing for each in group]
            raise Refused("too-few-trustees", trustees=tuple(silent), number=sum(missing.values()))
        assert box.survey.tallied is not None
        shuffled = shuffled_tally(box)
        parts = {
            each.owner: check_decryption(
                box.election, shuffled, box.trustees.keys[each.owner - 1], each.owner, each.data
            )
            for each in box.survey.decryptions
        }
        factors = combine_factors(box.election, box.trustees, parts, [*map(len, shuffled)])
        # Nobody has verified what the tally is said to weigh.
        weight = min(
            box.survey.tallied.weight, sum(each.weight for each in box.credentials.values())
        )
        counts = open_tally(box.election, shuffled, factors, weight)
        box.append(lambda writer: writer.result(write_result(counts)))


def _show_rankings(shown: QuestionResult) -> None:
    tallied: dict[str, int] = {}
    for each in shown.rankings:
        ranked = sorted((n, answer) for n, answer in zip(each, shown.answers, strict=True) if n)
        words = ", ".join(f"{n} {answer}" for n, answer in ranked) or "(nothing ranked)"
        tallied[words] = tallied.get(words, 0) + 1
    if not tallied:
        say("No ballot was cast.")
        return
    rows = sorted(tallied.items(), key=lambda row: (-row[1], row[0]))
    table("", ("ranking", "ballots"), rows[:MOST_RANKINGS])
    if len(rows) > MOST_RANKINGS:
        say(f"and {len(rows) - MOST_RANKINGS} other rankings, in the archive")
