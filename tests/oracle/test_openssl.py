import base64
import subprocess

import pytest

from quorate.record.checkpoint import Checkpoint, sign_checkpoint
from quorate.record.entry import commit
from quorate.record.note import Signer

pytestmark = pytest.mark.oracle

# SubjectPublicKeyInfo of an Ed25519 key up to the 32 bytes of the key: RFC 8410 section 4.
ED25519_SPKI = bytes.fromhex("302a300506032b6570032100")


def test_openssl_opens_a_commitment(tmp_path, openssl):
    part, salt = tmp_path / "part.json", bytes(range(32))
    part.write_bytes(b'{"text":"That the strike begin on Monday."}')
    command = ["dgst", "-sha256", "-mac", "HMAC", "-macopt", f"hexkey:{salt.hex()}", str(part)]
    done = subprocess.run([openssl, *command], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == commit(salt, part.read_bytes())
    part.write_bytes(b'{"text":"That the strike begin on Tuesday."}')
    done = subprocess.run([openssl, *command], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == commit(salt, part.read_bytes())


@pytest.mark.parametrize("edit", [b"", b"edited\n"])
def test_openssl_verifies_the_signature_of_a_checkpoint(tmp_path, openssl, edit):
    signer = Signer("records.example.org/assembly", bytes(range(32)))
    note = sign_checkpoint(Checkpoint(signer.name, 7, bytes(32)), signer)
    text, _, line = note.rpartition("\n\n")
    (tmp_path / "text").write_bytes(text.encode() + b"\n" + edit)
    (tmp_path / "sig").write_bytes(base64.b64decode(line.split(" ")[2])[4:])
    (tmp_path / "key").write_bytes(ED25519_SPKI + signer.verifier.public)
    command = "pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in text -sigfile sig"
    done = subprocess.run(
        [openssl, *command.split()], cwd=tmp_path, capture_output=True, check=False
    )
    assert (done.returncode == 0) == (not edit)
