"""`quorate demo`: an example organisation played through the same desk as any user's, told, and verified."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import click

import quorate
from quorate.canon.fault import Malformed
from quorate.cli.demo.pages import show_demo
from quorate.cli.demo.play import EXAMPLES, Played, play
from quorate.cli.options import common
from quorate.cli.output import print_json


@click.command()
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    help="A new or empty folder for it.  [default: a temporary one]",
)
@click.option("--example", type=click.Choice(EXAMPLES), default=EXAMPLES[0], show_default=True)
@common
def demo(*, folder: Path | None, example: str, as_json: bool) -> None:
    """Play an example: its acts go through the same desk as anybody's.

    Then its record is told, what is open and what clashes is shown, and an export of it is verified.
    """
    where = _prepared(folder)
    with _example(example) as script:
        played = play(script, where, f"example.org/{example}")
    if as_json:
        print_json(_report(played))
    else:
        show_demo(played)


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
