"""From a folder to an open desk: store, key, memory, clock and randomness put together."""

import logging
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from quorate.canon.fault import Fault, Malformed, Unavailable
from quorate.desk.desk import Desk, open_desk
from quorate.desk.fold import open_fold
from quorate.desk.keys import FileMemory, new_key, new_memory, read_key, read_regular_file
from quorate.desk.port import Head, Store
from quorate.desk.signing import check_signed, require_memory
from quorate.premises.clock import SystemClock
from quorate.premises.entropy import OsEntropy
from quorate.premises.folder import (
    KEY,
    MEMORY,
    PREMISES,
    VKEY,
    Premises,
    check_premises,
    read_premises,
    read_vkey,
)
from quorate.record.note import Signer, Verifier, format_vkey
from quorate.record.signer import CheckpointSigner, Extends, Memory, check_extends
from quorate.record.tree import Tree
from quorate.store import open_store
from quorate.store.order import EMPTY

K = TypeVar("K", Signer, Verifier)
_KEY_HINT = (
    "bring back the copy that you keep of log.key; without it nothing is signed, and log.vkey, the public key, is enough "
    "to read"
)
_log = logging.getLogger(__name__)


class NoMemory:
    """The memory of a signer that has none, and only reads: it remembers nothing, and cannot."""

    def __init__(self, why: Fault) -> None:
        self._why = why

    def last(self) -> tuple[int, bytes] | None:
        """None."""
        return None

    def check(self, extends: Extends) -> None:
        """Nothing: there is no head to ask of."""

    def remember(self, size: int, root: bytes, extends: Extends) -> None:  # noqa: ARG002  # as a Memory has them
        """Raise why there is none."""
        raise self._why


class NoKey(CheckpointSigner):
    """The signer of a folder without its key, for who only reads: it knows what was signed, and signs nothing."""

    def __init__(self, verifier: Verifier, path: Path, memory: Memory) -> None:
        self._verifier, self._path, self._memory = verifier, path, memory

    @property
    def origin(self) -> str:
        """The name of the log, as the public key has it."""
        return self._verifier.name

    @property
    def verifier(self) -> Verifier:
        """The public key."""
        return self._verifier

    def sign(self, tree: Tree) -> str:  # noqa: ARG002  # as a CheckpointSigner has it
        """Raise that there is no key to sign with."""
        raise Unavailable(f"nothing can be signed without the key {self._path}", _KEY_HINT)


def found_premises(folder: Path, premises: Premises) -> Verifier:
    """Make the folder, the key and the empty record; returns the public key.

    Raises:
        Malformed: there is an organisation already, the origin is no name of a key, or a store address has a password.
    """
    check_premises(premises)
    if any((folder / name).exists() for name in (PREMISES, KEY, MEMORY)):
        raise Malformed(str(folder), "a folder without an organisation", "name another with --dir")
    folder.mkdir(parents=True, exist_ok=True)
    _open_store(folder, premises, create=True).close()
    signer = new_key(folder / KEY, premises.origin, OsEntropy())
    new_memory(folder / MEMORY)
    (folder / VKEY).write_text(format_vkey(signer.verifier) + "\n")
    (folder / PREMISES).write_bytes(msgspec.json.format(msgspec.json.encode(premises)) + b"\n")
    return signer.verifier


def open_premises(
    folder: Path,
    progress: Callable[[int, int], None] | None = None,
    *,
    reading: bool = False,
) -> Desk:
    """The desk of the organisation in a folder.

    For `reading`, a folder will do that cannot be written, one without the signer's memory, with a warning, and one with
    the public key alone; where something has to be signed after all, that is Unavailable.

    Raises:
        Malformed: there is none, or its files are not in order.
        Unavailable: its record cannot be opened.
    """
    premises = read_premises(folder)
    signing = _signing(folder, premises, reading=reading)
    store = _open_store(folder, premises, create=False, reading=reading)
    try:
        memory = _memory(folder, store, reading=reading)
        return open_desk(
            store, signing(memory), SystemClock(), OsEntropy(), progress, reading=reading
        )
    except BaseException:
        store.close()
        raise


def remembered(folder: Path) -> Head:
    """The last head that the signer of a folder remembers.

    Raises:
        Malformed: there is no organisation, or the memory is damaged.
        Unavailable: the memory is missing.
    """
    read_premises(folder)
    return Head(*(FileMemory(folder / MEMORY).last() or EMPTY))


def renew_memory(folder: Path, checkpoints: Sequence[str]) -> tuple[Head, int]:
    """Have the signer of a folder, which lost its memory, remember the record's head; returns it, and how many checkpoints it extends.

    These are the ones given, which somebody kept, and those that the store keeps.

    Raises:
        Malformed: the memory is not lost, or a checkpoint is none.
        Unverified: a checkpoint is signed by another key.
        Unavailable: the record does not extend a checkpoint, or cannot be read, or the memory not be made.
    """
    premises, path = read_premises(folder), folder / MEMORY
    verifier = _read_key(folder, premises).verifier
    if path.exists() and FileMemory(path).last() is not None:
        raise Malformed(str(path), "no memory there", "it is not lost, and is never made anew")
    store = _open_store(folder, premises, create=False, reading=True)
    try:
        fold = open_fold(store)
        count = check_signed(fold, {*checkpoints, *store.checkpoints().values()}, verifier)
    finally:
        store.close()
    memory = FileMemory(path) if path.exists() else new_memory(path)
    memory.remember(*fold.head(), partial(check_extends, fold.tree))
    return fold.head(), count


def _signing(
    folder: Path, premises: Premises, *, reading: bool
) -> Callable[[Memory], CheckpointSigner]:
    public = _read_vkey(folder, premises) if reading else None
    if public is not None:
        return partial(NoKey, public, folder / KEY)
    return partial(CheckpointSigner, _read_key(folder, premises))


def _read_key(folder: Path, premises: Premises) -> Signer:
    path = folder / KEY
    try:
        signer = read_key(path)
    except Malformed as error:
        raise Malformed(str(path), error.expected, error.hint or _KEY_HINT) from None
    return _of_origin(signer, path, premises)


def _read_vkey(folder: Path, premises: Premises) -> Verifier | None:
    """The public key of a folder whose signing key is not there, or is not for whoever reads; None if there is none either."""
    path = folder / VKEY
    if os.access(folder / KEY, os.R_OK) or not path.is_file():
        return None
    return _of_origin(read_vkey(str(path)), path, premises)


def _of_origin(key: K, path: Path, premises: Premises) -> K:
    if key.name != premises.origin:
        raise Malformed(str(path), f"the key of {premises.origin}, not of {key.name}")
    return key


def _memory(folder: Path, store: Store, *, reading: bool) -> Memory:
    try:
        memory = FileMemory(folder / MEMORY)
        require_memory(store, remembers=memory.last() is not None)
    except Fault as fault:
        if not reading:
            raise
        _log.warning("whether the record was cut is not known here: %s", fault)
        _log.warning("hint: %s", fault.hint)
        return NoMemory(fault)
    return memory


def restore_store(folder: Path) -> Store:
    """The store of a folder by itself, made if it is not there: for filling it from an export."""
    return _open_store(folder, read_premises(folder), create=True)


def _open_store(folder: Path, premises: Premises, *, create: bool, reading: bool = False) -> Store:
    address = premises.store
    if premises.store_file:
        try:
            address = read_regular_file(folder / premises.store_file).decode().strip()
        except (OSError, UnicodeDecodeError):
            raise Malformed(premises.store_file, "a file with the address of the store") from None
    if "://" not in address and ":" not in address:
        address = f"sqlite:{folder / address}"
    return open_store(address, create=create, reading=reading)
