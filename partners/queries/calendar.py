"""The days of offers that people want in their calendar: open days, first days, deadlines."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import (
    Case,
    DateField,
    Expression,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext as _

from partners.ics import Day
from partners.models import Offer, OfferDate

from .shown import OfferCard, card_of

MOST = 300
LONGEST = timedelta(days=3)
NEVER = Value(date.max, output_field=DateField())


def days_of(offer: Offer, card: OfferCard, dates: Iterable[Any]) -> list[Day]:
    """The days of an offer: its first one and the other ones, and the last one to apply."""
    title = f"{offer.title} ({card.partner})"
    found = []
    if offer.from_on and not offer.is_any_time:
        found.append(day_of(offer, card, "start", offer.from_on, offer.to_on, title, offer.place))
    for number, row in enumerate(dates, 1):
        place = row.place or offer.place
        found.append(day_of(offer, card, f"date-{number}", row.on, row.until_on, title, place))
    if offer.deadline_on:
        words = _("Last day to apply: %(title)s") % {"title": title}
        found.append(day_of(offer, card, "deadline", offer.deadline_on, None, words, ""))
    return found


def day_of(
    offer: Offer,
    card: OfferCard,
    name: str,
    first: date,
    last: date | None,
    summary: str,
    place: str,
) -> Day:
    """One entry. What lasts longer than some days stands on its first day only."""
    is_short = last is not None and last - first <= LONGEST
    return Day(
        uid=f"{offer.uuid}-{name}@weft",
        first=first,
        last=last if last and is_short else first,
        summary=summary,
        stamp=offer.last_published_at or offer.first_published_at or offer.made_at,
        place=place,
        url=f"{settings.SITE_URL}{card.url}",
    )


def coming_offers(today: date) -> QuerySet[Offer]:
    """The live offers with an open day or a deadline to come: that with the next one first."""
    is_open_day = Q(kind=Offer.Kind.OPEN_DAY)
    more = OfferDate.objects.filter(offer=OuterRef("pk"), on__gte=today).order_by("on")
    rows = Offer.objects.live_offers(today).annotate(
        next_on=Least(
            day_if(is_open_day & Q(from_on__gte=today), F("from_on")),
            day_if(is_open_day, Coalesce(Subquery(more.values("on")[:1]), NEVER)),
            day_if(Q(deadline_on__gte=today), F("deadline_on")),
        )
    )
    rows = rows.filter(next_on__lt=NEVER).order_by("next_on", "pk")
    return rows.select_related("partner", "level").prefetch_related("dates")


def day_if(condition: Q, day: Expression | F) -> Case:
    """A day where a condition holds; else one that never comes."""
    return Case(When(condition, then=day), default=NEVER, output_field=DateField())


def coming_days(today: date) -> list[Day]:
    """Open days and deadlines of live offers that are still to come, the next ones first. Of very
    many offers, those in which something comes first."""
    found = []
    for offer in coming_offers(today)[:MOST]:
        days = days_of(offer, card_of(offer), offer.dates.all())
        is_open_day = offer.kind == Offer.Kind.OPEN_DAY
        found += [
            day
            for day in days
            if day.last >= today and (is_open_day or day.uid.endswith("-deadline@weft"))
        ]
    return sorted(found, key=lambda day: (day.first, day.uid))
