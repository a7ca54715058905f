"""The auditor against every kind of damage: one asset for each kind of failure."""

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from quorate.assembly.organisation.bodies import EstablishBody
from quorate.audit.absences import ExportReader
from quorate.audit.verify import verify
from quorate.canon.fault import Malformed, Unverified
from quorate.desk.answer import Caller
from quorate.desk.export import write_export
from quorate.desk.folder_reader import FolderReader
from quorate.desk.port import Head, Row
from quorate.record.note import Signer
from quorate.record.receipt import Receipt
from quorate.record.tree import Tree, leaf_hash
from quorate.store.memory import MemoryStore
from quorate.store.sqlite import SqliteStore
from tests.audit.forgery import publish, reseal, with_act, without
from tests.cast import CLERK, committee
from tests.desk.office import ORIGIN, Office, play


class Kept(NamedTuple):
    """A record, its key, and what a member kept of it."""

    rows: list[Row]
    key: Signer
    early: str
    receipt: Receipt


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    path = tmp_path_factory.mktemp("store") / "record.sqlite"
    office = Office(lambda: SqliteStore(path))
    with office.open() as desk:
        play(committee(), desk)
        early = desk.checkpoint()
        answer = desk.act(EstablishBody(body="branch", name="Branch"), Caller(by=CLERK))
        receipt = desk.receipt(answer.first, answer)
    rows = list(SqliteStore(path).rows())
    return Kept(rows, office.key, early, receipt)


def failure(read: FolderReader, kept: Kept, **more: object) -> Unverified:
    with pytest.raises(Unverified) as failed:
        verify(read, kept.key.verifier, **more)  # type: ignore[arg-type]
    return failed.value


def test_true_record_passes_every_check(kept: Kept, tmp_path: Path) -> None:
    read = publish(kept.rows, kept.key, tmp_path / "export")
    said, state = verify(read, kept.key.verifier, earlier=[kept.early], receipts=[kept.receipt])
    assert (said.entries, said.missing, said.undecided, said.parts_missing) == (
        len(kept.rows), 0, 0, 0,
    )  # fmt: skip
    assert (said.earlier, said.receipts) == (1, 1)
    assert "branch" in state.bodies


def test_other_processes_find_the_same(kept: Kept, tmp_path: Path) -> None:
    read = publish(kept.rows, kept.key, tmp_path / "export")
    with ProcessPoolExecutor(2) as executor:
        said, _ = verify(read, kept.key.verifier, executor=executor)
        assert said.root == verify(read, kept.key.verifier)[0].root
        (tmp_path / "export/parts/000.jsonl").write_bytes(b"{}\n")
        assert failure(read, kept, executor=executor).check == "5 bytes"


def test_record_signed_by_another_key_fails_check_1(kept: Kept, tmp_path: Path) -> None:
    read = publish(kept.rows, Signer(ORIGIN, bytes(32)), tmp_path / "export")
    assert failure(read, kept).check == "1 checkpoint"


@pytest.mark.parametrize("seq", [0, 5, -1])
def test_edited_entry_fails_check_2_by_its_number(kept: Kept, tmp_path: Path, seq: int) -> None:
    read = publish(kept.rows, kept.key, tmp_path / "export")
    row = kept.rows[seq]
    bundle = next((tmp_path / "export/tile/entries").rglob(f"{len(kept.rows)}"))
    bundle.write_bytes(
        bundle.read_bytes().replace(row.entry, row.entry.replace(b'"v":1', b'"v":2'))
    )
    failed = failure(read, kept)
    assert (failed.check, failed.entry) == ("2 tree", row.seq)


def test_entries_and_tiles_edited_together_do_not_reach_the_root(
    kept: Kept, tmp_path: Path
) -> None:
    other = [*kept.rows[:-1], reseal(kept.rows[-1], kept.rows[-1].seq, minute="2027-01-01T00:00Z")]
    publish(other, kept.key, tmp_path / "other")
    read = publish(kept.rows, kept.key, tmp_path / "export")
    for folder in ("tile", "parts"):
        for path in (tmp_path / "other" / folder).rglob("*"):
            if path.is_file():
                (tmp_path / "export" / path.relative_to(tmp_path / "other")).write_bytes(
                    path.read_bytes()
                )
    assert failure(read, kept).check in ("2 tree", "7 order")


def test_every_file_matters(kept: Kept, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    read = publish(kept.rows, kept.key, folder)
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts[0]
        if not path.is_file() or inside in ("log.vkey", "VERIFY.txt", "checkpoints"):
            continue
        content = path.read_bytes()
        for at in range(0, len(content), max(1, len(content) // 50)):
            path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            with pytest.raises((Unverified, Malformed)):
                verify(read, kept.key.verifier)
        path.unlink()
        with pytest.raises((Unverified, Malformed), match=path.name):
            verify(read, kept.key.verifier)
        path.write_bytes(content)
    verify(read, kept.key.verifier)


def test_shortened_record_is_found_out_by_a_receipt_and_a_checkpoint(
    kept: Kept, tmp_path: Path
) -> None:
    read = publish(kept.rows[:-1], kept.key, tmp_path / "export")
    assert verify(read, kept.key.verifier)[0].entries == len(kept.rows) - 1
    assert failure(read, kept, receipts=[kept.receipt]).check == "4 receipts"
    note = kept.receipt.checkpoint_note
    assert failure(read, kept, earlier=[note]).check == "3 consistency"


def test_rewritten_record_is_found_out_by_an_earlier_checkpoint(kept: Kept, tmp_path: Path) -> None:
    rows = [
        reseal(row, row.seq, minute="2026-03-02T12:00Z")
        for row in without(kept.rows, len(kept.rows) - 2)
    ]
    read = publish(rows, kept.key, tmp_path / "export")
    assert failure(read, kept, earlier=[kept.early]).check in ("3 consistency", "7 order")


def test_forged_receipt_fails_check_4(kept: Kept, tmp_path: Path) -> None:
    read = publish(kept.rows, kept.key, tmp_path / "export")
    good = kept.receipt
    for forged in (
        Receipt(good.index - 1, good.proof, good.checkpoint_note),
        Receipt(good.index, [bytes(32), *good.proof[1:]], good.checkpoint_note),
        Receipt(10**6, good.proof, good.checkpoint_note),
    ):
        assert failure(read, kept, receipts=[forged]).check == "4 receipts"


def test_edited_disclosure_fails_check_6(kept: Kept, tmp_path: Path) -> None:
    read = publish(kept.rows, kept.key, tmp_path / "export")
    path = tmp_path / "export/parts/000.jsonl"
    path.write_bytes(path.read_bytes().replace(b"The Committee", b"The Committen"))
    failed = failure(read, kept)
    assert failed.check == "6 parts"
    assert failed.entry is not None


def test_entries_out_of_order_fail_check_7(kept: Kept, tmp_path: Path) -> None:
    rows = [reseal(kept.rows[0], 0, minute="2027-01-01T00:00Z"), *kept.rows[1:]]
    assert failure(publish(rows, kept.key, tmp_path / "a"), kept).check == "7 order"
    swapped = [
        Row(i, row.entry, row.parts)
        for i, row in enumerate([kept.rows[1], kept.rows[0], *kept.rows[2:]])
    ]
    assert failure(publish(swapped, kept.key, tmp_path / "b"), kept).check == "7 order"


def test_act_against_the_rules_fails_check_8(kept: Kept, tmp_path: Path) -> None:
    def by_an_outsider(said: dict[str, object]) -> None:
        said["by"] = "p-outsider"

    rows = [*kept.rows[:-1], with_act(kept.rows[-1], by_an_outsider)]
    failed = failure(publish(rows, kept.key, tmp_path / "export"), kept)
    assert (failed.check, failed.entry) == ("8 acts", kept.rows[-1].seq)
    assert "not-entitled" in failed.reason


def test_what_the_rules_would_not_add_fails(kept: Kept, tmp_path: Path) -> None:
    def another_field(said: dict[str, object]) -> None:
        said["event"]["extra"] = 1  # type: ignore[index]

    rows = [*kept.rows[:-1], with_act(kept.rows[-1], another_field)]
    assert failure(publish(rows, kept.key, tmp_path / "export"), kept).check == "8 acts"


def test_missing_act_fails_check_6_by_its_number(kept: Kept, tmp_path: Path) -> None:
    rows = list(kept.rows)
    rows[3] = Row(3, rows[3].entry, ())
    failed = failure(publish(rows, kept.key, tmp_path / "export"), kept)
    assert (failed.check, failed.entry) == ("6 parts", 3)
    assert "its part act is missing" in failed.reason
    assert "--for READER" in failed.hint


def test_export_for_nobody_still_proves_the_order(kept: Kept, tmp_path: Path) -> None:
    store = MemoryStore()
    tree = Tree()
    tree.extend([leaf_hash(row.entry) for row in kept.rows])
    publish(kept.rows, kept.key, tmp_path / "full")
    note = (tmp_path / "full/checkpoint").read_text()
    full = FolderReader(tmp_path / "full")
    with store.writing() as writing:
        writing.append(kept.rows, Head(tree.size, tree.root()))
    write_export(store, tree, note, kept.key.verifier, tmp_path / "hidden", lambda _: False)
    said, _ = verify(
        FolderReader(tmp_path / "hidden"), kept.key.verifier, reader=ExportReader("public")
    )
    assert said.root == verify(full, kept.key.verifier)[0].root
    assert said.missing == said.undecided == len(kept.rows)
    assert said.gap == 0
