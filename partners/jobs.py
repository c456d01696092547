"""What the clock owes partners. Each job may run twice, at any time, twice at once."""

from datetime import datetime

from django.conf import settings

from content import version

from . import actions


def remind(now: datetime) -> str:
    """Say what ends soon, what has to be confirmed, and who waits too long."""
    ending = actions.remind_offers(now=now)
    silent = actions.remind_partners(now=now)
    late = actions.remind_reviewers(now=now)
    return f"{ending} ending, {silent} to confirm, {late} late"


def check_links(now: datetime) -> int:
    """Look whether links of offers still answer, some at a time. Those of a demo lead nowhere."""
    if settings.WEFT_DEMO:
        return 0
    return actions.check_links(now=now)


def new_day(now: datetime) -> str:
    """Once a day: forget who applied long ago, and old invitations."""
    today = now.date().isoformat()
    if version.get("partners-day") == today:
        return "nothing new"
    people = actions.delete_old_interest(now=now)
    invitations = actions.delete_old_invitations(now=now)
    version.put("partners-day", today)
    return f"{people} people, {invitations} invitations"


JOBS = [remind, new_day, check_links]
