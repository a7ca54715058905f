"""Ids that the desk gives when an act opens something and does not name it."""

from quorate.canon.ident import mint_ident
from quorate.desk.port import Entropy

PREFIXES = {
    "again": "division",
    "clerk": "p",
    "meeting": "m",
    "member": "p",
    "motion": "mo",
    "organisation": "o",
}
"""By field: what a minted id begins with, where it is not the name of the field."""


def mint(field: str, entropy: Entropy) -> str:
    """A new opaque id for what a field names, such as `p-7kq2zr9dxw` for a member."""
    return mint_ident(PREFIXES.get(field, field), entropy.bytes)
