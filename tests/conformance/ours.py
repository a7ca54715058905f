"""Elections held with our library: the steps of `held.Maker`, on the files that the tool uses."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from os import urandom
from pathlib import Path

import msgspec

from quorate.ballots import threshold
from quorate.ballots.archive import read_records
from quorate.ballots.archive_writer import ArchiveWriter
from quorate.ballots.ballot import CastBallot, check_ballot, make_ballot
from quorate.ballots.channel import Form
from quorate.ballots.credential import (
    PublicCredential,
    draw_base58,
    draw_credential,
    public_credential,
    read_credentials,
    write_credentials,
)
from quorate.ballots.decryption import check_decryption, combine_factors, decrypt_partially
from quorate.ballots.digest import hexadecimal
from quorate.ballots.election import SHORTEST_UUID, Election, read_election, write_election
from quorate.ballots.groups import find_group
from quorate.ballots.question import question
from quorate.ballots.result import open_tally, write_result
from quorate.ballots.shuffle import check_shuffle, make_shuffle
from quorate.ballots.steps import (
    BallotCast,
    Decrypted,
    PollSetup,
    Shuffled,
    Tallied,
    read_steps,
    resume_chain,
)
from quorate.ballots.tally import (
    Tally,
    ranked_lists,
    read_sized,
    read_tally,
    tally_of,
    with_ranked,
    write_sized,
    write_tally,
)
from quorate.ballots.trustee import (
    Trustees,
    check_trustees,
    make_trustee,
    read_private_key,
    read_trustees,
    write_private_key,
    write_trustees,
)
from quorate.ballots.trustee_ceremony import Ceremony, check_certificates, make_certificate
from quorate.ballots.wire import Owned, read, write
from tests.conformance.held import archive
from tests.conformance.scenario import Scenario

TIMESTAMP = 1_795_000_000


@dataclass(frozen=True)
class Ours:
    form: Form = Form.GCM
    """How messages between members of a group are encrypted: tools up to 3.0 want CCM."""
    is_newer: bool = True

    def token(self, at: Path) -> str:
        return draw_base58(SHORTEST_UUID, urandom)

    def credentials(self, at: Path, uuid: str, group: str, weights: Sequence[int]) -> list[str]:
        found = find_group(group)
        private = [draw_credential(urandom) for _ in weights]
        public = [
            public_credential(found, uuid, each, weight)
            for each, weight in zip(private, weights, strict=True)
        ]
        (at / "public_creds.json").write_bytes(write_credentials(found, public))
        return private

    def trustee(self, at: Path, group: str, number: int) -> None:
        secret, public = make_trustee(find_group(group), urandom)
        (at / f"{number}.privkey").write_bytes(write_private_key(secret))
        (at / f"{number}.pubkey").write_bytes(public)

    def certificate(self, at: Path, scenario: Scenario, group: str, number: int) -> None:
        index = scenario.members.index(number) + 1
        given = (find_group(group), scenario.group, scenario.threshold, index)
        seed, certificate = make_certificate(*given, urandom)
        (at / f"{number}.key").write_text(seed)
        (at / f"{number}.cert").write_bytes(certificate)

    def polynomial(self, at: Path, scenario: Scenario, group: str, number: int) -> bytes:
        ceremony = _ceremony(at, scenario, group)
        return threshold.make_polynomial(ceremony, _seed(at, number), urandom, form=self.form)

    def route(self, at: Path, scenario: Scenario, group: str, sent: list[bytes]) -> list[bytes]:
        return threshold.route_shares(_ceremony(at, scenario, group), sent)

    def receive(
        self, at: Path, scenario: Scenario, group: str, number: int, routed: bytes
    ) -> bytes:
        ceremony, seed = _ceremony(at, scenario, group), _seed(at, number)
        routed = routed.rstrip(b"\n")
        made = threshold.receive_shares(
            ceremony, seed, routed, urandom, form=self.form, founded=False
        )
        (at / f"{number}.dkey").write_text(json.loads(made)["private_key"])
        return made

    def finish(
        self, at: Path, scenario: Scenario, group: str, sent: list[bytes], made: list[bytes]
    ) -> bytes:
        return threshold.finish(_ceremony(at, scenario, group), sent, made)

    def open(self, at: Path, scenario: Scenario, group: str, uuid: str) -> None:
        found = find_group(group)
        parts = [(at / f"{number}.pubkey").read_bytes() for number in scenario.single_numbers]
        parts += [each.read_bytes() for each in at.glob("threshold.json")]
        trustees = write_trustees([each.rstrip(b"\n") for each in parts])
        asked = [json.dumps(each, ensure_ascii=False).encode() for each in scenario.questions]
        election = write_election(
            uuid=uuid,
            name=scenario.name,
            description="-",
            group=found,
            public_key=read_trustees(found, trustees).public_key,
            questions=tuple(question(each, "question") for each in asked),
        )
        public = without_names((at / "public_creds.json").read_bytes())
        credentials = write_credentials(found, [*read_credentials(found, public).values()])
        with (at / f"{uuid}.bel").open("wb") as stream:
            ArchiveWriter(stream, TIMESTAMP).setup(election, trustees, credentials)

    def add(self, at: Path, event: str, lines: list[bytes]) -> None:
        path = archive(at)
        timestamp, chain = time_of(path), resume_chain(BytesIO(path.read_bytes()))
        with path.open("ab") as stream:
            writer = ArchiveWriter(stream, timestamp, chain)
            if event == "Ballot":
                writer.ballot(lines[0])
            elif event == "EndBallots":
                writer.end_ballots()
            elif event == "EncryptedTally":
                sized, weight = read_sized(lines[1])
                writer.tally(lines[0], sized.num_tallied, weight)
            elif event == "Shuffle":
                writer.shuffle(read(lines[1], Owned, "owned").owner, lines[0])
            elif event == "EndShuffles":
                writer.end_shuffles()
            elif event == "PartialDecryption":
                writer.decryption(read(lines[1], Owned, "owned").owner, lines[0])
            else:
                assert event == "Result"
                writer.result(lines[0])

    def ballot(self, at: Path, credential: str, answers: list[list[int]]) -> bytes:
        return make_ballot(Story(archive(at)).election, credential, answers, urandom)

    def tally(self, at: Path) -> list[bytes]:
        story = Story(archive(at))
        counted = [*story.counted.values()]
        data = write_tally(tally_of(story.election, counted))
        weight = sum(each.credential.weight for each in counted)
        return [data, write_sized(len(counted), weight, hexadecimal(data))]

    def shuffle(self, at: Path, owner: int) -> list[bytes]:
        story = Story(archive(at))
        return owned(owner, make_shuffle(story.election, story.lists, urandom))

    def decrypt(self, at: Path, owner: int) -> list[bytes]:
        story = Story(archive(at))
        group, single = story.election.group, at / f"{owner}.privkey"
        if single.exists():
            key = read_private_key(group, single.read_bytes())
        else:
            sealed = (at / f"{owner}.dkey").read_text().strip()
            key = threshold.key_of_member(group, _seed(at, owner), sealed)
        return owned(owner, decrypt_partially(story.election, story.final_tally, key, urandom))

    def result(self, at: Path) -> list[bytes]:
        story = Story(archive(at))
        tally, trustees = story.final_tally, story.trustees
        given = {
            each.owner: check_decryption(
                story.election, tally, trustees.keys[each.owner - 1], each.owner, each.data
            )
            for each in story.of(Decrypted)
        }
        factors = combine_factors(story.election, trustees, given, [len(part) for part in tally])
        weight = story.of(Tallied)[0].weight
        return [write_result(open_tally(story.election, tally, factors, weight))]


@dataclass
class Story:
    """What an archive tells, read with our library."""

    path: Path
    steps: list = field(init=False)

    def __post_init__(self) -> None:
        self.steps = [*read_steps(read_records(BytesIO(self.path.read_bytes())))]

    def of(self, kind: type) -> list:
        return [each for each in self.steps if isinstance(each, kind)]

    @cached_property
    def election(self) -> Election:
        return read_election(self.of(PollSetup)[0].election)

    @cached_property
    def credentials(self) -> dict[str, PublicCredential]:
        return read_credentials(self.election.group, self.of(PollSetup)[0].credentials)

    @cached_property
    def trustees(self) -> Trustees:
        trustees = read_trustees(self.election.group, self.of(PollSetup)[0].trustees)
        check_trustees(self.election.group, trustees, self.election.public_key)
        return trustees

    @cached_property
    def counted(self) -> dict[str, CastBallot]:
        """The last ballot of each credential, all of them checked."""
        ballots = [
            check_ballot(self.election, self.credentials, each.data) for each in self.of(BallotCast)
        ]
        return {each.credential.text: each for each in ballots}

    @cached_property
    def tally(self) -> Tally:
        return read_tally(self.election, self.of(Tallied)[0].tally)

    @cached_property
    def lists(self) -> Tally:
        """The ranked ballots as the last shuffle left them."""
        lists = ranked_lists(self.election, self.tally)
        for number, each in enumerate(self.of(Shuffled), 1):
            lists = check_shuffle(self.election, lists, each.data, number)
        return lists

    @cached_property
    def final_tally(self) -> Tally:
        return with_ranked(self.election, self.tally, self.lists)


def owned(owner: int, data: bytes) -> list[bytes]:
    """What a trustee made, and whose it is."""
    return [data, write(Owned(owner, hexadecimal(data)))]


def without_names(credentials: bytes) -> bytes:
    """A list of public credentials as it is published: what a tool made still has the voters' names in it."""
    split = [each.split(",") for each in msgspec.json.decode(credentials, type=list[str])]
    return write([",".join(each[:2]).rstrip(",") for each in split])


def time_of(path: Path) -> int:
    """The time that stands in the headers of an archive."""
    first = next(iter(read_records(BytesIO(path.read_bytes()))))
    return int(json.loads(first.body)["timestamp"])


def _ceremony(at: Path, scenario: Scenario, group: str) -> Ceremony:
    certs = [(at / f"{number}.cert").read_bytes().rstrip(b"\n") for number in scenario.members]
    given = (find_group(group), scenario.group, scenario.threshold)
    return check_certificates(*given, certs)


def _seed(at: Path, number: int) -> str:
    return (at / f"{number}.key").read_text().strip()
