"""The bundle of the booth in Node, asked from here; what it refuses is raised as `Fault`."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

BOOTH = Path(__file__).parents[2] / "booth"
BUNDLE = BOOTH / "dist" / "booth.js"
DRIVER = Path(__file__).parent / "driver.mjs"


class Fault(Exception):
    """A BoothError: where, what was expected, what to do."""

    def __init__(self, fault: dict[str, str]) -> None:
        super().__init__(fault["message"])
        assert fault["name"] == "BoothError"
        self.where = fault["where"]
        self.expected = fault["expected"]
        self.hint = fault["hint"]


def node() -> str:
    """The path of Node; without it the test fails, and says what to install."""
    return shutil.which("node") or pytest.fail("there is no node here: apt-get install nodejs npm")


class Booth:
    """Node with the bundle in it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [node(), str(DRIVER), BUNDLE.as_uri()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def close(self) -> None:
        self._process.communicate()

    def open(self, election: bytes) -> dict[str, Any]:
        return dict(self._ask("open", election=election.hex()))

    def style(self, credential: object) -> str:
        return str(self._ask("style", credential=credential))

    def publish(self, election: bytes, credential: str) -> str:
        return str(self._ask("publish", election=election.hex(), credential=credential))

    def make(self, election: bytes, credential: object, answers: object, **more: str) -> Any:
        """The ballot and its tracker; `entropy` in hexadecimal."""
        return self._ask(
            "make", election=election.hex(), credential=credential, answers=answers, **more
        )

    def _ask(self, what: str, **rest: object) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"what": what, **rest}) + "\n")
        self._process.stdin.flush()
        said = json.loads(self._process.stdout.readline())
        assert "crash" not in said, said
        if "fault" in said:
            raise Fault(said["fault"])
        return said["done"]
