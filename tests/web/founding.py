"""A server over an empty folder, and the address with the key that it prints."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.web.conftest import Browser, Floor

_address = re.compile(r"http://([\d.]+):(\d+)(/found/\S+)")


class Unfounded(NamedTuple):
    """A floor without an organisation, and the path with its key."""

    floor: Floor
    path: str

    def begun(self) -> Browser:
        """The browser that has begun."""
        browser = self.floor.browser()
        assert browser.get(self.path).status == 200
        assert browser.post(self.path).location == "/found/step/organisation/"
        return browser


@contextmanager
def unfounded(folder: Path) -> Iterator[Unfounded]:
    """Serve a folder without an organisation, until this ends."""
    command = [sys.executable, "-m", "quorate.cli", "serve", "--dir", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            printed = "".join(process.stdout.readline() for _ in range(3))
            found = _address.search(printed)
            assert found is not None, printed
            yield Unfounded(Floor(folder, found[1], int(found[2]), process), found[3])
        finally:
            process.terminate()


def typed(browser: Browser, step: str, to: str = "next", **fields: str):
    """Fill a page in and send it."""
    path = f"/found/step/{step}/"
    browser.get(path)
    return browser.post(path, to=to, **fields)
