"""What the clock owes partners. Each job may run twice, at any time, twice at once."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from content import version

from . import actions


def once(name: str, span: str, work: Callable[[], str]) -> str:
    """Do some work once in a span of time. What failed is done again at the next tick."""
    if version.get(name) == span:
        return "nothing new"
    said = work()
    version.put(name, span)
    return said


def remind(now: datetime) -> str:
    """Once an hour: say what ends soon. It is not the same day everywhere."""

    def work() -> str:
        return f"{actions.remind_offers(now=now)} ending"

    return once("partners-hour", f"{now:%Y-%m-%d %H}", work)


def remind_daily(now: datetime) -> str:
    """Once a day: say what has to be confirmed, who waits too long, what is not agreed any more."""

    def work() -> str:
        silent = actions.remind_partners(now=now)
        late = actions.remind_reviewers(now=now)
        over = actions.remind_agreements(now=now)
        return f"{silent} to confirm, {late} late, {over} over"

    return once("partners-reminders", now.date().isoformat(), work)


def check_links(now: datetime) -> int:
    """Look whether links of offers still answer, some at a time. Those of a demo lead nowhere."""
    if settings.WEFT_DEMO:
        return 0
    return actions.check_links(now=now)


def new_day(now: datetime) -> str:
    """Once a day: forget who applied long ago, old invitations and old tables."""

    def work() -> str:
        people = actions.delete_old_interest(now=now)
        invitations = actions.delete_old_invitations(now=now)
        tables = actions.delete_old_uploads(now=now)
        return f"{people} people, {invitations} invitations, {tables} tables"

    return once("partners-day", now.date().isoformat(), work)


JOBS = [remind, remind_daily, new_day, check_links]
