"""The command line on PostgreSQL: the same record, kept elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.terminal import quorate
from tests.postgresql import cluster

pytestmark = pytest.mark.postgresql


@pytest.fixture(scope="module")
def dsn() -> Iterator[str]:
    with cluster() as address:
        yield address


def test_an_organisation_lives_in_a_schema_of_its_own(dsn: str, tmp_path: Path) -> None:
    for name in ("union", "club"):
        joint = "&" if "?" in dsn else "?"
        address = tmp_path / f"{name}.dsn"
        address.write_text(f"{dsn}{joint}schema={name}\n")
        at = ("--dir", str(tmp_path / name))
        founded = quorate(
            "init", *at, "--name", name.title(), "--origin", f"records.example.org/{name}",
            "--store-file", str(address), "--clerk", "Ada",
        )  # fmt: skip
        assert founded.code == 0, founded.err
        acted = quorate(
            "act", "establish-body", *at, "--set", f"body={name}-committee", "--set", "name=It"
        )
        assert acted.code == 0, acted.err
        shown = quorate("show", "body", *at, "--json")
        assert f"{name}-committee" in shown.out
        other = "club" if name == "union" else "union"
        assert f"{other}-committee" not in shown.out
        assert quorate("export", str(tmp_path / f"{name}-export"), *at).code == 0
        key = str(tmp_path / name / "log.vkey")
        assert quorate("verify", str(tmp_path / f"{name}-export"), "--key", key).code == 0
