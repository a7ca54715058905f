"""`quorate acts` and `quorate presets`: what can be done, and standing orders to start from."""

import inspect as source
import re
from typing import Any

import click
import msgspec

from quorate.assembly import house
from quorate.assembly.act import ACTS, OPENS, PART_FIELDS, Act
from quorate.canon.fault import Malformed
from quorate.cli.options import common
from quorate.cli.output import print_json, say, table
from quorate.script.handles import near
from quorate.script.preset import load_preset, preset_names

assert house.SUBJECTS
_NAMES = {"Literal": "", "str": "text", "int": "number", "bool": "yes or no"}
_documented = re.compile(r'^    (\w+): .*\n(?:    """((?:.|\n)*?)""")?', re.MULTILINE)


@click.command(short_help="List the acts and their fields.")
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


@click.command(short_help="List presets of standing orders.")
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
    docstrings = {match[1]: match[2] for match in _documented.finditer(source.getsource(kind))}
    return [
        {
            "name": each.encode_name,
            "needed": each.required and OPENS.get(name) != each.encode_name,
            "type": _type(kind.__annotations__[each.name]),
            "about": _sentence(docstrings.get(each.name) or ""),
            "part": each.encode_name in PART_FIELDS,
        }
        for each in msgspec.structs.fields(kind)
    ]


def _type(annotation: Any) -> str:
    text = getattr(annotation, "__name__", "") if isinstance(annotation, type) else str(annotation)
    if text in _NAMES:
        return _NAMES[text]
    text = re.sub(r"\w+(\.\w+)*\.(?=\w)", "", text).replace(" | None", "")
    text = re.sub(r"Annotated\[datetime.*", "time", text)
    text = re.sub(r"tuple\[(.*), \.\.\.\]", r"list of \1", text)
    text = re.sub(r"Literal\[(.*)\]", lambda match: match[1].replace("'", ""), text)
    for python, plain in (("str", "text"), ("int", "number"), ("date", "day"), ("Day", "day")):
        text = re.sub(rf"\b{python}\b", plain, text)
    return text


def _about(kind: type[Act]) -> str:
    return _sentence(kind.__doc__ or "")


def _sentence(doc: str) -> str:
    return " ".join(doc.split())
