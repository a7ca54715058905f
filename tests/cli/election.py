"""Elections held from the command line, as people would: files and commands, nothing else."""

import csv
import shutil
from pathlib import Path
from typing import NamedTuple

from tests.cli.terminal import Said, quorate

CHAIR = """- question: Who shall chair the co-operative?
  answers: [Ann, Bob, Cem]
- question: Adopt the budget?
  answers: [Yes, No]
  blank: yes
"""
SITES = """- question: Which site do you prefer?
  answers: [Mill, Quay, Yard]
  ranked: yes
  counting: {method: Schulze}
- question: Adopt the budget?
  answers: [Yes, No]
"""
VOTERS = "name;shares;street\nAnna;1;Mill 1\nBela;2;Mill 2\nCem;1;Mill 3\nDora;5;Mill 4\n"


class Place(NamedTuple):
    """Where an election is held: the public folder, and beside it everybody's own files."""

    root: Path

    @property
    def folder(self) -> Path:
        """The election's folder."""
        return self.root / "E"

    @property
    def archive(self) -> Path:
        """The archive."""
        return next(self.folder.glob("*.bel"))

    def run(self, *words: object, stdin: str = "") -> Said:
        """A command of `quorate ballot` for this election."""
        return quorate("ballot", *words, "--dir", self.folder, stdin=stdin)

    def done(self, *words: object, stdin: str = "") -> Said:
        """The same, where it has to succeed."""
        said = self.run(*words, stdin=stdin)
        assert said.code == 0, said
        return said

    def file(self, name: str, text: str) -> Path:
        """A file that is nobody else's business."""
        path = self.root / name
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        return path

    def setup(self, *more: object, questions: str = CHAIR) -> Said:
        """The election is prepared."""
        asked = self.file("questions.yaml", questions)
        return self.run("setup", "--name", "The chair", "--questions", asked, *more)

    def issue(self, *more: object, voters: str = VOTERS) -> Said:
        """The credentials are made."""
        table = self.file("voters.csv", voters)
        return self.run("credentials", table, "--out", self.root / "letters.csv", *more)

    def key(self, name: str) -> Path:
        """A trustee's key file."""
        return self.root / f"{name}.key"

    def trustee(self, name: str) -> Said:
        """A trustee does the next step."""
        return self.run("trustee", name, "--key", self.key(name))

    def head(self) -> str:
        """The tally head, as the trustees announce it to each other."""
        return str(self.done("status", "--json").json()["election"]["tally_head"])

    def try_to_decrypt(self, key: Path, *more: object) -> Said:
        """A trustee decrypts, whose file that is; having compared the head, and however few have voted."""
        return self.run("decrypt", "--key", key, "--head", self.head() or "0" * 24, "--few", *more)

    def decrypt(self, key: Path, *more: object) -> Said:
        """The same, where it has to succeed."""
        said = self.try_to_decrypt(key, *more)
        assert said.code == 0, said
        return said

    def letter(self, name: str) -> Path:
        """The file with a voter's credential."""
        with (self.root / "letters.csv").open(encoding="utf-8", newline="") as file:
            found = {row["name"]: row["credential"] for row in csv.DictReader(file)}
        return self.file(f"{name}.credential", found[name] + "\n")

    def vote(self, name: str, answers: str, *more: object) -> Said:
        """A voter votes."""
        given = self.file(f"{name}.yaml", answers)
        return self.run("vote", "--credential", self.letter(name), "--answers", given, *more)

    def copy(self, root: Path) -> "Place":
        """The same, elsewhere."""
        shutil.copytree(self.root, root)
        return Place(root)


def opened(
    root: Path,
    *trustees: str,
    threshold: int = 0,
    weights: bool = False,
    questions: str = CHAIR,
    group: str = "Ed25519",
) -> Place:
    """An election whose box is open."""
    root.mkdir(exist_ok=True)
    place = Place(root)
    named = [word for name in trustees for word in ("--trustee", name)]
    enough = ("--threshold", threshold) if threshold else ()
    assert place.setup(*named, *enough, "--group", group, questions=questions).code == 0
    assert place.issue(*(("--weights", "shares") if weights else ())).code == 0
    for _ in range(3 if threshold else 1):
        for name in trustees:
            assert place.trustee(name).code == 0
    place.done("open")
    return place
