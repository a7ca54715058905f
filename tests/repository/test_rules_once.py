"""Each rule is written once: the auditor asks the assembly's, and states none of its own."""

import ast
import importlib
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from quorate.assembly import act as machinery
from quorate.assembly import house
from quorate.assembly.act import EVENTS, Event
from quorate.assembly.divisions import circular
from quorate.assembly.divisions.divisions import (
    DivisionDemanded,
    RecountDemanded,
    demanding_division,
    recounting,
)
from quorate.assembly.divisions.votes import VoteCast
from quorate.assembly.model.division import Division
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.audit.division import MADE
from tests.repository.tree import ROOT, parsed, python
from tools import rulebook

assert house.SUBJECTS

HALVES = {
    event: half for event, half in MADE.items() if event is not circular.CircularVoteCancelled
}
HALVES |= {RecountDemanded: recounting, DivisionDemanded: demanding_division}
"""By class of event: what a division makes of the act by itself."""


def namespace(path: Path) -> dict[str, Any]:
    """What the names of a module stand for."""
    name = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
    return vars(importlib.import_module(name.removesuffix(".__init__")))


def called(tree: ast.AST, names: dict[str, Any]) -> Iterator[tuple[int, Any]]:
    """What a module calls, by line, as far as its names say what that is."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, meant(node.func, names)


def meant(node: ast.expr, names: dict[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        return getattr(meant(node.value, names), node.attr, None)
    return meant(node.value, names) if isinstance(node, ast.Subscript) else None


def states_a_rule(thing: Any) -> bool:
    """Whether calling it refuses an act, or makes an event of one, anew or from another."""
    if isinstance(thing, type):
        return issubclass(thing, Refused | Event)
    return thing is msgspec.structs.replace


def test_the_auditor_refuses_no_act_and_makes_no_event_by_itself() -> None:
    modules = python("src/quorate/audit")
    assert len(modules) > 8
    stated = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in modules
        for line, thing in called(parsed(path), namespace(path))
        if states_a_rule(thing)
    ]
    assert not stated


def test_the_auditor_has_no_condition_of_its_own_on_what_a_division_makes() -> None:
    tree = parsed(ROOT / "src/quorate/audit/division.py")
    assert {"MADE", "OPENED", "CHANGED"} <= names_assigned(tree)
    assert [
        node.lineno for node in ast.walk(tree) if isinstance(node, ast.Raise | ast.Assert)
    ] == []


def names_assigned(tree: ast.Module) -> set[str]:
    """What a module gives a name and a type."""
    return {
        node.target.id
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }


NAMES = {"Refused": Refused, "VoteCast": VoteCast, "act": machinery, "msgspec": msgspec}
SAMPLES = [
    ("raise Refused('already-voted')", 1),
    ("def rule(said):\n    return VoteCast(act=said, voter='')", 1),
    ("made = [act.Event(), Refused('a')]", 2),
    ("msgspec.structs.replace(event, voter='')", 1),
    ("try:\n    again(VoteCast)\nexcept Refused as refusal:\n    print(refusal)", 0),
]


@pytest.mark.parametrize(("source", "rules"), SAMPLES)
def test_rule_is_known_where_it_is_stated(source: str, rules: int) -> None:
    found = [thing for _, thing in called(ast.parse(source), NAMES) if states_a_rule(thing)]
    assert len(found) == rules


def test_event_that_answers_an_act_is_made_in_the_file_of_its_rule_and_nowhere_else() -> None:
    made: dict[type[Event], set[str]] = {}
    for path in python("src/quorate"):
        if path.stem != "__main__":
            names = namespace(path)
            for _, thing in called(parsed(path), names):
                if isinstance(thing, type) and issubclass(thing, Event):
                    made.setdefault(thing, set()).add(names["__name__"])
    answers = [each for each in EVENTS.values() if "act" in each.__struct_fields__]
    assert len(answers) > 130
    for event in answers:
        assert made[event] == {event.__module__}, event


def names_of(function: Callable[..., Any]) -> list[Any]:
    """What the names in a function's body stand for."""
    code, names = function.__code__, function.__globals__
    return [names.get(name) for name in code.co_names]


@pytest.mark.parametrize("event", HALVES, ids=machinery.kind_of)
def test_rule_on_a_division_asks_the_same_half_that_the_auditor_asks(event: type[Event]) -> None:
    rule = machinery._decide[typing.get_type_hints(event)["act"]]
    assert HALVES[event] in names_of(rule)
    assert HALVES[event].__module__ == rule.__module__ == event.__module__


def test_cancelling_is_the_same_for_the_rule_and_the_auditor() -> None:
    [rule] = machinery._follow[circular.MeetingDemanded]
    made = MADE[circular.CircularVoteCancelled]
    assert circular.cancelling in names_of(rule)
    assert circular.cancelling in names_of(made)


@pytest.mark.parametrize("event", HALVES, ids=machinery.kind_of)
def test_half_of_the_auditor_knows_a_division_and_nothing_around_it(event: type[Event]) -> None:
    first, *_ = typing.get_type_hints(HALVES[event]).values()
    assert first is Division
    for function in rulebook._reached(HALVES[event]):
        assert State not in typing.get_type_hints(function).values(), function
