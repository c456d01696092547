"""Whether a mentor sees how far the mentee is in the course in question: with a consent only."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Course
from members.actions import give_consent, withdraw_consent
from members.errors import Refused
from members.models import Member
from mentorship import life
from mentorship.models import MentorAsk, Pairing
from mentorship.queries.progress import CONSENT

from .pairs import enter

SHOWN = Q(shows_progress=True) | Q(shows_progress__isnull=True, ask__shares_progress=True)


@transaction.atomic
def show_progress(
    *, member: Member, pairing: Pairing, show: bool, now: datetime | None = None
) -> Pairing:
    """Show the mentor of a pair how far I am in the course in question, or stop it. Twice is once.

    Refuses the mentor, and a pair that is about no course.
    """
    now = now or timezone.now()
    locked, side = enter(member, pairing, now)
    course = locked.ask.course
    if side != life.MENTEE:
        raise Refused(_("Only the learner says who sees this."))
    if course is None:
        raise Refused(_("You two are about no course, so there is nothing to show."))
    locked.shows_progress = show
    locked.save(update_fields=["shows_progress"])
    if show:
        begin_consent(member, course, now)
    else:
        end_consent(member, now)
    return locked


def note_consent(member: Member, ask: MentorAsk, now: datetime) -> None:
    """Keep what an ask says about the progress in its course. A no ends what another mentor sees
    of the same course."""
    if ask.shares_progress and ask.course is not None:
        begin_consent(member, ask.course, now)
        return
    if ask.course is not None:
        open_ones = Pairing.objects.together().filter(mentee=member, ask__course=ask.course)
        open_ones.update(shows_progress=False)
    end_consent(member, now)


def begin_consent(member: Member, course: Course, now: datetime) -> None:
    """Keep in which words somebody lets the mentor see the progress in a course."""
    with member.in_own_language():
        wording = _("My mentor may see how far I am in “%(course)s”.") % {"course": str(course)}
    give_consent(member=member, kind=CONSENT, wording=wording, now=now)


def end_consent(member: Member, now: datetime) -> None:
    """End the consent to show progress, unless a pair of the member still goes by it."""
    if not Pairing.objects.together().filter(SHOWN, mentee=member).exists():
        withdraw_consent(member=member, kind=CONSENT, now=now)
