import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.canon.fault import Malformed, Unverified
from quorate.record.checkpoint import Checkpoint, sign_checkpoint
from quorate.record.note import Signer
from quorate.record.receipt import (
    MAX_HASHES,
    Receipt,
    check_receipt,
    format_receipt,
    format_spicy,
    parse_receipt,
    parse_spicy,
)
from quorate.record.tree import tree_from_entries

SIGNER = Signer("records.example.org/assembly", bytes(range(32)))
ENTRIES = [f"entry {i}".encode() for i in range(21)]
TREE = tree_from_entries(ENTRIES)


def receipt_of(index, size, extra=None):
    head = Checkpoint(SIGNER.name, size, TREE.root(size))
    proof = TREE.inclusion_proof(index, size)
    return Receipt(index, proof, sign_checkpoint(head, SIGNER), extra)


RECEIPT = receipt_of(5, 11, b'{"entry":5}')
TEXT = format_receipt(RECEIPT)


def test_every_entry_of_every_size_gets_a_receipt_that_holds():
    for size in range(1, 21):
        for index in range(size):
            receipt = parse_receipt(format_receipt(receipt_of(index, size)))
            check_receipt(receipt, ENTRIES[index], SIGNER.verifier)
            for other in (ENTRIES[index + 1], b"", ENTRIES[index] + b" "):
                with pytest.raises(Unverified):
                    check_receipt(receipt, other, SIGNER.verifier)


@given(st.integers(0, 20), st.binary(min_size=1) | st.none())
def test_receipts_survive_a_round_trip(index, extra):
    receipt = receipt_of(index, 21, extra)
    assert parse_receipt(format_receipt(receipt)) == receipt
    assert parse_receipt(format_receipt(receipt).encode("utf-8")) == receipt
    assert parse_spicy(format_spicy(receipt)) == receipt_of(index, 21)


def test_the_two_forms_differ_in_the_first_line_and_the_extra():
    header, extra, rest = TEXT.split("\n", 2)
    assert (header, extra) == ("c2sp.org/tlog-proof@v1", "extra eyJlbnRyeSI6NX0=")
    assert rest == format_spicy(RECEIPT)


def open_and_check(data):
    receipt = parse_receipt(data)
    check_receipt(receipt, ENTRIES[5], SIGNER.verifier)
    return receipt


def test_every_changed_byte_is_refused_or_changes_the_extra_only():
    data = TEXT.encode("utf-8")
    extra = range(data.index(b"extra ") + 6, data.index(b"\nindex"))
    harmless = set()
    for i in range(len(data)):
        for value in {0, 10, 13, 32, 48, 61, 65, 0xFF, *(data[i] ^ 1 << b for b in range(8))}:
            if value == data[i]:
                continue
            try:
                receipt = open_and_check(data[:i] + bytes([value]) + data[i + 1 :])
            except (Malformed, Unverified):
                continue
            assert (receipt.index, receipt.proof) == (RECEIPT.index, RECEIPT.proof)
            assert receipt.checkpoint_note == RECEIPT.checkpoint_note
            assert receipt.extra != RECEIPT.extra
            harmless.add(i)
    assert harmless
    assert harmless <= set(extra)


def test_every_cut_and_every_doubled_byte_is_refused():
    data = format_receipt(receipt_of(5, 11)).encode("utf-8")
    for i in range(len(data)):
        for bad in (
            data[:i],
            data[i + 1 :],
            data[:i] + data[i + 1 :],
            data[:i] + data[i : i + 1] + data[i:],
        ):
            with pytest.raises((Malformed, Unverified)):
                open_and_check(bad)
    for tail in (b"\n", b" ", b"\0", b"x\n", data):
        with pytest.raises((Malformed, Unverified)):
            open_and_check(data + tail)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("index 5", "index 05"),
        ("index 5", "index -5"),
        ("index 5", "index 5 "),
        ("index 5", "index  5"),
        ("index 5", "Index 5"),
        ("index 5", "5"),
        ("index 5\n", ""),
        ("index 5\n", "index 5\nindex 5\n"),
        ("extra eyJ", "extra  eyJ"),
        ("extra eyJlbnRyeSI6NX0=", "extra "),
        ("extra eyJlbnRyeSI6NX0=", "extra eyJlbnRyeSI6NX0"),
        ("extra eyJlbnRyeSI6NX0=", "extra eyJlbnRyeSI6NX1="),
        ("tlog-proof@v1", "tlog-proof@v2"),
        ("\n", "\r\n"),
        ("\n\n", "\n"),
        ("\n\n", "\n\n\n"),
        ("\n\n", "\nAAAA\n\n"),
    ],
)
def test_a_receipt_written_otherwise_is_malformed(old, new):
    assert old in TEXT
    with pytest.raises(Malformed):
        parse_receipt(TEXT.replace(old, new))


def test_a_receipt_has_at_most_63_hashes():
    note = RECEIPT.checkpoint_note
    longest = format_receipt(Receipt(0, [bytes(32)] * MAX_HASHES, note))
    assert len(parse_receipt(longest).proof) == 63
    with pytest.raises(Malformed):
        parse_receipt(format_receipt(Receipt(0, [bytes(32)] * 64, note)))


def test_a_receipt_of_another_log_or_key_is_refused():
    for stranger in (Signer(SIGNER.name, bytes(32)), Signer("other.example", bytes(range(32)))):
        with pytest.raises(Unverified):
            check_receipt(RECEIPT, ENTRIES[5], stranger.verifier)


def test_a_cosigned_receipt_holds_and_is_kept_verbatim():
    witness = Signer("witness.example", bytes(32))
    head = Checkpoint(SIGNER.name, 11, TREE.root(11))
    from_witness = sign_checkpoint(Checkpoint(witness.name, 11, TREE.root(11)), witness)
    note = sign_checkpoint(head, SIGNER) + "— " + from_witness.rpartition("— ")[2]
    receipt = Receipt(5, TREE.inclusion_proof(5, 11), note)
    again = parse_receipt(format_receipt(receipt))
    assert again.checkpoint_note == note
    check_receipt(again, ENTRIES[5], SIGNER.verifier)
