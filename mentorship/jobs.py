"""What the clock owes mentorship. Each job may run twice, at any time, twice at once."""

from datetime import datetime

from django.db.models import Q

from content import version

from . import actions
from .models import Pairing


def send_on(now: datetime) -> str:
    """End the proposals that ran out, and propose what waits for us to choose."""
    over = Pairing.objects.unanswered().filter(expires_at__lte=now).order_by("pk")
    for pairing in list(over):
        actions.expire_proposal(pairing=pairing, now=now)
    return f"{len(over)} over, {actions.send_all(now=now)} sent on"


def hand_on_away(now: datetime) -> int:
    """Hand on what those were asked who are away today."""
    return actions.hand_on_away(now=now)


def settle_pairs(now: datetime) -> int:
    """Write which breaks, terms and closing steps have come to their end."""
    dates = Q(term_ends_at__lte=now) | Q(closes_at__lte=now) | Q(paused_until__lte=now)
    moved = 0
    for pairing in list(Pairing.objects.together().filter(dates).order_by("pk")):
        moved += actions.settle(pairing=pairing, now=now).state != pairing.state
    return moved


def remind(now: datetime) -> int:
    """Nudge, ask how it goes, tell staff of silence."""
    return actions.remind_pairs(now=now)


def ask_about_meetings(now: datetime) -> int:
    """Ask whether a planned meeting took place; the link logs it."""
    return actions.ask_about_meetings(now=now)


def tell_free(now: datetime) -> int:
    """Tell those who wait that mentors are free."""
    return actions.tell_free(now=now)


def digest(now: datetime) -> int:
    """Tell coordinators on Monday what waits."""
    return actions.send_digests(now=now)


def new_day(now: datetime) -> str:
    """Once a day: the hours after a change of clocks, checks that are due, and old words."""
    today = now.date().isoformat()
    if version.get("mentorship-day") == today:
        return "nothing new"
    hours = actions.refresh_hours(now=now)
    checks = actions.refresh_checks(now=now)
    words = actions.delete_old_words(now=now)
    version.put("mentorship-day", today)
    return f"{hours} hours, {checks} checks, {words} words"


JOBS = [
    send_on,
    hand_on_away,
    settle_pairs,
    remind,
    ask_about_meetings,
    tell_free,
    digest,
    new_day,
]
