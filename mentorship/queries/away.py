"""When the mentor of a pair is away while the two are together."""

from datetime import datetime, timedelta

from mentorship.models import Absence, Pairing

from .waits import local_day


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
