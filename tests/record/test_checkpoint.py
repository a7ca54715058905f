import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.canon.fault import Malformed, Unverified
from quorate.record.checkpoint import (
    Checkpoint,
    format_checkpoint,
    open_checkpoint,
    parse_checkpoint,
    sign_checkpoint,
)
from quorate.record.notation import MAX_NUMBER
from quorate.record.note import Signer, sign_note

TEXT = "records.example.org/assembly\n70000\nAZiQlUybZeXwdJeZKVwk5RBmXP8EQstB60jkGA+4t28=\n"


@given(st.integers(0, MAX_NUMBER), st.binary(min_size=32, max_size=32))
def test_checkpoints_survive_a_round_trip(size, root):
    checkpoint = Checkpoint("a.example/log", size, root)
    assert parse_checkpoint(format_checkpoint(checkpoint)) == checkpoint


def test_the_text_is_origin_size_and_root():
    checkpoint = parse_checkpoint(TEXT)
    assert (checkpoint.origin, checkpoint.size) == ("records.example.org/assembly", 70000)
    assert format_checkpoint(checkpoint) == TEXT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("70000", "070000"),
        ("70000", "-1"),
        ("70000", "7e4"),
        ("70000", ""),
        ("70000", str(2**63)),
        ("t28=", "t29="),
        ("t28=", "t28"),
        ("t28=\n", "t28="),
        ("t28=\n", "t28=\n\n"),
        ("t28=\n", "t28=\nextension\n"),
        ("t28=\n", "t28=\nextension"),
        ("\n", "\r\n"),
        ("AZiQlUyb", ""),
        ("records.example.org/assembly", ""),
        ("records.example.org", "records example org"),
        ("records.example.org/assembly\n", ""),
    ],
)
def test_a_text_written_otherwise_is_malformed(old, new):
    with pytest.raises(Malformed):
        parse_checkpoint(TEXT.replace(old, new))


def test_a_signed_checkpoint_opens_with_the_key_of_the_log(signer):
    checkpoint = Checkpoint(signer.name, 3, bytes(32))
    note = sign_checkpoint(checkpoint, signer)
    assert open_checkpoint(note, signer.verifier) == checkpoint
    with pytest.raises(Unverified):
        open_checkpoint(note, Signer(signer.name, bytes(32)).verifier)


def test_the_origin_must_be_the_name_of_the_key(signer):
    checkpoint = Checkpoint("other.example/log", 3, bytes(32))
    with pytest.raises(Malformed, match="key's name"):
        sign_checkpoint(checkpoint, signer)
    note = sign_note(format_checkpoint(checkpoint), [signer])
    with pytest.raises(Unverified, match=r"other\.example"):
        open_checkpoint(note, signer.verifier)


def test_a_signed_note_that_is_no_checkpoint_is_malformed(signer):
    with pytest.raises(Malformed):
        open_checkpoint(sign_note("hello\n", [signer]), signer.verifier)
