"""Questions and answers as people write them, in YAML."""

from collections.abc import Sequence
from typing import Any

import msgspec

from quorate.ballots.choices import require_allowed
from quorate.ballots.question import AnyQuestion, Question, RankedQuestion, Ranking, question
from quorate.ballots.rankings import LARGEST, require_numbers
from quorate.ballots.wire import write
from quorate.canon.fault import Malformed
from quorate.script.handles import near
from quorate.script.yaml_text import YamlText

KEYS = ("question", "answers", "min", "max", "blank", "ranked", "counting")
BLANK = "blank"
_YES, _NO = {"yes", "true"}, {"no", "false"}


def read_questions(text: YamlText) -> tuple[AnyQuestion, ...]:
    """The questions of a file: a list, each with `question`, `answers` and what else `KEYS` has.

    Raises:
        Malformed: something else; names the file and the line.
    """
    if not isinstance(text.value, list) or not text.value:
        raise Malformed(text.name, "a list of questions, each beginning with `- question:`")
    entries = [_words(entry) for entry in text.value]
    return tuple(_question(text, entry, f"$[{i}]") for i, entry in enumerate(entries))


def read_answers(asked: Sequence[AnyQuestion], text: YamlText) -> list[list[int]]:
    """The answers of a file: for each question the answer or answers, by their words or by number; or `blank`.

    A ranked question takes a list, the best first, or a number for each answer. The errors do not repeat an answer.

    Raises:
        Malformed: they are not answers to these questions.
    """
    given = text.value if isinstance(text.value, list) else [text.value]
    if len(given) != len(asked):
        raise Malformed(text.name, f"a list with an answer to each of {len(asked)} questions")
    return [
        answer(each, value, f"{text.name}: answer {i}")
        for i, (each, value) in enumerate(zip(asked, given, strict=True), 1)
    ]


def answer(asked: AnyQuestion, value: Any, where: str) -> list[int]:
    """The numbers that a ballot holds for an answer as it is written. Raises Malformed if it is not allowed."""
    if isinstance(asked, Question):
        return _picked(asked, value, where)
    return _ranked(asked, value, where)


def said_answers(asked: AnyQuestion, given: Sequence[int]) -> str:
    """An answer in words, for the voter who gave it."""
    if isinstance(asked, RankedQuestion):
        ranked = sorted((n, each) for n, each in zip(given, asked.answers, strict=True) if n)
        return ", ".join(f"{n} {each}" for n, each in ranked) or "no ranking"
    picked = given[1:] if asked.blank else given
    if asked.blank and given[0]:
        return "a blank vote"
    words = [each for each, one in zip(asked.answers, picked, strict=True) if one]
    return ", ".join(words) or "none of the answers"


def title(asked: AnyQuestion) -> str:
    """The words of a question."""
    return asked.question if isinstance(asked, Question) else asked.value.question


def _words(value: Any) -> Any:
    """A value from YAML in text, lists and mappings that can be written as JSON."""
    if isinstance(value, dict):
        return {str(key): _words(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_words(each) for each in value]
    return value if value is None else str(value)


def _question(text: YamlText, entry: Any, path: str) -> AnyQuestion:
    where = text.where(path)
    if not isinstance(entry, dict):
        raise Malformed(where, "`question:` and `answers:`")
    for key in entry:
        if key not in KEYS:
            raise Malformed(
                where,
                f"a known key, not {key!r}",
                near(key, KEYS) or f"the keys are {', '.join(KEYS)}",
            )
    words, answers = entry.get("question"), entry.get("answers")
    if not isinstance(words, str) or not words.strip():
        raise Malformed(where, "`question:` with its words")
    if (
        not isinstance(answers, list)
        or not all(isinstance(each, str) for each in answers)
        or not answers
    ):
        raise Malformed(where, "`answers:` with a list of them")
    if len(set(answers)) != len(answers):
        raise Malformed(where, "each answer once")
    asked = (
        _ranked_question(entry, where) if _flag(entry, "ranked", where) else _picking(entry, where)
    )
    return question(write(asked), where)


def _picking(entry: dict[str, Any], where: str) -> Question:
    if "counting" in entry:
        raise Malformed(where, "`counting:` beside `ranked: yes` only")
    most = _number(entry, "max", 1, where)
    return Question(
        answers=tuple(entry["answers"]),
        blank=_flag(entry, "blank", where),
        min=_number(entry, "min", min(1, most), where),
        max=most,
        question=entry["question"],
    )


def _ranked_question(entry: dict[str, Any], where: str) -> RankedQuestion:
    if {"min", "max", "blank"} & entry.keys():
        raise Malformed(where, "no `min`, `max` or `blank` where answers are ranked")
    counting = entry.get("counting")
    value = Ranking(tuple(entry["answers"]), entry["question"])
    if counting is None:
        return RankedQuestion(value=value)
    if not isinstance(counting, dict):
        raise Malformed(where, "`counting:` with a method, such as {method: Schulze}")
    return RankedQuestion(value=value, extra=msgspec.Raw(write(_typed(counting))))


def _typed(value: Any) -> Any:
    """A value with its numbers, and its yes or no, as JSON has them; so a counting method wants them."""
    if isinstance(value, dict):
        return {key: _typed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_typed(each) for each in value]
    if value in _YES | _NO:
        return value in _YES
    return int(value) if value.isascii() and value.isdigit() else value


def _flag(entry: dict[str, Any], key: str, where: str) -> bool:
    value = entry.get(key, "no")
    if value not in _YES | _NO:
        raise Malformed(where, f"`{key}:` yes or no")
    return value in _YES


def _number(entry: dict[str, Any], key: str, default: int, where: str) -> int:
    value = entry.get(key, str(default))
    if not isinstance(value, str) or not (value.isascii() and value.isdigit()) or len(value) > 4:
        raise Malformed(where, f"`{key}:` a whole number")
    return int(value)


def _picked(asked: Question, value: Any, where: str) -> list[int]:
    words = value if isinstance(value, list) else [value]
    if asked.blank and words == [BLANK] and BLANK not in asked.answers:
        return [1] + [0] * len(asked.answers)
    return picks(asked, [_index(asked.answers, each, where) for each in words], where)


def picks(asked: Question, at: Sequence[int], where: str) -> list[int]:
    """The numbers that a ballot holds for the answers at these places, from 0. Raises Malformed if that is not allowed."""
    picked = [0] * len(asked.answers)
    for each in at:
        picked[each] += 1
    if max(picked) > 1:
        raise Malformed(where, "each answer once")
    if asked.blank:
        picked.insert(0, 0)
    _require(require_allowed, asked, picked, where)
    return picked


def _ranked(asked: RankedQuestion, value: Any, where: str) -> list[int]:
    if not isinstance(value, dict):
        words = value if isinstance(value, list) else [value]
        return in_order(asked, [_index(asked.answers, each, where) for each in words], where)
    numbers = [0] * len(asked.answers)
    for each, n in value.items():
        if not isinstance(n, str) or not (n.isascii() and n.isdigit() and len(n) < 5):
            raise Malformed(where, f"a number of 0 to {LARGEST} for each answer")
        numbers[_index(asked.answers, each, where)] = int(n)
    _require(require_numbers, asked, numbers, where)
    return numbers


def in_order(asked: RankedQuestion, at: Sequence[int], where: str) -> list[int]:
    """The numbers that a ballot holds for a ranking by places, the best first. Raises Malformed if one stands twice."""
    if len(set(at)) != len(at):
        raise Malformed(where, "each answer once")
    return [at.index(i) + 1 if i in at else 0 for i in range(len(asked.answers))]


def _require(rule: Any, asked: AnyQuestion, given: list[int], where: str) -> None:
    try:
        rule(asked, given)
    except Malformed as malformed:
        raise Malformed(where, malformed.expected) from None


def _index(answers: Sequence[str], value: Any, where: str) -> int:
    """The place of the answer that is meant; its own words win over a number."""
    if isinstance(value, str):
        if answers.count(value) == 1:
            return answers.index(value)
        if (
            value.isascii()
            and value.isdigit()
            and len(value) < 5
            and 1 <= int(value) <= len(answers)
        ):
            return int(value) - 1
    raise Malformed(where, f"one of the {len(answers)} answers, in its words or by number")
