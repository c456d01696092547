"""What else waits for a hub beside texts and new organisations; and all of its partners."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet

from members.models import Hub, Member
from partners.models import (
    Agreement,
    Colleague,
    Offer,
    OfferReport,
    OfferReview,
    Partner,
    PartnerChange,
    PartnerSuggestion,
)
from partners.models.reviews import OfferReviewQuerySet

from .answers import Compared, compare
from .drafts import read_live, read_revision
from .review import ReviewRow, review_rows, reviews_for, title_of

A_LIST = 30


def own_of(member: Member) -> QuerySet:
    """The organisations for which a member acts: others look after those."""
    return Colleague.objects.filter(member=member).values("partner")


def checks_for(member: Member, hub: Hub) -> OfferReviewQuerySet:
    """Small edits that went live at once, whether they were looked at or not."""
    return reviews_for(member, hub).filter(is_after_check=True)


def reports_for(member: Member, hub: Hub) -> QuerySet[OfferReport]:
    """Reports that wait, oldest first; not on offers of one's own organisations."""
    rows = OfferReport.objects.filter(hub=hub, settled_at__isnull=True)
    rows = rows.exclude(offer__partner__in=own_of(member))
    return rows.select_related("offer__partner__hub", "hub", "member")


def changes_for(member: Member, hub: Hub) -> QuerySet[PartnerChange]:
    """Other names and numbers that wait, oldest first."""
    rows = PartnerChange.objects.filter(partner__hub=hub, state=PartnerChange.State.WAITING)
    return rows.exclude(partner__in=own_of(member)).select_related("partner__hub", "sent_by")


def agreements_for(member: Member, hub: Hub) -> QuerySet[Agreement]:
    """What partners say was agreed with a hub, confirmed or not; not of one's own."""
    rows = hub.agreements.exclude(partner__in=own_of(member))
    return rows.select_related("partner", "hub", "course").order_by("made_at", "pk")


def suggestions_for(hub: Hub) -> QuerySet[PartnerSuggestion]:
    """What members suggested to a hub and waits, oldest first."""
    rows = PartnerSuggestion.objects.filter(hub=hub, settled_at__isnull=True)
    return rows.select_related("hub", "member")


def offers_for(member: Member, hub: Hub) -> QuerySet[Offer]:
    """The offers of a hub's partners that were on the site; not of one's own."""
    rows = Offer.objects.filter(partner__hub=hub, first_published_at__isnull=False)
    return rows.exclude(partner__in=own_of(member)).select_related("partner__hub", "live_revision")


@dataclass(frozen=True)
class Others:
    """What else waits: a list of each sort."""

    checks: list[ReviewRow]
    reports: list[OfferReport]
    changes: list[PartnerChange]
    agreements: list[Agreement]
    suggestions: list[PartnerSuggestion]


def others_of(member: Member, hub: Hub, today: date) -> Others:
    """The oldest of each sort: five statements."""
    checks = checks_for(member, hub).waiting()[:A_LIST]
    open_agreements = agreements_for(member, hub).filter(confirmed_at__isnull=True)
    return Others(
        checks=review_rows(checks, today),
        reports=list(reports_for(member, hub)[:A_LIST]),
        changes=list(changes_for(member, hub)[:A_LIST]),
        agreements=list(open_agreements[:A_LIST]),
        suggestions=list(suggestions_for(hub)[:A_LIST]),
    )


def is_else_waiting(member: Member, hub: Hub) -> bool:
    """Whether something else waits: one statement."""
    found = Hub.objects.filter(pk=hub.pk).annotate(
        has_checks=Exists(checks_for(member, hub).waiting()),
        has_reports=Exists(reports_for(member, hub)),
        has_changes=Exists(changes_for(member, hub)),
        has_agreements=Exists(agreements_for(member, hub).filter(confirmed_at__isnull=True)),
        has_suggestions=Exists(suggestions_for(hub)),
    )
    names = ("checks", "reports", "changes", "agreements", "suggestions")
    return any(found.values_list(*(f"has_{name}" for name in names))[0])


def else_counts(member: Member) -> Counter[int]:
    """How many other things wait in each hub where a member looks after partners: one statement."""
    hubs, own = Hub.objects.for_staff(member, "reviewer", "coordinator"), own_of(member)
    checks = OfferReview.objects.waiting().filter(hub__in=hubs, is_after_check=True)
    reports = OfferReport.objects.filter(hub__in=hubs, settled_at__isnull=True)
    changes = PartnerChange.objects.filter(partner__hub__in=hubs, state="waiting")
    agreements = Agreement.objects.filter(hub__in=hubs, confirmed_at__isnull=True)
    suggestions = PartnerSuggestion.objects.filter(hub__in=hubs, settled_at__isnull=True)
    rows: list[tuple[QuerySet[Any], str]] = [
        (checks.exclude(offer__partner__in=own), "hub"),
        (reports.exclude(offer__partner__in=own), "hub"),
        (changes.exclude(partner__in=own), "partner__hub"),
        (agreements.exclude(partner__in=own), "hub"),
        (suggestions, "hub"),
    ]
    asked = [one.order_by().values_list(name).annotate(count=Count("pk")) for one, name in rows]
    found: Counter[int] = Counter()
    for hub, count in asked[0].union(*asked[1:], all=True):
        found[hub] += count
    return found


@dataclass(frozen=True)
class CheckPage:
    """A small edit that is live: what the hub read last, and what stands there since."""

    title: str
    rows: list[Compared]

    @property
    def changed(self) -> list[Compared]:
        """The lines that differ."""
        return [row for row in self.rows if row.is_changed]


def check_page(review: OfferReview) -> CheckPage:
    """A small edit beside the text that the hub had read before it."""
    offer = review.offer
    read = offer.reviews.filter(state=OfferReview.State.PUBLISHED, decided_at__lte=review.sent_at)
    last = read.exclude(pk=review.pk).select_related("revision").order_by("-decided_at", "-pk")
    before = [read_revision(one.revision, offer) for one in last[:1]]
    after = read_revision(review.revision, offer)
    return CheckPage(title_of(review), compare(before[0] if before else None, after))


@dataclass(frozen=True)
class DeskOffer:
    """An offer on the hub's desk: what is on the site, what people said of it."""

    offer: Offer
    rows: list[Compared]
    reports: list[OfferReport]
    down: OfferReview | None

    @property
    def is_live(self) -> bool:
        """Whether people can find it now."""
        return self.offer.live


def desk_offer(member: Member, hub: Hub, offer: Offer) -> DeskOffer:
    """An offer that is or was on the site, with the reports that wait."""
    said = offer.reviews.filter(state=OfferReview.State.DECLINED, revision=offer.live_revision_id)
    return DeskOffer(
        offer=offer,
        rows=compare(None, read_live(offer)),
        reports=list(reports_for(member, hub).filter(offer=offer)[:A_LIST]),
        down=said.select_related("decided_by").order_by("-decided_at").first(),
    )


@dataclass(frozen=True)
class HubPartner:
    """One of a hub's partners, in the list of them."""

    partner: Partner
    offers: int


def hub_partners(hub: Hub, number: int, today: date) -> tuple[list[HubPartner], Page]:
    """A page of the partners of a hub by name, with how many offers each has on the site."""
    stuck = Partner.objects.stuck().filter(pk=OuterRef("pk"))
    rows = Partner.objects.filter(hub=hub).annotate(is_stuck=Exists(stuck)).order_by("name", "pk")
    page = Paginator(rows, A_LIST).get_page(number)
    shown = list(page.object_list)
    live = Offer.objects.filter(partner__in=shown, live=True, ends_on__gte=today)
    counts = dict(live.order_by().values_list("partner").annotate(count=Count("pk")))
    return [HubPartner(row, counts.get(row.pk, 0)) for row in shown], page


@dataclass(frozen=True)
class DeskPartner:
    """A partner on the desk of its hub."""

    people: list[Colleague]
    change: PartnerChange | None
    offers: list[Offer]
    agreements: list[Agreement]


def desk_partner_page(partner: Partner, today: date) -> DeskPartner:
    """Who acts for a partner, what it asks for, what is on the site, what was agreed with its hub:
    four statements."""
    live = partner.offers.filter(live=True, ends_on__gte=today)
    waiting = partner.changes.filter(state=PartnerChange.State.WAITING)
    return DeskPartner(
        people=list(partner.colleagues.select_related("member")),
        change=waiting.select_related("sent_by").first(),
        offers=list(live.order_by("title", "pk")[:A_LIST]),
        agreements=list(partner.agreements.filter(hub=partner.hub)),
    )
