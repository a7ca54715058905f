"""Key files under a passphrase: of no use without it, and it is asked for or read from a file, never taken from a command."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from quorate.canon.fault import Malformed
from quorate.polling.sealed import Passphrase, is_sealed
from tests.cli.election import Place
from tests.cli.terminal import Said

WORDS = "drei Füße, kein Bär"


@pytest.fixture
def place(tmp_path) -> Place:
    """Two trustees, one of whom will be enough, or both if `threshold` says so."""
    place = Place(tmp_path)
    assert place.setup("--trustee", "Ada", "--trustee", "Bo", "--threshold", 1).code == 0
    place.file("words", WORDS + "\n")
    return place


def sealed(place: Place, name: str, *more: object) -> Said:
    """A trustee does the next step with the passphrase from a file."""
    words = ("--passphrase-file", place.root / "words")
    return place.run("trustee", name, "--key", place.key(name), *words, *more)


def test_a_sealed_key_goes_through_the_ceremony_and_decrypts_and_remembers(place, tmp_path_factory):
    for _ in range(3):
        assert sealed(place, "Ada", "--passphrase").code == 0
        assert is_sealed(place.key("Ada").read_bytes())
        assert place.trustee("Bo").code == 0
    place.issue()
    place.done("open")
    other = place.copy(tmp_path_factory.mktemp("other") / "root")
    for each in (place, other):
        each.vote("Anna", "[Ann, Yes]")
        each.done("tally", "--close", "--few")
    before = place.key("Ada").read_bytes()
    for wrong in ("drei", "", WORDS.upper()):
        said = place.run(
            *("decrypt", "--key", place.key("Ada"), "--head", place.head(), "--few"),
            *("--passphrase-file", place.file("wrong", wrong)),
        )
        assert (said.code, "passphrase" in said.err) == (2, True), said
        assert WORDS not in said.err
    assert place.key("Ada").read_bytes() == before
    place.decrypt(place.key("Ada"), "--passphrase-file", place.root / "words")
    assert is_sealed(place.key("Ada").read_bytes())
    said = other.run(
        *("decrypt", "--key", place.key("Ada"), "--head", other.head(), "--few", "--json"),
        *("--passphrase-file", place.root / "words"),
    )
    assert (said.code, said.json()["error"]["code"]) == (3, "opened-another")
    assert place.done("result", "--json").json()["result"][0]["votes"] == [1, 0, 0]


def test_a_sealed_file_says_nothing_of_what_is_in_it(place):
    assert sealed(place, "Ada", "--passphrase").code == 0
    plain = Passphrase(WORDS).unseal(place.key("Ada").read_bytes(), "")
    content = json.loads(plain)
    text = place.key("Ada").read_text()
    for value in (content["seed"], content["trustee"], content["election"]):
        assert value not in text
        assert value.encode().hex() not in text
    assert place.key("Ada").stat().st_mode & 0o777 == 0o600


def test_a_key_file_can_be_sealed_later(place):
    assert place.trustee("Ada").code == 0
    plain = json.loads(place.key("Ada").read_text())
    assert sealed(place, "Ada", "--passphrase").code == 0
    once = place.key("Ada").read_bytes()
    assert json.loads(Passphrase(WORDS).unseal(once, "")) == plain
    assert sealed(place, "Ada", "--passphrase").code == 0
    assert sealed(place, "Ada").code == 0
    assert place.key("Ada").read_bytes() == once
    said = place.run("trustee", "Ada", "--key", place.key("Ada"), stdin="nothing\n")
    assert (said.code, "the passphrase with which" in said.err) == (2, True)
    assert place.run("trustee", "Ada", "--key", place.key("Ada"), stdin=f"{WORDS}\n").code == 0


def test_a_passphrase_comes_from_a_file_that_is_its_owners_or_from_a_pipe(place):
    (place.root / "words").chmod(0o644)
    said = sealed(place, "Ada", "--passphrase")
    assert (said.code, "only its owner" in said.err) == (2, True)
    inside = place.folder / "words"
    inside.touch(mode=0o600)
    for file in (inside, place.root / "none", place.root, place.file("long", "x" * 5000)):
        said = place.run(
            *("trustee", "Ada", "--key", place.key("Ada"), "--passphrase"),
            *("--passphrase-file", file),
        )
        assert said.code == 2, file
    assert not place.key("Ada").exists()
    reading, writing = os.pipe()
    os.write(writing, WORDS.encode())
    os.close(writing)
    said = place.run(
        *("trustee", "Ada", "--key", place.key("Ada"), "--passphrase"),
        *("--passphrase-file", f"/dev/fd/{reading}"),
    )
    os.close(reading)
    assert said.code == 0, said
    assert Passphrase(WORDS).unseal(place.key("Ada").read_bytes(), "")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o601])
def test_every_private_file_is_looked_at_when_it_is_named_needed_or_not(place, mode):
    def refused(said: Said) -> bool:
        return (said.code, "only its owner" in " ".join(said.err.split())) == (2, True)

    words = place.root / "words"
    words.chmod(mode)
    for more in ((), ("--passphrase",)):
        assert refused(sealed(place, "Ada", *more))
    assert not place.key("Ada").exists()
    for _ in range(3):
        assert place.trustee("Ada").code == place.trustee("Bo").code == 0
        assert refused(sealed(place, "Ada"))
    place.issue()
    place.done("open")
    letter = place.letter("Anna")
    letter.chmod(mode)
    given = place.file("answers", "[Ann, Yes]")
    assert refused(place.run("vote", "--credential", letter, "--answers", given))
    assert refused(place.run("check", "--credential", letter))
    letter.chmod(0o600)
    assert place.run("vote", "--credential", letter, "--answers", given).code == 0
    place.done("tally", "--close", "--few")
    assert refused(place.try_to_decrypt(place.key("Ada"), "--passphrase-file", words))
    words.chmod(0o600)
    place.decrypt(place.key("Ada"), "--passphrase-file", words)


def test_a_passphrase_that_is_given_is_put_on_the_key(place):
    assert sealed(place, "Ada").code == 0
    assert is_sealed(place.key("Ada").read_bytes())


def test_a_secret_is_not_left_on_a_disk_that_knows_no_owners(place, monkeypatch):
    def without_owners(file: int) -> os.stat_result:
        status = list(os.stat(file))
        return os.stat_result([status[0] | 0o777, *status[1:]])

    with monkeypatch.context() as patched:
        patched.setattr(os, "fstat", without_owners)
        said = place.trustee("Ada")
        assert (said.code, "this disk knows no owners" in " ".join(said.err.split())) == (2, True)
        assert not place.key("Ada").exists()
        assert place.issue().code == 2
        assert not (place.root / "letters.csv").exists()
    assert place.trustee("Ada").code == 0
    assert place.issue().code == 0


def test_a_new_passphrase_is_typed_twice_and_not_shown(place):
    program = Path(sys.executable).with_name("quorate")
    command = (program, "ballot", "trustee", "Ada", "--key", place.key("Ada"), "--passphrase")
    for second, code in (("otherwise", 2), (WORDS, 0)):
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            [*command, "--dir", place.folder],
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as running:
            assert running.stderr
            said = b""
            for typed in (WORDS, second):
                # What is typed before the question is thrown away.
                while not said.endswith(b"(not shown): "):
                    said += os.read(running.stderr.fileno(), 1) or b"(not shown): "
                os.write(ours, f"{typed}\n".encode())
                said += b"|"
            out, err = running.communicate(timeout=60)
            err += said
        assert running.returncode == code, err
        assert WORDS.encode() not in out + err
        os.close(ours)
        os.close(theirs)
        assert place.key("Ada").exists() is (code == 0)


def test_every_bit_of_a_sealed_file_is_needed():
    passphrase = Passphrase(WORDS)
    data = passphrase.seal(b'{"seed":"1"}')
    assert Passphrase("drei Fu\u0308ße, kein Bär ").unseal(data, "") == b'{"seed":"1"}'
    assert passphrase.seal(b'{"seed":"1"}') != data
    wire = json.loads(data)
    for key in ("nonce", "data"):
        for at in range(len(wire[key])):
            digit = "1" if wire[key][at] == "0" else "0"
            bent = {**wire, key: wire[key][:at] + digit + wire[key][at + 1 :]}
            with pytest.raises(Malformed):
                passphrase.unseal(json.dumps(bent).encode(), "")
    for bent in (
        {**wire, "salt": "00" + wire["salt"][2:]},
        {**wire, "salt": wire["salt"] + "00"},
        {**wire, "nonce": wire["nonce"][2:]},
        {**wire, "data": ""},
        {**wire, "data": wire["data"][:-2]},
        {**wire, "data": "0"},
        {**wire, "data": "00" * 15},
        {**wire, "sealed": "scrypt-1-8-1+chacha20-poly1305"},
        {**wire, "more": ""},
        {},
        [],
    ):
        with pytest.raises(Malformed):
            passphrase.unseal(json.dumps(bent).encode(), "")
    for empty in ("", " ", "\n"):
        with pytest.raises(Malformed):
            Passphrase(empty)
