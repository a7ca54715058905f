import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.canon.fault import Malformed, Unverified
from quorate.record.notation import format_base64
from quorate.record.note import (
    MAX_NOTE_BYTES,
    MAX_SIGNATURES,
    Signer,
    Verifier,
    format_skey,
    format_vkey,
    open_note,
    parse_note,
    parse_skey,
    parse_vkey,
    sign_note,
)


@pytest.fixture(scope="module")
def known(vector):
    return vector("note")


def manglings(text):
    """Every part of the text, and the text with each letter raised by one."""
    for i in range(len(text)):
        for j in range(i + 1, len(text) + 1):
            if (i, j) != (0, len(text)):
                yield text[i:j]
        yield text[:i] + chr(ord(text[i]) + 1) + text[i + 1 :]


def test_published_keys_are_read_and_written(known):
    for vkey in known["vkeys"]:
        assert format_vkey(parse_vkey(vkey)) == vkey
    signer = parse_skey(known["skey"])
    assert format_skey(signer) == known["skey"]
    assert format_vkey(signer.verifier) == known["vkeys"][0]


def test_the_published_note_is_signed_to_the_letter_and_opened(known):
    note = f"{known['text']}\n{known['signatures'][0]}\n"
    assert sign_note(known["text"], [parse_skey(known["skey"])]) == note
    assert open_note(note, [parse_vkey(known["vkeys"][0])]) == known["text"]


def test_a_published_note_with_two_signatures_opens_with_either_key_or_both(known):
    note = "{}\n{}\n{}\n".format(known["text"], *known["signatures"])
    keys = [parse_vkey(v) for v in known["vkeys"]]
    for trusted in (keys, keys[:1], keys[1:], [keys[0], keys[0]]):
        assert open_note(note.encode("utf-8"), trusted) == known["text"]
    with pytest.raises(Unverified, match="no signature"):
        open_note(note, [])


def test_a_published_ml_dsa_signature_is_ignored_beside_one_of_ours(known, signer):
    text, _, line = known["ml_dsa"]["note"].rpartition("\n\n")
    with pytest.raises(Unverified, match="no signature"):
        open_note(known["ml_dsa"]["note"], [signer.verifier])
    note = sign_note(text + "\n", [signer]) + line
    assert open_note(note, [signer.verifier]) == text + "\n"
    with pytest.raises(Malformed, match="Ed25519"):
        parse_vkey(known["ml_dsa"]["vkey"])


def test_no_mangled_verifier_key_is_read(known):
    for bad in [*manglings(known["vkeys"][0]), *known["bad_vkeys"]]:
        with pytest.raises(Malformed):
            parse_vkey(bad)


def test_no_mangled_secret_key_is_read_or_quoted(known):
    for bad in manglings(known["skey"]):
        with pytest.raises(Malformed) as caught:
            parse_skey(bad)
        assert not any(bad[i : i + 9] in str(caught.value) for i in range(34, len(bad) - 9))


def test_hex_of_a_key_is_in_lower_case(known):
    name, hexed, key = known["vkeys"][0].split("+", 2)
    with pytest.raises(Malformed):
        parse_vkey(f"{name}+{hexed.upper()}+{key}")


def test_a_signer_shows_its_secret_in_no_repr(signer):
    secret = format_skey(signer).rpartition("+")[2]
    assert "PRIVATE" not in repr(signer)
    assert secret not in repr(signer) + str(signer) + repr(signer.verifier)
    assert bytes(range(32)).hex() not in repr(signer)


@pytest.mark.parametrize(
    "name", ["", "a b", "a+b", "a\tb", "a\n", "a\x01", "a\u00a0b", "a\u2003b", "a\ud800"]
)
def test_a_key_name_has_no_space_plus_or_control_character(name):
    with pytest.raises(Malformed):
        Signer(name, bytes(32))


def test_verifiers_are_equal_by_name_and_key(signer):
    again = parse_vkey(format_vkey(signer.verifier))
    other = Signer("records.example.org/other", bytes(range(32))).verifier
    assert len({signer.verifier, again, other}) == 2
    assert signer.verifier != repr(signer.verifier)


def test_every_flipped_byte_of_a_note_is_refused(signer):
    note = sign_note("one\n\ntwo é\n", [signer]).encode("utf-8")
    for i in range(len(note)):
        for mask in (1, 2, 4, 0x20, 0x80):
            bad = note[:i] + bytes([note[i] ^ mask]) + note[i + 1 :]
            with pytest.raises((Malformed, Unverified)):
                open_note(bad, [signer.verifier])
        with pytest.raises((Malformed, Unverified)):
            open_note(note[:i], [signer.verifier])


@pytest.mark.parametrize(
    "mangle",
    [
        lambda n: n.removesuffix("\n"),
        lambda n: n + "\n",
        lambda n: n + "unexpected\n",
        lambda n: n.replace("\n", "\r\n"),
        lambda n: n.replace("— ", "- "),
        lambda n: n.replace("— ", ""),
        lambda n: "x" + n[n.index("—") :],
        lambda n: n.replace("— ", "—  "),
        lambda n: n.replace("— ", " — "),
        lambda n: n.replace("one", "one\0"),
        lambda n: n.replace("one", "one\t"),
        lambda n: n[: n.index("—")],
        lambda n: n[n.index("—") :],
        lambda n: n.replace("\n\n", "\n"),
        lambda n: n.removesuffix("\n") + " \n",
        lambda n: n + "— other\n",
        lambda n: n + "— other AAAAAA==\n",
        lambda n: n + "— other AAAAAAB=\n",
        lambda n: n + "— o+r AAAAAAA=\n",
    ],
)
def test_what_is_not_a_note_is_malformed(signer, mangle):
    note = sign_note("one\n", [signer])
    with pytest.raises(Malformed):
        open_note(mangle(note), [signer.verifier])


def test_the_signatures_stand_after_the_last_empty_line(signer):
    inner = sign_note("inner\n", [signer])
    text, signatures = parse_note(sign_note(inner, [signer]))
    assert (text, len(signatures)) == (inner, 1)


def test_a_line_that_shares_only_name_or_only_id_is_ignored(signer):
    note = sign_note("one\n", [signer])
    line = note.rpartition("— ")[2]
    name, encoded = line.split(" ")
    renamed = f"— other{name} {encoded}"
    reissued = f"— {name} AAAA{encoded[4:]}"
    assert open_note(note + renamed + reissued, [signer.verifier]) == "one\n"
    with pytest.raises(Unverified):
        open_note(f"one\n\n{renamed}{reissued}", [signer.verifier])


def test_the_shortest_line_of_an_unknown_key_is_ignored(signer):
    note = sign_note("one\n", [signer]) + "— other AAAAAAA=\n"
    assert open_note(note, [signer.verifier]) == "one\n"


def test_a_note_of_exactly_a_megabyte_is_signed_and_opened(signer):
    rest = len(sign_note("\n", [signer]).encode("utf-8"))
    text = "a" * (MAX_NOTE_BYTES - rest) + "\n"
    assert open_note(sign_note(text, [signer]), [signer.verifier]) == text


def test_a_wrong_signature_of_a_known_key_rejects_the_whole_note(signer):
    second = Signer("second.example", bytes(32))
    wrong = sign_note("other\n", [second]).rpartition("— ")[2]
    note = sign_note("one\n", [signer]) + "— " + wrong
    assert open_note(note, [signer.verifier]) == "one\n"
    with pytest.raises(Unverified, match=r"second\.example"):
        open_note(note, [signer.verifier, second.verifier])


def test_a_wrong_repetition_of_a_known_signature_rejects_the_whole_note(signer):
    note = sign_note("one\n", [signer])
    again = "— " + note.rpartition("— ")[2]
    assert open_note(note + again, [signer.verifier]) == "one\n"
    wrong = "— " + sign_note("two\n", [signer]).rpartition("— ")[2]
    with pytest.raises(Unverified):
        open_note(note + wrong, [signer.verifier])


def test_a_note_has_at_most_100_signatures_and_a_megabyte(signer):
    note = sign_note("one\n", [signer])
    line = "— " + note.rpartition("— ")[2]
    assert open_note(note + line * (MAX_SIGNATURES - 1), [signer.verifier]) == "one\n"
    with pytest.raises(Malformed, match="100 signatures"):
        open_note(note + line * MAX_SIGNATURES, [signer.verifier])
    for letter in "aé":
        long = letter * (MAX_NOTE_BYTES // len(letter.encode())) + "\n"
        with pytest.raises(Malformed, match="bytes"):
            sign_note(long, [signer])
        with pytest.raises(Malformed, match="bytes"):
            open_note(long + note, [signer.verifier])


@pytest.mark.parametrize("text", ["", "one", "one\r\n", "a\tb\n", "\ud800\n"])
def test_a_text_that_no_note_may_have_is_not_signed(signer, text):
    with pytest.raises(Malformed):
        sign_note(text, [signer])


@pytest.mark.parametrize("length", [1, 63, 65, 2420])
def test_a_signature_of_another_length_is_refused(signer, length):
    encoded = format_base64(signer.verifier.key_id + bytes(length))
    with pytest.raises(Unverified):
        open_note(f"one\n\n— {signer.name} {encoded}\n", [signer.verifier])


def test_two_keys_with_one_name_and_id_are_trusted_neither(signer):
    class Twin(Verifier):
        """A key whose id collides, as an attacker can compute one."""

    twin = Twin(signer.name, Signer(signer.name, bytes(32)).verifier.public)
    twin.key_id = signer.verifier.key_id
    with pytest.raises(Unverified, match="two different keys"):
        open_note(sign_note("one\n", [signer]), [signer.verifier, twin])


@given(
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]) | st.just("\n")),
    st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=3, unique=True),
)
def test_what_is_signed_is_opened_by_each_signer(text, seeds):
    text += "\n"
    signers = [Signer(f"s{i}.example", seed) for i, seed in enumerate(seeds)]
    note = sign_note(text, signers)
    for signer in signers:
        assert open_note(note, [signer.verifier]) == text
        assert parse_skey(format_skey(signer)).verifier == signer.verifier
