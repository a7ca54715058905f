"""The keys that sign the record, one after the other."""

import re

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.organisation.membership import require_clerk
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.state import State

refusals(
    key_unfit="key",
    key_not_in_use="key used",
    key_unchanged="key",
)

_vkey = re.compile(r"[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+={0,2}")
_key_id = re.compile(r"[0-9a-f]{8}")


class RotateKey(Act, frozen=True):
    """Sign the record with another key from now on."""

    old_key_id: str
    """Eight hex digits, as in the verifier key of a signed note."""
    new_vkey: str
    """The verifier key: `name+id+base64` (C2SP signed-note)."""


class KeyRotated(Event, frozen=True):
    """The record is signed with another key; whoever trusted the old one learns of the new one here."""

    act: RotateKey


@decides(RotateKey)
def rotate_key(state: State, act: RotateKey, stamp: Stamp) -> KeyRotated:
    """The clerk names the next key; refused when the old one is not the one in use."""
    require_clerk(state, stamp)
    if not _vkey.fullmatch(act.new_vkey):
        raise Refused("key-unfit", key=act.new_vkey)
    if not _key_id.fullmatch(act.old_key_id):
        raise Refused("key-unfit", key=act.old_key_id)
    if state.keys and state.keys[-1] != act.old_key_id:
        raise Refused("key-not-in-use", key=act.old_key_id, used=state.keys[-1])
    if key_id(act.new_vkey) == act.old_key_id:
        raise Refused("key-unchanged", key=act.old_key_id)
    return KeyRotated(act=act)


@evolves(KeyRotated)
def key_rotated(state: State, event: KeyRotated, stamp: Stamp) -> None:
    """The new key is the one in use; the list keeps those before it."""
    state.keys = [*(state.keys or [event.act.old_key_id]), key_id(event.act.new_vkey)]


def key_id(vkey: str) -> str:
    """The id in a verifier key; its name has no `+`, its base64 may."""
    return vkey.split("+", 2)[1]
