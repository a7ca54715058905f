"""The table of letters."""

from __future__ import (
    annotations,  # the fields of Django take their types only where nothing reads them
)

from datetime import datetime

from django.db import models

WAITING, TAKEN, SENT, GIVEN_UP = "waiting", "taken", "sent", "given-up"


class QueuedLetter(models.Model):
    """A letter and how it stands with it; once it is sent its text is gone, for there may be a link in it."""

    message_id: models.CharField[str, str] = models.CharField(max_length=80, unique=True)
    to: models.CharField[str, str] = models.CharField(max_length=254)
    subject: models.CharField[str, str] = models.CharField(max_length=200)
    text: models.TextField[str, str] = models.TextField()
    about: models.CharField[str, str] = models.CharField(max_length=64, db_index=True)
    urgent: models.BooleanField[bool, bool] = models.BooleanField()
    state: models.CharField[str, str] = models.CharField(max_length=10, default=WAITING)
    tries: models.IntegerField[int, int] = models.IntegerField(default=0)
    why: models.CharField[str, str] = models.CharField(max_length=200, default="")
    """Why the last try failed, without address or text."""
    due_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    sent_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        """That the letters which are due are found without looking at all."""

        indexes = (models.Index(fields=["state", "due_at"], name="letters_due"),)

    def __str__(self) -> str:
        return f"letter {self.pk}"
