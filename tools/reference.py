"""`make reference`: the pages of docs/reference on acts, events, refusals and standing orders, from the source.

Nothing on them is typed in by hand: names, fields, types and words are those of the code.
"""

import inspect
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from quorate.assembly import house  # noqa: E402
from quorate.assembly.act import ACTS, EVENTS, OPENS, PART_FIELDS, Act, Event, act_name, kind_of  # noqa: E402
from quorate.assembly.model.orders import Order, StandingOrders  # noqa: E402
from quorate.assembly.organisation.standing_orders import RULES  # noqa: E402
from quorate.assembly.refusal import MESSAGES  # noqa: E402
from quorate.counting.rule import Rule  # noqa: E402
from quorate.script.preset import load_preset, preset_names  # noqa: E402
from tools.plain_type import (  # noqa: E402
    SINGLE_RULES,
    anchor,
    hints,
    in_words,
    is_struct,
    reached,
    spoken,
    value_in_words,
)
from tools.rulebook import (  # noqa: E402
    about,
    acts_by_code,
    change_of,
    codes_by_module,
    event_of,
    field_docs,
    following,
    member_docs,
    refusals_of,
    rule_of,
)

WRITTEN = "*Written from the source by `make reference`.*"
TITLES = {
    "refusal": "any subject",
    "session": "the desk",
    "box": "ballot boxes",
    "paperwork": "the papers of ballots",
    "polls": "casting ballots",
}
"""Modules that declare refusals but are no subject of the house."""
MANY = 24
"""More acts than that which share a refusal are counted, not named."""
ACT_INTRODUCTION = f"""# Acts

{WRITTEN}

An act is what someone asks. It is answered by exactly one [event](events.md), or [refused](refusals.md); what follows from
the event by itself is said with it. How acts are written in files is on [the page on scripts](script.md).

- An id names a thing: a body, a member, a meeting. That of the thing which the act opens is made if it is not given.
- A reference is `body:ID`, `office:ID` or `person:ID`.
- {", ".join(f"`{each}`" for each in PART_FIELDS)} are kept beside the entry as parts of their own, each with its audience,
  and can be erased. No rule depends on them.
"""
EVENT_INTRODUCTION = f"""# Events

{WRITTEN}

An event is what the record keeps. One that answers an [act](acts.md) holds the act whole, in the field `act`, beside what
the rule added; any other follows by itself from an event before it.
"""
REFUSAL_INTRODUCTION = f"""# Refusals

{WRITTEN}

A refusal has a code, a message with its facts in braces, and where it rests on one, the clause of the standing orders.
Nothing is recorded. The acts named are those whose rules name the code.
"""
ORDERS_INTRODUCTION = f"""# Standing orders

{WRITTEN}

The standing orders of a body are data: one rule for each subject below, each with its clause and its words, so that a
refusal can cite it. They are adopted whole by [`adopt-standing-orders`](acts.md#adopt-standing-orders); from then on the body
changes them by its own decision. Start from a preset: `quorate presets` lists them.

Every rule has two fields more than those listed: `clause`, its number such as `4.1`, and `words`, its words as the members
adopted them. *Who* is `member` (a seated member), `clerk`, `anyone`, a role such as `chair`, or `members:3` (three together).
"""


@cache
def pages() -> dict[str, str]:
    """The pages by file name."""
    written = {
        "acts.md": _acts(),
        "events.md": _events(),
        "refusals.md": _refusals(),
        "standing-orders.md": _orders(),
    }
    return {name: re.sub(r"\n{3,}", "\n\n", text) for name, text in written.items()}


def _acts() -> str:
    said = [ACT_INTRODUCTION]
    for module in _modules():
        mine = [each for each in ACTS.values() if each.__module__ == module.__name__]
        if mine:
            said += [_subject(module), *(_act(each) for each in mine)]
    said += ["## Values\n", *(_value(each, "acts.md") for each in ACT_VALUES)]
    return "\n".join(said)


def _modules() -> list[ModuleType]:
    """The subjects of the house, and after them what they share."""
    shared = {each.__module__ for each in EVENTS.values()}
    shared -= {each.__name__ for each in house.SUBJECTS}
    return [*house.SUBJECTS, *(sys.modules[each] for each in sorted(shared))]


def _act(act: type[Act]) -> str:
    event = event_of(act)
    name = act_name(act)
    opens = OPENS.get(name, "")
    codes = ", ".join(f"[`{each}`](refusals.md#{anchor(each)})" for each in refusals_of(act))
    then = _links(following(event))
    return "\n".join(
        [
            f"### `{name}`\n",
            f"{about(act)}\n",
            f"*Rule*: {about(rule_of(act))}\n",
            *_fields(act, "acts.md", opens),
            f"*Recorded as* {_link(event)}."
            + (f" *May follow by itself*: {then}." if then else ""),
            f"\n*Refused with* {codes}.\n" if codes else "",
        ]
    )


def _events() -> str:
    said = [EVENT_INTRODUCTION]
    for module in _modules():
        mine = [each for each in EVENTS.values() if each.__module__ == module.__name__]
        if mine:
            said += [_subject(module), *(_event(each) for each in mine)]
    said += ["## Values\n", *(_value(each, "events.md") for each in EVENT_VALUES)]
    return "\n".join(said)


def _event(event: type[Event]) -> str:
    act = event.__annotations__.get("act")
    if act is not None:
        why = f"*Answers* [`{act_name(act)}`](acts.md#{act_name(act)})."
    else:
        why = f"*Follows by itself*, of {_links(_before(event))}."
    then = _links(following(event))
    return "\n".join(
        [
            f"### `{kind_of(event)}`\n",
            f"{about(event)}\n",
            f"{why}" + (f" *May follow by itself*: {then}.\n" if then else "\n"),
            f"*Effect*: {about(change_of(event))}\n",
            *_fields(event, "events.md"),
        ]
    )


def _refusals() -> str:
    asked = acts_by_code()
    said = [REFUSAL_INTRODUCTION]
    declared = codes_by_module()
    for module in sorted(declared, key=lambda each: (each != "refusal", each)):
        title = TITLES.get(module, module.replace("_", " "))
        said.append(f"## {title.capitalize()}\n")
        for code in declared[module]:
            acts = ", ".join(map(_asked, asked[code]))
            if len(asked[code]) > MANY:
                acts = f"{len(asked[code])} acts."
            said.append(f"### `{code}`\n\n> {MESSAGES[code]}\n\n{acts}\n")
    return "\n".join(said)


def _asked(name: str) -> str:
    """What a code may refuse: an act, or the casting of ballots, which leaves no entry and is no act."""
    return f"[`{name}`]({f'acts.md#{name}' if name in ACTS else f'script.md#{name}'})"


def _orders() -> str:
    said = [ORDERS_INTRODUCTION]
    for name, rule in RULES.items():
        said += [f"## `{name}`\n", f"{about(rule)}\n", *_fields(rule, "standing-orders.md")]
    said += [
        "## Rules of majority\n",
        "A rule is written with `rule`, its kind, and the fields of that kind.\n",
    ]
    said += [_value(each, "standing-orders.md") for each in RULE_VALUES]
    said += ["## Presets\n", *_preset_table(), *_precedence()]
    return "\n".join(said)


def _preset_table() -> list[str]:
    names = preset_names()
    presets = [load_preset(each) for each in names]
    rows = []
    for rule in RULES:
        if rule != "precedence":
            orders = [getattr(each, rule) for each in presets]
            rows += [
                (f"`{rule}.{field}`", *(value_in_words(each) for each in values))
                for field, values in _settings(orders)
            ]
    return _table(("", *(f"`{each}`" for each in names)), rows)


def _settings(orders: list[Order]) -> list[tuple[str, list[Any]]]:
    """The fields of one rule as each preset has it; the majorities are spread out by kind of motion."""
    settings: list[tuple[str, list[Any]]] = []
    for field in orders[0].__struct_fields__:
        values = [getattr(each, field) for each in orders]
        if isinstance(values[0], dict):
            kinds = sorted({kind for each in values for kind in each})
            settings += [(f"{field}.{kind}", [each.get(kind) for each in values]) for kind in kinds]
        elif field not in ("clause", "words"):
            settings.append((field, values))
    return settings


def _precedence() -> list[str]:
    """The table of precedence of each preset, once for those that share it."""
    shared: list[tuple[list[str], dict[str, Any]]] = []
    for name in preset_names():
        ranks = load_preset(name).precedence.ranks
        same = [names for names, known in shared if known == ranks]
        if same:
            same[0].append(name)
        else:
            shared.append(([name], ranks))
    said = []
    for names, ranks in shared:
        fields = next(iter(ranks.values())).__struct_fields__
        rows = [
            (f"`{kind}`", *(value_in_words(getattr(rank, each)) for each in fields))
            for kind, rank in ranks.items()
        ]
        which = ", ".join(f"`{each}`" for each in names)
        said += [f"## Table of precedence\n\nOf {which}.\n", *_table(("kind", *fields), rows)]
    return said


def _subject(module: ModuleType) -> str:
    title = module.__name__.rpartition(".")[2].replace("_", " ").capitalize()
    return f"## {title}\n\n{inspect.getdoc(module)}\n"


def _value(kind: type, page: str) -> str:
    head = f"### {spoken(kind.__name__)}\n\n{about(kind)}\n"
    if is_struct(kind):
        return "\n".join([head, *_fields(kind, page)])
    words = member_docs(kind)
    rows = [(f"`{each.value}`", words.get(each.value, "")) for each in kind]  # type: ignore[attr-defined]
    return "\n".join([head, *_table(("word", "meaning"), rows)])


def _fields(struct: type, page: str, opens: str = "") -> list[str]:
    said, kinds = field_docs(struct), hints(struct)
    where = {each: "" if at == page else at for each, at in PLACES.items()}
    tag = struct.__struct_config__.tag  # type: ignore[attr-defined]
    rows = [(f"`{struct.__struct_config__.tag_field}`", f"`{tag}`", "needed", "")] if tag else []  # type: ignore[attr-defined]
    for each in msgspec.structs.fields(struct):
        hidden = (issubclass(struct, Order) and each.name in ("clause", "words")) or (
            issubclass(struct, Event) and each.name == "act"
        )
        if not hidden:
            takes = _takes(each, kinds[each.name], where)
            default = "made" if each.name == opens else _default(each)
            rows.append((f"`{each.name}`", takes, default, said.get(each.name, "")))
    return _table(("field", "takes", "if not given", "meaning"), rows) if rows else []


def _takes(field: msgspec.structs.FieldInfo, hint: Any, pages: dict[Any, str]) -> str:
    takes = in_words(hint, pages)
    if takes == "text" and field.name in THINGS:
        takes = "id"
    return f"{takes} or nothing" if field.required and type(None) in get_args(hint) else takes


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "needed"
    return "–" if field.default in (msgspec.NODEFAULT, ()) else value_in_words(field.default)


def _table(head: tuple[str, ...], rows: list[Any]) -> list[str]:
    lines = [head, ("---",) * len(head), *rows]
    return [
        *(f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in lines),
        "",
    ]


def _before(event: type[Event]) -> list[type[Event]]:
    return sorted((each for each in EVENTS.values() if event in following(each)), key=kind_of)


def _link(event: type[Event]) -> str:
    kind = kind_of(event)
    return f"[`{kind}`](events.md#{anchor(kind)})"


def _links(events: list[type[Event]]) -> str:
    return ", ".join(_link(each) for each in events)


def _by_module(registered: dict[str, Any]) -> list[Any]:
    """In the order of their modules' names and, within one, as written: whatever was imported first."""
    return sorted(registered.values(), key=lambda each: each.__module__)


THINGS = set(OPENS.values())
"""Fields that are named for the thing whose id they take."""
ORDERS = list(RULES.values())
_of_orders = [each for each in reached([StandingOrders]) if each not in ORDERS]
RULE_VALUES = [*SINGLE_RULES, *(each for each in _of_orders if each not in SINGLE_RULES)]
ACT_VALUES = [
    each
    for each in reached(_by_module(ACTS))
    if each not in (StandingOrders, *ORDERS, *RULE_VALUES)
]
EVENT_VALUES = [
    each
    for each in reached(_by_module(EVENTS))
    if each not in (StandingOrders, *ORDERS, *RULE_VALUES, *ACT_VALUES, *ACTS.values())
]
PLACES: dict[Any, str] = {
    **dict.fromkeys(EVENT_VALUES, "events.md"),
    **dict.fromkeys(ACT_VALUES, "acts.md"),
    **dict.fromkeys((*RULE_VALUES, Rule, StandingOrders, *ORDERS), "standing-orders.md"),
}
"""The page on which each struct and enum has its section."""


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        (ROOT / "docs/reference" / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
