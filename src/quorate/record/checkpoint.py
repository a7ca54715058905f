"""Checkpoints: the signed head of the log at one size (C2SP tlog-checkpoint v1.0.0).

    records.local-17.example.org/assembly          the origin, which is also the name of the log's key
    70000                                          the size
    AZiQlUybZeXwdJeZKVwk5RBmXP8EQstB60jkGA+4t28=   the root

Extension lines, which the format allows and discourages, are not written and not read: no auditor sees them.
"""

import msgspec

from quorate.canon.fault import Malformed, Unverified
from quorate.record.notation import (
    HASH_BYTES,
    format_base64,
    format_number,
    parse_hash,
    parse_number,
)
from quorate.record.note import Signer, Verifier, check_name, open_note, sign_note


class Checkpoint(msgspec.Struct, frozen=True):
    """The log of this origin has, at this size, this root (32 bytes)."""

    origin: str
    size: int
    root: bytes


def format_checkpoint(checkpoint: Checkpoint) -> str:
    """The three lines of the note's text."""
    assert len(checkpoint.root) == HASH_BYTES
    origin = check_name(checkpoint.origin)
    return f"{origin}\n{format_number(checkpoint.size)}\n{format_base64(checkpoint.root)}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint that `format_checkpoint` wrote.

    Raises:
        Malformed: not of that form.
    """
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise Malformed("checkpoint", "three lines: origin, size and root")
    origin, size, root = lines[:3]
    return Checkpoint(
        check_name(origin),
        parse_number(size, "checkpoint size"),
        parse_hash(root, "checkpoint root"),
    )


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> str:
    """The checkpoint as a note of the log's own key. `CheckpointSigner` is what guards against two heads.

    Raises:
        Malformed: the origin is not the key's name; the verifiers that others wrote would refuse it.
    """
    if checkpoint.origin != signer.name:
        raise Malformed("checkpoint", f"an origin that is the key's name, {signer.name}")
    return sign_note(format_checkpoint(checkpoint), [signer])


def open_checkpoint(note: str | bytes, verifier: Verifier) -> Checkpoint:
    """The checkpoint in a note that the log's key signed.

    Raises:
        Malformed: not a note, or not of a checkpoint.
        Unverified: not signed by that key, or of another origin.
    """
    checkpoint = parse_checkpoint(open_note(note, [verifier]))
    if checkpoint.origin != verifier.name:
        raise Unverified("checkpoint", f"it is of {checkpoint.origin}, not of {verifier.name}")
    return checkpoint
