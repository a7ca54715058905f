"""The door for acts in plain ASGI: `POST /acts/<name>` with JSON, for votes above all. No thread waits for an answer.

A form of the same name goes through Django, and asks the same rules. Fields are written as they are typed into a form; beside
them stand `token`, drawn for this one act, and perhaps `behalf` or `entered_for`.
"""

import asyncio
import json
import time
from functools import partial
from typing import Any

import msgspec

from quorate.assembly.act import ACTS, OPENS
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.canon.fault import Busy, Malformed, Unavailable
from quorate.desk.answer import Acknowledged, Caller
from quorate.desk.awaiting import Awaiting
from quorate.desk.desk import Desk
from quorate.premises.entropy import OsEntropy
from quorate.reading.reader import Reader, today
from quorate.reading.refusals import in_words
from quorate.script.acts import Step
from quorate.web.acts.rate import Rate
from quorate.web.acts.typed import Mistyped, act_of
from quorate.web.house import House
from quorate.web.looking import Looking
from quorate.web.plain import Receive, Scope, Send, answer_json, header, is_ours
from quorate.web.rights import RIGHTS, roles_of
from quorate.web.sessions import Sessions, SignedIn

MOST_BYTES = 64 * 1024
QUICK = frozenset({"cast-vote", "change-vote"})
"""Acts that are read without a look at the state, as whole halls ask for them at once."""
_STAMP = ("token", "behalf", "entered_for", "known_by")
_NOTHING = "Nothing of it was recorded. Send it again in a while."
_UNKNOWN = (
    "It was not acknowledged. Sent again with the same token, it is recorded once and not twice."
)
_AGAIN = ((b"retry-after", b"5"),)


class Turned(Exception):  # away at the door: an answer, not an error of the program
    """Something that is not let in, and the answer."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status
        self.said = said


class ActDoor:
    """Acts of whoever is signed in; made on the event loop."""

    def __init__(
        self, house: House, sessions: Sessions, looking: Looking, hosts: tuple[str, ...]
    ) -> None:
        self._house, self._sessions, self._looking = house, sessions, looking
        self._hosts = hosts
        self._rate = Rate()
        self._at: tuple[Desk, Awaiting] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        try:
            who, name, given = await self._let_in(scope, receive)
        except Turned as turned:
            more = _AGAIN if turned.status == 429 else ()
            await answer_json(send, turned.status, {"said": turned.said}, more)
            return
        try:
            step = await self._read(name, given, who)
            acknowledged = await (await self._awaiting()).act(step.act, step.caller)  # type: ignore[arg-type]  # no ballots by this door
        except Turned as turned:
            await answer_json(send, turned.status, {"said": turned.said})
        except Mistyped as mistyped:
            await answer_json(send, 422, {"errors": mistyped.errors})
        except Malformed as error:
            await answer_json(send, 422, {"errors": {error.where: f"expected {error.expected}"}})
        except Refused as refusal:
            said = await self._looking.look(partial(self._said, refusal, who))
            await answer_json(send, 409, {"refused": said, "code": refusal.code})
        except Unavailable as error:
            said = _NOTHING if isinstance(error, Busy) else _UNKNOWN
            await answer_json(send, 503, {"said": said}, _AGAIN)
        else:
            await answer_json(send, 200, self._receipt(name, acknowledged))

    async def _let_in(self, scope: Scope, receive: Receive) -> tuple[SignedIn, str, dict[str, str]]:
        name = scope["path"].removeprefix("/acts/").removesuffix("/")
        if name not in ACTS:
            raise Turned(404, "There is no such act.")
        if not is_ours(scope, self._hosts, needs_origin=True):
            raise Turned(403, "Acts are taken from our own pages.")
        who = await self._sessions.of(header(scope, b"cookie"))
        if who is None:
            raise Turned(401, "You are signed out. Sign in again; what you sent is kept here.")
        if not self._rate.take(who.person, time.monotonic()):
            raise Turned(429, "That was too much at once. Send it again in a few seconds.")
        return who, name, _fields(await _body(receive))

    async def _read(self, name: str, given: dict[str, str], who: SignedIn) -> Step:
        if name in QUICK and "entered_for" not in given and "@" not in given.get("behalf", ""):
            fields = {key: value for key, value in given.items() if key not in _STAMP}
            caller = Caller(
                by=who.person,
                behalf=given.get("behalf", ""),
                known_by="login",
                token=given["token"],
            )
            try:
                return Step(name, msgspec.convert(fields, ACTS[name]), caller, "")
            except msgspec.ValidationError:
                pass  # the slower way says at which field
        return await self._looking.look(lambda state: self._typed(state, name, given, who))

    def _typed(self, state: State, name: str, given: dict[str, str], who: SignedIn) -> Step:
        roles = roles_of(Reader(state, today(state, self._house.now()), who.person), who.person)
        if roles.isdisjoint(RIGHTS["acts"]):
            raise Turned(403, "Acts are for members.")
        stamp = {"by": who.person, "known_by": "login", "token": given["token"]}
        if given.get("behalf"):
            stamp["behalf"] = given["behalf"]
        if given.get("entered_for"):
            if roles.isdisjoint(RIGHTS["entering"]):
                raise Turned(403, "The acts of others are entered by those who keep the meeting.")
            stamp |= {
                "by": given["entered_for"],
                "entered_by": who.person,
                "known_by": given.get("known_by", "sight"),
            }
        return act_of(name, given, stamp, state, OsEntropy())

    async def _awaiting(self) -> Awaiting:
        if self._at is None or self._at[0].failed:
            desk = await asyncio.get_running_loop().run_in_executor(None, self._house.desk)
            self._at = (desk, Awaiting(desk))
        return self._at[1]

    def _said(self, refusal: Refused, who: SignedIn, state: State) -> str:
        return in_words(refusal, Reader(state, today(state, self._house.now()), who.person))

    def _receipt(self, name: str, done: Acknowledged) -> dict[str, Any]:
        act = getattr(done.events[0], "act", None)
        return {
            "id": getattr(act, OPENS[name], "") if name in OPENS else "",
            "entry": done.first,
            "entries": len(done.events),
            "size": done.size,
            "at": self._house.now().isoformat(timespec="seconds"),
            "again": done.again,
        }


async def _body(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Turned(400, "The act did not arrive whole.")
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            raise Turned(413, f"An act has at most {MOST_BYTES // 1024} KiB.")
        if not message.get("more_body", False):
            return bytes(body)


def _fields(body: bytes) -> dict[str, str]:
    """The fields of an act as they would be typed into a form."""
    try:
        given = json.loads(body)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise Turned(400, "An act is a JSON object of its fields.")
    fields = {key: _as_typed(key, value) for key, value in given.items() if value is not None}
    if not fields.get("token"):
        raise Turned(422, "An act comes with a token, drawn for it alone.")
    return fields


def _as_typed(key: str, value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else ""
        case str():
            return value
        case int():
            return str(value)
        case list() if all(isinstance(each, str) for each in value):
            return "\n".join(value)
        case _:
            raise Turned(422, f"{key} has to be text, a number, yes or no, or a list of texts.")
