"""Ballots: made from a credential and answers, and checked against the election and its credentials.

Section 7 of the format. A ballot's tracker is the hash of its bytes; the same hash names its record in the archive.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
from msgspec import UNSET

from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.choices import choices_claims, encrypt_choices
from quorate.ballots.claim import Branch, Claim, check_claims, claim
from quorate.ballots.credential import PublicCredential, secret_of
from quorate.ballots.digest import base64
from quorate.ballots.election import Election
from quorate.ballots.encryption import Bound, Encrypted
from quorate.ballots.group import Entropy
from quorate.ballots.proof import prove_knowledge
from quorate.ballots.question import Question
from quorate.ballots.rankings import encrypt_ranking, ranking_claims
from quorate.ballots.wire import Ballot, Choices, Ranking, Signature, read, write
from quorate.canon.fault import Malformed


@dataclass(frozen=True, slots=True)
class CastBallot:
    """A ballot, read: what a tally needs of it, and what its proofs claim."""

    credential: PublicCredential
    ciphertexts: tuple[tuple[Encrypted, ...], ...]
    """For each question those of its choices; of a ranked one, one."""
    claims: tuple[Claim, ...]


def make_ballot(
    election: Election, credential: str, answers: Sequence[Sequence[int]], entropy: Entropy
) -> bytes:
    """The bytes of a ballot. `answers` has for each question a 0 or 1 for each choice, or a number for each answer.

    Raises:
        Malformed: the credential cannot be one, or an answer is not allowed. Neither is repeated in the message.
    """
    group = election.group
    if len(answers) != len(election.questions):
        raise Malformed("answers", f"one for each of {len(election.questions)} questions")
    secret = secret_of(group, election.uuid, credential)
    public = group.text(group.power(group.generator, secret))
    bound = _bound(election, public)
    made: list[Choices | Ranking] = []
    for asked, given in zip(election.questions, answers, strict=True):
        if isinstance(asked, Question):
            made.append(encrypt_choices(bound, asked, given, entropy))
        else:
            made.append(encrypt_ranking(bound, asked, given, entropy))
    unsigned = Ballot(
        election_uuid=election.uuid,
        election_hash=election.fingerprint,
        credential=public,
        answers=tuple(msgspec.Raw(write(each)) for each in made),
    )
    digest = base64(write(unsigned))
    proof = prove_knowledge(group, secret, f"sig|{digest}|", entropy)
    return write(msgspec.structs.replace(unsigned, signature=Signature(digest, proof)))


def tracker(ballot: bytes) -> str:
    """What a voter finds their ballot by: 43 characters."""
    return base64(ballot)


def read_ballot(
    election: Election,
    credentials: Mapping[str, PublicCredential],
    data: bytes,
    number: int | None = None,
) -> CastBallot:
    """A ballot, read strictly; its proofs are not checked yet, but everything else is.

    `number` is its number among the ballots of an archive, for whoever reads the error.

    Raises:
        Malformed: it is not a ballot, or not written as ballots are.
        UnverifiedElection: it is of another election, or its credential is not on the list.
    """
    wire = read(data, Ballot, "ballot")
    if wire.election_uuid != election.uuid or wire.election_hash != election.fingerprint:
        raise UnverifiedElection(Check.BALLOTS, "it is of another election", number)
    credential = credentials.get(wire.credential)
    if credential is None:
        raise UnverifiedElection(Check.BALLOTS, "its credential is not on the list", number)
    if len(wire.answers) != len(election.questions):
        raise Malformed("ballot: answers", f"one for each of {len(election.questions)} questions")
    answers = _read_answers(election, wire)
    ciphertexts = _elements(election, answers)
    claims = _answer_claims(election, answers, ciphertexts, wire.credential)
    claims.append(_signature_claim(election, wire, credential, number))
    numbered = tuple(each._replace(ballot=number) for each in claims)
    return CastBallot(credential, ciphertexts, numbered)


def check_ballot(
    election: Election, credentials: Mapping[str, PublicCredential], data: bytes
) -> CastBallot:
    """A ballot of which every proof holds: what is asked of one before it is accepted.

    Raises:
        Malformed, UnverifiedElection: as `read_ballot`; or a proof does not hold.
    """
    cast = read_ballot(election, credentials, data)
    check_claims(election.group, cast.claims, Check.BALLOTS)
    return cast


def _bound(election: Election, credential: str) -> Bound:
    return Bound(election.group, election.public_key, f"{election.fingerprint}|{credential}")


def _read_answers(election: Election, wire: Ballot) -> list[Choices | Ranking]:
    answers: list[Choices | Ranking] = []
    for i, (asked, raw) in enumerate(zip(election.questions, wire.answers, strict=True), 1):
        where = f"ballot: answer {i}"
        if isinstance(asked, Question):
            answers.append(read(bytes(raw), Choices, where))
        else:
            answers.append(read(bytes(raw), Ranking, where))
    return answers


def _elements(
    election: Election, answers: Sequence[Choices | Ranking]
) -> tuple[tuple[Encrypted, ...], ...]:
    """The ciphertexts of all answers; every element is a member of the group."""
    wires = [each.choices if isinstance(each, Choices) else (each.choices,) for each in answers]
    texts = [text for each in wires for wire in each for text in (wire.alpha, wire.beta)]
    elements = iter(election.group.elements(texts, "ballot: ciphertext"))
    return tuple(
        tuple(Encrypted(next(elements), next(elements), wire) for wire in each) for each in wires
    )


def _answer_claims(
    election: Election,
    answers: Sequence[Choices | Ranking],
    ciphertexts: Sequence[tuple[Encrypted, ...]],
    credential: str,
) -> list[Claim]:
    bound = _bound(election, credential)
    claims: list[Claim] = []
    for i, (asked, answer, encrypted) in enumerate(
        zip(election.questions, answers, ciphertexts, strict=True), 1
    ):
        what = f"answer {i}"
        if isinstance(asked, Question):
            assert isinstance(answer, Choices)
            claims += choices_claims(bound, asked, answer, encrypted, what)
        else:
            assert isinstance(answer, Ranking)
            claims += ranking_claims(bound, answer, encrypted[0], what)
    return claims


def _signature_claim(
    election: Election, wire: Ballot, credential: PublicCredential, number: int | None
) -> Claim:
    if wire.signature is UNSET:
        raise Malformed("ballot: signature", "a signature")
    digest = base64(write(msgspec.structs.replace(wire, signature=UNSET)))
    if wire.signature.hash != digest:
        raise UnverifiedElection(Check.BALLOTS, "its signature is of another ballot", number)
    group = election.group
    branch = Branch(wire.signature.proof, ((group.generator, (credential.key,), 0),))
    return claim(group, "signature", f"sig|{digest}|", (branch,))
