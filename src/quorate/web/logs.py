"""What the server writes into its log has no secrets: an address that lets somebody in is cut short."""

import logging
import re

_secret = re.compile(r"(/(?:sign-in|found)/)[\w-]{16,}")


class WithoutSecrets(logging.Filter):
    """Cuts the secrets out of addresses in what is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        """True, once the record has no secret."""
        record.msg, record.args = without_secrets(record.getMessage()), ()
        return True


def without_secrets(text: str) -> str:
    """The text with what is secret in addresses left out."""
    return _secret.sub(r"\1…", text)
