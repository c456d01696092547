"""Whose turn it is when the clock looks for mentors: some asks at a time, and all in turn."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef

from mentorship.models import MentorAsk, Pairing
from mentorship.models.asks import MentorAskQuerySet

AT_ONCE = 50


def take_turns(asks: MentorAskQuerySet, now: datetime) -> list[MentorAsk]:
    """Waiting asks for which nobody has been asked: those that were tried the longest ago, at most
    so many, the first who asked first. That they were tried is noted, so that the next ones come
    next."""
    out = Pairing.objects.asked(now).filter(ask=OuterRef("pk"))
    rows = asks.waiting().filter(~Exists(out), member__isnull=False)
    longest = rows.order_by(F("tried_at").asc(nulls_first=True), "asked_at", "pk")
    keys = list(longest.values_list("pk", flat=True)[:AT_ONCE])
    MentorAsk.objects.filter(pk__in=keys).update(tried_at=now)
    found = MentorAsk.objects.waiting().filter(pk__in=keys)
    return list(found.select_related("member", "hub", "programme", "topic", "course"))
