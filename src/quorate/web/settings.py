"""Django's settings, made from the folder of the organisation and what `quorate serve` was told."""

import os
import secrets
import sys
from pathlib import Path
from typing import Any, NamedTuple

from csp.constants import NONE, SELF
from django.conf import settings

from quorate.web.accounts import signing_in
from quorate.web.config import LETTERS, Config, read_config
from quorate.web.founding.key import FoundingKey
from quorate.web.house import House

SESSIONS_KEY = "floor.key"
ACCOUNTS = "floor.sqlite"
_HERE = Path(__file__).parent


class Serving(NamedTuple):
    """What `quorate serve` was told."""

    hosts: tuple[str, ...]
    """The names under which people reach it, such as `floor.example.org`."""
    secure: bool
    """Whether people reach it by TLS, through a proxy in front."""


def configure(house: House, serving: Serving) -> None:
    """Set Django up for a house; once in a process."""
    settings.configure(**_settings(house, serving))
    import django  # noqa: PLC0415  # only then are there settings to set it up with

    django.setup()


def _settings(house: House, serving: Serving) -> dict[str, Any]:
    config = read_config(house.folder)
    by_terminal = sys.stdout.isatty()
    return {
        "HOUSE": house,
        "FOUNDING_KEY": FoundingKey(),
        "SECRET_KEY": _secret(house.folder / SESSIONS_KEY),
        "DEBUG": False,
        "ALLOWED_HOSTS": [*serving.hosts],
        "ROOT_URLCONF": "quorate.web.urls",
        "INSTALLED_APPS": APPLICATIONS,
        "MIDDLEWARE": MIDDLEWARE,
        "TEMPLATES": TEMPLATES,
        "DATABASES": {"default": _accounts(house.folder)},
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "USE_I18N": True,
        **STATIC,
        **COMING_IN,
        **SAFETY,
        "CONTENT_SECURITY_POLICY": _policy(config),
        **signing_in.settings_of_accounts(config, secure=serving.secure, to_terminal=by_terminal),
        "EMAIL_FILE_PATH": house.folder / LETTERS,
        **(BY_TLS if serving.secure else {}),
    }


def _accounts(folder: Path) -> dict[str, Any]:
    """The database of accounts and sessions; what is lost of it, an invitation brings back."""
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / ACCOUNTS,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": pragmas},
    }


def _policy(config: Config) -> dict[str, Any]:
    """What a page may load: ours alone; and where its forms may lead: here, and to those who sign people in for us."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "style-src": [SELF],
            "img-src": [SELF],
            "script-src": [SELF],
            "connect-src": [SELF],
            "base-uri": [NONE],
            "form-action": [SELF, *(each.origin for each in config.sign_in)],
            "frame-ancestors": [NONE],
        }
    }


APPLICATIONS = [
    "quorate.web.accounts",
    "quorate.web.hall",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    *signing_in.APPS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    *signing_in.MIDDLEWARE,
    "quorate.web.founding.gate.FoundingMiddleware",
    "quorate.web.faults.FaultMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "quorate.web.pages.common.common",
            ]
        },
    }
]
STATIC = {
    "STATIC_URL": "/static/",
    "STATICFILES_DIRS": [_HERE / "static"],
    "WHITENOISE_USE_FINDERS": True,
    "WHITENOISE_AUTOREFRESH": False,
    "WHITENOISE_MAX_AGE": 3600,
}
COMING_IN = {
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    "AUTH_USER_MODEL": "accounts.Account",
    "LOGIN_URL": "/sign-in/",
    "LOGIN_REDIRECT_URL": "/",
    "SESSION_COOKIE_NAME": "quorate-session",
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "CSRF_COOKIE_NAME": "quorate-csrf",
    "CSRF_COOKIE_SAMESITE": "Lax",
}
SAFETY = {
    "X_FRAME_OPTIONS": "DENY",
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    "SECURE_REFERRER_POLICY": "same-origin",  # an address may hold a key
    "LOGGING": {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"secrets": {"()": "quorate.web.logs.WithoutSecrets"}},
        "handlers": {"terminal": {"class": "logging.StreamHandler", "filters": ["secrets"]}},
        "loggers": {"django": {"handlers": ["terminal"], "level": "ERROR"}},
    },
}
BY_TLS = {
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
}


def _secret(path: Path) -> str:
    """The secret of sessions, made at the first start; only its owner may read it."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    secret = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w") as made:
        made.write(secret)
    return secret
