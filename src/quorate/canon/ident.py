"""Identifiers: opaque, short, safe in a file name, a URL and a terminal."""

import re
from collections.abc import Callable

from quorate.canon.fault import Malformed

_pattern = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?")
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: read aloud over a telephone, typed from paper
_minted = re.compile(rf"[a-z-]+-[{_ALPHABET}]{{10}}")


def check_ident(text: str) -> str:
    """The identifier itself, if it is one: 1 to 64 of a-z, 0-9, dot and hyphen, with a letter or digit at both ends.

    Raises:
        Malformed: it is not.
    """
    if not _pattern.fullmatch(text):
        raise Malformed(repr(text), "an identifier of a-z, 0-9, dot and hyphen, at most 64 long")
    return text


def is_minted(text: str) -> bool:
    """Whether an identifier is written as `mint_ident` writes one."""
    return _minted.fullmatch(text) is not None


def mint_ident(prefix: str, random_bytes: Callable[[int], bytes]) -> str:
    """A new identifier such as `m-7kq2zr9dxw`: ten letters, 49 bits, from the randomness given.

    The alphabet has 31 letters, so bytes of 248 and more are thrown away rather than folded: folding would favour
    the first letters.
    """
    letters: list[str] = []
    while len(letters) < 10:
        letters += [_ALPHABET[b % 31] for b in random_bytes(16) if b < 248]
    return f"{prefix}-{''.join(letters[:10])}"
