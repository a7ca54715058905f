"""The premises of an organisation: one folder with its record, its key, and the memory of its signer.

quorate.json    where the record is (`store`, or `store_file` for an address with a password) and its `origin`
record.sqlite   the record, unless it is in PostgreSQL
log.key         the signing key, readable by its owner alone
log.vkey        the public key: print it in the statutes
signer.log      what was signed; never restore it from a backup, and see `quorate memory --new` if it is lost
"""

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import msgspec

from quorate.canon.fault import Malformed
from quorate.canon.line import check_line
from quorate.desk.keys import read_regular_file
from quorate.record.note import Verifier, check_name, parse_vkey

PREMISES = "quorate.json"
KEY, VKEY, MEMORY = "log.key", "log.vkey", "signer.log"

_FORM = "it is one line, `name+id+key`: the organisation publishes it, and has it in log.vkey"


class Premises(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The content of `quorate.json`."""

    origin: str
    store: str = ""
    store_file: str = ""
    """A file that holds the address, where that has a password in it."""


def read_premises(folder: Path) -> Premises:
    """The premises that the `quorate.json` of a folder describes.

    Raises:
        Malformed: no such file, or not of that form.
    """
    path = folder / PREMISES
    try:
        premises = msgspec.json.decode(read_regular_file(path), type=Premises)
    except FileNotFoundError:
        hint = "make one with `quorate init`, or name its folder with --dir"
        raise Malformed(str(folder), "the folder of an organisation", hint) from None
    except OSError as error:
        raise Malformed(str(path), f"a readable file ({error.strerror})") from None
    except msgspec.DecodeError as error:
        raise Malformed(str(path), str(error)) from None
    return check_premises(premises)


def check_premises(premises: Premises) -> Premises:
    """The premises themselves, if what they name are names.

    Raises:
        Malformed: the origin is no name of a key, an address has a control character, or a password in it.
    """
    check_name(premises.origin)
    check_line(premises.store, "the store's address")
    check_line(premises.store_file, "the file with the store's address")
    check_no_password(premises.store)
    return premises


def read_vkey(text_or_path: str) -> Verifier:
    """The public key of a file, or written out.

    Raises:
        Malformed: neither.
    """
    path = Path(text_or_path)
    if path.is_file():
        try:
            return parse_vkey(path.read_text().strip())
        except (OSError, UnicodeDecodeError, Malformed):
            # Nothing of the file is quoted: it may be the secret key.
            raise Malformed(str(path), "a public key, as in log.vkey", _FORM) from None
    if "+" not in text_or_path:
        raise Malformed(text_or_path, "a file with a public key, or the key itself", _FORM)
    try:
        return parse_vkey(text_or_path)
    except Malformed as error:
        raise Malformed(error.where, error.expected, _FORM) from None


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
