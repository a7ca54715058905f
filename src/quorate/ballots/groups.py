"""The groups of the protocol by name, each in the fastest form that is installed."""

from functools import cache

from quorate.ballots.ed25519 import Ed25519
from quorate.ballots.finite_field import belenios_2048, rfc_3526_2048
from quorate.ballots.group import Group
from quorate.ballots.native import NativeEd25519, is_here
from quorate.canon.fault import Malformed

_MAKERS = {
    "Ed25519": NativeEd25519 if is_here else Ed25519,
    "BELENIOS-2048": belenios_2048,
    "RFC-3526-2048": rfc_3526_2048,
}
NAMES = tuple(_MAKERS)


@cache
def find_group(name: str) -> Group:
    """The group of a name.

    Raises:
        Malformed: there is none.
    """
    maker = _MAKERS.get(name)
    if maker is None:
        raise Malformed("group", f"one of {', '.join(NAMES)}, not {name!r}")
    return maker()
