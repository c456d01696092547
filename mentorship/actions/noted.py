"""Staff note that two people have met: a meeting like any other, on the day that staff name."""

import uuid
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from mentorship.models import Meeting, Pairing

from .meetings import SAME, last_way, same_meeting
from .pairs import own_key

NOTED = uuid.UUID("5d0b8a52-7f0e-4c39-9d5e-0f7d3a0c4e11")
NOON, USUAL_MINUTES = time(12), 30


def note_meeting(pairing: Pairing, member: Member, on: date | None, now: datetime) -> Meeting:
    """Keep a meeting of a locked pair as held on a day, which is today where none is named; a plan
    for that day is this meeting. Refuses a day to come, and one before they were a pair."""
    zone = ZoneInfo(pairing.hub.time_zone)
    today = now.astimezone(zone).date()
    began_on = (pairing.accepted_at or pairing.proposed_at).astimezone(zone).date()
    day = on or today
    if not began_on - timedelta(days=1) <= day <= today:
        raise Refused(_("Choose a day up to today on which they were a pair."), "met_on")
    at = min(datetime.combine(day, NOON, zone), now)
    key = own_key(NOTED, pairing, member, day.isoformat())
    row = same_meeting(pairing, None, key, at, ahead=SAME)
    if row is None:
        row = Meeting(
            pairing=pairing,
            key=key,
            starts_at=at,
            minutes=USUAL_MINUTES,
            way=last_way(pairing),
            made_by=member,
            made_at=now,
        )
    row.state, row.changed_at = Meeting.State.HELD, now
    row.starts_at = at if row.starts_at > now else row.starts_at
    row.save()
    pairing.first_met_at = row.starts_at
    return row


def take_meeting_back(pairing: Pairing, now: datetime) -> None:
    """Note that the only meeting of a locked pair did not take place. Refuses where they have
    met more than once: then it is for the two to put right."""
    held = list(pairing.meetings.filter(state=Meeting.State.HELD)[:2])
    if len(held) > 1:
        raise Refused(_("They have met more than once. The two can put it right."), "verb")
    for row in held:
        row.state, row.changed_at = Meeting.State.MISSED, now
        row.save(update_fields=["state", "changed_at"])
