"""`quorate export` and `quorate restore`: the record as a folder of plain files, and back."""

from functools import partial
from pathlib import Path

import click

from quorate.assembly.audience import EVERYTHING, audiences_of, known_as
from quorate.assembly.state import State
from quorate.canon.fault import Conflict, Fault, Malformed, Unavailable
from quorate.cli.failures import EXITS
from quorate.cli.options import READERS, common, in_folder
from quorate.cli.output import print_json, say
from quorate.cli.progress import progress
from quorate.cli.verify import open_export
from quorate.desk.export import restore as restore_from
from quorate.desk.folder_reader import FolderReader
from quorate.desk.port import Store
from quorate.premises.bootstrap import open_premises, remembered, restore_store
from quorate.premises.clock import SystemClock
from quorate.premises.folder import VKEY, read_vkey
from quorate.reading.reader import today
from quorate.reading.words.names import plural
from quorate.record.checkpoint import open_checkpoint
from quorate.record.note import Verifier
from quorate.record.tree import Tree, leaf_hash
from quorate.script.handles import Handles


@click.command()
@click.argument("to", type=click.Path(path_type=Path), metavar="TO")
@click.option(
    "--for",
    "written_for",
    default="all",
    show_default=True,
    metavar="WHO",
    help="Whose parts go with it: `all`, `members`, `public`, or a member's handle.",
)
@click.option(
    "--ballots",
    "division",
    metavar="DIVISION",
    help="Only the archive of a closed secret division, into the file TO: its trustees go on from there.",
)
@in_folder
@common
def export(
    *, to: Path, written_for: str, division: str | None, folder: Path, as_json: bool
) -> None:
    """Write the record into the folder TO, with the parts that a reader may see.

    Whoever gets it can check all of it against the public key: see VERIFY.txt in it.
    """
    if division:
        _export_ballots(to, division, folder, as_json=as_json)
        return
    with open_premises(folder, reading=True) as desk:
        who = desk.read(
            lambda state: (
                written_for if written_for in READERS else Handles(state).resolve(written_for)
            )
        )
        named = desk.read(lambda state: known_as(state, who))
        with progress("writing") as tell:
            entries = desk.export(
                to,
                read_vkey(str(folder / VKEY)),
                partial(_audiences, who),
                tell,
                for_all=written_for == "public",
            )
    if as_json:
        print_json({"export": {"folder": str(to), "for": written_for, "entries": entries}})
    else:
        say(
            f"{plural(entries, 'entry', 'entries')} written to {to}, with the parts that {_whose(named)} may see."
        )


def _export_ballots(to: Path, division: str, folder: Path, *, as_json: bool) -> None:
    if to.exists():
        raise Malformed(str(to), "the name of a file that is not there yet")
    with open_premises(folder, reading=True) as desk:
        count = len(desk.trackers(division))
        try:
            with to.open("xb") as file:
                desk.write_archive(division, file)
        except BaseException:
            to.unlink(missing_ok=True)
            raise
    if as_json:
        print_json({"export": {"file": str(to), "division": division, "ballots": count}})
    else:
        say(f"{plural(count, 'ballot')} written to {to}.")


@click.command()
@click.argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path))
@in_folder
@common
def restore(*, source: Path, folder: Path, as_json: bool) -> None:
    """Append to the record what an export of it has beyond it: into a new store, or after an old backup.

    If the signer remembers more than is there afterwards, a newer export is needed, and the exit code is 75.
    """
    open_export(source)
    store = restore_store(folder)
    try:
        added, export_size = _bring_up(store, source, read_vkey(str(folder / VKEY)))
        size = store.head().size
    finally:
        store.close()
    signed = _signed(folder)
    if as_json:
        shown = {"folder": str(source), "entries": added, "size": size, "signed": signed}
        print_json({"restored": shown})
    elif added:
        say(f"{plural(added, 'entry', 'entries')} restored from {source}.")
    else:
        whose = "begins with all" if size > export_size else "has all"
        here = plural(size, "entry", "entries")
        say(f"Nothing to restore: the record has {here}, and {whose} {export_size} of {source}.")
    if signed is not None and signed > size:
        if as_json:
            raise click.exceptions.Exit(EXITS[Unavailable])
        raise Unavailable(
            f"the record is still cut: {plural(signed, 'entry was', 'entries were')} signed, and only {size} are here",
            f"restore from a newer export, one of {signed} entries or more",
        )


def _bring_up(store: Store, source: Path, verifier: Verifier) -> tuple[int, int]:
    """How many entries were restored, and how many the export has. None if the export is the beginning of the record.

    Raises:
        Conflict: neither is the beginning of the other.
    """
    try:
        added = restore_from(store, source, verifier)
    except Conflict:
        signed = open_checkpoint(FolderReader(source)("checkpoint"), verifier)
        tree = Tree()
        tree.extend(leaf_hash(row.entry) for row in store.rows())
        if signed.size > tree.size or tree.root(signed.size) != signed.root:
            raise
        return 0, signed.size
    return added, open_checkpoint(FolderReader(source)("checkpoint"), verifier).size


def _signed(folder: Path) -> int | None:
    """How many entries the signer remembers, or None if it remembers nothing: then nobody here can say."""
    try:
        return remembered(folder).size
    except Fault:
        return None


def _audiences(who: str, state: State) -> frozenset[str]:
    if who == "all":
        return EVERYTHING
    return audiences_of(state, who, today(state, SystemClock().now()))


def _whose(named: str) -> str:
    return {"all": "the clerk", "members": "every member", "public": "anybody"}.get(named, named)
