"""`quorate ballot trustee`: a trustee makes a key, alone or in the ceremony of a group; the next step is always the same command.

Where all trustees are needed each makes a key and publishes it. Where a threshold is enough there are three steps, each of
which begins when all have done the one before: a certificate, a polynomial with a share for each other, and the key.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec

from quorate.assembly.refusal import Refused
from quorate.ballots.threshold import key_of_member, make_polynomial, receive_shares, route_shares
from quorate.ballots.trustee import make_trustee, trustee_key
from quorate.ballots.trustee_ceremony import certify, make_certificate
from quorate.ballots.trustee_fault import UnverifiedTrustee
from quorate.ballots.trustee_wire import Context, KeyMade
from quorate.ballots.wire import read, write
from quorate.canon.fault import Malformed
from quorate.cli.ballot.asking import passphrase_of
from quorate.cli.ballot.options import a_file, of_election, passphrase_file
from quorate.cli.ballot.status import key_fingerprint, report
from quorate.cli.options import common
from quorate.polling.files import write_public
from quorate.polling.folder import (
    CERTIFICATE,
    KEY,
    POLYNOMIAL,
    TRUSTEES,
    ElectionFolder,
    open_folder,
)
from quorate.polling.key_file import KeyFile, OwnKey

STEPS = {CERTIFICATE: 1, POLYNOMIAL: 2, KEY: 3}


@click.command()
@click.argument("name", metavar="TRUSTEE")
@of_election
@click.option(
    "--key",
    "file",
    type=a_file,
    required=True,
    metavar="FILE",
    help="The trustee's own key file: secret. It is made in the first step.",
)
@click.option("--passphrase", "seal", is_flag=True, help="Put the key file under a passphrase.")
@passphrase_file
@common
def trustee(
    *, name: str, folder: Path, file: Path, seal: bool, passphrase_file: Path | None, as_json: bool
) -> None:
    """Do what TRUSTEE has to do next for the election's key. Can be repeated at any time; what is done stays done.

    The key file is the trustee's alone: a stick of their own, or a machine of their own to which the folder is copied.
    Whoever has it can decrypt in their place, and without it the trustee cannot. With --passphrase it is of no use to whoever does
    not know that; it is asked for, or read from --passphrase-file, which means the same; it is never taken from the command line,
    and cannot be found again if it is forgotten.
    """
    election = open_folder(folder)
    with election.alone():
        if election.archive.exists():
            raise Refused("open-already")
        number = election.number(name)
        ask = passphrase_of(file, folder, passphrase_file)
        seal = seal or passphrase_file is not None
        own = OwnKey(file, folder, ask, seal=seal)
        if own.exists():
            own.read(election.group)
        full_name = election.draft.trustees[number - 1]
        if election.draft.threshold:
            message = _as_member(election, number, own)
        else:
            message = _alone(election, number, own)
        if seal:
            own.change(election.group, lambda content: content)
        has_key = election.published(number, KEY).exists()
        copied = key_fingerprint(election.public_key(number)) if has_key else ""
    report(folder, f"{full_name}: {message}", as_json=as_json, copied=copied)


def _alone(election: ElectionFolder, number: int, own: OwnKey) -> str:
    group, published = election.group, election.published(number, KEY)
    draft, name = election.draft, election.draft.trustees[number - 1]
    if published.exists() or own.exists():
        secret = group.scalar(_read(election, number, own).private_key, str(own.path))
        if published.exists():
            if group.text(group.power(group.generator, secret)) != election.public_key(number):
                raise Malformed(str(own.path), f"the key file of {name}")
            return _kept(own)
        # Made, but the machine stopped before it was published.
        public = write(trustee_key(group, secret, os.urandom, name))
    else:
        secret, public = make_trustee(group, os.urandom, name)
        own.make(KeyFile(draft.uuid, name, private_key=str(secret)))
    write_public(published, public)
    return _kept(own)


def _kept(own: OwnKey) -> str:
    return (
        f"your key is made. Keep {own.path} secret and safe, it is needed for decrypting; and write down"
        " this fingerprint, to find it beside your name when the election is open:"
    )


def _as_member(election: ElectionFolder, number: int, own: OwnKey) -> str:
    """Carry out all steps that can be carried out now; returns the message about them."""
    done = _certificate(election, number, own)
    for step, carry_out in ((POLYNOMIAL, _polynomial), (KEY, _key)):
        before = CERTIFICATE if step == POLYNOMIAL else POLYNOMIAL
        if election.lacking(before):
            again = "Run this again when the others have done it too."
            return f"step {STEPS[done]} of 3 is done ({done}). {again}"
        with naming_trustees(election):
            carry_out(election, number, own)
        done = step
    return _kept(own)


def _certificate(election: ElectionFolder, number: int, own: OwnKey) -> str:
    published = election.published(number, CERTIFICATE)
    if published.exists():
        return CERTIFICATE
    group, threshold = election.group, election.draft.threshold
    size = len(election.draft.trustees)
    if own.exists():
        seed = _read(election, number, own).seed
        certificate = certify(group, seed, Context(group.name, size, threshold, number), os.urandom)
    else:
        seed, certificate = make_certificate(group, size, threshold, number, os.urandom)
        name = election.draft.trustees[number - 1]
        own.make(KeyFile(election.draft.uuid, name, seed))
    write_public(published, certificate)
    return CERTIFICATE


def _polynomial(election: ElectionFolder, number: int, own: OwnKey) -> None:
    published, seed = election.published(number, POLYNOMIAL), _seed_of(election, number, own)
    if not published.exists():
        write_public(published, make_polynomial(election.ceremony(), seed, os.urandom))


def _key(election: ElectionFolder, number: int, own: OwnKey) -> None:
    published, seed = election.published(number, KEY), _seed_of(election, number, own)
    group, ceremony = election.group, election.ceremony()
    if not published.exists():
        routed = route_shares(ceremony, election.parts(POLYNOMIAL))[number - 1]
        name = election.draft.trustees[number - 1]
        write_public(published, receive_shares(ceremony, seed, routed, os.urandom, name=name))
    key_made = read(published.read_bytes(), KeyMade, str(published))
    key = str(key_of_member(group, seed, key_made.private_key))
    own.change(
        group, lambda before: msgspec.structs.replace(before, private_key=before.private_key or key)
    )


def _seed_of(election: ElectionFolder, number: int, own: OwnKey) -> str:
    seed, ceremony = _read(election, number, own).seed, election.ceremony()
    try:
        index = ceremony.seat_of(seed).index
    except Malformed:
        index = 0
    if index != number:
        raise Malformed(str(own.path), f"the key file of {election.draft.trustees[number - 1]}")
    return seed


def _read(election: ElectionFolder, number: int, own: OwnKey) -> KeyFile:
    """What a trustee's own key file for this election holds; no other is taken."""
    name = election.draft.trustees[number - 1]
    if not own.exists():
        hint = f"if it is lost, all begin again with new key files, once you have emptied {election.path / TRUSTEES}"
        raise Malformed(str(own.path), f"the key file with which {name} began", hint)
    content = own.read(election.group)
    if (content.election, content.trustee) != (election.draft.uuid, name):
        hint = "it is another trustee's, or for another election; name a new file"
        raise Malformed(str(own.path), f"the key file of {name} for this election", hint)
    return content


@contextmanager
def naming_trustees(election: ElectionFolder) -> Iterator[None]:
    """A block in which the fault of a trustee names them, and says what can be done."""
    try:
        yield
    except UnverifiedTrustee as fault:
        name = election.draft.trustees[fault.trustee - 1]
        explained = UnverifiedTrustee(fault.trustee, f"{name}: {fault.reason.partition(': ')[2]}")
        explained.hint = f"ask {name}; to begin again, all remove their key files and you empty {election.path / TRUSTEES}"
        raise explained from fault
