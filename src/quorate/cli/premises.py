"""The premises of an organisation: one folder with its record, its key, and the memory of its signer.

quorate.json    where the record is (`store`, or `store_file` for an address with a password) and its `origin`
record.sqlite   the record, unless it is in PostgreSQL
log.key         the signing key, readable by its owner alone
log.vkey        the public key: print it in the statutes
signer.log      what was signed; never restore it from a backup
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import msgspec

from quorate.canon.fault import Malformed
from quorate.desk.desk import Desk, open_desk
from quorate.desk.keys import FileMemory, new_key, read_key
from quorate.desk.port import Store
from quorate.record.note import Verifier, check_name, format_vkey, parse_vkey
from quorate.record.signer import CheckpointSigner
from quorate.store import open_store

PREMISES = "quorate.json"
KEY, VKEY, MEMORY = "log.key", "log.vkey", "signer.log"
_BLOCK = 64 * 1024


class Premises(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What `quorate.json` says."""

    origin: str
    store: str = ""
    store_file: str = ""
    """A file that holds the address, where that has a password in it."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The present instant, UTC."""
        return datetime.now(UTC)


class OsEntropy:
    """The randomness of the operating system, fetched in blocks: salts are many and small. Not thread-safe."""

    def __init__(self) -> None:
        self._block = b""

    def bytes(self, count: int) -> bytes:
        """So many random bytes, none of them given out before."""
        if count > len(self._block):
            self._block += os.urandom(max(_BLOCK, count))
        taken, self._block = self._block[:count], self._block[count:]
        return taken


def found_premises(folder: Path, premises: Premises) -> Verifier:
    """Make the folder, the key and the empty record; the public key.

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


def read_premises(folder: Path) -> Premises:
    """What the folder's `quorate.json` says.

    Raises:
        Malformed: no such file, or not of that form.
    """
    path = folder / PREMISES
    try:
        return msgspec.json.decode(path.read_bytes(), type=Premises)
    except FileNotFoundError:
        hint = "make one with `quorate init`, or name its folder with --dir"
        raise Malformed(str(folder), "the folder of an organisation", hint) from None
    except OSError as error:
        raise Malformed(str(path), f"a readable file ({error.strerror})") from None
    except msgspec.DecodeError as error:
        raise Malformed(str(path), str(error)) from None


def read_vkey(text_or_path: str) -> Verifier:
    """The public key of a file, or written out.

    Raises:
        Malformed: neither.
    """
    path = Path(text_or_path)
    if path.is_file():
        try:
            return parse_vkey(path.read_text().strip())
        except (OSError, UnicodeDecodeError):
            raise Malformed(str(path), "a public key, as in log.vkey") from None
    if "+" not in text_or_path:
        raise Malformed(text_or_path, "a file with a public key, or the key itself")
    return parse_vkey(text_or_path)


def check_no_password(address: str) -> None:
    """Return if the address of a store has no password in it, else raise Malformed without quoting it."""
    if "://" not in address:
        return
    try:
        parts = urlsplit(address)
        secret = parts.password or dict(parse_qsl(parts.query)).get("password")
    except ValueError:
        raise Malformed("the store's address", "an address") from None
    if secret:
        hint = "use PGPASSFILE or PGPASSWORD, or put the address in a file and name it with --store-file"
        raise Malformed("the store's address", "an address without a password in it", hint)


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
