"""The record: an append-only Merkle log of small envelopes, and the parts beside it. Knows bytes, not meetings.

    entry.py       the envelope in the tree, its commitments, and the parts they commit to
    tree.py        the Merkle tree (RFC 6962 section 2.1 = RFC 9162 section 2.1) and its proofs
    proof.py       checking those proofs
    note.py        signed notes (C2SP signed-note)
    checkpoint.py  the signed head of the tree (C2SP tlog-checkpoint)
    signer.py      signing heads without ever going back
    receipt.py     proof that one entry is in the record (C2SP tlog-proof)
    tiles.py       the whole record as static files (C2SP tlog-tiles)
    disclosure.py  the parts that a reader may see, as files beside the tiles
    notation.py    numbers and base64 as those text files write them

Only SHA-256, HMAC and Ed25519 are used. Tools that others wrote read what these files write: `tests/oracle`.
"""
