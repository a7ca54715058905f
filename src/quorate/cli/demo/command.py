"""`quorate demo`: an example organisation played through the same desk as any user's, told, and verified."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import click

import quorate
from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.cli.demo.pages import show_demo
from quorate.cli.demo.play import EXAMPLES, Played, play
from quorate.cli.options import common
from quorate.cli.output import print_json, say, say_raw
from quorate.premises.bootstrap import open_premises


@click.command()
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    help="A new or empty folder for it.  [default: a temporary one]",
)
@click.option("--example", type=click.Choice(EXAMPLES), default=EXAMPLES[0], show_default=True)
@click.option("--no-serve", is_flag=True, help="End after the verification, at a terminal too.")
@click.option("--port", default=8000, show_default=True, help="Where it is served in the end.")
@common
def demo(*, folder: Path | None, example: str, no_serve: bool, port: int, as_json: bool) -> None:
    """Play an example: its acts go through the same desk as anybody's.

    Then its record is told, what is open and what clashes is shown, and an export of it is verified. At a terminal it is
    served to your browser in the end, with links for its people.
    """
    where = _prepared(folder)
    with _example(example) as script:
        played = play(script, where, f"example.org/{example}")
    if as_json:
        print_json(_report(played))
        return
    show_demo(played)
    if sys.stdout.isatty() and not no_serve:
        serve_demo(where, port)


def serve_demo(folder: Path, port: int) -> None:
    """Serve what was played, until Ctrl-C, with a link for each of its people who goes by a name."""
    web = import_module("quorate.web.serve")  # Django, when it is used

    def tell(served: Any) -> None:
        say(
            f"The floor is at {served.url}; Ctrl-C ends it. Its people come in with these links, once each:"
        )
        for each in served.invited:
            say_raw(f"{each.name:<20} {each.link}")

    with open_premises(folder, reading=True) as desk:
        cast = desk.read(_cast)
    web.serve(folder, web.Address("127.0.0.1", port), tell, invite=cast)


def _cast(state: State) -> list[str]:
    """The clerk, and those members who hold an office or sit in a body, by id; a dozen of them."""
    seated = {person for body in state.bodies.values() for person in body.seated}
    holders = {office.holder for office in state.offices.values()}
    named = [
        each.id for each in state.people.values() if each.known and each.id in seated | holders
    ]
    return list(dict.fromkeys([state.house().clerk, *named]))[:12]


def _report(played: Played) -> dict[str, Any]:
    verified = played.verified
    return {
        "organisation": played.organisation,
        "calendar": played.calendar,
        "dir": str(played.folder),
        "divisions": played.divisions,
        "open_business": played.open_business,
        "moved": played.moved,
        "clashes": played.clashes,
        "dispositions": played.dispositions,
        "recorded_not_analysed": played.recorded_not_analysed,
        "refused": played.refused,
        "verified": {
            "origin": verified.origin,
            "entries": verified.entries,
            "root": verified.root.hex(),
            "undecided": verified.undecided,
        },
    }


def _prepared(folder: Path | None) -> Path:
    """The folder for the demo, new or empty.

    Raises:
        Malformed: it is a file, or has something in it.
    """
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="quorate-demo-"))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Malformed(
            str(folder), "a new or empty folder", "name another with --dir, or leave --dir out"
        )
    return folder


@contextmanager
def _example(name: str) -> Iterator[Path]:
    """The folder of an example: packaged with the program, or in the checkout that it runs from.

    Raises:
        Malformed: it is in neither place.
    """
    packaged = files(quorate) / "examples" / name
    beside = Path(quorate.__file__).resolve().parents[2] / "examples" / name
    if packaged.is_dir():
        with as_file(packaged) as path:
            yield path
    elif beside.is_dir():
        yield beside
    else:
        hint = "`quorate act` plays the .yaml files of any folder"
        raise Malformed(name, "an example that came with this program", hint)
