"""Archives of elections with many ballots, made in several processes: what `bench_ballots` measures on."""

import json
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from os import urandom
from pathlib import Path

from quorate.ballots.archive_writer import ArchiveWriter
from quorate.ballots.ballot import check_ballot, make_ballot
from quorate.ballots.credential import (
    draw_base58,
    draw_credential,
    public_credential,
    read_credentials,
    write_credentials,
)
from quorate.ballots.decryption import check_decryption, combine_factors, decrypt_partially
from quorate.ballots.election import Election, read_election, write_election
from quorate.ballots.groups import find_group
from quorate.ballots.question import Question
from quorate.ballots.result import open_tally, write_result
from quorate.ballots.tally import Tally, join_tallies, read_tally, tally_of, write_tally
from quorate.ballots.trustee import make_trustee, read_trustees, write_trustees

ASKED = Question(answers=("Yes", "No", "Abstain"), min=0, max=1, question="Adopt it?")
PICKED = ((1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0))
PART = 250
"""Ballots to a task."""
Map = Callable[..., Iterable]


def build_archive(at: Path, group: str, ballots: int, processes: int) -> Path:
    """An election with so many ballots, one question and one trustee; in setup/ a copy that stops before the first ballot."""
    (at / "setup").mkdir(parents=True)
    private = [draw_credential(urandom) for _ in range(ballots)]
    with ProcessPoolExecutor(processes) as executor:
        data, trustees, key, public = open_election(group, private, executor.map)
        election = read_election(data)
        path = at / f"{election.uuid}.bel"
        with path.open("wb") as stream:
            writer = ArchiveWriter(stream, int(time.time()))
            writer.setup(data, trustees, public)
            stream.flush()
            shutil.copy(path, at / "setup")
            tallies = []
            for made, tally in executor.map(partial(_vote, data), _parts(private)):
                for ballot in made:
                    writer.ballot(ballot)
                tallies.append(read_tally(election, tally))
            _publish(writer, election, trustees, key, join_tallies(election, tallies))
    return path


def open_election(
    group: str, private: Sequence[str], in_order: Map = map
) -> tuple[bytes, bytes, int, bytes]:
    """An election, its trustees, the one trustee's key, and the public credentials."""
    found, uuid = find_group(group), draw_base58(14, urandom)
    secret, key = make_trustee(found, urandom)
    trustees = write_trustees((key,))
    election = write_election(
        uuid=uuid,
        name="Benchmark",
        description="-",
        group=found,
        public_key=read_trustees(found, trustees).public_key,
        questions=(ASKED,),
    )
    texts = [
        text for part in in_order(partial(_register, group, uuid), _parts(private)) for text in part
    ]
    public = read_credentials(found, json.dumps(texts).encode())
    return election, trustees, secret, write_credentials(found, [*public.values()])


def _register(group: str, uuid: str, private: Sequence[str]) -> list[str]:
    """The public keys of credentials."""
    return [public_credential(find_group(group), uuid, each).text for each in private]


def _vote(data: bytes, private: Sequence[str]) -> tuple[list[bytes], bytes]:
    """Ballots, one for each credential, and their tally."""
    election = read_election(data)
    own = [public_credential(election.group, election.uuid, each) for each in private]
    listed = {each.text: each for each in own}
    made = [
        make_ballot(election, each, [PICKED[i % len(PICKED)]], urandom)
        for i, each in enumerate(private)
    ]
    read = [check_ballot(election, listed, each) for each in made]
    return made, write_tally(tally_of(election, read))


def _publish(
    writer: ArchiveWriter, election: Election, trustees: bytes, key: int, tally: Tally
) -> None:
    """The close, the tally, the decryption and the result."""
    ballots = writer.chain.ballots
    writer.end_ballots()
    writer.tally(write_tally(tally), ballots, ballots)
    data = decrypt_partially(election, tally, key, urandom)
    writer.decryption(1, data)
    read = read_trustees(election.group, trustees)
    given = {1: check_decryption(election, tally, read.keys[0], 1, data)}
    factors = combine_factors(election, read, given, [*map(len, tally)])
    writer.result(write_result(open_tally(election, tally, factors, ballots)))


def _parts(private: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(private), PART):
        yield private[first : first + PART]
