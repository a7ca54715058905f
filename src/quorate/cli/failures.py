"""Failures at the edge of the process: whatever goes wrong becomes one line, a hint, and an exit code; with `--json`, one object.

0 ok, 1 unverified, 2 usage or malformed, 3 refused, also because somebody else was first; 75 the record cannot be kept or
read as things are (EX_TEMPFAIL of sysexits.h): what the hint says comes first, and only where others hold it will the same
again do; 70 a fault of ours (EX_SOFTWARE), 130 interrupted.
"""

import traceback
from typing import Any

import click
import msgspec

from quorate.assembly.refusal import Refused
from quorate.ballots.check import UnverifiedElection
from quorate.canon.fault import Conflict, Fault, Malformed, Unavailable, Unverified
from quorate.cli.output import plain, print_json
from quorate.reading.refusals import HINTS, cited, in_words
from quorate.script.rehearsal import Interfered

EXITS: dict[type[Fault], int] = {
    Unverified: 1,
    Malformed: 2,
    Refused: 3,
    Interfered: 3,
    Conflict: 3,
    Unavailable: 75,
}
FAMILIES = {Unverified: "unverified", Malformed: "malformed", Refused: "refused"} | {
    Interfered: "refused",
    Conflict: "conflict",
    Unavailable: "unavailable",
}


class Problem(msgspec.Struct, frozen=True):
    """An error as it is shown."""

    family: str
    code: str
    message: str
    facts: dict[str, Any]
    clause: str
    hint: str


def report(error: Exception, *, as_json: bool, debug: bool) -> int:
    """Print what went wrong; returns the exit code."""
    problem, code = problem_of(error)
    if debug:
        traceback.print_exception(error)
    if as_json:
        print_json({"error": problem})
    else:
        click.echo(f"{problem.family}: {plain(problem.message)}", err=True)
        if problem.hint:
            click.echo(f"hint: {plain(problem.hint)}", err=True)
    return code


def problem_of(error: Exception) -> tuple[Problem, int]:
    """An error as it is shown, and its exit code."""
    if isinstance(error, click.UsageError):
        hint = "" if error.ctx is None else f"see `{error.ctx.command_path} --help`"
        return Problem("usage", "", _lower(error.format_message()), {}, "", hint), 2
    if isinstance(error, click.ClickException):
        return Problem("usage", "", _lower(error.format_message()), {}, "", ""), 2
    for family, code in EXITS.items():
        if isinstance(error, family):
            return _of_fault(error, FAMILIES[family]), code
    hint = "run it again with --debug and report what it says"
    words = f"{type(error).__name__}: {error}".rstrip(": ")
    return Problem("fault", "", f"a fault of this program: {words}", {}, "", hint), 70


def _of_fault(error: Fault, family: str) -> Problem:
    if isinstance(error, Refused):
        return _of_refusal(error)
    if isinstance(error, Interfered):
        return msgspec.structs.replace(_of_refusal(error.refusal), message=_in_words(error))
    facts: dict[str, Any] = {}
    if isinstance(error, Unverified):
        facts = {"check": error.check, "entry": error.entry}
        if isinstance(error, UnverifiedElection):
            facts = {"check": error.check, "ballot": error.ballot}
    elif isinstance(error, Malformed):
        facts = {"where": error.where, "expected": error.expected}
    return Problem(family, "", _in_words(error), facts, "", error.hint)


def _of_refusal(refusal: Refused) -> Problem:
    facts = ({"where": refusal.where} if refusal.where else {}) | dict(refusal.facts)
    shown = msgspec.to_builtins(facts, str_keys=True, enc_hook=str)
    clause, hint = cited(refusal.clause), refusal.hint or HINTS.get(refusal.code, "")
    return Problem("refused", refusal.code, _refused(refusal), shown, clause, hint)


def _refused(refusal: Refused) -> str:
    words = refusal.words or in_words(refusal)
    return f"{refusal.where}: {words}" if refusal.where else words


def _in_words(error: Fault) -> str:
    """The message of an error."""
    if isinstance(error, Interfered):
        first = f"; others were first: {error.first}" if error.first else "; others were first"
        before = "the act before is" if error.done == 1 else f"the {error.done} acts before are"
        recorded = before if error.done else "nothing is"
        return f"{_refused(error.refusal)}{first}; {recorded} recorded"
    return str(error)


def _lower(text: str) -> str:
    """A message of click on one line, as ours are: it lists choices one below the other, behind tabs."""
    line = " ".join(text.split())
    return (line[:1].lower() + line[1:]).rstrip(".")
