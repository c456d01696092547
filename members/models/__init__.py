"""People, hubs, roles, consent, notices, and messages that must go out."""

from .consents import Consent
from .hubs import Hub, HubRole, Membership
from .notices import Notice
from .outbox import OutboxRow
from .people import Member
from .records import RecordEntry
from .signin import SignInCode

__all__ = [
    "Consent",
    "Hub",
    "HubRole",
    "Member",
    "Membership",
    "Notice",
    "OutboxRow",
    "RecordEntry",
    "SignInCode",
]
