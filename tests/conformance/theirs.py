"""Elections held with belenios-tool: its commands as the steps of `held.Maker`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tests.conformance.scenario import Scenario
from tests.conformance.tool import Tool, one

KEYGEN = "setup generate-trustee-key-threshold"


@dataclass(frozen=True)
class Theirs:
    tool: Tool

    @property
    def is_newer(self) -> bool:
        return self.tool.is_newer

    def token(self, at: Path) -> str:
        return self.tool.run("setup generate-token", at).decode().strip()

    def credentials(self, at: Path, uuid: str, group: str, weights: Sequence[int]) -> list[str]:
        return self.tool.credentials(at, uuid, group, weights)

    def trustee(self, at: Path, group: str, number: int) -> None:
        away = at / f"trustee-{number}"
        away.mkdir()
        self.tool.run("setup generate-trustee-key", away, "--group", group)
        one(away, "*.privkey").rename(at / f"{number}.privkey")
        one(away, "*.pubkey").rename(at / f"{number}.pubkey")

    def certificate(self, at: Path, scenario: Scenario, group: str, number: int) -> None:
        away = at / f"trustee-{number}"
        away.mkdir()
        context = self._context(scenario, number, 1)
        self.tool.run(KEYGEN, away, "--group", group, "--step", 1, *context)
        one(away, "*.cert").rename(at / f"{number}.cert")
        one(away, "*.key").rename(at / f"{number}.key")

    def polynomial(self, at: Path, scenario: Scenario, group: str, number: int) -> bytes:
        given = (*self._common(at, scenario, group, 3), "--key", f"{number}.key")
        return self.tool.run(KEYGEN, at, *given, *self._context(scenario, number, 3)).strip()

    def route(self, at: Path, scenario: Scenario, group: str, sent: list[bytes]) -> list[bytes]:
        self.tool.run(KEYGEN, at, *self._common(at, scenario, group, 2))
        (at / "polynomials.jsons").write_bytes(joined(sent))
        given = self._common(at, scenario, group, 4)
        self.tool.run(KEYGEN, at, *given, "--polynomials", "polynomials.jsons")
        certs = (at / "certs.jsons").read_bytes().splitlines()
        return [(at / f"{certificate_id(each)}.vinput").read_bytes() for each in certs]

    def receive(
        self, at: Path, scenario: Scenario, group: str, number: int, routed: bytes
    ) -> bytes:
        given = (*self._common(at, scenario, group, 5), "--key", f"{number}.key")
        made = self.tool.run(KEYGEN, at, *given, given=routed).strip()
        (at / f"{number}.dkey").write_text(json.loads(made)["private_key"])
        return made

    def finish(
        self, at: Path, scenario: Scenario, group: str, sent: list[bytes], made: list[bytes]
    ) -> bytes:
        (at / "polynomials.jsons").write_bytes(joined(sent))
        given = (*self._common(at, scenario, group, 6), "--polynomials", "polynomials.jsons")
        return self.tool.run(KEYGEN, at, *given, given=joined(made)).strip()

    def open(self, at: Path, scenario: Scenario, group: str, uuid: str) -> None:
        keys = [(at / f"{number}.pubkey").read_bytes() for number in scenario.single_numbers]
        (at / "public_keys.jsons").write_bytes(joined(keys))
        self.tool.run("setup make-trustees", at, "--dir", ".")
        template = {
            "description": "-",
            "name": scenario.name,
            "questions": scenario.questions,
            "administrator": "Zoë",
            "credential_authority": "server",
        }
        (at / "template.json").write_text(json.dumps(template, ensure_ascii=False))
        given = ("--dir", ".", "--uuid", uuid, "--group", group, "--template", "template.json")
        self.tool.run("setup make-election", at, *given)
        self.tool.run("archive init", at, "--dir", ".")

    def add(self, at: Path, event: str, lines: list[bytes]) -> None:
        given = joined(lines)
        self.tool.run("archive add-event", at, "--dir", ".", "--type", event, given=given)

    def ballot(self, at: Path, credential: str, answers: list[list[int]]) -> bytes:
        return self.tool.ballot(at, credential, answers)

    def tally(self, at: Path) -> list[bytes]:
        return self.tool.lines("compute-encrypted-tally", at)

    def shuffle(self, at: Path, owner: int) -> list[bytes]:
        return self.tool.lines("shuffle", at, "--trustee-id", owner)

    def decrypt(self, at: Path, owner: int) -> list[bytes]:
        single, identity = f"{owner}.privkey", ("--trustee-id", owner)
        if (at / single).exists():
            return self.tool.lines("decrypt", at, "--privkey", single, *identity)
        files = ("--key", f"{owner}.key", "--decryption-key", f"{owner}.dkey")
        return self.tool.lines("decrypt-threshold", at, *files, *identity)

    def result(self, at: Path) -> list[bytes]:
        return self.tool.lines("compute-result", at)

    def _common(self, at: Path, scenario: Scenario, group: str, step: int) -> tuple[object, ...]:
        certs = [(at / f"{number}.cert").read_bytes() for number in scenario.members]
        (at / "certs.jsons").write_bytes(joined(certs))
        return ("--group", group, "--certs", "certs.jsons", "--step", step)

    def _context(self, scenario: Scenario, number: int, step: int) -> tuple[object, ...]:
        if self.is_newer:
            index = scenario.members.index(number) + 1
            return ("--threshold-context", f"{index}/{scenario.threshold}/{scenario.group}")
        return ("--threshold", scenario.threshold) if step == 3 else ()


def joined(lines: Sequence[bytes]) -> bytes:
    """Lines as the tool reads them."""
    return b"".join(line.rstrip(b"\n") + b"\n" for line in lines)


def certificate_id(certificate: bytes) -> str:
    """What the tool names files of a member by."""
    return sha256(json.loads(certificate)["message"].encode()).hexdigest()
