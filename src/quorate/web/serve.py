"""Serve the floor: one process on one address, until it is told to end."""

import logging
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import uvicorn

from quorate.canon.fault import Malformed, Unavailable
from quorate.web.house import House
from quorate.web.settings import ACCOUNTS, Serving, configure

GRACE = 20
"""Seconds in which requests that are being answered may end."""
_HERE = ("localhost", "127.0.0.1", "[::1]")


class Address(NamedTuple):
    """Where to listen, and how people reach it."""

    host: str
    port: int
    names: tuple[str, ...] = ()
    tls: bool = False

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names that requests may ask for."""
        own = () if self.host in {"0.0.0.0", "::"} else (self.host,)  # noqa: S104  # none of them is a name
        return tuple(dict.fromkeys((*self.names, *own, *_HERE)))

    def url(self, port: int) -> str:
        """The address for people to type."""
        if self.tls and self.names:
            return f"https://{self.names[0]}"
        return f"http://{self.hosts[0]}:{port}"


class Entrance(NamedTuple):
    """Somebody, and the link with which they come in."""

    name: str
    link: str


Tell = Callable[[str, list[Entrance]], None]
"""What is told the address of the floor, and of each who was invited the link."""


def serve(folder: Path, address: Address, tell: Tell, *, invite: Sequence[str] = ()) -> None:
    """Serve the organisation in a folder; `tell` is told the address, and links for those named, or for the clerk if nobody ever came in.

    Raises:
        Malformed: there is none.
        Unavailable: its record cannot be opened, or the address is taken.
    """
    with House(folder) as house:
        if not house.founded:
            raise Malformed(
                str(folder), "the folder of an organisation", "`quorate init` makes one"
            )
        house.desk()
        prepare(house, Serving(address.hosts, secure=address.tls))
        from quorate.web.accounts.links import links_of  # noqa: PLC0415  # needs Django set up
        from quorate.web.application import Application  # noqa: PLC0415

        listening = _listen(address)
        url = address.url(listening.getsockname()[1])
        tell(url, [Entrance(name, f"{url}/sign-in/{key}/") for name, key in links_of(house, invite)])
        config = uvicorn.Config(
            Application(house),
            loop="uvloop",
            http="httptools",
            access_log=False,  # addresses hold keys, and say who looks at what
            log_level=logging.WARNING,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
        uvicorn.Server(config).run(sockets=[listening])


def prepare(house: House, serving: Serving) -> None:
    """Set Django up, and bring the tables of the accounts to their present form."""
    house.folder.mkdir(parents=True, exist_ok=True)
    (house.folder / ACCOUNTS).touch(mode=0o600)  # what is in it lets people in
    configure(house, serving)
    from django.core.management import call_command  # noqa: PLC0415  # needs settings

    call_command("migrate", verbosity=0, interactive=False)


def _listen(address: Address) -> socket.socket:
    try:
        return socket.create_server((address.host, address.port), backlog=2048)
    except OSError as error:
        place = f"{address.host}:{address.port}"
        raise Unavailable(
            f"{place} cannot be listened on: {error}", "name another --port"
        ) from None
