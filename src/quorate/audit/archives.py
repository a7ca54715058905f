"""The archives of secret ballots beside an exported record (check 14).

Whoever may see the act that declared a result may see the archive that it came from. So each one that the acts here name must
be there, and hold. The record has its hash, so no other can be put in its place.
"""

from collections.abc import Iterable
from concurrent.futures import Executor
from io import BytesIO

from quorate.assembly.model.division import Division
from quorate.audit.ballots import Archive, check_result, read_archive
from quorate.audit.check import Check
from quorate.ballots.weakness import Weakness
from quorate.canon.fault import Malformed, Unverified
from quorate.record.tiles import Read


def archive_path(division: str) -> str:
    """The path of the archive of a division in an export: `ballots/<division>.bel`."""
    return f"ballots/{division}.bel"


def check_archives(
    read: Read, divisions: Iterable[Division], executor: Executor | None = None
) -> tuple[int, tuple[tuple[str, Weakness], ...]]:
    """The number of archives, of which each holds to the last proof; and what promises less, by the id of the division.

    One at a time is in memory.

    Raises:
        Unverified: one is missing, does not hold, or is not that of its division; says which of its own checks failed.
    """
    checked = 0
    weaknesses: list[tuple[str, Weakness]] = []
    for division in divisions:
        path = archive_path(division.id)
        archive = _check(division, path, _read(read, path), executor)
        weaknesses += [(division.id, each) for each in archive.weaknesses]
        checked += 1
    return checked, tuple(weaknesses)


def _read(read: Read, path: str) -> bytes:
    try:
        return read(path)
    except Malformed:
        error = Unverified(Check.BALLOTS.value, f"{path} is missing, from which the result came")
        error.hint = "its trustees have it: put it there, if the record has lost it"
        raise error from None


def _check(division: Division, path: str, data: bytes, executor: Executor | None) -> Archive:
    try:
        archive = read_archive(BytesIO(data), executor)
    except (Malformed, Unverified) as error:
        raise Unverified(Check.BALLOTS.value, f"{path}: {error}") from error
    (figures,) = division.counts.values()
    check_result(division, division.archive, figures, archive)
    return archive
