"""Keys of projectors: each opens the hall of one meeting to whoever has its address, until it is revoked."""

from __future__ import (
    annotations,  # the fields of Django take their types only where nothing reads them
)

import hashlib
import secrets
from datetime import datetime
from typing import get_args

from django.db import models

from quorate.web.hall.view import Audience


class HallKey(models.Model):
    """A key. Of its secret only a digest is kept."""

    digest: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    meeting: models.CharField[str, str] = models.CharField(max_length=64, db_index=True)
    audience: models.CharField[str, str] = models.CharField(max_length=16)
    made_by: models.CharField[str, str] = models.CharField(max_length=64)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    revoked_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    def __str__(self) -> str:
        return f"key of {self.meeting}"


def make_key(meeting: str, audience: Audience, made_by: str, now: datetime) -> str:
    """The secret of a new key, which is in its address; those made before for this meeting are revoked."""
    assert audience in get_args(Audience)
    revoke_keys(meeting, now)
    secret = secrets.token_urlsafe(16)
    HallKey.objects.create(
        digest=_digest(secret), meeting=meeting, audience=audience, made_by=made_by, made_at=now
    )
    return secret


def find_key(meeting: str, secret: str) -> HallKey | None:
    """The key of a secret, if it opens the hall of this meeting and was not revoked."""
    return HallKey.objects.filter(digest=_digest(secret), meeting=meeting, revoked_at=None).first()


def key_of(meeting: str) -> HallKey | None:
    """The key that opens the hall of a meeting now, if there is one."""
    return HallKey.objects.filter(meeting=meeting, revoked_at=None).first()


def revoke_keys(meeting: str, now: datetime) -> None:
    """Have no key open the hall of a meeting any longer."""
    HallKey.objects.filter(meeting=meeting, revoked_at=None).update(revoked_at=now)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
