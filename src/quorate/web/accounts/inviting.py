"""Invitations: who has come in, who was invited, where a letter reaches somebody, and the links and letters themselves."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from django.db import transaction

from quorate.assembly.state import State
from quorate.canon.fault import Unavailable, Unverified
from quorate.desk.desk import Desk
from quorate.outbox.letter import Letter, is_address
from quorate.web.accounts.models import LINK_LIVES, Account, SignInLink, Wanted, make_links
from quorate.web.mail.shelf import TableShelf


class Standing(NamedTuple):
    """How it stands with somebody's coming in."""

    last_in: datetime | None
    """When they last signed in."""
    link_ends: datetime | None
    """When a link ends that they have and have not used."""

    @property
    def waits(self) -> bool:
        """Whether they have neither come in nor a link with which to."""
        return self.last_in is None and self.link_ends is None


class Invitation(NamedTuple):
    """A link that was made for somebody."""

    member: str
    link: str
    sent_to: str


def standings(now: datetime) -> dict[str, Standing]:
    """By person: how it stands; who is not in it has never had an account or a link. Two looks at the database."""
    accounts = Account.objects.exclude(last_login=None).values_list("member", "last_login")
    last_in = dict(accounts)
    links = SignInLink.objects.filter(used_at=None, ends_at__gt=now).order_by("ends_at")
    ends = dict(links.values_list("member", "ends_at"))
    return {key: Standing(last_in.get(key), ends.get(key)) for key in last_in.keys() | ends.keys()}


def addresses(desk: Desk, people: Iterable[str]) -> dict[str, str]:
    """By person: the address that they confirmed, else the one with which they were admitted. About 40 µs for each of those.

    The contact of a member is for the clerk alone: whoever is not may have letters sent there, and is not shown it.
    """
    wanted = list(people)
    confirmed = dict(Account.objects.exclude(email="").values_list("member", "email"))
    entries = desk.read(lambda state: _entries(state, wanted))
    found = {key: confirmed.get(key) or _contact(desk, entries.get(key)) for key in wanted}
    return {key: address for key, address in found.items() if address}


class Inviter(NamedTuple):
    """Who invites, and to what."""

    by: str
    """The id of the person who makes the links."""
    house: str
    """What the organisation is called."""
    base: str
    """The address of its floor."""
    now: datetime


def invite_all(people: Sequence[Wanted], inviter: Inviter) -> list[Invitation]:
    """New links for some people."""
    secrets = make_links(people, inviter.now, inviter.by)
    return [
        Invitation(each.member, f"{inviter.base}/sign-in/{secret}/", each.sent_to)
        for each, secret in zip(people, secrets, strict=True)
    ]


def send_all(people: Sequence[Wanted], names: dict[str, str], inviter: Inviter) -> int:
    """Make links and queue the letters with them, all or none; returns how many."""
    house, until = inviter.house, f"{inviter.now + LINK_LIVES:%Y-%m-%d}"
    with transaction.atomic():
        letters = [
            Letter(
                each.sent_to,
                f"{house}: your invitation"[:200],
                _text(names[each.member], house, each.link, until),
                about=each.member,
            )
            for each in invite_all(people, inviter)
        ]
        TableShelf().put(letters, inviter.now)
    return len(letters)


def _text(name: str, house: str, link: str, until: str) -> str:
    return (
        f"Hello {name},\n\nwith this link you come in to the floor of {house}, once, on the device where you open it:\n\n"
        f"{link}\n\nIt works until {until}, and lets whoever opens it in as you: pass it on to nobody.\n"
        f"If you are not {name}, delete this letter.\n"
    )


def _entries(state: State, people: Iterable[str]) -> dict[str, int]:
    return {key: state.people[key].entry for key in people if key in state.people}


def _contact(desk: Desk, entry: int | None) -> str:
    """The address in the contact of an entry; empty if there is none, or it is something else, such as a number."""
    if entry is None:
        return ""
    try:
        _, parts = desk.parts(entry)
    except (Unavailable, Unverified):
        return ""
    for part in parts:
        if part.name == "contact":
            contact = str(msgspec.json.decode(part.data)).strip()
            return contact if is_address(contact) else ""
    return ""
