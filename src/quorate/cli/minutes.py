"""`quorate minutes`: the minutes of a meeting, drafted from the record."""

from datetime import date
from functools import cache
from pathlib import Path

import click

from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.cli.options import common, in_folder, seen_by
from quorate.cli.output import print_json, say
from quorate.cli.progress import progress
from quorate.desk.port import Row
from quorate.premises.bootstrap import open_premises
from quorate.premises.clock import SystemClock
from quorate.reading.minutes.pages import render_html, render_markdown, render_pdf
from quorate.reading.minutes.taking import MinuteText, take_minutes
from quorate.reading.reader import Reader, today
from quorate.record.entry import Part
from quorate.script.handles import Handles, near

SUFFIXES = {".md": "md", ".html": "html", ".htm": "html", ".pdf": "pdf"}


@click.command()
@click.argument("meeting")
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "html", "pdf"]),
    help="[default: by the name of --out, else md]",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write them there.",
)
@in_folder
@seen_by
@common
def minutes(
    *, meeting: str, form: str | None, out: Path | None, folder: Path, seen_by: str, as_json: bool
) -> None:
    """Draft the minutes of MEETING from the record, with the parts that a reader may see.

    \b
    quorate minutes agm-2026 --out minutes.html
    quorate minutes agm-2026 --format pdf --out minutes.pdf --as @ada
    """  # noqa: D301  # \b is for click: keep the lines
    form = form or (SUFFIXES.get(out.suffix.lower(), "md") if out else "md")
    if form == "pdf" and out is None and not as_json:
        raise Malformed("--format pdf", "--out FILE beside it")
    text = _taken(meeting, folder, seen_by)
    if as_json:
        print_json({"minutes": text})
        return
    data = _rendered(text, form)
    if out is None:
        click.echo(data, nl=False)
        return
    try:
        out.write_bytes(data)
    except OSError as error:
        raise Malformed(str(out), f"a place to write to ({error.strerror})") from None
    say(f"The minutes of {text.title} are in {out}.")


def _rendered(text: MinuteText, form: str) -> bytes:
    if form == "pdf":
        return render_pdf(text)
    return (render_html(text) if form == "html" else render_markdown(text)).encode()


def _taken(meeting: str, folder: Path, seen_by: str) -> MinuteText:
    with progress("reading the record") as tell, open_premises(folder, tell, reading=True) as desk:

        def look(state: State) -> tuple[int, str, date]:
            if seen_by == "desk" and meeting not in state.meetings:
                raise Malformed(meeting, "a meeting", near(meeting, state.meetings))
            who = seen_by if seen_by in ("desk", "public") else Handles(state).resolve(seen_by)
            return state.size, who, today(state, SystemClock().now())

        size, who, on = desk.read(look)

        @cache
        def among(audience: str) -> bool:
            return desk.read(lambda state: Reader(state, on, who).may_see(audience))

        def may_see(part: Part) -> bool:
            return among(part.audience)

        rows = (Row(seq, *desk.parts(seq)) for seq in range(size))
        voice = "public" if seen_by == "public" else "desk"
        return take_minutes(rows, meeting, may_see, voice)
