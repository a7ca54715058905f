"""JSON as the protocol writes it: compact, keys in the order of the declaration, optional ones left out.

Sections 3 to 9 of the format's description; hashes are of these bytes. A parser accepts exactly what is written here.
"""

import re
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from quorate.canon.fault import Malformed

T = TypeVar("T")
LARGEST_INTEGER = 2**30 - 1
"""Larger weights and totals are written as decimal text."""

Hash = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
Amount = int | Annotated[str, msgspec.Meta(pattern=r"^[1-9][0-9]{0,1000}\Z")]
"""A weight, a total or a result, as `amount` writes it."""


class Wire(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An object of the wire: its fields in this order, and no others."""


class Proof(Wire, frozen=True):
    """A challenge and a response, in decimal."""

    challenge: str
    response: str


class Ciphertext(Wire, frozen=True):
    """ElGamal: alpha = g^r, beta = y^r · g^m."""

    alpha: str
    beta: str


class Choices(Wire, frozen=True):
    """The answer to a homomorphic question: an encrypted 0 or 1 for each choice, the blank one first if there is one."""

    choices: tuple[Ciphertext, ...]
    individual_proofs: tuple[tuple[Proof, Proof], ...]
    overall_proof: tuple[Proof, ...]
    blank_proof: tuple[Proof, Proof] | UnsetType = UNSET


class Ranking(Wire, frozen=True):
    """The answer to a ranked question: the integers given to its answers, encrypted as one element."""

    choices: Ciphertext
    proof: Proof


class Signature(Wire, frozen=True):
    """A ballot's signature: the hash of the ballot without it, and a proof of knowing the credential."""

    hash: str
    proof: Proof


class Ballot(Wire, frozen=True):
    """A ballot; each of the answers is a `Choices` or a `Ranking`, as its question wants it."""

    election_uuid: str
    election_hash: str
    credential: str
    answers: tuple[msgspec.Raw, ...]
    signature: Signature | UnsetType = UNSET


class SetupData(Wire, frozen=True):
    """What an election begins with, by hash."""

    election: Hash
    trustees: Hash
    credentials: Hash


class SizedTally(Wire, frozen=True):
    """The encrypted tally, by hash, and how many ballots of what weight are in it."""

    num_tallied: Annotated[int, msgspec.Meta(ge=0)]
    total_weight: Amount
    encrypted_tally: Hash


class Owned(Wire, frozen=True):
    """A shuffle or partial decryption, by hash, and the number of its trustee, from 1."""

    owner: Annotated[int, msgspec.Meta(ge=1)]
    payload: Hash


class PartialDecryption(Wire, frozen=True):
    """The tally's first components to the power of a trustee's key, each with its proof; shaped like the tally."""

    decryption_factors: tuple[tuple[str, ...], ...]
    decryption_proofs: tuple[tuple[Proof, ...], ...]


class Result(Wire, frozen=True):
    """For each question the number of votes of each choice, or the rankings in shuffled order."""

    result: tuple[tuple[Any, ...], ...]


_encoder = msgspec.json.Encoder()


def write(value: Any) -> bytes:
    """The bytes of an object, as they are hashed."""
    return _encoder.encode(value)


def read(data: bytes, kind: type[T], where: str) -> T:
    """The object that bytes write.

    Raises:
        Malformed: it is not JSON, not of that kind, or not written as `write` does.
    """
    try:
        value = msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(where, f"an object of the format: {error}") from error
    if _encoder.encode(value) != data:
        raise Malformed(where, "the one way to write it: compact, in the order of the format")
    return value


def amount(value: int) -> int | str:
    """A weight or total as the wire has it."""
    return value if value <= LARGEST_INTEGER else str(value)


_decimal = re.compile(r"[1-9][0-9]*")


def integer_of(value: Any, where: str) -> int:
    """The number that `amount` wrote.

    Raises:
        Malformed: negative, or written the other way.
    """
    if type(value) is int and 0 <= value <= LARGEST_INTEGER:
        return value
    if isinstance(value, str) and len(value) <= 1000 and _decimal.fullmatch(value):
        number = int(value)
        if number > LARGEST_INTEGER:
            return number
    raise Malformed(where, f"a number up to {LARGEST_INTEGER}, or a larger one as decimal text")
