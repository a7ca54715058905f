"""The shelf of the outbox as a table of the accounts' database."""

import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from quorate.outbox.letter import Letter, check_letter
from quorate.outbox.port import Lying
from quorate.web.mail.models import GIVEN_UP, SENT, TAKEN, WAITING, QueuedLetter

_BATCH = 500


class TableShelf:
    """Letters in the table; each change is a transaction."""

    def put(self, letters: Sequence[Letter], now: datetime) -> None:
        """Have letters lie there, all or none."""
        QueuedLetter.objects.bulk_create(
            [_row(check_letter(each), now) for each in letters], batch_size=_BATCH
        )

    def take(self, now: datetime) -> Lying | None:
        """The next letter that is due, urgent ones first, marked as taken."""
        with transaction.atomic():
            due = QueuedLetter.objects.filter(state=WAITING, due_at__lte=now)
            row = due.order_by("-urgent", "due_at", "pk").first()
            if row is None:
                return None
            row.state = TAKEN
            row.save(update_fields=["state"])
        letter = Letter(row.to, row.subject, row.text, row.about, urgent=row.urgent)
        return Lying(row.pk, letter, row.message_id, row.tries)

    def put_down(self, key: int, why: str, again_at: datetime | None) -> None:
        """Note that a letter was not sent, and when it is due again, if ever."""
        row = QueuedLetter.objects.get(pk=key)
        row.tries, row.why = row.tries + 1, why[:200]
        row.state = GIVEN_UP if again_at is None else WAITING
        row.due_at = again_at or row.due_at
        row.save()

    def hand_back(self, key: int, why: str) -> None:
        """Have a letter due again as it was before it was taken, and note why."""
        QueuedLetter.objects.filter(pk=key).update(state=WAITING, why=why[:200])

    def sent(self, key: int, now: datetime) -> None:
        """Note that a letter was sent, and forget its text."""
        QueuedLetter.objects.filter(pk=key).update(state=SENT, sent_at=now, text="", why="")

    def recover(self, now: datetime) -> int:
        """Have due again what was taken by a process that is no more."""
        return QueuedLetter.objects.filter(state=TAKEN).update(state=WAITING, due_at=now)

    def ask_again(self, now: datetime) -> int:
        """Have due now what failed, given up or not; returns how many letters that are."""
        failed = QueuedLetter.objects.filter(state__in=(WAITING, GIVEN_UP)).exclude(why="")
        return failed.update(state=WAITING, due_at=now, tries=0)


def _row(letter: Letter, now: datetime) -> QueuedLetter:
    return QueuedLetter(
        message_id=f"<{secrets.token_hex(16)}@quorate>",
        to=letter.to,
        subject=letter.subject[:200],
        text=letter.text,
        about=letter.about,
        urgent=letter.urgent,
        due_at=now,
        made_at=now,
    )


class FailedLine(NamedTuple):
    """A letter that was not sent so far."""

    name: str
    why: str
    tries: int
    given_up: bool


class MailView(NamedTuple):
    """How it stands with the mail."""

    waiting: int
    sent: int
    failed: list[FailedLine]
    more: int
    """How many more have failed."""


FAILED_SHOWN = 50


def mail_view(names: dict[str, str]) -> MailView:
    """How it stands with the mail; of letters that failed for whom they are, and never the address."""
    by_state = Counter(QueuedLetter.objects.values_list("state", flat=True))
    failed = QueuedLetter.objects.filter(state__in=(WAITING, GIVEN_UP)).exclude(why="")
    lines = [
        FailedLine(names.get(each.about, "somebody"), each.why, each.tries, each.state == GIVEN_UP)
        for each in failed.order_by("pk")[:FAILED_SHOWN]
    ]
    waiting = by_state[WAITING] + by_state[TAKEN]
    return MailView(waiting, by_state[SENT], lines, max(0, failed.count() - len(lines)))
