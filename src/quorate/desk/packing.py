"""A fold packed into the bytes of a snapshot, and unpacked.

    a digest        SHA-256 of all up to the tree, which has its own
    two lengths     of the two pieces that follow, 8 bytes each, big-endian
    the registers   MessagePack: every distinct electoral register once
    the state       MessagePack, its divisions without registers but with the number of theirs
    the tree        as Tree.dump writes it

A register names everybody who may vote, and successive divisions mostly have the same: kept apart, a hundred thousand
members are read once and not for every question they ever voted on.
"""

import hashlib

import msgspec

from quorate.assembly.model.division import Entitled
from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.record.tree import Tree, load

Register = dict[str, Entitled]


class _Registers(msgspec.Struct):
    distinct: list[msgspec.Raw]
    of: dict[str, int]
    """By division: the number of its register."""


_encode = msgspec.msgpack.Encoder().encode
_registers = msgspec.msgpack.Decoder(_Registers)
_register = msgspec.msgpack.Decoder(Register)
_state = msgspec.msgpack.Decoder(State)


def pack(state: State, tree: Tree) -> bytes:
    """The bytes of a snapshot. The state is only read, and must not change meanwhile."""
    distinct: dict[bytes, int] = {}
    of = {
        key: distinct.setdefault(_encode(division.register), len(distinct))
        for key, division in state.divisions.items()
    }
    registers = _encode(_Registers([msgspec.Raw(each) for each in distinct], of))
    without = {
        key: msgspec.structs.replace(division, register={})
        for key, division in state.divisions.items()
    }
    packed = _encode(msgspec.structs.replace(state, divisions=without))
    lengths = len(registers).to_bytes(8, "big") + len(packed).to_bytes(8, "big")
    head = b"".join((lengths, registers, packed))
    return b"".join((hashlib.sha256(head).digest(), head, tree.dump()))


def unpack(data: bytes | memoryview) -> tuple[State, Tree]:
    """The state and the tree of a snapshot. Divisions with the same register share it: it is frozen.

    Raises:
        Malformed: not of that form, cut short, or damaged.
    """
    view = memoryview(data)
    start = 48 + int.from_bytes(view[32:40], "big")
    stop = start + int.from_bytes(view[40:48], "big")
    if hashlib.sha256(view[32:stop]).digest() != view[:32]:
        raise Malformed("snapshot", "undamaged bytes", "it is a cache, and is made anew")
    registers = _registers.decode(view[48:start])
    state = _state.decode(view[start:stop])
    distinct = [_register.decode(each) for each in registers.distinct]
    for key, number in registers.of.items():
        state.divisions[key].register = distinct[number]
    return state, load(view[stop:])
