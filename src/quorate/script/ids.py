"""Ids that the desk gives when an act opens something and does not name it."""

from quorate.assembly.state import NAMED_OTHERWISE
from quorate.canon.ident import mint_ident
from quorate.desk.port import Entropy

PREFIXES = {"meeting": "m", "motion": "mo", "organisation": "o", "person": "p"}
"""By thing: what a minted id begins with, where it is not the name of the thing."""


def mint(field: str, entropy: Entropy) -> str:
    """A new opaque id for what a field names, such as `p-7kq2zr9dxw` for a member."""
    thing = NAMED_OTHERWISE.get(field, field)
    return mint_ident(PREFIXES.get(thing, thing), entropy.bytes)
