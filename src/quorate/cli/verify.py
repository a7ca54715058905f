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
from quorate.reading.words.elections import WEAKNESSES
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
"""Bytes of archives from which on ballots are checked in other processes too: of some thousand ballots."""


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
        verified, _ = verify_export(
            read, verifier, earlier=notes, receipts=kept, executor=executor, progress=tell
        )
    if as_json:
        print_json({"verified": _shown(verified, own_key=key is None)})
        return
    _say(verified)
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


def _shown(verified: Verified, *, own_key: bool) -> dict[str, object]:
    return {
        "origin": verified.origin,
        "entries": verified.entries,
        "root": verified.root.hex(),
        "key_from_export": own_key,
        "acts_missing": verified.missing,
        "undecided": verified.undecided,
        "parts_missing": verified.parts_missing,
        "audiences_unchecked": verified.audiences_unchecked,
        "divisions": verified.divisions,
        "divisions_unchecked": verified.divisions_unchecked,
        "archives": verified.archives,
        "archives_missing": verified.archives_missing,
        "warnings": [
            {"division": division, "code": each.value, "text": WEAKNESSES[each]}
            for division, each in verified.archive_weaknesses
        ],
        "earlier_checkpoints": verified.earlier,
        "receipts": verified.receipts,
        "checks": [check.value for check in Check],
    }


def _say(verified: Verified) -> None:
    say(f"verified: {verified.entries} entries of {verified.origin}")
    say_raw(f"root {verified.root.hex()}")
    if verified.parts_missing:
        parts = (
            "1 part is" if verified.parts_missing == 1 else f"{verified.parts_missing} parts are"
        )
        say(f"{parts} not here: erased, or not disclosed.")
    if verified.audiences_unchecked:
        count = verified.audiences_unchecked
        say(
            f"The audience of {count} {'part' if count == 1 else 'parts'} could not be worked out again: an act before is missing."
        )
    if verified.divisions_unchecked:
        say(
            f"{verified.divisions_unchecked} results could not be reckoned again: acts of their divisions are missing."
        )
    if verified.archives_missing:
        count = verified.archives_missing
        are = (
            "1 archive of secret ballots is"
            if count == 1
            else f"{count} archives of secret ballots are"
        )
        say(f"{are} not here and not checked: ask for the file ballots/DIVISION.bel.")
    table(
        "", ("check", "", "means"), [(c.value, _standing(c, verified), MEANING[c]) for c in Check]
    )
    for division, each in verified.archive_weaknesses:
        warn(f"division {division}: {WEAKNESSES[each]}")


def _standing(check: Check, verified: Verified) -> str:
    """Whether a check holds, or how far it could be made."""
    if check is Check.CONSISTENCY:
        return f"holds for {verified.earlier}"
    if check is Check.RECEIPTS:
        return f"holds for {verified.receipts}"
    if check is Check.RESULTS and verified.undecided:
        return f"holds for {verified.divisions} of {verified.divisions + verified.divisions_unchecked} divisions"
    if check is Check.BALLOTS:
        of = (
            f" of {verified.archives + verified.archives_missing}"
            if verified.archives_missing
            else ""
        )
        return f"holds for {verified.archives}{of}"
    if check in DECIDING and verified.undecided:
        return f"holds for {verified.entries - verified.undecided} of {verified.entries}"
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
