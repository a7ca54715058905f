"""Every group, and both forms of the one on edwards25519: the laws, the texts, and the vectors of belenios-tool."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.ballots.ed25519 import Ed25519
from quorate.ballots.finite_field import belenios_2048, rfc_3526_2048
from quorate.ballots.group import Recovery
from quorate.ballots.groups import NAMES, find_group
from quorate.ballots.native import NativeEd25519, is_here
from quorate.canon.fault import Malformed
from tests.repository.tree import ROOT

VECTORS = ROOT / "vectors/belenios"
OF_TOOL = json.loads((VECTORS / "tv-groups.json").read_text())
ELECTION = json.loads((VECTORS / "tv-v30-single.json").read_text())
FIELDS = json.loads((VECTORS / "ff-groups.json").read_text())
MAKERS = {
    "libsodium": Ed25519,
    "native": NativeEd25519,
    "BELENIOS-2048": belenios_2048,
    "RFC-3526-2048": rfc_3526_2048,
}
BUILT = pytest.mark.skipif(not is_here, reason="native/ is not built")
GROUPS = [
    pytest.param(make, id=name, marks=BUILT if name == "native" else ())
    for name, make in MAKERS.items()
]
ON_THE_CURVE = GROUPS[:2]


@pytest.fixture(params=GROUPS)
def group(request):
    return request.param()


@pytest.fixture(params=ON_THE_CURVE)
def curve(request):
    return request.param()


def odd_exponents(order: int) -> list[int]:
    return [
        0,
        1,
        2,
        order - 1,
        order,
        order + 1,
        -1,
        -order,
        2**256 - 1,
        2**256,
        2**4000,
        -(2**300),
    ]


def test_the_fastest_form_that_is_installed_is_the_one_that_is_found():
    assert {find_group(name).name for name in NAMES} == set(NAMES)
    assert type(find_group("Ed25519")) is (NativeEd25519 if is_here else Ed25519)
    with pytest.raises(Malformed):
        find_group("ed25519")


def test_constants_are_those_of_the_tool():
    for name, constants in FIELDS.items():
        group = find_group(name)
        assert (group.order, group.generator) == (int(constants["q"]), int(constants["g"]))
        assert group._p == int(constants["p"])


def test_generator_and_neutral_element_are_written_as_the_tool_writes_them(curve):
    assert curve.text(curve.generator) == ELECTION["g"]
    assert curve.text(curve.identity) == ELECTION["one"]
    assert curve.order == int(ELECTION["q"])
    assert curve.element(ELECTION["one"]) == curve.identity
    assert (
        curve.text(curve.power(curve.generator, int(ELECTION["credential_secret_scalar"])))
        == (ELECTION["credential_public"])
    )


def test_independent_generators_are_those_of_the_tool(group):
    for index, text in OF_TOOL.get(group.name, {}).get("generators", {}).items():
        assert group.text(group.independent(int(index))) == text


def test_numbers_are_encoded_as_the_tool_encodes_them_and_read_back(group):
    for said, text in OF_TOOL.get(group.name, {}).get("encode", {}).items():
        values = json.loads(said)
        element = group.encode(values)
        assert group.text(element) == text
        assert group.decode(element, len(values)) == values


def test_as_many_numbers_as_there_is_room_for_come_back(group):
    drawn = random.Random(3)
    for count in {0, group.most_ranked // 2, group.most_ranked}:
        values = [drawn.randrange(256) for _ in range(count)]
        element = group.encode(values)
        assert group.decode(element, count) == values
        assert group.element(group.text(element)) == element


def test_three_zeros_are_encoded_as_the_neutral_element_which_is_an_element_like_any():
    for make in (Ed25519, rfc_3526_2048, *([NativeEd25519] if is_here else [])):
        group = make()
        assert group.encode([0, 0, 0]) == group.identity


def test_neutral_element_everywhere(group):
    one, g = group.identity, group.generator
    assert group.combine(()) == one
    assert group.power(g, 0) == group.power(g, group.order) == one
    assert group.powers(one, (0, 1, 5, -1)) == [one] * 4
    assert group.powers(g, ()) == group.elements(()) == group.commitments(()) == []
    assert group.invert(one) == group.multiply(one, one) == group.combine([(one, 3)]) == one
    assert group.multiply(g, one) == group.multiply(one, g) == g
    assert group.multiply(g, group.invert(g)) == one
    assert group.element(group.text(one)) == one
    said = group.text(one)
    assert group.commitments([Recovery(one, 3, (one,), 0, 4)]) == [said]
    assert group.commitments([Recovery(g, 0, (g,), 1, 5)]) == [said]
    assert group.commitments([Recovery(g, 0, (), 0, 5)]) == [said]
    assert group.commitments([Recovery(g, 5, (g,), 0, -5)]) == [said]


def test_exponents_of_any_size_and_sign_are_taken_modulo_the_order(group):
    g = group.generator
    h = group.independent(7)
    for e in odd_exponents(group.order):
        reduced = e % group.order
        for base in (g, h):
            power = group.power(base, e)
            assert power == group.combine([(base, e)]) == group.combine([(base, reduced)])
            assert group.multiply(power, group.power(base, 1 - e)) == base
            assert group.commitments([Recovery(base, e, (), 0, 0)]) == [group.text(power)]
            assert group.commitments([Recovery(g, 0, (base,), 0, e)]) == [group.text(power)]
        assert group.commitments([Recovery(h, 0, (h,), e, 1)]) == [
            group.text(group.multiply(h, group.power(g, -e)))
        ]


def test_small_powers_are_repeated_products(group):
    product = group.identity
    for e in range(70):
        assert group.power(group.generator, e) == product
        product = group.multiply(product, group.generator)


def test_many_powers_of_one_base_are_the_same_as_one(group):
    h = group.independent(2)
    exponents = [group.order // (i + 1) for i in range(70)]
    assert group.powers(h, exponents) == [group.combine([(h, e)]) for e in exponents]


def test_a_commitment_is_what_its_formula_says_alone_and_among_many(group):
    g, y = group.generator, group.independent(1)
    draw = random.Random(5).randrange
    elements = group.powers(g, [draw(group.order) for _ in range(6)])
    terms = [
        Recovery(
            (g, y, elements[i % 3])[i % 5 % 3],
            draw(group.order),
            tuple(elements[i % 4 : i % 4 + 1 + i % 3]),
            i % 3,
            draw(group.order),
        )
        for i in range(80)
    ]
    expected = [by_formula(group, each) for each in terms]
    assert group.commitments(terms) == expected
    assert [group.commitments([each])[0] for each in terms[:9]] == expected[:9]


def by_formula(group, term: Recovery) -> str:
    product = group.power(group.generator, -term.minus)
    for each in term.of:
        product = group.multiply(product, each)
    return group.text(
        group.multiply(group.power(term.base, term.response), group.power(product, term.challenge))
    )


@settings(max_examples=25)
@given(
    st.sampled_from(sorted(MAKERS)),
    st.lists(st.tuples(st.integers(-1, 9), st.integers()), max_size=9),
)
def test_combining_is_multiplying_powers(name, pairs):
    if name == "native" and not is_here:
        return
    group = MAKERS[name]()
    terms = [(group.independent(i) if i > 0 else group.generator, e) for i, e in pairs]
    product = group.identity
    for base, e in terms:
        product = group.multiply(product, group.power(base, e))
    assert group.combine(terms) == product


BAD_SCALARS = [
    "",
    "00",
    "01",
    "-1",
    "+1",
    " 1",
    "1 ",
    "1_0",
    "0x1",
    "1.0",
    "1e3",
    "²",
    "１",
    "٣",
    "a",
    "1\n",
]


@pytest.mark.parametrize("text", BAD_SCALARS)
def test_what_is_no_decimal_number_is_no_scalar(group, text):
    with pytest.raises(Malformed):
        group.scalar(text)


def test_scalars_are_below_the_order(group):
    for value in (0, 1, group.order - 1):
        assert group.scalar(str(value)) == value
    for value in (group.order, group.order + 1, 2**8000):
        with pytest.raises(Malformed):
            group.scalar(str(value))


def test_elements_in_a_field_are_decimal_numbers_of_the_group():
    for group in (belenios_2048(), rfc_3526_2048()):
        p = int(group._p)
        outside = next(n for n in range(2, 99) if pow(n, group.order, p) != 1)
        bad = [
            "",
            "0",
            "00",
            "01",
            "-1",
            "+2",
            " 4",
            "0x4",
            "４",
            "²",
            "4\n",
            str(p),
            str(p + 1),
            str(p - 1),
        ]
        for text in (*bad, str(outside), "9" * 700):
            with pytest.raises(Malformed):
                group.element(text)


def test_drawn_exponents_are_below_the_order_and_use_all_the_randomness(group):
    size = (group.order.bit_length() + 7) // 8 + 32
    value = group.draw(lambda n: b"\xff" * n if n == size else b"")
    assert value == (256**size - 1) % group.order
