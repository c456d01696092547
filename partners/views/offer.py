"""One offer: its page, its days for a calendar, the way to its website, and counts of a day."""

from contextlib import suppress
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http import HttpResponsePermanentRedirect as Moved
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.sharing import has_session, share
from courses.views.pages import member_of
from members.views.answers import FramedRequest, View
from partners import ics
from partners.actions.interest import count_click, count_view
from partners.addresses import slug_of
from partners.jsonld import offer_json_ld
from partners.models import Offer
from partners.offering import is_closed
from partners.queries.calendar import days_of
from partners.queries.mine import own_of
from partners.queries.offer import OfferPage, offer_page, public_offer, similar

from .links import languages_of

# The smallest picture that there is, so that a look can be counted without script.
DOT = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)


def in_offer(view: View) -> View:
    """Give the view the public offer that the address means; a missing one is a 404."""

    @wraps(view)
    def found(request: HttpRequest, offer: str, **named: Any) -> HttpResponse:
        row = public_offer(offer)
        if row is None:
            raise Http404
        return view(request, row, **named)

    return found


@require_safe
def offer(request: FramedRequest, offer: str) -> HttpResponse:
    """What it is, what it costs, how to apply. One that has ended or closed says so and shows
    others."""
    page = offer_page(offer)
    if page is None:
        raise Http404
    if offer != page.card.slug:
        return Moved(page.card.url)
    return show_offer(request, page)


def show_offer(request: FramedRequest, page: OfferPage) -> HttpResponse:
    """The page of an offer for this person."""
    request.page_languages = languages_of("partners:offer", page.card.slug)
    if page.is_taken_down:
        return show_taken_down(request, page)
    today, member = timezone.localdate(), member_of(request)
    closed = page.is_closed(today)
    partner_url = reverse("partners:partner", args=[page.partner.slug])
    context = {
        "page": page,
        "offer": page.offer,
        "card": page.card,
        "partner": page.partner,
        "own": own_of(member, page.offer),
        "has_ended": page.has_ended(today),
        "is_closed": closed,
        "checked": page.checked(today),
        "similar": similar(page.offer, today) if closed else [],
        "has_days": bool(days_of(page.offer, page.card, page.dates)),
        "json_ld": offer_json_ld(page, settings.SITE_URL, f"{settings.SITE_URL}{partner_url}"),
        "member": member,
    }
    return share(render(request, "partners/offer.html", context))


def show_taken_down(request: FramedRequest, page: OfferPage) -> HttpResponse:
    """What is left of an offer that the hub has taken down: nothing of its text but the title."""
    others = similar(page.offer, timezone.localdate())
    context = {"card": page.card, "partner": page.partner, "similar": others}
    return share(render(request, "partners/offer_down.html", context))


@require_safe
def offer_file(request: HttpRequest, offer: str) -> HttpResponse:
    """The days of one offer, to be kept in a calendar."""
    page = offer_page(offer)
    if page is None or page.is_taken_down:
        raise Http404
    body = ics.calendar(days_of(page.offer, page.card, page.dates))
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{page.card.slug}.ics"'
    return share(answer)


@require_safe
@never_cache
@in_offer
def offer_go(request: HttpRequest, offer: Offer) -> HttpResponse:
    """On to the website of the offer. The day counts one more; who it was is not kept."""
    closed = is_closed(offer, timezone.localdate())
    if closed or offer.apply_by != Offer.Apply.LINK or not offer.apply_link:
        raise Http404
    if request.method == "GET":
        with suppress(OperationalError):  # people go on while the database is busy
            count_click(offer=offer, today=timezone.localdate())
    answer = HttpResponseRedirect(offer.apply_link)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@require_safe
@never_cache
@in_offer
def offer_seen(request: HttpRequest, offer: Offer) -> HttpResponse:
    """A dot on the page of the offer. The day counts one more; who it was is not kept."""
    if request.method == "GET" and not is_own(request, offer):
        with suppress(OperationalError):
            count_view(offer=offer, today=timezone.localdate())
    return HttpResponse(DOT, content_type="image/gif")


def is_own(request: HttpRequest, offer: Offer) -> bool:
    """Whether the offer is looked at by its own people: they are not counted."""
    if not has_session(request):
        return False
    member = member_of(request)
    return member is not None and offer.partner.colleagues.filter(member=member).exists()


def address_of(offer: Offer) -> str:
    """The page of an offer."""
    return reverse("partners:offer", args=[slug_of(offer)])
