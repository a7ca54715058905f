"""An election held from its credentials to its result; each step is made by whoever's turn it is."""

import json
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Protocol

from tests.conformance.scenario import Scenario
from tests.conformance.tool import one


class Maker(Protocol):
    """Who makes the steps: the tool or we. All work on the files of one folder, which are those of the tool:

    public_creds.json      public credentials, with names after them or without
    N.privkey, N.pubkey    the keys of trustee N, a single one
    N.key, N.cert, N.dkey  a member of a group: its seed, its certificate, and its sealed private key
    threshold.json         the group
    UUID.bel               the archive
    """

    is_newer: bool
    """Whether it knows what tools from 3.0 on know: full-style credentials and contexts of certificates."""

    def token(self, at: Path) -> str:
        """The id of a new election."""

    def credentials(self, at: Path, uuid: str, group: str, weights: Sequence[int]) -> list[str]:
        """Private credentials in the order of the weights; the public ones are written."""

    def trustee(self, at: Path, group: str, number: int) -> None:
        """The keys of a single trustee."""

    def certificate(self, at: Path, scenario: Scenario, group: str, number: int) -> None:
        """Step 1 of the ceremony."""

    def polynomial(self, at: Path, scenario: Scenario, group: str, number: int) -> bytes:
        """Step 3."""

    def route(self, at: Path, scenario: Scenario, group: str, sent: list[bytes]) -> list[bytes]:
        """Steps 2 and 4."""

    def receive(
        self, at: Path, scenario: Scenario, group: str, number: int, routed: bytes
    ) -> bytes:
        """Step 5; also writes N.dkey."""

    def finish(
        self, at: Path, scenario: Scenario, group: str, sent: list[bytes], made: list[bytes]
    ) -> bytes:
        """Step 6."""

    def open(self, at: Path, scenario: Scenario, group: str, uuid: str) -> None:
        """The archive, up to Setup."""

    def add(self, at: Path, event: str, lines: list[bytes]) -> None:
        """An event at the end, its payload the last of the lines."""

    def ballot(self, at: Path, credential: str, answers: list[list[int]]) -> bytes:
        """A ballot, not added yet."""

    def tally(self, at: Path) -> list[bytes]:
        """The encrypted tally and its sizes."""

    def shuffle(self, at: Path, owner: int) -> list[bytes]:
        """A shuffle by a trustee, and whose it is."""

    def decrypt(self, at: Path, owner: int) -> list[bytes]:
        """A partial decryption by a trustee, and whose it is."""

    def result(self, at: Path) -> list[bytes]:
        """The result."""


def hold(at: Path, scenario: Scenario, group: str, makers: Sequence[Maker]) -> Path:
    """The archive of an election, every step of it made by the next of the makers and added by the one after."""
    turn = cycle(makers)
    private = set_up(at, scenario, group, turn, makers)
    (at / "setup").mkdir()
    (at / "setup" / archive(at).name).write_bytes(archive(at).read_bytes())
    for voter, answers in scenario.votes:
        next(turn).add(at, "Ballot", [next(turn).ballot(at, private[voter], answers)])
        next(turn)
    next(turn).add(at, "EndBallots", [])
    next(turn).add(at, "EncryptedTally", next(turn).tally(at))
    if scenario.is_ranked:
        for owner in (1, 2):
            next(turn).add(at, "Shuffle", next(turn).shuffle(at, owner))
            next(turn)
        next(turn).add(at, "EndShuffles", [])
    for owner in scenario.decrypting:
        next(turn).add(at, "PartialDecryption", next(turn).decrypt(at, owner))
        next(turn)
    lines = next(turn).result(at)
    assert result_of(lines[-1], scenario) == scenario.result
    next(turn).add(at, "Result", lines)
    return archive(at)


def set_up(
    at: Path, scenario: Scenario, group: str, turn: Iterator[Maker], makers: Sequence[Maker]
) -> list[str]:
    """All up to the archive's first event; the private credentials."""
    uuid = next(turn).token(at)
    # What an older tool does not know it cannot read, or would leave out when it writes.
    older = next((each for each in makers if not each.is_newer), None)
    private = (older or next(turn)).credentials(at, uuid, group, scenario.weights)
    for number in range(1, scenario.singles + 1):
        next(turn).trustee(at, group, number)
    if scenario.group:
        hold_ceremony(at, scenario, group, turn if older is None else cycle(makers[:1]))
    (next(turn) if older is None else makers[0]).open(at, scenario, group, uuid)
    return private


def hold_ceremony(at: Path, scenario: Scenario, group: str, turn: Iterator[Maker]) -> None:
    """A key for a group of trustees; each member is the same maker throughout."""
    given = (at, scenario, group)
    members = [(number, next(turn)) for number in scenario.members]
    for number, member in members:
        member.certificate(*given, number)
    sent = [member.polynomial(*given, number) for number, member in members]
    routed = next(turn).route(*given, sent)
    made = [
        member.receive(*given, number, each)
        for (number, member), each in zip(members, routed, strict=True)
    ]
    (at / "threshold.json").write_bytes(next(turn).finish(*given, sent, made))


def archive(at: Path) -> Path:
    """The archive in a folder."""
    return one(at, "*.bel")


def result_of(line: bytes, scenario: Scenario) -> list[list]:
    """What a result says, rankings sorted and large numbers, which are text, as numbers."""
    parts = json.loads(line)["result"]
    asked = ["type" in each for each in scenario.questions]
    return [
        sorted(part) if ranked else [int(each) for each in part]
        for part, ranked in zip(parts, asked, strict=True)
    ]
