"""`quorate open`: open business, what is overdue first, then the oldest."""

from pathlib import Path

import click

from quorate.canon.fault import Malformed
from quorate.canon.moment import parse_day
from quorate.cli.options import common, in_folder, seen_by, span_of, spanned
from quorate.cli.output import listing, place_of, print_json
from quorate.cli.pages.registers import open_items as open_items_page
from quorate.cli.readers import read_as
from quorate.reading.page import Page
from quorate.reading.reader import Reader
from quorate.reading.view.business import ItemView, open_items
from quorate.script.handles import near


@click.command("open")
@click.option("--body", default="", metavar="BODY", help="Only what is before this body.")
@click.option("--as-of", metavar="DAY", help="What is overdue on this day.  [default: today]")
@spanned
@in_folder
@seen_by
@common
def open_business(
    *,
    body: str,
    as_of: str | None,
    first: int,
    count: int | None,
    folder: Path,
    seen_by: str,
    as_json: bool,
) -> None:
    """List all that was opened and has no disposition yet."""
    span = span_of(first, count, as_json=as_json)

    def look(reader: Reader) -> tuple[str | None, Page[ItemView]]:
        if body and body not in reader.state.bodies:
            raise Malformed(body, "a body", near(body, reader.state.bodies))
        day = parse_day(as_of, reader.calendar).on if as_of else reader.on
        return reader.day(day), open_items(reader, day, body, span)

    day, page = read_as(folder, seen_by, look)
    if as_json:
        print_json({"as_of": day, "open_business": page.items} | place_of(page))
    else:
        listing(page, open_items_page, "Nothing is open.")
