"""The elections that belenios-tool made: their objects, with the keys of everybody."""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from quorate.ballots.credential import PublicCredential, read_credentials
from quorate.ballots.election import Election, read_election

VECTORS = Path(__file__).parents[2] / "vectors" / "belenios"
NAMES = sorted(path.name for path in VECTORS.iterdir() if path.is_dir())


class Held(NamedTuple):
    """An election that was held, and is read from its archive without any check."""

    election: Election
    credentials: dict[str, PublicCredential]
    trustees: bytes
    ballots: tuple[bytes, ...]
    objects: dict[str, bytes]
    """Every object of the archive by its hash."""
    events: tuple[dict[str, Any], ...]
    folder: Path

    def payload(self, kind: str) -> list[bytes]:
        """The payloads of all events of a type."""
        return [self.objects[each["payload"]] for each in self.events if each["type"] == kind]

    def secrets(self) -> list[str]:
        """The voters' private credentials."""
        if (self.folder / "private_creds.json").exists():
            text = (self.folder / "private_creds.json").read_text(encoding="utf-8")
            return list(json.loads(text).values())
        text = (self.folder / "private_creds.txt").read_text(encoding="utf-8")
        return [line.split()[1] for line in text.splitlines()]


@cache
def held(name: str) -> Held:
    """The election of a vector."""
    folder = VECTORS / name
    objects, events = {}, []
    for record, body in _records(next(folder.glob("*.bel")).read_bytes()):
        if record.endswith(".data.json"):
            objects[record[:64]] = body
        elif record.endswith(".event.json"):
            events.append(json.loads(body))
    setup = json.loads(objects[events[0]["payload"]])
    election = read_election(objects[setup["election"]])
    return Held(
        election=election,
        credentials=read_credentials(election.group, objects[setup["credentials"]]),
        trustees=objects[setup["trustees"]],
        ballots=tuple(objects[each["payload"]] for each in events if each["type"] == "Ballot"),
        objects=objects,
        events=tuple(events),
        folder=folder,
    )


def values(name: str) -> dict[str, Any]:
    """The values of a file of vectors."""
    return dict(json.loads((VECTORS / name).read_text(encoding="utf-8")))


def _records(data: bytes) -> list[tuple[str, bytes]]:
    found, at = [], 0
    while at < len(data):
        size = int(data[at + 124 : at + 135], 8)
        name = data[at : at + 100].rstrip(b"\0").decode()
        found.append((name, data[at + 512 : at + 512 + size]))
        at += 512 + (size + 511) // 512 * 512
    return found
