"""From a folder to an open desk: store, key, memory, clock and randomness put together."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from quorate.canon.fault import Fault, Malformed
from quorate.desk.desk import Desk, open_desk
from quorate.desk.fold import open_fold
from quorate.desk.keys import FileMemory, new_key, new_memory, read_key
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
)
from quorate.record.note import Signer, Verifier, format_vkey
from quorate.record.signer import CheckpointSigner, Memory
from quorate.store import open_store
from quorate.store.order import EMPTY

_log = logging.getLogger(__name__)


class NoMemory:
    """The memory of a signer that has none, and only reads: it remembers nothing, and cannot."""

    def __init__(self, why: Fault) -> None:
        self._why = why

    def last(self) -> tuple[int, bytes] | None:
        """None."""
        return None

    def remember(self, size: int, root: bytes) -> None:  # noqa: ARG002  # as a Memory has them
        """Raise why there is none."""
        raise self._why


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

    For `reading`, a folder will do that cannot be written, and one without the signer's memory, with a warning.

    Raises:
        Malformed: there is none, or its files are not in order.
        Unavailable: its record cannot be opened.
    """
    premises = read_premises(folder)
    signer = _read_key(folder, premises)
    store = _open_store(folder, premises, create=False, reading=reading)
    try:
        memory = _memory(folder, store, reading=reading)
        signing = CheckpointSigner(signer, memory)
        return open_desk(store, signing, SystemClock(), OsEntropy(), progress, reading=reading)
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
    memory.remember(*fold.head())
    return fold.head(), count


def _read_key(folder: Path, premises: Premises) -> Signer:
    signer = read_key(folder / KEY)
    if signer.name != premises.origin:
        raise Malformed(str(folder / KEY), f"the key of {premises.origin}, not of {signer.name}")
    return signer


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
            address = (folder / premises.store_file).read_text().strip()
        except (OSError, UnicodeDecodeError):
            raise Malformed(premises.store_file, "a file with the address of the store") from None
    if "://" not in address and ":" not in address:
        address = f"sqlite:{folder / address}"
    return open_store(address, create=create, reading=reading)
