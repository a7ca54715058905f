"""Serve the floor: one process on one address, until it is told to end."""

import logging
import resource
import socket
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import uvicorn
from django.conf import settings

from quorate.canon.fault import Unavailable
from quorate.web.house import House
from quorate.web.protocol import LendingProtocol
from quorate.web.settings import ACCOUNTS, Serving, configure

GRACE = 20
"""Seconds in which requests that are being answered may end."""
_FILES = 65_536
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


class Served(NamedTuple):
    """What whoever started the server is told: the address, and what lets the first one in."""

    url: str
    link: str
    """The clerk's link, if nobody ever came in; or the address with the key for founding an organisation. Else empty."""
    founding: bool
    """Whether there is no organisation yet."""
    invited: list[Entrance]
    """Those who were to be invited."""


Tell = Callable[[Served], None]


def serve(folder: Path, address: Address, tell: Tell, *, invite: Sequence[str] = ()) -> None:
    """Serve the organisation in a folder, or the pages by which one is founded there, until told to end.

    Those to `invite`, by handle or id, get a link each.

    Raises:
        Malformed: what is in the folder is not in order.
        Unavailable: its record cannot be opened, or the address is taken.
    """
    with House(folder) as house:
        founding = house.awaits_founding
        prepare(house, Serving(address.hosts, secure=address.tls))
        from quorate.web.accounts.links import first_link, links_of  # noqa: PLC0415  # needs Django set up
        from quorate.web.application import Application  # noqa: PLC0415

        listening = _listen(address)
        url = address.url(listening.getsockname()[1])
        if founding:
            link = f"{url}/found/{settings.FOUNDING_KEY.secret}/"
            tell(Served(url, link, founding=True, invited=[]))
        else:
            key, invited = first_link(house), links_of(house, invite)
            entrances = [Entrance(name, f"{url}/sign-in/{each}/") for name, each in invited]
            first = f"{url}/sign-in/{key}/" if key else ""
            tell(Served(url, first, founding=False, invited=entrances))
        _open_many_files()
        application = Application(house, address.hosts)
        config = uvicorn.Config(
            application,
            loop="uvloop",
            http=LendingProtocol,
            ws="none",
            access_log=False,  # addresses hold keys, and say who looks at what
            log_level=logging.WARNING,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
        _Server(config, application.end_streams).run(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that ends the streams before it waits for all that it is answering."""

    def __init__(self, config: uvicorn.Config, end_streams: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._end_streams = end_streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End."""
        await self._end_streams()
        await super().shutdown(sockets)


def prepare(house: House, serving: Serving) -> None:
    """Set Django up, and bring the tables of the accounts to their present form."""
    house.folder.mkdir(parents=True, exist_ok=True)
    (house.folder / ACCOUNTS).touch(mode=0o600)  # what is in it lets people in
    configure(house, serving)
    from django.core.management import call_command  # noqa: PLC0415  # needs settings

    call_command("migrate", verbosity=0, interactive=False)


def _open_many_files() -> None:
    """Have as many files open as the system lets us: each stream is one, and many systems begin with 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _FILES if hard == resource.RLIM_INFINITY else min(hard, _FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _listen(address: Address) -> socket.socket:
    try:
        return socket.create_server((address.host, address.port), backlog=2048)
    except OSError as error:
        place = f"{address.host}:{address.port}"
        raise Unavailable(
            f"{place} cannot be listened on: {error}", "name another --port"
        ) from None
