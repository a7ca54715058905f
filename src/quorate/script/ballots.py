"""Secret ballots in scripts: archives named by their files, and ballots that are cast.

Casting is no act, as it leaves no entry; a script can do it between acts all the same, as a test or an example needs.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from quorate.assembly.divisions.secret import open_to_ballots
from quorate.assembly.state import State
from quorate.audit.ballots import credential_of
from quorate.ballots.archive import read_records
from quorate.ballots.chain import Chain
from quorate.ballots.steps import BallotCast, read_steps
from quorate.canon.fault import Malformed
from quorate.desk.archives import Paper, read_paper
from quorate.desk.paperwork import TO_BE_FILLED_IN
from quorate.script.written import Written
from quorate.script.yaml_text import YamlText

CAST = "cast-ballots"
"""The `do` of an entry that casts ballots. Its fields: `division`, and `ballots`, a file with one ballot or an archive."""
_KEYS = {"do", "division", "ballots", "expect"}


class CastBallots(NamedTuple):
    """Ballots that go into the box of a division, in this order."""

    division: str
    ballots: tuple[bytes, ...]


def read_ballots(text: YamlText, entry: dict[str, Any], path: str) -> CastBallots:
    """The ballots that an entry has cast: the one in the file that it names, or those of the archive in it.

    Raises:
        Malformed: the entry or the file is not in order.
        UnverifiedElection: the archive is broken.
    """
    for key in entry:
        if key not in _KEYS:
            raise Malformed(text.where(f"{path}.{key}"), f"a field of {CAST}, not {key!r}")
    for key in ("division", "ballots"):
        if not isinstance(entry.get(key), str):
            raise Malformed(text.where(path), f"the field {key}: text")
    try:
        data = _beside(text, entry["ballots"]).read_bytes()
    except OSError as error:
        raise Malformed(text.where(f"{path}.ballots"), f"a file ({error.strerror})") from None
    return CastBallots(entry["division"], tuple(_ballots_of(data)))


def _ballots_of(data: bytes) -> list[bytes]:
    if data.startswith(b"{"):
        return [data.removesuffix(b"\n")]
    steps = read_steps(read_records(BytesIO(data)), Chain())
    return [step.data for step in steps if isinstance(step, BallotCast)]


def open_setup(written: Written) -> None:
    """Put the election of an archive in the place of its name.

    Raises:
        Malformed: there is no such file, or it is no archive.
        UnverifiedElection: something in the archive does not hold.
    """
    written.paper = _paper_in(written, "setup")
    if written.paper is not None:
        written.fields["setup"] = msgspec.to_builtins(written.paper.seen.setup)


def open_archive(written: Written) -> None:
    """Put the hash of an archive in the place of its name, and leave the figures to it if they are not written.

    Raises:
        Malformed: there is no such file, or it is no archive.
        UnverifiedElection: something in the archive does not hold.
    """
    written.paper = _paper_in(written, "archive")
    if written.paper is not None:
        written.fields["archive"] = written.paper.seen.digest
        written.fields.setdefault("figures", msgspec.to_builtins(TO_BE_FILLED_IN))


def _paper_in(written: Written, field: str) -> Paper | None:
    """The archive whose file a field names, as it is known by its ending `.bel`; None if it names none."""
    file = written.fields.get(field)
    if not isinstance(file, str) or not file.endswith(".bel"):
        return None
    try:
        return read_paper(_beside(written.text, file))
    except Malformed as error:
        raise Malformed(written.where(field), str(error), error.hint) from None


class RehearsedBoxes:
    """The boxes while a script is rehearsed: the ballots in them, and those that the script has put in."""

    def __init__(self, ballots_of: Callable[[str], Iterable[bytes]]) -> None:
        self._ballots_of = ballots_of
        self._added: dict[str, list[bytes]] = {}

    def cast(self, state: State, cast: CastBallots) -> None:
        """Put in those of the ballots that are not there yet.

        Raises:
            Refused: there are such, and the division is not open to ballots.
        """
        held = set(self.ballots(cast.division))
        new = [each for each in dict.fromkeys(cast.ballots) if each not in held]
        if new or not cast.ballots:
            open_to_ballots(state, cast.division)
        self._added.setdefault(cast.division, []).extend(new)

    def ballots(self, division: str) -> Iterable[bytes]:
        """The ballots of a division, by credential; a stable sort, so those of one stay in their order."""
        return sorted(
            [*self._ballots_of(division), *self._added.get(division, ())], key=credential_of
        )


def _beside(text: YamlText, file: str) -> Path:
    """The path of a file that a script names: it is beside the script."""
    return Path(text.name).parent / file
