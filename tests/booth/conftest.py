"""One Node for all tests of the booth."""

from collections.abc import Iterator

import pytest

from tests.booth.node import Booth


@pytest.fixture(scope="session")
def booth() -> Iterator[Booth]:
    one = Booth()
    yield one
    one.close()
