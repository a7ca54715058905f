"""Hashes and the alphabets that they are written in: hexadecimal, Base64 without padding, Base58."""

import hashlib
from base64 import b64encode

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def sha(text: str | bytes) -> bytes:
    """SHA-256 of bytes, or of the UTF-8 bytes of a text."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).digest()


def hexadecimal(text: str | bytes) -> str:
    """SHA-256 in 64 lower-case hexadecimal digits."""
    return sha(text).hex()


def base64(text: str | bytes) -> str:
    """SHA-256 in Base64 without padding, 43 characters: how fingerprints and trackers are written."""
    return b64encode(sha(text))[:43].decode()


def integer(text: str | bytes) -> int:
    """SHA-256 as a big-endian integer."""
    return int.from_bytes(sha(text), "big")
