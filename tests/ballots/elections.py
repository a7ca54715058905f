"""Whole small elections, made with our own library: `hold` gives an archive, `begin` one that is still to be voted in."""

import io
from collections.abc import Sequence
from random import Random

from quorate.ballots.archive_writer import ArchiveWriter
from quorate.ballots.ballot import make_ballot, read_ballot
from quorate.ballots.credential import (
    PublicCredential,
    draw_base58,
    draw_credential,
    public_credential,
    write_credentials,
)
from quorate.ballots.decryption import (
    Factors,
    check_decryption,
    combine_factors,
    decrypt_partially,
    missing_trustees,
)
from quorate.ballots.election import Election, read_election, write_election
from quorate.ballots.groups import find_group
from quorate.ballots.question import AnyQuestion, Question, RankedQuestion, Ranking
from quorate.ballots.result import open_tally, write_result
from quorate.ballots.shuffle import check_shuffle, make_shuffle
from quorate.ballots.tally import Tally, ranked_lists, tally_of, with_ranked, write_tally
from quorate.ballots.trustee import make_trustee, read_trustees, write_trustees
from tests.ballots import ceremony

TIMESTAMP = 1795426885


def pick(answers: int = 3, low: int = 0, high: int = 1, *, blank: bool = False) -> Question:
    named = tuple(f"Answer {i}" for i in range(1, answers + 1))
    return Question(answers=named, blank=blank, min=low, max=high, question="Which?")


def rank(answers: int = 3) -> RankedQuestion:
    named = tuple(f"Answer {i}" for i in range(1, answers + 1))
    return RankedQuestion(value=Ranking(named, "In which order?"))


class Small:
    """An election with the secrets of everybody; each method is an event, and what it made is in the archive."""

    def __init__(
        self,
        election: Election,
        secrets: list[str],
        listed: bytes,
        trustees: bytes,
        keys: list[int],
    ) -> None:
        self.election, self.secrets, self.keys = election, secrets, keys
        self.trustees = read_trustees(election.group, trustees)
        self.entropy = Random(f"votes in {election.uuid}").randbytes
        self.stream = io.BytesIO()
        self.writer = ArchiveWriter(self.stream, TIMESTAMP)
        self.writer.setup(election.data, trustees, listed)
        self.last: dict[str, bytes] = {}
        self.credentials: dict[str, PublicCredential] = {}
        self.current: Tally = ()
        """The tally, as the last shuffle left it."""
        self.given: dict[int, Factors] = {}

    @property
    def archive(self) -> bytes:
        return self.stream.getvalue()

    def make(self, voter: int, *answers: Sequence[int]) -> bytes:
        """A ballot of a voter, from 1, that is not cast."""
        return make_ballot(self.election, self.secrets[voter - 1], answers, self.entropy)

    def vote(self, voter: int, *answers: Sequence[int]) -> bytes:
        ballot = self.make(voter, *answers)
        self.writer.ballot(ballot)
        self.last[self.secrets[voter - 1]] = ballot
        return ballot

    def close(self) -> "Small":
        self.writer.end_ballots()
        return self

    def counted(self) -> list[bytes]:
        return list(self.last.values())

    def tally(self) -> None:
        cast = [read_ballot(self.election, self.credentials, each) for each in self.counted()]
        self.current = tally_of(self.election, cast)
        self.weight = sum(each.credential.weight for each in cast)
        self.writer.tally(write_tally(self.current), len(cast), self.weight)

    def shuffle(self, owner: int) -> None:
        lists = ranked_lists(self.election, self.current)
        data = make_shuffle(self.election, lists, self.entropy)
        self.writer.shuffle(owner, data)
        after = check_shuffle(self.election, lists, data, owner)
        self.current = with_ranked(self.election, self.current, after)

    def decrypt(self, owner: int) -> None:
        key = self.trustees.keys[owner - 1]
        data = decrypt_partially(self.election, self.current, self.keys[owner - 1], self.entropy)
        self.writer.decryption(owner, data)
        self.given[owner] = check_decryption(self.election, self.current, key, owner, data)

    def publish(self) -> None:
        factors = combine_factors(
            self.election, self.trustees, self.given, [*map(len, self.current)]
        )
        counts = open_tally(self.election, self.current, factors, self.weight)
        self.writer.result(write_result(counts))

    def count(self) -> bytes:
        """All that is left to do after the votes, by as few trustees as are enough; then the archive."""
        self.close().tally()
        if self.election.is_ranked:
            for owner in range(1, len(self.keys) + 1):
                self.shuffle(owner)
            self.writer.end_shuffles()
        while wanted := missing_trustees(self.trustees, self.given):
            self.decrypt(next(iter(wanted))[0])
        self.publish()
        return self.archive


def begin(
    *questions: AnyQuestion,
    group: str = "Ed25519",
    voters: int = 3,
    trustees: Sequence[tuple[int, int]] = ((1, 1), (1, 1)),
    weights: Sequence[int] = (),
    seed: int = 1,
    older: bool = False,
) -> Small:
    """An election that is open. Of `trustees` (threshold, size) each; (1, 1) is a single one. Groups may be of the older form."""
    of, entropy = find_group(group), Random(f"{group} {seed}").randbytes
    parts, keys = [], []
    for threshold, size in trustees:
        if size == 1:
            key, part = make_trustee(of, entropy)
            keys.append(key)
        else:
            held = ceremony.hold(group, size, threshold, seed)
            part = ceremony.older(held) if older else held.published
            keys += held.keys()
        parts.append(part)
    listed = write_trustees(parts)
    uuid = draw_base58(14, entropy)
    data = write_election(
        uuid=uuid,
        name="A small election",
        description="",
        group=of,
        public_key=read_trustees(of, listed).public_key,
        questions=questions or (pick(),),
    )
    secrets = [draw_credential(entropy) for _ in range(voters)]
    known = [
        public_credential(of, uuid, each, weight)
        for each, weight in zip(secrets, weights or [1] * voters, strict=True)
    ]
    small = Small(read_election(data), secrets, write_credentials(of, known), listed, keys)
    small.credentials = {each.text: each for each in known}
    return small


def hold(
    *questions: AnyQuestion,
    votes: Sequence[tuple[int, Sequence[Sequence[int]]]] = (),
    group: str = "Ed25519",
    voters: int = 3,
    trustees: Sequence[tuple[int, int]] = ((1, 1), (1, 1)),
    weights: Sequence[int] = (),
    seed: int = 1,
) -> bytes:
    """The archive of a whole election. `votes` are voters, from 1, and their answers; else everybody picks the first."""
    small = begin(
        *questions, group=group, voters=voters, trustees=trustees, weights=weights, seed=seed
    )
    first = [_first(each) for each in small.election.questions]
    for voter, answers in votes or [(each, first) for each in range(1, voters + 1)]:
        small.vote(voter, *answers)
    return small.count()


def _first(asked: AnyQuestion) -> list[int]:
    if isinstance(asked, RankedQuestion):
        return list(range(1, len(asked.answers) + 1))
    picked = [0] * asked.choices
    for i in range(asked.min or min(1, asked.max)):
        picked[asked.blank + i] = 1
    return picked
