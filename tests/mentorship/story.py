"""What tests of a pair's life read: who was told what, and which moves were logged."""

from datetime import UTC, datetime, timedelta

from members.models import Member, Notice, RecordEntry
from mentorship.models import Pairing

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def told(member: Member) -> list[str]:
    """What a member has been told, the first first."""
    rows = Notice.objects.filter(member=member).order_by("pk")
    return list(rows.values_list("text", flat=True))


def last_told(member: Member) -> str:
    """What a member was told last."""
    return told(member)[-1]


def links(member: Member) -> list[str]:
    """Where the notices of a member lead."""
    rows = Notice.objects.filter(member=member).order_by("pk")
    return list(rows.values_list("url", flat=True))


def moves(pairing: Pairing) -> list[tuple[str, str, str]]:
    """The log of a pairing."""
    return list(pairing.moves.order_by("pk").values_list("verb", "before", "after"))


def fresh(pairing: Pairing) -> Pairing:
    """A pairing as it is stored now."""
    return Pairing.objects.get(pk=pairing.pk)


def recorded(member: Member) -> list[tuple[str, str]]:
    """What staff did to the record of a member, the first first."""
    rows = RecordEntry.objects.filter(member=member).order_by("pk")
    return list(rows.values_list("words", "reason"))
