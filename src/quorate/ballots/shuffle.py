"""Shuffles of ranked ballots: each trustee in turn puts them into an order that only they know, and proves it.

Section 8 of the format. While one trustee keeps their order to themselves, no ranking can be traced to a ballot.
"""

from collections.abc import Sequence

from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.election import Election
from quorate.ballots.encryption import Encrypted, encrypted
from quorate.ballots.group import Entropy
from quorate.ballots.question import RankedQuestion
from quorate.ballots.shuffle_proof import ShuffleProof, Statement
from quorate.ballots.shuffle_prover import prove_shuffle
from quorate.ballots.shuffle_verifier import check_shuffle_proof
from quorate.ballots.wire import Ciphertext, Wire, read, write
from quorate.canon.fault import Malformed


class Shuffle(Wire, frozen=True):
    """For each ranked question its ciphertexts, re-encrypted in another order, and the proof of that."""

    ciphertexts: tuple[tuple[Ciphertext, ...], ...]
    proofs: tuple[ShuffleProof, ...]


def make_shuffle(
    election: Election, before: Sequence[Sequence[Encrypted]], entropy: Entropy
) -> bytes:
    """The bytes of a shuffle of `before`, which has a list of ciphertexts for each ranked question, in their order.

    Each order is equally likely, and each question has its own. Linear in the number of ciphertexts.
    """
    assert len(before) == len(_ranked(election))
    lists, proofs = [], []
    for each in before:
        # ψ, a new one for each question: with one for all, a voter's answers would keep the same place, and one that
        # is known to be theirs would give away the others.
        permutation = draw_permutation(len(each), entropy)
        randomness = [election.group.draw(entropy) for _ in each]
        # e'_i = reenc(e_ψ(i), r'_i): both by the place after. With ψ the other way round the proof would hold only
        # where ψ is its own inverse.
        after = reencrypt(election, [each[j] for j in permutation], randomness)
        statement = Statement(election, each, after)
        proofs.append(prove_shuffle(statement, permutation, randomness, entropy))
        lists.append(tuple(one.wire for one in after))
    return write(Shuffle(tuple(lists), tuple(proofs)))


def check_shuffle(
    election: Election, before: Sequence[Sequence[Encrypted]], data: bytes, number: int
) -> tuple[tuple[Encrypted, ...], ...]:
    """The ciphertexts after a shuffle, if it is one of those before; `number` is its number in the archive, from 1.

    Raises:
        Malformed: it is not a shuffle of so many questions, or not written as shuffles are.
        UnverifiedElection: it has not as many ciphertexts as there were, or a proof does not hold.
    """
    where = f"shuffle {number}"
    shuffle = read(data, Shuffle, where)
    count = len(_ranked(election))
    if not len(before) == len(shuffle.ciphertexts) == len(shuffle.proofs) == count:
        raise Malformed(where, f"ciphertexts and a proof for each of {count} ranked questions")
    shuffled = []
    for i, (old, wires, proof) in enumerate(
        zip(before, shuffle.ciphertexts, shuffle.proofs, strict=True), 1
    ):
        what = f"{where}: ranked question {i}"
        new = _elements(election, wires, what)
        # A proof's lists are measured by the list after alone: one that is made for fewer ballots than there were
        # could get as far as equation 3, and end in a ValueError.
        if len(new) != len(old):
            reason = f"{what}: there are {len(new)} ballots where there were {len(old)}"
            raise UnverifiedElection(Check.SHUFFLES, reason)
        check_shuffle_proof(Statement(election, old, new), proof, what)
        shuffled.append(new)
    return tuple(shuffled)


def draw_permutation(count: int, entropy: Entropy) -> list[int]:
    """The numbers below `count` in an order that is uniformly random (Fisher and Yates)."""
    order = list(range(count))
    for i in reversed(range(1, count)):
        # i itself may be drawn. Below i only cycles would come out: everybody would know that no ballot kept its place.
        j = _draw_below(i + 1, entropy)
        order[i], order[j] = order[j], order[i]
    return order


def reencrypt(
    election: Election, ciphertexts: Sequence[Encrypted], randomness: Sequence[int]
) -> tuple[Encrypted, ...]:
    """Other ciphertexts of the same plaintexts: each times (g^r, y^r)."""
    group = election.group
    of_g = group.powers(group.generator, randomness)
    of_y = group.powers(election.public_key, randomness)
    return tuple(
        encrypted(group, group.multiply(each.alpha, a), group.multiply(each.beta, b))
        for each, a, b in zip(ciphertexts, of_g, of_y, strict=True)
    )


def _draw_below(bound: int, entropy: Entropy) -> int:
    """A number below `bound`, each equally likely: a draw that is not below is thrown away, as `%` would favour some."""
    bits = (bound - 1).bit_length()
    while True:
        # The high bits of the bytes, as many as bound − 1 has: then at least half of all draws are below the bound.
        drawn = int.from_bytes(entropy((bits + 7) // 8), "big") >> -bits % 8
        if drawn < bound:
            return drawn


def _elements(election: Election, wires: Sequence[Ciphertext], what: str) -> tuple[Encrypted, ...]:
    """The ciphertexts of a question; every element is a member of the group."""
    texts = [text for wire in wires for text in (wire.alpha, wire.beta)]
    elements = iter(election.group.elements(texts, f"{what}: ciphertext"))
    return tuple(Encrypted(next(elements), next(elements), wire) for wire in wires)


def _ranked(election: Election) -> list[RankedQuestion]:
    return [each for each in election.questions if isinstance(each, RankedQuestion)]
