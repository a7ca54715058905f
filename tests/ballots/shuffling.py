"""Elections with ranked questions whose key is known, and the shuffles of an archive that belenios-tool made."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace

from quorate.ballots.ed25519 import Ed25519
from quorate.ballots.election import Election, read_election, write_election
from quorate.ballots.encryption import Bound, Encrypted
from quorate.ballots.group import Element, Group
from quorate.ballots.groups import find_group
from quorate.ballots.question import AnyQuestion, Question, RankedQuestion, Ranking
from quorate.ballots.wire import Ciphertext
from tests.ballots.vectors import held

SECRET = 20261123
ED25519 = find_group("Ed25519")
PLAIN = Ed25519()
"""Without the native one, where that is installed."""
RFC = find_group("RFC-3526-2048")


def ranked(*answers: str) -> RankedQuestion:
    return RankedQuestion(value=Ranking(answers, "In which order?"))


def election(group: Group, *questions: AnyQuestion) -> Election:
    """One whose private key is SECRET; with a question that is not ranked, which no shuffle has to do with."""
    pick = Question(answers=("yes", "no"), min=0, max=1, question="Shall we?")
    data = write_election(
        uuid="11111111111111",
        name="Shuffled",
        description="",
        group=group,
        public_key=group.power(group.generator, SECRET),
        questions=(pick, *questions),
    )
    return read_election(data)


def encrypt(of: Election, rankings: Sequence[Sequence[int]], seed: int = 1) -> list[Encrypted]:
    group, entropy = of.group, random.Random(seed).randbytes
    randomness = [group.draw(entropy) for _ in rankings]
    bound = Bound(group, of.public_key, "")
    return bound.encrypt([group.encode(each) for each in rankings], randomness)


def decrypt(of: Election, ciphertexts: Sequence[Encrypted], answers: int) -> list[tuple[int, ...]]:
    return [tuple(of.group.decode(_plain(of, each), answers)) for each in ciphertexts]


def _plain(of: Election, each: Encrypted) -> Element:
    return of.group.multiply(each.beta, of.group.power(each.alpha, -SECRET))


def with_group(of: Election, group: Group) -> Election:
    """The same election, reckoned by another implementation of its group."""
    return replace(of, group=group, public_key=group.element(of.group.text(of.public_key)))


def tool_election(group: Group) -> tuple[Election, list[list[Encrypted]], list[bytes]]:
    """Of the archive with a ranked question: the election, the tally before the shuffles, and the shuffles."""
    made = held("v30-nh")
    sized = json.loads(made.payload("EncryptedTally")[0])
    tally = json.loads(made.objects[sized["encrypted_tally"]])
    of = with_group(made.election, group)
    before = [[read_encrypted(of, each) for each in question] for question in tally]
    owned = [json.loads(each) for each in made.payload("Shuffle")]
    return of, before, [made.objects[each["payload"]] for each in owned]


def read_encrypted(of: Election, wire: dict[str, str]) -> Encrypted:
    alpha, beta = of.group.elements((wire["alpha"], wire["beta"]))
    return Encrypted(alpha, beta, Ciphertext(**wire))
