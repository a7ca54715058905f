"""The keys of projectors as an application of Django."""

from django.apps import AppConfig


class HallConfig(AppConfig):
    """Keys of projectors."""

    name = "quorate.web.hall"
    label = "hall"
