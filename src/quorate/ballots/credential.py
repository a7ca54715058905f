"""Credentials: the secret with which a voter signs, and the public key by which the ballot is counted.

Section 5 of the format. New credentials are of the full style; the short style of older elections is still read.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from quorate.ballots.digest import BASE58, hexadecimal
from quorate.ballots.group import Element, Entropy, Group
from quorate.ballots.wire import write
from quorate.canon.fault import Malformed

GROUPS_OF_FULL = (5, 6, 5, 6)
GROUPS_OF_SHORT = (3, 3, 3, 3, 3)
_ITERATIONS = 1000
LARGEST_WEIGHT = 2**40
"""What all credentials of an election may weigh together, below the order of every group. A figure of a tally is an exponent,
so two numbers that differ by the order are one figure; and to find it takes the square root of the largest in steps."""


class PublicCredential(NamedTuple):
    """A voter as the election knows them: a key, and how much their ballot weighs."""

    key: Element
    text: str
    weight: int = 1


def draw_base58(count: int, entropy: Entropy) -> str:
    """So many characters of Base58, each equally likely."""
    drawn = ""
    while len(drawn) < count:
        # 232 = 4 · 58: a byte above would favour the first characters.
        drawn += "".join(BASE58[byte % 58] for byte in entropy(count) if byte < 232)
    return drawn[:count]


def draw_credential(entropy: Entropy) -> str:
    """A new private credential, such as `YK1dZ-aUX7Yk-zDdZR-qURwnX`: 128 bits, to be typed by a person."""
    return _grouped(draw_base58(sum(GROUPS_OF_FULL), entropy), GROUPS_OF_FULL)


def secret_of(group: Group, uuid: str, credential: str) -> int:
    """The exponent s that a private credential stands for in an election.

    Raises:
        Malformed: of neither style, or a short one with a wrong check character. The credential is not repeated.
    """
    lengths = tuple(len(each) for each in credential.split("-"))
    if not set(credential) <= {*BASE58, "-"}:
        lengths = ()
    if lengths == GROUPS_OF_FULL:
        digits = (hexadecimal(f"derive_credential|{uuid}|{i}|{credential}") for i in (0, 1))
        return int("".join(digits), 16) % group.order
    if lengths == GROUPS_OF_SHORT and _is_checked(credential.replace("-", "")):
        drawn = hashlib.pbkdf2_hmac("sha256", credential.encode(), uuid.encode(), _ITERATIONS)
        return int.from_bytes(drawn, "big") % group.order
    raise Malformed(
        "credential",
        "22 characters in groups of 5, 6, 5 and 6, such as YK1dZ-aUX7Yk-zDdZR-qURwnX",
        "compare each character with the letter that you got; there is no 0, O, I or l in it",
    )


def public_credential(
    group: Group, uuid: str, credential: str, weight: int = 1
) -> PublicCredential:
    """What the election is told of a private credential: C = g^s."""
    key = group.power(group.generator, secret_of(group, uuid, credential))
    return PublicCredential(key, group.text(key), weight)


def write_credentials(group: Group, credentials: Sequence[PublicCredential]) -> bytes:
    """The list that is published, in an order that says nothing of who is who."""
    ordered = sorted(credentials, key=lambda each: group.order_key(each.key))
    return write([_entry(each) for each in ordered])


def read_credentials(group: Group, data: bytes) -> dict[str, PublicCredential]:
    """The credentials of a published list, by their text.

    Raises:
        Malformed: one is no member of the group, is there twice, or has no proper weight; or they weigh too much together.
    """
    try:
        entries = msgspec.json.decode(data, type=tuple[str, ...])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed("credentials", f"a list of text: {error}") from error
    split = [each.partition(",") for each in entries]
    keys = group.elements([each[0] for each in split], "credentials")
    credentials: dict[str, PublicCredential] = {}
    neutral = group.text(group.identity)
    for i, (key, (text, comma, weight)) in enumerate(zip(keys, split, strict=True), 1):
        if text == neutral:
            raise Malformed(f"credentials: {i}", "a key that not everybody knows the secret of")
        if text in credentials:
            raise Malformed(f"credentials: {i}", "a credential that is not there already")
        credentials[text] = PublicCredential(key, text, _weight(weight, i) if comma else 1)
    require_countable(sum(each.weight for each in credentials.values()), "credentials")
    return credentials


def require_countable(weight: int, where: str) -> None:
    """Refuse weights that come to so much that a result would not be one number, or could not be found."""
    if weight > LARGEST_WEIGHT:
        raise Malformed(
            where,
            f"a weight that can be counted, of {LARGEST_WEIGHT} at most in all, not {weight}",
            "divide all weights by the same number",
        )


def _entry(credential: PublicCredential) -> str:
    return credential.text if credential.weight == 1 else f"{credential.text},{credential.weight}"


def _weight(text: str, at: int) -> int:
    if text.isascii() and text.isdigit() and (text == "0" or text[0] != "0") and len(text) < 1000:
        require_countable(int(text), f"credentials: {at}")
        return int(text)
    raise Malformed(f"credentials: {at}", "a weight in decimal digits after the comma")


def _grouped(characters: str, lengths: Sequence[int]) -> str:
    ends = [sum(lengths[: i + 1]) for i in range(len(lengths))]
    return "-".join(characters[end - n : end] for n, end in zip(lengths, ends, strict=True))


def _is_checked(characters: str) -> bool:
    value = 0
    for each in characters[:14]:
        value = value * 58 + BASE58.index(each)
    return BASE58.index(characters[14]) == 53 - value % 53
