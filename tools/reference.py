"""`make reference`: the pages of docs/reference on acts, events, refusals and standing orders, from the source.

Nothing on them is typed in by hand: names, fields, types and words are those of the code.
"""

import inspect
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from quorate.assembly import house  # noqa: E402
from quorate.assembly.act import ACTS, EVENTS, OPENS, SAYS, Act, Event, act_name, kind_of  # noqa: E402
from quorate.assembly.model.orders import Order, StandingOrders  # noqa: E402
from quorate.assembly.organisation.standing_orders import RULES  # noqa: E402
from quorate.assembly.refusal import CODES, FACTS  # noqa: E402
from quorate.counting.rule import Rule  # noqa: E402
from quorate.reading.refusals import WORDS  # noqa: E402
from quorate.reading.words.types import SINGLE_RULES, spoken, takes_in_words  # noqa: E402
from quorate.script.preset import load_preset, preset_names  # noqa: E402
from tools.plain_type import (  # noqa: E402
    anchor,
    hints,
    is_struct,
    linked,
    reached,
    value_in_words,
)
from tools.reference_words import (  # noqa: E402
    ACT_INTRODUCTION,
    EVENT_INTRODUCTION,
    MANY,
    ORDERS_INTRODUCTION,
    REFUSAL_INTRODUCTION,
    TITLES,
    WRITTEN,
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


@cache
def pages() -> dict[str, str]:
    """The pages by file name."""
    written = {
        "acts.md": _acts(),
        **{f"acts/{room}.md": _acts_of(room) for room in _rooms()},
        "events.md": _events(),
        "refusals.md": _refusals(),
        "standing-orders.md": _orders(),
    }
    return {name: _linked(re.sub(r"\n{3,}", "\n\n", text), name) for name, text in written.items()}


def _linked(text: str, page: str) -> str:
    """The text of a page with its links to acts led to the page of their room, and all of them made relative to the page."""

    def lead(link: re.Match[str]) -> str:
        target, fragment = link[1], link[2] or ""
        if target == "acts.md" and fragment[1:] in ACTS:
            target = f"acts/{_room(ACTS[fragment[1:]].__module__)}.md"
        if target == page:
            return f"]({fragment or page.rpartition('/')[2]})"
        up = "../" if "/" in page else ""
        return f"]({up}{target}{fragment})"

    if page.startswith("acts/"):
        text = text.replace("](#", "](acts.md#")  # values are on the page of all acts
    return re.sub(r"\]\(([a-z-]+\.md)(#[a-z0-9-]+)?\)", lead, text)


def _first(package: ModuleType) -> str:
    """The first paragraph of a package's docstring, on one line."""
    return " ".join(inspect.getdoc(package).split("\n\n")[0].split())  # type: ignore[union-attr]


def _room(module: str) -> str:
    """The room of a module of the assembly: `meetings` of `quorate.assembly.meetings.floor`."""
    return module.split(".")[2]


def _rooms() -> list[str]:
    """The rooms that have acts, in the order of their subjects."""
    return list(
        dict.fromkeys(_room(act.__module__) for each in _modules() for act in _acts_in(each))
    )


def _acts_in(module: ModuleType) -> list[type[Act]]:
    return [each for each in ACTS.values() if each.__module__ == module.__name__]


def _acts() -> str:
    said = [ACT_INTRODUCTION]
    for room in _rooms():
        package = sys.modules[f"quorate.assembly.{room}"]
        said.append(f"## {room.capitalize()}\n\n{_first(package)} [All of them](acts/{room}.md).\n")
        for module in _modules():
            if (mine := _acts_in(module)) and _room(module.__name__) == room:
                names = ", ".join(
                    f"[`{act_name(each)}`](acts.md#{act_name(each)})" for each in mine
                )
                said.append(f"- {names}")
        said.append("")
    said += ["## Values\n", *(_value(each, "acts.md") for each in ACT_VALUES)]
    return "\n".join(said)


def _acts_of(room: str) -> str:
    package = sys.modules[f"quorate.assembly.{room}"]
    said = [
        f"# Acts: {room}\n\n{WRITTEN}\n\n{_first(package)} How to read this page: [acts](acts.md).\n"
    ]
    for module in _modules():
        if (mine := _acts_in(module)) and _room(module.__name__) == room:
            said += [_subject(module), *(_act(each) for each in mine)]
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
            *_fields(act, "acts.md", opens, SAYS.get(name, ())),
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
            acts = ", ".join(map(_asked, asked.get(code, ()))) or "A step of `quorate ballot`."
            if len(asked.get(code, ())) > MANY:
                acts = f"{len(asked[code])} acts."
            facts = ", ".join(f"`{name}` ({FACTS[name]})" for name in CODES[code])
            brings = f"*Facts*: {facts}.\n\n" if facts else ""
            said.append(f"### `{code}`\n\n> {WORDS[code]}\n\n{brings}{acts}\n")
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


def _fields(struct: type, page: str, opens: str = "", says: tuple[str, ...] = ()) -> list[str]:
    said, kinds = field_docs(struct), hints(struct)
    where = {each: "" if at == page else at for each, at in PLACES.items()}
    tag = struct.__struct_config__.tag  # type: ignore[attr-defined]
    rows = [(f"`{struct.__struct_config__.tag_field}`", f"`{tag}`", "needed", "")] if tag else []  # type: ignore[attr-defined]
    for each in msgspec.structs.fields(struct):
        hidden = (issubclass(struct, Order) and each.name in ("clause", "words")) or (
            issubclass(struct, Event) and each.name == "act"
        )
        if not hidden:
            takes = takes_in_words(each, kinds[each.name], linked(where))
            default = "made" if each.name == opens else _default(each, is_said=each.name in says)
            rows.append((f"`{each.name}`", takes, default, said.get(each.name, "")))
    return _table(("field", "takes", "if not given", "meaning"), rows) if rows else []


def _default(field: msgspec.structs.FieldInfo, *, is_said: bool) -> str:
    if field.required or is_said:
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
        page = ROOT / "docs/reference" / name
        page.parent.mkdir(exist_ok=True)
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
