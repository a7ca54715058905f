"""The key with which an organisation is founded: printed in an address, used by one browser, forgotten with the process."""

import hashlib
import hmac
import secrets
import threading


class FoundingKey:
    """A key drawn for this run of the server; the browser that uses it first is the only one that may found."""

    def __init__(self) -> None:
        self.secret = secrets.token_urlsafe(16)
        self._used = False
        self._lock = threading.Lock()

    def fits(self, secret: str) -> bool:
        """Whether a text is the key and nobody has used it."""
        return not self._used and hmac.compare_digest(secret.encode(), self.secret.encode())

    def use(self, secret: str) -> str:
        """What the session of the browser keeps that used the key; empty if it does not fit, or somebody was faster."""
        with self._lock:
            if not self.fits(secret):
                return ""
            self._used = True
            return self.mark

    @property
    def mark(self) -> str:
        """What the session of the browser has that used the key; from it the key does not follow."""
        return hashlib.sha256(b"founding " + self.secret.encode()).hexdigest()
