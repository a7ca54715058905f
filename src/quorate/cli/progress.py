"""A progress bar on standard error, where that is a terminal and there is something to wait for; else nothing."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module

SOON = 0.3
"""Seconds that pass without a bar: what is done by then needs none."""


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A function to be told how many are done, of how many; None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    begun = time.monotonic()
    bars: list[Callable[[int, int], None]] = []
    with ExitStack() as stack:

        def tell(done: int, total: int) -> None:
            if not bars and time.monotonic() - begun > SOON:
                # What draws it takes longer to import than most commands need for all they do.
                shown = import_module("quorate.cli.bar").shown
                bars.append(stack.enter_context(shown(what)))
            for bar in bars:
                bar(done, total)

        yield tell
