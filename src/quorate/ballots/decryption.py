"""Partial decryptions: each trustee raises the tally to their key and proves it; enough of them together open it.

Section 8 of the format. No trustee's key is ever put together.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence

from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.claim import Branch, Claim, check_claims, claim
from quorate.ballots.election import Election
from quorate.ballots.group import Element, Entropy
from quorate.ballots.lagrange import lagrange
from quorate.ballots.proof import prove_knowledge
from quorate.ballots.tally import Tally, write_tally
from quorate.ballots.trustee import Trustees
from quorate.ballots.wire import PartialDecryption, read, write
from quorate.canon.fault import Malformed

Factors = tuple[tuple[Element, ...], ...]
"""For each ciphertext of a tally α^x."""


def chance_of_decryption(election: Election, tally: Tally, key: int) -> Entropy:
    """Chance for the proofs of a partial decryption, the same each time for the same key, election and tally.

    So the same tally is answered with the same bytes, and nothing need be kept to give an answer twice.
    """
    # The key makes it secret. All that the proofs are of is in it: with the same nonce under another challenge, two
    # proofs would give the key away.
    said = f"decryption|{key}|{election.fingerprint}|".encode()
    seed = hashlib.sha256(said + write_tally(tally)).digest()
    drawn = 0

    def entropy(count: int) -> bytes:
        nonlocal drawn
        drawn += 1
        return hashlib.shake_256(seed + drawn.to_bytes(8, "big")).digest(count)

    return entropy


def decrypt_partially(election: Election, tally: Tally, key: int, entropy: Entropy) -> bytes:
    """The bytes of a trustee's partial decryption of a tally, whose ranked lists are those of the last shuffle."""
    group = election.group
    prefix = _prefix(election, group.text(group.power(group.generator, key)))
    factors = [[group.text(group.power(each.alpha, key)) for each in part] for part in tally]
    proofs = [
        tuple(prove_knowledge(group, key, prefix, entropy, (each.alpha,)) for each in part)
        for part in tally
    ]
    return write(PartialDecryption(tuple(map(tuple, factors)), tuple(proofs)))


def check_decryption(
    election: Election, tally: Tally, key: Element, owner: int, data: bytes
) -> Factors:
    """The factors of a partial decryption, all of which were made with the key of trustee `owner`.

    Raises:
        Malformed: it does not parse, or has not the shape of the tally.
        UnverifiedElection: a factor is not the tally's to that key; the trustee is named.
    """
    where = f"partial decryption of trustee {owner}"
    wire = read(data, PartialDecryption, where)
    shape = [len(part) for part in tally]
    if shape != [*map(len, wire.decryption_factors)] or shape != [
        *map(len, wire.decryption_proofs)
    ]:
        raise Malformed(where, "a factor and a proof for each ciphertext of the tally")
    group = election.group
    members = iter(
        group.elements([text for part in wire.decryption_factors for text in part], where)
    )
    factors = tuple(tuple(next(members) for _ in part) for part in tally)
    prefix = _prefix(election, group.text(key))
    claims: list[Claim] = []
    for i, (part, given, proofs) in enumerate(
        zip(tally, factors, wire.decryption_proofs, strict=True), 1
    ):
        for j, (each, factor, proof) in enumerate(zip(part, given, proofs, strict=True), 1):
            on = ((group.generator, (key,), 0), (each.alpha, (factor,), 0))
            what = f"{where}: question {i}, ciphertext {j}: proof"
            claims.append(claim(group, what, prefix, (Branch(proof, on),)))
    check_claims(group, claims, Check.DECRYPTIONS)
    return factors


def missing_trustees(trustees: Trustees, owners: Collection[int]) -> dict[tuple[int, ...], int]:
    """Whose partial decryptions are still wanted: for each group of trustees that have not given one, how many of them."""
    wanted = {}
    for first, size, threshold in trustees.parts:
        silent = tuple(each for each in range(first, first + size) if each not in owners)
        if size - len(silent) < threshold:
            wanted[silent] = threshold - (size - len(silent))
    return wanted


def combine_factors(
    election: Election, trustees: Trustees, given: Mapping[int, Factors], shape: Sequence[int]
) -> Factors:
    """α^x for the election's whole key x, for a tally with so many ciphertexts for each question.

    Of a group with a threshold exactly that many count, those with the lowest numbers.

    Raises:
        UnverifiedElection: too few trustees have given theirs.
    """
    if wanted := missing_trustees(trustees, given.keys()):
        raise UnverifiedElection(Check.DECRYPTIONS, said_missing(wanted))
    group = election.group
    powers: list[tuple[int, int]] = []
    for first, size, threshold in trustees.parts:
        owners = [each for each in range(first, first + size) if each in given][:threshold]
        if size == threshold == 1:
            powers.append((first, 1))
        else:
            # λ_i for the place inside the group, not for the trustee's number: in a second group they are not the same.
            weights = lagrange([each - first + 1 for each in owners], group.order)
            powers += zip(owners, weights, strict=True)
    return tuple(
        tuple(
            group.combine([(given[owner][i][j], exponent) for owner, exponent in powers])
            for j in range(count)
        )
        for i, count in enumerate(shape)
    )


def said_missing(wanted: Mapping[tuple[int, ...], int]) -> str:
    """In words whose partial decryptions are still wanted."""
    return "; ".join(
        f"{count} more of trustees {', '.join(map(str, silent))}"
        if len(silent) > 1
        else f"trustee {silent[0]} has given no partial decryption"
        for silent, count in wanted.items()
    )


def _prefix(election: Election, key: str) -> str:
    return f"decrypt|{election.fingerprint}|{key}|"
