"""The four families of errors. Whoever catches one knows from its family what to do.

    Fault
    ├── Refused      a rule of the house says no; cites the clause (declared in assembly/refusal.py)
    ├── Malformed    bytes from outside do not parse; nothing of them was applied
    ├── Unverified   a proof failed; names the check and the entry; never caught below cli and web
    ├── Conflict     somebody else was first; read again and try again
    └── Unavailable  the record cannot be kept now (disk, database, signer); nothing is acknowledged
        └── Busy     it can, but others hold it: nothing was changed, and trying again is enough

A broken invariant is none of these: it asserts.
"""


class Fault(Exception):
    """The root of all errors that Quorate raises on purpose."""

    hint: str = ""


class Malformed(Fault):
    """Bytes from outside do not parse: says where, what was expected and, if known, what to do.

    One that repeats the message of the error which it was raised for says that in its own words: `x.yaml:1: @tom:
    expected the handle of a member`.
    """

    def __init__(self, where: str, expected: str, hint: str = "") -> None:
        super().__init__(f"{where}: {expected}" if where else expected)
        self.where = where
        self.expected = expected
        self.hint = hint

    def __str__(self) -> str:
        words = self.expected if self.repeats() else f"expected {self.expected}"
        return f"{self.where}: {words}" if self.where else words

    def repeats(self) -> bool:
        """Whether what it says is the message of the error that it was raised for, which is whole already."""
        before = self.__context__
        if isinstance(before, Malformed) and self.expected.startswith(before.expected):
            return before.repeats()
        first = str(before or "").partition(" - at `$")[0]
        return bool(first) and self.expected.lower().startswith(first.lower())

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:
        return type(self), (self.where, self.expected, self.hint)


class Unverified(Fault):
    """A check of the record failed: its number and name, the entry (or None for the whole) and the reason."""

    def __init__(self, check: str, reason: str, entry: int | None = None) -> None:
        at = "" if entry is None else f", entry {entry}"
        super().__init__(f"check {check}{at}: {reason}")
        self.check = check
        self.reason = reason
        self.entry = entry

    def __reduce__(self) -> tuple[type, tuple[str, str, int | None]]:
        # Without it an error raised in another process could not come back from there.
        return type(self), (self.check, self.reason, self.entry)


class Conflict(Fault):
    """Another writer was first: read again and try again."""


class Unavailable(Fault):
    """The record cannot be kept at present; nothing that was not acknowledged may be relied upon."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.hint = hint


class Busy(Unavailable):
    """Others hold the record, or it takes no more at present; nothing was changed, and it can be used as before."""
