"""`floor.toml`, which an organisation's folder may have: by which server mail goes out, and where else people sign in."""

import stat
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from quorate.canon.fault import Malformed
from quorate.canon.line import check_line
from quorate.outbox.letter import check_address

CONFIG = "floor.toml"
LETTERS = "mail"
"""The folder in which letters are kept as files while there is no server for them."""
_FORM = "docs/guide/letting-people-in.md shows one"


class Mail(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The server by which mail goes out."""

    host: str
    sender: str = msgspec.field(name="from")
    port: int = 587
    user: str = ""
    password: str = ""
    security: Literal["starttls", "tls", "none"] = "starttls"


class Provider(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somewhere else where people have an account with which they come in (OpenID Connect)."""

    id: str
    """As it stands in addresses, such as `union`."""
    name: str
    server: str
    """The address below which it has `/.well-known/openid-configuration`."""
    client: str
    secret: str = ""
    trusts_mail: bool = False
    """Whether an address that the provider says to be confirmed lets in whoever has it here. Otherwise people connect the two by hand."""

    @property
    def origin(self) -> str:
        """Scheme, host and port of the server."""
        parts = urlsplit(self.server)
        return f"{parts.scheme}://{parts.netloc}"


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `floor.toml`."""

    mail: Mail | None = None
    sign_in: tuple[Provider, ...] = ()


def read_config(folder: Path) -> Config:
    """The configuration of the floor in a folder; the usual one if there is no `floor.toml`.

    Raises:
        Malformed: it is not in order, or others may read it, who would learn the passwords; nothing of it is quoted.
    """
    path = folder / CONFIG
    try:
        data = path.read_bytes()
        mode = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return Config()
    except OSError as error:
        raise Malformed(str(path), f"a readable file ({error.strerror})") from None
    if mode & 0o077:
        raise Malformed(
            str(path), "a file that only its owner may read", f"`chmod 600 {path}` makes it so"
        )
    try:
        config = msgspec.toml.decode(data, type=Config)
    except msgspec.DecodeError as error:
        where = str(error).rpartition(" - at ")[2] if " - at " in str(error) else ""
        what = "what is said in the guide" + (f" at {where}" if where else "")
        raise Malformed(str(path), what, _FORM) from None
    return _checked(config, str(path))


def _checked(config: Config, where: str) -> Config:
    if config.mail is not None:
        check_address(config.mail.sender)
        check_line(config.mail.host, "the mail server")
    for each in config.sign_in:
        if not each.id.isidentifier() or not each.id.isascii():
            raise Malformed(where, "an id of letters and digits for each [[sign_in]]")
        parts = urlsplit(each.server)
        if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1"):
            raise Malformed(where, f"an address with https for {each.id}")
    return config
