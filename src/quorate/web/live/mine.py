"""The regions of a meeting's page that are one person's: their votes, and the buttons for what they can do now.

What many can do alike has the same HTML, made once; who they are is put into it last.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.http import HttpRequest
from django.template.loader import render_to_string

from quorate.assembly.heads import proxies_held
from quorate.assembly.model.division import Division, Vote
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.state import State
from quorate.reading.asking import Offer
from quorate.reading.offers import offers, vote_offers
from quorate.reading.reader import Reader
from quorate.reading.words.subjects import Names

Votes = tuple[Vote | None, ...]
OWN = ("mine", "ways")
MYSELF = "@@myself@@"
"""What stands in the HTML for the id of the person, until it is put in."""


class OwnVote(NamedTuple):
    """A vote of theirs in an open division."""

    division: str
    question: str
    behalf: str
    """The id of the person for whom they vote; empty for themselves."""
    name: str
    """Of whom they vote for, if not for themselves."""
    vote: str
    """The vote that stands, or empty."""
    choices: tuple[str, ...]


class Mine(NamedTuple):
    """What is somebody's own on the floor."""

    meeting: str
    ballots: tuple[OwnVote, ...]
    voiceless: tuple[str, ...]
    """Questions on which others vote."""
    come: bool
    seconds: tuple[tuple[str, str], ...]
    """Motions that they can second: id and name."""
    pending: str
    sides: tuple[str, ...]
    """For which they can ask for the floor."""
    turns: tuple[str, ...]
    """Of theirs, that they can give back."""
    point_of_order: bool
    move: bool
    leave: bool


def mine_of(reader: Reader, meeting: Meeting, person: str, now: datetime) -> Mine:
    """What is somebody's own on the floor at an instant. About 0.2 ms: the rules are asked of some twenty acts."""
    can, names = offers(reader.state, person, meeting, now), Names.of(reader)
    ballots = _all_ballots(reader, meeting, can.votes, person)
    voting = {each.division for each in ballots}
    others = [each.id for each in _open(reader, meeting) if each.id not in voting]
    return Mine(
        meeting=meeting.id,
        ballots=ballots,
        voiceless=tuple(names.question(each) for each in others),
        come=bool(can.come),
        seconds=tuple(
            (_of(each, "motion"), names.titled(_of(each, "motion"))) for each in can.second
        ),
        pending=_of(can.speak[0], "motion") if can.speak else "",
        sides=tuple(_of(each, "side") for each in can.speak),
        turns=tuple(_of(each, "turn") for each in can.give_back),
        point_of_order=bool(can.point_of_order),
        move=bool(can.move),
        leave=bool(can.leave),
    )


def votes_of(state: State, own: Mine, person: str) -> Votes:
    """The votes that stand of those for whom somebody votes, ballot by ballot; so it is quickly seen whether any changed."""
    return tuple(
        state.divisions[each.division].votes.get(each.behalf or person) for each in own.ballots
    )


def with_votes(reader: Reader, meeting: Meeting, own: Mine, person: str, now: datetime) -> Mine:
    """What is somebody's own where nothing but votes was recorded since. About 50 µs."""
    can = vote_offers(reader.state, person, meeting, now)
    return own._replace(ballots=_all_ballots(reader, meeting, can, person))


@lru_cache(maxsize=256)
def html_of(mine: Mine) -> str:
    """The HTML for all of whom this holds, with MYSELF for each. About 1 ms the first time."""
    given = {"mine": mine, "myself": MYSELF, "back": _back(mine)}
    return "".join(render_to_string(f"regions/{name}.html", given) for name in OWN)


def html_for(
    request: HttpRequest, mine: Mine, person: str, token: Callable[[], str]
) -> dict[str, str]:
    """By region: the HTML for one person's page, whose forms work without script."""
    given = {"mine": mine, "myself": person, "token": token, "back": _back(mine)}
    return {name: render_to_string(f"regions/{name}.html", given, request) for name in OWN}


def _back(mine: Mine) -> str:
    return f"/m/{mine.meeting}/"


def _open(reader: Reader, meeting: Meeting) -> list[Division]:
    return [
        each
        for each in reader.state.divisions.values()
        if (each.meeting, each.status) == (meeting.id, "open")
    ]


def _all_ballots(
    reader: Reader, meeting: Meeting, can: tuple[Offer, ...], person: str
) -> tuple[OwnVote, ...]:
    return tuple(
        ballot for each in _open(reader, meeting) for ballot in _ballots(reader, each, can, person)
    )


def _ballots(
    reader: Reader, division: Division, can: tuple[Offer, ...], person: str
) -> list[OwnVote]:
    choices: dict[str, list[str]] = {}
    for offer in can:
        if _of(offer, "division") == division.id:
            choices.setdefault(offer.behalf, []).append(_of(offer, "choice"))
    for voter in ("", *(proxy.giver for proxy in proxies_held(reader.state, person))):
        vote = division.votes.get(voter or person)
        if vote is not None and (not voter or vote.by == person):
            choices.setdefault(voter, [])  # it stands, whether or not it can be changed
    question = Names.of(reader).question(division.id)
    return [
        OwnVote(
            division=division.id,
            question=question,
            behalf=behalf,
            name=reader.person(behalf) if behalf else "",
            vote=_vote(division, behalf or person),
            choices=tuple(given),
        )
        for behalf, given in sorted(choices.items())
    ]


def _vote(division: Division, voter: str) -> str:
    vote = division.votes.get(voter)
    return vote.choice if vote else ""


def _of(offer: Offer, field: str) -> str:
    return str(getattr(offer.act, field))
