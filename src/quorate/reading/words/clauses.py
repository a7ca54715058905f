"""Clauses of motions and decisions in words."""

from quorate.assembly.model.motion import Clause, Modality
from quorate.reading.words.names import capitalised, listed, spoken
from quorate.reading.words.subjects import Names

_SAYS: dict[Modality, str] = {
    "must": "must",
    "may": "may",
    "must-not": "must not",
    "only": "alone may",
    "defer": "is to settle",
    "assumes": "assumes",
}


def clause_words(names: Names, clause: Clause) -> str:
    """A clause as a sentence: whom it binds, to what, when, under which conditions, and what it leaves open."""
    sentence = _defers(names, clause) if clause.modality == "defer" else _demands(names, clause)
    parts = (
        sentence,
        _window(names, clause),
        _conditions(names, clause),
        _left_open(names, clause),
    )
    instead = _instead(names, clause)
    amount = "" if clause.amount is None else f" (at most {clause.amount:,} in the smallest unit)"
    return capitalised("".join(parts) + amount + instead) + "."


def _demands(names: Names, clause: Clause) -> str:
    if clause.modality == "assumes":
        return f"this assumes: {spoken(clause.action)}"
    who = names.whom(clause.bearer) if clause.bearer else "everybody"
    if clause.modality == "must-not" and not clause.bearer:
        who, does = "nobody", "may"
    else:
        does = _SAYS[clause.modality]
    under = " and all under it" if clause.and_all_subordinate and clause.bearer else ""
    return f"{who}{under} {does} {spoken(clause.action)}"


def _defers(names: Names, clause: Clause) -> str:
    what = listed(f"the {spoken(slot)}" for slot in clause.open_slots) or "the details"
    about = f" of “{spoken(clause.action)}”" if clause.action else ""
    owner = (
        names.whom(clause.owner or clause.bearer) if clause.owner or clause.bearer else "the body"
    )
    return (
        f"{what}{about} are left to {owner}"
        if len(clause.open_slots) != 1
        else f"{what}{about} is left to {owner}"
    )


def _window(names: Names, clause: Clause) -> str:
    window, due = clause.window, clause.due
    start = names.when(window.start, "from ") if window else ""
    end = names.when(window.end, "until ") if window else ""
    return start + end + names.when(due)


def _conditions(names: Names, clause: Clause) -> str:
    return "".join(
        f", {each if each.lower().startswith(('if ', 'when ', 'unless ')) else f'if {each}'}"
        for each in map(names.words, clause.conditions)
    )


def _left_open(names: Names, clause: Clause) -> str:
    if clause.modality == "defer" or not clause.open_slots:
        return ""
    slots = listed(f"the {spoken(slot)}" for slot in clause.open_slots)
    return f", {slots} left open" + (f" to {names.whom(clause.owner)}" if clause.owner else "")


def _instead(names: Names, clause: Clause) -> str:
    replaced = listed(map(names.clause, clause.supersedes))
    apart = listed(map(names.clause, clause.exception_to))
    words = f"; this replaces {replaced}" if replaced else ""
    return words + (f"; an exception to {apart}" if apart else "")
