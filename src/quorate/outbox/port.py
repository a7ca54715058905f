"""The ports of the outbox: the shelf on which letters lie, and the post that takes them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from quorate.outbox.letter import Letter


class Lying(NamedTuple):
    """A letter on the shelf."""

    key: int
    letter: Letter
    message_id: str
    """The same at every try, so that a mailbox which gets a letter twice can tell."""
    tries: int
    """How often it was tried before."""


class NotSent(Exception):  # the answer of a post, not an error of the program
    """The post did not take a letter; `why` says so without its text or its address."""

    def __init__(self, why: str, *, for_good: bool = False, for_all: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.for_good = for_good
        """Whether it is no use trying again: there is no such mailbox."""
        self.for_all = for_all
        """Whether no letter would be taken: the server cannot be reached. Then it is not the letter's fault."""


class Shelf(Protocol):
    """Where letters lie until they are sent; what it has said to be done is durable."""

    def put(self, letters: Sequence[Letter], now: datetime) -> None:
        """Have letters lie there, all or none."""

    def take(self, now: datetime) -> Lying | None:
        """The next letter that is due, urgent ones first, marked as taken: nobody else gets it until it is put down."""

    def put_down(self, key: int, why: str, again_at: datetime | None) -> None:
        """Note that a letter was not sent, and when it is due again; None: never, but it can be asked for by hand."""

    def hand_back(self, key: int, why: str) -> None:
        """Have a letter due again as it was before it was taken, and note why; it does not count as a try."""

    def sent(self, key: int, now: datetime) -> None:
        """Note that a letter was sent, and forget its text."""

    def recover(self, now: datetime) -> int:
        """Have due again what somebody has taken who is no more; returns how many letters that are."""


class Post(Protocol):
    """What takes letters."""

    def send(self, lying: Lying) -> None:
        """Hand a letter over.

        Raises:
            NotSent: it was not taken.
        """

    def rest(self) -> None:
        """Let go of what is held between letters: for now no more come."""
