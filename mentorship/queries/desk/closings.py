"""How pairs end, in numbers: how many, and why."""

from collections import Counter
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from members.models import Hub
from mentorship import life
from mentorship.models import Pairing

from .parts import Chart, Figure, Period, bar
from .telling import is_small, told_total


def closings(hub: Hub, since: datetime, now: datetime) -> list[tuple[datetime, str]]:
    """When each pair closed and why; one that a date has closed is closed."""
    ended = Q(state=life.CLOSED, ended_at__gt=since, ended_at__lte=now)
    by_date = Q(state__in=life.TOGETHER, closes_at__gt=since, closes_at__lte=now)
    rows = Pairing.objects.filter(ended | by_date, hub=hub).order_by()
    found = rows.values_list("ended_at", "closes_at", "end_reason")
    return [
        (at, reason or Pairing.Reason.TERM)
        for ended_at, closes_at, reason in found
        if (at := ended_at or closes_at) is not None
    ]


def by_reason(closed: list[tuple[datetime, str]], period: Period) -> Counter[str]:
    """How many pairs of a period closed for which reason. What is too rare to be told counts
    as another reason, and so does what the hub ended: not even that it happened is told."""
    found = Counter(reason for at, reason in closed if period.has(at))
    apart = [r for r in found if is_small(found[r]) or r == Pairing.Reason.SAFETY]
    rest = sum(found.pop(reason) for reason in apart)
    return found + Counter({str(Pairing.Reason.OTHER): rest})


def closed_figure(closed: list[tuple[datetime, str]], this: Period, before: Period) -> Figure:
    """How many pairs closed."""
    return Figure(
        name=_("Pairs that closed"),
        now=told_closed(by_reason(closed, this)),
        before=told_closed(by_reason(closed, before)),
        meaning=_(
            "Pairs that ended in the period, after a yes. Where a reason is too rare to be told, "
            "the sum is told roughly."
        ),
    )


def told_closed(found: Counter[str]) -> str:
    """How many pairs closed, so that no rare reason comes out by taking away."""
    return told_total(found.total(), found.values())


def closed_chart(closed: list[tuple[datetime, str]], this: Period) -> Chart:
    """Why pairs closed, the most frequent reason first."""
    found = by_reason(closed, this)
    last = Pairing.Reason.OTHER
    reasons = sorted(found, key=lambda reason: (reason == last, -found[reason], reason))
    return Chart(
        key="closed",
        title=_("Why pairs closed"),
        about=_(
            "Pairs that ended in the period, by the reason that was given. Rare reasons count "
            "together."
        ),
        bars=[bar(reason_words(reason), found[reason]) for reason in reasons],
    )


def reason_words(reason: str) -> str:
    """A reason as the chart names it."""
    if reason == Pairing.Reason.OTHER:
        return _("Other reasons")
    return str(Pairing.Reason(reason).label)
