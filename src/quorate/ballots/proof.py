"""Making proofs: of knowing an exponent (Schnorr, Chaum-Pedersen), and that one of several statements is true.

Section 6 of the format; all use response = w − secret·challenge. Of a disjunction one branch is proved and the others are
simulated; only the sum of their challenges is bound to the hash, so nobody can tell which. Who makes it knows the
randomness of every ciphertext, so simulating needs powers of g and y alone: A = g^e, B = y^e · g^(d·c) with
e = response + r·challenge, where d is by how much the branch's statement is wrong.
"""

from collections.abc import Sequence
from typing import NamedTuple

from quorate.ballots.group import Element, Entropy, Group
from quorate.ballots.wire import Proof


def prove_knowledge(
    group: Group, secret: int, prefix: str, entropy: Entropy, bases: Sequence[Element] = ()
) -> Proof:
    """That somebody knows the secret exponent to which the generator, and each further base, was raised."""
    # New for every proof: of two with one w, (response − response') / (challenge' − challenge) is the secret.
    w = group.draw(entropy)
    # The same w on every base: it is what shows that the exponents are the same (Chaum and Pedersen).
    commitments = [group.power(base, w) for base in (group.generator, *bases)]
    challenge = group.challenge(prefix, [group.text(each) for each in commitments])
    return Proof(str(challenge), str((w - secret * challenge) % group.order))


class Disjunction(NamedTuple):
    """What is to be proved of one or more ciphertexts (g^r, y^r·g^m) whose r and m the prover knows.

    For each branch: r, and how far m is from what the branch says it is; at least one is 0.
    """

    prefix: str
    randomness: tuple[int, ...]
    off: tuple[int, ...]


def prove_disjunctions(
    group: Group, y: Element, wanted: Sequence[Disjunction], entropy: Entropy
) -> list[tuple[Proof, ...]]:
    """The proof of each, a part for each of its branches. Three powers for a branch, all of g or of y."""
    plans = [_Plan(group, each, entropy) for each in wanted]
    exponents = [e for plan in plans for e in plan.exponents]
    shifts = [x for plan in plans for x in plan.shifts]
    of_g = group.powers(group.generator, exponents + shifts)
    of_y = group.powers(y, exponents)
    # A_j = g^e and B_j = y^e · g^(off · challenge). of_g is longer than of_y: the shifts come after the exponents.
    commitments: list[str] = []
    for a, b, shift in zip(of_g, of_y, of_g[len(exponents) :], strict=False):
        commitments += (group.text(a), group.text(group.multiply(b, shift)))
    proofs = []
    for plan in plans:
        proofs.append(plan.finish(group, commitments[: 2 * len(plan.exponents)]))
        del commitments[: 2 * len(plan.exponents)]
    return proofs


class _Plan:
    """A disjunction under way: all but the true branch's challenge and response."""

    def __init__(self, group: Group, wanted: Disjunction, entropy: Entropy) -> None:
        self._wanted = wanted
        self._true = wanted.off.index(0)
        # Of all numbers below the order, as the true branch's will be: shorter ones would show which is simulated.
        self._challenges = [group.draw(entropy) for _ in wanted.off]
        self._challenges[self._true] = 0
        # For the true branch e is w itself; for a simulated one, response + r·challenge for a random response.
        self.exponents = [group.draw(entropy) for _ in wanted.off]
        self.shifts = [
            off * challenge % group.order
            for off, challenge in zip(wanted.off, self._challenges, strict=True)
        ]

    def finish(self, group: Group, commitments: Sequence[str]) -> tuple[Proof, ...]:
        challenges = self._challenges
        total = group.challenge(self._wanted.prefix, commitments)
        # It is 0 until now. What the others leave of the hash was not known when its commitments were made, so only who
        # knows r can answer it.
        challenges[self._true] = (total - sum(challenges)) % group.order
        return tuple(
            Proof(str(challenge), str((e - r * challenge) % group.order))
            for challenge, e, r in zip(
                challenges, self.exponents, self._wanted.randomness, strict=True
            )
        )
