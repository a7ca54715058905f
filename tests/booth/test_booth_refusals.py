"""What the booth refuses, and in which words: the same elections as Python, and every credential and answer that is none."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from quorate.ballots.ballot import make_ballot
from quorate.ballots.election import read_election
from quorate.canon.fault import Malformed
from tests.ballots.vectors import held
from tests.booth.node import Booth, Fault
from tests.booth.test_booth import CREDENTIAL, SHORT

ELECTIONS = ("v30-single", "v30-blank", "v30-nh", "v20-single")
OTHER_VALUES: tuple[Any, ...] = (None, True, False, 0, 2, -1, 1.5, 10**30, "", "x", [], {}, ["x"])
NEUTRAL = {"Ed25519": f"{1:064x}", "BELENIOS-2048": "1", "RFC-3526-2048": "1"}


def compact(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to every value in some JSON, and to itself."""
    yield path
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(each, (*path, key))


def mangled(election: bytes) -> Iterator[tuple[tuple[Any, ...], bytes]]:
    """Every value of an election taken out, replaced by each of some others, and given a field or item more."""
    for path in places(json.loads(election)):
        for other in OTHER_VALUES:
            yield path, with_value(election, path, lambda _, other=other: other)
        if path:
            yield path, without(election, path)
        yield path, with_value(election, path, one_more)


def one_more(value: Any) -> Any:
    match value:
        case dict():
            return {**value, "more": 1}
        case list():
            return [*value, *value[:1]]
        case str():
            return value + "0"
        case _:
            return value + 1


def with_value(election: bytes, path: tuple[Any, ...], change: Any) -> bytes:
    top = {"all": json.loads(election)}
    *before, last = ("all", *path)
    at: Any = top
    for key in before:
        at = at[key]
    at[last] = change(at[last])
    return compact(top["all"])


def without(election: bytes, path: tuple[Any, ...]) -> bytes:
    top = json.loads(election)
    at: Any = top
    for key in path[:-1]:
        at = at[key]
    del at[path[-1]]
    return compact(top)


def is_refused_by_python(election: bytes) -> bool:
    try:
        read_election(election)
    except Malformed:
        return True
    return False


@pytest.mark.parametrize("name", ELECTIONS)
def test_elections_that_are_mangled_are_refused_where_python_refuses_them(
    booth: Booth, name: str
) -> None:
    election = held(name).election.data
    refused = taken = 0
    for path, data in mangled(election):
        if is_refused_by_python(data):
            with pytest.raises(Fault, match=r"^election(: .+)?: .") as caught:
                booth.open(data)
            assert caught.value.expected, path
            refused += 1
        else:
            assert booth.open(data)["fingerprint"] == read_election(data).fingerprint, path
            taken += 1
    assert refused > taken > 20


@pytest.mark.parametrize(
    ("old", "new", "where", "expected"),
    [
        ('"version":1', '"version":2', "election: version", "1"),
        ('"version":1', '"version":1.0', "election: version", "1"),
        ('"Ed25519"', '"P-256"', "election: group", "one of Ed25519, BELENIOS-2048, RFC-3526-2048"),
        ('"min":1', '"min":2', "election: question 1", "min ≤ max ≤ the number of answers"),
        ('"max":1', '"max":4', "election: question 1", "min ≤ max ≤ the number of answers"),
        ('"min":1', '"min":-1', "election: question 1: min", "an integer, 0 or more"),
        ('"min":1', '"min":1e0', "election: question 1: min", "an integer, 0 or more"),
        ('"min":1', '"blank":1,"min":1', "election: question 1: blank", "true or false"),
        ('"min":1', '"blank":null,"min":1', "election: question 1: blank", "true or false"),
        ('"uuid":"T', '"uuid":"0', "election: uuid", "at least 14 characters of Base58"),
        ('"uuid":"T', '"uuid":"', "election: uuid", "at least 14 characters of Base58"),
        ('"uuid"', '"uid"', "election", "a field `uuid`"),
        (
            '"uuid"',
            '"language":["en","up"],"uuid"',
            "election: language",
            'a code, and "ltr" or "rtl"',
        ),
        ('"Yes","No","Abstain"', "", "election: question 1: answers", "at least one"),
        ('"answers"', '"type":"Lists","answers"', "election: question 1", "a field `value`"),
    ],
)
def test_what_is_wrong_with_an_election_is_said_in_words(
    booth: Booth, old: str, new: str, where: str, expected: str
) -> None:
    text = held("v30-single").election.data.decode()
    assert text.count(old) == 1
    with pytest.raises(Fault) as caught:
        booth.open(text.replace(old, new).encode())
    assert (caught.value.where, caught.value.expected) == (where, expected)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'{"version"', b'{"version":1,"version"'),
        (b'"min":1', b'"min":0,"min":1'),
        (b"Adopt", b"\\ud800"),
        (b"Adopt", b"\\udc00\\ud800"),
        (b"Adopt", b"\xff"),
        (b"Adopt", b"\n"),
        (b"Adopt", b"\\x41"),
        (b"Adopt", b'"'),
        (b'{"version"', b'\xef\xbb\xbf{"version"'),
        (b'{"version"', b'\xc2\xa0{"version"'),
        (b'{"version"', b'{,"version"'),
        (b'"min":1', b'"min":01'),
        (b'"min":1', b'"min":+1'),
        (b'"min":1', b'"min":1.'),
        (b'"min":1', b'"min":NaN'),
        (b'"min":1', b'"min":'),
        (b'"Abstain"]', b'"Abstain",]'),
        (b'"Auth"}', b'"Auth"}}'),
        (b'"Auth"}', b'"Auth"'),
        (b'"Auth"}', b'"Auth"}\0'),
        (b'"min":1', b'"__proto__":{},"min":1'),
    ],
)
def test_json_that_others_might_read_otherwise_is_refused_by_both(
    booth: Booth, old: bytes, new: bytes
) -> None:
    data = held("v30-single").election.data
    assert data.count(old) == 1
    assert is_refused_by_python(data.replace(old, new))
    with pytest.raises(Fault, match=r"^election"):
        booth.open(data.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'{"version":1,', b' \t\r\n{ "version" : 1 , '),
        (b"Adopt", b"\\u0041\\ud83d\\ude00\\/\\b"),
        (b"Adopt", "Änder ž 😀\x7f\u2028".encode()),
        (b"Adopt", b"\\u0000"),
        (b'"min":1', b'"min":-0'),
        (b'"min":1', b'"blank":false,"min":1'),
        (b'"uuid"', b'"language":["en","ltr"],"uuid"'),
    ],
)
def test_however_an_election_is_written_it_is_read_as_python_reads_it(
    booth: Booth, old: bytes, new: bytes
) -> None:
    data = held("v30-single").election.data.replace(old, new)
    one, said = read_election(data), booth.open(data)
    assert said["fingerprint"] == one.fingerprint
    [asked] = said["questions"]
    assert asked["question"] == one.questions[0].question  # type: ignore[union-attr]
    assert asked["min"] == one.questions[0].min  # type: ignore[union-attr]


def test_half_a_surrogate_pair_in_bytes_is_refused(booth: Booth) -> None:
    data = held("v30-single").election.data.replace(b"Adopt", b"\xed\xa0\x80")
    with pytest.raises(Fault, match="election: JSON in UTF-8"):
        booth.open(data)


def test_json_deeper_than_any_election_is_refused(booth: Booth) -> None:
    with pytest.raises(Fault, match="levels deep"):
        booth.open(b"[" * 100_000)


@pytest.mark.parametrize("name", ["v30-single", "v20-single"])
def test_elections_whose_key_keeps_no_secret_are_refused(booth: Booth, name: str) -> None:
    one = held(name).election
    neutral = NEUTRAL[one.group.name]
    data = one.data.replace(one.group.text(one.public_key).encode(), neutral.encode())
    with pytest.raises(Fault, match="election: public_key: a key that keeps ballots secret"):
        booth.open(data)


@pytest.mark.parametrize(
    "key",
    [
        "0" * 64,
        f"{2**255 + 1:064x}",
        f"{2**255 - 18:064x}",
        f"{2**255 - 20:064x}",
        "E77D37F60D2A0F97265F72812B836BFFF67A5AE253DAB4958492CEA680671AF2",
        "e77d37f60d2a0f97265f72812b836bfff67a5ae253dab4958492cea680671a",
        "e77d37f60d2a0f97265f72812b836bfff67a5ae253dab4958492cea680671af2\\n",
        "12345",
    ],
)
def test_keys_that_are_no_point_of_the_subgroup_are_refused(booth: Booth, key: str) -> None:
    one = held("v30-single").election
    data = one.data.replace(one.group.text(one.public_key).encode(), key.encode())
    assert is_refused_by_python(data)
    with pytest.raises(Fault, match="election: public_key: a member of the group"):
        booth.open(data)


def test_keys_outside_a_finite_field_group_are_refused(booth: Booth) -> None:
    one = held("v20-single").election
    key, p = int(one.public_key), int(one.group._p)  # type: ignore[attr-defined]
    for other in (0, key + 1, key + p, p - 1, p - key, -key, f"0{key}", f"+{key}", hex(key)):
        data = one.data.replace(str(key).encode(), str(other).encode())
        assert is_refused_by_python(data), other
        with pytest.raises(Fault, match="election: public_key: a member of the group"):
            booth.open(data)


def test_every_wrong_character_of_a_credential_is_found_or_makes_another(booth: Booth) -> None:
    assert (booth.style(CREDENTIAL), booth.style(SHORT)) == ("full", "short")
    for credential in (CREDENTIAL, SHORT):
        for i, each in enumerate(credential):
            for other in "0OIl- \u00e9":
                if other != each:
                    typed = credential[:i] + other + credential[i + 1 :]
                    require_no_credential(booth, typed)


def test_a_wrong_check_character_is_found(booth: Booth) -> None:
    for other in "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz":
        if other != SHORT[-1]:
            require_no_credential(booth, SHORT[:-1] + other)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        CREDENTIAL + "\n",
        " " + CREDENTIAL,
        CREDENTIAL[:-1],
        CREDENTIAL + "1",
        CREDENTIAL.replace("-", ""),
        CREDENTIAL + "-" + CREDENTIAL,
        SHORT.replace("-", ""),
        None,
        7,
        [CREDENTIAL],
    ],
)
def test_what_is_no_credential_is_refused(booth: Booth, typed: Any) -> None:
    require_no_credential(booth, typed)


def require_no_credential(booth: Booth, typed: Any) -> None:
    """That each way in refuses it, in words that do not repeat it."""
    election = held("v30-single").election.data
    for ask in (
        lambda: booth.style(typed),
        lambda: booth.publish(election, typed),
        lambda: booth.make(election, typed, [[1, 0, 0]]),
    ):
        with pytest.raises(Fault, match=r"^credential: 22 characters") as caught:
            ask()
        said = f"{caught.value} {caught.value.hint}".replace(CREDENTIAL, "")  # the example
        assert not (isinstance(typed, str) and len(typed) > 3 and typed in said)
        assert caught.value.hint.startswith("compare each character")


@pytest.mark.parametrize(
    ("name", "answers", "where"),
    [
        ("v30-single", None, "answers"),
        ("v30-single", {}, "answers"),
        ("v30-single", [], "answers"),
        ("v30-single", [[1, 0, 0], [1, 0, 0]], "answers"),
        ("v30-single", [None], "answer 1"),
        ("v30-single", ["100"], "answer 1"),
        ("v30-single", [[1, 0]], "answer 1"),
        ("v30-single", [[1, 0, 0, 0]], "answer 1"),
        ("v30-single", [[0, 0, 0]], "answer 1"),
        ("v30-single", [[1, 1, 0]], "answer 1"),
        ("v30-single", [[2, 0, 0]], "answer 1"),
        ("v30-single", [[1, 1, -1]], "answer 1"),
        ("v30-single", [[0.5, 0.5, 0]], "answer 1"),
        ("v30-single", [["1", 0, 0]], "answer 1"),
        ("v30-single", [[True, 0, 0]], "answer 1"),
        ("v30-blank", [[1, 1, 0, 0, 0], [0, 0]], "answer 1"),
        ("v30-blank", [[0, 0, 0, 0, 0], [0, 0]], "answer 1"),
        ("v30-blank", [[0, 1, 1, 1, 0], [0, 0]], "answer 1"),
        ("v30-blank", [[1, 0, 0, 0], [0, 0]], "answer 1"),
        ("v30-blank", [[1, 0, 0, 0, 0], [0, 0, 0]], "answer 2"),
        ("v30-nh", [[1, 2]], "answer 1"),
        ("v30-nh", [[1, 2, 256]], "answer 1"),
        ("v30-nh", [[1, 2, -1]], "answer 1"),
        ("v30-nh", [[1, 2, 2.5]], "answer 1"),
        ("v30-nh", [[1, 2, "3"]], "answer 1"),
    ],
)
def test_answers_that_are_not_allowed_are_refused(
    booth: Booth, name: str, answers: Any, where: str
) -> None:
    one = held(name)
    with pytest.raises(Fault) as caught:
        booth.make(one.election.data, one.secrets()[0], answers)
    assert caught.value.where == where
    assert one.secrets()[0] not in str(caught.value)


@pytest.mark.parametrize("name", ["v30-single", "v30-blank"])
def test_the_words_for_an_answer_are_those_of_python(booth: Booth, name: str) -> None:
    one = held(name)
    for asked_of in range(len(one.election.questions)):
        answers = [[0] * each.choices for each in one.election.questions]  # type: ignore[union-attr]
        answers[asked_of] = [1] * len(answers[asked_of])
        with pytest.raises(Malformed) as theirs:
            make_ballot(one.election, one.secrets()[0], answers, lambda size: b"\1" * size)
        with pytest.raises(Fault) as ours:
            booth.make(one.election.data, one.secrets()[0], answers)
        assert ours.value.expected == theirs.value.expected


def test_chance_that_runs_out_makes_no_ballot(booth: Booth) -> None:
    election = held("v30-single").election.data
    for drawn in (0, 63, 64, 65, 640):
        with pytest.raises(Fault, match="entropy: 64 bytes"):
            booth.make(election, CREDENTIAL, [[1, 0, 0]], entropy="01" * drawn)
