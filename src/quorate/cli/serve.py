"""`quorate serve`: the floor in the browser."""

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from quorate.canon.fault import Malformed
from quorate.cli.options import common, in_folder
from quorate.cli.output import print_json, say, say_raw

_WITHOUT = "the floor in the browser needs packages that are not installed"


@click.command(short_help="Serve the floor in the browser.")
@in_folder
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help="A name under which people reach it, such as floor.example.org.",
)
@click.option("--tls", is_flag=True, help="People reach it by TLS, through a proxy in front.")
@common
def serve(
    *, folder: Path, host: str, port: int, names: tuple[str, ...], tls: bool, as_json: bool
) -> None:
    """Serve the organisation in a folder to browsers, until it is told to end.

    Where there is no organisation yet, an address with a key is printed at which the first to open it founds one. Else, at the
    first start, a link is printed with which the clerk comes in. In a hall there has to be TLS, or phones keep back
    what a booth needs: put a proxy such as Caddy in front, and say so with --tls.
    """
    try:
        web = import_module("quorate.web.serve")  # Django, when it is used
    except ModuleNotFoundError as error:
        raise Malformed(str(error.name), _WITHOUT, "install quorate[web]") from None

    def tell(served: Any) -> None:
        if as_json:
            link = served.link or None
            shown = {"address": served.url, "founding": served.founding, "link": link}
            print_json({"floor": shown})
            return
        say(f"The floor is at {served.url}; Ctrl-C ends it.")
        if served.founding:
            say("There is no organisation yet. Found one at this address, in one browser:")
            say_raw(served.link)
        elif served.link:
            say("The clerk comes in with this link, once, within fourteen days:")
            say_raw(served.link)

    web.serve(folder, web.Address(host, port, names, tls=tls), tell)
