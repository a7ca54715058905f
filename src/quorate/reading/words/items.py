"""Open business in words: the title of an item for a list, and its next step; by kind and by step, from the state alone."""

from collections.abc import Callable
from datetime import date

from quorate.assembly.divisions.figures import unaccounted
from quorate.assembly.model.item import Item, ItemKind, NextStep
from quorate.reading.words.effects import why_of
from quorate.reading.words.names import listed, spoken
from quorate.reading.words.subjects import Names


def title(names: Names, item: Item) -> str:
    """What an item is, as the line of a list."""
    return _TITLES[item.kind](names, item.subject)


def next_step(names: Names, item: Item) -> str:
    """What has to be done next about an item, as a sentence without its full stop."""
    step = _NEXT[item.next]
    words = step if isinstance(step, str) else step(names, item)
    return (
        f"{words} (left by {names.person(item.left_by)}, who departed)" if item.left_by else words
    )


def disposal(names: Names, item: Item) -> str:
    """How an item left the list: `adopted`, `withdrawn by leave of the meeting`, `fell with “…”`."""
    assert item.disposal is not None, item.id
    how, because = item.disposal.how, item.disposal.because
    words = _DISPOSALS.get(how, how.replace("-", " "))
    return f"{words} {names.titled(because)}" if because else words


def item_title(names: Names, key: str) -> str:
    """The title of an item, open or disposed of, by its id."""
    item = names.find_item(key)
    return title(names, item) if item else key


def _motion(names: Names, key: str) -> str:
    motion = names.state.motions[key]
    return names.words(motion.title) if motion.title else names.titled(key)


def _duty(names: Names, key: str) -> str:
    duty = names.state.duties[key]
    if not duty.decision:
        return f"duty: {duty.what}"
    of = spoken(duty.what) or "what was decided"
    what = f"{spoken(duty.slot)} of {of}" if duty.slot else of
    return f"{what}: point {duty.clause} of {names.decision(duty.decision)}"


def _charge(names: Names, key: str) -> str:
    charge = names.state.charges[key]
    return f"charge against {names.person(charge.accused)}: {', '.join(charge.grounds)}"


def _appeal(names: Names, key: str) -> str:
    charge = names.state.charges.get(key)
    if charge is None:
        return names.matter_of("appeal", key).removeprefix("an ")
    return f"appeal of {names.person(charge.accused)} against {charge.measure}"


def _demand(names: Names, key: str) -> str:
    letter, _, n = key.rpartition(".")
    communication = names.state.communications[letter]
    demand = names.words(communication.demands[int(n) - 1])
    return f"demand of {names.whom(communication.sender)}: {demand}"


def _breach(names: Names, key: str) -> str:
    publication, _, decision = key.partition("/")
    where = names.state.publications[publication].where
    return f"what {where} printed touches the confidential decision {names.decision(decision)}"


def _difference(names: Names, key: str) -> str:
    division = names.state.divisions[key]
    return f"vote on {names.question(key)}: {unaccounted(division):+d} unaccounted for"


def _clash(names: Names, key: str) -> str:
    clash = names.state.clashes[key]
    between = f"{names.event(clash.first)} and {names.event(clash.second)}"
    return f"{between} on {names.on_day(clash.on)}: {', '.join(names.reasons(clash))}"


def _convocation(names: Names, key: str) -> str:
    charged = names.state.hostings.get(key) or names.state.meetings.get(key)
    by = f", by {names.person(charged.host)}" if charged and charged.host else ""
    return f"preparing {names.meeting(key)}{by}"


def _plain(kind: ItemKind) -> Callable[[Names, str], str]:
    """The title that is what a sentence calls the item, without its article."""

    def words(names: Names, key: str) -> str:
        return names.matter_of(kind, key).removeprefix("the ").removeprefix("a ")

    return words


_TITLES: dict[ItemKind, Callable[[Names, str], str]] = {
    "motion": _motion,
    "detail": _duty,
    "duty": _duty,
    "resignation": _plain("resignation"),
    "request": _plain("request"),
    "dissent": _plain("dissent"),
    "charge": _charge,
    "appeal": _appeal,
    "demand": _demand,
    "dispatch": lambda names, key: f"dispatch to {names.whom(names.state.dispatches[key].to)}",
    "clash": _clash,
    "difference": _difference,
    "report": _plain("report"),
    "minutes": _plain("minutes"),
    "convocation": _convocation,
    "confirmation": lambda names, key: f"{names.effect(key)} after a move",
    "breach": _breach,
    "challenge": lambda names, key: f"challenge to {names.matter_of('challenge', key)}",
    "short-notice": _plain("short-notice"),
    "suspension": _plain("suspension"),
    "hold": _plain("hold"),
}


_DISPOSALS = {
    "out-of-order": "ruled out of order",
    "withdrawn-by-leave": "withdrawn by leave of the meeting",
}
"""How an item was disposed of, where the code is not the word itself."""


def _with_motion(names: Names, item: Item) -> str:
    return f"the body decides {names.titled(item.facts['motion'])}"


def _after_motion(names: Names, item: Item) -> str:
    return f"it goes with {names.titled(names.state.motions[item.subject].target)}"


def _print_dissent(names: Names, item: Item) -> str:
    return f"it is printed in {names.the(names.state.dissents[item.subject].organ)}"


def _fix(names: Names, item: Item) -> str:
    return f"fix the {spoken(names.state.duties[item.subject].slot)}"


def _confirm(names: Names, item: Item) -> str:
    why, event = item.facts.get("why", ""), item.facts.get("event", "")
    before = date.fromisoformat(item.facts["before"]) if "before" in item.facts else None
    return f"confirm whether it stands: {why_of(names, why, event, before)}"


def _sign(names: Names, item: Item) -> str:
    book = names.state.minutes[names.state.meetings[item.subject].minutes]
    return f"signature of the {listed(book.unsigned)}"


_NEXT: dict[NextStep, str | Callable[[Names, Item], str]] = {
    "second": "somebody seconds it",
    "put-question": "the question is put",
    "put-again": "it is put again, or taken back",
    "vote-in-writing": "the members vote in writing",
    "meet-on-it": "a meeting takes it up, as members demand",
    "await-day": "it is taken up when its day has come",
    "report-back": "it is reported on and taken up again",
    "take-from-table": "it is taken from the table",
    "follow-motion": _after_motion,
    "decide-motion": _with_motion,
    "decide-by-motion": "the body decides by motion: it was objected to",
    "accept-or-decline": "the body accepts or declines it",
    "uphold-or-quash": "the body upholds or quashes the measure",
    "vote-on-ruling": "the meeting votes on whether the ruling stands",
    "answer-breach": "the body answers whether its confidence was broken, or a charge is brought",
    "notify-accused": "the accused is notified",
    "hear-accused": "the accused is heard",
    "decide-measure": "the body decides on a measure, or that there is none",
    "answer-demand": "the body answers it, or it is put as a motion",
    "deliver": "the messenger delivers it",
    "acknowledge": "the recipient acknowledges it",
    "send-again": "it is sent again or given up",
    "print-dissent": _print_dissent,
    "grant-or-refuse": "the editors grant or refuse it",
    "print-request": "the editors print it",
    "answer-clash": "say what is done about the clash",
    "confirm": _confirm,
    "do-duty": "the one charged does it, and says so",
    "fix-detail": _fix,
    "explain-difference": "somebody explains it on the record",
    "lift-hold": "the clerk lifts it when it is no longer needed",
    "draft-minutes": "the minutes are drafted",
    "approve-minutes": "the next meeting approves them",
    "sign-minutes": _sign,
    "waive-or-ratify": "the meeting waives it, once it has a quorum, or the body ratifies it",
    "rule-on-credentials": "the chair rules on the credentials",
    "accept-hosting": "the host accepts or declines the charge",
    "prepare-meeting": "the host prepares the meeting",
    "give-report": "the report is given",
    "reinstate": "the clerk reinstates the member",
}
