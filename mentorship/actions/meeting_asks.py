"""After a meeting that was planned the two are asked whether it took place."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from members.models import Member
from mentorship import life
from mentorship.models import Meeting
from mentorship.signed import meeting_token

from .meetings import when_words
from .telling import address, tell
from .words import both

# Half an hour after the end of a meeting, and no more three days after its beginning.
ASK_AFTER, ASK_UNTIL = timedelta(minutes=30), timedelta(days=3)
State = Meeting.State


def ask_about_meetings(*, now: datetime) -> int:
    """Ask both people, once for each time that was planned, whether a meeting took place that is
    over and that nobody has logged; gives how many meetings that were. The link logs it without a
    sign-in."""
    due = Meeting.objects.filter(
        state=State.PLANNED,
        starts_at__lte=now - ASK_AFTER,
        starts_at__gt=now - ASK_UNTIL,
        pairing__state__in=life.TOGETHER,
    ).select_related("pairing__mentor__member", "pairing__mentee", "pairing__ask")
    over = [row for row in due if ends_at(row) <= now - ASK_AFTER]
    waiting = [row for row in over if life.state_at(row.pairing, now) in life.TOGETHER]
    for row in waiting:
        for person in both(row.pairing):
            ask_if_met(row, person, now)
    return len(waiting)


def ends_at(meeting: Meeting) -> datetime:
    """When a meeting is over by its plan."""
    return meeting.starts_at + timedelta(minutes=meeting.minutes)


def ask_if_met(meeting: Meeting, to: Member, now: datetime) -> None:
    """Ask one of the two whether a meeting took place."""
    pairing = meeting.pairing
    token = meeting_token(member=to.pk, pairing=pairing.pk, meeting=meeting.pk, now=now)

    def words() -> str:
        return _("Did you meet on %(when)s? One tap logs it.") % {"when": when_words(meeting, to)}

    key = f"pairing:{pairing.pk}:met:{meeting.pk}:{meeting.starts_at:%Y%m%d%H%M}"
    tell(to, key, words, lambda: address(f"met/{token}/"), now)
