"""Carrying letters: each is tried until it is sent or given up, in whatever order posts fail, and never by two at once."""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.canon.fault import Malformed
from quorate.outbox.carrier import PAUSES, Carrier, again_at
from quorate.outbox.letter import Letter, check_letter, is_address
from quorate.outbox.port import Lying, NotSent, Shelf
from quorate.outbox.sole import SoleRight
from tests.outbox.shelf import NOON, MemoryShelf, ShelfContract, letter


class TestMemoryShelf(ShelfContract):
    @pytest.fixture
    def shelf(self) -> Shelf:
        return MemoryShelf()


class Post:
    """Takes letters, but those that it was told to fail as often as it was told; None: for good."""

    def __init__(self, fails: dict[str, int | None]) -> None:
        self.fails, self.taken, self.rests = fails, [], 0
        self.is_away, self.asked = False, 0

    def send(self, lying: Lying) -> None:
        self.asked += 1
        if self.is_away:
            raise NotSent("no server", for_all=True)
        about = lying.letter.about
        left = self.fails.get(about, 0)
        if left is None:
            raise NotSent("no such mailbox", for_good=True)
        if left:
            self.fails[about] = left - 1
            raise NotSent("not now")
        self.taken.append(about)

    def rest(self) -> None:
        self.rests += 1


class Clock:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at


def carried(fails: dict[str, int | None]) -> tuple[Post, Carrier, Clock, MemoryShelf]:
    post, clock, shelf = Post(fails), Clock(), MemoryShelf()
    shelf.put([letter("ada"), letter("bea"), letter("cem")], NOON)
    return post, Carrier(shelf, post, clock.now), clock, shelf


def test_letters_are_carried_once_and_then_the_post_rests() -> None:
    post, carrier, _, _ = carried({})
    assert carrier.carry() == 3
    assert carrier.carry() == 0
    assert (post.taken, post.rests) == (["ada", "bea", "cem"], 2)


def test_letter_that_fails_waits_longer_each_time_and_holds_up_no_other() -> None:
    post, carrier, clock, _ = carried({"ada": 2})
    assert carrier.carry() == 2
    clock.at += PAUSES[0] - timedelta(seconds=1)
    assert carrier.carry() == 0
    clock.at += timedelta(seconds=1)
    assert carrier.carry() == 0
    clock.at += PAUSES[1]
    assert carrier.carry() == 1
    assert post.taken == ["bea", "cem", "ada"]


def test_post_that_is_away_is_asked_for_one_letter_and_then_less_and_less_often() -> None:
    post, carrier, clock, _ = carried({})
    post.is_away = True
    pauses = [carrier.pause]
    for _ in range(10):
        asked = post.asked
        assert carrier.carry() == 0
        assert post.asked == asked + 1
        pauses.append(carrier.pause)
    assert pauses[:3] == [5.0, 10.0, 20.0]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 600.0
    post.is_away = False
    assert carrier.carry() == 3  # and no letter was given up meanwhile
    assert carrier.pause == 5.0
    assert clock.at == NOON


def test_letter_is_given_up_after_the_last_pause_or_at_once_if_it_is_no_use() -> None:
    post, carrier, clock, shelf = carried({"ada": 100, "bea": None})
    for _ in range(len(PAUSES) + 3):
        carrier.carry()
        clock.at += PAUSES[-1]
    assert post.taken == ["cem"]
    assert post.fails["ada"] == 100 - len(PAUSES) - 1
    assert [place.due_at for place in shelf.places] == [None, None, None]


@given(st.integers(1, 20))
def test_pauses_grow_and_end(tries: int) -> None:
    due = again_at(tries, NOON)
    before = again_at(tries - 1, NOON) if tries > 1 else NOON
    assert due is None or (before is not None and due > before)
    assert (due is None) == (tries > len(PAUSES))


def test_thread_carries_what_it_is_called_for_and_what_a_dead_one_left() -> None:
    post, carrier, _, shelf = carried({})
    shelf.take(NOON)  # and died
    carrier.begin()
    carrier.call()
    for _ in range(1000):
        if len(post.taken) == 3:
            break
        carrier._thread.join(0.01)
    carrier.end()
    assert sorted(post.taken) == ["ada", "bea", "cem"]


def test_one_process_alone_may_carry(tmp_path: Path) -> None:
    path = tmp_path / "mail.lock"
    program = f"from quorate.outbox.sole import SoleRight; from pathlib import Path; print(SoleRight(Path({str(path)!r})).take())"

    def another() -> str:
        asked = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        return asked.stdout.strip()

    mine = SoleRight(path)
    assert mine.take()
    second = SoleRight(path)
    assert not second.take()
    assert another() == "False"
    mine.give_up()
    assert another() == "True"
    assert second.take()
    second.give_up()


@pytest.mark.parametrize(
    "to",
    [
        "ada",
        "ada@",
        "@example.org",
        "ada@example",
        "a b@example.org",
        "a@b.org,c@d.org",
        "a@b.org\n",
        "<a@b.org>",
        f"{'a' * 250}@b.org",
    ],
)
def test_what_is_no_address_is_not_written_to(to: str) -> None:
    assert not is_address(to)
    with pytest.raises(Malformed) as caught:
        check_letter(Letter(to, "Come in", "a secret"))
    assert str(caught.value) == "an address for mail: expected one such as ada@example.org"


@pytest.mark.parametrize("to", ["ada@example.org", "a.b+c@mail.example.org", "zoë@exämple.org"])
def test_address_is_one(to: str) -> None:
    assert check_letter(Letter(to, "Come in", "")).to == to


def test_subject_is_one_line() -> None:
    with pytest.raises(Malformed):
        check_letter(Letter("ada@example.org", "Hello\nBcc: eve@example.org", ""))
