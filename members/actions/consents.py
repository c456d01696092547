"""What a member agrees to."""

from datetime import datetime

from django.db import transaction
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from ..models import Consent, Member


@transaction.atomic
def give_consent(
    *, member: Member, kind: str, wording: str, now: datetime | None = None
) -> Consent:
    """Note that a member agrees, and to which words. Other words end the older consent."""
    now = now or timezone.now()
    standing = Consent.objects.for_member(member).standing().filter(kind=kind).first()
    if standing is not None and standing.wording == wording:
        return standing
    withdraw_consent(member=member, kind=kind, now=now)
    return Consent.objects.create(member=member, kind=kind, wording=wording, given_at=now)


def withdraw_consent(*, member: Member, kind: str, now: datetime | None = None) -> bool:
    """End a consent. The row stays, with its end, which is never before its beginning. Says
    whether there was one."""
    standing = Consent.objects.for_member(member).standing().filter(kind=kind)
    at = Value(now or timezone.now(), output_field=DateTimeField())
    return bool(standing.update(withdrawn_at=Greatest(at, F("given_at"))))
