"""Long lists by pages, and things by their id: what is not this reader's is as if there were none."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.http import Http404, HttpRequest

from quorate.reading.page import Span
from quorate.reading.reader import Reader

T = TypeVar("T")
SHOWN = 50
"""Of a list, so many stand on a page."""


def span_of(request: HttpRequest, count: int = SHOWN) -> Span:
    """The part of a list that an address asks for, by `first`."""
    first = request.GET.get("first", "0")
    return Span(int(first) if first.isdecimal() and len(first) < 8 else 0, count)


def seen(reader: Reader, register: Mapping[str, T], key: str) -> T:
    """The thing of an id, if this reader may see it.

    Raises:
        Http404: there is none, or it is not theirs to see.
    """
    thing: Any = register.get(key)
    if thing is None or not reader.sees(thing.body, getattr(thing, "meeting", "")):
        raise Http404
    found: T = thing
    return found
