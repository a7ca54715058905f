"""`quorate verify`: an export checked from its first entry to its last."""

import os
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import click

from quorate.assembly.audience import known_as
from quorate.assembly.state import State
from quorate.audit.absences import WHOSE, ExportReader
from quorate.audit.check import MEANING, Check
from quorate.audit.verify import Verified
from quorate.audit.verify import verify as verify_export
from quorate.canon.fault import Malformed
from quorate.cli.options import READERS, common
from quorate.cli.output import print_json, say, say_raw, table, warn
from quorate.cli.progress import progress
from quorate.desk.folder_reader import FolderReader
from quorate.premises.clock import SystemClock
from quorate.premises.folder import read_vkey
from quorate.reading.reader import today
from quorate.reading.words.elections import WEAKNESSES
from quorate.reading.words.names import plural
from quorate.record.checkpoint import parse_checkpoint
from quorate.record.notation import decode_text
from quorate.record.note import Verifier, parse_note, parse_vkey
from quorate.record.receipt import Receipt, parse_receipt, parse_spicy
from quorate.script.handles import Handles

DECIDING = (
    Check.ACTS,
    Check.REGISTERS,
    Check.RESULTS,
    Check.MOVES,
    Check.FOLLOWING,
    Check.DISPOSITIONS,
)
"""The checks that decide acts again: they stop at the first act that is not disclosed to the reader."""
MANY = 20_000
"""Entries from which on bundles are checked in other processes too."""
LARGE = 2**23
"""Bytes of archives from which on ballots are checked in other processes too: of some thousand ballots."""
LARGEST_TEXT = 2**20
"""Bytes of a checkpoint or a receipt: far more than either can have."""


@click.command()
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--key", metavar="FILE|KEY", help="The public key, from outside the export.")
@click.option(
    "--for",
    "made_for",
    default="all",
    show_default=True,
    metavar="WHO",
    help="For whom it was made: `all`, `members`, `public`, or a member's handle or id.",
)
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
    made_for: str,
    earlier: tuple[Path, ...],
    receipts: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Verify the export in PATH: every hash, every act, every result. Exit 0 if all of it holds, 1 if not.

    An export that was made for a reader lacks what this reader may not see: say with --for who that is. Then nothing else
    may be missing; what comes after an act that is not there is checked in part, and the first line says how much is not.

    Give the public key that the organisation published. Without --key the export's own is used, which proves only
    that it agrees with itself.
    """
    read = open_export(path)
    verifier = read_vkey(key) if key else _own_key(read)
    notes = [*(read_text(each) for each in earlier), *_kept(read)]
    kept = [read_receipt(each) for each in receipts]
    with _executor(read, path) as executor, progress("verifying") as tell:
        verified, state = verify_export(
            read,
            verifier,
            reader=reader_of(made_for),
            earlier=notes,
            receipts=kept,
            executor=executor,
            progress=tell,
        )
    named = named_reader(state, verified.reader)
    if as_json:
        print_json({"verified": _shown(verified, named, own_key=key is None)})
        return
    _say(verified, named)
    if key is None:
        warn(
            "The key was taken from the export itself: this proves only that it agrees with itself."
        )
        warn("hint: compare it with the key in the statutes, and give it with --key")


def open_export(path: Path) -> FolderReader:
    """The reader of an export's files. Raises Malformed if there is no checkpoint in the folder: it is none."""
    if not os.path.lexists(path / "checkpoint"):
        hint = "`quorate export TO` writes one into the folder TO; name that folder"
        raise Malformed(str(path), "an export, with its checkpoint", hint)
    return FolderReader(path)


def reader_of(made_for: str) -> ExportReader | None:
    """For whom an export was made, or None if it has everything. Whoever verifies says it: nothing in an export is asked for its reader."""
    if made_for == "all":
        return None
    if not made_for:
        raise Malformed("--for", f"one of {', '.join(READERS)}, or a member")
    now = SystemClock().now()
    return ExportReader(
        made_for,
        lambda state, name: Handles(state).resolve(name),
        lambda state: today(state, now),
    )


def _own_key(read: FolderReader) -> Verifier:
    return parse_vkey(decode_text(read("log.vkey"), "log.vkey").strip())


def _kept(read: FolderReader) -> list[str]:
    """The earlier checkpoints that the export brings along: they too must be the beginning of its record."""
    paths = sorted(f"checkpoints/{each.name}" for each in read.folder.glob("checkpoints/*"))
    return [decode_text(read(each), each) for each in paths]


def _executor(read: FolderReader, path: Path) -> Executor | nullcontext[None]:
    try:
        size = parse_checkpoint(parse_note(read("checkpoint").decode())[0]).size
    except (Malformed, UnicodeDecodeError):
        return nullcontext()  # what is wrong with it is found in its place
    many = size > MANY or _bytes_of_ballots(path) > LARGE
    return ProcessPoolExecutor(2) if many else nullcontext()


def _bytes_of_ballots(path: Path) -> int:
    return sum(each.lstat().st_size for each in (path / "ballots").glob("*.bel"))


def named_reader(state: State, reader: str) -> str:
    """A reader as people know them: whoever is given by their id is told by handle or name, if the state has them."""
    return reader if reader in READERS else known_as(state, Handles(state).find(reader) or reader)


def _shown(verified: Verified, named: str, *, own_key: bool) -> dict[str, object]:
    return {
        "headline": _headline(verified, named),
        "for": verified.reader or "all",
        "origin": verified.origin,
        "entries": verified.entries,
        "root": verified.root.hex(),
        "key_from_export": own_key,
        "acts_missing": verified.missing,
        "undecided": verified.undecided,
        "undecided_from": verified.gap,
        "parts_missing": verified.parts_missing,
        "parts_erased": verified.parts_erased,
        "parts_kept": verified.parts_kept,
        "parts_untold": verified.parts_untold,
        "erasures_undone": verified.erasures_undone,
        "audiences_unchecked": verified.audiences_unchecked,
        "offsets_unknown": verified.offsets_unknown,
        "divisions": verified.divisions,
        "divisions_unchecked": verified.divisions_unchecked,
        "archives": verified.archives,
        "warnings": [
            {"division": division, "code": each.value, "text": WEAKNESSES[each]}
            for division, each in verified.archive_weaknesses
        ],
        "earlier_checkpoints": verified.earlier,
        "receipts": verified.receipts,
        "checks": [check.value for check in Check],
    }


def _say(verified: Verified, named: str) -> None:
    say(_headline(verified, named))
    say_raw(f"root {verified.root.hex()}")
    whose, may_not = WHOSE.get(named, (named, f"{named} may not"))
    if verified.parts_kept:
        say(f"{_are(verified.parts_kept)} not here that {may_not} see.")
    if count := verified.parts_untold:
        say(
            f"{_are(count)} not here of which it could not be told whether {whose} may see "
            f"{'it' if count == 1 else 'them'}: an act is missing."
        )
    if verified.erasures_undone:
        warn(
            f"{_are(verified.erasures_undone)} here although the record says that they were erased."
        )
    if verified.audiences_unchecked:
        count = verified.audiences_unchecked
        say(
            f"The audience of {_parts(count)} could not be worked out again: an act before is missing."
        )
    if verified.divisions_unchecked:
        results = plural(verified.divisions_unchecked, "result")
        say(f"{results} could not be reckoned again, as acts of the division are missing.")
    table(
        "", ("check", "", "means"), [(c.value, _standing(c, verified), MEANING[c]) for c in Check]
    )
    if verified.offsets_unknown:
        count = verified.offsets_unknown
        acts = plural(count, "act has", "acts have")
        warn(
            f"{acts} an offset from UTC that no clock of the organisation's zone showed then, as far as this machine's "
            "zone data knows: their days may be wrong."
        )
    for division, each in verified.archive_weaknesses:
        warn(f"division {division}: {WEAKNESSES[each]}")


def _headline(verified: Verified, named: str) -> str:
    """One sentence: what holds, for whom it was made, and what of it was not decided again or is gone."""
    made_for = f" for {named}" if named else ""
    holds = (
        f"verified{made_for}: {plural(verified.entries, 'entry', 'entries')} of {verified.origin}"
    )
    if verified.gap is not None:
        decided = (
            f"{verified.undecided} of {verified.entries} could not be decided again: "
            f"from entry {verified.gap} on an act is missing"
        )
    elif verified.undecided:
        decided = f"{verified.undecided} could not be decided again: their acts are missing"
    else:
        decided = "every act decided again"
    erased = verified.parts_erased
    gone = f"; {_parts(erased)} erased" if erased else ""
    return f"{holds}; {decided}{gone}"


def _parts(count: int) -> str:
    return plural(count, "part")


def _are(count: int) -> str:
    return plural(count, "part is", "parts are")


def _standing(check: Check, verified: Verified) -> str:
    """Whether a check holds, or how far it could be made."""
    if check is Check.CONSISTENCY:
        return f"holds for {verified.earlier}"
    if check is Check.RECEIPTS:
        return f"holds for {verified.receipts}"
    if check is Check.RESULTS and verified.undecided:
        return f"holds for {verified.divisions} of {verified.divisions + verified.divisions_unchecked} divisions"
    if check is Check.BALLOTS:
        return f"holds for {verified.archives}"
    if check in DECIDING and verified.undecided:
        return f"holds for {verified.entries - verified.undecided} of {verified.entries}"
    return "holds"


def read_receipt(path: Path) -> Receipt:
    """The receipt in a file, of either form; nothing is verified by this."""
    text = read_text(path)
    return parse_receipt(text) if text.startswith("c2sp.org/") else parse_spicy(text)


def read_text(path: Path) -> str:
    """The text of a file that somebody named, a checkpoint or a receipt. Raises Malformed if it cannot be read, or is larger."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_TEXT + 1)
    except OSError as error:
        raise Malformed(str(path), f"a readable file ({error.strerror})") from None
    if len(data) > LARGEST_TEXT:
        raise Malformed(str(path), f"a file of at most {LARGEST_TEXT} bytes")
    return decode_text(data, str(path))
