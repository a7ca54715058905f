"""`quorate demo`: an example organisation played through the same desk as any user's, told, and verified."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import click

import quorate
from quorate.assembly.act import Stamp
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.audit.verify import Verified, verify
from quorate.canon.fault import Malformed
from quorate.cli.act import in_words, rehearse_steps
from quorate.cli.demo_pages import show_demo
from quorate.cli.options import common
from quorate.cli.output import print_json
from quorate.cli.premises import VKEY, OsEntropy, Premises, found_premises, open_premises, read_vkey
from quorate.desk.desk import Desk
from quorate.desk.export import FolderReader
from quorate.desk.port import Row
from quorate.desk.rehearsal import carry_out
from quorate.desk.script import Step, read_script, script_files
from quorate.desk.telling.chronicle import chronicle
from quorate.desk.telling.story import Line, story
from quorate.desk.telling.things import Teller
from quorate.desk.view.business import DispositionView, ItemView, dispositions, open_items
from quorate.desk.view.calendar import ClashView, MovedView, clashes, moved
from quorate.desk.view.divisions import DivisionView, division_view
from quorate.desk.view.eyes import today

EXAMPLES = ("october-1917", "housing-co-operative")


@dataclass(frozen=True, slots=True)
class RefusedAct:
    """An act of an example that a rule refused, as the example says it must."""

    act: str
    by: str
    code: str
    message: str
    clause: str
    where: str
    at_entry: int
    """The number of entries when it was refused."""


@dataclass(frozen=True, slots=True)
class NotAnalysed:
    """Something that is on the record and from which this version draws no conclusion."""

    what: str
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class Played:
    """What came of an example."""

    folder: Path
    organisation: str
    calendar: str
    told_clock: bool
    lines: list[Line]
    refused: list[RefusedAct]
    divisions: list[DivisionView]
    open_business: list[ItemView]
    moved: list[MovedView]
    clashes: list[ClashView]
    dispositions: list[DispositionView]
    recorded_not_analysed: list[NotAnalysed]
    names: Teller
    verified: Verified


@click.command(short_help="Play an example organisation.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    help="A new or empty folder for it.  [default: a temporary one]",
)
@click.option(
    "--example", type=click.Choice(EXAMPLES), default=EXAMPLES[0], show_default=True
)
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


def play(script: Path, folder: Path, origin: str) -> Played:
    """What comes of the acts of a script in a new organisation with its record in a folder.

    Raises:
        Refused: an act is refused that the script does not expect to be.
        Malformed: the script is not in order, or expects a refusal that does not come.
        Unverified: the export of the record does not hold.
    """
    found_premises(folder, Premises(origin, "record.sqlite"))
    refused: list[RefusedAct] = []
    with open_premises(folder) as desk:
        steps = desk.read(lambda state: read_script(script_files(script), state, OsEntropy()))
        rehearse_steps(desk, steps)
        carry_out(desk, steps, None, lambda *met: refused.append(_refusal(desk, *met)))
        rows = [Row(seq, *desk.parts(seq)) for seq in range(desk.read(lambda state: state.size))]
        verifier = read_vkey(str(folder / VKEY))
        desk.export(folder / "export", verifier, lambda _, __: True)
    said, state = verify(FolderReader(folder / "export"), verifier)
    return _played(folder, rows, state, refused, said)


def _played(
    folder: Path, rows: list[Row], state: State, refused: list[RefusedAct], said: Verified
) -> Played:
    """Everything is shown on the state that the auditor reached, from the export alone."""
    house = state.house()
    names = Teller(
        state, Stamp(at=state.last_at, on=today(state, state.last_at), by=house.clerk)
    )
    held = state.divisions.values()
    return Played(
        folder=folder,
        organisation=house.name,
        calendar=house.calendar,
        told_clock=house.clock == "told",
        lines=list(story(chronicle(rows))),
        refused=refused,
        divisions=[division_view(names, each, by_name=True) for each in held],
        open_business=open_items(names),
        moved=moved(names),
        clashes=clashes(names),
        dispositions=dispositions(names),
        recorded_not_analysed=_not_analysed(state),
        names=names,
        verified=said,
    )


def _refusal(desk: Desk, step: Step, refusal: Refused, size: int) -> RefusedAct:
    def look(state: State) -> RefusedAct:
        names = Teller(state, Stamp(at=state.last_at, on=today(state, state.last_at), by=""))
        return RefusedAct(
            act=step.name,
            by=names.person(step.caller.by),
            code=refusal.code,
            message=in_words(names, Refused(refusal.code, **refusal.facts)),
            clause=refusal.clause,
            where=step.where,
            at_entry=size,
        )

    return desk.read(look)


def _not_analysed(state: State) -> list[NotAnalysed]:
    in_force = [each for each in state.decisions.values() if not each.rescinded_by]
    clauses = sum(len(each.clauses) for each in in_force)
    aliases = [each for held in state.meetings.values() for each in held.presences.values()]
    secret = [each for each in state.divisions.values() if each.method == "secret"]
    found = (
        NotAnalysed("soundings", len(state.reports), "what they come to together, and under which call"),
        NotAnalysed("clauses in force", clauses, "whether they can all stand together"),
        NotAnalysed(
            "arrivals at meetings in confidence",
            sum(1 for each in aliases if state.meetings),
            "how each came to know the venue, and by which password",
        ),
        NotAnalysed("secret divisions", len(secret), "the proofs of their ballots"),
    )
    return [each for each in found if each.count]


def _report(played: Played) -> dict[str, Any]:
    said = played.verified
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
            "origin": said.origin,
            "entries": said.entries,
            "root": said.root.hex(),
            "undecided": said.undecided,
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
