"""Whole elections from the command line: single and threshold trustees, blank, weighted and ranked votes."""

import json
import stat
from collections import Counter

import pytest

from quorate.ballots.weakness import Weakness
from quorate.ballots.wire import write
from quorate.reading.words.elections import WEAKNESSES
from tests.cli.election import SITES, Place, opened
from tests.cli.terminal import quorate


def test_a_single_trustee_a_second_vote_and_a_blank_one_come_to_the_right_numbers(tmp_path):
    place = opened(tmp_path, "Ada")
    assert place.vote("Anna", "[Ann, Yes]").code == 0
    assert place.vote("Bela", "[Bob, blank]").code == 0
    again = place.vote("Anna", "[Cem, No]")
    assert "Ballot 3 is in the box, in the place of ballot 1." in again.out
    said = place.done("tally", "--close", "--few").out
    assert "In the box: 3; counted: 2; superseded: 1; minimum: 3." in " ".join(said.split())
    assert "Ada has decrypted" in place.decrypt(place.key("Ada")).out
    result = place.done("result", "--json").json()["result"]
    assert [(each["votes"], each["blank"]) for each in result] == [([0, 1, 1], None), ([0, 1], 1)]
    assert place.done("result", "--json").json()["result"] == result
    verified = quorate("ballot", "verify", place.archive, "--json").json()["verified"]
    assert verified["result"] == result
    assert (verified["credentials"], verified["counted"], verified["not_voted"]) == (4, 2, 2)
    assert (verified["cast"], verified["state"]) == (3, "published")


def test_two_of_three_trustees_are_enough_and_one_is_not(tmp_path):
    place = opened(tmp_path, "Ada", "Bo", "Cy", threshold=2)
    place.vote("Dora", "[Bob, Yes]")
    place.done("tally", "--close", "--few")
    place.decrypt(place.key("Cy"))
    before = place.archive.read_bytes()
    said = place.run("result")
    assert said.code == 3
    assert "1 more of these are needed: Ada, Bo" in said.err
    assert "nothing is lost" in said.err
    assert place.archive.read_bytes() == before
    assert place.done("status", "--json").json()["election"]["waiting_for"] == ["Ada", "Bo"]
    place.decrypt(place.key("Ada"))
    assert place.done("result", "--json").json()["result"][0]["votes"] == [0, 1, 0]
    assert quorate("ballot", "verify", place.archive).code == 0


def test_every_single_trustee_is_needed(tmp_path):
    place = opened(tmp_path, "Ada", "Bo")
    place.vote("Dora", "[Bob, Yes]")
    place.done("tally", "--close", "--few")
    place.decrypt(place.key("Bo"))
    assert "1 more of these are needed: Ada" in place.run("result").err
    place.decrypt(place.key("Ada"))
    place.done("result")


def test_ballots_count_by_weight(tmp_path):
    place = opened(tmp_path, "Ada", weights=True)
    for name, answers in (("Anna", "[Ann, Yes]"), ("Dora", "[Bob, No]"), ("Bela", "[Ann, blank]")):
        assert place.vote(name, answers).code == 0
    place.done("tally", "--close", "--few")
    place.decrypt(place.key("Ada"))
    result = place.done("result", "--json").json()["result"]
    assert [(each["votes"], each["blank"]) for each in result] == [([3, 5, 0], None), ([1, 5], 2)]
    stats = quorate("ballot", "stats", place.archive, "--json").json()["stats"]
    assert (stats["weight"], stats["weight_voted"], stats["voted_again"]) == (9, 8, 0)
    assert [tuple(each.values()) for each in stats["weights"]] == [(1, 2, 1), (2, 1, 1), (5, 1, 1)]
    assert "Weights (8 of 9 voted)" in quorate("ballot", "stats", place.archive).out


def test_ranked_ballots_are_shuffled_by_each_trustee_before_they_are_read(tmp_path):
    place = opened(tmp_path, "Ada", "Bo", questions=SITES)
    rankings = {"Anna": "[Quay, Mill]", "Bela": "{Yard: 1, Mill: 1, Quay: 2}", "Cem": "[]"}
    for name, ranking in rankings.items():
        assert place.vote(name, f"- {ranking}\n- No\n").code == 0
    place.done("tally", "--close", "--few")
    assert "not-now" in place.try_to_decrypt(place.key("Ada"), "--json").out
    assert "each ranking could be traced" in place.run("shuffle", "--end").err
    assert "Waiting for Bo." in place.done("shuffle", "Ada").out
    assert place.run("shuffle", "Ada").code == 3
    assert place.run("shuffle", "Eve").code == 2
    assert "the last of all" in place.done("shuffle", "2").out
    for name in ("Ada", "Bo"):
        place.decrypt(place.key(name))
    ranked, budget = place.done("result", "--json").json()["result"]
    counted = Counter(map(tuple, ranked["rankings"]))
    assert counted == {(2, 1, 0): 1, (1, 2, 1): 1, (0, 0, 0): 1}
    assert budget["votes"] == [0, 3]
    assert "1 Quay, 2 Mill" in place.done("result").out
    assert quorate("ballot", "verify", place.archive).code == 0


def test_the_shuffles_can_go_on_without_somebody(tmp_path):
    place = opened(tmp_path, "Ada", "Bo", "Cy", threshold=2, questions=SITES)
    place.vote("Dora", "[[Quay, Mill, Yard], Yes]")
    place.done("tally", "--close", "--few")
    place.done("shuffle", "Cy")
    assert place.run("shuffle").code == 2
    place.done("shuffle", "--end")
    for name in ("Ada", "Cy"):
        place.decrypt(place.key(name))
    ranked, _ = place.done("result", "--json").json()["result"]
    assert ranked["rankings"] == [[2, 1, 3]]


@pytest.mark.parametrize("group", ["BELENIOS-2048", "RFC-3526-2048"])
def test_an_election_in_a_finite_field_comes_to_a_result(tmp_path, group):
    asked = "- question: Adopt?\n  answers: [Yes, No]\n"
    place = opened(tmp_path, "Ada", questions=asked, group=group)
    assert place.vote("Anna", "[Yes]").code == 0
    place.done("tally", "--close", "--few")
    place.decrypt(place.key("Ada"))
    assert place.done("result", "--json").json()["result"][0]["votes"] == [1, 0]
    verified = quorate("ballot", "verify", place.archive, "--json").json()["verified"]
    assert verified["group"] == group


def test_trustees_shuffle_and_decrypt_on_machines_of_their_own(tmp_path):
    place = opened(tmp_path / "box", "Ada", "Bo", questions=SITES)
    place.vote("Anna", "[[Quay, Mill], Yes]")
    place.vote("Bela", "[[Yard], No]")
    place.done("tally", "--close", "--few")
    for name in ("Ada", "Bo"):
        own = place.copy(tmp_path / f"{name} shuffles")
        part = own.root / "part.json"
        assert "not in the archive yet" in own.done("shuffle", name, "--out", part).out
        assert own.archive.read_bytes() == place.archive.read_bytes()
        place.done("shuffle", name, "--part", part)
        assert place.run("shuffle", name, "--part", part).code == 3
    parts = []
    for name in ("Ada", "Bo"):
        own = place.copy(tmp_path / f"{name} decrypts")
        parts.append(own.root / "part.json")
        own.decrypt(own.key(name), "--out", parts[-1])
        assert own.try_to_decrypt(own.key(name), "--out", parts[-1]).code == 2
        place.key(name).unlink()
    bad = tmp_path / "bad.json"
    said = json.loads(parts[0].read_bytes())
    said["decryption_proofs"][0][0]["challenge"] = "1"
    bad.write_bytes(write(said))
    assert place.run("decrypt", "--part", bad).code == 1
    assert place.run("decrypt", "--part", place.archive).code == 2
    assert place.run("decrypt", "--part", parts[0], "--out", bad).code == 2
    assert place.run("decrypt").code == 2
    assert "The part of Bo holds" in place.done("decrypt", "--part", parts[1]).out
    assert place.run("decrypt", "--part", parts[1]).code == 3
    place.done("decrypt", "--part", parts[0])
    ranked, budget = place.done("result", "--json").json()["result"]
    assert sorted(ranked["rankings"]) == [[0, 0, 1], [2, 1, 0]]
    assert budget["votes"] == [1, 1]


def test_a_shuffle_of_other_ballots_is_not_taken(tmp_path):
    place = opened(tmp_path / "box", "Ada", "Bo", questions=SITES)
    place.vote("Anna", "[[Quay, Mill], Yes]")
    place.done("tally", "--close", "--few")
    part = tmp_path / "part.json"
    place.copy(tmp_path / "own").done("shuffle", "Ada", "--out", part)
    place.done("shuffle", "Bo")
    before = place.archive.read_bytes()
    said = place.run("shuffle", "Ada", "--part", part)
    assert (said.code, said.err[:29]) == (1, "unverified: check 6 shuffles:")
    assert place.run("shuffle", "Ada", "--part", part, "--end").code == 2
    assert place.archive.read_bytes() == before


def test_a_weakness_is_told_by_each_step_from_where_it_is_on(tmp_path):
    def told(said):
        return " ".join(WEAKNESSES[Weakness.FEW_SHUFFLES].split()) in " ".join(said.err.split())

    place = opened(tmp_path, "Ada", "Bo", questions=SITES)
    place.vote("Dora", "[[Quay, Mill, Yard], Yes]")
    assert not told(place.done("tally", "--close", "--few"))
    assert not told(place.done("shuffle", "Ada"))
    own = place.copy(tmp_path / "own")
    assert told(place.done("shuffle", "--end"))
    said = own.done("shuffle", "--end", "--json").json()["election"]["warnings"]
    assert said == [{"code": "few-shuffles", "text": WEAKNESSES[Weakness.FEW_SHUFFLES]}]
    assert told(place.done("status"))
    head = place.head()
    before = place.run("decrypt", "--key", place.key("Ada"), "--head", "0" * 24, "--few")
    assert (before.code, told(before)) == (3, True)
    after = place.run("decrypt", "--key", place.key("Ada"), "--head", head, "--few")
    assert (after.code, after.err.count("Not all trustees shuffled")) == (0, 1)
    place.decrypt(place.key("Bo"))
    assert place.done("result", "--json").json()["warnings"] == said
    assert told(place.done("result"))


def next_of(place):
    return [
        tuple(each.values()) for each in place.done("status", "--json").json()["election"]["next"]
    ]


def test_status_names_who_is_awaited_and_gives_them_their_command(tmp_path):
    place, at = Place(tmp_path), f" --dir {tmp_path / 'E'}"
    own = "with a key file of their own; --passphrase too if it is under one"
    assert place.setup("--trustee", "Ada", "--trustee", "Bo Li", questions=SITES).code == 0
    place.issue()
    both = (f"Each of Ada, Bo Li, {own}", f"quorate ballot trustee TRUSTEE --key FILE{at}")
    assert next_of(place) == [both]
    place.trustee("Ada")
    one = (f"Bo Li, {own}", f"quorate ballot trustee 'Bo Li' --key FILE{at}")
    assert next_of(place) == [one]
    place.trustee("Bo Li")
    place.done("open")
    place.done("tally", "--close", "--few")
    each = ("Each of Ada, Bo Li in turn", f"quorate ballot shuffle TRUSTEE{at}")
    assert next_of(place) == [each]
    place.done("shuffle", "Ada")
    assert next_of(place) == [
        ("Bo Li", f"quorate ballot shuffle 'Bo Li'{at}"),
        ("To go on without Bo Li", f"quorate ballot shuffle --end{at}"),
    ]
    place.done("shuffle", "Bo Li")
    decrypt = f"quorate ballot decrypt --key FILE{at}"
    assert next_of(place) == [("Each of Ada, Bo Li, with their key file", decrypt)]
    place.decrypt(place.key("Bo Li"))
    assert next_of(place) == [("Ada, with their key file", decrypt)]


def test_of_a_group_status_says_how_many_are_still_needed(tmp_path):
    place = opened(tmp_path, "Ada", "Bo", "Cy", threshold=2)
    place.done("tally", "--close", "--few")
    assert next_of(place)[0][0] == "2 of Ada, Bo, Cy, with their key file"
    place.decrypt(place.key("Cy"))
    assert next_of(place)[0][0] == "1 of Ada, Bo, with their key file"
    place.decrypt(place.key("Bo"))
    assert next_of(place)[0][0] == "Next"


def test_without_a_command_the_commands_are_listed_as_they_are_needed():
    said = quorate("ballot")
    assert (said.code, said.out, said.err[:7]) == (2, "", "Usage: ")
    listed = [line.split()[0] for line in said.err.partition("Commands:\n")[2].splitlines()]
    assert listed[:4] == ["setup", "credentials", "trustee", "open"]
    for name in listed:
        help_of = quorate("ballot", name, "--help")
        assert (help_of.code, "--json" in help_of.out, "--debug" in help_of.out) == (0, True, True)


def test_nobody_voted(tmp_path):
    place = opened(tmp_path, "Ada", questions=SITES)
    place.done("tally", "--close", "--few")
    place.done("shuffle", "Ada")
    place.decrypt(place.key("Ada"))
    ranked, budget = place.done("result", "--json").json()["result"]
    assert (ranked["rankings"], budget["votes"]) == ([], [0, 0])
    assert "No ballot was cast." in place.done("result").out
    assert quorate("ballot", "verify", place.archive).code == 0
    assert quorate("ballot", "stats", place.archive).code == 0


def test_secrets_are_in_files_for_their_owner_alone_and_are_printed_by_no_command(tmp_path):
    place = opened(tmp_path, "Ada", "Bo", threshold=1)
    said = [place.vote("Anna", "[Ann, Yes]"), place.done("status")]
    said += [place.run("check", "--credential", place.letter("Anna"))]
    said += [place.done("tally", "--close", "--few"), place.decrypt(place.key("Bo"))]
    said += [place.trustee("Ada"), place.done("result"), quorate("ballot", "stats", place.archive)]
    secret = [tmp_path / "letters.csv", place.key("Ada"), place.key("Bo")]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in secret)
    words = [line.rpartition(",")[2] for line in secret[0].read_text().splitlines()[1:]]
    for path in secret[1:]:
        held = json.loads(path.read_text())
        words += [held["seed"], held["private_key"]]
    assert len(words) == 8
    public = "".join(path.read_text("latin-1") for path in place.folder.rglob("*.*"))
    for word in words:
        assert word not in public
        assert not any(word in each.out + each.err for each in said)
