"""Addresses of signing in and of one's account; the names are those by which allauth finds its own pages."""

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as elsewhere
from django.urls import include, path

from quorate.web.pages.account import account as overview
from quorate.web.pages.account import devices, drop_password
from quorate.web.pages.sign_in import by_link, providers, sign_in, sign_out

urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/code/", account.request_login_code, name="account_request_login_code"),
    path("sign-in/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/passkey/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/second/", second.authenticate, name="mfa_authenticate"),
    path("sign-in/closed/", account.signup, name="account_signup"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path(
        "sign-in/again/code/",
        account.request_reauthentication_code,
        name="account_request_reauthentication_code",
    ),
    path(
        "sign-in/again/code/confirm/",
        account.confirm_reauthentication_code,
        name="account_confirm_reauthentication_code",
    ),
    path("sign-in/again/second/", second.reauthenticate, name="mfa_reauthenticate"),
    path(
        "sign-in/again/passkey/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"
    ),
    path(
        "sign-in/elsewhere/cancelled/",
        elsewhere.login_cancelled,
        name="socialaccount_login_cancelled",
    ),
    path("sign-in/elsewhere/error/", elsewhere.login_error, name="socialaccount_login_error"),
    path("sign-in/elsewhere/unknown/", elsewhere.signup, name="socialaccount_signup"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("sign-in/<str:secret>/", by_link),
    path("sign-out/", sign_out, name="account_logout"),
    path("account/", overview, name="mfa_index"),
    path("account/devices/", devices, name="usersessions_list"),
    path("account/mail/", account.email, name="account_email"),
    path(
        "account/mail/confirm/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/set/", account.password_set, name="account_set_password"),
    path("account/password/drop/", drop_password, name="drop_password"),
    path("account/second/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/second/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/second/codes/new/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second/codes/file/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("account/passkeys/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/add/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path(
        "account/elsewhere/",
        elsewhere.ConnectionsView.as_view(extra_context={"providers": providers()}),
        name="socialaccount_connections",
    ),
]
