"""The booth in Debian's Chromium, without a network: ballots that Python accepts, from a page under a strict policy."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from quorate.ballots.ballot import check_ballot, make_ballot, tracker
from tests.ballots.vectors import held
from tests.booth.chromium import INTEGRITY, Booted, chromium

ANSWERS = {
    "v30-single": [[0, 1, 0]],
    "v30-blank": [[1, 0, 0, 0, 0], [1, 1]],
    "v30-nh": [[1, 2, 3]],
    "v20-single": [[1, 0, 0]],
}
MAKE = """([election, credential, answers]) =>
  booth.makeBallot(booth.openElection(bytesOf(election)), credential, answers)"""
MAKE_OF = """([election, credential, answers, drawn]) => {
  const bytes = bytesOf(drawn);
  let at = 0;
  const entropy = (size) => bytes.slice(at, (at += size));
  return booth.makeBallot(booth.openElection(bytesOf(election)), credential, answers, entropy);
}"""
WRONG = """([election]) => {
  try { booth.makeBallot(booth.openElection(bytesOf(election)), "none", [[1, 0, 0]]); }
  catch (error) { return [error instanceof booth.BoothError, error.where, error.message]; }
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Booted]:
    context = browser.new_context()
    yield Booted(context.new_page())
    context.close()


@pytest.mark.parametrize("name", list(ANSWERS))
def test_ballots_made_in_a_browser_check(page: Booted, name: str) -> None:
    one = held(name)
    said = page.run(MAKE, one.election.data.hex(), one.secrets()[0], ANSWERS[name])
    ballot = said["ballot"].encode()
    check_ballot(one.election, one.credentials, ballot)
    assert said["tracker"] == tracker(ballot)


@pytest.mark.parametrize("name", list(ANSWERS))
def test_a_browser_makes_what_python_makes_of_the_same_chance(page: Booted, name: str) -> None:
    one, random = held(name), Random(7)
    drawn = bytearray()

    def entropy(size: int) -> bytes:
        drawn.extend(random.randbytes(size))
        return bytes(drawn[-size:])

    ballot = make_ballot(one.election, one.secrets()[0], ANSWERS[name], entropy)
    given = (one.election.data.hex(), one.secrets()[0], ANSWERS[name], drawn.hex())
    assert page.run(MAKE_OF, *given)["ballot"].encode() == ballot


def test_a_browser_says_what_is_wrong_in_words(page: Booted) -> None:
    election = held("v30-single").election.data
    is_fault, where, message = page.run(WRONG, election.hex())
    assert (is_fault, where) == (True, "credential")
    assert message.startswith("credential: 22 characters")


def test_nothing_was_asked_for_but_the_page_and_nothing_was_said_or_kept(page: Booted) -> None:
    one = held("v30-single")
    page.run(MAKE, one.election.data.hex(), one.secrets()[0], ANSWERS["v30-single"])
    assert set(page.asked) == {"/", "/page.js", "/booth.js"}
    assert page.complaints == []
    assert page.run("() => [localStorage.length, sessionStorage.length, document.cookie]") == [
        0,
        0,
        "",
    ]
    assert page.page.context.storage_state() == {"cookies": [], "origins": []}


def test_the_page_has_no_network_and_a_policy_that_is_enforced(page: Booted) -> None:
    assert page.run("() => navigator.onLine") is False
    assert page.run("() => fetch('/booth.js').then(() => 'fetched', () => 'refused')") == "refused"
    page.complaints.clear()


def test_another_bundle_than_the_one_of_the_hash_is_not_run(browser: Any) -> None:
    other = INTEGRITY[:-3] + ("AA=" if INTEGRITY[-3:] != "AA=" else "BB=")
    context = browser.new_context()
    page = Booted(context.new_page(), other)
    assert page.run("() => typeof globalThis.booth") == "undefined"
    assert any("integrity" in each for each in page.complaints)
    context.close()
