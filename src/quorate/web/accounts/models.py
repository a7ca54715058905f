"""Accounts, each tied to one person of the record, and one-time links by which people come in."""

from __future__ import (
    annotations,  # the fields of Django take their types only where nothing reads them
)

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar, NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

LINK_LIVES = timedelta(days=14)
_BATCH = 500


class AccountManager(BaseUserManager["Account"]):
    """Accounts are made by links, and found by person."""

    def of(self, member: str) -> Account:
        """The account of a person, made if there is none; without a password until they choose one."""
        account, made = self.get_or_create(member=member)
        if made:
            account.set_unusable_password()
            account.save()
        return account


class Account(AbstractBaseUser):
    """How one person comes in. Whatever they may do follows from the record, by `member`."""

    member: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    """The id of the person in the record."""
    email: models.EmailField[str, str] = models.EmailField(blank=True, default="")
    """The address that was confirmed; it is that of no other account."""
    is_active: models.BooleanField[bool, bool] = models.BooleanField(default=True)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "member"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.member


class SignInLink(models.Model):
    """A link that lets one person in, once. Of its secret only a digest is kept."""

    digest: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    member: models.CharField[str, str] = models.CharField(max_length=64, db_index=True)
    made_by: models.CharField[str, str] = models.CharField(max_length=64, default="")
    """The id of the person who made it in the browser; empty if it was made at the command line."""
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    sent_to: models.EmailField[str, str] = models.EmailField(blank=True, default="")
    """The address to which it was sent; whoever uses it has shown that the address is theirs."""
    ends_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    used_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    def __str__(self) -> str:
        return f"link of {self.member}"


class Wanted(NamedTuple):
    """A link that is wanted: for whom, and to which address it is sent, if to one."""

    member: str
    sent_to: str = ""


def make_link(member: str, now: datetime) -> str:
    """The secret of a new link for a person, which is in its address; good for LINK_LIVES."""
    return make_links([Wanted(member)], now)[0]


def make_links(wanted: Sequence[Wanted], now: datetime, made_by: str = "") -> list[str]:
    """The secrets of new links, one for each, all or none. About 15 µs each: nothing is hashed slowly, for they cannot be guessed."""
    made = [secrets.token_urlsafe(16) for _ in wanted]
    SignInLink.objects.bulk_create(
        [
            SignInLink(
                digest=_digest(secret),
                member=each.member,
                sent_to=each.sent_to,
                made_by=made_by,
                ends_at=now + LINK_LIVES,
            )
            for each, secret in zip(wanted, made, strict=True)
        ],
        batch_size=_BATCH,
    )
    return made


def find_link(secret: str, now: datetime) -> SignInLink | None:
    """The link of a secret, if it was not used and has not ended."""
    link = SignInLink.objects.filter(digest=_digest(secret), used_at=None).first()
    return link if link is not None and link.ends_at > now else None


def use_link(link: SignInLink, now: datetime) -> Account | None:
    """The account that a link leads to; None if somebody has used it in between."""
    used = SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now)
    return Account.objects.of(link.member) if used else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
