"""An election: its bytes are fixed at setup, and everything in it is bound to their hash, the fingerprint.

Section 5 of the format. The bytes are kept and hashed as they came; nothing restricts how they are spaced.
"""

import json
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from quorate.ballots.digest import BASE58, base64
from quorate.ballots.group import Element, Group
from quorate.ballots.groups import find_group
from quorate.ballots.question import AnyQuestion, Question, question, require_answerable
from quorate.ballots.wire import Wire, write
from quorate.canon.fault import Malformed

SHORTEST_UUID = 14


class ElectionWire(Wire, frozen=True):
    """The election as JSON."""

    version: Literal[1]
    description: str
    name: str
    group: str
    public_key: str
    questions: tuple[msgspec.Raw, ...]
    uuid: str
    administrator: str | UnsetType = UNSET
    credential_authority: str | UnsetType = UNSET
    language: tuple[str, Literal["ltr", "rtl"]] | UnsetType = UNSET


@dataclass(frozen=True, slots=True)
class Election:
    """An election, read."""

    data: bytes
    fingerprint: str
    """φ: Base64 of the hash of `data`, 43 characters."""
    uuid: str
    name: str
    description: str
    group: Group
    public_key: Element
    """y"""
    questions: tuple[AnyQuestion, ...]

    @property
    def is_ranked(self) -> bool:
        """Whether any question is ranked, so that ballots are shuffled."""
        return not all(isinstance(each, Question) for each in self.questions)


def read_election(data: bytes) -> Election:
    """The election that bytes write.

    Raises:
        Malformed: what is wrong with it, and where.
    """
    wire = _wire(data)
    require_uuid(wire.uuid)
    group = find_group(wire.group)
    questions = tuple(
        question(bytes(each), f"election: question {i}") for i, each in enumerate(wire.questions, 1)
    )
    if not questions:
        raise Malformed("election: questions", "at least one")
    if wire.public_key == group.text(group.identity):
        # Under it β is the message itself; the protocol lets it pass as a member of the group.
        raise Malformed("election: public_key", "a key that is not the neutral element")
    for i, each in enumerate(questions, 1):
        require_answerable(group, each, f"election: question {i}")
    return Election(
        data=data,
        fingerprint=base64(data),
        uuid=wire.uuid,
        name=wire.name,
        description=wire.description,
        group=group,
        public_key=group.element(wire.public_key, "election: public_key"),
        questions=questions,
    )


def write_election(
    *,
    uuid: str,
    name: str,
    description: str,
    group: Group,
    public_key: Element,
    questions: tuple[AnyQuestion, ...],
    administrator: str = "",
    credential_authority: str = "",
) -> bytes:
    """The bytes of a new election; `read_election` says what is wrong with them."""
    return write(
        ElectionWire(
            version=1,
            description=description,
            name=name,
            group=group.name,
            public_key=group.text(public_key),
            questions=tuple(msgspec.Raw(write(each)) for each in questions),
            uuid=uuid,
            administrator=administrator or UNSET,
            credential_authority=credential_authority or UNSET,
        )
    )


def require_uuid(uuid: str) -> None:
    """Refuse what is no id of an election: at least 14 characters of Base58."""
    if len(uuid) < SHORTEST_UUID or not set(uuid) <= set(BASE58):
        raise Malformed("election: uuid", f"at least {SHORTEST_UUID} characters of Base58")


def _wire(data: bytes) -> ElectionWire:
    try:
        # msgspec keeps the last of two equal keys; somebody else might keep the first.
        # Of bytes json would take UTF-16 and lone surrogates too.
        json.loads(data.decode("utf-8"), object_pairs_hook=_without_repetition)
        return msgspec.json.decode(data, type=ElectionWire)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise Malformed("election", f"an election of version 1: {error}") from error


def _without_repetition(pairs: list[tuple[str, Any]]) -> None:
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError("a key is there twice")
