"""When the mentor of a pair is away while the two are together."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery

from mentorship.models import Absence, Pairing

from .waits import local_day

AFTER = timedelta(days=7)


def away_in(pairing: Pairing, now: datetime) -> list[Absence]:
    """The days away from today on, within the time of a pair; of a question, within the time that
    it would have. The first ones first."""
    ends_at = pairing.term_ends_at or now + timedelta(weeks=pairing.programme.term_weeks)
    rows = Absence.objects.filter(
        mentor=pairing.mentor_id or 0,
        until_on__gte=local_day(now, pairing.hub),
        from_on__lte=local_day(ends_at, pairing.hub),
    )
    return list(rows.select_related("mentor__member"))


def with_back(rows: QuerySet[Pairing], now: datetime) -> QuerySet[Pairing]:
    """Pairings with the last day on which the mentor is or was away, of days that have begun."""
    begun = Absence.objects.filter(mentor=OuterRef("mentor"), from_on__lte=now.date())
    return rows.annotate(back_on=Subquery(begun.order_by("-until_on").values("until_on")[:1]))


def back_at(pairing: Pairing, now: datetime) -> datetime | None:
    """Until when the mentor was away last, at most now; the pairing comes from `with_back`."""
    back_on: date | None = getattr(pairing, "back_on", None)
    if back_on is None:
        return None
    zone = ZoneInfo(pairing.hub.time_zone)
    return min(datetime.combine(back_on + timedelta(days=1), time(), zone), now)


def first_meeting_by(pairing: Pairing, at: datetime) -> datetime:
    """By when two who are a pair from a moment on should meet: within the programme's days, or
    within a week of the mentor's return."""
    due = at + timedelta(days=pairing.programme.first_meeting_days)
    rows = Absence.objects.filter(
        mentor=pairing.mentor_id or 0, until_on__gte=local_day(at, pairing.hub)
    )
    for row in rows.order_by("from_on", "pk"):
        if row.from_on <= local_day(due, pairing.hub):
            away_days = (row.until_on - local_day(at, pairing.hub)).days
            due = max(due, at + timedelta(days=away_days) + AFTER)
    return due
