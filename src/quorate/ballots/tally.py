"""The encrypted tally: of homomorphic questions the product of all ballots, of ranked ones their sorted list.

Section 8 of the format. Products of parts of the ballots may be made anywhere and multiplied in any order.
"""

from collections.abc import Iterable, Mapping, Sequence

from quorate.ballots.ballot import CastBallot
from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.credential import PublicCredential
from quorate.ballots.election import Election
from quorate.ballots.encryption import Encrypted, encrypted
from quorate.ballots.group import Group
from quorate.ballots.question import Question
from quorate.ballots.wire import Ciphertext, SizedTally, amount, integer_of, read, write
from quorate.canon.fault import Malformed

Tally = tuple[tuple[Encrypted, ...], ...]
"""For each question: a ciphertext for each choice, or one for each ballot."""


def require_weights(election: Election, credentials: Mapping[str, PublicCredential]) -> None:
    """Refuse weights other than 1 where ballots are ranked: such a ballot could not be in the list more than once."""
    if election.is_ranked and any(each.weight != 1 for each in credentials.values()):
        raise UnverifiedElection(Check.CREDENTIALS, "ranked questions allow no weight other than 1")


def tally_of(election: Election, ballots: Sequence[CastBallot]) -> Tally:
    """The tally of ballots, each with the weight of its credential; linear in them."""
    parts = []
    for i, asked in enumerate(election.questions):
        answers = [(each.ciphertexts[i], each.credential.weight) for each in ballots]
        if isinstance(asked, Question):
            parts.append(_product(election.group, asked.choices, answers))
        else:
            parts.append(_in_order(election.group, (answer[0] for answer, _ in answers)))
    return tuple(parts)


def join_tallies(election: Election, tallies: Sequence[Tally]) -> Tally:
    """The tally of all the ballots that tallies are of."""
    joined = []
    for i, asked in enumerate(election.questions):
        parts = [each[i] for each in tallies]
        if isinstance(asked, Question):
            joined.append(_product(election.group, asked.choices, [(part, 1) for part in parts]))
        else:
            joined.append(_in_order(election.group, (each for part in parts for each in part)))
    return tuple(joined)


def write_tally(tally: Tally) -> bytes:
    """The bytes of a tally."""
    return write([[each.wire for each in question] for question in tally])


def read_tally(election: Election, data: bytes) -> Tally:
    """The tally that bytes write; whether it is the ballots' is not looked at.

    Raises:
        Malformed: it has not the shape of the election, or what is in it is no member of the group.
    """
    wires = read(data, tuple[tuple[Ciphertext, ...], ...], "encrypted tally")
    if len(wires) != len(election.questions):
        raise Malformed(
            "encrypted tally", f"a part for each of {len(election.questions)} questions"
        )
    for i, (asked, part) in enumerate(zip(election.questions, wires, strict=True), 1):
        if isinstance(asked, Question) and len(part) != asked.choices:
            raise Malformed(f"encrypted tally: question {i}", f"{asked.choices} ciphertexts")
    return read_ciphertexts(election.group, wires, "encrypted tally")


def read_ciphertexts(
    group: Group, wires: Sequence[Sequence[Ciphertext]], where: str
) -> tuple[tuple[Encrypted, ...], ...]:
    """Ciphertexts with their elements. Raises Malformed for one that is no member of the group."""
    texts = [text for part in wires for wire in part for text in (wire.alpha, wire.beta)]
    elements = iter(group.elements(texts, where))
    return tuple(
        tuple(Encrypted(next(elements), next(elements), wire) for wire in part) for part in wires
    )


def write_sized(tallied: int, weight: int, tally_hash: str) -> bytes:
    """How many ballots of what weight in all are in a tally, beside its hash."""
    return write(SizedTally(tallied, amount(weight), tally_hash))


def read_sized(data: bytes) -> tuple[SizedTally, int]:
    """The sizes that bytes write, and the total weight as a number. Raises Malformed."""
    wire = read(data, SizedTally, "sized tally")
    return wire, integer_of(wire.total_weight, "sized tally: total_weight")


def ranked_lists(election: Election, tally: Tally) -> Tally:
    """Of a tally the lists of its ranked questions: what is shuffled."""
    return tuple(
        part
        for asked, part in zip(election.questions, tally, strict=True)
        if not isinstance(asked, Question)
    )


def with_ranked(election: Election, tally: Tally, shuffled: Tally) -> Tally:
    """A tally with the lists of its ranked questions as the last shuffle left them."""
    lists = iter(shuffled)
    return tuple(
        part if isinstance(asked, Question) else next(lists)
        for asked, part in zip(election.questions, tally, strict=True)
    )


def _product(
    group: Group, choices: int, answers: Sequence[tuple[Sequence[Encrypted], int]]
) -> tuple[Encrypted, ...]:
    return tuple(
        encrypted(
            group,
            group.combine([(answer[i].alpha, weight) for answer, weight in answers]),
            group.combine([(answer[i].beta, weight) for answer, weight in answers]),
        )
        for i in range(choices)
    )


def _in_order(group: Group, ciphertexts: Iterable[Encrypted]) -> tuple[Encrypted, ...]:
    key = group.order_key
    return tuple(sorted(ciphertexts, key=lambda each: (key(each.alpha), key(each.beta))))
