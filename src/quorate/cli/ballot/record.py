"""The box of a division as its record has it: what a trustee must know before its tally is opened.

The archive of a closed box comes from the desk. Whoever runs that could hand each trustee another one; the record says under a
signed checkpoint what the box held, and everybody has the same record.
"""

from concurrent.futures import Executor
from pathlib import Path
from typing import NamedTuple

from quorate.assembly.model.division import Division
from quorate.audit.ballots import asks_a_division, check_box, read_archive
from quorate.audit.verify import verify as verify_export
from quorate.canon.fault import Malformed
from quorate.cli.verify import reader_of
from quorate.desk.folder_reader import FolderReader
from quorate.polling.box import OpenPollBox
from quorate.premises.folder import read_vkey


class Recorded(NamedTuple):
    """An export of a record, the public key of its log (a file or the key itself), and for whom the export was made."""

    export: Path
    key: str
    made_for: str


def require_recorded(
    box: OpenPollBox, recorded: Recorded | None, executor: Executor | None = None
) -> None:
    """Return if the ballots in an archive are those that the record says its division's box held.

    An election that asks what no division asks needs no record. The export is verified whole.

    Raises:
        Malformed: a record is needed, or the one given has no such division.
        Unverified: the export does not hold, or its box is another.
    """
    if recorded is None:
        if asks_a_division(box.election.questions):
            hint = "--record EXPORT and --record-key KEY; the key from the statutes, not from the export"
            raise Malformed("--record", "the record of the division that this election is of", hint)
        return
    division = _division(recorded, box.election.fingerprint)
    check_box(division, read_archive(box.stream, executor))


def _division(recorded: Recorded, fingerprint: str) -> Division:
    read = FolderReader(recorded.export)
    reader = reader_of(recorded.made_for)
    _, state = verify_export(read, read_vkey(recorded.key), reader=reader)
    for division in state.divisions.values():
        if division.setup is not None and division.setup.fingerprint == fingerprint:
            return division
    hint = "ask the clerk for one with your parts in it: `quorate export TO --for WHO`"
    raise Malformed(str(recorded.export), "an export that has the division of this election", hint)
