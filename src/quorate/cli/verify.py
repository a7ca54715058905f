"""`quorate verify`: an export checked from its first entry to its last."""

from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import click

from quorate.audit.check import MEANING, Check
from quorate.audit.verify import Verified
from quorate.audit.verify import verify as verify_export
from quorate.canon.fault import Malformed
from quorate.cli.options import common
from quorate.cli.output import print_json, say, say_raw, table, warn
from quorate.cli.progress import progress
from quorate.desk.export import FolderReader
from quorate.premises.folder import read_vkey
from quorate.record.checkpoint import parse_checkpoint
from quorate.record.note import parse_note
from quorate.record.receipt import Receipt, parse_receipt, parse_spicy

DECIDING = (
    Check.ACTS,
    Check.REGISTERS,
    Check.RESULTS,
    Check.MOVES,
    Check.FOLLOWING,
    Check.DISPOSITIONS,
)
"""The checks that decide acts again: they stop at the first act that was erased or not disclosed."""
MANY = 20_000
"""Entries from which on bundles are checked in other processes too."""
LARGE = 2**23
"""Bytes of archives from which on ballots are: of some thousand ballots."""


@click.command(short_help="Verify an export.")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--key", metavar="FILE|KEY", help="The public key, from outside the export.")
@click.option(
    "--checkpoint",
    "earlier",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A checkpoint that somebody kept.",
)
@click.option(
    "--receipt",
    "receipts",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A receipt that somebody kept.",
)
@common
def verify(
    *,
    path: Path,
    key: str | None,
    earlier: tuple[Path, ...],
    receipts: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Verify the export in PATH: every hash, every act, every result. Exit 0 if all of it holds, 1 if not.

    Give the public key that the organisation published. Without --key the export's own is used, which proves only
    that it agrees with itself.
    """
    verifier = read_vkey(key or str(path / "log.vkey"))
    read = FolderReader(path)
    notes = [_text(each) for each in (*earlier, *_kept(path))]
    kept = [read_receipt(each) for each in receipts]
    with _executor(read, path) as executor, progress("verifying") as tell:
        said, _ = verify_export(
            read, verifier, earlier=notes, receipts=kept, executor=executor, progress=tell
        )
    if as_json:
        print_json({"verified": _shown(said, own_key=key is None)})
        return
    _say(said)
    if key is None:
        warn(
            "The key was taken from the export itself: this proves only that it agrees with itself."
        )
        warn("hint: compare it with the key in the statutes, and give it with --key")


def _kept(path: Path) -> list[Path]:
    """The earlier checkpoints that the export brings along: they too must be the beginning of its record."""
    return sorted((path / "checkpoints").glob("*"))


def _executor(read: FolderReader, path: Path) -> Executor | nullcontext[None]:
    try:
        size = parse_checkpoint(parse_note(read("checkpoint").decode())[0]).size
    except (Malformed, UnicodeDecodeError):
        return nullcontext()  # what is wrong with it is found in its place
    many = size > MANY or _bytes_of_ballots(path) > LARGE
    return ProcessPoolExecutor(2) if many else nullcontext()


def _bytes_of_ballots(path: Path) -> int:
    return sum(each.stat().st_size for each in (path / "ballots").glob("*.bel"))


def _shown(said: Verified, *, own_key: bool) -> dict[str, object]:
    return {
        "origin": said.origin,
        "entries": said.entries,
        "root": said.root.hex(),
        "key_from_export": own_key,
        "acts_missing": said.missing,
        "undecided": said.undecided,
        "parts_missing": said.parts_missing,
        "divisions": said.divisions,
        "divisions_unchecked": said.divisions_unchecked,
        "archives": said.archives,
        "archives_missing": said.archives_missing,
        "earlier_checkpoints": said.earlier,
        "receipts": said.receipts,
        "checks": [check.value for check in Check],
    }


def _say(said: Verified) -> None:
    say(f"verified: {said.entries} entries of {said.origin}")
    say_raw(f"root {said.root.hex()}")
    if said.parts_missing:
        parts = "1 part is" if said.parts_missing == 1 else f"{said.parts_missing} parts are"
        say(f"{parts} not here: erased, or not disclosed.")
    if said.divisions_unchecked:
        say(
            f"{said.divisions_unchecked} results could not be reckoned again: acts of their divisions are missing."
        )
    if said.archives_missing:
        count = said.archives_missing
        are = (
            "1 archive of secret ballots is"
            if count == 1
            else f"{count} archives of secret ballots are"
        )
        say(f"{are} not here and not checked: ask for the file ballots/DIVISION.bel.")
    table("", ("check", "", "means"), [(c.value, _standing(c, said), MEANING[c]) for c in Check])


def _standing(check: Check, said: Verified) -> str:
    """Whether a check holds, or how far it could be made."""
    if check is Check.CONSISTENCY:
        return f"holds for {said.earlier}"
    if check is Check.RECEIPTS:
        return f"holds for {said.receipts}"
    if check is Check.RESULTS and said.undecided:
        return (
            f"holds for {said.divisions} of {said.divisions + said.divisions_unchecked} divisions"
        )
    if check is Check.BALLOTS:
        of = f" of {said.archives + said.archives_missing}" if said.archives_missing else ""
        return f"holds for {said.archives}{of}"
    if check in DECIDING and said.undecided:
        return f"holds for {said.entries - said.undecided} of {said.entries}"
    return "holds"


def read_receipt(path: Path) -> Receipt:
    """The receipt in a file, of either form; nothing is verified by this."""
    text = _text(path)
    return parse_receipt(text) if text.startswith("c2sp.org/") else parse_spicy(text)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Malformed(str(path), "a readable file in UTF-8") from None
