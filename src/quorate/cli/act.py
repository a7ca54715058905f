"""`quorate act`: acts from files, or one from its fields."""

import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from quorate.assembly.act import ACTS, INTRODUCES, OPENS, kind_of
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.ballots.ballot import tracker
from quorate.canon.fault import Malformed
from quorate.cli.clock import warn_of_clock
from quorate.cli.options import common, in_folder, stamped
from quorate.cli.output import print_json, say, say_raw, table, warn
from quorate.cli.progress import progress
from quorate.desk.answer import Acknowledged
from quorate.desk.desk import Desk
from quorate.premises.bootstrap import open_premises
from quorate.premises.clock import SystemClock
from quorate.premises.entropy import OsEntropy
from quorate.reading.reader import Reader
from quorate.reading.words.elections import WEAKNESSES
from quorate.reading.words.names import plural
from quorate.script.acts import (
    Step,
    read_fields,
    read_script,
    script_files,
    with_time_confirmed,
    with_token,
)
from quorate.script.ballots import CAST, CastBallots
from quorate.script.handles import near
from quorate.script.rehearsal import Interfered, carry_out, rehearse, try_act


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="FILE...|ACT")
@click.option("--set", "fields", multiple=True, metavar="FIELD=VALUE", help="A field of the act.")
@stamped
@click.option("--dry-run", is_flag=True, help="Only say what would be recorded.")
@in_folder
@common
def act(
    *,
    what: tuple[str, ...],
    fields: tuple[str, ...],
    folder: Path,
    dry_run: bool,
    as_json: bool,
    **stamp: str | None,
) -> None:
    """Carry out acts: those of script files or folders (`-` is standard input), or one by its name.

    All acts are read and rehearsed before the first is recorded; if one is refused, none is.
    `quorate acts` lists the acts and their fields.

    `cast-ballots` puts ballots into the box of a secret division; it is no act, and leaves no entry.

    \b
    quorate act minutes.yaml
    quorate act second-motion --by ada --set motion=mo-7kq2zr9dxw
    """  # noqa: D301  # \b is for click: keep the lines
    with open_premises(folder, reading=dry_run) as desk:
        steps = _steps(desk, what, fields, stamp)
        rehearse_steps(desk, steps)
        answers = [] if dry_run else carry_out_steps(desk, steps)
        if as_json:
            print_json(_report(desk, steps, answers))
        else:
            _show(desk, steps, answers)
        warn_of_clock(desk)


def rehearse_steps(desk: Desk, steps: list[Step]) -> None:
    """Return if all steps would be carried out one after the other, else raise the first refusal, with people named."""
    now, size = SystemClock().now(), desk.read(lambda state: state.size)

    def put_into_words(state: State, refusal: Refused) -> None:
        _setbacks().put_into_words(state, refusal)

    def entry_of(seq: int) -> bytes | None:
        return desk.parts(seq)[0] if seq < size else None

    def look(state: State) -> None:
        try:
            try_act(state, steps[0], now, desk.ballots, entry_of)
        except Refused as refusal:
            put_into_words(state, refusal)
            raise

    try:
        if len(steps) == 1 and not steps[0].expect:
            desk.read(look)
            return
        with progress("rehearsing") as tell:
            copy = desk.read(State.copy)
            rehearse(
                copy, steps, now, tell, desk.ballots, refused=put_into_words, entry_of=entry_of
            )
    except Refused:
        warn_of_clock(desk)  # which may be why
        raise


def carry_out_steps(desk: Desk, steps: list[Step]) -> list[Acknowledged]:
    """The answers to steps that were rehearsed; what they erase is gone."""
    size = desk.read(lambda state: state.size)
    with progress("recording") as tell:
        try:
            answers = carry_out(desk, steps, tell)
        except Interfered as lost:
            _setbacks().say_who_was_first(desk, lost, size)
            raise
    if any(step.name == "erase-part" for step in steps):
        desk.finish_erasures()
    return answers


def _setbacks() -> ModuleType:
    return import_module("quorate.cli.setbacks")


def _steps(
    desk: Desk, what: tuple[str, ...], fields: tuple[str, ...], stamp: dict[str, str | None]
) -> list[Step]:
    entropy = OsEntropy()
    if what[0] in (*ACTS, CAST):
        if len(what) > 1:
            raise Malformed(what[1], "one act at a time", "put several into a file")
        given = dict(_field(each) for each in fields)

        def named(state: State) -> Step:
            house = state.organisation
            clerk = {"by": house.clerk} if house else {}
            caller = clerk | {key: value for key, value in stamp.items() if value}
            return read_fields(what[0], given, caller, state, entropy)

        return [desk.read(named)]
    beside_files = ("by", "confirm_time", "token")
    if fields or any(value for key, value in stamp.items() if key not in beside_files):
        raise Malformed("options", "no fields beside files: they are for an act by its name")
    files = [each for path in what for each in _files(path)]
    steps = desk.read(lambda state: read_script(files, state, entropy, stamp["by"] or ""))
    if token := stamp["token"]:
        steps = [with_token(step, token, nth) for nth, step in enumerate(steps, 1)]
    return list(map(with_time_confirmed, steps)) if stamp["confirm_time"] else steps


def _files(path: str) -> list[tuple[str, bytes]]:
    if path == "-":
        return [("standard input", sys.stdin.buffer.read())]
    if not Path(path).exists():
        hint = near(path, ACTS) or "`quorate acts` lists the acts"
        raise Malformed(path, "a file, a folder, or the name of an act", hint)
    return script_files(Path(path))


def _field(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise Malformed(f"--set {text}", "FIELD=VALUE")
    return key, value


def _report(desk: Desk, steps: list[Step], answers: list[Acknowledged]) -> dict[str, Any]:
    acts = [_named(*pair) for pair in zip_longest(steps, answers)]
    for line, answer in zip(acts, answers, strict=False):
        line["first_entry"] = answer.first
        line["again"] = answer.again
        line["events"] = [kind_of(type(event)) for event in answer.events]
    size = desk.read(lambda state: state.size)
    return {
        "acts": acts,
        "recorded": bool(answers),
        "entries": size,
        "warnings": list(_weaknesses(steps)),
    }


def _weaknesses(steps: list[Step]) -> Iterator[dict[str, str]]:
    """What the archives that come with steps promise less than they might, though no check refuses them."""
    for step in steps:
        if step.paper is not None and not step.expect:
            for each in step.paper.seen.weaknesses:
                division = getattr(step.act, "division", "")
                yield {"division": division, "code": each.value, "text": WEAKNESSES[each]}


def _named(step: Step, answer: Acknowledged | None) -> dict[str, Any]:
    if isinstance(step.act, CastBallots):
        return {"act": step.name, "trackers": _trackers(step.act), "where": step.where}
    named = {"act": step.name, "by": step.caller.by, "where": step.where}
    opened = _opened(step, answer)
    return named | {"opened": opened} if opened else named


def _trackers(cast: CastBallots) -> list[str]:
    return [tracker(ballot) for ballot in cast.ballots]


def _show(desk: Desk, steps: list[Step], answers: list[Acknowledged]) -> None:
    for weakness in _weaknesses(steps):
        warn(f"division {weakness['division']}: {weakness['text']}")
    if not answers:
        say(f"{plural(len(steps), 'act')} would be carried out; nothing was recorded.")
        return
    names = desk.read(lambda state: [_caller(state, step) for step in steps])
    for step in steps:
        if isinstance(step.act, CastBallots) and not step.expect:
            say(f"In the box of division {step.act.division}; these are the trackers:")
            for each in _trackers(step.act):
                say_raw(each)
    rows = [
        (
            answer.first + i,
            kind_of(type(event)),
            _opened(step, answer) if i == 0 and not step.where else "",
            (f"{name} (done before)" if answer.again else name) if i == 0 else "(follows)",
        )
        for step, answer, name in zip(steps, answers, names, strict=True)
        for i, event in enumerate(answer.events)
    ]
    if rows:
        table("", ("entry", "event", "id", "by"), rows)


def _opened(step: Step, answer: Acknowledged | None) -> str:
    """The id of what an act opens, or of the person whom it introduces; empty if it does neither.

    A second try of an act has opened what the first did.
    """
    field = OPENS.get(step.name) or INTRODUCES.get(step.name)
    act = answer.events[0].act if answer and answer.events else step.act  # type: ignore[attr-defined]
    return getattr(act, field) if field else ""


def _caller(state: State, step: Step) -> str:
    return Reader(state, state.last_at.date()).person(step.caller.by)
