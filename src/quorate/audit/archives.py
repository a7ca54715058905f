"""The archives of secret ballots beside an exported record (check 14).

Not everybody who may read a record may read its archives, so a missing one is counted and is no failure; one that is
there must hold. The record has its hash, so no other can be put in its place.
"""

from collections.abc import Iterable
from concurrent.futures import Executor
from io import BytesIO

from quorate.assembly.model.division import Division
from quorate.audit.ballots import check_result, read_archive
from quorate.audit.check import Check
from quorate.canon.fault import Malformed, Unverified
from quorate.record.tiles import Read


def archive_path(division: str) -> str:
    """The path of the archive of a division in an export: `ballots/<division>.bel`."""
    return f"ballots/{division}.bel"


def check_archives(
    read: Read, divisions: Iterable[Division], executor: Executor | None = None
) -> tuple[int, int]:
    """The number of archives that hold to the last proof, and of those not here. Each is in memory while it is checked.

    Raises:
        Unverified: one does not hold, or is not that of its division; says which of its own checks failed.
    """
    checked = missing = 0
    for division in divisions:
        path = archive_path(division.id)
        try:
            data = read(path)
        except Malformed:
            missing += 1
            continue
        _check(division, path, data, executor)
        checked += 1
    return checked, missing


def _check(division: Division, path: str, data: bytes, executor: Executor | None) -> None:
    try:
        archive = read_archive(BytesIO(data), executor)
    except (Malformed, Unverified) as error:
        raise Unverified(Check.BALLOTS.value, f"{path}: {error}") from error
    (figures,) = division.counts.values()
    check_result(division, division.archive, figures, archive)
