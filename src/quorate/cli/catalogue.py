"""`quorate acts` and `quorate presets`: what can be done, and standing orders to start from."""

import inspect as source
import re
from enum import Enum
from typing import Any, get_type_hints

import click
import msgspec

from quorate.assembly import house
from quorate.assembly.act import ACTS, OPENS, PART_FIELDS, SAYS, Act
from quorate.canon.fault import Malformed
from quorate.cli.options import common
from quorate.cli.output import print_json, say, table
from quorate.counting.rule import Rule
from quorate.reading.words.types import spoken, takes_in_words
from quorate.script.handles import near
from quorate.script.preset import load_preset, preset_names

assert house.SUBJECTS
_documented = re.compile(r'^    (\w+): .*\n(?:    """((?:.|\n)*?)""")?', re.MULTILINE)


@click.command()
@click.argument("name", required=False, metavar="[ACT]")
@common
def acts(*, name: str | None, as_json: bool) -> None:
    """List the acts, or the fields of one."""
    if name is None:
        about_of = {each: _about(kind) for each, kind in sorted(ACTS.items())}
        if as_json:
            print_json({"acts": [{"act": key, "about": about} for key, about in about_of.items()]})
        else:
            table("", ("act", "what it does"), list(about_of.items()))
        return
    if name not in ACTS:
        raise Malformed(name, "an act", near(name, ACTS) or "`quorate acts` lists them")
    fields = fields_of(name)
    if as_json:
        print_json({"act": {"act": name, "about": _about(ACTS[name]), "fields": fields}})
        return
    say(_about(ACTS[name]))
    table(
        "",
        ("field", "needed", "what it takes", ""),
        [(each["name"], each["needed"], each["type"], each["about"]) for each in fields],
    )


@click.command()
@click.argument("name", required=False, metavar="[PRESET]")
@common
def presets(*, name: str | None, as_json: bool) -> None:
    """List the presets of standing orders, or the clauses of one."""
    if name is None:
        if as_json:
            print_json({"presets": preset_names()})
        else:
            table("", ("preset",), [(each,) for each in preset_names()])
        return
    orders = load_preset(name)
    if as_json:
        print_json({"preset": orders})
        return
    rules = [(rule, getattr(orders, rule)) for rule in orders.__struct_fields__ if rule != "preset"]
    table("", ("clause", "rule", "words"), [(o.clause, rule, o.words) for rule, o in rules])


def fields_of(name: str) -> list[dict[str, Any]]:
    """The fields of an act: name, whether it is needed, what it takes, and what is said of it."""
    kind = ACTS[name]
    types = get_type_hints(kind)
    docstrings = {match[1]: match[2] for match in _documented.finditer(source.getsource(kind))}
    return [
        {
            "name": each.encode_name,
            "needed": (each.required and OPENS.get(name) != each.encode_name)
            or each.name in SAYS.get(name, ()),
            "type": takes_in_words(each, types[each.name], _named).replace("`", ""),
            "about": _sentence(docstrings.get(each.name) or ""),
            "part": each.encode_name in PART_FIELDS,
        }
        for each in msgspec.structs.fields(kind)
    ]


def _named(kind: Any) -> str:
    """What a struct is called; of an enum the words that it takes."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(each.value for each in kind)
    return "rule of majority" if kind is Rule else spoken(kind.__name__)


def _about(kind: type[Act]) -> str:
    return _sentence(kind.__doc__ or "")


def _sentence(doc: str) -> str:
    return " ".join(doc.split())
