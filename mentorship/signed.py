"""Links that log one meeting without a sign-in: signed, for one person, for seven days. Pure."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing

SALT = "mentorship.meeting"
LIFE = timedelta(days=7)


@dataclass(frozen=True)
class MeetingLink:
    """Who logs a meeting of which pairing; `meeting` is the planned one, or 0."""

    member: int
    pairing: int
    meeting: int
    made_at: int

    @property
    def key(self) -> uuid.UUID:
        """The key of the meeting that this link logs: one link makes one meeting."""
        words = f"{self.member}.{self.pairing}.{self.meeting}.{self.made_at}"
        return uuid.uuid5(uuid.NAMESPACE_OID, f"{SALT}.{words}")


def meeting_token(*, member: int, pairing: int, meeting: int = 0, now: datetime) -> str:
    """The part of the address that says who may log what."""
    facts = [member, pairing, meeting, int(now.timestamp())]
    return signing.Signer(salt=SALT).sign_object(facts)


def read_token(token: str, now: datetime) -> MeetingLink | None:
    """What a token allows; None for a forged, a broken or an old one."""
    try:
        facts = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    link = MeetingLink(*facts)
    age = now.timestamp() - link.made_at
    return link if age <= LIFE.total_seconds() else None
