"""The contract of a shelf, which every one of them passes, and the smallest: a list in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from quorate.outbox.letter import Letter
from quorate.outbox.port import Lying, Shelf

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass
class _Place:
    letter: Letter
    due_at: datetime | None
    taken: bool = False
    tries: int = 0


@dataclass
class MemoryShelf:
    """Letters in a list."""

    places: list[_Place] = field(default_factory=list)

    def put(self, letters: Sequence[Letter], now: datetime) -> None:
        self.places += [_Place(each, now) for each in letters]

    def take(self, now: datetime) -> Lying | None:
        due = [
            (not place.letter.urgent, place.due_at, key)
            for key, place in enumerate(self.places)
            if place.due_at is not None and place.due_at <= now and not place.taken
        ]
        if not due:
            return None
        key = min(due)[2]
        place = self.places[key]
        place.taken = True
        return Lying(key, place.letter, f"<{key}@example.org>", place.tries)

    def put_down(self, key: int, why: str, again_at: datetime | None) -> None:
        place = self.places[key]
        place.taken, place.due_at, place.tries = False, again_at, place.tries + 1

    def hand_back(self, key: int, why: str) -> None:
        self.places[key].taken = False

    def sent(self, key: int, now: datetime) -> None:
        self.places[key] = _Place(Letter("", "", ""), None)

    def recover(self, now: datetime) -> int:
        taken = [place for place in self.places if place.taken]
        for place in taken:
            place.taken, place.due_at = False, now
        return len(taken)


def letter(to: str, *, urgent: bool = False) -> Letter:
    return Letter(f"{to}@example.org", "Come in", f"for {to}", about=to, urgent=urgent)


class ShelfContract:
    """What holds for every shelf."""

    @pytest.fixture
    def shelf(self) -> Shelf:
        raise NotImplementedError

    def test_letters_are_taken_in_order_and_urgent_ones_first(self, shelf: Shelf) -> None:
        shelf.put([letter("ada"), letter("bea")], NOON)
        shelf.put([letter("cem", urgent=True)], NOON + MINUTE)
        taken = [shelf.take(NOON + MINUTE) for _ in range(4)]
        assert [each and each.letter.about for each in taken] == ["cem", "ada", "bea", None]
        assert taken[0] is not None
        assert taken[0].letter == letter("cem", urgent=True)

    def test_letter_is_taken_by_nobody_else_until_it_is_put_down(self, shelf: Shelf) -> None:
        shelf.put([letter("ada")], NOON)
        first = shelf.take(NOON)
        assert first is not None
        assert shelf.take(NOON + 100 * MINUTE) is None
        shelf.put_down(first.key, "nobody there", NOON + 5 * MINUTE)
        assert shelf.take(NOON + 4 * MINUTE) is None
        second = shelf.take(NOON + 5 * MINUTE)
        assert second is not None
        assert (second.tries, second.message_id) == (1, first.message_id)

    def test_letter_that_is_handed_back_lies_where_it_lay(self, shelf: Shelf) -> None:
        shelf.put([letter("ada"), letter("bea")], NOON)
        first = shelf.take(NOON)
        assert first is not None
        shelf.hand_back(first.key, "no server")
        assert shelf.take(NOON) == first

    def test_letter_that_was_sent_or_given_up_is_not_taken_again(self, shelf: Shelf) -> None:
        shelf.put([letter("ada"), letter("bea")], NOON)
        ada, bea = shelf.take(NOON), shelf.take(NOON)
        assert ada is not None
        assert bea is not None
        shelf.sent(ada.key, NOON)
        shelf.put_down(bea.key, "no such mailbox", None)
        assert shelf.recover(NOON) == 0
        assert shelf.take(NOON + 100 * MINUTE) is None

    def test_what_a_dead_carrier_had_taken_is_due_again(self, shelf: Shelf) -> None:
        shelf.put([letter("ada"), letter("bea")], NOON)
        shelf.take(NOON)
        assert shelf.recover(NOON + MINUTE) == 1
        left = [shelf.take(NOON + MINUTE) for _ in range(3)]
        assert sorted(each.letter.about for each in left if each) == ["ada", "bea"]
