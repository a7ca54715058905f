"""The questions of an election: homomorphic (pick between min and max answers, or vote blank) and ranked.

Section 5 of the format. How rankings are counted (`extra`) is outside the cryptography and kept as it was given.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, UnsetType

from quorate.ballots.group import Group
from quorate.ballots.wire import Wire
from quorate.canon.fault import Malformed

Count = Annotated[int, msgspec.Meta(ge=0)]
Answers = Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]


class Question(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """Pick at least `min` and at most `max` answers, or vote blank where that is offered."""

    answers: Answers
    blank: bool = False
    min: Count
    max: Count
    question: str

    @property
    def choices(self) -> int:
        """Ciphertexts of an answer: one for each answer, and before them one for the blank vote."""
        return len(self.answers) + self.blank


class Ranking(Wire, frozen=True):
    """What a ranked question asks: a number for each of its answers."""

    answers: Answers
    question: str


class RankedQuestion(Wire, frozen=True, kw_only=True):
    """Give each answer a number of 0 to 255, which the counting method reads."""

    type: Literal["NonHomomorphic"] = "NonHomomorphic"
    value: Ranking
    extra: msgspec.Raw | UnsetType = UNSET
    """The counting method and what it needs to know, as JSON."""

    @property
    def answers(self) -> tuple[str, ...]:
        """What there is to rank."""
        return self.value.answers


AnyQuestion = Question | RankedQuestion


def question(data: bytes, where: str) -> AnyQuestion:
    """The question that JSON writes, however it is spaced.

    Raises:
        Malformed: it is of no kind known here, or asks what cannot be answered.
    """
    try:
        kind = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        asked: AnyQuestion
        if "type" in kind:
            asked = msgspec.json.decode(data, type=RankedQuestion)
        else:
            asked = msgspec.json.decode(data, type=Question)
    except msgspec.DecodeError as error:
        raise Malformed(where, f"a question: {error}") from error
    if isinstance(asked, Question) and not asked.min <= asked.max <= len(asked.answers):
        raise Malformed(where, "min ≤ max ≤ the number of answers")
    return asked


def require_answerable(group: Group, asked: AnyQuestion, where: str) -> None:
    """Refuse a ranked question with more answers than the group can carry in one element."""
    if isinstance(asked, RankedQuestion) and len(asked.answers) > group.most_ranked:
        raise Malformed(
            where,
            f"a ranked question of at most {group.most_ranked} answers in {group.name}",
            "use Ed25519 (30 answers) or RFC-3526-2048",
        )
