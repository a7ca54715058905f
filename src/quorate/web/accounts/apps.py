"""The accounts as an application of Django."""

from typing import Any

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts and the links that make them."""

    name = "quorate.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Count a way of signing in that was just shown to work as one by which somebody has said again who they are."""
        from allauth.account.internal.flows.login import record_authentication  # noqa: PLC0415  # needs the applications
        from allauth.mfa.signals import authenticator_added  # noqa: PLC0415

        def added(request: Any, user: Any, **_: Any) -> None:
            record_authentication(request, user, method="mfa", reauthenticated=True)

        authenticator_added.connect(added, weak=False)
