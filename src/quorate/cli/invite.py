"""`quorate invite`: links with which people come in to the floor, once each."""

from importlib import import_module
from pathlib import Path

import click

from quorate.canon.fault import Malformed
from quorate.cli.options import common, in_folder
from quorate.cli.output import print_json, table


@click.command(short_help="Make links with which people come in.")
@click.argument("who", nargs=-1, metavar="[WHO]...")
@click.option("--all", "everybody", is_flag=True, help="For every member in good standing.")
@click.option(
    "--url",
    default="http://127.0.0.1:8000",
    show_default=True,
    help="The address under which people reach the floor.",
)
@in_folder
@common
def invite(*, who: tuple[str, ...], everybody: bool, url: str, folder: Path, as_json: bool) -> None:
    """Make a link for each WHO, by handle or id; it lets them in once, within fourteen days.

    Whoever has a link comes in as that member: hand it to nobody else, and print it on nothing that lies about.
    """
    if bool(who) == everybody:
        raise Malformed("WHO", "members by their handles, or --all")
    invitations = import_module("quorate.web.invitations")  # Django, when it is used
    made = invitations.invite(folder, who)
    rows = [(each.handle, each.name, f"{url.rstrip('/')}/sign-in/{each.secret}/") for each in made]
    if as_json:
        links = [dict(zip(("handle", "name", "link"), row, strict=True)) for row in rows]
        print_json({"links": links})
        return
    table("", ("handle", "name", "link"), rows)
