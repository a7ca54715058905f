"""What runs beside Django in a process: the follower, the hub, and the doors in plain ASGI."""

import asyncio
import logging
import resource
from concurrent.futures import ThreadPoolExecutor

from quorate.web.acts.door import ActDoor
from quorate.web.house import House
from quorate.web.live.follower import Follower
from quorate.web.live.hub import Hub
from quorate.web.live.stream import StreamDoor
from quorate.web.looking import Looking
from quorate.web.sessions import Sessions

SIGN_OF_LIFE = 15.0
"""Seconds after which every stream is given a sign of life."""
SPARE = 500
"""Files that are left for all else, of those that the system lets a process have open."""


_log = logging.getLogger(__name__)


class Running:
    """All of it, made on the event loop; between `start` and `stop`."""

    def __init__(self, house: House, hosts: tuple[str, ...]) -> None:
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="quorate-look")
        self.hub = Hub()
        self._sessions = Sessions(self._threads)
        self._sessions.is_held = self.hub.has
        self._sessions.session_ended = self.hub.end_session
        self._sessions.person_changed = self.hub.end_person
        looking = Looking(house, self._threads)
        self._follower = Follower(house, self.hub, asyncio.get_running_loop())
        most = max(resource.getrlimit(resource.RLIMIT_NOFILE)[0] - SPARE, 100)
        self.streams = StreamDoor(house, self.hub, self._sessions, looking, hosts=hosts, most=most)
        self.acts = ActDoor(house, self._sessions, looking, hosts)
        self._signs: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._follower.start()
        self._signs = asyncio.get_running_loop().create_task(self._give_signs())

    async def stop(self) -> None:
        """End all streams, and follow no more."""
        self.hub.say_bye()
        if self._signs is not None:
            self._signs.cancel()
        await asyncio.get_running_loop().run_in_executor(None, self._follower.stop)
        self._sessions.close()
        self._threads.shutdown(wait=False)

    async def _give_signs(self) -> None:
        while True:
            await asyncio.sleep(SIGN_OF_LIFE)
            await self.hub.keep_alive()
            try:
                await self._sessions.check(self.hub.sessions)
            except Exception:  # noqa: BLE001  # the accounts cannot be read now: asked again with the next sign
                _log.exception("sessions could not be checked")
