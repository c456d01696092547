"""The public edge of members: parse, call an action or a query, render or redirect."""

from .codes import code_password, code_sign_in
from .data import data, data_erase, data_erased, data_export
from .desk import desk_code, desk_code_issue, desk_members
from .details import details
from .hubs import hub_leave
from .notices import notices
from .passkey import passkey_sign_in
from .sessions import sessions_end

__all__ = [
    "code_password",
    "code_sign_in",
    "data",
    "data_erase",
    "data_erased",
    "data_export",
    "desk_code",
    "desk_code_issue",
    "desk_members",
    "details",
    "hub_leave",
    "notices",
    "passkey_sign_in",
    "sessions_end",
]
