"""The carrier of this process, if it has the sole right: begun with the server, ended with it."""

from django.conf import settings
from django.utils import timezone

from quorate.outbox.carrier import Carrier
from quorate.outbox.sole import SoleRight
from quorate.web.config import LETTERS
from quorate.web.house import House
from quorate.web.mail.post import DjangoPost
from quorate.web.mail.shelf import TableShelf

LOCK = "mail.lock"
_running: list[tuple[Carrier, SoleRight]] = []


def begin_mail(house: House) -> None:
    """Carry the mail of a house in this process, unless another does."""
    (house.folder / LETTERS).mkdir(mode=0o700, exist_ok=True)  # letters have links in them
    right = SoleRight(house.folder / LOCK)
    if right.take():
        post = DjangoPost(settings.QUORATE_POST, settings.DEFAULT_FROM_EMAIL)
        carrier = Carrier(TableShelf(), post, timezone.now)
        carrier.begin()
        _running.append((carrier, right))


def call_carrier() -> None:
    """Have the mail looked at now; where another process carries it, that looks by itself."""
    for carrier, _ in _running:
        carrier.call()


def end_mail() -> None:
    """Stop after the letter that is being sent."""
    while _running:
        carrier, right = _running.pop()
        carrier.end()
        right.give_up()
