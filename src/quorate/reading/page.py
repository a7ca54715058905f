"""Long lists by parts: a span of a list, and what stands in it. What is not in the span costs next to nothing."""

from collections.abc import Callable, Collection, Iterable
from itertools import islice
from typing import Generic, TypeVar

from msgspec import Struct

S = TypeVar("S")
T = TypeVar("T")


class Span(Struct, frozen=True):
    """The part of a list that is asked for: from which place on, counted from 0, and how many at most."""

    first: int = 0
    count: int | None = None
    """None for all that follow."""

    def of(self, things: Iterable[S]) -> Iterable[S]:
        """The things in it. Cost: those before it are passed over, at some 5 ns each."""
        end = None if self.count is None else self.first + self.count
        return islice(things, self.first, end)


ALL = Span()
"""The whole list."""


class Page(Struct, Generic[T], frozen=True, kw_only=True):
    """A part of a list."""

    items: list[T]
    first: int
    """The place of the first of them in the list, counted from 0."""
    total: int
    """How many the list has in all."""

    @property
    def more(self) -> int:
        """How many come after it."""
        return max(self.total - self.first - len(self.items), 0)


def page_of(things: Collection[S], span: Span, view: Callable[[S], T]) -> Page[T]:
    """The part of a list that stands in a span, each thing as it is viewed; only those in it are."""
    items = [view(each) for each in span.of(things)]
    return Page(items=items, first=span.first, total=len(things))
