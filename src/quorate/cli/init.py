"""`quorate init`: the folder, the key and the empty record of an organisation, and its founding."""

from pathlib import Path

import click

from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.canon.line import check_line
from quorate.cli.act import carry_out_steps
from quorate.cli.options import common, in_folder
from quorate.cli.output import facts, print_json, say, say_raw
from quorate.premises.bootstrap import found_premises, open_premises
from quorate.premises.clock import SystemClock
from quorate.premises.entropy import OsEntropy
from quorate.premises.folder import Premises
from quorate.record.note import format_vkey
from quorate.script.acts import Step, read_fields
from quorate.script.rehearsal import rehearse


@click.command()
@in_folder
@click.option("--name", help="What the organisation is called.")
@click.option("--clerk", metavar="NAME", help="Who keeps the record.")
@click.option("--handle", default="clerk", show_default=True, help="The clerk's short name.")
@click.option(
    "--origin", required=True, help="The name of the log and of its key, such as example.org/co-op."
)
@click.option("--zone", default="UTC", show_default=True, help="Time zone (IANA).")
@click.option(
    "--calendar",
    type=click.Choice(["gregorian", "julian"]),
    default="gregorian",
    show_default=True,
    help="In which its dates are written.",
)
@click.option(
    "--clock",
    type=click.Choice(["system", "told"]),
    default="system",
    show_default=True,
    help="`told`: a replay, in which each act says when.",
)
@click.option("--at", metavar="TIME", help="When it was founded, where the clock is told.")
@click.option("--store", metavar="ADDRESS", help="Where the record is.  [default: record.sqlite]")
@click.option("--store-file", metavar="FILE", help="A file with that address (password and all).")
@common
def init(
    *,
    folder: Path,
    name: str | None,
    clerk: str | None,
    handle: str,
    origin: str,
    zone: str,
    calendar: str,
    clock: str,
    at: str | None,
    store: str | None,
    store_file: str | None,
    as_json: bool,
) -> None:
    """Make the folder of an organisation and found it.

    Without --name and --clerk the record stays empty: its first act is then `found-organisation`.
    """
    if (name is None) != (clerk is None):
        raise Malformed("--name, --clerk", "both or neither")
    if store and store_file:
        raise Malformed("--store, --store-file", "one of them")
    steps = []
    if name and clerk:
        fields = {"name": name, "zone": zone, "calendar": calendar, "clock": clock}
        fields |= {"clerk": f"@{handle}", "person.name": clerk}
        steps = [_founding(fields, {"at": at} if at else {})]
        rehearse(State(), steps, SystemClock().now())
    kept = "" if store_file else store or "record.sqlite"
    verifier = found_premises(folder, Premises(origin, kept, store_file or ""))
    with open_premises(folder) as desk:
        if steps:
            carry_out_steps(desk, steps)
        entries = desk.read(lambda state: state.size)
    vkey = format_vkey(verifier)
    if as_json:
        shown = {"dir": str(folder), "origin": origin, "vkey": vkey, "entries": entries}
        print_json({"organisation": shown})
        return
    say(f"{name or origin} has its record in {folder}.")
    facts([("entries", entries), ("keep secret", folder / "log.key")])
    say("Print the public key where every member finds it, such as in the statutes:")
    say_raw(vkey)


def _founding(fields: dict[str, str], stamp: dict[str, str]) -> Step:
    # YAML would make a space of a new line, and a name that nobody gave.
    quoted = {key: _quoted(check_line(value, key)) for key, value in fields.items()}
    return read_fields("found-organisation", quoted, stamp, State(), OsEntropy())


def _quoted(text: str) -> str:
    """A YAML scalar that means just this text."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
