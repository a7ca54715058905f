"""What the course of an election does not allow now, by its code and its facts."""

from tests.cli.election import SITES, Place, opened
from tests.cli.terminal import Said


def refusal(said: Said) -> tuple[str, dict]:
    """The code of a refusal and its facts; it has words and exit code 3."""
    error = said.json()["error"]
    assert (said.code, error["family"]) == (3, "refused")
    assert error["message"]
    assert "{" not in error["message"]
    return error["code"], error["facts"]


def test_box_opens_when_keys_and_credentials_are_there_and_once(tmp_path):
    place = Place(tmp_path)
    place.setup("--trustee", "Ada")
    assert refusal(place.run("open", "--json")) == ("not-prepared", {"trustees": ["Ada"]})
    code, facts = refusal(place.run("tally", "--json"))
    assert (code, facts["what"], facts["status"]) == ("not-open", "election", "draft")
    place.trustee("Ada")
    said = place.run("open", "--json")
    assert refusal(said) == ("no-credentials", {})
    assert said.json()["error"]["hint"] == "see `quorate ballot credentials --help`"
    place.issue()
    place.done("open")
    assert refusal(place.run("open", "--json")) == ("open-already", {})


def test_each_step_waits_for_the_one_before_and_is_done_once(tmp_path):
    place = opened(tmp_path, "Ada", "Bo")
    place.vote("Dora", "[Bob, Yes]")
    place.vote("Dora", "[Ann, Yes]")
    still = {"counted": 1, "superseded": 1, "minimum": 3}
    assert refusal(place.run("tally", "--json")) == ("still-open", still)
    assert refusal(place.run("tally", "--few", "--json")) == ("still-open", still)
    code, facts = refusal(place.run("result", "--json"))
    assert (code, facts) == ("not-now", {"asked_of": "result", "stage": "open"})
    place.done("tally", "--close", "--few")
    code, facts = refusal(place.run("result", "--json"))
    assert (code, facts) == ("too-few-trustees", {"trustees": ["Ada", "Bo"], "number": 2})
    place.decrypt(place.key("Ada"))
    code, facts = refusal(place.try_to_decrypt(place.key("Ada"), "--json"))
    assert (code, facts) == ("done-already", {"trustee": "Ada", "asked_of": "decrypted"})


def test_shuffles_end_only_after_one(tmp_path):
    place = opened(tmp_path, "Ada", questions=SITES)
    place.vote("Dora", "[[Mill, Quay], Yes]")
    place.done("tally", "--close", "--few")
    assert refusal(place.run("shuffle", "--end", "--json")) == ("not-shuffled", {})
