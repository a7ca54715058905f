"""When a second factor is asked for: if somebody has switched it on. A passkey is a way of coming in, and switches on nothing."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]  # allauth has no types
    """The stage on the way in at which a second factor is asked for.

    Otherwise whoever has a passkey on the computer at home could not come in by a link in the hall.
    """

    def handle(self) -> tuple[Any, bool]:
        """The page that asks, or nothing and go on."""
        if not is_mfa_enabled(self.login.user, [Authenticator.Type.TOTP]):
            return None, True
        answer: tuple[Any, bool] = super().handle()
        return answer
