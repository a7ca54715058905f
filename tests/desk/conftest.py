"""What tests of the desk in other processes have in common."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgresql import cluster


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store that outlives a process; each of those that are durable."""
    if request.param == "sqlite":
        yield f"sqlite:{tmp_path}/record.sqlite"
        return
    with cluster() as dsn:
        yield dsn
