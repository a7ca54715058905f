"""The archives of secret ballots beside an exported record (check 14).

Not everybody who may read a record may read its archives, so a missing one is counted and is no failure; one that is
there must hold. The record has its hash, so no other can be put in its place.
"""

from collections.abc import Iterable
from concurrent.futures import Executor
from io import BytesIO
from typing import NamedTuple

from quorate.assembly.model.division import Division
from quorate.audit.ballots import Archive, check_result, read_archive
from quorate.audit.check import Check
from quorate.ballots.weakness import Weakness
from quorate.canon.fault import Malformed, Unverified
from quorate.record.tiles import Read


class Archives(NamedTuple):
    """What became of the archives of an export."""

    checked: int
    """Those that hold to the last proof."""
    missing: int
    """Those that are not here."""
    weaknesses: tuple[tuple[str, Weakness], ...]
    """Of those that hold, by the id of their division."""


def archive_path(division: str) -> str:
    """The path of the archive of a division in an export: `ballots/<division>.bel`."""
    return f"ballots/{division}.bel"


def check_archives(
    read: Read, divisions: Iterable[Division], executor: Executor | None = None
) -> Archives:
    """What became of the archives of divisions. Each is in memory while it is checked.

    Raises:
        Unverified: one does not hold, or is not that of its division; says which of its own checks failed.
    """
    checked = missing = 0
    weaknesses: list[tuple[str, Weakness]] = []
    for division in divisions:
        path = archive_path(division.id)
        try:
            data = read(path)
        except Malformed:
            missing += 1
            continue
        archive = _check(division, path, data, executor)
        weaknesses += [(division.id, each) for each in archive.weaknesses]
        checked += 1
    return Archives(checked, missing, tuple(weaknesses))


def _check(division: Division, path: str, data: bytes, executor: Executor | None) -> Archive:
    try:
        archive = read_archive(BytesIO(data), executor)
    except (Malformed, Unverified) as error:
        raise Unverified(Check.BALLOTS.value, f"{path}: {error}") from error
    (figures,) = division.counts.values()
    check_result(division, division.archive, figures, archive)
    return archive
