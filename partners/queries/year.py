"""A partner's year: offers, views, ways on, people who applied and started, seats for members."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from partners.models import Interest, Offer, OfferDay, Partner

MOST_ROWS = 100
STARTED = (Interest.State.STARTED, Interest.State.FINISHED)


@dataclass(frozen=True)
class YearRow:
    """One offer in a year."""

    title: str
    views: int
    clicks: int
    applied: int
    started: int
    member_seats: int


@dataclass(frozen=True)
class PartnerYear:
    """All offers of a partner in a year."""

    year: int
    years: list[int]
    offers: int
    views: int
    clicks: int
    applied: int
    started: int
    member_seats: int
    rows: list[YearRow]

    @property
    def is_cut(self) -> bool:
        """Whether there are more offers than the table shows."""
        return self.offers > len(self.rows)


def partner_year(partner: Partner, year: int, today: date) -> PartnerYear:
    """The figures of a year. Four statements, whatever number of offers there are."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    offers = offers_in(partner, first, last)
    days = Q(days__on__range=(first, last))
    total = offers.aggregate(count=Count("pk"), seats=Sum("member_seats"))
    seen = OfferDay.objects.filter(offer__partner=partner, on__range=(first, last))
    clicked = seen.aggregate(views=Sum("views"), clicks=Sum("clicks"))
    asked = interest_in(partner, year)
    people = asked.aggregate(applied=Count("pk"), started=Count("pk", filter=Q(state__in=STARTED)))
    top = offers.annotate(
        seen=Sum("days__views", filter=days), gone=Sum("days__clicks", filter=days)
    ).order_by("from_on", "pk")[:MOST_ROWS]
    return PartnerYear(
        year=year,
        years=years_of(partner, today),
        offers=total["count"],
        views=clicked["views"] or 0,
        clicks=clicked["clicks"] or 0,
        applied=people["applied"],
        started=people["started"],
        member_seats=total["seats"] or 0,
        rows=rows_of(list(top), asked),
    )


def offers_in(partner: Partner, first: date, last: date) -> QuerySet[Offer]:
    """The offers that were on the site on one day at least."""
    found = partner.offers.filter(first_published_at__date__lte=last, ends_on__gte=first)
    return found.filter(Q(ended_at__isnull=True) | Q(ended_at__date__gte=first))


def interest_in(partner: Partner, year: int) -> QuerySet[Interest]:
    """Who applied in a year and has not taken it back."""
    found = Interest.objects.filter(offer__partner=partner, made_at__year=year)
    return found.exclude(state=Interest.State.WITHDRAWN).order_by()


def rows_of(offers: list[Offer], asked: QuerySet[Interest]) -> list[YearRow]:
    """A row for each offer."""
    counts = asked.filter(offer__in=offers).values("offer")
    people = {
        row["offer"]: row
        for row in counts.annotate(
            applied=Count("pk"), started=Count("pk", filter=Q(state__in=STARTED))
        )
    }
    nobody = {"applied": 0, "started": 0}
    return [
        YearRow(
            title=offer.title,
            views=offer.seen or 0,
            clicks=offer.gone or 0,
            applied=people.get(offer.pk, nobody)["applied"],
            started=people.get(offer.pk, nobody)["started"],
            member_seats=offer.member_seats or 0,
        )
        for offer in offers
    ]


def years_of(partner: Partner, today: date) -> list[int]:
    """The years that can be asked for, this one first."""
    first = min(partner.applied_at.year, today.year)
    return list(range(today.year, first - 1, -1))
