"""The witnesses: belenios-tool as this machine packages it, and those of newer suites where `make conformance` unpacked them."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conformance.scenario import EDGES, SCENARIOS
from tests.conformance.tool import Tool, open_tool

UNPACKED = Path(__file__).parents[2] / "build" / "witness"
INSTALLED = "installed"
NEWER = ("trixie", "sid")
WITNESSES = (
    INSTALLED,
    *(each for each in NEWER if (UNPACKED / each / "belenios-tool").exists()),
)


@cache
def find_tool(witness: str) -> Tool | None:
    """A witness, if it is here."""
    unpacked = UNPACKED / witness / "belenios-tool"
    found = shutil.which("belenios-tool") if witness == INSTALLED else str(unpacked)
    return open_tool(Path(found)) if found and Path(found).exists() else None


def need_tool(witness: str) -> Tool:
    """A witness; the installed one has to be here."""
    if tool := find_tool(witness):
        return tool
    pytest.fail("belenios-tool is missing (as root: apt-get install belenios-tool)")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`tool` is every witness; with `scenario` and `group`, each election that it can hold, or with `edge` and `group` each odd one."""
    if "scenario" in metafunc.fixturenames:
        metafunc.parametrize(("witness", "scenario", "group"), list(elections()))
    elif "edge" in metafunc.fixturenames:
        metafunc.parametrize(("witness", "edge", "group"), list(edges()))
    elif "group" in metafunc.fixturenames:
        metafunc.parametrize(("witness", "group"), list(groups()))
    elif "witness" in metafunc.fixturenames:
        metafunc.parametrize("witness", WITNESSES)


def elections() -> Iterator[object]:
    for witness in WITNESSES:
        tool = find_tool(witness)
        for scenario in SCENARIOS:
            for group in scenario.groups:
                if tool is None or group in tool.groups:
                    yield pytest.param(witness, scenario, group, id=f"{witness}-{scenario}-{group}")


def edges() -> Iterator[object]:
    for witness in WITNESSES:
        tool = find_tool(witness)
        for edge in EDGES:
            known = [each for each in edge.groups if tool is None or each in tool.groups]
            yield pytest.param(witness, edge, known[-1], id=f"{witness}-{edge}".replace(" ", "-"))


def groups() -> Iterator[object]:
    for witness in WITNESSES:
        tool = find_tool(witness)
        for group in tool.groups if tool else ("any",):
            yield pytest.param(witness, group, id=f"{witness}-{group}")


@pytest.fixture
def tool(witness: str) -> Tool:
    return need_tool(witness)
