"""Receipts: the proof, in one file, that an entry is in the record (C2SP tlog-proof v1).

    c2sp.org/tlog-proof@v1
    extra <base64>          optional, and not authenticated by anything
    index 23333
    <base64 hash>           none or more, from the leaf to the root
                            an empty line
    <the checkpoint note, verbatim, with any cosignatures>

The older form, for tools that read `.spicy` files, is the same without the first line and without `extra`.
"""

from collections.abc import Sequence

import msgspec

from quorate.canon.fault import Malformed
from quorate.record.checkpoint import open_checkpoint, parse_checkpoint
from quorate.record.notation import (
    decode_text,
    format_base64,
    format_number,
    parse_base64,
    parse_hash,
    parse_number,
)
from quorate.record.note import Verifier, parse_note
from quorate.record.proof import check_inclusion
from quorate.record.tree import leaf_hash

MAX_HASHES = 63  # of a proof in a tree whose size is below 2**63

_HEADER = "c2sp.org/tlog-proof@v1\n"
_EXTRA = "extra "
_INDEX = "index "


class Receipt(msgspec.Struct, frozen=True):
    """The index of an entry, the hashes from it to the root, and the signed checkpoint with that root."""

    index: int
    proof: Sequence[bytes]
    checkpoint_note: str
    extra: bytes | None = None


def format_receipt(receipt: Receipt) -> str:
    """The text of a `.tlog-proof` file."""
    extra = receipt.extra
    assert extra != b"", "no extra is None"
    line = "" if extra is None else f"{_EXTRA}{format_base64(extra)}\n"
    return _HEADER + line + format_spicy(receipt)


def parse_receipt(data: str | bytes) -> Receipt:
    """The receipt that `format_receipt` wrote. Nothing is verified by this.

    Raises:
        Malformed: not of that form.
    """
    text = decode_text(data, "receipt")
    if not text.startswith(_HEADER):
        raise Malformed("receipt", f"the first line {_HEADER.strip()}")
    text = text.removeprefix(_HEADER)
    if not text.startswith(_EXTRA):
        return parse_spicy(text)
    line, _, rest = text.partition("\n")
    extra = parse_base64(line.removeprefix(_EXTRA), "receipt, extra")
    if not extra:
        raise Malformed("receipt, extra", "data, or no such line")
    return msgspec.structs.replace(parse_spicy(rest), extra=extra)


def format_spicy(receipt: Receipt) -> str:
    """The text of a `.spicy` file, the older form; it has no place for `extra`."""
    hashes = "".join(f"{format_base64(h)}\n" for h in receipt.proof)
    return f"{_INDEX}{format_number(receipt.index)}\n{hashes}\n{receipt.checkpoint_note}"


def parse_spicy(data: str | bytes) -> Receipt:
    """The receipt, without `extra`, that `format_spicy` wrote. Nothing is verified by this.

    Raises:
        Malformed: not of that form.
    """
    head, gap, note = decode_text(data, "receipt").partition("\n\n")
    first, *hashes = head.split("\n")
    if not gap or not first.startswith(_INDEX):
        raise Malformed("receipt", "an index line, hashes, an empty line and a checkpoint")
    if len(hashes) > MAX_HASHES:
        raise Malformed("receipt", f"at most {MAX_HASHES} hashes")
    parse_checkpoint(parse_note(note)[0])
    index = parse_number(first.removeprefix(_INDEX), "receipt, index")
    return Receipt(index, [parse_hash(h, "receipt, hash") for h in hashes], note)


def check_receipt(receipt: Receipt, entry: bytes, verifier: Verifier) -> None:
    """Return if the record of this key holds these entry bytes at the receipt's index.

    1. The log's key signed the checkpoint, and the checkpoint is of that log.
    2. The proof leads from the entry, at that index, to the checkpoint's root.
    `extra` proves nothing: check what it says against the entry.

    Raises:
        Malformed: the checkpoint is not one.
        Unverified: one of the two failed.
    """
    checkpoint = open_checkpoint(receipt.checkpoint_note, verifier)  # 1
    check_inclusion(  # 2
        leaf_hash(entry), receipt.index, checkpoint.size, receipt.proof, checkpoint.root
    )
