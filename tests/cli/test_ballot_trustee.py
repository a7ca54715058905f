"""Trustees make their keys: step by step, interrupted, with the wrong file, and with one of them who cheats."""

import json
import os
import stat

import pytest

from quorate.ballots.channel import seal, secrets_of
from quorate.ballots.groups import find_group
from quorate.ballots.wire import write
from tests.cli.election import Place, opened

GROUP = find_group("Ed25519")


@pytest.fixture
def place(tmp_path) -> Place:
    """Three trustees, two of whom will be enough."""
    place = Place(tmp_path)
    names = [word for name in ("Ada", "Bo", "Cy") for word in ("--trustee", name)]
    assert place.setup(*names, "--threshold", 2).code == 0
    return place


def steps(place: Place, count: int) -> None:
    """All three do so many steps."""
    for _ in range(count):
        for name in ("Ada", "Bo", "Cy"):
            assert place.trustee(name).code == 0


def test_each_step_waits_for_the_others_and_says_for_whom(place):
    said = place.trustee("Ada")
    assert "step 1 of 3 is done (certificate)" in said.out
    assert "Waiting for Bo, Cy." in said.out
    place.trustee("Bo")
    assert "step 2 of 3" in place.trustee("Cy").out
    assert "Waiting for Bo." in place.trustee("Ada").out
    assert "your key is made" in place.trustee("Bo").out
    assert "Waiting for Ada, Cy." in place.done("status").out
    steps(place, 1)
    assert place.done("status", "--json").json()["election"]["waiting_for"] == []


def test_a_step_repeated_changes_nothing(place):
    for _ in range(3):
        for name in ("Ada", "Bo", "Cy"):
            assert place.trustee(name).code == 0
            kept = {path: path.read_bytes() for path in place.root.rglob("*") if path.is_file()}
            assert place.trustee(name).code == 0
            assert {path: path.read_bytes() for path in kept} == kept


def test_a_trustee_goes_on_after_a_crash_between_any_two_writings(place):
    parts = place.folder / "trustees"
    assert place.trustee("Ada").code == 0
    (parts / "1-certificate.json").unlink()
    assert place.trustee("Ada").code == 0
    seed = json.loads(place.key("Ada").read_text())["seed"]
    steps(place, 3)
    key = json.loads(place.key("Ada").read_text())
    assert key["seed"] == seed
    del (early := dict(key))["private_key"]
    place.key("Ada").write_text(json.dumps(early))
    assert place.trustee("Ada").code == 0
    assert json.loads(place.key("Ada").read_text()) == key
    assert stat.S_IMODE(place.key("Ada").stat().st_mode) == 0o600


def test_a_single_trustee_goes_on_after_a_crash_too(tmp_path):
    place = Place(tmp_path)
    place.setup("--trustee", "Ada")
    place.trustee("Ada")
    key = place.key("Ada").read_bytes()
    (place.folder / "trustees/1-key.json").unlink()
    assert place.trustee("Ada").code == 0
    assert place.trustee("Ada").code == 0
    assert place.key("Ada").read_bytes() == key
    place.issue()
    assert place.run("open").code == 0


@pytest.mark.parametrize("threshold", [(), ("--threshold", "1")])
def test_a_key_file_is_for_one_election_and_one_trustee(tmp_path, threshold):
    places = [Place(tmp_path / name) for name in ("first", "second")]
    for place in places:
        place.root.mkdir()
        place.setup("--trustee", "Ada", "--trustee", "Bo", *threshold)
    assert places[0].trustee("Ada").code == 0
    key = places[0].key("Ada")
    for place, name in ((places[1], "Ada"), (places[0], "Bo"), (places[1], "Bo")):
        said = place.run("trustee", name, "--key", key)
        assert (said.code, f"the key file of {name} for this election" in said.err) == (2, True)
    assert not list((places[1].folder / "trustees").iterdir())


def test_a_key_file_of_the_tool_decrypts_too(tmp_path):
    place = opened(tmp_path, "Ada")
    place.vote("Anna", "[Ann, Yes]")
    place.done("tally", "--close", "--few")
    plain = json.dumps(json.loads(place.key("Ada").read_text())["private_key"])
    place.decrypt(place.file("tool.key", plain))
    place.done("result")


def test_the_fingerprint_that_a_trustee_writes_down_is_beside_the_name_when_the_box_is_open(place):
    steps(place, 2)
    written = {name: place.trustee(name).out for name in ("Ada", "Bo", "Cy")}
    place.issue()
    place.done("open")
    trustees = place.done("status", "--json").json()["election"]["trustees"]
    assert [each["name"] for each in trustees] == ["Ada", "Bo", "Cy"]
    for each in trustees:
        assert each["fingerprint"] in written[each["name"]]
    assert len({each["fingerprint"] for each in trustees}) == 3


def test_a_wrong_share_names_the_trustee_who_sent_it(place):
    steps(place, 2)
    path = place.folder / "trustees/2-polynomial.json"
    sent = json.loads(path.read_bytes())
    seed = json.loads(place.key("Bo").read_text())["seed"]
    own, to = (certificate(place, i)["encryption"] for i in (2, 1))
    assert own != to
    share = seal(
        GROUP,
        secrets_of(GROUP, seed).signing,
        GROUP.element(to),
        '{"secret":"7"}',
        lambda count: b"\x07" * count,
    )
    sent["secrets"][0] = share
    path.write_bytes(write(sent))
    said = place.trustee("Ada")
    assert said.code == 1
    assert said.err.startswith(
        "unverified: check 2 trustees: trustee 2: Bo: the share for trustee 1 is not on the"
    )
    assert "hint: ask Bo" in said.err
    assert place.trustee("Cy").code == 0


def test_who_publishes_another_polynomial_than_the_others_were_given_is_named(
    place, tmp_path_factory
):
    """Cy's machine has the one; when all have their keys, the other lies in the folder."""
    steps(place, 2)
    path = place.folder / "trustees/1-polynomial.json"
    path.unlink()
    other = place.copy(tmp_path_factory.mktemp("other") / "root")
    for each in (other, place):
        assert each.trustee("Ada").code == 0
    assert other.trustee("Cy").code == 0
    key = "trustees/3-key.json"
    (place.folder / key).write_bytes((other.folder / key).read_bytes())
    steps(place, 1)
    place.issue()
    said = place.run("open")
    assert said.code == 1
    assert said.err.startswith("unverified: check 2 trustees: trustee 1: Ada: it signed two poly")
    assert "hint: ask Ada" in said.err
    assert not list(place.folder.glob("*.bel"))


def certificate(place: Place, number: int) -> dict[str, str]:
    """What a certificate says."""
    data = (place.folder / f"trustees/{number}-certificate.json").read_bytes()
    return dict(json.loads(json.loads(data)["message"]))


def test_a_certificate_that_somebody_swapped_names_its_trustee(place):
    steps(place, 1)
    one, two = (place.folder / f"trustees/{i}-certificate.json" for i in (1, 2))
    two.write_bytes(one.read_bytes())
    said = place.trustee("Cy")
    assert (said.code, "trustee 2: Bo: " in said.err) == (1, True), said


def test_a_broken_part_names_its_trustee_and_opens_nothing(place):
    steps(place, 3)
    place.issue()
    path = place.folder / "trustees/3-key.json"
    path.write_bytes((place.folder / "trustees/1-key.json").read_bytes())
    said = place.run("open")
    assert (said.code, "trustee 3" in said.err) == (1, True), said
    path.write_text("{}")
    assert place.run("open").code in {1, 2}
    assert not list(place.folder.glob("*.bel"))


def test_a_key_file_of_somebody_else_or_none_is_not_taken(place):
    steps(place, 1)
    wrong = place.run("trustee", "Ada", "--key", place.key("Bo"))
    assert (wrong.code, "the key file of Ada for this election" in wrong.err) == (2, True), wrong
    other = place.file("other.key", "YK1dZ-aUX7Yk-zDdZR-qURwnX")
    said = place.run("trustee", "Ada", "--key", other)
    assert (said.code, "YK1dZ" in said.err) == (2, False), said
    lost = place.run("trustee", "Ada", "--key", place.root / "nothing")
    assert (lost.code, "if it is lost, all begin again" in lost.err) == (2, True)
    assert not (place.root / "nothing").exists()
    unknown = place.run("trustee", "Eve", "--key", place.root / "eve.key")
    assert (unknown.code, "there are 1 Ada, 2 Bo, 3 Cy" in unknown.err) == (2, True)
    assert not (place.root / "eve.key").exists()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o602, 0o601, 0o666])
def test_a_key_file_that_others_may_read_or_write_is_refused(place, mode):
    steps(place, 1)
    before = {path: path.read_bytes() for path in place.root.rglob("*") if path.is_file()}
    place.key("Ada").chmod(mode)
    said = place.trustee("Ada")
    assert (said.code, "that only its owner can read" in " ".join(said.err.split())) == (2, True)
    assert said.err.count("chmod 600") == 1
    assert {path: path.read_bytes() for path in before} == before
    place.key("Ada").chmod(0o600)
    assert place.trustee("Ada").code == 0


def test_a_key_file_is_kept_outside_the_folder_which_may_be_public(place):
    (place.root / "link").symlink_to(place.folder / "Ada.key")
    (place.root / "E2").mkdir()
    for inside in (place.folder / "Ada.key", place.folder / "trustees/x", place.root / "link"):
        said = place.run("trustee", "Ada", "--key", inside)
        assert (said.code, "a key file outside the election's folder" in said.err) == (2, True)
        assert not inside.exists()
    assert not list((place.folder / "trustees").iterdir())
    assert place.run("trustee", "Ada", "--key", place.root / "E2/Ada.key").code == 0
    (place.root / "E2/Ada.key").rename(place.folder / "Ada.key")
    for words in (("trustee", "Ada"), ("decrypt", "--head", "0" * 24)):
        assert place.run(*words, "--key", place.folder / "Ada.key").code in {2, 3}
    (place.folder / "Ada.key").rename(place.key("Ada"))
    steps(place, 3)
    place.issue()
    place.done("open")
    place.done("tally", "--close", "--few")
    place.key("Ada").rename(place.folder / "Ada.key")
    said = place.try_to_decrypt(place.folder / "Ada.key")
    assert (said.code, "a key file outside the election's folder" in said.err) == (2, True)


def test_fingerprints_of_trustees_have_96_bits(place):
    steps(place, 3)
    for each in place.done("status", "--json").json()["election"]["trustees"]:
        digits = each["fingerprint"].split()
        assert [len(four) for four in digits] == [4] * 6
        assert set("".join(digits)) <= set("0123456789abcdef")


def test_a_key_file_that_is_no_file_is_refused_and_not_waited_for(place):
    os.mkfifo(place.root / "pipe", 0o600)
    for none in (place.root / "pipe", place.root):
        said = place.run("trustee", "Ada", "--key", none)
        assert (said.code, "expected a re" in said.err) == (2, True), said


def test_a_key_file_before_the_end_of_the_ceremony_decrypts_nothing(place):
    steps(place, 3)
    place.issue()
    place.done("open")
    place.done("tally", "--close", "--few")
    key = json.loads(place.key("Ada").read_text())
    seed = key["seed"]
    early = place.file("early.key", json.dumps({**key, "private_key": ""}))
    said = place.try_to_decrypt(early)
    assert (said.code, "come to its end" in said.err) == (2, True)
    for wrong in ("", "1", '"1"', "[]", "{}", '"x"', f'"{GROUP.order}"', "x" * 5000):
        said = place.try_to_decrypt(place.file("wrong.key", wrong))
        assert (said.code, seed in said.err) == (2, False), wrong


def test_a_ceremony_begins_again_when_a_key_file_is_lost(place):
    steps(place, 2)
    for name in ("Ada", "Bo", "Cy"):
        place.key(name).unlink()
    for path in (place.folder / "trustees").iterdir():
        path.unlink()
    steps(place, 3)
    place.issue()
    place.done("open")
