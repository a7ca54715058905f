"""An erasure that was recorded and not carried out: who only reads writes nothing, and is shown nothing of it."""

from pathlib import Path

import pytest

from quorate.assembly.audience import EVERYTHING
from quorate.assembly.keeping.erasures import ErasePart
from quorate.assembly.model.organisation import PersonalName
from quorate.assembly.organisation.membership import AdmitMember
from quorate.assembly.state import State
from quorate.audit.verify import verify
from quorate.canon.fault import Unavailable
from quorate.desk.answer import Caller
from quorate.desk.desk import Desk, open_desk
from quorate.desk.folder_reader import FolderReader
from quorate.store import open_store
from quorate.store.memory import MemoryStore
from tests.cast import CLERK, founded
from tests.desk.office import Office, SystemEntropy, play

BY_CLERK = Caller(by=CLERK)


class ReadOnly(MemoryStore):
    """A store that stays, and can be made one that cannot be written."""

    is_read_only = False

    def writing(self):
        if self.is_read_only:
            raise Unavailable("the record can only be read here")
        return super().writing()

    def close(self) -> None:
        pass


def admit_and_erase(desk: Desk) -> int:
    """A member's name, recorded and erased; returns its entry."""
    admit = AdmitMember(member="xenia", person=PersonalName(name="Xenia"))
    seq = desk.act(admit, BY_CLERK).first
    desk.act(ErasePart(seq=seq, parts=("person",), ground="personal-data"), BY_CLERK)
    return seq


def read_only(office: Office, store: ReadOnly) -> Desk:
    return open_desk(store, office.signer, office.clock, SystemEntropy(), reading=True)


def require_forgotten(desk: Desk, seq: int) -> None:
    entry, parts = desk.parts(seq)
    assert b"person" in entry
    assert "person" not in [part.name for part in parts]
    assert desk.read(lambda state: "Xenia" not in repr(state))


@pytest.mark.parametrize("with_snapshot", [False, True])
def test_reader_is_shown_nothing_that_was_erased(tmp_path: Path, *, with_snapshot: bool) -> None:
    store = ReadOnly()
    office = Office(lambda: store)
    with office.open() as desk:
        play(founded(), desk)
        seq = admit_and_erase(desk)
        if with_snapshot:
            desk.snapshot()
        assert "person" in [part.name for part in desk.parts(seq)[1]]
    store.is_read_only = True
    rows = list(store.rows())
    with pytest.raises(Unavailable, match="only be read"):
        office.open()
    with read_only(office, store) as desk:
        require_forgotten(desk, seq)
        desk.rebuild()
        require_forgotten(desk, seq)
        desk.export(tmp_path / "export", office.key.verifier, lambda _: EVERYTHING)
    verified, state = verify(FolderReader(tmp_path / "export"), office.key.verifier)
    assert verified.entries == store.head().size
    assert isinstance(state, State)
    assert not any(b"Xenia" in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert list(store.rows()) == rows
    store.is_read_only = False
    with office.open():  # carries it out
        assert "person" not in [part.name for part in next(store.rows(seq)).parts]


def test_reader_forgets_what_is_erased_meanwhile() -> None:
    store = ReadOnly()
    office = Office(lambda: store)
    with office.open() as desk:
        play(founded(), desk)
        with read_only(office, store) as reader:
            seq = admit_and_erase(desk)
            reader.catch_up()
            require_forgotten(reader, seq)


def test_finished_erasure_is_read_as_before(store: str) -> None:
    office = Office(lambda: open_store(store))
    with office.open() as desk:
        play(founded(), desk)
        seq = admit_and_erase(desk)
        desk.finish_erasures()
        desk.snapshot()
    again = open_desk(open_store(store), office.signer, office.clock, SystemEntropy(), reading=True)
    with again as desk:
        require_forgotten(desk, seq)
