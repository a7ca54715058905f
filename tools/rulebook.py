"""What the source says of the rules: the docs of fields, and which refusals and events a rule may come to.

Read from the syntax tree, not by running anything: a refusal belongs to an act if its code is raised in the rule that
decides the act, or in a function that this rule names. So the list of an act may be longer than what can ever happen.
"""

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from quorate.assembly import act as machinery
from quorate.assembly import house
from quorate.assembly.act import ACTS, EVENTS, SAYS, Act, Event, act_name
from quorate.assembly.keeping.erasures import ErasePart
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.cli import program
from quorate.desk.erasure import require_there
from quorate.desk.paperwork import PAPERWORK
from quorate.desk.polls import put_in
from quorate.desk.repeats import require_same
from quorate.desk.stamping import stamp_of
from quorate.script.ballots import CAST

assert house.SUBJECTS  # importing it registers every rule
for _group in (program.main, program.main.commands["ballot"]):
    assert list(_group.commands.values())  # and this imports every module that declares a refusal

READ = ("quorate.assembly", "quorate.counting", "quorate.desk")
"""The packages in whose functions refusals are looked for."""


def field_docs(struct: type) -> dict[str, str]:
    """The docstring below each field of a struct, its ancestors' among them, on one line each."""
    said: dict[str, str] = {}
    for each in reversed(struct.__mro__):
        if each.__module__.startswith("quorate"):
            said |= {
                line.target.id: text
                for line, text in _explained(each)
                if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
            }
    return said


def member_docs(enum: type) -> dict[str, str]:
    """The docstring below each member of an enum, by its written value."""
    return {
        getattr(enum, line.targets[0].id).value: text
        for line, text in _explained(enum)
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name)
    }


def about(thing: Any) -> str:
    """The docstring of something on one line."""
    return _on_one_line(thing.__doc__ or "")


def rule_of(act: type[Act]) -> Callable[..., Event]:
    """The function that decides a class of acts."""
    return machinery._decide[act]  # noqa: SLF001  # the registry of the machinery itself


def change_of(event: type[Event]) -> Callable[..., None]:
    """The function by which a class of events changes the state."""
    return machinery._evolve[event]  # noqa: SLF001


def event_of(act: type[Act]) -> type[Event]:
    """The class of the primary event that answers a class of acts."""
    (event,) = [each for each in EVENTS.values() if each.__annotations__.get("act") is act]
    return event


@cache
def following(event: type[Event]) -> list[type[Event]]:
    """The classes of events that may follow by themselves from one, in the order of their names."""
    rules = machinery._follow.get(event, [])  # noqa: SLF001
    found = {each for rule in rules for each in _events(rule)}
    return sorted(found, key=lambda each: each.__name__)


@cache
def refusals_of(act: type[Act]) -> list[str]:
    """The codes with which the rule on a class of acts may refuse it, or the desk for the paper it comes with, in order."""
    words = [machinery.require_words] if act_name(act) in SAYS else []
    of_desk = [require_there] if act is ErasePart else []
    rules = [rule_of(act), *words, *of_desk, *PAPERWORK.get(act, ())]
    return sorted({code for rule in rules for each in _reached(rule) for code in _codes(each)})


def codes_by_module() -> dict[str, list[str]]:
    """The codes that each module of the rules declares, in their order there; the module is its last name, or polling."""
    found = {}
    for name, module in sorted(sys.modules.items()):
        if name.startswith("quorate."):
            calls = [each for each in ast.walk(_tree(module)) if _calls(each, "refusals")]
            keys = [word.arg or "" for each in calls for word in each.keywords]  # type: ignore[attr-defined]
            if keys:
                package, _, last = name.removeprefix("quorate.").rpartition(".")
                subject = package if package == "polling" else last
                found[subject] = [key.replace("_", "-") for key in keys]
    return found


def acts_by_code() -> dict[str, list[str]]:
    """The names of the acts that a code may refuse; the desk may refuse any act for its time. Casting a ballot is none."""
    of_any = _reached(stamp_of) | _reached(require_same)
    found = {code: sorted(ACTS) for each in of_any for code in _codes(each)}
    for name, act in sorted(ACTS.items()):
        for code in refusals_of(act):
            found.setdefault(code, []).append(name)
    for code in sorted({code for each in _reached(put_in) for code in _codes(each)}):
        found.setdefault(code, []).append(CAST)
    return found


def _reached(rule: FunctionType | Callable[..., Any]) -> set[FunctionType]:
    """A function and all that it names, in the packages of the rules."""
    seen: set[FunctionType] = set()
    waiting: list[Any] = [rule]
    while waiting:
        each = waiting.pop()
        if each not in seen:
            seen.add(each)
            waiting += _named_functions(each)
    return seen


@cache
def _named_functions(function: FunctionType) -> tuple[FunctionType, ...]:
    return tuple(_functions_among(_named(function)))


@cache
def _codes(function: FunctionType) -> frozenset[str]:
    calls = (each for each in ast.walk(_tree(function)) if _calls(each, Refused.__name__))
    return frozenset(each.args[0].value for each in calls)  # type: ignore[attr-defined]


def _events(rule: Callable[..., Any]) -> Iterator[type[Event]]:
    for function in _reached(rule):
        for each in _named(function):
            if isinstance(each, type) and issubclass(each, Event) and each is not Event:
                yield from [each] if "act" not in each.__annotations__ else []


@cache
def _named(function: FunctionType) -> list[Any]:
    """What the names in a function's body stand for, as far as its module or the state knows them."""
    found = []
    for statement in _tree(function).body:
        for each in ast.walk(statement):
            if isinstance(each, ast.Name):
                found.append(function.__globals__.get(each.id))
            elif isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
                owner = (
                    State if each.value.id == "state" else function.__globals__.get(each.value.id)
                )
                if owner is State or inspect.ismodule(owner):
                    found.append(getattr(owner, each.attr, None))
    return found


def _functions_among(values: Iterable[Any]) -> Iterator[FunctionType]:
    for value in values:
        plain = inspect.unwrap(value) if callable(value) else value
        if isinstance(plain, FunctionType) and plain.__module__.startswith(READ):
            yield plain
        elif isinstance(value, dict):
            yield from _functions_among(value.values())
        elif isinstance(value, tuple):
            yield from _functions_among(value)


def _tree(thing: Any) -> Any:
    """The syntax tree of a module, class or function."""
    if inspect.ismodule(thing):
        return _defined(thing)[""]
    return _defined(sys.modules[thing.__module__])[thing.__qualname__]


@cache
def _defined(module: ModuleType) -> dict[str, ast.AST]:
    """The tree of a module under the empty name, and what it defines by qualified name."""
    tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
    found: dict[str, ast.AST] = {"": tree}
    for each in tree.body:
        if isinstance(each, ast.FunctionDef | ast.ClassDef):
            found[each.name] = each
        if isinstance(each, ast.ClassDef):
            within = [inner for inner in each.body if isinstance(inner, ast.FunctionDef)]
            found |= {f"{each.name}.{inner.name}": inner for inner in within}
    return found


def _calls(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _explained(kind: type) -> Iterator[tuple[ast.stmt, str]]:
    """The statements of a class that have a docstring below them, each with its words on one line."""
    for line, after in pairwise(_tree(kind).body):
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            yield line, _on_one_line(str(after.value.value))


def _on_one_line(text: str) -> str:
    return re.sub(r"\bNone\b", "`null`", " ".join(text.split()))
