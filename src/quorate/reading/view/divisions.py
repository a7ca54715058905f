"""Divisions as people are shown them: the figures, who did not vote, the rule and the reason."""

from msgspec import UNSET, Struct, UnsetType, field

from quorate.assembly.divisions.figures import BY_FIGURES, not_voted, tally_of
from quorate.assembly.model.division import Division
from quorate.counting.tally import Tally
from quorate.reading.page import ALL, Page, Span, page_of
from quorate.reading.reader import Iso, Reader
from quorate.reading.words.outcomes import reason_of, words


class Figures(Struct, frozen=True, kw_only=True):
    """The figures of a division in weight, where seats do not all weigh the same."""

    entitled: int
    """How many were on the register when the division was opened."""
    votes_for: int = field(name="for")
    against: int
    abstain: int
    not_voted: int


class BallotView(Struct, frozen=True, kw_only=True):
    """The ballot of a secret division, by number: who cast what is not known, nor who cast one."""

    uuid: str
    fingerprint: str
    """Of the election in which the ballots are cast; booths show it."""
    credentials_issued: int
    absent: int
    """Entitled, but neither there nor represented when the division was opened: no credential was issued for them."""
    ballots_counted: int | None
    """Credentials with a ballot; null while the division is open."""
    superseded: int | None
    """Ballots in whose place a later one of the same credential counts."""
    not_cast: int | None
    """Credentials without a ballot."""
    contents: str | None
    """The hash over all ballots in the box."""
    archive: str | None
    """SHA-256 of the archive with all proofs, in hexadecimal; null before the result is declared."""


class VoteView(Struct, frozen=True, kw_only=True):
    """One line of the register of a division by name, and the vote cast on it, if one was."""

    name: str
    person_id: str
    vote: str | None
    """`for`, `against`, `abstain`; null if none."""
    weight: int
    standing: str
    """Why they are on the register: `in-person`, `proxy`, `substitute`, `absent`, `circular`."""
    cast_by: str | None
    """Who cast it, if not the person."""
    provenance: str | None
    """`electronic`, `desk` or `paper`."""


class DivisionLine(Struct, frozen=True, kw_only=True):
    """A division in a list; the figures are heads."""

    id: str
    motion: str
    """What was voted on."""
    motion_id: str
    mover: str
    body: str
    body_id: str
    meeting_id: str
    on: str | None
    on_iso: Iso = UNSET
    method: str
    """`roll-call`, `counted`, `electronic`, `circular` or `secret`."""
    status: str
    """`open`, `closed`, `declared` or `voided`."""
    votes_for: int = field(name="for")
    against: int
    abstain: int
    spoiled: int
    """Papers that count for nothing."""
    entitled: int
    """How many were on the register when the division was opened."""
    present: int
    """How many were present then."""
    cast: int
    """For, against, abstaining and spoiled together."""
    not_voted_count: int
    """How many did not vote; known where their names are not, too."""
    unaccounted: int
    """Entitled heads for whom no vote, figure or name accounts; below 0 if more votes were found than voters."""
    explained: bool
    """Whether a difference was explained on the record."""
    weight: Figures | UnsetType = UNSET
    ballot: BallotView | UnsetType = UNSET
    """For a secret division whose ballot was prepared on the record."""
    rule: str
    """The majority needed, in words."""
    outcome: str | None
    """`adopted`, `rejected`, `tied` or `no-decision`; null before it is declared."""
    reason: str | None
    """Why, in words and numbers."""
    casting_vote: str | None


class DivisionView(DivisionLine, frozen=True, kw_only=True):
    """A division whole."""

    not_voted: Page[str]
    """Names; none where votes have no names."""
    votes: Page[VoteView] | UnsetType = UNSET
    """The register with each vote, where votes have names."""


def divisions(
    reader: Reader, motion: str = "", meeting: str = "", span: Span = ALL
) -> Page[DivisionLine]:
    """The divisions that they may see, oldest first; those on a motion or of a meeting if one is named."""
    seen = [
        each
        for each in reader.state.divisions.values()
        if motion in ("", each.motion)
        and meeting in ("", each.meeting)
        and reader.sees(each.body, each.meeting)
    ]
    return page_of(seen, span, lambda division: division_line(reader, division))


def division_line(reader: Reader, division: Division) -> DivisionLine:
    """One division in short."""
    return DivisionLine(**_line(reader, division))  # type: ignore[arg-type]


def division_view(reader: Reader, division: Division, span: Span = ALL) -> DivisionView:
    """One division whole; of its register, and of those who did not vote, who stands in the span."""
    named = _is_named(division)
    return DivisionView(
        **_line(reader, division),  # type: ignore[arg-type]
        not_voted=silent(reader, division, span),
        votes=votes(reader, division, span) if named else UNSET,
    )


def silent(reader: Reader, division: Division, span: Span = ALL) -> Page[str]:
    """The names of those who did not vote, in the order of the register; none where votes have no names."""
    names = not_voted(division) if _is_named(division) else []
    return page_of(names, span, reader.person)


def votes(reader: Reader, division: Division, span: Span = ALL) -> Page[VoteView]:
    """The lines of the register, each with its vote; none where votes have no names."""
    register = division.register if _is_named(division) else {}
    return page_of(register, span, lambda person: _vote(reader, division, person))


def _is_named(division: Division) -> bool:
    """Whether it is known of each vote whose it is."""
    return division.method not in BY_FIGURES


def _line(reader: Reader, division: Division) -> dict[str, object]:
    heads, weight = tally_of(division, "heads"), tally_of(division)
    motion = reader.state.motions.get(division.motion)
    outcome = division.outcome
    return {
        "id": division.id,
        "motion": reader.motion(motion, division.motion),
        "motion_id": division.motion,
        "mover": reader.person(motion.mover) if motion else "",
        "body": reader.body(division.body),
        "body_id": division.body,
        "meeting_id": division.meeting,
        "on": reader.day(division.opened_on),
        "on_iso": reader.iso(division.opened_on),
        "method": division.method,
        "status": division.status,
        "votes_for": heads.for_,
        "against": heads.against,
        "abstain": heads.abstain,
        "spoiled": heads.spoiled,
        "entitled": heads.entitled,
        "present": division.present,
        "cast": heads.cast,
        "not_voted_count": heads.not_voted,
        "unaccounted": division.unaccounted,
        "explained": division.explained,
        "weight": _figures(weight) if weight.entitled != heads.entitled else UNSET,
        "ballot": _ballot(division),
        "rule": words(division.rule),
        "outcome": outcome.result if outcome else None,
        "reason": reason_of(division, outcome) if outcome else None,
        "casting_vote": division.casting_vote or None,
    }


def _figures(tally: Tally) -> Figures:
    return Figures(
        entitled=tally.entitled,
        votes_for=tally.for_,
        against=tally.against,
        abstain=tally.abstain,
        not_voted=tally.not_voted,
    )


def _ballot(division: Division) -> BallotView | UnsetType:
    setup, box = division.setup, division.box
    if setup is None:
        return UNSET
    return BallotView(
        uuid=setup.uuid,
        fingerprint=setup.fingerprint,
        credentials_issued=setup.issued,
        absent=len(division.register) - setup.issued,
        ballots_counted=box.counted if box else None,
        superseded=box.superseded if box else None,
        not_cast=setup.issued - box.counted if box else None,
        contents=box.contents if box else None,
        archive=division.archive or None,
    )


def _vote(reader: Reader, division: Division, person: str) -> VoteView:
    line, vote = division.register[person], division.votes.get(person)
    return VoteView(
        name=reader.person(person),
        person_id=person,
        vote=vote.choice if vote else None,
        weight=line.weight,
        standing=line.why,
        cast_by=reader.person(vote.by) if vote and vote.by else None,
        provenance=vote.provenance if vote else None,
    )
