"""From a folder to an open desk: store, key, memory, clock and randomness put together."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from quorate.canon.fault import Malformed
from quorate.desk.desk import Desk, open_desk
from quorate.desk.keys import FileMemory, new_key, read_key
from quorate.desk.port import Store
from quorate.premises.clock import SystemClock
from quorate.premises.entropy import OsEntropy
from quorate.premises.folder import (
    KEY,
    MEMORY,
    PREMISES,
    VKEY,
    Premises,
    check_no_password,
    read_premises,
)
from quorate.record.note import Verifier, check_name, format_vkey
from quorate.record.signer import CheckpointSigner
from quorate.store import open_store


def found_premises(folder: Path, premises: Premises) -> Verifier:
    """Make the folder, the key and the empty record; returns the public key.

    Raises:
        Malformed: there is an organisation already, the origin is no name of a key, or a store address has a password.
    """
    check_name(premises.origin)
    check_no_password(premises.store)
    if (folder / PREMISES).exists() or (folder / KEY).exists():
        raise Malformed(str(folder), "a folder without an organisation", "name another with --dir")
    folder.mkdir(parents=True, exist_ok=True)
    _open_store(folder, premises, create=True).close()
    signer = new_key(folder / KEY, premises.origin, OsEntropy())
    (folder / VKEY).write_text(format_vkey(signer.verifier) + "\n")
    (folder / PREMISES).write_bytes(msgspec.json.format(msgspec.json.encode(premises)) + b"\n")
    return signer.verifier


def open_premises(folder: Path, progress: Callable[[int, int], None] | None = None) -> Desk:
    """The desk of the organisation in a folder.

    Raises:
        Malformed: there is none, or its files are not in order.
        Unavailable: its record cannot be opened.
    """
    premises = read_premises(folder)
    signer = read_key(folder / KEY)
    if signer.name != premises.origin:
        raise Malformed(str(folder / KEY), f"the key of {premises.origin}, not of {signer.name}")
    store = _open_store(folder, premises, create=False)
    try:
        memory = FileMemory(folder / MEMORY)
        signing = CheckpointSigner(signer, memory)
        return open_desk(store, signing, SystemClock(), OsEntropy(), progress)
    except BaseException:
        store.close()
        raise


def restore_store(folder: Path) -> Store:
    """The store of a folder by itself, made if it is not there: for filling it from an export."""
    return _open_store(folder, read_premises(folder), create=True)


def _open_store(folder: Path, premises: Premises, *, create: bool) -> Store:
    address = premises.store
    if premises.store_file:
        try:
            address = (folder / premises.store_file).read_text().strip()
        except (OSError, UnicodeDecodeError):
            raise Malformed(premises.store_file, "a file with the address of the store") from None
    if "://" not in address and ":" not in address:
        address = f"sqlite:{folder / address}"
    return open_store(address, create=create)
