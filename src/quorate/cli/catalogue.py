"""`quorate acts` and `quorate presets`: what can be done, and standing orders to start from."""

import click

from quorate.assembly import house
from quorate.assembly.act import ACTS
from quorate.canon.fault import Malformed
from quorate.cli.options import common
from quorate.cli.output import print_json, say, table
from quorate.reading.act_fields import about, fields_of
from quorate.script.handles import near
from quorate.script.preset import load_preset, preset_names

assert house.SUBJECTS


@click.command()
@click.argument("name", required=False, metavar="[ACT]")
@common
def acts(*, name: str | None, as_json: bool) -> None:
    """List the acts, or the fields of one."""
    if name is None:
        about_of = {each: about(kind) for each, kind in sorted(ACTS.items())}
        if as_json:
            print_json({"acts": [{"act": key, "about": said} for key, said in about_of.items()]})
        else:
            table("", ("act", "what it does"), list(about_of.items()))
        return
    if name not in ACTS:
        raise Malformed(name, "an act", near(name, ACTS) or "`quorate acts` lists them")
    fields = fields_of(name)
    if as_json:
        print_json({"act": {"act": name, "about": about(ACTS[name]), "fields": fields}})
        return
    say(about(ACTS[name]))
    table(
        "",
        ("field", "needed", "what it takes", ""),
        [(each.name, each.needed, each.type, each.about) for each in fields],
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
