"""An SQLite VFS that fails at a chosen call, and one that remembers what a power cut would leave on the disk."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import apsw

SECTOR = 512


class Step(NamedTuple):
    """One thing done to a file: `write` at an offset, `truncate` to one, `sync`, or `delete`; or a `mark` of the test."""

    what: str
    name: str = ""
    offset: int = 0
    data: bytes = b""


class _File(apsw.VFSFile):
    def __init__(self, vfs: "Faulty", name: object, flags: list[int]) -> None:
        self._name = Path(str(name.filename() if isinstance(name, apsw.URIFilename) else name)).name
        self._vfs = vfs
        super().__init__("", name, flags)  # type: ignore[arg-type]

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._vfs.step(Step("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self._vfs.step(Step("truncate", self._name, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._vfs.step(Step("sync", self._name))
        super().xSync(flags)


class Faulty(apsw.VFS):
    """SQLite's own VFS, all of whose steps are kept; the step number `fail_at`, counted from `arm`, and those after it fail."""

    def __init__(self, name: str = "faulty") -> None:
        self.name = name
        self.steps: list[Step] = []
        self._left: int | None = None
        self._error: apsw.Error = apsw.IOError()
        self.failed = 0
        super().__init__(name, "")

    def arm(self, fail_at: int, error: apsw.Error, *, once: bool = False) -> None:
        """Fail from that step on, or in that step only."""
        self._left, self._error, self._once, self.failed = fail_at, error, once, 0

    def disarm(self) -> None:
        self._left = None

    def step(self, step: Step) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left == -1 or (self._left < 0 and not self._once):
                self.failed += 1
                raise self._error
        self.steps.append(step)

    def xOpen(self, name: object, flags: list[int]) -> _File:  # noqa: N802
        return _File(self, name, flags)

    def xDelete(self, name: str, sync: bool) -> None:  # noqa: N802
        self.step(Step("delete", Path(name).name))
        super().xDelete(name, sync)


@contextmanager
def faulty_vfs() -> Iterator[Faulty]:
    """The VFS, registered for the length of the block."""
    vfs = Faulty()
    try:
        yield vfs
    finally:
        vfs.unregister()


def after_power_cut(steps: list[Step], chance: random.Random | None) -> dict[str, bytes]:
    """The files as the disk holds them after these steps.

    What was synced is there. Of what was written since, nothing is there if there is no `chance`; else each sector and
    each change of size may or may not be, as chance has it.
    """
    durable: dict[str, bytearray] = {}
    pending: dict[str, list[Step]] = {}
    for step in steps:
        if step.what == "delete":
            durable.pop(step.name, None)
            pending.pop(step.name, None)
        elif step.what == "sync":
            content = durable.setdefault(step.name, bytearray())
            for one in pending.pop(step.name, []):
                _apply(content, one)
        elif step.what != "mark":
            pending.setdefault(step.name, []).append(step)
    for name, lost in pending.items():
        for one in lost if chance else []:
            _apply_in_part(durable.setdefault(name, bytearray()), one, chance or random.Random())
    return {name: bytes(content) for name, content in durable.items()}


def _apply(content: bytearray, step: Step) -> None:
    if step.what == "truncate":
        del content[step.offset :]
        return
    content.extend(bytes(max(0, step.offset - len(content))))
    content[step.offset : step.offset + len(step.data)] = step.data


def _apply_in_part(content: bytearray, step: Step, chance: random.Random) -> None:
    if step.what == "truncate":
        if chance.random() < 0.5:
            _apply(content, step)
        return
    for start in range(0, len(step.data), SECTOR):
        if chance.random() < 0.5:
            piece = step.data[start : start + SECTOR]
            _apply(content, Step("write", step.name, step.offset + start, piece))
