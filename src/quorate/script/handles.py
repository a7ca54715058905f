"""Handles: `@lenin` in what people write stands for the opaque id by which the record knows somebody."""

import difflib
import re
from collections.abc import Iterable

from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.canon.ident import check_ident

_mention = re.compile(r"(?<![\w@.])@([A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9]|[A-Za-z0-9])")


class Handles:
    """The handles of members: those that the state knows, and those introduced since."""

    def __init__(self, state: State) -> None:
        self._ids = {
            each.known.handle: each.id
            for each in state.people.values()
            if each.known is not None and each.known.handle
        }
        self._people = set(state.people)

    def learn(self, handle: str, person: str) -> None:
        """Let a handle mean a person from now on.

        Raises:
            Malformed: it means somebody else already, or is not written like a handle.
        """
        holder = self._ids.get(check_handle(handle), person)
        if holder != person:
            raise Malformed(f"@{handle}", f"a handle that is still free: it is that of {holder}")
        self._ids[handle] = person
        self._people.add(person)

    def find(self, handle: str) -> str | None:
        """The id of a handle, written with its `@` or without; None if nobody has it."""
        return self._ids.get(handle.removeprefix("@"))

    def known(self) -> list[str]:
        """All handles, without their `@`."""
        return list(self._ids)

    def resolve(self, who: str) -> str:
        """The id of somebody given by handle (with `@` or without) or by id.

        Raises:
            Malformed: nobody has that handle or id; names what comes near.
        """
        person = self.find(who)
        if person is not None:
            return person
        if who in self._people:
            return who
        bare = who.removeprefix("@")
        raise Malformed(f"@{bare}", "the handle of a member", near(bare, self._ids, "@"))

    def in_text(self, text: str) -> str:
        """The text with every `@handle` in it replaced by the id.

        Raises:
            Malformed: as `resolve`.
        """
        return _mention.sub(lambda match: self.resolve(match[0]), text) if "@" in text else text


def check_handle(handle: str) -> str:
    """The handle itself, if it is one: written like an identifier.

    Raises:
        Malformed: it is not.
    """
    try:
        return check_ident(handle)
    except Malformed as error:
        raise Malformed(error.where, error.expected.replace("an identifier", "a handle")) from None


def near(word: str, choices: Iterable[str], mark: str = "") -> str:
    """A hint that names what is written much like a word, or nothing: `did you mean @lenin?`."""
    close = difflib.get_close_matches(word, list(choices), n=3, cutoff=0.6)
    return f"did you mean {' or '.join(mark + each for each in close)}?" if close else ""
