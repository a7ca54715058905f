"""belenios-tool of any version from 2.0 to 3.3: its commands, as its own `--help` names them."""

import json
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.conformance.scenario import CURVE, FIELDS

SECONDS = 120


class ToolRefused(Exception):
    """The tool ended with an error; its message."""


@dataclass(frozen=True)
class Tool:
    program: Path
    version: tuple[int, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that it knows: Ed25519 came with 2.1."""
        return (*FIELDS, CURVE) if self.version >= (2, 1) else FIELDS

    @property
    def is_newer(self) -> bool:
        """Of the kind of 3.x: full-style credentials, a threshold context, and `verify-ballot`."""
        return self.version >= (3,)

    def run(self, command: str, at: Path, *args: object, given: bytes = b"") -> bytes:
        """What a command prints, given its input, in a folder."""
        line = [str(self.program), *command.split(), *map(str, args)]
        done = subprocess.run(
            line, cwd=at, input=given, capture_output=True, timeout=SECONDS, check=False
        )
        if done.returncode:
            raise ToolRefused(f"{command}: {done.stderr.decode(errors='replace')[-2000:]}")
        return done.stdout

    def verify(self, at: Path) -> None:
        """The archive in a folder as a whole."""
        self.run("election verify", at, "--dir", ".")

    def verify_ballot(self, at: Path, ballot: bytes) -> None:
        """One ballot, against the archive in a folder, which must not hold it yet."""
        (at / "one.json").write_bytes(ballot)
        self.run("election verify-ballot", at, "--dir", ".", "--ballot", "one.json")

    def verify_difference(self, before: Path, after: Path) -> None:
        """That the archive of one folder goes on from that of another."""
        self.run("election verify-diff", after, "--dir1", before, "--dir2", after)

    def credentials(self, at: Path, uuid: str, group: str, weights: Sequence[int]) -> list[str]:
        """Private credentials of as many voters, in their order; writes public_creds.json."""
        names = [f"v{i}" for i in range(len(weights))]
        voters = [f"{n}@example.org,{n},{w}\n" for n, w in zip(names, weights, strict=True)]
        (at / "voters.txt").write_text("".join(voters))
        command = "setup generate-credentials"
        self.run(command, at, "--uuid", uuid, "--group", group, "--file", "voters.txt")
        public = one(at, "*.pubcreds")
        public.rename(at / "public_creds.json")
        private = one(at, "*.privcreds").read_text()
        if self.is_newer:
            return [json.loads(private)[name] for name in names]
        by_line = dict(line.split(" ") for line in private.splitlines())
        return [by_line[each.rstrip()] for each in voters]

    def derive(self, at: Path, uuid: str, group: str, private: str) -> str:
        """The public key of a private credential."""
        given = ("--uuid", uuid, "--group", group, "--derive", private)
        return self.run("setup generate-credentials", at, *given).decode().strip()

    def ballot(self, at: Path, credential: str, answers: list[list[int]]) -> bytes:
        (at / "credential").write_text(credential)
        (at / "choice").write_text(json.dumps(answers, separators=(",", ":")))
        option = "--choice" if self.is_newer else "--ballot"
        command = "election generate-ballot"
        made = self.run(command, at, "--dir", ".", "--privcred", "credential", option, "choice")
        return made.rstrip(b"\n")

    def lines(self, command: str, at: Path, *args: object) -> list[bytes]:
        """What a command of an election prints, in lines."""
        return self.run(f"election {command}", at, "--dir", ".", *args).splitlines()


def open_tool(program: Path) -> Tool:
    """The tool, asked for its version."""
    said = subprocess.run([program, "--version"], capture_output=True, check=True, text=True)
    found = re.match(r"(\d+)\.(\d+)(?:\.(\d+))?", said.stdout)
    assert found, said.stdout
    return Tool(program, tuple(int(each or 0) for each in found.groups()))


def one(at: Path, pattern: str) -> Path:
    """The only file of a pattern in a folder."""
    (found,) = at.glob(pattern)
    return found
