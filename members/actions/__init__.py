"""Every change of state about people, roles and messages."""

from .accounts import change_account
from .consents import give_consent, withdraw_consent
from .details import change_details, change_email
from .erasing import erase_member
from .hubs import grant_role, join_hub, leave_hub, sync_groups, withdraw_role
from .notices import forget_name, mark_notices_read, notify
from .records import record
from .signin import (
    code_of,
    end_other_sessions,
    issue_sign_in_code,
    set_password,
    use_sign_in_code,
)
from .tidying import forget_old

__all__ = [
    "change_account",
    "change_details",
    "change_email",
    "code_of",
    "end_other_sessions",
    "erase_member",
    "forget_name",
    "forget_old",
    "give_consent",
    "grant_role",
    "issue_sign_in_code",
    "join_hub",
    "leave_hub",
    "mark_notices_read",
    "notify",
    "record",
    "set_password",
    "sync_groups",
    "use_sign_in_code",
    "withdraw_consent",
    "withdraw_role",
]
