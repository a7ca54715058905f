"""Answers to ranked questions: all numbers in one encrypted element, with a proof that the voter made it.

Section 7 of the format. Nothing is proved of the numbers themselves: they come out shuffled, and are read by whoever counts.
"""

from collections.abc import Sequence

from quorate.ballots.claim import Branch, Claim, claim
from quorate.ballots.encryption import Bound, Encrypted
from quorate.ballots.group import Entropy
from quorate.ballots.proof import prove_knowledge
from quorate.ballots.question import RankedQuestion
from quorate.ballots.wire import Ciphertext, Ranking
from quorate.canon.fault import Malformed

LARGEST = 255


def encrypt_ranking(
    bound: Bound, asked: RankedQuestion, numbers: Sequence[int], entropy: Entropy
) -> Ranking:
    """An answer to a ranked question: a number of 0 to 255 for each of its answers.

    Raises:
        Malformed: it is not that.
    """
    require_numbers(asked, numbers)
    group = bound.group
    r = group.draw(entropy)
    wire = bound.encrypt((group.encode(numbers),), (r,))[0].wire
    return Ranking(wire, prove_knowledge(group, r, _prefix(bound, wire), entropy))


def require_numbers(asked: RankedQuestion, numbers: Sequence[int]) -> None:
    """Refuse what is no ranking, in words for whoever filled it in."""
    n = len(asked.answers)
    if len(numbers) != n or not all(0 <= each <= LARGEST for each in numbers):
        raise Malformed("answer", f"a number of 0 to {LARGEST} for each of {n} answers")


def ranking_claims(bound: Bound, answer: Ranking, ciphertext: Encrypted, what: str) -> list[Claim]:
    """What the proof of a ranking claims. Raises Malformed if a number in it is not a scalar."""
    group = bound.group
    branch = Branch(answer.proof, ((group.generator, (ciphertext.alpha,), 0),))
    prefix = _prefix(bound, answer.choices)
    return [claim(group, f"{what}: proof", prefix, (branch,))]


def _prefix(bound: Bound, wire: Ciphertext) -> str:
    return f"raweg|{bound.s0}|{bound.group.text(bound.y)},{wire.alpha},{wire.beta}|"
