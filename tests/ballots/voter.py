"""An election with a key that is known, and somebody who votes in it."""

from random import Random

from quorate.ballots.ballot import check_ballot, make_ballot
from quorate.ballots.credential import draw_credential, public_credential
from quorate.ballots.election import Election, read_election, write_election
from quorate.ballots.group import Group
from quorate.ballots.groups import find_group
from quorate.ballots.question import AnyQuestion

UUID = "TWwH7czxHNwDhB"
ED25519 = find_group("Ed25519")


def election_of(*questions: AnyQuestion, group: Group = ED25519) -> Election:
    data = write_election(
        uuid=UUID,
        name="Motion",
        description="A vote",
        group=group,
        public_key=group.power(group.generator, 12345),
        questions=questions,
    )
    return read_election(data)


class Voter:
    """Somebody with a credential, and chance that can be repeated."""

    def __init__(self, election: Election, seed: int = 1) -> None:
        self.election = election
        self.random = Random(seed)
        self.secret = draw_credential(self.random.randbytes)
        public = public_credential(election.group, UUID, self.secret)
        self.credentials = {public.text: public}

    def vote(self, *answers: list[int]) -> bytes:
        return make_ballot(self.election, self.secret, answers, self.random.randbytes)

    def checks(self, ballot: bytes) -> bool:
        check_ballot(self.election, self.credentials, ballot)
        return True
