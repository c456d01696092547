"""How long people wait: the place in line, a hub's median, and the day on which the hub looks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from content import version
from members.models import Hub
from mentorship.models import MentorAsk, Pairing

SPAN = timedelta(days=182)
DAY = timedelta(days=1)
FEWEST = 3  # with fewer pairs there is no median worth saying
MOST = 2_000
Wait = tuple[int, datetime, datetime]


def queue_place(ask: MentorAsk) -> int:
    """The place of a waiting ask in the line of its hub; 1 is next."""
    earlier = Q(asked_at__lt=ask.asked_at) | Q(asked_at=ask.asked_at, pk__lt=ask.pk)
    waiting = MentorAsk.objects.filter(hub=ask.hub_id, state=MentorAsk.State.WAITING)
    return waiting.filter(earlier).count() + 1


def median_wait(hub: Hub, now: datetime) -> int | None:
    """In how many days half of the people of a hub had a mentor, those who still wait among them;
    None when too few had one, or more than half still wait."""
    rows, waiting = waits(now).filter(ask__hub=hub), still_waiting().filter(hub=hub)
    return medians(rows[:MOST], dict(waiting)).get(hub.pk)


def median_waits(now: datetime) -> dict[int, int]:
    """The median wait of each hub that has one, by the hub's key; counted anew every hour."""
    return version.cached(
        f"mentor-waits:{now:%Y%m%d%H}",
        lambda: medians(waits(now)[:MOST], dict(still_waiting())),
        is_frozen=True,
    )


def waits(now: datetime) -> "QuerySet[Pairing, Any]":
    """Hub, day of the ask and day of the yes, for the pairs of the last half year."""
    recent = Pairing.objects.filter(accepted_at__gt=now - SPAN, accepted_at__lte=now)
    rows = recent.order_by("-accepted_at", "-pk")
    return rows.values_list("ask__hub", "ask__made_at", "accepted_at")


def still_waiting() -> "QuerySet[MentorAsk, Any]":
    """How many people wait in each hub."""
    rows = MentorAsk.objects.filter(state=MentorAsk.State.WAITING).order_by()
    return rows.values_list("hub").annotate(count=Count("pk"))


def medians(rows: Iterable[Wait], waiting: Mapping[int, int]) -> dict[int, int]:
    """In how many days half of all had a mentor, by hub. Whoever waits has none within any of
    these days. Where too few had one, or more than half wait, there is nothing to tell."""
    found = defaultdict[int, list[int]](list)
    for hub, asked_at, accepted_at in rows:
        found[hub].append(max(1, ceil((accepted_at - asked_at) / DAY)))
    half = {hub: ceil((len(days) + waiting.get(hub, 0)) / 2) for hub, days in found.items()}
    return {
        hub: sorted(days)[half[hub] - 1]
        for hub, days in found.items()
        if len(days) >= max(FEWEST, half[hub])
    }


def local_day(moment: datetime, hub: Hub) -> date:
    """The day of a moment, as the clock of a hub shows it."""
    return moment.astimezone(ZoneInfo(hub.time_zone)).date()


def promised_on(ask: MentorAsk, now: datetime | None = None) -> date:
    """The day on which the hub looks at an ask that still waits.

    So many days after this question was made: the time with a mentor, after the first asking, is
    no waiting. When that day is over, the next Monday: then the hub gets the list of all who wait.
    """
    first = local_day(ask.made_at + timedelta(days=ask.programme.ask_days), ask.hub)
    today = local_day(now or timezone.now(), ask.hub)
    return first if first >= today else today + timedelta(days=7 - today.weekday())
