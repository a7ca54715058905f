"""Elections by secret ballot in words: how far one is, and what each check of its archive means."""

from quorate.ballots.chain import Stage
from quorate.ballots.check import Check

STAGES = {
    Stage.NOT_SET_UP: "not set up",
    Stage.OPEN: "open: ballots are cast",
    Stage.CLOSED: "closed, not tallied yet",
    Stage.SHUFFLING: "tallied, ballots are being shuffled",
    Stage.DECRYPTING: "tallied, trustees are decrypting",
    Stage.PUBLISHED: "finished: the result is published",
}
"""The words for each stage of an election."""

MEANING: dict[Check, str] = {
    Check.ARCHIVE: "every byte of the archive is accounted for, and its events are a chain in their order",
    Check.TRUSTEES: "every trustee knows their key, and the election's key is made of theirs alone",
    Check.CREDENTIALS: "no credential is there twice, and each is a public key",
    Check.BALLOTS: "every ballot is signed with a credential of the list and holds a valid choice; none is there twice",
    Check.TALLY: "the encrypted tally is the product of the last ballot of each credential, and of nothing else",
    Check.SHUFFLES: "every shuffle holds the ballots of the one before, in an order that nobody knows",
    Check.DECRYPTIONS: "every partial decryption was made with its trustee's key, and there are enough of them",
    Check.RESULT: "the result is what the trustees decrypted",
    Check.MONITORING: "earlier copies are the beginning of this one, and numbers and hashes are those announced",
}
assert MEANING.keys() == set(Check)
