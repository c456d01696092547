"""Who is signed in: allauth's rules, and the member's row by a statement that is written once."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from .models import Member
from .statements import Statement

BY_ID = Statement(lambda pk: Member.objects.filter(pk=pk).order_by(), 1)


class Backend(AuthenticationBackend):
    """Signs in by user name or e-mail, and finds the member of a session."""

    def get_user(self, user_id: Any) -> Member | None:
        """The member of a session; None when the account is gone or switched off."""
        member = BY_ID.first(int(user_id))
        return member if member and self.user_can_authenticate(member) else None
