"""The secret ballot of the example of a housing co-operative, made anew: its setup, its archive with all proofs, a late ballot.

Everything in it comes from a seed, the trustee's key and the voters' credentials too: it shows how a ballot goes, and keeps
nothing secret. A test holds the files of the example to what is made here.
"""

import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from quorate.assembly.model.division import Division, Entitled  # noqa: E402
from quorate.audit.ballots import credential_of  # noqa: E402
from quorate.counting.rule import Unanimity  # noqa: E402
from tests.polling import Poll  # noqa: E402

EXAMPLE = ROOT / "examples/housing-co-operative"
DIVISION, MOTION, VOTERS, SEED = "ballot-treasurer", "femi-treasurer", 14, 2026
CHOICES = (
    "for",
    "against",
    "for",
    "for",
    "abstain",
    "for",
    "against",
    "for",
    "for",
    "for",
    "for",
    "for",
    "for",
)
"""Of thirteen voters, in no order that means anything; the second votes again, for. The last comes too late."""


def write_ballot(folder: Path) -> None:
    """Write the three files into a folder."""
    register = {f"p-{n}": Entitled(f"p-{n}") for n in range(VOTERS)}
    division = Division(
        id=DIVISION,
        motion=MOTION,
        body="",
        meeting="",
        method="secret",
        rule=Unanimity(abstention_prevents=False),
        opened_on=date(2026, 5, 21),
        opened_seq=0,
        register=register,
    )
    poll = Poll(division, SEED)
    poll.setup(folder)
    cast = [poll.ballot(voter, choice) for voter, choice in enumerate(CHOICES)]
    cast.append(poll.ballot(1, "for"))
    poll.finish(poll.box(*sorted(cast, key=credential_of)), folder)
    (folder / f"{DIVISION}-late.json").write_bytes(poll.ballot(len(CHOICES), "against"))


if __name__ == "__main__":
    write_ballot(EXAMPLE)
