"""How the accounts of a house differ from those of a web site: nobody signs up, and nothing asks for what somebody has not."""

from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from quorate.web.pages.common import name_of_house, name_of_person

_ADDRESS = "allauth.account.stages.EmailVerificationStage"
_FACTOR = "allauth.mfa.stages.AuthenticateStage"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts come from invitations alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # as allauth calls it
        """No."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Where to go on after a password was set or changed."""
        return "/account/"

    def get_email_verification_redirect_url(self, email_address: Any) -> str:  # noqa: ARG002
        """Where to go on after an address was confirmed."""
        return "/account/"

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Whether a password is that of somebody who is signed in, whether they have an address or not."""
        return bool(user.check_password(password))

    def get_login_stages(self) -> list[str]:
        """What is asked of somebody on their way in: not for an address, for whoever has none comes by link or passkey."""
        stages: list[str] = super().get_login_stages()
        ours = {_FACTOR: "quorate.web.accounts.second_factor.SecondFactorStage", _ADDRESS: ""}
        return [stage for each in stages if (stage := ours.get(each, each))]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether who is signed in is asked again, before something delicate: if they have anything to be asked for.

        Whoever came by a link has not; the first way of signing in that they add is then the first that is asked for.
        """
        user = context.request.user
        asked = super().is_reauthentication_required(app=app, **kwargs)
        return bool(asked and get_reauthentication_flows(user))

    def render_mail(
        self, template_prefix: str, email: Any, context: dict[str, Any], headers: Any = None
    ) -> Any:
        """The letter, which names the organisation."""
        named = {**context, "house": name_of_house()}
        return super().render_mail(template_prefix, email, named, headers)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors and passkeys, under the names that the record has."""

    def get_totp_label(self, user: Any) -> str:
        """The name under which an authenticator shows the account."""
        return name_of_person(str(user.member))

    def get_totp_issuer(self) -> str:
        """The organisation."""
        return name_of_house()

    def build_totp_svg(self, url: str) -> str:
        """A QR code as SVG that stands in the page itself: it holds a secret, and has no address."""
        return segno.make(url).svg_inline(scale=4, border=2, light="#fff", omitsize=True)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom a passkey is made."""
        return {"id": context.request.get_host().partition(":")[0], "name": name_of_house()}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Whose passkey it is; the number of the account is no secret, and says nothing."""
        name = name_of_person(str(user.member))
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": name, "display_name": name}


class ElsewhereAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Accounts elsewhere open a door to an account that is here; they make none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """No."""
        return False
