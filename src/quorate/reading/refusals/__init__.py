"""Refusals in words: the code's sentence, with people, bodies and days called as their reader calls them.

One dictionary a room has the sentences, by code; another language is another set of them. Facts come in typed
(`assembly/refusal.py`, `FACTS`) and are put into words here, by what each is.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from quorate.assembly.model.orders import Order
from quorate.assembly.refusal import FACTS, FactKind, Refused
from quorate.canon.moment import Day
from quorate.reading.reader import Reader
from quorate.reading.refusals import (
    affairs,
    calendar,
    common,
    decisions,
    desk,
    divisions,
    keeping,
    meetings,
    motions,
    organisation,
    polling,
)
from quorate.reading.words.acts import DOING
from quorate.reading.words.divisions import BARRED
from quorate.reading.words.elections import STAGES
from quorate.reading.words.outcomes import RESULTS, reason_of
from quorate.reading.words.subjects import Names

WORDS: dict[str, str] = {
    code: words
    for room in (
        common,
        organisation,
        meetings,
        motions,
        divisions,
        decisions,
        affairs,
        calendar,
        keeping,
        desk,
        polling,
    )
    for code, words in room.WORDS.items()
}
"""By code of a refusal: its sentence, with facts in braces; `{act}` is what was asked."""

_CODES = {
    "alias-holder": "who goes by it",
    "acceptance": "accepting an amendment",
    "author": "who tendered it",
    "good-standing": "good standing",
    "mover": "its mover",
    "putting": "putting a motion",
    "presiding": "the one who presides",
    "ruling": "a ruling on a motion",
    "teller": "a teller",
    "withdrawal": "withdrawing",
}
"""What codes among the facts say, where that is not the code itself."""
_METHODS = {
    "roll-call": "roll call",
    "counted": "count",
    "electronic": "electronic vote",
    "circular": "circular vote",
    "circular-vote": "circular vote",
    "secret": "secret ballot",
}
_CODES_OF: dict[str, dict[str, str]] = {
    "not-now/asked_of": {
        "vote": "nobody can vote",
        "tally": "no tally can be made",
        "shuffle": "nothing can be shuffled",
        "decrypt": "nothing can be decrypted",
        "result": "there can be no result",
    },
    "not-now/stage": {stage.value: words for stage, words in STAGES.items()},
    "not-entitled-to-vote/why": {
        **{str(why): words for why, words in BARRED.items()},
        "absent": "absent when it was opened",
        "cast-by": "{other} does",
        "casts-for": "they cast the vote of {other}, and have none of their own",
        "in-person": "it is cast in person",
        "not-on-register": "not on the register",
    },
    "not-amendable/why": {
        "amendment-of-amendment": "an amendment of an amendment",
        "": "a motion of kind {why}",
    },
    "not-debatable/why": {
        "debate-closed": "debate on it was closed",
        "": "a motion of kind {why} is not",
    },
    "wrong-method/method": _METHODS,
    "weighted-needs-names/method": _METHODS,
    "chair-decides/decided": {"chair": "the chair", "member": "one member's demand"},
    "tie-unbroken/needs": {"casting-vote": "the chair's casting vote"},
    "rule-unmeasurable/what": {"groups": "groups that are not heads and weight by name"},
    "setup-unclear/what": {"trustees": "hash of trustees", "credentials": "hash of credentials"},
    "box-unclear/what": {
        "absent": "there is none",
        "archive": "the hash of its archive",
        "contents": "its hash",
        "counted": "more ballots than credentials",
        "superseded": "a number of superseded ballots that cannot be",
        "uncounted": "it was not counted",
    },
}
"""By refusal and fact: what its codes say; the empty code stands for any other."""
_EMPTY: tuple[object, ...] = (None, "", ())
_AS_WRITTEN = {"kind", "pending_kind", "wanted", "instruction"}
"""Facts whose codes are shown as they are written in acts and standing orders."""
_NOTHING = {
    "chair": "nobody",
    "day": "no day",
    "end": "any day",
    "signed_by": "nobody",
    "start": "any day",
    "target": "nothing",
    "until": "vacated",
    "not-holder/office": "a seat in {body}",
    "reconsider-too-late/meeting": "a circular vote",
    "time-not-up/until": "they give the floor back",
}
"""By name of a fact, or by refusal and fact: the words where there is none."""
_BETWEEN = {"parts": ", ", "signed_by": " and "}
"""By name of a fact: what stands between several codes, where that is not “or”."""


HINTS = polling.HINTS | keeping.HINTS
"""By code of a refusal: what to do."""


def in_words(refusal: Refused, reader: Reader | None = None) -> str:
    """A refusal in words, with the clause cited; without a reader, ids stand for names."""
    said = sentence(refusal, reader)
    return f"{said} ({cited(refusal.clause)})" if refusal.clause else said


def sentence(refusal: Refused, reader: Reader | None = None) -> str:
    """A refusal in words, without its clause."""
    facts = {name: _fact(name, value, reader) for name, value in refusal.facts.items()}
    for name, value in refusal.facts.items():
        if special := _special(refusal.code, name, value):
            facts[name] = special.format(**facts)
    division = reader.state.divisions.get(refusal.facts.get("division", "")) if reader else None
    if division is not None and "outcome" in facts:
        facts["outcome"] = reason_of(division, refusal.facts["outcome"])
    return WORDS[refusal.code].format(act=DOING.get(refusal.act, "do that"), **facts)


def _special(code: str, name: str, value: object) -> str:
    """What a fact says in this refusal, where that is not what it says in any."""
    if value in _EMPTY:
        return _NOTHING.get(f"{code}/{name}", "")
    codes = _CODES_OF.get(f"{code}/{name}", {})
    return codes.get(str(value), codes.get("", ""))


def cited(order: Order | None) -> str:
    """A standing order as it is cited, with its number and its words; empty for none."""
    return f"standing order {order.clause}: {order.words}" if order else ""


def _fact(name: str, value: Any, reader: Reader | None) -> Any:
    if value in _EMPTY:
        return _NOTHING.get(name, "“”")
    if name in _AS_WRITTEN:
        return " or ".join(_CODES.get(each, each) for each in _each(value))
    if name in _BETWEEN:
        return _BETWEEN[name].join(map(_code, value))
    return _KINDS[FACTS[name]](value, reader)


def _each(value: object) -> Iterable[Any]:
    return value if isinstance(value, tuple | list) else (value,)


def _person(value: object, reader: Reader | None) -> str:
    return ", ".join(reader.person(each) if reader else each for each in _each(value))


def _reference(value: object, reader: Reader | None) -> str:
    return ", ".join(_refer(each, reader) for each in _each(value))


def _refer(key: str, reader: Reader | None) -> str:
    if reader is None:
        return key
    return reader.person(key) if key in reader.state.people else reader.refer(key)


def _office(value: str, reader: Reader | None) -> str:
    return reader.refer(f"office:{value}") if reader else value


def _time(value: date | Day | datetime, reader: Reader | None) -> str | None:
    if isinstance(value, datetime):
        return reader.instant(value) if reader else value.isoformat()
    if reader:
        return reader.day(value)
    return value.on.isoformat() if isinstance(value, Day) else value.isoformat()


def _code(value: str) -> str:
    return _CODES.get(value, value.replace("-", " "))


def _codes(value: object, reader: Reader | None) -> str:
    """Codes, each once; `members:10` is ten of them together, a reference whoever acts for it."""
    return " or ".join(dict.fromkeys(_who(each, reader) for each in _each(value)))


def _who(code: str, reader: Reader | None) -> str:
    kind, colon, rest = code.partition(":")
    if kind == "members" and rest:
        return "1 member" if rest == "1" else f"{rest} members together"
    return _refer(code, reader) if colon else _code(code)


def _thing(value: Any, _: Reader | None) -> Any:
    if isinstance(value, str) and value.startswith("order:"):
        return f"standing order {value.removeprefix('order:')}"
    return ", ".join(value) if isinstance(value, tuple | list) else value


def _items(value: Iterable[str], reader: Reader | None) -> str:
    named = Names.of(reader).item if reader else str
    return "; ".join(map(named, value))


def _effects(value: Iterable[Any], reader: Reader | None) -> str:
    named = Names.of(reader).effect if reader else str
    return "; ".join(f"{named(each.what)} {_code(each.effect)}" for each in value)


def _figures(value: object, reader: Reader | None) -> Any:
    """Figures by teller: for, against and abstaining, and what else there was."""
    if not isinstance(value, Mapping):
        return _thing(value, reader)
    return "; ".join(
        f"{_person(teller, reader)} {count.votes_for}-{count.votes_against}-{count.abstentions}"
        f" ({count.not_voted} not voted, {count.spoiled} spoiled)"
        for teller, count in value.items()
    )


def _plain(value: object, _: Reader | None) -> object:
    return value


_KINDS: dict[FactKind, Callable[[Any, Reader | None], Any]] = {
    "person": _person,
    "reference": _reference,
    "office": _office,
    "time": _time,
    "number": _plain,
    "code": _codes,
    "thing": _thing,
    "items": _items,
    "value": _figures,
    "effects": _effects,
    "outcome": lambda outcome, _: RESULTS[outcome.result],
    "fault": _plain,
}
