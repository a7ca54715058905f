"""The accounts as an application of Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts and the links that make them."""

    name = "quorate.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
