"""`quorate ballot decrypt`: a trustee opens their part of the tally, knowing what it is a tally of.

Whoever keeps the box could make a tally of one ballot and have it opened. So before the key is used, in this order:

1. the archive is verified to its last proof; of a division, its box is that of the record (`record.py`)
2. the trustee is told how many ballots count, and enough do, or it is meant
3. the tally head is the one that the other trustees announce
4. the key has opened no other tally, and writes down that it opens this one (`polling/key_file.py`)
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from quorate.assembly.refusal import Refused
from quorate.ballots.chain import Stage
from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.decryption import (
    chance_of_decryption,
    check_decryption,
    decrypt_partially,
)
from quorate.ballots.digest import hexadecimal
from quorate.ballots.tally import write_tally
from quorate.ballots.verify import verify
from quorate.ballots.weakness import weaknesses_of
from quorate.canon.fault import Malformed
from quorate.cli.ballot.asking import passphrase_of
from quorate.cli.ballot.count import executor_for, shuffled_tally, told
from quorate.cli.ballot.options import a_file, of_election, passphrase_file
from quorate.cli.ballot.record import Recorded, require_recorded
from quorate.cli.ballot.status import in_fours, report, warn_of, warnings_of
from quorate.cli.options import common
from quorate.cli.output import facts, say
from quorate.cli.progress import progress
from quorate.polling.box import OpenPollBox, PollBox, find_archive, open_box
from quorate.polling.files import read_file, require_absent, write_public
from quorate.polling.key_file import KeyFile, Opened, OwnKey, require_unopened

_ENOUGH = 24
"""Digits of a tally head that are to be compared at least: 96 bits."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the trustee has said beside the key file."""

    head: str | None
    few: bool
    record: Recorded | None
    no_record: bool
    out: Path | None
    as_json: bool


@click.command()
@of_election
@click.option("--key", "file", type=a_file, metavar="FILE", help="The trustee's own key file.")
@click.option(
    "--head",
    metavar="TALLY-HEAD",
    help="The tally head as the other trustees announce it, or its first 24 digits.  [default: ask]",
)
@click.option("--few", is_flag=True, help="Open it though fewer ballots count than the minimum.")
@click.option(
    "--record",
    type=a_file,
    metavar="EXPORT",
    help="For a division: an export of the record that it is in.",
)
@click.option("--record-key", metavar="FILE|KEY", help="The record's public key, from elsewhere.")
@click.option(
    "--record-for",
    metavar="WHO",
    default="all",
    help="For whom the export was made, if it has not everything.",
)
@click.option("--no-record", is_flag=True, help="It is the division of no record.")
@passphrase_file
@click.option("--out", type=a_file, metavar="FILE", help="Only write the part to FILE.")
@click.option("--part", type=a_file, metavar="FILE", help="Add a part that was made elsewhere.")
@common
def decrypt(
    *,
    folder: Path,
    file: Path | None,
    head: str | None,
    few: bool,
    record: Path | None,
    record_key: str | None,
    record_for: str,
    no_record: bool,
    passphrase_file: Path | None,
    out: Path | None,
    part: Path | None,
    as_json: bool,
) -> None:
    """Decrypt the tally with a trustee's key, as far as one trustee can. The archive is verified before the key is used.

    Compare the tally head with the other trustees first, by telephone or on paper: it is the same for all who open the same
    tally. A key opens one tally and no other; it writes down which.

    With --out a trustee does it on their own machine, with a copy of the archive, and the key stays there; whoever
    keeps the box adds the part with --part.
    """
    if (file is None) is (part is None) or (out and part):
        raise Malformed("", "--key, and --out if you like; or --part")
    if (record is None) is not (record_key is None) or (record and no_record):
        raise Malformed("", "--record and --record-key together; or --no-record")
    with open_box(find_archive(folder)) as box:
        box.require(Stage.DECRYPTING, "decrypt")
        if file is None:
            assert part is not None
            owner, data = _owner_of_part(box, part)
            message = f"The part of {box.trustee(owner)} holds, and is in the archive."
        else:
            recorded = Recorded(record, record_key, record_for) if record and record_key else None
            asked = Asked(head, few, recorded, no_record, out, as_json)
            ask = passphrase_of(file, folder, passphrase_file)
            owner, data = _decrypt(box, OwnKey(file, folder, ask), asked)
            message = f"{box.trustee(owner)} has decrypted; the archive was verified before."
        if out is None:
            box.append(lambda writer: writer.decryption(owner, data))
        else:
            write_public(out, data)
            message = (
                f"{box.trustee(owner)} has decrypted into {out}, which is not in the archive yet."
            )
    report(folder, message, as_json=as_json, warned=file is not None)


def _decrypt(box: OpenPollBox, own: OwnKey, asked: Asked) -> tuple[int, bytes]:
    """The number of the trustee and their part of the decryption, which the key file remembers by now."""
    owner, content = _owner(box, own)
    if asked.out is not None:
        require_absent(asked.out)
    elif owner in {each.owner for each in box.survey.decryptions}:
        raise Refused("done-already", trustee=box.trustee(owner), asked_of="decrypted")
    _verify(box, asked)  # 1
    shuffled = shuffled_tally(box)
    opened = Opened(box.election.fingerprint, hexadecimal(write_tally(shuffled)))
    require_unopened(content, opened, content.trustee)
    _tell(box, err=asked.as_json)
    _require_enough(box, few=asked.few)  # 2
    _require_head(box.survey.chain.tally_head, asked.head)  # 3
    own.remember(box.election.group, content, opened)  # 4
    key = int(content.private_key)
    chance = chance_of_decryption(box.election, shuffled, key)
    data = decrypt_partially(box.election, shuffled, key, chance)
    check_decryption(box.election, shuffled, box.trustees.keys[owner - 1], owner, data)
    return owner, data


def _owner(box: PollBox, own: OwnKey) -> tuple[int, KeyFile]:
    """The number of the trustee whose key file it is, and what it holds; of a tool's, for whom it is added."""
    group, content = box.election.group, own.read(box.election.group)
    if not content.private_key:
        hint = "`quorate ballot trustee` goes on with it"
        raise Malformed(str(own.path), "the key file of a ceremony that has come to its end", hint)
    key = group.scalar(content.private_key, str(own.path))
    public = group.text(group.power(group.generator, key))
    if content.election not in ("", box.election.uuid) or public not in box.trustees.key_texts:
        raise Malformed(str(own.path), "the key file of a trustee of this election")
    owner = box.trustees.key_texts.index(public) + 1
    if not content.election:
        content = KeyFile(
            box.election.uuid,
            box.trustee(owner),
            private_key=content.private_key,
            opened=content.opened,
        )
    return owner, content


def _verify(box: OpenPollBox, asked: Asked) -> None:
    with (
        executor_for(box.election.group.name, len(box.survey.slips)) as executor,
        progress("verifying") as tell,
    ):
        verify(box.stream, executor=executor, report=told(tell))
        if not asked.no_record:
            require_recorded(box, asked.record, executor)


def _tell(box: PollBox, *, err: bool) -> None:
    """Say in words what would be opened, and what it promises less than it might."""
    counted, cast = box.counted, len(box.survey.slips)
    say(f"The tally of {box.election.name} would be opened:", err=err)
    facts(
        [
            ("fingerprint", box.election.fingerprint),
            ("ballots that count", f"{counted}, of {cast} in the box"),
            ("credentials", f"{len(box.credentials)}, of which {counted} have voted"),
            ("minimum", f"{box.minimum} ballots that count"),
            ("tally head", in_fours(box.survey.chain.tally_head)),
        ],
        err=err,
    )
    warn_of(warnings_of(weaknesses_of(box.election, box.trustees, box.survey)))


def _require_enough(box: PollBox, *, few: bool) -> None:
    if box.is_below_minimum and not few:
        raise Refused("too-few-ballots", counted=box.counted, minimum=box.minimum)


def _require_head(head: str, announced: str | None) -> None:
    """Return if the tally head is the one that others announce, in whole or by its first digits; asks where somebody types."""
    if announced is None:
        if not sys.stdin.isatty():
            hint = "ask them, or read it where the organisation announced it; not in this folder"
            raise Malformed("--head", "the tally head as the other trustees announce it", hint)
        announced = click.prompt("The tally head that the other trustees announce", err=True)
    given = "".join(announced.split()).lower()
    if not re.fullmatch(rf"[0-9a-f]{{{_ENOUGH},64}}", given):
        raise Malformed(
            "--head", f"{_ENOUGH} to 64 hexadecimal digits: a tally head from its beginning"
        )
    if not head.startswith(given):
        raise Refused("head-differs", tally_head=head, announced=given)


def _owner_of_part(box: PollBox, part: Path) -> tuple[int, bytes]:
    """The number of the trustee whose part is in a file, by the only key with which it holds, and the part."""
    data, shuffled = read_file(part), shuffled_tally(box)
    done = {each.owner for each in box.survey.decryptions}
    for owner, key in enumerate(box.trustees.keys, 1):
        try:
            check_decryption(box.election, shuffled, key, owner, data)
        except UnverifiedElection:
            continue
        if owner in done:
            raise Refused("done-already", trustee=box.trustee(owner), asked_of="decrypted")
        return owner, data
    raise UnverifiedElection(
        Check.DECRYPTIONS, f"{part} is not what any trustee's key makes of this tally"
    )
