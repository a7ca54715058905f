"""Identifiers."""

import os

import pytest

from quorate.canon.fault import Malformed, Unverified
from quorate.canon.ident import check_ident, mint_ident


@pytest.mark.parametrize("text", ["a", "cc", "2026-11-gm", "committee.chair", "a" * 64])
def test_good_identifiers_pass(text: str) -> None:
    assert check_ident(text) == text


@pytest.mark.parametrize("text", ["", "A", "a b", "-a", "a-", ".a", "a/b", "é", "a" * 65, "a\n"])
def test_bad_identifiers_are_refused(text: str) -> None:
    with pytest.raises(Malformed):
        check_ident(text)


def test_minted_identifiers_are_good_and_differ() -> None:
    minted = {mint_ident("m", os.urandom) for _ in range(1000)}
    assert len(minted) == 1000
    assert all(check_ident(text).startswith("m-") for text in minted)


def test_minting_throws_away_bytes_that_would_favour_a_letter() -> None:
    feed = iter([bytes([255] * 16), bytes(range(16))])
    assert mint_ident("m", lambda _: next(feed)) == "m-23456789ab"


def test_errors_come_back_from_another_process() -> None:
    import pickle  # noqa: PLC0415

    error = pickle.loads(pickle.dumps(Unverified("2 tree", "why", 7)))
    assert (error.check, error.reason, error.entry) == ("2 tree", "why", 7)
    bad = pickle.loads(pickle.dumps(Malformed("here", "that", "do this")))
    assert str(bad) == "here: expected that"


def test_malformed_says_once_what_was_expected() -> None:
    def raised(message: str, about: Exception) -> str:
        try:
            try:
                raise about
            except (Malformed, ValueError):
                raise Malformed("f:1", message) from None
        except Malformed as error:
            return str(error)

    inner = Malformed("@tom", "the handle of a member")
    assert raised(str(inner), inner) == "f:1: @tom: expected the handle of a member"
    assert raised(f"{inner} (`by`)", inner) == "f:1: @tom: expected the handle of a member (`by`)"
    assert raised(inner.expected, inner) == "f:1: expected the handle of a member"
    odd = ValueError("Expected `int`, got `str` - at `$.weight`")
    assert raised(str(odd), odd) == f"f:1: {odd}"
    assert raised("expected `int`, got `str`, at weight", odd).count("xpected") == 1
    assert raised("a number", odd) == "f:1: expected a number"
    assert str(Malformed("", "a number")) == "expected a number"
