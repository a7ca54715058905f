"""The sentence of an event: one function for each kind, found by the class of the event."""

from functools import singledispatch

from quorate.assembly.act import Event, kind_of
from quorate.reading.words.subjects import Names


@singledispatch
def sentence(event: Event, names: Names) -> str:  # every kind has the same signature
    """The sentence of an event, empty for what is not worth telling."""
    msg = f"{kind_of(type(event))} cannot be told"
    raise NotImplementedError(msg)
