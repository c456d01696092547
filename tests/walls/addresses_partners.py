"""What stands in the addresses of partners: real organisations, offers, reviews and tables."""

import re
from typing import Any

from partners import urls_api
from partners.addresses import slug_of
from partners.models import (
    Agreement,
    Colleague,
    Interest,
    Offer,
    OfferReport,
    OfferReview,
    OfferUpload,
    Partner,
    PartnerChange,
    PartnerInvitation,
    PartnerSuggestion,
)
from partners.urls import urlpatterns

Rows = dict[str, list[tuple[object, ...]]]
NAMES = re.compile(r"<(?:\w+:)?(\w+)>")
MISSING_ID = 987654
A_FEW = 6
# The pages of a thing are asked for with all things.
PAGES = (
    "api/offers/<uuidstr:offer>/",
    "offers/<slug:offer>/",
    "partners/<slug:partner>/",
    "partners/desk/<slug:partner>/",
    "partners/desk/<slug:partner>/offers/<uuid:offer>/",
    "partners/desk/<slug:partner>/offers/<uuid:offer>/<slug:screen>/",
    "partners/desk/<slug:partner>/table/<uuid:upload>/",
    "desk/<slug:hub>/partners/organisations/<slug:partner>/",
    "desk/<slug:hub>/partners/offers/<uuid:offer>/",
    "desk/<slug:hub>/partners/reviews/<int:pk>/",
)
# What a number in an address means, by the word before it.
NUMBERS: dict[str, Any] = {
    "agreements": Agreement,
    "checks": OfferReview,
    "interest": Interest,
    "invitations": PartnerInvitation,
    "name": PartnerChange,
    "people": Colleague,
    "reports": OfferReport,
    "reviews": OfferReview,
    "suggestions": PartnerSuggestion,
}


def partners_rows(planted: Any) -> Rows:
    """The rows of every address of partners with something in it."""
    routes = [str(row.pattern) for row in urlpatterns]
    routes += [f"api/{row.pattern}" for row in urls_api.urlpatterns]
    hubs = [planted.cast.hub.slug, planted.cast.other_hub.slug]
    return {route: rows_of(route, hubs) for route in routes if NAMES.search(route)}


def rows_of(route: str, hubs: list[str]) -> list[tuple[object, ...]]:
    """The values of the parameters of a route: things of all partners, and of one under the
    address of another."""
    rows: list[tuple[object, ...]] = [()]
    for name in NAMES.findall(route):
        values = values_of(route, name, hubs)
        rows = [(*row, value) for row in rows for value in values if fits(name, row, value)]
    return rows if route in PAGES else some(rows)


def some(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """A few rows of an address that takes a step below a thing: the first and the last ones."""
    return rows if len(rows) <= A_FEW else [*rows[: A_FEW - 2], *rows[-2:]]


def values_of(route: str, name: str, hubs: list[str]) -> list[Any]:
    """What a parameter can be."""
    if name == "hub":
        return hubs
    if name == "partner":
        return list(Partner.objects.order_by("pk").values_list("slug", flat=True))
    if name == "screen":
        return ["check"]
    if name == "upload":
        return list(OfferUpload.objects.order_by("pk").values_list("key", flat=True))
    if name == "code":
        return list(PartnerInvitation.objects.order_by("pk").values_list("digest", flat=True))
    if name == "offer":
        found = Offer.objects.order_by("pk")
        return [slug_of(one) if "slug:offer" in route else one.uuid for one in found]
    model = NUMBERS[route.partition("/<int:pk>")[0].rpartition("/")[2]]
    keys = model.objects.order_by("pk").values_list("pk", flat=True)
    return list(keys) or [MISSING_ID]


def fits(name: str, row: tuple[object, ...], value: Any) -> bool:
    """Whether a thing is asked for: below its own partner, or below the first one."""
    if name not in ("offer", "upload") or not row or row[0] in ("harbour", "valley"):
        return True
    owner = Partner.objects.get(slug=row[0])
    if name == "upload":
        own = OfferUpload.objects.filter(partner=owner, key=value)
    else:
        own = Offer.objects.filter(partner=owner, uuid=value)
    return own.exists() or owner.pk == Partner.objects.order_by("pk")[0].pk
