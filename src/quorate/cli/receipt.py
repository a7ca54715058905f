"""`quorate receipt`: the proof, in two small files, that an entry is in the record; and its check."""

import os
from pathlib import Path

import click

from quorate.canon.fault import Malformed
from quorate.cli.options import common, in_folder
from quorate.cli.output import print_json, say
from quorate.cli.verify import read_receipt
from quorate.premises.bootstrap import open_premises
from quorate.premises.folder import read_vkey
from quorate.record.receipt import check_receipt, format_receipt, format_spicy


@click.command()
@click.argument("seq", type=int, required=False, metavar="ENTRY")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the receipt goes.  [default: ENTRY.tlog-proof]",
)
@click.option("--force", is_flag=True, help="Write over what is there already.")
@click.option("--spicy", is_flag=True, help="In the older form, `.spicy`.")
@click.option(
    "--check",
    "given",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Check this receipt instead.",
)
@click.option(
    "--entry",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With --check: the bytes of the entry.",
)
@click.option("--key", metavar="FILE|KEY", help="With --check: the public key.")
@in_folder
@common
def receipt(
    *,
    seq: int | None,
    out: Path | None,
    force: bool,
    spicy: bool,
    given: Path | None,
    entry: Path | None,
    key: str | None,
    folder: Path,
    as_json: bool,
) -> None:
    """Give the receipt of an ENTRY and the entry itself, or check one.

    \b
    quorate receipt 42
    quorate receipt --check 42.tlog-proof --entry 42.entry --key log.vkey
    """  # noqa: D301  # \b is for click: keep the lines
    if given is not None:
        _check(given, entry, key, as_json=as_json)
    elif seq is None:
        raise Malformed("ENTRY", "the number of an entry, or --check")
    else:
        path = out or Path(f"{seq}.{'spicy' if spicy else 'tlog-proof'}")
        _give(seq, path, folder, spicy=spicy, force=force, as_json=as_json)


def _give(seq: int, path: Path, folder: Path, *, spicy: bool, force: bool, as_json: bool) -> None:
    with open_premises(folder, reading=True) as desk:
        size = desk.read(lambda state: state.size)
        if not 0 <= seq < size:
            raise Malformed(str(seq), f"an entry from 0 to {size - 1}")
        made = desk.receipt(seq)
        data, _ = desk.parts(seq)
    beside = path.with_suffix(".entry")
    if beside == path:
        raise Malformed(str(path), "a name for the receipt that the entry's own file does not have")
    text = format_spicy(made) if spicy else format_receipt(made)
    _write({path: text.encode(), beside: data}, force=force)
    if as_json:
        files = {"receipt": str(path), "entry": str(beside)}
        print_json({"receipt": {"seq": seq, "size": size, "files": files}})
    else:
        say(f"Entry {seq} is in the record: {path} proves it of {beside}.")


def _write(contents: dict[Path, bytes], *, force: bool) -> None:
    """Write files; where one is there already nothing is written, unless it says the same or is to be written over."""
    left = {
        path: content for path, content in contents.items() if force or not _says(path, content)
    }
    for path in left:
        if not force and os.path.lexists(path):
            hint = "name another with --out, or write over it with --force"
            raise Malformed(str(path), "no other file there yet", hint)
    for path, content in left.items():
        try:
            with path.open("wb" if force else "xb") as file:
                file.write(content)
        except OSError as error:
            raise Malformed(str(path), f"a place to write to ({error.strerror})") from None


def _says(path: Path, content: bytes) -> bool:
    try:
        return path.is_file() and path.read_bytes() == content
    except OSError:
        return False


def _check(given: Path, entry: Path | None, key: str | None, *, as_json: bool) -> None:
    if entry is None or key is None:
        raise Malformed("--check", "--entry and --key beside it")
    made = read_receipt(given)
    try:
        data = entry.read_bytes()
    except OSError as error:
        raise Malformed(str(entry), f"a readable file ({error.strerror})") from None
    verifier = read_vkey(key)
    check_receipt(made, data, verifier)
    if as_json:
        print_json({"receipt": {"seq": made.index, "origin": verifier.name, "holds": True}})
    else:
        say(f"The receipt holds: these bytes are entry {made.index} of {verifier.name}.")
