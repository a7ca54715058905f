import re
import subprocess

import pytest

from quorate.record.checkpoint import Checkpoint, sign_checkpoint
from quorate.record.notation import format_base64
from quorate.record.note import Signer, format_skey, format_vkey, parse_skey, parse_vkey
from quorate.record.receipt import (
    Receipt,
    check_receipt,
    format_receipt,
    format_spicy,
    parse_spicy,
)
from quorate.record.tree import tree_from_entries

pytestmark = pytest.mark.oracle
SIZES = (1, 255, 256, 257, 300, 70_000)


def run(*args, cwd=None):
    """The finished process; one that hangs is a failure."""
    return subprocess.run(
        [str(a) for a in args], cwd=cwd, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def fsck(tools):
    """Whether fsck verified the export: it exits with 0 in any case, so that only its last word counts.

    With its default of one worker it hangs at the first bad tile instead of failing (tessera issue 1098): hence -N 16.
    """

    def verify(root):
        url, key = f"--storage_url=file://{root}/", f"--public_key={root}/log.vkey"
        said = run(tools / "fsck", url, key, "--ui=false", "-N", "16").stderr
        verified, failed = "Successfully fsck'd log" in said, "fsck failed" in said
        assert verified != failed, said
        return verified

    return verify


@pytest.mark.parametrize("size", [0, *SIZES])
def test_fsck_verifies_an_export_of_every_size(export, fsck, size):
    assert fsck(export(size))


@pytest.mark.parametrize("size", [1, 257, 300])
def test_fsck_finds_a_flipped_byte_in_any_file(export, fsck, size):
    files = [p for p in export(size).rglob("*") if p.is_file() and p.name != "log.vkey"]
    assert len(files) > 2
    for path in files:
        good = path.read_bytes()
        for at in (len(good) // 2, len(good) - 1):
            path.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
            assert not fsck(export_root(path)), path
        path.write_bytes(good)
        assert fsck(export_root(path))


def export_root(path):
    return next(p for p in path.parents if p.name.startswith("export-"))


def test_fsck_finds_a_missing_file(export, fsck):
    for path in [p for p in export(300).rglob("*") if p.is_file() and p.name != "log.vkey"]:
        good = path.read_bytes()
        path.unlink()
        assert not fsck(export_root(path)), path
        path.write_bytes(good)


def test_fsck_finds_one_flipped_byte_among_70000_entries(export, fsck):
    root = export(70_000)
    bundle = root / "tile/entries/100"
    data = bytearray(bundle.read_bytes())
    data[5000] ^= 1
    bundle.write_bytes(data)
    assert not fsck(root)


@pytest.mark.parametrize("claimed", [299, 301, 1])
def test_fsck_finds_a_signed_size_that_is_not_that_of_the_tree(
    export, fsck, signer, record, claimed
):
    root = export(300)
    wrong = Checkpoint(signer.name, claimed, record.tree.root(300))
    (root / "checkpoint").write_text(sign_checkpoint(wrong, signer), "utf-8")
    assert not fsck(root)


def test_fsck_finds_an_edited_entry_though_all_tiles_were_made_anew(export, fsck, record):
    signed = (export(300) / "checkpoint").read_bytes()
    entries = list(record.entries[:300])
    entries[123] = entries[123].replace(b"motion.moved", b"motion.heard")
    root = export(300, tree_from_entries(entries), entries)
    assert fsck(root)
    (root / "checkpoint").write_bytes(signed)
    assert not fsck(root)


def test_fsck_refuses_the_checkpoint_of_another_key(export, fsck, signer):
    root = export(300)
    stranger = Signer(signer.name, bytes(32))
    (root / "log.vkey").write_text(format_vkey(stranger.verifier), "utf-8")
    assert not fsck(root)


def head_of(signer, tree, size):
    return sign_checkpoint(Checkpoint(signer.name, size, tree.root(size)), signer)


@pytest.fixture
def receipts(tmp_path, signer, record, tools):
    """Writes an entry with both forms of its receipt, and says whether spicy and verify accept them."""
    vkey = tmp_path / "log.vkey"
    vkey.write_text(format_vkey(signer.verifier), "utf-8")

    def write(index, size):
        note = head_of(signer, record.tree, size)
        receipt = Receipt(index, record.tree.inclusion_proof(index, size), note, b"{}")
        entry = tmp_path / "entry.json"
        entry.write_bytes(record.entries[index])
        (tmp_path / "entry.json.spicy").write_text(format_spicy(receipt), "utf-8")
        (tmp_path / "entry.json.tlog-proof").write_text(format_receipt(receipt), "utf-8")
        return entry

    def accepted(entry):
        spicy = run(tools / "spicy", "-verify", vkey.read_text("utf-8"), entry)
        verify = run(tools / "verify", "receipt", vkey, entry, f"{entry}.tlog-proof")
        for done, word in ((spicy, "verified!"), (verify, "OK")):
            assert (done.returncode == 0) == (word in done.stdout + done.stderr), done
        assert {spicy.returncode, verify.returncode} <= {0, 1}
        return spicy.returncode == 0, verify.returncode == 0

    return write, accepted


@pytest.mark.parametrize("size", SIZES)
def test_spicy_and_verify_accept_receipts_of_first_last_and_middle_entries(receipts, size):
    write, accepted = receipts
    for index in {0, size // 2, size * 2 // 3, size - 1}:
        assert accepted(write(index, size)) == (True, True)


def test_spicy_and_verify_refuse_an_edited_entry(receipts):
    write, accepted = receipts
    entry = write(77, 300)
    entry.write_bytes(entry.read_bytes().replace(b"moved", b"heard"))
    assert accepted(entry) == (False, False)


@pytest.mark.parametrize(
    ("pattern", "new"),
    [("index 77", "index 78"), ("\n300\n", "\n301\n"), ("\n— r", "\n— s"), ("\n\nr", "\n\ns")],
)
def test_spicy_and_verify_refuse_an_edited_receipt(receipts, pattern, new):
    write, accepted = receipts
    entry = write(77, 300)
    for suffix in (".spicy", ".tlog-proof"):
        path = entry.with_name(entry.name + suffix)
        text = path.read_text("utf-8")
        assert pattern in text
        path.write_text(text.replace(pattern, new), "utf-8")
    assert accepted(entry) == (False, False)


def test_spicy_and_verify_refuse_a_receipt_with_a_changed_hash(receipts):
    write, accepted = receipts
    entry = write(77, 300)
    for suffix in (".spicy", ".tlog-proof"):
        path = entry.with_name(entry.name + suffix)
        lines = path.read_text("utf-8").split("\n")
        at = next(i for i, line in enumerate(lines) if line.startswith("index")) + 1
        lines[at] = ("B" if lines[at][0] == "A" else "A") + lines[at][1:]
        path.write_text("\n".join(lines), "utf-8")
    assert accepted(entry) == (False, False)


@pytest.fixture
def consistent(tmp_path, signer, tools):
    """Whether verify accepts the proof that one signed tree begins with another."""

    def verify(old, new, proof):
        (tmp_path / "log.vkey").write_text(format_vkey(signer.verifier), "utf-8")
        (tmp_path / "old").write_text(old, "utf-8")
        (tmp_path / "new").write_text(new, "utf-8")
        (tmp_path / "proof").write_text("\n".join(map(format_base64, proof)), "utf-8")
        done = run(tools / "verify", "consistency", "log.vkey", "old", "new", "proof", cwd=tmp_path)
        assert (done.stdout == "OK\n") == (done.returncode == 0), done
        assert done.returncode == 0 or "FAIL" in done.stderr
        return done.returncode == 0

    return verify


def test_verify_accepts_the_consistency_of_every_two_sizes(consistent, signer, record):
    tree = record.tree
    for i, old in enumerate(SIZES):
        for new in SIZES[i:]:
            heads = head_of(signer, tree, old), head_of(signer, tree, new)
            assert consistent(*heads, tree.consistency_proof(old, new))


def test_verify_refuses_a_fork_and_a_wrong_proof(consistent, signer, record):
    tree = record.tree
    fork = tree_from_entries([b"{}", *record.entries[1:300]])
    old, new = head_of(signer, tree, 257), head_of(signer, tree, 300)
    assert not consistent(old, head_of(signer, fork, 300), fork.consistency_proof(257, 300))
    assert not consistent(old, new, tree.consistency_proof(256, 300))
    assert not consistent(old, new, tree.consistency_proof(257, 300)[:-1])
    assert not consistent(new, old, tree.consistency_proof(257, 300))


def test_we_accept_what_spicy_writes_and_spicy_signs_with_our_keys(tmp_path, tools):
    def spicy(*args):
        done = run(tools / "spicy", *args, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return done.stderr

    (tmp_path / "assets").mkdir()
    log = ("-key", "log.key", "-assets", "assets")
    said = spicy("-init", "theirs.example/log", *log)
    vkey = re.search(r"Public key: (\S+)", said)[1]
    secret = (tmp_path / "log.key").read_text("utf-8")
    assert format_skey(parse_skey(secret)) == secret
    assert format_vkey(parse_skey(secret).verifier) == vkey
    (tmp_path / "log.key").write_text(format_skey(parse_skey(secret)) + "\n", "utf-8")
    entries = [f"entry {i}".encode() for i in range(11)]
    for i, entry in enumerate(entries):
        (tmp_path / f"e{i}").write_bytes(entry)
        spicy(*log, f"e{i}")
    for i, entry in enumerate(entries):
        text = (tmp_path / f"e{i}.spicy").read_text("utf-8")
        receipt = parse_spicy(text)
        assert format_spicy(receipt) == text
        check_receipt(receipt, entry, parse_vkey(vkey))
        tree = tree_from_entries(entries[: i + 1])
        assert list(receipt.proof) == tree.inclusion_proof(i)
