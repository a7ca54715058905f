"""The elections that are held: what is asked, who votes how, who holds the keys, and what has to come out."""

from dataclasses import dataclass, replace

FIELDS = ("BELENIOS-2048", "RFC-3526-2048")
CURVE = "Ed25519"
PICK_ONE = {"answers": ["Yes", "No", "Abstain"], "min": 1, "max": 1, "question": "Adopt it?"}
PICK_SOME = {"answers": ["Ann", "Zoë"], "min": 0, "max": 2, "question": 'Who of "these"?'}
OR_BLANK = {"answers": ["A", "B", "C"], "blank": True, "min": 1, "max": 2, "question": "Board"}
RANK = {
    "type": "NonHomomorphic",
    "value": {"answers": ["A", "B", "C"], "question": "In which order?"},
    "extra": {"method": "Schulze", "blank": True},
}
YES, NO, ABSTAIN = [1, 0, 0], [0, 1, 0], [0, 0, 1]


@dataclass(frozen=True)
class Scenario:
    """An election: `votes` are cast in this order by voters numbered from 0, the last of each counts."""

    name: str
    questions: tuple[dict, ...]
    votes: tuple[tuple[int, list[list[int]]], ...]
    result: list[list]
    """Of a ranked question the rankings in sorted order."""
    weights: tuple[int, ...] = (1, 1, 1, 1)
    singles: int = 2
    """Trustees with a key of their own."""
    threshold: int = 0
    """How many of the trustees of `group` must decrypt; 0: there are none."""
    group: int = 0
    decrypting: tuple[int, ...] = (1, 2)
    """The trustees who do, by number."""

    @property
    def is_ranked(self) -> bool:
        return any("type" in each for each in self.questions)

    @property
    def groups(self) -> tuple[str, ...]:
        """Those in which it can be held; ranked questions need one that carries them."""
        return (FIELDS[1], CURVE) if self.is_ranked else (FIELDS[0], CURVE)

    @property
    def single_numbers(self) -> range:
        """The numbers of the trustees with a key of their own."""
        return range(1, self.singles + 1)

    @property
    def members(self) -> range:
        """The numbers of the trustees of the group."""
        return range(self.singles + 1, self.singles + self.group + 1)

    def __str__(self) -> str:
        return self.name


_ONE_QUESTION = ((0, [YES]), (1, [NO]), (2, [YES]), (0, [NO]))
SCENARIOS = (
    Scenario("single", (PICK_ONE,), _ONE_QUESTION, [[1, 2, 0]]),
    Scenario("nobody", (PICK_ONE,), (), [[0, 0, 0]]),
    Scenario(
        "threshold",
        (PICK_ONE,),
        _ONE_QUESTION,
        [[1, 2, 0]],
        singles=0,
        threshold=2,
        group=3,
        decrypting=(1, 3),
    ),
    Scenario(
        "both",
        (PICK_ONE,),
        _ONE_QUESTION,
        [[1, 2, 0]],
        singles=1,
        threshold=2,
        group=3,
        decrypting=(1, 3, 4),
    ),
    Scenario(
        "blank",
        (OR_BLANK, PICK_SOME),
        (
            (0, [[0, 1, 1, 0], [1, 1]]),
            (1, [[1, 0, 0, 0], [0, 0]]),
            (2, [[0, 0, 0, 1], [0, 1]]),
        ),
        [[1, 1, 1, 1], [1, 2]],
    ),
    Scenario(
        "weighted",
        (PICK_ONE,),
        ((0, [YES]), (1, [NO]), (2, [ABSTAIN]), (1, [YES])),
        [[13, 0, 500]],
        weights=(10, 3, 500, 7),
    ),
    Scenario(
        "ranked",
        (RANK, PICK_ONE),
        ((0, [[1, 2, 3], YES]), (1, [[3, 1, 2], NO]), (2, [[0, 0, 0], NO]), (1, [[1, 255, 7], NO])),
        [[[0, 0, 0], [1, 2, 3], [1, 255, 7]], [1, 2, 0]],
    ),
    Scenario(
        "ranked-threshold",
        (RANK,),
        ((0, [[1, 2, 3]]), (3, [[1, 2, 3]])),
        [[[1, 2, 3], [1, 2, 3]]],
        singles=0,
        threshold=2,
        group=3,
    ),
)

_BY_NAME = {each.name: each for each in SCENARIOS}
_THIRTY = {"type": "NonHomomorphic", "value": {"answers": ["?"] * 30, "question": "All of them"}}
_ODD = {"answers": ["\x7f\u2028", "", "</script>"], "min": 0, "max": 3, "question": "\t\x01\n日本"}
EDGES = (
    replace(_BY_NAME["threshold"], name="one of three", threshold=1, decrypting=(2,)),
    replace(_BY_NAME["threshold"], name="all of three", threshold=3, decrypting=(1, 2, 3)),
    replace(_BY_NAME["weighted"], name="no weight", weights=(0, 3, 500, 7), result=[[3, 0, 500]]),
    replace(
        _BY_NAME["weighted"],
        name="a weight that is written as text",
        weights=(2**31, 3, 500, 7),
        result=[[2**31 + 3, 0, 500]],
    ),
    replace(
        _BY_NAME["single"],
        name="nothing may be picked",
        questions=(PICK_ONE | {"min": 0, "max": 0},),
        votes=((0, [[0, 0, 0]]),),
        result=[[0, 0, 0]],
    ),
    replace(
        _BY_NAME["single"],
        name='odd "characters" \\ / é 𝄞',
        questions=(_ODD,),
        votes=((0, [[1, 1, 1]]), (1, [[0, 0, 0]])),
        result=[[1, 1, 1]],
    ),
    replace(
        _BY_NAME["blank"],
        name="nothing picked beside a blank vote",
        questions=(OR_BLANK | {"min": 0},),
        votes=((0, [[0, 0, 0, 0]]), (1, [[1, 0, 0, 0]])),
        result=[[1, 0, 0, 0]],
    ),
    replace(
        _BY_NAME["ranked"],
        name="thirty ranks",
        questions=(_THIRTY,),
        votes=((0, [[*range(7, 247, 8)]]), (1, [[255] * 30])),
        result=[[[*range(7, 247, 8)], [255] * 30]],
    ),
    replace(_BY_NAME["ranked"], name="no ranking", votes=(), result=[[], [0, 0, 0]]),
    replace(
        _BY_NAME["ranked"],
        name="one ranking",
        votes=((0, [[1, 2, 3], YES]),),
        result=[[[1, 2, 3]], [1, 0, 0]],
    ),
)
"""Each is held once for each tool, in the newest group that it knows."""
