"""`quorate ballot setup`, `credentials` and `open`: from questions and voters to a box that takes ballots."""

import csv
import io
import os
from collections import Counter
from pathlib import Path

import click
import msgspec

from quorate.assembly.refusal import Refused
from quorate.ballots.archive_writer import ArchiveWriter
from quorate.ballots.credential import (
    PublicCredential,
    draw_base58,
    draw_credential,
    public_credential,
    read_credentials,
    write_credentials,
)
from quorate.ballots.digest import base64
from quorate.ballots.election import SHORTEST_UUID, Election, read_election, write_election
from quorate.ballots.groups import NAMES, find_group
from quorate.ballots.question import require_answerable
from quorate.ballots.tally import require_weights
from quorate.ballots.trustee import check_trustees, read_trustees
from quorate.ballots.trustee_ceremony import require_threshold
from quorate.ballots.wire import write
from quorate.canon.fault import Malformed
from quorate.cli.ballot.options import a_file, of_election
from quorate.cli.ballot.status import report
from quorate.cli.ballot.trustee import naming_trustees
from quorate.cli.options import common
from quorate.cli.output import warn
from quorate.cli.progress import progress
from quorate.polling.files import (
    read_file,
    require_absent,
    require_outside,
    write_public,
    write_secret,
)
from quorate.polling.folder import KEY, Draft, make_folder, open_folder
from quorate.polling.minimum import LARGEST, MINIMUM, with_minimum
from quorate.polling.questions import read_questions
from quorate.polling.voters import Voter, read_voters
from quorate.premises.clock import SystemClock
from quorate.script.yaml_text import read_yaml_text


@click.command()
@of_election
@click.option("--name", required=True, help="What the election is called.")
@click.option("--description", default="", help="What else voters should read.")
@click.option(
    "--questions",
    "file",
    type=a_file,
    required=True,
    metavar="FILE",
    help="The questions, in YAML.",
)
@click.option(
    "--trustee",
    "trustees",
    multiple=True,
    required=True,
    metavar="NAME",
    help="Somebody who will hold a key; once for each.",
)
@click.option("--threshold", type=int, help="How many trustees are enough.  [default: all needed]")
@click.option(
    "--group",
    type=click.Choice(NAMES),
    default=NAMES[0],
    show_default=True,
    help="In what ballots are encrypted; another than the first only if an old tool must verify them.",
)
@click.option(
    "--minimum",
    type=click.IntRange(1, LARGEST),
    default=MINIMUM,
    show_default=True,
    help="Counted ballots below which trustees do not open the tally; the election says so.",
)
@click.option("--administrator", default="", metavar="NAME", help="Who holds the election.")
@click.option("--registrar", default="", metavar="NAME", help="Who gives out the credentials.")
@common
def setup(
    *,
    folder: Path,
    name: str,
    description: str,
    file: Path,
    trustees: tuple[str, ...],
    threshold: int | None,
    group: str,
    minimum: int,
    administrator: str,
    registrar: str,
    as_json: bool,
) -> None:
    """Prepare an election in a new folder: its questions, and who its trustees are. Nothing is fixed before `open`."""
    _require_trustees(trustees, threshold)
    questions = read_questions(read_yaml_text(str(file), read_file(file)))
    for i, each in enumerate(questions, 1):
        require_answerable(find_group(group), each, f"{file}: question {i}")
    draft = Draft(
        uuid=draw_base58(SHORTEST_UUID, os.urandom),
        name=name,
        description=description,
        group=group,
        questions=tuple(msgspec.Raw(write(each)) for each in questions),
        trustees=trustees,
        threshold=threshold or 0,
        administrator=administrator,
        registrar=registrar,
        minimum=minimum,
    )
    make_folder(folder, draft)
    if (threshold or len(trustees)) == 1:
        warn(
            "One trustee alone will be able to open single ballots, and without a key all are lost."
        )
        warn("hint: take three who do not trust each other, with --threshold 2")
    report(folder, f"{name} is prepared in {folder}.", as_json=as_json)


@click.command()
@click.argument("file", type=a_file, metavar="VOTERS.csv")
@of_election
@click.option(
    "--out",
    type=a_file,
    required=True,
    metavar="LETTERS.csv",
    help="Where to write who gets which credential: secret.",
)
@click.option(
    "--voter", metavar="COLUMN", help="The column that names the voter.  [default: the first]"
)
@click.option("--weights", metavar="COLUMN", help="The column with how much each ballot weighs.")
@common
def credentials(
    *, file: Path, folder: Path, out: Path, voter: str | None, weights: str | None, as_json: bool
) -> None:
    """Make a credential for each voter in VOTERS.csv.

    The public list goes into the election's folder, in an order that says nothing of who is who. LETTERS.csv is
    VOTERS.csv with the credential of each added: for the registrar alone, until the letters are out.
    """
    election = open_folder(folder)
    _require_draft(election.archive)
    hint = "remove it to make other credentials; those made before are void then"
    require_absent(election.credentials, hint)
    require_absent(out)
    require_outside(out, folder, "letters")
    voters = read_voters(str(file), read_file(file), voter, weights)
    public_credentials: list[PublicCredential] = []
    secrets = [draw_credential(os.urandom) for _ in voters]
    with progress("making credentials") as tell:
        for i, (secret, each) in enumerate(zip(secrets, voters, strict=True), 1):
            public_credentials.append(
                public_credential(election.group, election.draft.uuid, secret, each.weight)
            )
            if tell is not None:
                tell(i, len(voters))
    write_secret(out, _letters(voters, secrets))
    public_list = write_credentials(election.group, public_credentials)
    write_public(election.credentials, public_list)
    total = sum(each.weight for each in voters)
    _warn_of_weights(voters)
    weigh = f" that weigh {total} together" if weights else ""
    message = (
        f"{len(voters)} credentials{weigh} are made. {out} is secret: send each voter theirs, then destroy it."
        " Announce the hash of the public list, for whoever verifies the election:"
    )
    report(folder, message, as_json=as_json, copied=base64(public_list))


@click.command("open")
@of_election
@common
def open_election(*, folder: Path, as_json: bool) -> None:
    """Fix the election as it is prepared, and open the box. Nothing of it can be changed afterwards."""
    election = open_folder(folder)
    with election.alone():
        _require_draft(election.archive)
        if lacking := election.lacking(KEY):
            raise Refused("not-prepared", trustees=tuple(lacking))
        if not election.credentials.exists():
            raise Refused("no-credentials")
        public_list = read_file(election.credentials)
        with naming_trustees(election):
            published = election.trustees()
        trustees = read_trustees(election.group, published)
        check_trustees(election.group, trustees, trustees.public_key)
        draft = election.draft
        opened = read_election(
            write_election(
                uuid=draft.uuid,
                name=draft.name,
                description=with_minimum(draft.description, draft.minimum),
                group=election.group,
                public_key=trustees.public_key,
                questions=election.questions,
                administrator=draft.administrator,
                credential_authority=draft.registrar,
            )
        )
        require_weights(opened, read_credentials(election.group, public_list))
        write_public(election.archive, _archive(opened, published, public_list))
    message = f"{draft.name} is open. Tell all voters its fingerprint, on paper if you can:"
    report(folder, message, as_json=as_json, copied=opened.fingerprint)


def _archive(election: Election, trustees: bytes, credentials: bytes) -> bytes:
    stream = io.BytesIO()
    writer = ArchiveWriter(stream, int(SystemClock().now().timestamp()))
    writer.setup(election.data, trustees, credentials)
    return stream.getvalue()


def _require_draft(archive: Path) -> None:
    if archive.exists():
        raise Refused("open-already")


def _require_trustees(names: tuple[str, ...], threshold: int | None) -> None:
    if threshold is not None:
        require_threshold(len(names), threshold)
    for name in names:
        if not name.strip() or names.count(name) > 1:
            raise Malformed("--trustee", "names, each once")
        # Trustees are also called by number: "2" would be the second, or whoever goes by that name.
        if not any(each.isalpha() for each in name):
            raise Malformed(
                "--trustee", "names with a letter in them; each trustee has a number too"
            )


def _warn_of_weights(voters: list[Voter]) -> None:
    weights = Counter(each.weight for each in voters)
    alone = sum(1 for count in weights.values() if count == 1)
    if alone and len(weights) > 1:
        voters_have = "1 voter has" if alone == 1 else f"{alone} voters have"
        warn(f"{voters_have} a weight that nobody else has: everybody can see whether they voted,")
        warn(
            "and the result may tell how. hint: give the same weight to several, if your rules allow"
        )


def _letters(voters: list[Voter], secrets: list[str]) -> bytes:
    """The table for letters, in CSV: each row of the voters' table, with the credential of that voter."""
    text = io.StringIO()
    table = csv.DictWriter(text, [*voters[0].cells, "credential"])
    table.writeheader()
    for voter, secret in zip(voters, secrets, strict=True):
        table.writerow({**voter.cells, "credential": secret})
    return text.getvalue().encode()
