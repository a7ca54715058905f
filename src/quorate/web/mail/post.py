"""Django's mail backends as the post of the outbox."""

import smtplib
from contextlib import suppress
from email.utils import format_datetime

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from quorate.outbox.port import Lying, NotSent

_FOR_GOOD = range(550, 554)
"""Answers of a server that will not change (RFC 5321, 4.2.3): no such mailbox, not here, too large, no such name."""


class DjangoPost:
    """Sends by the backend that the settings name, over one connection as long as letters come."""

    def __init__(self, backend: str, sender: str) -> None:
        self._backend, self._sender = backend, sender
        self._connection: BaseEmailBackend | None = None

    def send(self, lying: Lying) -> None:
        """Hand a letter over to the server."""
        letter = lying.letter
        headers = {"Message-ID": lying.message_id, "Date": format_datetime(timezone.now())}
        try:
            if self._connection is None:
                self._connection = get_connection(self._backend)
                self._connection.open()
            message = EmailMessage(
                letter.subject,
                letter.text,
                self._sender,
                [letter.to],
                headers=headers,
                connection=self._connection,
            )
            message.send()
        except (smtplib.SMTPException, OSError) as error:
            self.rest()
            raise _not_sent(error) from None

    def rest(self) -> None:
        """Close the connection, if there is one."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        with suppress(smtplib.SMTPException, OSError):  # nothing was promised on it
            connection.close()


def _not_sent(error: Exception) -> NotSent:
    """What a server's answer means, without its text, which repeats the address."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _ in error.recipients.values()]
            code = codes[0] if codes else 0
            return NotSent(
                f"the mail server refuses the address ({code})", for_good=code in _FOR_GOOD
            )
        case smtplib.SMTPAuthenticationError():
            return NotSent(
                "the mail server does not take the user and password of floor.toml", for_all=True
            )
        case smtplib.SMTPResponseException():
            return NotSent(f"the mail server refuses the letter ({error.smtp_code})")
        case smtplib.SMTPException():
            return NotSent("the mail server broke off", for_all=True)
        case _:
            return NotSent("the mail server cannot be reached", for_all=True)
