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
WRONG = """([hex]) => {
  const bytes = bytesOf(hex);
  const election = booth.openElection(bytes);
  const credential = "YK1dZ-aUX7Yk-zDdZR-qURwnX";
  const { openElection, publicCredential, makeBallot } = booth;
  try { (TRY)(); }
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


@pytest.mark.parametrize(
    ("attempt", "where"),
    [
        ("makeBallot(election, 'none', [[1, 0, 0]])", "credential"),
        ("makeBallot(election, undefined, [[1, 0, 0]])", "credential"),
        ("makeBallot(election, credential, [[1, , 0]])", "answer 1"),
        ("makeBallot(election, credential, [ , ])", "answer 1"),
        ("makeBallot(election, credential, [[1n, 0n, 0n]])", "answer 1"),
        ("makeBallot(election, credential, [[1, NaN, 0]])", "answer 1"),
        ("makeBallot(election, credential, [new Set([1, 0, 0])])", "answer 1"),
        ("makeBallot(election, credential, '1')", "answers"),
        ("makeBallot({ ...election }, credential, [[1, 0, 0]])", "election"),
        ("makeBallot(undefined, credential, [[1, 0, 0]])", "election"),
        ("publicCredential({}, credential)", "election"),
        ("makeBallot(election, credential, [[1, 0, 0]], (n) => new Uint8Array(n - 1))", "entropy"),
        ("makeBallot(election, credential, [[1, 0, 0]], (n) => Array(n).fill(0))", "entropy"),
        ("makeBallot(election, credential, [[1, 0, 0]], () => 'entropy')", "entropy"),
        ("openElection(bytes.buffer)", "election"),
        ("openElection(new TextDecoder().decode(bytes))", "election"),
        ("openElection(undefined)", "election"),
        ("openElection(new Uint8Array(0))", "election"),
    ],
)
def test_a_browser_says_what_is_wrong_in_words(page: Booted, attempt: str, where: str) -> None:
    election = held("v30-single").election.data
    script = WRONG.replace("TRY", f"() => {attempt}")
    is_fault, said, message = page.run(script, election.hex())
    assert (is_fault, said) == (True, where)
    assert message.startswith(f"{where}: ")


def test_an_opened_election_cannot_be_changed(page: Booted) -> None:
    script = """([election]) => {
      const opened = booth.openElection(bytesOf(election));
      const frozen = [opened, opened.questions, opened.questions[0], opened.questions[0].answers];
      return frozen.map((each) => Object.isFrozen(each));
    }"""
    assert page.run(script, held("v30-single").election.data.hex()) == [True] * 4


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
