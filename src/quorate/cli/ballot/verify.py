"""`quorate ballot verify`: any archive of format version 1, with no organisation and no secret."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import click
import msgspec

from quorate.ballots.check import Check
from quorate.ballots.election import read_election
from quorate.ballots.monitoring import Known
from quorate.ballots.progress import Passed, Progress, read_progress, write_progress
from quorate.ballots.steps import PollSetup
from quorate.ballots.survey import survey_archive
from quorate.ballots.verify import Verified, verify
from quorate.canon.fault import Malformed
from quorate.cli.ballot.count import executor_for
from quorate.cli.ballot.options import a_file
from quorate.cli.ballot.result import QuestionResult, question_results, show_results
from quorate.cli.ballot.status import ElectionWarning, warn_of_few, warnings_of
from quorate.cli.options import common
from quorate.cli.output import facts, print_json, say, table, warn
from quorate.cli.progress import progress
from quorate.polling.box import naming, read_still
from quorate.polling.files import read_file
from quorate.polling.minimum import minimum_of
from quorate.reading.words.elections import MEANING, STAGES

_EVERY = 5.0
"""Seconds between two savings of how far a run is."""


class VerifiedElection(msgspec.Struct):
    """The report on an archive that was verified."""

    uuid: str
    name: str
    fingerprint: str
    group: str
    state: str
    """As in `quorate ballot status`."""
    archive_head: str
    """The hash of the last event: whoever has it knows the whole archive. It changes with each event."""
    tally_head: str
    """What trustees compared before they decrypted, as in `quorate ballot status`; empty before. It stays."""
    trustees: int
    credentials: int
    cast: int
    """Ballots in the box."""
    counted: int
    """The last ballot of each credential."""
    not_voted: int
    """Credentials without a ballot; with `counted`, all credentials."""
    weight: int
    """Of the ballots that count, in all."""
    shuffles: int
    shuffled: list[int]
    """The numbers of the trustees named for the shuffles, in the order in which they made them."""
    unshuffled: bool
    """Ranked ballots were opened though nobody shuffled them: whose is whose can be seen."""
    decrypted: list[int]
    """The numbers of the trustees that have decrypted, in the order in which they did."""
    minimum: int
    """Counted ballots below which the tally is not to be opened."""
    below_minimum: bool
    """Fewer count, and trustees have opened it all the same."""
    resumed: int
    """Ballots whose proofs an earlier run had checked."""
    checks: list[str]
    """The checks that were made, by number and name; all of them hold."""
    warnings: list[ElectionWarning]
    """What no check refuses, though it promises less than it might."""
    result: list[QuestionResult]
    """Empty before it is published."""


@click.command("verify")
@click.argument("file", type=a_file, metavar="FILE.bel")
@click.option(
    "--earlier",
    type=a_file,
    multiple=True,
    metavar="FILE",
    help="A copy that somebody kept: it must be the beginning of this one.",
)
@click.option("--voters", type=click.IntRange(min=0), help="How many were entitled to vote.")
@click.option(
    "--credentials", metavar="HASH", help="The list's hash, as the registrar announced it."
)
@click.option(
    "--resume",
    type=a_file,
    metavar="FILE",
    help="Keep in FILE how far it is, and go on from there.",
)
@common
def verify_archive(
    *,
    file: Path,
    earlier: tuple[Path, ...],
    voters: int | None,
    credentials: str | None,
    resume: Path | None,
    as_json: bool,
) -> None:
    """Verify the archive of an election: every byte, every ballot, every proof, the result. No secret is needed.

    Exit 0 if all holds; 1 if not, naming the check and the ballot; 2 if it is no archive.
    """
    with naming(file), ExitStack() as stack:
        stream = stack.enter_context(read_still(file))
        copies = [stack.enter_context(read_still(each)) for each in earlier]
        so_far = read_progress(read_file(resume)) if resume and resume.exists() else None
        survey, setup = survey_archive(stream)
        executor = stack.enter_context(executor_for(_group(setup), len(survey.slips)))
        tell = stack.enter_context(progress("verifying"))
        verified = verify(
            stream,
            executor=executor,
            report=_reporter(tell, resume),
            resume=so_far,
            known=Known(copies, voters, credentials),
        )
    minimum = minimum_of(read_election(setup.election).description)
    view = _view(verified, _results(file, verified), minimum)
    if as_json:
        print_json({"verified": view})
        return
    _say(view, verified)


def _group(setup: PollSetup) -> str:
    """The name of the group of an election; empty if that cannot be read, which `verify` then reports in its place."""
    try:
        return read_election(setup.election).group.name
    except Malformed:
        return ""


def _reporter(
    tell: Callable[[int, int], None] | None, resume: Path | None
) -> Callable[[Passed], None]:
    saved = time.monotonic()

    def report(passed: Passed) -> None:
        nonlocal saved
        if tell is not None:
            tell(passed.checked, passed.total)
        now = time.monotonic()
        if resume is not None and (now - saved > _EVERY or passed.checked == passed.total):
            _save(resume, passed.progress())
            saved = now

    return report


def _save(path: Path, so_far: Progress) -> None:
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_bytes(write_progress(so_far))
        beside.replace(path)
    except OSError as error:
        raise Malformed(str(path), f"a file that can be written ({error.strerror})") from None


def _results(file: Path, verified: Verified) -> list[QuestionResult]:
    if verified.result is None:
        return []
    with read_still(file) as stream:
        _, setup = survey_archive(stream)
    return question_results(read_election(setup.election).questions, verified.result)


def _view(verified: Verified, result: list[QuestionResult], minimum: int) -> VerifiedElection:
    return VerifiedElection(
        uuid=verified.uuid,
        name=verified.name,
        fingerprint=verified.fingerprint,
        group=verified.group,
        state=verified.state.name.lower(),
        archive_head=verified.archive_head,
        tally_head=verified.tally_head,
        trustees=verified.trustees,
        credentials=verified.credentials,
        cast=verified.cast,
        counted=verified.counted,
        not_voted=verified.credentials - verified.counted,
        weight=verified.weight,
        shuffles=verified.shuffles,
        shuffled=list(verified.shuffled),
        unshuffled=verified.unshuffled,
        decrypted=list(verified.decrypted),
        minimum=minimum,
        below_minimum=verified.counted < minimum and bool(verified.decrypted),
        resumed=verified.known,
        checks=[each.value for each in verified.checks],
        warnings=warnings_of(verified.weaknesses),
        result=result,
    )


def _say(view: VerifiedElection, verified: Verified) -> None:
    say(f"verified: {view.name}")
    facts(
        [
            ("election", view.uuid),
            ("fingerprint", view.fingerprint),
            ("state", STAGES[verified.state]),
            (
                "credentials",
                f"{view.credentials} = {view.counted} voted + {view.not_voted} did not",
            ),
            ("ballots", f"{view.cast}, of which {verified.superseded} were replaced by later ones"),
            ("weight", view.weight if view.weight != view.counted else ""),
            ("shuffles", _shuffles(view)),
            ("tally head", view.tally_head),
            ("archive head", view.archive_head),
        ]
    )
    say()
    made = set(view.checks)
    rows = [
        (each.value, "holds" if each.value in made else "nothing to check", MEANING[each])
        for each in Check
    ]
    table("", ("check", "", "means"), rows)
    if view.result:
        say()
        show_results(view.result)
    if view.below_minimum:
        warn_of_few(view.counted, view.minimum)
    for each in view.warnings:
        warn(each.text)


def _shuffles(view: VerifiedElection) -> str:
    if not view.shuffled:
        return ""
    return f"{view.shuffles}, by {len({*view.shuffled})} of {view.trustees} trustees"
