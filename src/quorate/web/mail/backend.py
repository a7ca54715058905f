"""The backend by which everything that Django sends goes to the outbox first."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from quorate.outbox.letter import Letter
from quorate.web.mail.carrying import call_carrier
from quorate.web.mail.shelf import TableShelf


class OutboxBackend(BaseEmailBackend):
    """Puts messages on the shelf, as urgent ones: they are codes that soon end, and notices of what happened to an account."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the messages; returns how many letters that are."""
        letters = [
            Letter(to, " ".join(str(each.subject).split()), str(each.body), urgent=True)
            for each in email_messages
            for to in each.recipients()
        ]
        TableShelf().put(letters, timezone.now())
        call_carrier()
        return len(letters)
