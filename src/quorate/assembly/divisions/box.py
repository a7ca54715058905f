"""What the box of a secret division may hold: as many credentials as voters, as many ballots as figures.

Entitled = able to vote + absent; able to vote = credentials issued = ballots counted + not cast; each by number, and by
weight. The ballots themselves are not known to the rules: they are in the box, and later in the archive.
"""

import re

from quorate.assembly.model.division import Box, Count, Division, Setup
from quorate.assembly.refusal import Refused, refusals

refusals(
    setup_unclear="what",
    credentials_differ="voters division weight issued given",
    box_unclear="division what",
    ballots_unaccounted="counted division entitled ballots not_voted",
)

_BASE58 = re.compile(r"[1-9A-HJ-NP-Za-km-z]{14,64}")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{43}")
_HEX = re.compile(r"[0-9a-f]{64}")


def voters_of(division: Division) -> tuple[int, int]:
    """How many can vote, being there or represented, and with what weight together: for them credentials are issued."""
    return division.able.heads, division.able.weight


def require_setup(division: Division, setup: Setup) -> None:
    """Return if a division can be voted on in that election, else refuse: one credential for each who can vote."""
    said = (
        ("uuid", _BASE58, setup.uuid),
        ("fingerprint", _BASE64, setup.fingerprint),
        ("trustees", _HEX, setup.trustees),
        ("credentials", _HEX, setup.credentials),
    )
    for what, written, value in said:
        if not written.fullmatch(value):
            raise Refused("setup-unclear", what=what)
    voters, weight = voters_of(division)
    if (setup.issued, setup.weight) != (voters, weight):
        raise Refused(
            "credentials-differ",
            division=division.id,
            voters=voters,
            weight=weight,
            issued=setup.issued,
            given=setup.weight,
        )


def require_box(division: Division, box: Box | None) -> None:
    """Return if a division can be closed with what its box is said to hold, which is nothing if it has none, else refuse."""
    what = ""
    if (box is None) is not (division.setup is None):
        what = "uncounted" if box is None else "absent"
    elif box is not None and division.setup is not None:
        if not 0 <= box.counted <= division.setup.issued:
            what = "counted"
        elif box.superseded < 0 or (box.superseded and not box.counted):
            what = "superseded"
        elif not _HEX.fullmatch(box.contents):
            what = "contents"
    if what:
        raise Refused("box-unclear", division=division.id, what=what)


def require_ballots(division: Division, figures: Count, archive: str) -> None:
    """Return if the figures are those of the ballots counted; anything is, where no ballot was prepared. Else refuse."""
    if division.box is None:
        return
    if not _HEX.fullmatch(archive):
        raise Refused("box-unclear", division=division.id, what="archive")
    cast = figures.votes_for + figures.votes_against + figures.abstentions
    counted, entitled = division.box.counted, len(division.register)
    if (cast, figures.not_voted, figures.spoiled) != (counted, entitled - counted, 0):
        raise Refused(
            "ballots-unaccounted",
            division=division.id,
            counted=counted,
            entitled=entitled,
            ballots=cast + figures.spoiled,
            not_voted=figures.not_voted,
        )
