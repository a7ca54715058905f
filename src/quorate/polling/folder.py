"""The folder of an election, in which everything is public. Secrets are kept elsewhere, by their owners.

draft.json               what was set up: uuid, name, group, questions, who the trustees are
credentials.json         the public list of credentials
trustees/1-….json        what trustee 1 has published: a certificate, a polynomial, a key
UUID.bel                 the archive: from `quorate ballot open` on, nothing else in the folder counts
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from quorate.ballots.group import Group
from quorate.ballots.groups import find_group
from quorate.ballots.question import AnyQuestion, question
from quorate.ballots.threshold import finish
from quorate.ballots.trustee import write_trustees
from quorate.ballots.trustee_ceremony import Ceremony, check_certificates
from quorate.ballots.trustee_wire import KeyMade, TrusteeKey
from quorate.ballots.wire import read, write
from quorate.canon.fault import Malformed
from quorate.polling.files import read_file, write_public
from quorate.polling.minimum import MINIMUM

DRAFT, CREDENTIALS, TRUSTEES = "draft.json", "credentials.json", "trustees"
CERTIFICATE, POLYNOMIAL, KEY = "certificate", "polynomial", "key"


class Draft(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The content of `draft.json`: an election as it is prepared."""

    uuid: str
    name: str
    description: str
    group: str
    questions: tuple[msgspec.Raw, ...]
    trustees: tuple[str, ...]
    """Their names; trustee 1 is the first."""
    threshold: int
    """How many of them are enough; 0 if all are needed, each with a key of their own."""
    administrator: str = ""
    registrar: str = ""
    minimum: int = MINIMUM
    """Counted ballots below which the tally is not to be opened."""


class ElectionFolder:
    """The folder of one election."""

    def __init__(self, path: Path, draft: Draft) -> None:
        self.path = path
        self.draft = draft

    @property
    def group(self) -> Group:
        """The group in which ballots are encrypted."""
        return find_group(self.draft.group)

    @property
    def questions(self) -> tuple[AnyQuestion, ...]:
        """The questions of the election."""
        return tuple(
            question(bytes(each), f"{DRAFT}: question {i}")
            for i, each in enumerate(self.draft.questions, 1)
        )

    @property
    def archive(self) -> Path:
        """The path of the archive, which may not be there yet."""
        return self.path / f"{self.draft.uuid}.bel"

    @property
    def credentials(self) -> Path:
        """The path of the public list of credentials, which may not be there yet."""
        return self.path / CREDENTIALS

    def published(self, trustee: int, what: str) -> Path:
        """The path of a part of a trustee (`certificate`, `polynomial` or `key`), which may not be there yet."""
        return self.path / TRUSTEES / f"{trustee}-{what}.json"

    def number(self, name: str) -> int:
        """The number of a trustee that is named, or given by number.

        Raises:
            Malformed: there is none.
        """
        return trustee_number(self.draft.trustees, name)

    def lacking(self, what: str) -> list[str]:
        """The names of the trustees who have not published a kind of part yet."""
        return [
            name
            for i, name in enumerate(self.draft.trustees, 1)
            if not self.published(i, what).exists()
        ]

    def parts(self, what: str) -> list[bytes]:
        """The parts of a kind that the trustees have published, in the order of their numbers."""
        numbers = range(1, len(self.draft.trustees) + 1)
        return [read_file(self.published(i, what)) for i in numbers]

    def stage(self) -> str:
        """The first kind of part that some trustee has not published yet; `KEY` if all have published everything."""
        for what in (CERTIFICATE, POLYNOMIAL) if self.draft.threshold else ():
            if self.lacking(what):
                return what
        return KEY

    def public_key(self, trustee: int) -> str:
        """The public key that a trustee has published. Raises Malformed if it is none."""
        data = read_file(self.published(trustee, KEY))
        if self.draft.threshold:
            return read(data, KeyMade, "a trustee's key").public_key.public_key
        return read(data, TrusteeKey, "a trustee's key").public_key

    def trustees(self) -> bytes:
        """The list of trustees as it will be published.

        Raises:
            Malformed, UnverifiedTrustee: somebody's part is not as it should be; it is named.
        """
        if not self.draft.threshold:
            return write_trustees(self.parts(KEY))
        return write_trustees([finish(self.ceremony(), self.parts(POLYNOMIAL), self.parts(KEY))])

    def ceremony(self) -> Ceremony:
        """The ceremony of all certificates. Raises like `check_certificates`."""
        size, threshold = len(self.draft.trustees), self.draft.threshold
        return check_certificates(self.group, size, threshold, self.parts(CERTIFICATE))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A block in which no other process prepares this election."""
        with (self.path / DRAFT).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def trustee_number(names: tuple[str, ...], name: str) -> int:
    """The number of a trustee that is named, or given by number. Raises Malformed if there is none."""
    if name in names:
        return names.index(name) + 1
    if name.isascii() and name.isdigit() and 1 <= int(name) <= len(names):
        return int(name)
    choices = ", ".join(f"{i} {each}".strip() for i, each in enumerate(names, 1))
    raise Malformed(name, "the name or number of a trustee", f"there are {choices}")


def make_folder(path: Path, draft: Draft) -> ElectionFolder:
    """A new folder with a draft in it.

    Raises:
        Malformed: there is an election already.
    """
    if (path / DRAFT).exists():
        raise Malformed(str(path), "a folder without an election", "name another with --dir")
    (path / TRUSTEES).mkdir(parents=True, exist_ok=True)
    write_public(path / DRAFT, msgspec.json.format(write(draft)) + b"\n")
    return ElectionFolder(path, draft)


def open_folder(path: Path) -> ElectionFolder:
    """The election in a folder.

    Raises:
        Malformed: there is none.
    """
    if not (path / DRAFT).is_file():
        hint = "make one with `quorate ballot setup`, or name its folder with --dir"
        raise Malformed(str(path), "the folder of an election", hint)
    try:
        draft = msgspec.json.decode(read_file(path / DRAFT), type=Draft)
    except msgspec.DecodeError as error:
        raise Malformed(str(path / DRAFT), str(error)) from None
    return ElectionFolder(path, draft)
