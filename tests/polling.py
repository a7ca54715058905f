"""A secret ballot held whole: its election, the voters with their credentials, the box, the trustee, the archive."""

import random
from io import BytesIO
from pathlib import Path

from quorate.assembly.divisions.register import may_vote_now
from quorate.assembly.model.division import Division
from quorate.audit.ballots import ANSWERS, question_of
from quorate.ballots.archive_writer import ArchiveWriter
from quorate.ballots.ballot import make_ballot, read_ballot
from quorate.ballots.chain import Chain
from quorate.ballots.credential import (
    PublicCredential,
    draw_credential,
    public_credential,
    read_credentials,
    write_credentials,
)
from quorate.ballots.decryption import check_decryption, combine_factors, decrypt_partially
from quorate.ballots.election import read_election, write_election
from quorate.ballots.groups import find_group
from quorate.ballots.question import Question
from quorate.ballots.result import open_tally, write_result
from quorate.ballots.steps import resume_chain
from quorate.ballots.survey import survey_archive
from quorate.ballots.tally import tally_of, write_tally
from quorate.ballots.trustee import make_trustee, read_trustees, write_trustees

TIMESTAMP = 1_764_000_000


class Poll:
    """The election of a division; everything in it comes from its seed."""

    def __init__(
        self,
        division: Division,
        seed: int = 1,
        question: Question | None = None,
        weights: list[int] | None = None,
        trustees: tuple[int, bytes] | None = None,
    ) -> None:
        self.division = division.id
        self.entropy = random.Random(seed).randbytes
        self.group = find_group("Ed25519")
        self.key, trustee = trustees or make_trustee(self.group, self.entropy, "Trustee")
        self.trustees = write_trustees([trustee])
        self.uuid = f"Secret{seed:08d}".replace("0", "z")
        self.data = write_election(
            uuid=self.uuid,
            name="A secret division",
            description="",
            group=self.group,
            public_key=read_trustees(self.group, self.trustees).public_key,
            questions=(question or question_of(division),),
        )
        self.election = read_election(self.data)
        can_vote = [line.weight for line in division.register.values() if may_vote_now(line)]
        given = can_vote if weights is None else weights
        self.secrets = [draw_credential(self.entropy) for _ in given]
        self.credentials = write_credentials(
            self.group,
            [self._public(each, weight) for each, weight in zip(self.secrets, given, strict=True)],
        )

    def _public(self, secret: str, weight: int) -> PublicCredential:
        return public_credential(self.group, self.uuid, secret, weight)

    def ballot(self, voter: int, choice: str) -> bytes:
        """A ballot of the voter of that number."""
        picked = tuple(int(each == choice) for each in ANSWERS)
        return make_ballot(self.election, self.secrets[voter], (picked,), self.entropy)

    def setup(self, folder: Path, *ballots: bytes) -> Path:
        """The archive as it is before the first ballot."""
        path = folder / f"{self.division}-setup.bel"
        with path.open("wb") as file:
            writer = ArchiveWriter(file, TIMESTAMP)
            writer.setup(self.data, self.trustees, self.credentials)
            for each in ballots:
                writer.ballot(each)
        return path

    def box(self, *ballots: bytes) -> bytes:
        """The archive of a closed box with these ballots."""
        archive = BytesIO()
        writer = ArchiveWriter(archive, TIMESTAMP)
        writer.setup(self.data, self.trustees, self.credentials)
        for each in ballots:
            writer.ballot(each)
        writer.end_ballots()
        return archive.getvalue()

    def finish(self, box: bytes, folder: Path, result: tuple[int, ...] | None = None) -> Path:
        """The archive of a closed box, tallied and decrypted by the trustee."""
        archive = BytesIO(box)
        survey, _ = survey_archive(archive)
        chain: Chain = resume_chain(BytesIO(box))
        known = read_credentials(self.group, self.credentials)
        counted = [
            read_ballot(self.election, known, box[slip.at : slip.at + slip.size])
            for number, slip in enumerate(survey.slips, 1)
            if survey.counts(number)
        ]
        tally = tally_of(self.election, counted)
        weight = sum(each.credential.weight for each in counted)
        archive.seek(0, 2)
        writer = ArchiveWriter(archive, TIMESTAMP, chain)
        writer.tally(write_tally(tally), len(counted), weight)
        data = decrypt_partially(self.election, tally, self.key, self.entropy)
        writer.decryption(1, data)
        trustees = read_trustees(self.group, self.trustees)
        factors = check_decryption(self.election, tally, trustees.keys[0], 1, data)
        opened = combine_factors(self.election, trustees, {1: factors}, [len(ANSWERS)])
        counts = open_tally(self.election, tally, opened, weight)
        writer.result(write_result((result,) if result else counts))
        path = folder / f"{self.division}.bel"
        path.write_bytes(archive.getvalue())
        return path
