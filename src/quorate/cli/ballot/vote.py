"""`quorate ballot vote` and `check`: a ballot goes into the box, and is found there again by its tracker."""

import os
from base64 import b64decode, b64encode
from pathlib import Path

import click
import msgspec

from quorate.ballots.ballot import check_ballot, make_ballot, tracker
from quorate.ballots.chain import Stage
from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.credential import PublicCredential, public_credential
from quorate.ballots.digest import sha
from quorate.canon.fault import Malformed
from quorate.cli.ballot.asking import ask_answers, ask_secret
from quorate.cli.ballot.options import a_file, of_election
from quorate.cli.options import common
from quorate.cli.output import facts, print_json, say, say_raw
from quorate.cli.progress import progress
from quorate.polling.box import PollBox, find_archive, open_box, read_box
from quorate.polling.files import read_file, read_secret, require_absent, write_public
from quorate.polling.questions import read_answers, said_answers, title
from quorate.script.yaml_text import read_yaml_text

_TRACKER = 43


class FoundBallot(msgspec.Struct):
    """A ballot, as its voter finds it."""

    tracker: str
    number: int | None = None
    """Its number in the box, from 1; null if it is not there."""
    counts: bool = False
    """Whether it is the last of its credential in the box."""
    replaces: int | None = None
    """The number of the ballot in whose place it counts."""
    replaced_by: str = ""
    """The tracker of the ballot that counts in its place; empty if none does."""


@click.command()
@of_election
@click.option(
    "--credential",
    "secret",
    type=a_file,
    metavar="FILE",
    help="A file with the credential.  [default: ask]",
)
@click.option(
    "--answers", type=a_file, metavar="FILE", help="The answers, in YAML.  [default: ask]"
)
@click.option("--out", type=a_file, metavar="FILE", help="Only write the ballot to FILE.")
@click.option(
    "--ballot",
    "ready",
    type=a_file,
    multiple=True,
    metavar="FILE",
    help="Cast ballots that were made before; once for each.",
)
@common
def vote(
    *,
    folder: Path,
    secret: Path | None,
    answers: Path | None,
    out: Path | None,
    ready: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Make a ballot and put it into the box; its tracker is how you find it there.

    Neither the credential nor the answers are ever taken from the command line, which others on this machine can read:
    they come from files, or you are asked. Voting again replaces your ballot.
    """
    archive = find_archive(folder)
    if ready:
        if secret or answers or out:
            raise Malformed("--ballot", "no other option beside it")
        _show(_cast_all(archive, {str(each): read_file(each) for each in ready}), as_json=as_json)
        return
    box = read_box(archive)
    box.require(Stage.OPEN, "vote")
    if out is not None:
        require_absent(out)
    ballot = _make(box, secret, answers)
    if out is not None:
        write_public(out, ballot)
        _show([FoundBallot(tracker(ballot))], as_json=as_json, made=out)
        return
    _show(_cast_all(archive, {"your ballot": ballot}), as_json=as_json)


@click.command()
@click.argument("what", required=False, metavar="[TRACKER|FILE]")
@of_election
@click.option(
    "--credential",
    "secret",
    type=a_file,
    metavar="FILE",
    help="Find what was cast with this credential.",
)
@common
def check(*, what: str | None, folder: Path, secret: Path | None, as_json: bool) -> None:
    """Find a ballot in the box by its TRACKER; or check every proof of the ballot in FILE, and look for it.

    With --credential, find all ballots that were cast with a credential: if one is not yours, somebody else has it.
    """
    if (what is None) == (secret is None):
        raise Malformed("", "a TRACKER, the FILE of a ballot, or --credential")
    box = read_box(find_archive(folder))
    if secret is not None:
        own_credential = _credential(box, _typed(secret))
        ballots = [
            _view(box, i)
            for i, slip in enumerate(box.survey.slips, 1)
            if slip.credential == own_credential.text
        ]
    else:
        assert what is not None
        ballots = [_find(box, what)]
    if as_json:
        print_json({"ballots": ballots})
    elif not ballots:
        say("No ballot was cast with this credential.")
    else:
        for each in ballots:
            _say_found(box, each)


def _make(box: PollBox, secret: Path | None, answers: Path | None) -> bytes:
    if secret is None or answers is None:
        say(f"You vote in: {box.election.name}", err=True)
        say("Its fingerprint, to be compared with what you were told on paper:", err=True)
        say_raw(box.election.fingerprint, err=True)
    credential = _typed(secret)
    _credential(box, credential)
    election = box.election
    if answers is not None:
        choices = read_answers(election.questions, read_yaml_text(str(answers), read_file(answers)))
    else:
        choices = ask_answers(election.questions)
        click.echo("\nYou vote:", err=True)
        for asked, each in zip(election.questions, choices, strict=True):
            click.echo(f"  {title(asked)}  {said_answers(asked, each)}", err=True)
        click.confirm("Is that so?", abort=True, err=True)
    return make_ballot(election, credential, choices, os.urandom)


def _typed(secret: Path | None) -> str:
    """A credential from a file or a person; the file may end in a new line."""
    if secret is None:
        return ask_secret("Your credential").strip()
    return read_secret(secret, "a credential").strip()


def _credential(box: PollBox, credential: str) -> PublicCredential:
    """The public credential on the list for a secret one. Raises Malformed, without quoting it, if there is none."""
    public = public_credential(box.election.group, box.election.uuid, credential)
    listed = box.credentials.get(public.text)
    if listed is None:
        hint = (
            "compare each character with your letter, and the election with the one that it is for"
        )
        raise Malformed("credential", "one on the list of this election", hint)
    return listed


def _cast_all(archive: Path, ballots: dict[str, bytes]) -> list[FoundBallot]:
    """Put ballots into the box: all or, if one of them does not hold, none.

    One that is there already is found again, also after the close: whoever got no answer may ask again.
    """
    with open_box(archive) as box, progress("casting") as tell:
        found = _held(box, set(ballots.values()))
        new = {data: name for name, data in ballots.items() if data not in found}
        if new:
            box.require(Stage.OPEN, "vote")
        credentials = [_check(box, name, data) for data, name in new.items()]
        for i, (credential, data) in enumerate(zip(credentials, new, strict=True), 1):
            before = box.survey.last.get(credential)
            box.append(lambda writer, data=data: writer.ballot(data))  # type: ignore[misc]
            number = box.survey.last[credential] = box.survey.chain.ballots
            found[data] = FoundBallot(tracker(data), number, counts=True, replaces=before)
            if tell is not None:
                tell(i, len(new))
    return [found[data] for data in ballots.values()]


def _held(box: PollBox, ballots: set[bytes]) -> dict[bytes, FoundBallot]:
    """Those of the ballots that are in the box."""
    by_sha = {sha(each): each for each in ballots}
    slips = enumerate(box.survey.slips, 1)
    return {by_sha[slip.sha]: _view(box, i) for i, slip in slips if slip.sha in by_sha}


def _check(box: PollBox, name: str, data: bytes) -> str:
    """The credential of a ballot that can go into the box; errors say which ballot it is."""
    try:
        return check_ballot(box.election, box.credentials, data).credential.text
    except Malformed as malformed:
        raise Malformed(name, str(malformed)) from malformed
    except UnverifiedElection as unverified:
        raise UnverifiedElection(unverified.failed, f"{name}: {unverified.reason}") from unverified


def _find(box: PollBox, what: str) -> FoundBallot:
    """The ballot of a tracker; one in a file is checked first."""
    digest = _sha(what)
    if digest is None:
        if not Path(what).is_file():
            raise Malformed(what, "a tracker of 43 characters, or the file of a ballot")
        data = read_file(Path(what))
        check_ballot(box.election, box.credentials, data)
        own = sha(data)
        for i, slip in enumerate(box.survey.slips, 1):
            if slip.sha == own:
                return _view(box, i)
        return FoundBallot(tracker(data))
    for i, slip in enumerate(box.survey.slips, 1):
        if slip.sha == digest:
            return _view(box, i)
    raise UnverifiedElection(Check.BALLOTS, f"no ballot in the box has the tracker {what}")


def _view(box: PollBox, number: int) -> FoundBallot:
    slip = box.survey.slips[number - 1]
    counts = box.survey.counts(number)
    by = ""
    if not counts and slip.credential is not None:
        by = _tracker(box.survey.slips[box.survey.last[slip.credential] - 1].sha)
    same = [
        i
        for i, each in enumerate(box.survey.slips[: number - 1], 1)
        if each.credential == slip.credential
    ]
    return FoundBallot(
        _tracker(slip.sha), number, counts, replaces=same[-1] if same else None, replaced_by=by
    )


def _tracker(digest: bytes) -> str:
    return b64encode(digest)[:_TRACKER].decode()


def _sha(text: str) -> bytes | None:
    """The hash that a tracker writes; None for what is no tracker."""
    try:
        decoded = b64decode(text + "=", validate=True)
    except ValueError:
        return None
    return decoded if len(text) == _TRACKER and _tracker(decoded) == text else None


def _say_found(box: PollBox, view: FoundBallot) -> None:
    if view.number is None:
        say("Every proof of this ballot holds. It is not in the box.")
        facts([("tracker", view.tracker)])
        return
    of = f"Ballot {view.number} of {len(box.survey.slips)}"
    if view.counts:
        say(f"{of} is in the box, and counts.")
    else:
        say(f"{of} is in the box. A later one of the same credential counts in its place:")
        say_raw(view.replaced_by)


def _show(views: list[FoundBallot], *, as_json: bool, made: Path | None = None) -> None:
    if as_json:
        print_json({"ballots": views})
        return
    for each in views:
        if made is not None:
            say(f"The ballot is in {made}, and not in the box yet. Its tracker:")
        elif not each.counts:
            say(
                f"Ballot {each.number} is in the box; a later one of the same credential counts in its place. Its tracker:"
            )
        elif each.replaces:
            say(
                f"Ballot {each.number} is in the box, in the place of ballot {each.replaces}. Its tracker:"
            )
        else:
            say(f"Ballot {each.number} is in the box. Its tracker:")
        say_raw(each.tracker)
