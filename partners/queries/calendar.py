"""The days of offers that people want in their calendar: open days, first days, deadlines."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from partners.ics import Day
from partners.models import Offer

from .shown import OfferCard, card_of

MOST = 300
LONGEST = timedelta(days=3)


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


def coming_days(today: date) -> list[Day]:
    """Open days and deadlines of all live offers that are still to come, the next ones first."""
    dated = Q(kind=Offer.Kind.OPEN_DAY, from_on__gte=today) | Q(deadline_on__gte=today)
    rows = Offer.objects.live_offers(today).filter(dated)
    rows = rows.select_related("partner", "level").prefetch_related("dates")
    found = []
    for offer in rows.order_by("ends_on", "pk")[:MOST]:
        days = days_of(offer, card_of(offer), offer.dates.all())
        is_open_day = offer.kind == Offer.Kind.OPEN_DAY
        found += [
            day
            for day in days
            if day.last >= today and (is_open_day or day.uid.endswith("-deadline@weft"))
        ]
    return sorted(found, key=lambda day: (day.first, day.uid))
