"""The result: what the tally holds, once enough trustees have decrypted it.

Section 8 of the format. Of a homomorphic question the number of votes of each choice, the blank vote first; of a ranked one
the rankings in the order of the last shuffle. What follows from them is counted elsewhere.
"""

from typing import Any

from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.credential import require_countable
from quorate.ballots.decryption import Factors
from quorate.ballots.election import Election
from quorate.ballots.group import Element, Group
from quorate.ballots.question import AnyQuestion, Question
from quorate.ballots.tally import Tally
from quorate.ballots.wire import Result, amount, integer_of, read, write
from quorate.canon.fault import Malformed

Counts = tuple[tuple[Any, ...], ...]
"""For each question: a number for each choice, or a list of numbers for each ballot."""


def open_tally(election: Election, tally: Tally, factors: Factors, weight: int) -> Counts:
    """What a tally of a total weight holds. For each choice about √weight multiplications, once for all of them.

    Raises:
        UnverifiedElection: no number up to the weight is in it; the factors are not those of this tally.
    """
    group = election.group
    logarithm = Logarithm(group, weight)
    counts: list[tuple[Any, ...]] = []
    for asked, part, given in zip(election.questions, tally, factors, strict=True):
        opened = [_message(group, each.beta, f) for each, f in zip(part, given, strict=True)]
        if isinstance(asked, Question):
            counts.append(tuple(logarithm.of(each) for each in opened))
        else:
            n = len(asked.answers)
            counts.append(tuple(group.decode(each, n) for each in opened))
    return tuple(counts)


def write_result(counts: Counts) -> bytes:
    """The bytes of a result."""
    return write(Result(tuple(tuple(map(_as_written, part)) for part in counts)))


def read_result(election: Election, data: bytes) -> Counts:
    """The result that bytes write; whether it is the tally's is not looked at.

    Raises:
        Malformed: it does not parse, or has not the shape of the election.
    """
    wire = read(data, Result, "result")
    if len(wire.result) != len(election.questions):
        raise Malformed("result", f"a part for each of {len(election.questions)} questions")
    return tuple(
        _read_part(asked, part, f"result: question {i}")
        for i, (asked, part) in enumerate(zip(election.questions, wire.result, strict=True), 1)
    )


def check_result(
    election: Election, tally: Tally, factors: Factors, weight: int, counts: Counts
) -> None:
    """Return if a result is what a tally holds. One exponentiation for each choice, one multiplication for each ranking.

    Raises:
        UnverifiedElection: it is not.
    """
    group = election.group
    for i, (asked, part, given, entries) in enumerate(
        zip(election.questions, tally, factors, counts, strict=True), 1
    ):
        if len(part) != len(entries):
            raise UnverifiedElection(Check.RESULT, f"question {i} has not {len(part)} entries")
        for j, (each, factor, count) in enumerate(zip(part, given, entries, strict=True), 1):
            if isinstance(asked, Question):
                holds = count <= weight and group.text(each.beta) == group.text(
                    group.combine([(group.generator, count), (factor, 1)])
                )
            else:
                opened = _message(group, each.beta, factor)
                holds = count == group.decode(opened, len(asked.answers))
            if not holds:
                raise UnverifiedElection(
                    Check.RESULT, f"question {i}, entry {j}: not what was decrypted"
                )


class Logarithm:
    """Finds r from g^r for r up to a number, by baby steps and giant steps: √most steps to make, as many to use."""

    def __init__(self, group: Group, most: int) -> None:
        require_countable(most, "total weight")
        self._group = group
        self._most = most
        self._steps: dict[str, int] = {}
        self._stride = 0
        self._giant: Element = group.identity

    def of(self, element: Element) -> int:
        """The number r with g^r = element.

        Raises:
            UnverifiedElection: there is none up to the most that it can be.
        """
        if not self._steps:
            self._make_steps()
        for i in range(self._most // self._stride + 1):
            step = self._steps.get(self._group.text(element))
            if step is not None and (r := i * self._stride + step) <= self._most:
                return r
            element = self._group.multiply(element, self._giant)
        raise UnverifiedElection(
            Check.RESULT, f"what was decrypted is no number of votes up to {self._most}"
        )

    def _make_steps(self) -> None:
        group = self._group
        self._stride = max(1, int(self._most**0.5) + 1)
        step = group.identity
        for i in range(self._stride):
            self._steps[group.text(step)] = i
            step = group.multiply(step, group.generator)
        self._giant = group.invert(step)


def _message(group: Group, beta: Element, factor: Element) -> Element:
    return group.multiply(beta, group.invert(factor))


def _as_written(entry: Any) -> Any:
    return amount(entry) if isinstance(entry, int) else entry


def _read_part(asked: AnyQuestion, part: tuple[Any, ...], where: str) -> tuple[Any, ...]:
    if isinstance(asked, Question):
        if len(part) != asked.choices:
            raise Malformed(where, f"{asked.choices} numbers")
        figures = tuple(integer_of(each, where) for each in part)
        require_countable(max(figures), where)
        return figures
    n = len(asked.answers)
    if not all(
        isinstance(each, list)
        and len(each) == n
        and all(type(v) is int and 0 <= v < 256 for v in each)
        for each in part
    ):
        raise Malformed(where, f"lists of {n} numbers of 0 to 255")
    return part
