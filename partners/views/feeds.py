"""New offers as Atom and as a JSON feed; open days and deadlines as a calendar."""

from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.sharing import share
from partners import ics
from partners.models import Offer
from partners.queries.calendar import coming_days
from partners.queries.shown import OfferCard, card_of

NEWEST = 30
JSON_FEED = "https://jsonfeed.org/version/1.1"


class NewOffers(Atom1Feed):
    """A feed that changes when an offer is published, not when somebody looks."""

    def latest_post_date(self) -> datetime:
        return self.feed["changed_at"] or timezone.now()


def newest() -> list[tuple[Offer, OfferCard]]:
    """The live offers that were published last, the newest first."""
    rows = Offer.objects.live_offers(timezone.localdate())
    rows = rows.select_related("partner", "level", "topic", "image")
    rows = rows.order_by("-first_published_at", "-pk")
    return [(offer, card_of(offer)) for offer in rows[:NEWEST]]


@require_safe
def offer_feed(request: HttpRequest) -> HttpResponse:
    """The newest offers as an Atom feed."""
    rows = newest()
    feed = NewOffers(
        title=title(),
        link=full(reverse("partners:offers")),
        description=_("Training offers of our partners, checked by our hubs."),
        feed_url=full(reverse("partners:offer_feed")),
        language=get_language(),
        changed_at=max((changed_at(offer) for offer, _card in rows), default=None),
    )
    for offer, card in rows:
        feed.add_item(
            title=card.title,
            link=full(card.url),
            description=card.learns,
            unique_id=f"urn:uuid:{offer.uuid}",
            pubdate=offer.first_published_at,
            updateddate=changed_at(offer),
            author_name=card.partner,
            categories=[offer.topic.label] if offer.topic else [],
        )
    return share(HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type))


@require_safe
def offer_feed_json(request: HttpRequest) -> HttpResponse:
    """The newest offers as a JSON feed."""
    values = {
        "version": JSON_FEED,
        "title": title(),
        "home_page_url": full(reverse("partners:offers")),
        "feed_url": full(reverse("partners:offer_feed_json")),
        "language": get_language(),
        "items": [item(offer, card) for offer, card in newest()],
    }
    answer = JsonResponse(values, json_dumps_params={"ensure_ascii": False})
    answer["Content-Type"] = "application/feed+json; charset=utf-8"
    return share(answer)


def item(offer: Offer, card: OfferCard) -> dict[str, Any]:
    """One offer of the JSON feed. Its id stays the same whatever its title becomes."""
    image = {"image": full(offer.image.file.url)} if offer.image else {}
    return {
        "id": f"urn:uuid:{offer.uuid}",
        "url": full(card.url),
        "title": card.title,
        "content_text": f"{card.learns}\n\n{card.when} · {card.where} · {card.cost}",
        "date_published": stamp(offer.first_published_at),
        "date_modified": stamp(changed_at(offer)),
        "authors": [{"name": card.partner}],
        "tags": [offer.topic.label] if offer.topic else [],
        **image,
    }


@require_safe
def offer_calendar(request: HttpRequest) -> HttpResponse:
    """Open days and deadlines to come, for a calendar that looks again by itself."""
    body = ics.calendar(coming_days(timezone.localdate()), _("Open days and last days to apply"))
    return share(HttpResponse(body, content_type="text/calendar; charset=utf-8"))


def title() -> str:
    """What the feeds are called."""
    return _("New training offers at %(site)s") % {"site": settings.WAGTAIL_SITE_NAME}


def changed_at(offer: Offer) -> datetime:
    """When what is public was published."""
    return offer.last_published_at or offer.first_published_at or offer.made_at


def stamp(moment: datetime | None) -> str:
    """A moment as RFC 3339 writes it."""
    return moment.isoformat(timespec="seconds") if moment else ""


def full(path: str) -> str:
    """An address with the name of the site."""
    return urljoin(f"{settings.SITE_URL}/", path)
