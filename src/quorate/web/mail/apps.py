"""The mail as an application of Django."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Letters that wait."""

    name = "quorate.web.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"
