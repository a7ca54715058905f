"""The extension does what libsodium does, to the byte; and both refuse every text that is no member of the group."""

import os
import pickle
import random
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.ballots.ballot import check_ballot, make_ballot
from quorate.ballots.credential import draw_credential, public_credential
from quorate.ballots.ed25519 import Ed25519, L
from quorate.ballots.election import read_election, write_election
from quorate.ballots.group import Recovery
from quorate.ballots.native import NativeEd25519, is_here, rust
from quorate.ballots.question import Question, RankedQuestion, Ranking
from quorate.canon.fault import Malformed

pytestmark = pytest.mark.skipif(not is_here, reason="native/ is not built")

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
I = pow(2, (P - 1) // 4, P)  # noqa: E741
sodium = Ed25519()
native = NativeEd25519() if is_here else sodium
use_vectors = rust.use_vectors if is_here else bool
EXPONENTS = st.one_of(
    st.sampled_from([0, 1, 2, 7, L - 1, L, L + 1, -1, -L, 2**256 - 1, 2**256, 2**1000]),
    st.integers(0, L - 1),
    st.integers(),
    st.integers(0, 255).map(lambda n: 2**n),
    st.integers(0, 255).map(lambda n: 2**n - 1),
)
Xy = tuple[int, int]


@pytest.fixture(
    params=[True, False], ids=["in vectors", "one by one"], autouse=True, scope="module"
)
def way(request):
    """Every test is run in both ways of computing, where the processor has both."""
    if request.param and not use_vectors(True):
        pytest.skip("the processor has no AVX2")
    use_vectors(request.param)
    yield
    use_vectors(True)


def add(a: Xy, b: Xy) -> Xy:
    """The sum of two points, RFC 8032, section 5.1.4, in affine coordinates."""
    (x1, y1), (x2, y2) = a, b
    t = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + t, -1, P)
    y = (y1 * y2 + x1 * x2) * pow(1 - t, -1, P)
    return x % P, y % P


def times(n: int, a: Xy) -> Xy:
    product = (0, 1)
    for bit in f"{n:b}":
        product = add(product, product)
        if bit == "1":
            product = add(product, a)
    return product


def x_of(y: int) -> int | None:
    """An x to a y, if there is one."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    return next((each for each in (x, x * I % P) if each * each % P == square), None)


def text(y: int, sign: int = 0) -> str:
    return f"{y | sign << 255:064x}"


def torsion() -> list[Xy]:
    """The eight points whose order divides 8, the neutral one first."""
    y = 2
    while True:
        x = x_of(y)
        if x is not None:
            small = times(L, (x, y))
            if times(4, small) != (0, 1):
                return [times(n, small) for n in range(8)]
        y += 1


TORSION = torsion()


def members(count: int) -> list[Xy]:
    found = []
    for i in range(count):
        y = int(native.text(native.independent(i)), 16) & 2**255 - 1
        found.append((x_of(y), y))
    return found


def test_there_are_eight_points_of_small_order_and_of_them_only_the_neutral_one_is_a_member():
    assert len(set(TORSION)) == 8
    for x, y in TORSION:
        for group in (sodium, native):
            if (x, y) == (0, 1):
                assert group.element(text(y, x & 1)) == group.identity
            else:
                with pytest.raises(Malformed):
                    group.element(text(y, x & 1))


def test_a_member_shifted_by_any_point_of_small_order_is_none():
    for member in members(40):
        for i, small in enumerate(TORSION):
            x, y = add(member, small)
            assert ("Malformed" if i else "member") == outcome(sodium, text(y, x & 1))
            assert ("Malformed" if i else "member") == outcome(native, text(y, x & 1))


def outcome(group, said: str) -> str:
    try:
        assert group.text(group.element(said)) == said
    except Malformed:
        return "Malformed"
    return "member"


def test_every_encoding_that_is_not_canonical_is_refused():
    for y in range(P, 2**255):
        for sign in (0, 1):
            assert outcome(sodium, text(y, sign)) == outcome(native, text(y, sign)) == "Malformed"
    for y in (1, P - 1):
        assert outcome(sodium, text(y, 1)) == outcome(native, text(y, 1)) == "Malformed"


@pytest.mark.parametrize("around", [0, 2**254, P - 300])
def test_both_agree_on_every_encoding_of_some_stretches(around):
    for y in range(around, around + 300):
        for sign in (0, 1):
            assert outcome(sodium, text(y, sign)) == outcome(native, text(y, sign)), y


@given(st.integers(0, 2**256 - 1))
def test_both_agree_on_any_encoding(n):
    assert outcome(sodium, f"{n:064x}") == outcome(native, f"{n:064x}")


NO_ELEMENTS = ["", "0", "1", "0" * 63, "0" * 65, "0x" + "6" * 62, "6" * 63 + "8\n", " " + "6" * 62]
NO_ELEMENTS += ["G" * 64, "６" * 64, "é" * 32, "\ud800" * 64, "\0" * 64, "0" * 62 + "٣1"]


@pytest.mark.parametrize("said", NO_ELEMENTS)
def test_what_is_not_64_hexadecimal_digits_is_no_element(said):
    assert outcome(sodium, said) == outcome(native, said) == "Malformed"


def test_digits_are_in_lower_case():
    said = native.text(native.independent(0))
    assert outcome(native, said) == outcome(sodium, said) == "member"
    assert outcome(native, said.upper()) == outcome(sodium, said.upper()) == "Malformed"


def test_one_bad_element_among_many_is_enough():
    good = [native.text(each) for each in native.powers(native.generator, range(1, 60))]
    for at in (0, 30, 58):
        for group in (sodium, native):
            with pytest.raises(Malformed):
                group.elements([*good[:at], text(2, 1), *good[at + 1 :]])
    assert [native.text(each) for each in native.elements(good)] == good


def both(e: int):
    """The same element of both, whose logarithm is e."""
    return sodium.power(sodium.generator, e), native.power(native.generator, e)


@given(EXPONENTS, EXPONENTS, st.lists(EXPONENTS, max_size=5))
def test_products_inverses_and_powers_are_the_same(a, b, exponents):
    (s, n), (t, m) = both(a), both(b)
    assert sodium.text(s) == native.text(n)
    assert sodium.text(sodium.multiply(s, t)) == native.text(native.multiply(n, m))
    assert sodium.text(sodium.invert(s)) == native.text(native.invert(n))
    assert texts(sodium, sodium.powers(s, exponents)) == texts(native, native.powers(n, exponents))
    assert sodium.order_key(s) == native.order_key(n)
    assert sodium.decode(s, 30) == native.decode(n, 30)
    assert (s == t) == (n == m) == (hash(n) == hash(m))


def texts(group, elements) -> list[str]:
    return [group.text(each) for each in elements]


@given(st.lists(st.tuples(EXPONENTS, EXPONENTS), max_size=12))
def test_combined_powers_are_the_same(pairs):
    ours = [(both(a), e) for a, e in pairs]
    by_sodium = sodium.combine([(s, e) for (s, _), e in ours])
    assert sodium.text(by_sodium) == native.text(native.combine([(n, e) for (_, n), e in ours]))


TERMS = st.tuples(
    st.integers(0, 4), EXPONENTS, st.lists(st.integers(0, 4), max_size=3), EXPONENTS, EXPONENTS
)


@given(st.lists(EXPONENTS, min_size=3, max_size=3), st.lists(TERMS, max_size=30))
def test_commitments_are_the_same(logarithms, drawn):
    pool = [(sodium.generator, native.generator), both(0), *map(both, logarithms)]
    said = [
        group.commitments(
            [
                Recovery(pool[b][k], r, tuple(pool[i][k] for i in of), minus, c)
                for b, r, of, minus, c in drawn
            ]
        )
        for k, group in enumerate((sodium, native))
    ]
    assert said[0] == said[1]


@given(st.lists(st.integers(0, 255), max_size=30))
def test_numbers_are_encoded_the_same(values):
    assert sodium.text(sodium.encode(values)) == native.text(native.encode(values))


@given(st.integers(-1, 10**6))
def test_independent_generators_are_the_same(index):
    assert sodium.text(sodium.independent(index)) == native.text(native.independent(index))


QUESTIONS = (
    Question(answers=("Yes", "No", "Abstain"), min=0, max=1, question="Adopt?"),
    Question(answers=("Ada", "Ben"), blank=True, min=1, max=2, question="Elect"),
    RankedQuestion(value=Ranking(answers=("A", "B", "C"), question="Rank")),
)


def test_the_same_randomness_makes_the_same_ballot_to_the_byte_and_each_accepts_the_others():
    made = [ballots(group) for group in (sodium, native)]
    assert made[0][2] == made[1][2]
    for election, credentials, _ in made:
        for data in made[0][2]:
            check_ballot(election, credentials, data)


def ballots(group):
    entropy = random.Random(11).randbytes
    y = group.power(group.generator, group.draw(entropy))
    data = write_election(
        uuid="TWwH7czxHNwDhB",
        name="Two forms",
        description="",
        group=group,
        public_key=y,
        questions=QUESTIONS,
    )
    election = replace(read_election(data), group=group, public_key=y)
    secrets = [draw_credential(entropy) for _ in range(2)]
    listed = [public_credential(group, election.uuid, each) for each in secrets]
    answers = ([[0, 1, 0], [1, 0, 0], [1, 2, 3]], [[0, 0, 0], [0, 1, 1], [0, 0, 0]])
    cast = [
        make_ballot(election, secret, given, entropy)
        for secret, given in zip(secrets, answers, strict=True)
    ]
    return election, {each.text: each for each in listed}, cast


def test_an_element_goes_to_another_process_and_comes_back():
    for element in (native.identity, native.generator, native.independent(4)):
        assert pickle.loads(pickle.dumps(element)) == element
    many = [Recovery(native.generator, e, (native.independent(e % 3),), 1, e) for e in range(40)]
    said = native.commitments(many)
    with ProcessPoolExecutor(1) as processes:
        assert processes.submit(native.commitments, many).result(60) == said
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(native.commitments, [many] * 8)) == [said] * 8


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="threads are counted in /proc")
def test_no_more_threads_are_started_than_there_are_cores():
    told = (
        "import os, quorate_native as rust\n"
        "def count(): return len(os.listdir('/proc/self/task'))\n"
        "before = count()\n"
        f"rust.elements(['{native.text(native.generator)}'] * 500, 1 << 40)\n"
        "print(count() - before)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60
    )
    assert int(said.stdout) <= (os.cpu_count() or 1)


def test_points_are_only_what_the_group_made():
    with pytest.raises(TypeError):
        type(native.generator)()
    with pytest.raises((TypeError, AttributeError)):
        native.generator.extra = 1
    with pytest.raises(TypeError):
        native.multiply(native.generator, b"\1" + bytes(31))
    assert native.generator != b""


@pytest.mark.parametrize("count", [1, 3, 149, 150, 600])
def test_many_combined_powers_are_their_product(count):
    drawn = random.Random(count)
    logarithms = [drawn.randrange(L) for _ in range(count)]
    exponents = [drawn.choice([0, 1, -1, 2**255, drawn.randrange(L)]) for _ in range(count)]
    elements = native.powers(native.generator, logarithms)
    total = sum(a * e for a, e in zip(logarithms, exponents, strict=True))
    product = native.combine(list(zip(elements, exponents, strict=True)))
    assert product == native.power(native.generator, total)


def test_commitments_of_many_ballots_at_once_are_those_of_each_by_logarithms():
    drawn = random.Random(2)
    x = drawn.randrange(L)
    y = native.power(native.generator, x)
    logarithms = [drawn.randrange(L) for _ in range(60)]
    elements = native.elements(texts(native, native.powers(native.generator, logarithms)))
    terms, expected = [], []
    for i in range(0, 60, 3):
        for of in ((i,), (i + 1,), (i + 2,), (i, i + 1, i + 2)):
            for minus in range(3):
                r, c = drawn.randrange(L), drawn.randrange(L)
                on_y = drawn.random() < 0.5
                terms.append(
                    Recovery(
                        y if on_y else native.generator,
                        r,
                        tuple(elements[k] for k in of),
                        minus,
                        c,
                    )
                )
                expected.append(
                    r * (x if on_y else 1) + (sum(logarithms[k] for k in of) - minus) * c
                )
    assert native.commitments(terms) == texts(native, native.powers(native.generator, expected))
