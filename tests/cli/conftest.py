"""One co-operative for all tests of the commands."""

from pathlib import Path

import pytest

from tests.cli.terminal import board, found


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> list[Path]:
    """Where the co-operative was made."""
    made: list[Path] = []
    board(tmp_path_factory.mktemp("made") / "copy", made)
    return made


@pytest.fixture
def coop(tmp_path, made) -> Path:
    """The co-operative after the first meeting of its board."""
    return board(tmp_path / "coop", made)


@pytest.fixture
def young(tmp_path) -> Path:
    """The co-operative just founded."""
    folder = tmp_path / "young"
    assert found(folder).code == 0
    return folder
