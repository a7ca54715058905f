"""Elections by secret ballot in words: how far one is, what each check of its archive means, and what it may lack."""

from quorate.ballots.chain import Stage
from quorate.ballots.check import Check
from quorate.ballots.weakness import Weakness

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
    Check.CREDENTIALS: "no credential is there twice, each is a public key, and together they can be counted",
    Check.BALLOTS: "every ballot is signed with a credential of the list and holds a valid choice; none is there twice",
    Check.TALLY: "the encrypted tally is the product of the last ballot of each credential, and of nothing else",
    Check.SHUFFLES: "every shuffle holds the ballots of the one before, in an order that nobody knows",
    Check.DECRYPTIONS: "every partial decryption was made with its trustee's key, and there are enough of them",
    Check.RESULT: "the result is what the trustees decrypted",
    Check.MONITORING: "earlier copies are the beginning of this one, and numbers and hashes are those announced",
}
assert MEANING.keys() == set(Check)

WEAKNESSES: dict[Weakness, str] = {
    Weakness.OLD_THRESHOLD: (
        "The trustees' key was made in the old form, in which nobody signs whose certificates it rests on:"
        " whoever carried their messages may know the key, and can open every ballot then."
    ),
    Weakness.UNSHUFFLED: (
        "Nobody shuffled the ranked ballots: everybody can see which credential gave which ranking."
    ),
    Weakness.FEW_SHUFFLES: (
        "Not all trustees shuffled the ranked ballots: those who did can see together which credential gave which ranking."
    ),
}
assert WEAKNESSES.keys() == set(Weakness)
