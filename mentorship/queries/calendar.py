"""A member's meetings as calendar entries."""

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from members.emails import absolute
from members.models import Member
from mentorship import ics, life
from mentorship.models import CalendarKey, Meeting, Pairing

KEPT = timedelta(days=60)
MOST = 500


def feed_of(token: str, now: datetime) -> tuple[Member, list[ics.Event]] | None:
    """Whose feed has this secret address, and the meetings in it; None for an unknown one.

    Where two people meet is for the two alone, so it is not in the feed.
    """
    key = CalendarKey.objects.filter(token=token, member__is_active=True)
    found = key.select_related("member").first()
    if found is None:
        return None
    with found.member.in_own_language():
        rows = meetings_of(found.member, now)
        return found.member, [replace(event_of(row, found.member), place="") for row in rows]


def meetings_of(member: Member, now: datetime) -> list[Meeting]:
    """The meetings of a member's open pairs, planned or held in the last two months."""
    rows = Meeting.objects.filter(
        pairing__in=Pairing.objects.for_pair(member).together(),
        state__in=(Meeting.State.PLANNED, Meeting.State.HELD),
        starts_at__gt=now - KEPT,
    )
    found = rows.select_related("pairing__mentor").order_by("starts_at", "pk")[:MOST]
    return [row for row in found if life.state_at(row.pairing, now) in life.TOGETHER]


def event_of(meeting: Meeting, member: Member) -> ics.Event:
    """A meeting as one of the two has it in the calendar; it names nobody."""
    is_mentee = meeting.pairing.mentee_id == member.pk
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return ics.Event(
        uid=f"meeting-{meeting.pk}@{host}",
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        summary=_("Meeting with your mentor") if is_mentee else _("Meeting as a mentor"),
        stamp=meeting.changed_at,
        place=meeting.place,
        url=absolute(reverse("mentorship:pair", args=[meeting.pairing_id])),
        is_cancelled=meeting.state == Meeting.State.CANCELLED,
    )
