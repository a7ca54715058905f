"""`quorate open`: open business, what is overdue first, then the oldest."""

from pathlib import Path

import click

from quorate.canon.fault import Malformed
from quorate.canon.moment import parse_day
from quorate.cli.options import common, in_folder, seen_by
from quorate.cli.output import print_json, say
from quorate.cli.pages.registers import open_items as open_items_page
from quorate.cli.readers import eyes_on
from quorate.reading.reader import Eyes
from quorate.reading.view.business import ItemView, open_items
from quorate.script.handles import near


@click.command("open", short_help="List open business.")
@click.option("--body", default="", metavar="BODY", help="Only what is before this body.")
@click.option("--as-of", metavar="DAY", help="What is overdue on this day.  [default: today]")
@in_folder
@seen_by
@common
def open_business(
    *, body: str, as_of: str | None, folder: Path, reader: str, as_json: bool
) -> None:
    """List all that was opened and has no disposition yet."""

    def look(eyes: Eyes) -> tuple[str | None, list[ItemView]]:
        if body and body not in eyes.state.bodies:
            raise Malformed(body, "a body", near(body, eyes.state.bodies))
        day = parse_day(as_of, eyes.calendar).on if as_of else eyes.on
        return eyes.day(day), open_items(eyes, day, body)

    day, items = eyes_on(folder, reader, look)
    if as_json:
        print_json({"as_of": day, "open_business": items})
    elif not items:
        say("Nothing is open.")
    else:
        open_items_page(items)
