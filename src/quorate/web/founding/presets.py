"""The presets of standing orders in plain words: for whom each is, and what in it surprises people."""

from typing import NamedTuple

from quorate.assembly.model.orders import Order
from quorate.script.preset import load_preset, preset_names

_SAID = {
    "small-association": (
        "A small association",
        "Some dozens of members who know each other. A week’s notice, half must be there, one person one vote by roll call, no proxies.",
        "General meeting",
    ),
    "housing-co-operative": (
        "A housing co-operative",
        "Members vote by their shares or flats and may send somebody else with a proxy. Two weeks’ notice.",
        "General meeting",
    ),
    "union-branch": (
        "A branch of a union",
        "Delegates carry the votes of those who sent them. A week’s notice, two days if it is urgent; a third must be there.",
        "Branch meeting",
    ),
    "board-of-directors": (
        "A board",
        "A handful of people around a table. No seconding, no limit on speaking, decisions in writing between meetings.",
        "Board",
    ),
    "confidential-committee": (
        "A committee in confidence",
        "What it does, says and decides stays with those who sit on it.",
        "Committee",
    ),
}


class PresetView(NamedTuple):
    """A preset to choose."""

    name: str
    title: str
    about: str
    body: str
    """What a body with such orders is usually called."""
    clauses: tuple[tuple[str, str], ...]
    """Number and words of each rule."""


def preset_views() -> list[PresetView]:
    """All presets, the plainest first."""
    order = [*_SAID]
    names = sorted(preset_names(), key=lambda name: order.index(name) if name in order else 99)
    return [_view(name) for name in names]


def _view(name: str) -> PresetView:
    orders = load_preset(name)
    title, about, body = _SAID.get(
        name, (name.replace("-", " ").capitalize(), "", "General meeting")
    )
    rules = [getattr(orders, each) for each in orders.__struct_fields__]
    clauses = {rule.clause: rule.words for rule in rules if isinstance(rule, Order) and rule.words}
    return PresetView(name, title, about, body, tuple(clauses.items()))
