"""`quorate import`: members from a table, whole or not at all."""

from pathlib import Path

import click

from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.cli.act import carry_out_steps, rehearse_steps
from quorate.cli.clock import warn_of_clock
from quorate.cli.options import common, confirm_time, in_folder
from quorate.cli.output import print_json, say, table, warn
from quorate.desk.answer import Caller
from quorate.desk.local_time import parse_instant
from quorate.premises.bootstrap import open_premises
from quorate.premises.entropy import OsEntropy
from quorate.reading.words.names import plural
from quorate.script.acts import Step, with_time_confirmed
from quorate.script.handles import Handles
from quorate.script.members import Row, read_members, steps_of

PREVIEW = 20
"""Rows shown of a table that is in order; those with errors are all shown."""


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", metavar="WHO", help="Who admits them.  [default: the clerk]")
@click.option("--at", metavar="TIME", help="When, where the clock is told.")
@confirm_time
@click.option("--dry-run", is_flag=True, help="Only show what would be recorded.")
@in_folder
@common
def import_members(
    *,
    file: Path,
    by: str | None,
    at: str | None,
    confirm_time: bool,
    dry_run: bool,
    folder: Path,
    as_json: bool,
) -> None:
    """Admit and seat members from a CSV file.

    Columns: name, and if you like handle, contact, body, weight, since, until, office. Every row is checked first;
    nothing is applied if any has an error.
    """
    with open_premises(folder, reading=dry_run) as desk:
        data = file.read_bytes()
        rows = desk.read(lambda state: _rows(str(file), data, state, by, at))
        wrong = [row for row in rows if row.errors]
        steps: list[Step] = []
        if not wrong:
            steps = steps_of(rows)
            if confirm_time:
                steps = list(map(with_time_confirmed, steps))
            rehearse_steps(desk, steps)
            if not dry_run:
                carry_out_steps(desk, steps)
                warn_of_clock(desk)
        applied = not wrong and not dry_run
        if as_json:
            print_json(_report(rows, len(steps), applied=applied))
        else:
            _show(rows, wrong, applied=applied)
    if wrong:
        if as_json:
            raise click.exceptions.Exit(2)
        raise Malformed(
            str(file), f"a table without errors: {len(wrong)} of {plural(len(rows), 'row')}"
        )


def _rows(name: str, data: bytes, state: State, by: str | None, at: str | None) -> list[Row]:
    house = state.house()
    clerk = Handles(state).resolve(by) if by else house.clerk
    when = parse_instant(at, house.calendar, house.zone) if at else None
    caller = Caller(by=clerk, at=when)
    return read_members(name, data, state, OsEntropy(), caller)


def _report(rows: list[Row], acts: int, *, applied: bool) -> dict[str, object]:
    shown = [{"line": row.line, **row.cells, "errors": row.errors} for row in rows]
    return {"rows": shown, "acts": acts, "applied": applied}


def _show(rows: list[Row], wrong: list[Row], *, applied: bool) -> None:
    shown = wrong or rows[:PREVIEW]
    headings = ("line", "name", "handle", "body", "weight", "office", "errors")
    table(
        "",
        headings,
        [
            (row.line, *(row.cells.get(key, "") for key in headings[1:-1]), "\n".join(row.errors))
            for row in shown
        ],
    )
    if len(shown) < len(rows) and not wrong:
        say(f"and {len(rows) - len(shown)} more")
    if wrong:
        warn("nothing was applied")
    else:
        say(f"{plural(len(rows), 'member')} {'admitted' if applied else 'would be admitted'}.")
