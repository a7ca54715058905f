"""`quorate erase`: parts of an entry erased, on the record and then from the store."""

from pathlib import Path
from typing import get_args

import click

from quorate.assembly.keeping.erasures import Ground
from quorate.assembly.state import State
from quorate.cli.act import carry_out_steps, rehearse_steps
from quorate.cli.clock import warn_of_clock
from quorate.cli.options import common, in_folder, stamped
from quorate.cli.output import print_json, say
from quorate.premises.bootstrap import open_premises
from quorate.premises.entropy import OsEntropy
from quorate.script.acts import Step, read_fields


@click.command()
@click.argument("seq", type=int, metavar="ENTRY")
@click.argument("parts", nargs=-1, required=True, metavar="PART...")
@click.option("--ground", required=True, type=click.Choice(get_args(Ground)), help="Why.")
@click.option("--decision", default="", help="The decision that it rests on, where it takes one.")
@stamped
@in_folder
@common
def erase(
    *,
    seq: int,
    parts: tuple[str, ...],
    ground: str,
    decision: str,
    folder: Path,
    as_json: bool,
    **stamp: str | None,
) -> None:
    """Erase parts of an ENTRY, such as `person` or `text`. The entry, its place and every proof stay.

    Earlier exports and backups keep what they have: see to them too.
    """

    def steps(state: State) -> list[Step]:
        caller = {key: value for key, value in stamp.items() if value}
        caller.setdefault("by", state.house().clerk)
        fields = {"seq": str(seq), "parts": f"[{', '.join(parts)}]", "ground": ground}
        if decision:
            fields["decision"] = decision
        return [read_fields("erase-part", fields, caller, state, OsEntropy())]

    with open_premises(folder) as desk:
        steps_read = desk.read(steps)
        rehearse_steps(desk, steps_read)
        answers = carry_out_steps(desk, steps_read)
        warn_of_clock(desk)
    if as_json:
        shown = {"seq": seq, "parts": list(parts), "ground": ground, "entry": answers[0].first}
        print_json({"erased": shown})
    else:
        say(f"{', '.join(parts)} of entry {seq} erased; entry {answers[0].first} says so.")
