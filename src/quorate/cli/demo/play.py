"""An example organisation: played at a desk, told from its record, and shown as the auditor of its export sees it."""

from dataclasses import dataclass
from pathlib import Path

from quorate.assembly.audience import EVERYTHING
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.audit.verify import Verified, verify
from quorate.cli.act import rehearse_steps
from quorate.desk.desk import Desk
from quorate.desk.folder_reader import FolderReader
from quorate.desk.port import Row
from quorate.premises.bootstrap import found_premises, open_premises
from quorate.premises.entropy import OsEntropy
from quorate.premises.folder import VKEY, Premises, read_vkey
from quorate.reading.reader import Reader, today
from quorate.reading.refusals import cited, sentence
from quorate.reading.view.business import DispositionView, ItemView, dispositions, open_items
from quorate.reading.view.calendar import ClashView, MovedView, clashes, moved
from quorate.reading.view.divisions import DivisionView, division_view
from quorate.reading.words.chronicle import chronicle
from quorate.reading.words.story import Line, story
from quorate.reading.words.subjects import Names
from quorate.script.acts import Step, read_script, script_files
from quorate.script.rehearsal import carry_out

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
    """A kind of thing on the record from which this version draws no conclusion, and why."""

    what: str
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class Played:
    """An example that was played: its story, and how it stands at the end."""

    folder: Path
    organisation: str
    calendar: str
    example: str
    lines: list[Line]
    refused: list[RefusedAct]
    divisions: list[DivisionView]
    open_business: list[ItemView]
    moved: list[MovedView]
    clashes: list[ClashView]
    dispositions: list[DispositionView]
    recorded_not_analysed: list[NotAnalysed]
    names: Names
    verified: Verified


def play(script: Path, folder: Path, origin: str) -> Played:
    """The example of a script, played in a new organisation with its record in a folder.

    Raises:
        Refused: an act is refused that the script does not expect to be.
        Malformed: the script is not in order, or expects a refusal that does not come.
        Unverified: the export of the record does not hold.
    """
    found_premises(folder, Premises(origin, "record.sqlite"))
    refused: list[RefusedAct] = []
    with open_premises(folder) as desk:
        files = script_files(script)
        steps = desk.read(lambda state: read_script(files, state, OsEntropy()))
        rehearse_steps(desk, steps)
        carry_out(desk, steps, None, lambda *met: refused.append(_refusal(desk, *met)))
        rows = [Row(seq, *desk.parts(seq)) for seq in range(desk.read(lambda state: state.size))]
        verifier = read_vkey(str(folder / VKEY))
        desk.export(folder / "export", verifier, lambda _: EVERYTHING)
    verified, state = verify(FolderReader(folder / "export"), verifier)
    return _played(script.name, folder, rows, state, refused, verified)


def _played(  # noqa: PLR0917  # what was played, where, and what came of it
    example: str,
    folder: Path,
    rows: list[Row],
    state: State,
    refused: list[RefusedAct],
    verified: Verified,
) -> Played:
    """The example as it was played, shown on the state that the auditor reached from the export alone."""
    house = state.house()
    names = Names.of(Reader(state, today(state, state.last_at)))
    divisions = state.divisions.values()
    return Played(
        folder=folder,
        organisation=house.name,
        calendar=house.calendar,
        example=example,
        lines=list(story(chronicle(rows))),
        refused=refused,
        divisions=[division_view(names, each) for each in divisions],
        open_business=open_items(names).items,
        moved=moved(names).items,
        clashes=clashes(names).items,
        dispositions=dispositions(names).items,
        recorded_not_analysed=_not_analysed(state),
        names=names,
        verified=verified,
    )


def _refusal(desk: Desk, step: Step, refusal: Refused, size: int) -> RefusedAct:
    def look(state: State) -> RefusedAct:
        names = Names.of(Reader(state, today(state, state.last_at)))
        return RefusedAct(
            act=step.name,
            by=names.person(step.caller.by) if step.caller.by else "somebody",
            code=refusal.code,
            message=sentence(refusal, names),
            clause=cited(refusal.clause),
            where=step.where,
            at_entry=size,
        )

    return desk.read(look)


def _not_analysed(state: State) -> list[NotAnalysed]:
    in_force = [each for each in state.decisions.values() if not each.rescinded_by]
    clauses = sum(len(each.clauses) for each in in_force)
    in_confidence = [each for each in state.meetings.values() if each.in_confidence]
    secret = [each for each in state.divisions.values() if each.method == "secret" and not each.box]
    subjects = (
        NotAnalysed(
            "soundings", len(state.reports), "what they come to together, and under which call"
        ),
        NotAnalysed("clauses in force", clauses, "whether they can all stand together"),
        NotAnalysed(
            "meetings in confidence", len(in_confidence), "the chain of passwords to their venues"
        ),
        NotAnalysed("secret divisions", len(secret), "the proofs of their ballots"),
    )
    return [each for each in subjects if each.count]
