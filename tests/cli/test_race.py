"""Two act at once, and both were in order when they looked: who came second is told who was first, and of what."""

import pytest

from quorate.cli import act as command
from quorate.script.rehearsal import carry_out
from tests.cli.terminal import quorate

AT = ("--at", "2026-11-25 09:00")
GARDEN = ("act", "establish-body", "--set", "body=garden", "--set", "name=The garden group", *AT)


@pytest.fixture
def beaten(coop, monkeypatch):
    """Have others act in the moment between a rehearsal and the act."""

    def beat(*others: tuple[object, ...]) -> None:
        left = list(others)

        def after_the_others(*given, **more):
            acts, left[:] = left[:], []
            for each in acts:
                done = quorate(*each, "--dir", coop)
                assert done.code == 0, done
            return carry_out(*given, **more)

        monkeypatch.setattr(command, "carry_out", after_the_others)

    return beat


def test_who_came_second_is_refused_and_told_who_was_first(coop, beaten) -> None:
    beaten((*GARDEN, "--by", "ada"))
    said = quorate(*GARDEN, "--by", "ada", "--dir", coop)
    assert said.code == 3
    told = " ".join(said.err.split())
    assert told.startswith("refused: ")
    assert "others were first: Ada, entry 41 (Set up: the garden group)" in told
    assert "nothing is recorded" in told
    assert "p-" not in told


def test_it_is_a_refusal_in_json_too(coop, beaten) -> None:
    beaten(GARDEN)
    said = quorate(*GARDEN, "--json", "--dir", coop)
    assert said.code == 3
    error = said.json()["error"]
    assert (error["family"], error["code"]) == ("refused", "exists")
    assert "others were first" in error["message"]


def test_of_many_the_newest_are_told(coop, beaten) -> None:
    beaten(
        *[
            ("act", "establish-body", "--set", f"body=b-{n}", "--set", f"name=B {n}", *AT)
            for n in range(5)
        ],
        GARDEN,
    )
    told = " ".join(quorate(*GARDEN, "--dir", coop).err.split())
    assert "others were first: 3 more; Ada, entry " in told
    assert "B 3" in told
    assert "B 2" not in told


def test_who_is_not_in_the_way_is_no_loser(coop, beaten) -> None:
    beaten(("act", "establish-body", "--set", "name=Another", *AT))
    assert quorate(*GARDEN, "--dir", coop).code == 0


def test_an_erasure_that_others_made_first_is_refused(coop, beaten) -> None:
    erase = ("erase", "6", "person", "--ground", "personal-data", *AT)
    beaten(erase)
    said = quorate(*erase, "--dir", coop)
    assert said.code == 3, said
    assert "others were first" in " ".join(said.err.split())
