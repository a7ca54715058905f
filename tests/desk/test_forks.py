"""Processes that share a record, and a backup of it that is put back while they have it open."""

from collections.abc import Callable
from pathlib import Path

import pytest

from quorate.assembly.organisation.bodies import EstablishBody
from quorate.canon.fault import Unavailable
from quorate.desk.answer import Caller
from quorate.desk.desk import Desk, open_desk
from quorate.desk.keys import FileMemory, new_memory
from quorate.record.checkpoint import open_checkpoint
from quorate.record.note import Signer
from quorate.record.signer import CheckpointSigner
from quorate.record.tree import Tree
from quorate.store.memory import MemoryStore
from tests.cast import CLERK, founded
from tests.desk.office import ORIGIN, SystemEntropy, TurnedClock, play

BY_CLERK = Caller(by=CLERK)
KEY = Signer(ORIGIN, bytes(range(32)))


def body(name: str) -> EstablishBody:
    return EstablishBody(body=name, name=name.title())


class Shared(MemoryStore):
    """A store that stays when one of its desks lets go of it."""

    def close(self) -> None:
        pass


class Premises:
    """A store and the signer's file, which several processes have open: each desk reads the file by itself."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "signer.log"
        self.store = Shared()
        new_memory(self.path)
        with self.open() as desk:
            play(founded(), desk)

    def open(self) -> Desk:
        signer = CheckpointSigner(KEY, FileMemory(self.path))
        return open_desk(self.store, signer, TurnedClock(), SystemEntropy())

    def backup(self) -> Callable[[], None]:
        """Returns what puts the store back as it is now."""
        store = self.store
        kept = (store._head, list(store._rows), dict(store._notes))

        def put_back() -> None:
            store._head, store._rows, store._notes = kept[0], list(kept[1]), dict(kept[2])

        return put_back


@pytest.fixture
def premises(tmp_path: Path) -> Premises:
    return Premises(tmp_path)


def heads(path: Path) -> list[tuple[int, bytes]]:
    lines = [line.split() for line in path.read_text().splitlines()]
    return [(int(size), bytes.fromhex(root)) for size, root in lines]


@pytest.mark.parametrize("honest", [1, 2, 3])
@pytest.mark.parametrize("own", [0, 1, 3])
def test_backup_put_back_beside_an_open_desk_is_never_gone_on_with(
    premises: Premises, honest: int, own: int
) -> None:
    """Another process signed since the backup; the open desk has read none, some or all of that."""
    put_back = premises.backup()
    with premises.open() as server:
        with premises.open() as other:
            for n in range(honest):
                other.act(body(f"honest{n}"), BY_CLERK)
                if n < own:
                    server.catch_up()
        put_back()
        there, signed = premises.store.head(), premises.path.read_bytes()
        with pytest.raises(Unavailable, match=r"was (cut|exchanged)") as stopped:
            server.act(body("forged"), BY_CLERK)
        assert "bring back the missing entries" in stopped.value.hint
        assert premises.store.head() == there
        assert premises.path.read_bytes() == signed
        assert server.failed


def test_backup_that_was_gone_on_with_elsewhere_is_not_signed(
    premises: Premises, tmp_path: Path
) -> None:
    """The entries are there again, as many as were signed and more, and they are others."""
    put_back = premises.backup()
    server = premises.open()
    with premises.open() as other:
        other.act(body("honest"), BY_CLERK)
    put_back()
    beside = tmp_path / "elsewhere.log"
    beside.write_text(premises.path.read_text().splitlines()[-2] + "\n")
    elsewhere = CheckpointSigner(KEY, FileMemory(beside))
    with open_desk(premises.store, elsewhere, TurnedClock(), SystemEntropy()) as forger:
        forger.act(body("forged"), BY_CLERK)
        forger.act(body("forged2"), BY_CLERK)
    for ask in (lambda: server.act(body("more"), BY_CLERK), server.checkpoint):
        with pytest.raises(Unavailable, match="was rewritten"):
            ask()
    with pytest.raises(Unavailable, match="was rewritten"):
        premises.open()


def test_two_roots_of_one_size_are_an_alarm(tmp_path: Path) -> None:
    """Which of them is larger settles nothing."""
    for one, other in ((1, 2), (2, 1)):
        for between in ((), ((4, 4),)):
            path = tmp_path / f"{one}{other}{len(between)}.log"
            memory = new_memory(path)
            lines = [(3, one), *between, (3, other)]
            path.write_text("".join(f"{n} {bytes([r] * 32).hex()}\n" for n, r in lines))
            for ask in (
                lambda path=path: FileMemory(path),
                lambda memory=memory: memory.remember(9, bytes(32)),
                lambda memory=memory: memory.check(lambda *_: None),
            ):
                with pytest.raises(Unavailable, match="was forked: size 3"):
                    ask()


def test_memory_that_was_exchanged_for_an_older_one_is_not_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "signer.log"
    memory = new_memory(path)
    memory.remember(1, bytes(32))
    older = path.read_bytes()
    memory.remember(2, bytes(32))
    path.write_bytes(older)
    with pytest.raises(Unavailable, match="cut or exchanged"):
        memory.remember(3, bytes(32))
    assert path.read_bytes() == older


def test_two_honest_processes_sign_in_either_order(
    premises: Premises, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that signs last has a smaller head than was signed; it catches up, and signs that of both."""
    one, two = premises.open(), premises.open()
    sign = one._session._signer.sign
    late = iter([True])

    def sign_late(tree: Tree) -> str:
        if next(late, False):
            two.act(body("two"), BY_CLERK)
        return sign(tree)

    monkeypatch.setattr(one._session._signer, "sign", sign_late)
    answer = one.act(body("one"), BY_CLERK)
    signed = open_checkpoint(answer.checkpoint, KEY.verifier)
    assert signed.size == answer.size == premises.store.head().size == answer.first + 2
    assert signed.root == premises.store.head().root
    one.act(body("three"), BY_CLERK)
    two.act(body("four"), BY_CLERK)
    one.close()
    two.close()
    sizes = [size for size, _ in heads(premises.path)]
    assert sizes == sorted(set(sizes))


def test_desk_that_is_behind_signs_what_others_have_signed_of_it(premises: Premises) -> None:
    server = premises.open()
    with premises.open() as other:
        other.act(body("one"), BY_CLERK)
    receipt = server.receipt(0)
    assert open_checkpoint(receipt.checkpoint_note, KEY.verifier).size == premises.store.head().size
    assert server.read(lambda state: "one" in state.bodies)
    server.close()
