"""A fold packed and unpacked is the same fold."""

import msgspec
import pytest

from quorate.assembly.divisions.divisions import CloseDivision
from quorate.assembly.divisions.results import DeclareResult
from quorate.canon.fault import Malformed
from quorate.desk import packing
from quorate.desk.packing import pack, unpack
from quorate.record.tree import Tree, leaf_hash, tree_from_leaves
from tests.assembly.chamber import chamber, move, put, vote
from tests.cast import CHAIR, MEMBER, TELLER, World


def voted() -> World:
    world = chamber()
    for name in ("one", "two"):
        move(world, name)
        put(world, name)
        vote(world, f"d-{name}", "for", MEMBER, TELLER)
        world.act(CloseDivision(division=f"d-{name}"), by=CHAIR)
        world.act(DeclareResult(division=f"d-{name}"), by=CHAIR)
    return world


def tree(size: int) -> Tree:
    return tree_from_leaves(leaf_hash(bytes([n % 256])) for n in range(size))


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 1000])
def test_what_is_packed_is_unpacked(size: int) -> None:
    world = voted()
    before = msgspec.msgpack.encode(world.state)
    data = pack(world.state, tree(size))
    assert msgspec.msgpack.encode(world.state) == before  # packing leaves it as it was
    state, unpacked = unpack(data)
    assert msgspec.msgpack.encode(state) == before
    assert (unpacked.size, unpacked.root()) == (size, tree(size).root())


def test_nobody_is_without_register_while_a_state_is_packed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever looks at the state meanwhile, or votes, finds everything where it was."""
    world, encode = voted(), packing._encode
    registers = {key: division.register for key, division in world.state.divisions.items()}

    def look(value: object) -> bytes:
        for key, division in world.state.divisions.items():
            assert division.register is registers[key]
        return encode(value)

    monkeypatch.setattr(packing, "_encode", look)
    pack(world.state, tree(1))


def test_equal_registers_are_kept_once() -> None:
    state, _ = unpack(pack(voted().state, tree(1)))
    assert state.divisions["d-one"].register is state.divisions["d-two"].register


def test_damaged_snapshot_is_not_taken_for_a_fold() -> None:
    data = pack(voted().state, tree(300))
    for at in range(0, len(data), 41):
        with pytest.raises(Malformed):
            unpack(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
    for cut in (0, 7, 40, len(data) // 2, len(data) - 1):
        with pytest.raises(Malformed):
            unpack(data[:cut])
