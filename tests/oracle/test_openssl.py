import base64
import subprocess
from importlib.resources import files

import pytest

from quorate.record.checkpoint import Checkpoint, sign_checkpoint
from quorate.record.entry import Part, commit
from quorate.record.note import Signer

VERIFY = (files("quorate.desk") / "VERIFY.txt").read_text()
pytestmark = pytest.mark.oracle

# SubjectPublicKeyInfo of an Ed25519 key up to the 32 bytes of the key: RFC 8410 section 4.
ED25519_SPKI = bytes.fromhex("302a300506032b6570032100")


def test_openssl_opens_a_commitment(tmp_path, openssl):
    file, salt = tmp_path / "part.json", bytes(range(32))
    for audience in ("members", "body:committee"):
        for day in ("Monday", "Tuesday"):
            file.write_bytes(b'{"text":"That the strike begin on %s."}' % day.encode())
            # The line of VERIFY.txt, as it stands there.
            line = next(each for each in VERIFY.splitlines() if "hexkey:SALT" in each).strip()
            line = line.replace("openssl", openssl).replace("part.json", str(file))
            line = line.replace("AUDIENCE", audience).replace("SALT", salt.hex())
            done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True)
            part = Part("text", salt, file.read_bytes(), audience)
            assert done.stdout.split()[-1] == commit(part)


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
