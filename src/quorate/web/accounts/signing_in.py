"""Django's settings for accounts: by which ways people sign in, and how often they may try."""

from typing import Any

from quorate.web.config import Config, Mail, Provider

APPS = (
    "django.contrib.messages",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "quorate.web.mail",
)
MIDDLEWARE = (
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
)
RATES = {
    "login": False,
    "login_failed": "5/5m/key",
    "request_login_code": "3/m/key,10/h/key",
    "confirm_email": "1/10s/key",
    "manage_email": "10/m/user",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "signup": "1/m/ip",
    "reset_password": "1/m/key",
    "reset_password_from_key": "1/m/ip",
}
"""How often somebody may try. None of what is open counts by address: a hall full of people has one."""


def settings_of_accounts(config: Config, *, secure: bool, to_terminal: bool) -> dict[str, Any]:
    """The settings, beside those that every page needs."""
    return {
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "ACCOUNT_ADAPTER": "quorate.web.accounts.adapter.AccountAdapter",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": [
            "email*",
            "password1*",
        ],  # nobody signs up; this is why a password is asked for
        "ACCOUNT_CHANGE_EMAIL": True,
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",  # an address counts once it is confirmed
        "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": True,
        "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,  # nobody gets a letter by another's typing
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
        "ACCOUNT_LOGIN_BY_CODE_ENABLED": True,
        "ACCOUNT_LOGIN_BY_CODE_TIMEOUT": 600,
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_LOGOUT_REDIRECT_URL": "/sign-in/",
        "ACCOUNT_RATE_LIMITS": RATES,
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 600,
        "MFA_ADAPTER": "quorate.web.accounts.adapter.SecondFactorAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not secure,
        "SOCIALACCOUNT_ADAPTER": "quorate.web.accounts.adapter.ElsewhereAdapter",
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": _providers(config.sign_in)},
        "SOCIALACCOUNT_ONLY": False,
        "SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX": "sign-in/by",
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
        "EMAIL_BACKEND": "quorate.web.mail.backend.OutboxBackend",
        "AUTH_PASSWORD_VALIDATORS": [
            {
                "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
                "OPTIONS": {"min_length": 12},
            },
            {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
        ],
        **_mail(config.mail, to_terminal=to_terminal),
    }


def _providers(providers: tuple[Provider, ...]) -> dict[str, Any]:
    apps = [
        {
            "provider_id": each.id,
            "name": each.name,
            "client_id": each.client,
            "secret": each.secret,
            "settings": {
                "server_url": each.server,
                "email_authentication": each.trusts_mail,
                "oauth_pkce_enabled": True,
            },
        }
        for each in providers
    ]
    return {"APPS": apps}


def _mail(mail: Mail | None, *, to_terminal: bool) -> dict[str, Any]:
    """By which backend mail goes out in the end; without a server to the terminal, or where there is none, into files."""
    if mail is None:
        kind = "console" if to_terminal else "filebased"
        return {
            "QUORATE_POST": f"django.core.mail.backends.{kind}.EmailBackend",
            "DEFAULT_FROM_EMAIL": "floor@localhost",
        }
    return {
        "QUORATE_POST": "django.core.mail.backends.smtp.EmailBackend",
        "DEFAULT_FROM_EMAIL": mail.sender,
        "EMAIL_HOST": mail.host,
        "EMAIL_PORT": mail.port,
        "EMAIL_HOST_USER": mail.user,
        "EMAIL_HOST_PASSWORD": mail.password,
        "EMAIL_USE_TLS": mail.security == "starttls",
        "EMAIL_USE_SSL": mail.security == "tls",
        "EMAIL_TIMEOUT": 20,
    }
